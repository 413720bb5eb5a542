// Opens what the command line names and hands it to the one who does the work.
#include "engine/shell/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <iostream>

#include "engine/shell/interrupt.h"
#include "engine/shell/options.h"
#include "engine/shell/output.h"
#include "engine/shell/protocol.h"
#include "engine/shell/repl.h"
#include "engine/shell/shell.h"
#include "engine/shell/source_text.h"
#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

// The descriptors, and whether a person sits behind them.
struct Terminal {
  Output out{STDOUT_FILENO};
  Output errors{STDERR_FILENO};
};

int Fail(const Error& error, Terminal& terminal) {
  terminal.out.Flush();
  terminal.errors.Write("plenum: " + Describe(error) + '\n');
  return kExitFailed;
}

// An answer that could not be written is a failure; a reader that went away (`| head`) need not be told.
int Finish(int status, Terminal& terminal) {
  terminal.out.Flush();
  if (terminal.out.error() == 0) return status;
  if (terminal.out.error() != EPIPE) {
    terminal.errors.Write(
        fmt::format("plenum: the answer cannot be written: {}\n", std::strerror(terminal.out.error())));
  }
  return kExitFailed;
}

// Runs what the reader has; false when a statement failed.
bool RunAll(Shell& shell, StatementReader& reader, Terminal& terminal) {
  while (!shell.quit && terminal.out.error() == 0) {
    std::optional<Statement> statement = reader.Next();
    if (!statement) return true;
    if (!RunAndReport(shell, *statement, reader, terminal.out, terminal.errors)) return false;
  }
  return true;
}

// Each -c is a text of its own: places of errors are counted in it.
bool RunCommands(Shell& shell, const std::vector<std::string>& commands, Terminal& terminal) {
  for (const std::string& command : commands) {
    StatementReader reader;
    reader.Add(command);
    reader.End();
    if (!RunAll(shell, reader, terminal)) return false;
  }
  return true;
}

// Statements run as they arrive, not once all have: a pipe may be a conversation.
bool RunStandardInput(Shell& shell, Terminal& terminal) {
  StatementReader reader;
  std::string line;
  while (!shell.quit && terminal.out.error() == 0 && std::getline(std::cin, line)) {
    if (!std::cin.eof()) line += '\n';
    reader.Add(line);
    if (!RunAll(shell, reader, terminal)) return false;
  }
  reader.End();
  return RunAll(shell, reader, terminal);
}

int RunStatements(const Options& options, Terminal& terminal) {
  Result<Database> database = Database::Open(options.database, options.open);
  if (!database) return Fail(database.error(), terminal);
  bool interactive = options.commands.empty() && isatty(STDIN_FILENO) != 0;
  Shell shell{.database = *std::move(database),
              .query = options.query,
              .format = options.format,
              .timing = interactive,
              .interactive = interactive};
  CatchInterrupts();
  if (interactive) return RunInteractive(shell, options.database, terminal.out);
  bool done =
      options.commands.empty() ? RunStandardInput(shell, terminal) : RunCommands(shell, options.commands, terminal);
  if (done && shell.statements.in_transaction()) {
    terminal.errors.Write("plenum: the open transaction was not committed: it is rolled back\n");
    done = false;
  }
  return done ? 0 : kExitFailed;
}

int RunProtocolAction(const Options& options, Terminal& terminal) {
  bool in_memory = options.database.empty() || options.database == ":memory:";
  Result<Database> database = Database::Open(in_memory ? ":memory:" : options.database, options.open);
  if (!database) return Fail(database.error(), terminal);
  return RunProtocol(Protocol(*std::move(database), in_memory, options.open, options.query), terminal.out);
}

int RunSourceAdd(const Options& options, Terminal& terminal) {
  Result<std::string> text = ReadSourceText(options.source_file);
  if (!text) return Fail(text.error(), terminal);
  Result<Database> database = Database::Open(options.database, options.open);
  if (!database) return Fail(database.error(), terminal);
  Status attached = database->AttachSource(options.source_key, *text);
  if (!attached) return Fail(attached.error(), terminal);
  terminal.out.Write(
      fmt::format("attached {} to source {}\n", Counted(text->size(), "byte", "bytes"), options.source_key));
  return 0;
}

int RunImport(Options options, Terminal& terminal) {
  if (isatty(STDERR_FILENO) != 0) {
    options.import.progress = [&terminal](std::string_view line) {
      terminal.errors.Write(fmt::format("\r\x1b[K{}", line));
      terminal.errors.Flush();
    };
  }
  auto begin = std::chrono::steady_clock::now();
  Result<ImportReport> report = Import(options.database, options.import);
  std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  if (options.import.progress) terminal.errors.Write("\r\x1b[K");
  terminal.errors.Flush();  // the progress goes before the result comes
  if (!report) return Fail(report.error(), terminal);
  for (const std::string& problem : report->problems) terminal.errors.Write(problem + '\n');
  std::string left_out = report->bad_rows == 0 ? "" : ", left out " + Counted(report->bad_rows, "row", "rows");
  terminal.out.Write(fmt::format("imported {} and {}{} in {}\n", Counted(report->nodes, "node", "nodes"),
                                 Counted(report->relationships, "relationship", "relationships"), left_out,
                                 DurationText(elapsed.count())));
  return 0;
}

int RunAction(const Options& options, Terminal& terminal) {
  switch (options.action) {
    case Action::kStatements:
      return RunStatements(options, terminal);
    case Action::kProtocol:
      return RunProtocolAction(options, terminal);
    case Action::kImport:
      return RunImport(options, terminal);
    case Action::kSourceAdd:
      return RunSourceAdd(options, terminal);
    case Action::kHelp:
      terminal.out.Write(HelpText());
      return 0;
    case Action::kVersion:
      terminal.out.Write(fmt::format("plenum {}\n", Version()));
      return 0;
  }
  return kExitUsage;
}

}  // namespace

int RunProgram(const std::vector<std::string>& arguments) {
  Terminal terminal;
  Result<Options> options = ParseOptions(arguments);
  if (!options) {
    terminal.errors.Write(fmt::format("plenum: {}\n`plenum --help` says more.\n", options.error().message));
    return kExitUsage;
  }
  return Finish(RunAction(*options, terminal), terminal);
}

}  // namespace plenum::shell
