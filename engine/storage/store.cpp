// What every store can do by means of its other operations; a store that can do better overrides it.
#include "engine/storage/store.h"

#include <algorithm>
#include <utility>

#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

// Erased as one by DropRange: enough to spread the cost of a batch, few enough for memory.
constexpr std::size_t kDropKeysMax = 10'000;
constexpr std::size_t kDropBytesMax = std::size_t{4} << 20;

}  // namespace

KeyRange PrefixRange(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xFF) end.pop_back();
  if (!end.empty()) ++end.back();
  return {std::string(prefix), std::move(end)};
}

Status Snapshot::MultiGet(std::span<const std::string_view> keys,
                          std::vector<std::optional<std::string>>& values) const {
  values.assign(keys.size(), std::nullopt);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::string value;
    const Result<bool> found = Get(keys[i], value);
    if (!found) return found.error();
    if (*found) values[i] = std::move(value);
  }
  return {};
}

Status Snapshot::ScanMany(std::span<const KeyRange> ranges, const RangeVisitor& visit) const {
  if (ranges.empty()) return {};
  const std::unique_ptr<Cursor> cursor = NewCursor(std::ranges::max_element(ranges, {}, &KeyRange::end)->end);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    for (cursor->Seek(ranges[i].begin); cursor->Valid() && cursor->key() < ranges[i].end; cursor->Next()) {
      if (!visit(i, cursor->key(), cursor->value())) return {};
    }
    if (Status status = cursor->status(); !status.ok()) return status;
  }
  return {};
}

// One cursor for the whole range, so that no batch walks over what the earlier ones erased. The journal keeps its
// order: when the last batch is durable, all are.
Status Store::DropRange(const KeyRange& range, const std::atomic<bool>* stop) {
  const std::shared_ptr<const Snapshot> snapshot = TakeSnapshot();
  const std::unique_ptr<Cursor> cursor = snapshot->NewCursor();
  WriteSet batch;
  for (cursor->Seek(range.begin); cursor->Valid() && cursor->key() < range.end; cursor->Next()) {
    if (batch.writes().size() >= kDropKeysMax || batch.bytes() >= kDropBytesMax) {
      if (stop != nullptr && *stop) return RuntimeError(ErrorType::kCancelled, "a range was not erased to its end");
      if (Status status = Apply(batch, false); !status.ok()) return status;
      batch.Clear();
    }
    batch.Erase(std::string(cursor->key()));
  }
  if (Status status = cursor->status(); !status.ok()) return status;
  return batch.empty() ? Status() : Apply(batch, true);
}

}  // namespace plenum::storage
