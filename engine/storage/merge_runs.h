// The merge of sorted runs: of many sequences in ascending order, one.
#pragma once

#include <algorithm>
#include <vector>

#include "plenum/status.h"

namespace plenum::storage {

// A Run is at its first item when the merge begins: Valid(), Next() → Status, and Less(a, b) over two valid runs. Of
// items that are equal, that of the earlier run comes first. `visit(run)` → Status for each item.
template <class Run, class Less, class Visit>
Status MergeRuns(std::vector<Run>& runs, Less less, Visit visit) {
  std::vector<std::size_t> heap;  // of runs that have an item; the least at the front
  const auto later = [&](std::size_t a, std::size_t b) {
    if (less(runs[a], runs[b])) return false;
    return less(runs[b], runs[a]) || a > b;
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].Valid()) heap.push_back(i);
  }
  std::make_heap(heap.begin(), heap.end(), later);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    Run& run = runs[heap.back()];
    if (Status status = visit(run); !status.ok()) return status;
    if (Status status = run.Next(); !status.ok()) return status;
    if (run.Valid()) {
      std::push_heap(heap.begin(), heap.end(), later);
    } else {
      heap.pop_back();
    }
  }
  return {};
}

}  // namespace plenum::storage
