// Sorts more byte strings than memory holds, in the order of their bytes: the entries of an index that is being built.
//
// What memory does not hold is written, a sorted run at a time, to a file without a name, and merged when it is read.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

  void set_memory_bytes_max(std::uint64_t bytes) { memory_bytes_max_ = bytes; }

  // Equal strings are kept once.
  Status Add(std::string_view bytes);
  std::uint64_t bytes() const { return in_memory_.bytes(); }

  // Ascending, once, after the last Add.
  Status Read(const std::function<Status(std::string_view)>& visit);

 private:
  Status Spill();  // what is in memory, to a file

  std::string directory_;
  std::uint64_t memory_bytes_max_;
  RunSorter in_memory_;
  std::optional<SpillFile> file_;
  std::vector<std::uint64_t> run_ends_;  // in the file, one run after the other
};

}  // namespace plenum::storage
