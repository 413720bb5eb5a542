// Running a statement, and the lines under its answer.
#include "engine/shell/shell.h"

#include <fmt/format.h>

#include <vector>

#include "engine/shell/commands.h"
#include "engine/shell/interrupt.h"
#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

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
      {"created", changed.indexes_added, "index", "indexes"},
      {"dropped", changed.indexes_removed, "index", "indexes"},
      {"created", changed.constraints_added, "constraint", "constraints"},
      {"dropped", changed.constraints_removed, "constraint", "constraints"},
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
void WriteSummary(const Shell& shell, const QueryResult& answer, RowCount rows, double seconds, Output& out) {
  if (shell.format != Format::kTable && !shell.interactive) return;
  std::vector<std::string> parts;
  if (!answer.columns().empty()) parts.push_back(RowsText(rows));
  if (std::string changes = Changes(answer.statistics()); !changes.empty()) parts.push_back(std::move(changes));
  if (parts.empty() && shell.interactive) parts.emplace_back("nothing changed");
  if (shell.timing) parts.push_back(DurationText(seconds));
  if (!parts.empty()) out.Write(fmt::format("{}\n", fmt::join(parts, " · ")));
}

Status RunQuery(Shell& shell, const std::string& text, Output& out) {
  // In a script an interrupt between two statements must stop the next.
  if (shell.interactive) ClearInterrupt();
  shell.query.cancel = &Interrupted();
  auto begin = std::chrono::steady_clock::now();
  const bool in_transaction = shell.statements.in_transaction();
  Result<QueryResult> answer = shell.statements.Query(text, shell.query);
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!answer) return std::move(answer).error();
  TableFit fit;
  fit.width_max = TerminalWidth(out.file_descriptor());
  if (fit.width_max != 0) fit.rows_max = shell.rows_shown;
  RowCount rows = WriteAnswer(*answer, shell.format, fit, Interrupted(), out);
  if (Interrupted()) {
    return Error{ErrorType::kCancelled, "", "stopped while the answer was written", Phase::kRuntime, std::nullopt};
  }
  shell.notifications = answer->notifications();
  if (shell.statements.in_transaction() != in_transaction) return {};  // BEGIN, COMMIT, ROLLBACK
  WriteSummary(shell, *answer, rows, seconds, out);
  return {};
}

}  // namespace

Status Run(Shell& shell, const Statement& statement, Output& out) {
  if (statement.is_command) return RunCommand(shell, statement.text, out);
  return RunQuery(shell, statement.text, out);
}

bool RunAndReport(Shell& shell, const Statement& statement, const StatementReader& reader, Output& out,
                  Output& messages) {
  shell.notifications.clear();
  const Status done = Run(shell, statement, out);
  out.Flush();  // the answer goes before what is said of it
  for (const Notification& notification : shell.notifications) {
    messages.Write(reader.Describe(notification) + '\n');
  }
  if (!done) messages.Write(reader.Describe(done.error()) + '\n');
  messages.Flush();
  return done.ok();
}

}  // namespace plenum::shell
