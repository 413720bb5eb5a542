// Sorts more byte strings than memory holds, in the order of their bytes: the entries of an index that is being built.
//
// What memory does not hold is written, sorted, to a file without a name, and merged when it is read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/run_sorter.h"
#include "engine/storage/spill_file.h"
#include "plenum/status.h"

namespace plenum::storage {

class ExternalSorter {
 public:
  ExternalSorter(std::string directory, std::uint64_t memory_bytes_max)
      : directory_(std::move(directory)), memory_bytes_max_(memory_bytes_max) {}

  // Equal strings are kept once.
  Status Add(std::string_view bytes);
  std::uint64_t bytes() const { return in_memory_.bytes(); }
  // Writes what is in memory to a file, so that it takes none.
  Status Spill();

  // Ascending, once, after the last Add.
  Status Read(const std::function<Status(std::string_view)>& visit);

 private:
  std::string directory_;
  std::uint64_t memory_bytes_max_;
  RunSorter in_memory_;
  std::vector<SpillFile> runs_;
};

}  // namespace plenum::storage
