// A statement goes to the open transaction, or to the database in one of its own. The three words that open and end a
// transaction are the shell's, because a transaction is an object of the library.
#include "engine/shell/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "engine/shell/commands.h"
#include "engine/shell/interrupt.h"
#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

Error Usage(std::string message) { return {ErrorType::kUsageError, "", std::move(message), Phase::kRuntime, {}}; }

// The statement in upper case with single blanks, when it is short enough to be BEGIN WRITE.
std::string Words(std::string_view statement) {
  std::string words;
  if (statement.size() > 40) return words;
  for (char c : statement) {
    bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (blank && words.ends_with(' ')) continue;
    words += blank ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return words;
}

Status Begin(Session& session, bool write) {
  if (session.transaction) return Usage("a transaction is open: COMMIT or ROLLBACK it first");
  Result<Transaction> begun = write ? session.database.BeginWrite() : session.database.BeginRead();
  if (!begun) return std::move(begun).error();
  session.transaction = *std::move(begun);
  return {};
}

Status EndTransaction(Session& session, bool commit) {
  if (!session.transaction) return Usage("no transaction is open: BEGIN opens one");
  Transaction transaction = std::move(*session.transaction);
  session.transaction.reset();
  if (commit) return transaction.Commit(session.query.sync);
  transaction.Rollback();
  return {};
}

// Runs BEGIN, COMMIT or ROLLBACK; absent when the statement is another.
std::optional<Status> RunTransactionWord(Session& session, std::string_view statement) {
  std::string words = Words(statement);
  if (words == "BEGIN") return Begin(session, !session.read_only);
  if (words == "BEGIN WRITE") return Begin(session, true);
  if (words == "COMMIT") return EndTransaction(session, true);
  if (words == "ROLLBACK") return EndTransaction(session, false);
  return std::nullopt;
}

// "created 1 node and 2 relationships, set 3 properties"; empty when nothing changed.
std::string Changes(const QueryStatistics& changed) {
  struct Change {
    std::string_view verb;
    std::uint64_t count;
    std::string_view one;
    std::string_view many;
  };
  const Change changes[] = {
      {"created", changed.nodes_created, "node", "nodes"},
      {"created", changed.relationships_created, "relationship", "relationships"},
      {"deleted", changed.nodes_deleted, "node", "nodes"},
      {"deleted", changed.relationships_deleted, "relationship", "relationships"},
      {"set", changed.properties_set, "property", "properties"},
      {"added", changed.labels_added, "label", "labels"},
      {"removed", changed.labels_removed, "label", "labels"},
  };
  std::string text;
  std::string_view verb;
  for (const Change& change : changes) {
    if (change.count == 0) continue;
    if (verb == change.verb) {
      text += " and ";
    } else {
      text += fmt::format("{}{} ", text.empty() ? "" : ", ", change.verb);
      verb = change.verb;
    }
    text += Counted(change.count, change.one, change.many);
  }
  return text;
}

std::string RowsText(RowCount rows) {
  if (rows.all == 0) return "no rows";
  std::string text = Counted(rows.all, "row", "rows");
  if (rows.hidden > 0) text += fmt::format(" ({} shown; `:rows all` shows every one)", rows.all - rows.hidden);
  return text;
}

// The line under an answer: what was found, what changed, how long it took.
void WriteSummary(const Session& session, const QueryResult& answer, RowCount rows, double seconds, Output& out) {
  if (session.format != Format::kTable && !session.interactive) return;
  std::vector<std::string> parts;
  if (!answer.columns().empty()) parts.push_back(RowsText(rows));
  if (std::string changes = Changes(answer.statistics()); !changes.empty()) parts.push_back(std::move(changes));
  if (parts.empty() && session.interactive) parts.emplace_back("nothing changed");
  if (session.timing) parts.push_back(DurationText(seconds));
  if (!parts.empty()) out.Write(fmt::format("{}\n", fmt::join(parts, " · ")));
}

Status RunQuery(Session& session, const std::string& text, Output& out) {
  // In a script an interrupt between two statements must stop the next.
  if (session.interactive) ClearInterrupt();
  session.query.cancel = &Interrupted();
  auto begin = std::chrono::steady_clock::now();
  Result<QueryResult> answer = session.transaction ? session.transaction->Query(text, session.query)
                                                   : session.database.Query(text, session.query);
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!answer) return std::move(answer).error();
  TableFit fit;
  fit.width_max = TerminalWidth(out.file_descriptor());
  if (fit.width_max != 0) fit.rows_max = session.rows_shown;
  RowCount rows = WriteAnswer(*answer, session.format, fit, Interrupted(), out);
  if (Interrupted()) {
    return Error{ErrorType::kCancelled, "", "stopped while the answer was written", Phase::kRuntime, std::nullopt};
  }
  WriteSummary(session, *answer, rows, seconds, out);
  session.notifications = answer->notifications();
  return {};
}

}  // namespace

Status Run(Session& session, const Statement& statement, Output& out) {
  if (statement.is_command) return RunCommand(session, statement.text, out);
  if (std::optional<Status> done = RunTransactionWord(session, statement.text)) return *std::move(done);
  return RunQuery(session, statement.text, out);
}

bool RunAndReport(Session& session, const Statement& statement, const StatementReader& reader, Output& out,
                  Output& messages) {
  session.notifications.clear();
  const Status done = Run(session, statement, out);
  out.Flush();  // the answer goes before what is said of it
  for (const Notification& notification : session.notifications) {
    messages.Write(reader.Describe(notification) + '\n');
  }
  if (!done) messages.Write(reader.Describe(done.error()) + '\n');
  messages.Flush();
  return done.ok();
}

}  // namespace plenum::shell
