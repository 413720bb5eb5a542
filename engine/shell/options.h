// The command line, read once into a plain struct.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/formats.h"
#include "plenum/import.h"
#include "plenum/plenum.h"

namespace plenum::shell {

enum class Action : std::uint8_t {
  kStatements,  // the shell, statements of standard input, or those of -c
  kProtocol,    // --jsonl
  kImport,
  kSourceAdd,
  kCheck,
  kStatistics,
  kDump,
  kHelp,
  kVersion,
};

struct Options {
  Action action = Action::kStatements;
  std::string database;               // a directory, or ":memory:"; empty: none named (--jsonl alone)
  std::vector<std::string> commands;  // of -c, in order
  Format format = Format::kTable;
  QueryOptions query;  // parameters, time-out, sync
  OpenOptions open;
  ImportOptions import;
  CheckOptions check;
  StatisticsOptions statistics;
  bool json = false;        // of stats
  std::string source_file;  // "-": standard input
  std::string source_key;
};

// `arguments` without the program's name. An Error is a UsageError and says what to write instead.
Result<Options> ParseOptions(const std::vector<std::string>& arguments);

// What --help prints.
std::string_view HelpText();

}  // namespace plenum::shell
