// What a program holds in its hands: the database and the answers.
#include <optional>
#include <utility>

#include "engine/database_state.h"
#include "engine/dump.h"
#include "engine/graph/check.h"
#include "engine/graph/measure.h"
#include "engine/interchange/file_access.h"
#include "engine/memory_shares.h"
#include "engine/plan/functions.h"
#include "engine/statement.h"
#include "engine/storage/rocksdb_store.h"
#include "plenum/plenum.h"

namespace plenum {

// ---- Results
// ----------------------------------------------------------------------------------------------------------

QueryResult::QueryResult(std::vector<std::string> columns, std::vector<std::vector<Value>> rows,
                         QueryStatistics statistics)
    : columns_(std::move(columns)), rows_(std::move(rows)), statistics_(statistics) {}

bool QueryResult::Next() {
  if (position_ >= rows_.size()) return false;
  ++position_;
  return true;
}

// ---- Database
// ---------------------------------------------------------------------------------------------------------

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::Open(std::string_view path, const OpenOptions& options) {
  auto state = std::make_unique<State>();
  state->options = options;
  if (!options.load_csv_directory.empty()) {
    Result<std::string> directory = ResolveDirectory(options.load_csv_directory);
    if (!directory) return std::move(directory).error();
    state->options.load_csv_directory = *std::move(directory);
  }
  const MemoryShares shares = SharesOf(options.memory_bytes_max);
  auto store = storage::OpenStore(path, {.create_if_missing = options.create_if_missing && !options.read_only,
                                         .read_only = options.read_only,
                                         .cache_bytes = shares.store_cache,
                                         .write_buffer_bytes = shares.write_buffer});
  if (!store) return std::move(store).error();
  state->store = std::move(*store);
  auto graph = graph::Graph::Open(*state->store, {.cache_bytes_max = shares.blocks,
                                                  .sort_bytes_max = shares.sort,
                                                  .sort_directory = path == ":memory:" ? "" : std::string(path)});
  if (!graph) return std::move(graph).error();
  state->graph = std::move(*graph);
  return Database(std::move(state));
}

namespace {

Error NeedsSession() {
  return Error{
      .type = ErrorType::kUsageError,
      .detail = "NoTransaction",
      .message = "no transaction is open here: BEGIN opens one in a Session, which holds it between statements",
      .place = {}};
}

}  // namespace

Result<QueryResult> Database::Query(std::string_view text, const QueryOptions& options) {
  Result<plan::Statement> statement = Prepare(text, options, *state_->procedures.Current());
  if (!statement) return std::move(statement).error();
  if (statement->transaction) return NeedsSession();
  const Deadline deadline = DeadlineOf(options);
  if (!Writes(*statement)) {
    return Run(*statement, text, *state_->graph->BeginRead(), options, deadline, state_->options);
  }
  auto transaction = state_->graph->BeginWrite(WriteWait(deadline), options.cancel);
  if (!transaction) return std::move(transaction).error();
  Result<QueryResult> result = Run(*statement, text, **transaction, options, deadline, state_->options);
  if (!result) return result;
  if (Status committed = (*transaction)->Commit(options.sync); !committed.ok()) return std::move(committed).error();
  return result;
}

Result<CheckReport> Database::Check(const CheckOptions& options) { return graph::Check(*state_->store, options); }

Result<DatabaseStatistics> Database::Statistics(const StatisticsOptions& options) {
  return graph::Measure(*state_->store, options);
}

Status Database::Dump(const std::function<bool(std::string_view)>& write) {
  return DumpGraph(*state_->graph->BeginRead(), write);
}

bool Database::read_only() const { return state_->options.read_only; }

std::optional<Database::Recovery> Database::recovered() const {
  const std::optional<storage::Recovery> recovery = state_->store->recovered();
  if (!recovery) return std::nullopt;
  return Recovery{recovery->commit};
}

GraphSnapshot Database::Snapshot() const { return state_->graph->Snapshot(); }

Result<Transaction> Database::BeginRead() {
  return Transaction(std::make_unique<Transaction::State>(
      Transaction::State{state_->graph->BeginRead(), &state_->options, &state_->procedures, {}}));
}

Result<Transaction> Database::BeginWrite(const QueryOptions& options) {
  auto transaction = state_->graph->BeginWrite(WriteWait(DeadlineOf(options)), options.cancel);
  if (!transaction) return std::move(transaction).error();
  return Transaction(std::make_unique<Transaction::State>(
      Transaction::State{std::move(*transaction), &state_->options, &state_->procedures, {}}));
}

namespace {

// The names of a catalog's numbers, sorted.
template <class Id>
std::vector<std::string> SortedNames(const graph::Transaction& transaction, const std::vector<Id>& ids) {
  std::vector<std::string> names;
  for (const Id id : ids) names.push_back(transaction.NameOf(id));
  std::ranges::sort(names);
  return names;
}

}  // namespace

std::vector<std::string> Database::Labels() const {
  const auto transaction = state_->graph->BeginRead();
  return SortedNames(*transaction, transaction->Labels());
}

std::vector<std::string> Database::RelationshipTypes() const {
  const auto transaction = state_->graph->BeginRead();
  return SortedNames(*transaction, transaction->Types());
}

std::vector<std::string> Database::PropertyKeys() const {
  const auto transaction = state_->graph->BeginRead();
  return SortedNames(*transaction, transaction->Keys());
}

const std::vector<std::string_view>& FunctionNames() { return plan::FunctionNames(); }

std::string_view Version() { return "0.1.0"; }

}  // namespace plenum
