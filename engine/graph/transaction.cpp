// The life of a transaction: the catalog, savepoints, commit and rollback.
#include <algorithm>
#include <utility>

#include "engine/graph/commit.h"
#include "engine/graph/index_sweeper.h"
#include "engine/graph/recut_segments.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

using storage::RuntimeError;

template <class Id>
std::optional<Id> Find(const CatalogView& catalog, Space space, std::string_view name) {
  const auto number = catalog.Find(space, name);
  if (!number) return std::nullopt;
  return Id{*number};
}

template <class Id>
Result<Id> As(const Result<std::uint16_t>& number) {
  if (!number) return number.error();
  return Id{*number};
}

}  // namespace

Transaction::State::State(GraphCore& shared_core, bool may_write)
    : core(shared_core),
      writes(may_write),
      view(core.View()),
      reads(core, view),
      store(core.store, view->snapshot),
      catalog(view->catalog) {}

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transaction::~Transaction() { Rollback(); }

bool Transaction::writable() const { return state_->writes && !state_->ended; }

Result<GraphSnapshot> Transaction::Snapshot() const {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  if (state_->change_count == 0) return GraphSnapshot(state_->core, state_->view);
  return Error{.type = ErrorType::kUsageError,
               .detail = "TransactionHasWritten",
               .message =
                   "this transaction has written, and algorithms over the graph see only what is committed: "
                   "commit first, or call them in a transaction of their own",
               .place = {}};
}

std::uint64_t Transaction::changes() const { return state_->change_count; }

Status Transaction::State::CheckWritable() {
  ++change_count;
  if (ended) return RuntimeError(ErrorType::kUsageError, "the transaction has ended; begin another one to write");
  if (!writes) return RuntimeError(ErrorType::kUsageError, "the transaction only reads; begin a write transaction");
  if (own.bytes() + store.writes().bytes() < kWriteBytesMax) return {};
  return RuntimeError(ErrorType::kResourceExhausted,
                      "the transaction's writes take more than 2 GiB of memory; commit in smaller parts");
}

Result<std::uint16_t> Transaction::State::Intern(Space space, std::string_view name) {
  if (const auto number = catalog.Find(space, name)) return *number;
  if (Status status = CheckWritable(); !status.ok()) return std::move(status).error();
  if (catalog.Size(space) >= Catalog::kNamesMax) return Catalog::TooManyNames(name);
  const std::uint16_t number = catalog.Add(space, std::string(name));
  store.Put(storage::NameKey(space, number), std::string(name));
  return number;
}

std::optional<LabelId> Transaction::FindLabel(std::string_view name) const {
  return Find<LabelId>(state_->catalog, Space::kLabels, name);
}
std::optional<TypeId> Transaction::FindType(std::string_view name) const {
  return Find<TypeId>(state_->catalog, Space::kTypes, name);
}
std::optional<KeyId> Transaction::FindKey(std::string_view name) const {
  return Find<KeyId>(state_->catalog, Space::kKeys, name);
}

Result<LabelId> Transaction::InternLabel(std::string_view name) {
  return As<LabelId>(state_->Intern(Space::kLabels, name));
}
Result<TypeId> Transaction::InternType(std::string_view name) {
  return As<TypeId>(state_->Intern(Space::kTypes, name));
}
Result<KeyId> Transaction::InternKey(std::string_view name) { return As<KeyId>(state_->Intern(Space::kKeys, name)); }

const std::string& Transaction::NameOf(LabelId label) const {
  return state_->catalog.NameOf(Space::kLabels, label.value);
}
const std::string& Transaction::NameOf(TypeId type) const { return state_->catalog.NameOf(Space::kTypes, type.value); }
const std::string& Transaction::NameOf(KeyId key) const { return state_->catalog.NameOf(Space::kKeys, key.value); }

namespace {

// Every number that names of a space have.
template <class Id>
std::vector<Id> Numbers(std::size_t count) {
  std::vector<Id> ids(count);
  for (std::size_t i = 0; i < count; ++i) ids[i].value = static_cast<std::uint16_t>(i);
  return ids;
}

}  // namespace

std::vector<LabelId> Transaction::Labels() const { return Numbers<LabelId>(state_->catalog.Size(Space::kLabels)); }
std::vector<TypeId> Transaction::Types() const { return Numbers<TypeId>(state_->catalog.Size(Space::kTypes)); }
std::vector<KeyId> Transaction::Keys() const { return Numbers<KeyId>(state_->catalog.Size(Space::kKeys)); }

Result<std::shared_ptr<const GraphStatistics>> Transaction::Statistics() const {
  return state_->core.statistics.Current();
}

void Transaction::SetSavepoint() {
  state_->own.SetSavepoint();
  state_->store.SetSavepoint();
  state_->savepoints.push_back({state_->catalog.Changed(), state_->counters});
}

void Transaction::RollbackToSavepoint() {
  ++state_->change_count;
  State::Savepoint& savepoint = state_->savepoints.back();
  state_->own.RollbackToSavepoint();
  state_->store.RollbackToSavepoint();
  state_->catalog.GoBackTo(std::move(savepoint.catalog));
  state_->counters = std::move(savepoint.counters);
  state_->savepoints.pop_back();
}

void Transaction::ReleaseSavepoint() {
  state_->own.ReleaseSavepoint();
  state_->store.ReleaseSavepoint();
  state_->savepoints.pop_back();
}

Status Transaction::State::WriteNumbers() {
  counters[storage::CommitsKey()] = 1;
  for (const auto& [key, difference] : counters) {
    const auto known = core.counters.find(key);
    const bool is_known = known != core.counters.end();
    const auto before = is_known ? Result<std::uint64_t>(known->second) : ReadStoredNumber(key);
    if (!before) return before.error();
    counted[key] = *before + static_cast<std::uint64_t>(difference);
    store.Put(key, storage::BigEndian(counted[key], 8));
  }
  counters.clear();
  // With those that transactions took which came to nothing: what is left of their extents is in use.
  for (const std::string& key : core.taken_numbers) store.Put(key, storage::BigEndian(core.next_numbers.at(key), 8));
  return {};
}

std::uint64_t Transaction::State::NodesEnd() const {
  const auto next = core.next_numbers.find(storage::NextExtentKey());
  const bool newer = writes && next != core.next_numbers.end();
  return (newer ? next->second : view->extents) << storage::kBlockBits;
}

Result<std::uint64_t> Transaction::State::NumbersEnd(const std::string& next_key) {
  const auto next = core.next_numbers.find(next_key);
  if (writes && next != core.next_numbers.end()) return next->second;
  return ReadStoredNumber(next_key);
}

// Makes the commit known: first to the blocks in memory, then to who begins.
void Transaction::State::Publish(const graph::Commit& commit) {
  auto published = std::make_shared<ReadView>(
      ReadView{view->commit + 1, core.store.TakeSnapshot(), catalog.Merged(), NodesEnd() >> storage::kBlockBits});
  Publication publication = core.cache.Publish(published->commit);
  commit.Publish(core.tables, publication);
  publication.Finish([&] { core.SetView(std::move(published)); });
}

void Transaction::State::RecutLargeSegments() {
  const std::string type_counts = storage::TypeCountPrefix();
  for (const auto& [key, count] : counted) {
    if (!key.starts_with(type_counts)) continue;
    const TypeId type{
        static_cast<std::uint16_t>(storage::ReadBigEndian(std::string_view(key).substr(type_counts.size())))};
    for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
      const auto bits = catalog.SegmentBits(type, direction);
      if (!bits || !AreSegmentsTooLarge(*bits, NodesEnd(), count)) continue;
      const auto begun = core.recut.find({type, direction});
      if (begun != core.recut.end() && begun->second == *bits) continue;
      core.recut[{type, direction}] = *bits;
      core.tasks.Add([&core = core, type, direction](const std::atomic<bool>& stop) {
        const Status status = RecutSegments(core, type, direction, stop);
        if (status.ok()) (void)SweepLeftOverCut(core.store, type, direction, stop);
      });
    }
  }
}

void Transaction::State::SweepDropped() {
  for (const IndexDefinition& index : catalog.indexes()) {
    const auto same = [&](const IndexDefinition& before) { return before.index == index.index && before.dropped; };
    if (index.dropped && std::ranges::none_of(view->catalog->indexes, same))
      SweepIndex(core.store, index.index, core.tasks);
  }
  for (const std::uint32_t number : built_indexes) {
    const auto same = [number](const IndexDefinition& index) { return index.index == number; };
    if (std::ranges::none_of(catalog.indexes(), same)) SweepIndex(core.store, number, core.tasks);
  }
  built_indexes.clear();
}

Status Transaction::Commit(bool sync) {
  if (state_->ended) return RuntimeError(ErrorType::kUsageError, "the transaction has ended already");
  if (!state_->writes || (state_->store.writes().empty() && state_->own.empty())) {
    Rollback();
    return {};
  }
  Status status;
  {
    const CommittedReads::Scope scope(state_->reads);
    graph::Commit commit(state_->reads, state_->own, state_->catalog, state_->store, state_->core.chains);
    status = commit.Prepare();
    if (status.ok()) status = state_->WriteNumbers();
    if (status.ok()) status = state_->store.Commit(sync);
    if (status.ok()) {
      state_->core.taken_numbers.clear();
      for (const auto& [key, count] : state_->counted) state_->core.counters[key] = count;
      state_->Publish(commit);
      state_->RecutLargeSegments();
      state_->SweepDropped();
      state_->core.statistics.Wrote(state_->change_count);
    }
  }
  state_->committed = true;
  Rollback();
  return status;
}

void Transaction::Rollback() {
  if (state_->ended) return;
  state_->ended = true;
  state_->own.Clear();
  state_->store.Rollback();
  for (const std::uint32_t number : state_->built_indexes) SweepIndex(state_->core.store, number, state_->core.tasks);
  if (state_->writes) state_->core.queue.Leave();
}

}  // namespace plenum::graph
