// The façade: a statement's whole way, text → syntax tree → bound query → rows, and what a program holds in its hands.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/database_state.h"
#include "engine/execution/execute.h"
#include "engine/plan/binder.h"
#include "engine/plan/explain.h"
#include "engine/plan/functions.h"
#include "engine/storage/rocksdb_store.h"
#include "engine/value/sound.h"
#include "engine/value/utf8.h"
#include "parser/parser.h"
#include "plenum/plenum.h"

namespace plenum {

// ---- One statement
// ----------------------------------------------------------------------------------------------------

namespace {

Error AtPlace(Error error, std::string_view text) {
  if (error.place) error.place = PlaceIn(text, error.place->span);
  return error;
}

Status CheckText(std::string_view text) {
  if (text.size() > kQueryBytesMax) {
    return Error{.type = ErrorType::kSyntaxError,
                 .detail = "QueryTooLong",
                 .message = fmt::format("the statement has {} bytes; {} are allowed: pass data as parameters",
                                        text.size(), kQueryBytesMax),
                 .phase = Phase::kCompile,
                 .place = {}};
  }
  const auto bad = FindInvalidUtf8(text);
  if (!bad) return {};
  const auto at = static_cast<std::uint32_t>(*bad);
  return Error{.type = ErrorType::kSyntaxError,
               .detail = "InvalidUnicodeCharacter",
               .message = fmt::format("the text is not UTF-8: byte {} begins no character", *bad),
               .phase = Phase::kCompile,
               .place = PlaceIn(text.substr(0, at), {at, at})};
}

Status CheckParameters(const Map& parameters) {
  for (const auto& [name, value] : parameters) {
    if (auto fault = FaultOf(value)) {
      return Error{.type = ErrorType::kArgumentError,
                   .detail = std::move(fault->detail),
                   .message = fmt::format("the parameter ${} {}", name, fault->message),
                   .place = {}};
    }
  }
  return {};
}

Status CheckRequiredParameters(const plan::Statement& statement, std::string_view text, const Map& parameters) {
  if (statement.mode == ast::StatementMode::kExplain) return {};
  for (const plan::RequiredParameter& required : statement.required_parameters) {
    if (parameters.contains(required.name)) continue;
    return Error{
        .type = ErrorType::kParameterMissing,
        .detail = "MissingParameter",
        .message = fmt::format("a CALL without parentheses takes its arguments from parameters of their names, "
                               "and ${0} is not given: give it, or write the arguments in parentheses",
                               required.name),
        .phase = Phase::kCompile,
        .place = PlaceIn(text, required.span)};
  }
  return {};
}

Result<plan::Statement> Prepare(std::string_view text, const QueryOptions& options,
                                const plan::Procedures& procedures) {
  if (Status status = CheckText(text); !status.ok()) return std::move(status).error();
  if (Status status = CheckParameters(options.parameters); !status.ok()) return std::move(status).error();
  Result<ast::Statement> parsed = Parse(text);
  if (!parsed) return std::move(parsed).error();
  Result<plan::Statement> bound = plan::Bind(*parsed, text, procedures);
  if (!bound) return bound;
  Status complete = CheckRequiredParameters(*bound, text, options.parameters);
  if (!complete.ok()) return std::move(complete).error();
  return bound;
}

QueryResult ExplainRows(const plan::Statement& statement, std::string_view text, graph::Transaction& transaction) {
  std::vector<std::vector<Value>> rows;
  for (std::string& line : plan::Explain(statement, text, transaction)) rows.push_back({Value(std::move(line))});
  return QueryResult({"plan"}, std::move(rows), {});
}

// Until when a query may run, waiting for its turn included.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

Deadline DeadlineOf(const QueryOptions& options) {
  if (options.timeout.count() <= 0) return std::nullopt;
  return std::chrono::steady_clock::now() + options.timeout;
}

Result<QueryResult> Run(const plan::Statement& statement, std::string_view text, graph::Transaction& transaction,
                        const QueryOptions& options, Deadline deadline, std::uint64_t memory_bytes_max) {
  if (statement.mode == ast::StatementMode::kExplain) return ExplainRows(statement, text, transaction);
  const execution::ExecuteOptions execute{.parameters = options.parameters,
                                          .cancel = options.cancel,
                                          .deadline = deadline,
                                          .memory_bytes_max = memory_bytes_max};
  Result<QueryResult> result = execution::Execute(statement, transaction, execute);
  if (!result) return AtPlace(std::move(result).error(), text);
  return result;
}

// How long to wait for the writer before: no longer than the query may take.
std::uint32_t WriteWait(Deadline deadline) {
  static constexpr std::chrono::milliseconds kWaitMax{10'000};
  if (!deadline) return kWaitMax.count();
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
  return static_cast<std::uint32_t>(std::clamp(left, std::chrono::milliseconds{0}, kWaitMax).count());
}

bool Writes(const plan::Statement& statement) {
  return statement.writes && statement.mode != ast::StatementMode::kExplain;
}

}  // namespace

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

struct Transaction::State {
  std::unique_ptr<graph::Transaction> transaction;
  std::uint64_t memory_bytes_max = 0;
  const ProcedureRegistry* procedures = nullptr;  // the database's
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::Open(std::string_view path, const OpenOptions& options) {
  auto state = std::make_unique<State>();
  state->options = options;
  auto store = storage::OpenStore(
      path, {.create_if_missing = options.create_if_missing && !options.read_only, .read_only = options.read_only});
  if (!store) return std::move(store).error();
  state->store = std::move(*store);
  auto graph = graph::Graph::Open(*state->store);
  if (!graph) return std::move(graph).error();
  state->graph = std::move(*graph);
  return Database(std::move(state));
}

Result<QueryResult> Database::Query(std::string_view text, const QueryOptions& options) {
  Result<plan::Statement> statement = Prepare(text, options, *state_->procedures.Current());
  if (!statement) return std::move(statement).error();
  const Deadline deadline = DeadlineOf(options);
  const std::uint64_t memory_bytes_max = state_->options.memory_bytes_max;
  if (!Writes(*statement)) {
    return Run(*statement, text, *state_->graph->BeginRead(), options, deadline, memory_bytes_max);
  }
  auto transaction = state_->graph->BeginWrite(WriteWait(deadline), options.cancel);
  if (!transaction) return std::move(transaction).error();
  Result<QueryResult> result = Run(*statement, text, **transaction, options, deadline, memory_bytes_max);
  if (!result) return result;
  if (Status committed = (*transaction)->Commit(options.sync); !committed.ok()) return std::move(committed).error();
  return result;
}

Result<Transaction> Database::BeginRead() {
  return Transaction(std::make_unique<Transaction::State>(
      Transaction::State{state_->graph->BeginRead(), state_->options.memory_bytes_max, &state_->procedures}));
}

Result<Transaction> Database::BeginWrite() {
  auto transaction = state_->graph->BeginWrite();
  if (!transaction) return std::move(transaction).error();
  return Transaction(std::make_unique<Transaction::State>(
      Transaction::State{std::move(*transaction), state_->options.memory_bytes_max, &state_->procedures}));
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

// ---- Transactions
// -----------------------------------------------------------------------------------------------------

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

namespace {

Error Ended() {
  return Error{.type = ErrorType::kUsageError,
               .detail = "TransactionEnded",
               .message = "this transaction has ended: begin another",
               .place = {}};
}

}  // namespace

Result<QueryResult> Transaction::Query(std::string_view text, const QueryOptions& options) {
  if (!state_->transaction) return Ended();
  Result<plan::Statement> statement = Prepare(text, options, *state_->procedures->Current());
  if (!statement) return std::move(statement).error();
  graph::Transaction& transaction = *state_->transaction;
  const Deadline deadline = DeadlineOf(options);
  const auto run = [&] { return Run(*statement, text, transaction, options, deadline, state_->memory_bytes_max); };
  if (!Writes(*statement)) return run();
  if (!transaction.writable()) {
    return Error{.type = ErrorType::kUsageError,
                 .detail = "ReadTransaction",
                 .message = "this transaction only reads: begin it with BeginWrite to change the graph",
                 .place = {}};
  }
  transaction.SetSavepoint();
  Result<QueryResult> result = run();
  if (result) {
    transaction.ReleaseSavepoint();
  } else {
    transaction.RollbackToSavepoint();
  }
  return result;
}

Status Transaction::Commit(bool sync) {
  if (!state_->transaction) return Ended();
  const auto transaction = std::move(state_->transaction);
  return transaction->Commit(sync);
}

void Transaction::Rollback() { state_->transaction.reset(); }

const std::vector<std::string_view>& FunctionNames() { return plan::FunctionNames(); }

std::string_view Version() { return "0.1.0"; }

}  // namespace plenum
