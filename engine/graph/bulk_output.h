// Where the parts of a bulk load put the keys they have made, from any thread and in any order.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>

#include "engine/storage/store.h"

namespace plenum::graph {

class BulkOutput {
 public:
  explicit BulkOutput(storage::BulkWriter& writer) : writer_(writer) {}

  Status Put(std::string_view key, std::string_view value) {
    const std::lock_guard lock(mutex_);
    return writer_.Put(key, value);
  }

 private:
  std::mutex mutex_;
  storage::BulkWriter& writer_;
};

}  // namespace plenum::graph
