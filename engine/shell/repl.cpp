// Read, run, print. A statement is gathered line by line until it ends; what Tab sees is all of it.
#include "engine/shell/repl.h"

#include <fmt/format.h>

#include "engine/shell/completion.h"
#include "engine/shell/line_editor.h"
#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

Vocabulary VocabularyOf(const Shell& shell) {
  Vocabulary vocabulary{shell.database.Labels(), shell.database.RelationshipTypes(), shell.database.PropertyKeys(), {}};
  for (const auto& [name, value] : shell.query.parameters) vocabulary.parameters.push_back(name);
  return vocabulary;
}

std::string PromptFor(const Shell& shell, bool in_statement) {
  if (in_statement) return "   ...> ";
  return shell.statements.in_transaction() ? "plenum*> " : "plenum> ";
}

// Runs every statement that has ended; after one that failed, the rest of what was typed is dropped.
void RunEnded(Shell& shell, StatementReader& reader, Output& out) {
  while (std::optional<Statement> statement = reader.Next()) {
    if (!RunAndReport(shell, *statement, reader, out, out)) reader = StatementReader();
    if (shell.quit) return;
  }
}

void Greet(std::string_view database, Output& out) {
  out.Write(fmt::format("Plenum {} · {}\nStatements end with ';'. :help lists the shell's commands, Ctrl-D leaves.\n",
                        Version(), database == ":memory:" ? "in memory, gone at the end" : Printable(database)));
  out.Flush();
}

}  // namespace

int RunInteractive(Shell& shell, std::string_view database, Output& out) {
  std::string lines;  // of the statement so far
  auto complete = [&](std::string_view line) { return Complete(lines + std::string(line), VocabularyOf(shell)); };
  LineEditor editor(complete, HistoryFile());
  StatementReader reader;
  Greet(database, out);
  while (!shell.quit && out.error() == 0) {
    std::string line;
    LineEditor::Event event = editor.Read(PromptFor(shell, reader.in_statement()), line);
    if (event == LineEditor::Event::kEnd) break;
    if (event == LineEditor::Event::kLine) {
      lines += line + '\n';
      reader.Add(line + '\n');
      RunEnded(shell, reader, out);
      if (reader.in_statement()) continue;
      lines.pop_back();
      if (lines.find_first_not_of(" \t\n") != std::string::npos) editor.Remember(lines);
    }
    lines.clear();
    reader = StatementReader();
  }
  if (!shell.quit) out.Write("\n");
  if (shell.statements.in_transaction()) out.Write("The open transaction was not committed: it is rolled back.\n");
  return out.error() == 0 ? 0 : 1;
}

}  // namespace plenum::shell
