// Building an index over the nodes that there are, however many, in bounded memory.
//
// Its entries are gathered and sorted, in files where they are many; then equal values are neighbours. A few become
// writes of the transaction. Many are written to the store before the commit, in batches through the journal: nobody
// reads the keys of an index that nobody knows, and its number is given to no other. The first batch has the index's
// definition too, marked as dropped, so that the sweeper takes the entries away whatever becomes of the transaction or
// of the process. It is the commit that says that the index is in use.
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/graph/indexes.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/external_sorter.h"
#include "engine/value/mutant.h"

namespace plenum::graph {
namespace {

using storage::WriteSet;

constexpr std::size_t kNodeBytes = 4;
constexpr std::size_t kNodesBetweenPolls = 1024;
constexpr std::size_t kEntriesBetweenPolls = 1024;
// Written as one: enough to spread the cost of a batch, few enough for memory.
constexpr std::size_t kBatchEntriesMax = 4'000;
constexpr std::size_t kBatchBytesMax = std::size_t{1} << 20;

// An entry is the value's ordered bytes and the node: no value's bytes begin another's, so they sort by value.
std::string_view ValueOf(std::string_view entry) { return entry.substr(0, entry.size() - kNodeBytes); }
NodeId NodeOf(std::string_view entry) { return {storage::LastU32(entry)}; }

// The entries of one index, sorted.
class SortedEntries {
 public:
  SortedEntries(const IndexDefinition& index, const GraphOptions& options)
      : unique_(index.unique),
        prefix_(storage::IndexPrefix(index.index)),
        sorter_(options.sort_directory, options.sort_directory.empty() ? UINT64_MAX : options.sort_bytes_max) {}

  Status Add(NodeId node, const Value& value) {
    entry_.clear();
    storage::AppendOrdered(entry_, value);
    storage::AppendBigEndian(entry_, node.value, kNodeBytes);
    ++count_;
    return sorter_.Add(entry_);
  }
  std::uint64_t count() const { return count_; }

  // Gives keys and values as the store has them, ascending, until one repeats that must not; reads on to tell of which
  // two nodes: the later of them has the least id.
  using Put = std::function<Status(std::string_view key, std::string_view value)>;
  struct Repeated {
    NodeId holder;
    NodeId node;
  };
  Result<std::optional<Repeated>> Read(const Transaction::Poll& poll, const Put& put);

 private:
  const bool unique_;
  const std::string prefix_;
  storage::ExternalSorter sorter_;
  std::uint64_t count_ = 0;
  std::string entry_;
};

Result<std::optional<SortedEntries::Repeated>> SortedEntries::Read(const Transaction::Poll& poll, const Put& put) {
  std::optional<Repeated> repeated;
  std::string first;  // of those with its value
  std::string key = prefix_;
  std::size_t read = 0;
  Status status = sorter_.Read([&](std::string_view entry) -> Status {
    if (poll && ++read % kEntriesBetweenPolls == 0) {
      if (Status going_on = poll(); !going_on.ok()) return going_on;
    }
    if (unique_ && !first.empty() && ValueOf(first) == ValueOf(entry)) {
      if (!repeated || NodeOf(entry) < repeated->node) repeated = {NodeOf(first), NodeOf(entry)};
      return {};
    }
    if (unique_) first = entry;
    if (repeated) return {};
    key.resize(prefix_.size());
    key += unique_ ? ValueOf(entry) : entry;
    return put(key, unique_ ? entry.substr(entry.size() - kNodeBytes) : std::string_view());
  });
  if (!status.ok()) return std::move(status).error();
  return repeated;
}

// Entries on their way into the store, before the commit that makes them an index.
class EarlyWrites {
 public:
  EarlyWrites(storage::Store& store, IndexDefinition index, std::uint64_t next_index) : store_(store) {
    index.dropped = !IsMutant("index-in-use-before-its-commit");
    batch_.Put(storage::IndexDefinitionKey(index.index), storage::EncodeIndexDefinition(index));
    // So that the number is not given out again by another process.
    batch_.Put(storage::NextIndexKey(), storage::BigEndian(next_index, 8));
  }

  Status Put(std::string_view key, std::string_view value) {
    batch_.Put(std::string(key), std::string(value));
    const bool full = batch_.writes().size() >= kBatchEntriesMax || batch_.bytes() >= kBatchBytesMax;
    return full ? Flush() : Status();
  }
  // The journal keeps its order: when the commit is durable, so are these.
  Status Flush() {
    Status status = store_.Apply(batch_, false);
    batch_.Clear();
    return status;
  }

 private:
  storage::Store& store_;
  WriteSet batch_;
};

}  // namespace

// Of every node with the label that has one that is indexed, by id.
Status Transaction::State::VisitValues(const IndexDefinition& index, const Poll& poll, const VisitValue& visit) {
  std::vector<NodeId> nodes;
  for (std::uint64_t range = 0; range << storage::kRangeBits < NodesEnd(); ++range) {
    nodes.clear();
    Status status = AppendLabelled(index.label, static_cast<std::uint16_t>(range), nodes);
    for (std::size_t first = 0; first < nodes.size(); first += kNodesBetweenPolls) {
      if (status.ok() && poll) status = poll();
      if (!status.ok()) return status;
      const Call call(*this);
      const std::size_t count = std::min(kNodesBetweenPolls, nodes.size() - first);
      for (const NodeId node : std::span(nodes).subspan(first, count)) {
        const Result<Value> value = ValueOf(node, index.property);
        if (!value) return value.error();
        if (IsIndexed(*value, index.unique)) status = visit(node, *value);
        if (!status.ok()) return status;
      }
    }
    if (!status.ok()) return status;
  }
  return {};
}

Status Transaction::State::BuildIndex(const IndexDefinition& index, const Poll& poll) {
  SortedEntries entries(index, core.options);
  Status status = VisitValues(index, poll, [&](NodeId node, const Value& value) { return entries.Add(node, value); });
  if (!status.ok()) return status;
  Result<std::optional<SortedEntries::Repeated>> repeated = std::optional<SortedEntries::Repeated>();
  if (entries.count() <= core.options.commit_entries_max) {
    repeated = entries.Read(poll, [&](std::string_view key, std::string_view value) -> Status {
      store.Put(std::string(key), std::string(value));
      return {};
    });
  } else {
    EarlyWrites early(core.store, index, core.next_numbers.at(storage::NextIndexKey()));
    built_indexes.push_back(index.index);
    repeated = entries.Read(poll, [&](auto key, auto value) { return early.Put(key, value); });
    if (repeated && !*repeated) status = early.Flush();
    if (status.ok() && !IsMutant("index-built-after-the-snapshot")) RenewSnapshot();
  }
  if (!repeated) return repeated.error();
  if (!*repeated) return status;
  const Call call(*this);
  const Result<Value> value = ValueOf((*repeated)->node, index.property);
  if (!value) return value.error();
  return KeyTaken(index, *value, (*repeated)->holder, (*repeated)->node);
}

// Of the same commit: while this transaction has the turn to write, nobody commits. What the background writes (of
// indexes and segments that come or go, statistics) is in no block that is read at this commit.
void Transaction::State::RenewSnapshot() {
  auto renewed = std::make_shared<ReadView>(*view);
  renewed->snapshot = core.store.TakeSnapshot();
  view = std::move(renewed);
  reads.Renew(view);
  store.Renew(view->snapshot);
}

}  // namespace plenum::graph
