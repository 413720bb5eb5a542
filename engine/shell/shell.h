// What a shell holds while it runs: the database, the session with it, and how answers are to be shown; and how it runs
// one statement. The interactive shell, -c and statements from standard input all go through Run.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/shell/formats.h"
#include "engine/shell/output.h"
#include "engine/shell/statements.h"
#include "plenum/plenum.h"
#include "plenum/session.h"

namespace plenum::shell {

constexpr std::size_t kRowsShown = 40;  // of a table on a terminal, unless :rows says otherwise

struct Shell {
  Database database;
  QueryOptions query;  // parameters, time-out, sync
  Format format = Format::kTable;
  bool timing = false;                      // the time is shown after each answer
  bool interactive = false;                 // rows and changes are counted after each answer in every format
  std::size_t rows_shown = kRowsShown;      // 0: all
  bool quit = false;                        // :quit was given
  std::vector<Notification> notifications;  // of the latest statement
  plenum::Session statements{database};     // BEGIN, COMMIT and ROLLBACK hold a transaction open between statements
};

// Runs a statement or a command and writes its answer.
Status Run(Shell& shell, const Statement& statement, Output& out);

// Runs the statement that `reader` gave last, and writes its notifications or its error to `messages`, with the place
// in what was read. False when it failed.
bool RunAndReport(Shell& shell, const Statement& statement, const StatementReader& reader, Output& out,
                  Output& messages);

}  // namespace plenum::shell
