// Transactions: statements that stand or fall together, with savepoints; and the session that opens them by statement.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/database_state.h"
#include "engine/statement.h"
#include "parser/parser.h"
#include "plenum/plenum.h"
#include "plenum/session.h"

namespace plenum {
namespace {

Error Misuse(std::string detail, std::string message) {
  return Error{.type = ErrorType::kUsageError, .detail = std::move(detail), .message = std::move(message), .place = {}};
}

Error Ended() { return Misuse("TransactionEnded", "this transaction has ended: begin another"); }

Error AlreadyOpen() {
  return Misuse("TransactionOpen",
                "a transaction is open already: COMMIT or ROLLBACK it first; SAVEPOINT marks a place in it");
}

// What a statement says of the transaction that it came in.
Status Obey(const ast::TransactionStatement& statement, Transaction& transaction, bool sync) {
  using Kind = ast::TransactionStatement::Kind;
  switch (statement.kind) {
    case Kind::kBegin:
    case Kind::kBeginWrite:
      return AlreadyOpen();
    case Kind::kCommit:
      return transaction.Commit(sync);
    case Kind::kRollback:
      transaction.Rollback();
      return {};
    case Kind::kRollbackTo:
      return transaction.RollbackTo(statement.name->text);
    case Kind::kSavepoint:
      return transaction.SetSavepoint(statement.name->text);
  }
  return {};
}

}  // namespace

Transaction::Transaction(std::unique_ptr<State> state) : state_(std::move(state)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

bool Transaction::ended() const { return !state_->transaction; }

Result<QueryResult> Transaction::Query(std::string_view text, const QueryOptions& options) {
  if (ended()) return Ended();
  Result<plan::Statement> statement = Prepare(text, options, *state_->procedures->Current());
  if (!statement) return std::move(statement).error();
  if (statement->transaction) {
    if (Status done = Obey(*statement->transaction, *this, options.sync); !done.ok()) return std::move(done).error();
    return QueryResult({}, {}, {});
  }
  graph::Transaction& transaction = *state_->transaction;
  const Deadline deadline = DeadlineOf(options);
  const auto run = [&] { return Run(*statement, text, transaction, options, deadline, *state_->options); };
  if (!Writes(*statement)) return run();
  if (!transaction.writable()) {
    return Misuse("ReadTransaction", "this transaction only reads: begin it with BeginWrite to change the graph");
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

Status Transaction::SetSavepoint(std::string_view name) {
  if (ended()) return Ended();
  state_->transaction->SetSavepoint();
  state_->savepoints.emplace_back(name);
  return {};
}

Status Transaction::RollbackTo(std::string_view name) {
  if (ended()) return Ended();
  std::vector<std::string>& names = state_->savepoints;
  const auto found = std::find(names.rbegin(), names.rend(), name);
  if (found == names.rend()) {
    return Misuse("NoSuchSavepoint",
                  names.empty()
                      ? fmt::format("no savepoint `{}` is set: SAVEPOINT {} sets one", name, name)
                      : fmt::format("no savepoint `{}` is set; those that are: {}", name, fmt::join(names, ", ")));
  }
  const auto kept = static_cast<std::size_t>(std::distance(found, names.rend())) - 1;
  for (; names.size() > kept; names.pop_back()) state_->transaction->RollbackToSavepoint();
  return SetSavepoint(name);
}

Status Transaction::Commit(bool sync) {
  if (ended()) return Ended();
  const auto transaction = std::move(state_->transaction);
  return transaction->Commit(sync);
}

void Transaction::Rollback() { state_->transaction.reset(); }

// ---- Sessions

namespace {

// Whether the text is BEGIN (false) or BEGIN WRITE (true).
std::optional<bool> Begins(std::string_view text) {
  const Result<ast::Statement> parsed = Parse(text);
  const auto* statement = parsed ? std::get_if<ast::TransactionStatement>(&parsed->node) : nullptr;
  if (!statement) return {};
  using Kind = ast::TransactionStatement::Kind;
  if (statement->kind != Kind::kBegin && statement->kind != Kind::kBeginWrite) return {};
  return statement->kind == Kind::kBeginWrite;
}

}  // namespace

Session::Session(Database& database) : database_(&database) {}

Result<QueryResult> Session::Query(std::string_view text, const QueryOptions& options) {
  if (transaction_) {
    Result<QueryResult> result = transaction_->Query(text, options);
    if (transaction_->ended()) transaction_.reset();
    return result;
  }
  Result<QueryResult> result = database_->Query(text, options);
  if (result || result.error().detail != "NoTransaction") return result;
  const std::optional<bool> write = Begins(text);
  if (!write) return result;
  const bool reads = !*write && database_->read_only();
  Result<Transaction> begun = reads ? database_->BeginRead() : database_->BeginWrite(options);
  if (!begun) return std::move(begun).error();
  transaction_ = *std::move(begun);
  return QueryResult({}, {}, {});
}

}  // namespace plenum
