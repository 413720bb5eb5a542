// A store that hands every call on to another one, for a test or benchmark that changes some of them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/storage/store.h"

namespace plenum::storage {

class ForwardingStore : public Store {
 public:
  explicit ForwardingStore(Store& store) : store_(store) {}

  bool read_only() const override { return store_.read_only(); }
  std::shared_ptr<const Snapshot> TakeSnapshot() override { return store_.TakeSnapshot(); }
  Status Apply(const WriteSet& writes, bool sync) override { return store_.Apply(writes, sync); }
  Result<std::unique_ptr<BulkWriter>> BeginBulk(std::uint64_t memory_bytes_max) override {
    return store_.BeginBulk(memory_bytes_max);
  }
  Result<std::unique_ptr<BulkWriter>> BeginSortedBulk() override { return store_.BeginSortedBulk(); }
  Result<bool> ChangesSince(std::uint64_t commit, const ChangeVisitor& visit) override {
    return store_.ChangesSince(commit, visit);
  }
  std::uint64_t ApproximateBytes(const KeyRange& range) const override { return store_.ApproximateBytes(range); }
  Status Checkpoint(const std::string& path) override { return store_.Checkpoint(path); }

 private:
  Store& store_;
};

}  // namespace plenum::storage
