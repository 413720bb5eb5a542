// Opens what the command line names and hands it to the one who does the work.
#include "engine/shell/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <iostream>

#include "engine/shell/inspection.h"
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

// Opens it, and says so when the process before this one did not close it.
Result<Database> OpenDatabase(const std::string& path, const OpenOptions& options, Terminal& terminal) {
  Result<Database> database = Database::Open(path, options);
  if (!database || !database->recovered()) return database;
  terminal.errors.Write(
      fmt::format("plenum: '{}' was not closed properly; every commit up to number {} is there, and none after it\n",
                  path, database->recovered()->commit));
  terminal.errors.Flush();
  return database;
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
  Result<Database> database = OpenDatabase(options.database, options.open, terminal);
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
  Result<Database> database = OpenDatabase(in_memory ? ":memory:" : options.database, options.open, terminal);
  if (!database) return Fail(database.error(), terminal);
  return RunProtocol(Protocol(*std::move(database), in_memory, options.open, options.query), terminal.out);
}

int RunSourceAdd(const Options& options, Terminal& terminal) {
  Result<std::string> text = ReadSourceText(options.source_file);
  if (!text) return Fail(text.error(), terminal);
  Result<Database> database = OpenDatabase(options.database, options.open, terminal);
  if (!database) return Fail(database.error(), terminal);
  Status attached = database->AttachSource(options.source_key, *text);
  if (!attached) return Fail(attached.error(), terminal);
  terminal.out.Write(
      fmt::format("attached {} to source {}\n", Counted(text->size(), "byte", "bytes"), options.source_key));
  return 0;
}

void ShowBadRows(const ImportReport& report, Terminal& terminal) {
  for (const std::string& problem : report.problems) terminal.errors.Write(problem + '\n');
  const std::uint64_t more = report.bad_rows - report.problems.size();
  if (more > 0) terminal.errors.Write(fmt::format("… and {} more: --report FILE has them all\n", more));
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
  if (options.import.report.empty()) ShowBadRows(*report, terminal);
  std::string left_out = report->bad_rows == 0 ? "" : ", left out " + Counted(report->bad_rows, "row", "rows");
  terminal.out.Write(fmt::format("imported {} and {}{} in {}\n", Counted(report->nodes, "node", "nodes"),
                                 Counted(report->relationships, "relationship", "relationships"), left_out,
                                 DurationText(elapsed.count())));
  return 0;
}

int RunCheck(Options options, Terminal& terminal) {
  options.open.read_only = true;
  options.check.cancel = &Interrupted();
  CatchInterrupts();
  auto begin = std::chrono::steady_clock::now();
  Result<Database> database = OpenDatabase(options.database, options.open, terminal);
  if (!database) return Fail(database.error(), terminal);
  Result<CheckReport> report = database->Check(options.check);
  if (!report) return Fail(report.error(), terminal);
  std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  terminal.out.Write(CheckText(*report, elapsed.count()));
  return report->ok() ? 0 : kExitFailed;
}

int RunStatistics(Options options, Terminal& terminal) {
  options.open.create_if_missing = false;
  options.open.read_only = !options.statistics.compact;
  options.statistics.cancel = &Interrupted();
  CatchInterrupts();
  Result<Database> database = OpenDatabase(options.database, options.open, terminal);
  if (!database) return Fail(database.error(), terminal);
  Result<DatabaseStatistics> statistics = database->Statistics(options.statistics);
  if (!statistics) return Fail(statistics.error(), terminal);
  terminal.out.Write(options.json ? StatisticsJson(*statistics)
                                  : StatisticsText(*statistics, TerminalWidth(STDOUT_FILENO)));
  return 0;
}

int RunDump(Options options, Terminal& terminal) {
  options.open.read_only = true;
  CatchInterrupts();
  Result<Database> database = Database::Open(options.database, options.open);
  if (!database) return Fail(database.error(), terminal);
  Status dumped = database->Dump([&terminal](std::string_view text) {
    terminal.out.Write(text);
    return terminal.out.error() == 0 && !Interrupted();
  });
  if (terminal.out.error() != 0) return kExitFailed;  // which Finish tells
  return dumped.ok() ? 0 : Fail(dumped.error(), terminal);
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
    case Action::kCheck:
      return RunCheck(options, terminal);
    case Action::kStatistics:
      return RunStatistics(options, terminal);
    case Action::kDump:
      return RunDump(options, terminal);
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
