// Two passes: first the words are sorted into options and names, in any order; then, once the names have said what is
// asked for, each option is applied, or refused where it has no meaning.
#include "engine/shell/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/shell/quantities.h"
#include "plenum/json.h"

namespace plenum::shell {
namespace {

Error Usage(std::string message) { return {ErrorType::kUsageError, "", std::move(message), Phase::kCompile, {}}; }

// Which actions an option belongs to.
enum Uses : unsigned {
  kStatementsOnly = 1,
  kProtocolToo = 2,
  kImportOnly = 4,
  kSourceOnly = 8,
  kCheckOnly = 16,
  kStatisticsOnly = 32,
  kDumpOnly = 64
};
constexpr unsigned kQueries = kStatementsOnly | kProtocolToo;

using Apply = std::function<Status(Options&, const std::string& value)>;

struct Rule {
  std::string_view name;
  std::string_view value;  // what --help calls its value; empty: it takes none
  unsigned uses;
  Apply apply;
};

// An option that stores what `read` makes of its value; `place` says where.
template <class Read, class Place>
Apply Store(Read read, Place place) {
  return [=](Options& options, const std::string& value) -> Status {
    auto result = read(value);
    if (!result) return std::move(result).error();
    place(options) = *std::move(result);
    return {};
  };
}

Result<std::string> ReadText(const std::string& value) { return value; }

Result<Format> ReadFormat(const std::string& value) {
  if (std::optional<Format> format = FormatNamed(value)) return *format;
  return Usage(fmt::format("no format '{}': write one of {}", value, fmt::join(FormatNames(), ", ")));
}

Result<bool> ReadIdType(const std::string& value) {
  if (value == "integer") return true;
  if (value == "string") return false;
  return Usage(fmt::format("no type '{}' for identities: write string or integer", value));
}

Status AddCommand(Options& options, const std::string& value) {
  options.commands.push_back(value);
  return {};
}

Status AddParameter(Options& options, const std::string& value) {
  std::size_t equals = value.find('=');
  if (equals == std::string::npos || equals == 0) return Usage(fmt::format("'{}': write name=JSON", value));
  std::string name = value.substr(0, equals);
  Result<Value> json = ParseJson(std::string_view(value).substr(equals + 1));
  if (!json) return Usage(fmt::format("parameter '{}' is no JSON value: {}", name, json.error().message));
  options.query.parameters.insert_or_assign(std::move(name), *std::move(json));
  return {};
}

Status AddNodes(Options& options, const std::string& value) {
  NodeFile file;
  std::size_t equals = value.find('=');
  file.path = equals == std::string::npos ? value : value.substr(equals + 1);
  std::string_view labels =
      equals == std::string::npos ? std::string_view() : std::string_view(value).substr(0, equals);
  while (!labels.empty()) {
    std::size_t end = std::min(labels.find(':'), labels.size());
    if (end > 0) file.labels.emplace_back(labels.substr(0, end));
    labels.remove_prefix(std::min(end + 1, labels.size()));
  }
  if (file.path.empty()) return Usage(fmt::format("'{}' names no file: write Label1:Label2=FILE", value));
  options.import.nodes.push_back(std::move(file));
  return {};
}

Status AddRelationships(Options& options, const std::string& value) {
  std::size_t equals = value.find('=');
  RelationshipFile file;
  if (equals != std::string::npos) file.type = value.substr(0, equals);
  file.path = equals == std::string::npos ? value : value.substr(equals + 1);
  if (file.path.empty()) return Usage(fmt::format("'{}' names no file: write TYPE=FILE", value));
  options.import.relationships.push_back(std::move(file));
  return {};
}

Status SetMemory(Options& options, const std::string& value) {
  Result<std::uint64_t> bytes = ReadBytes(value);
  if (!bytes) return std::move(bytes).error();
  options.open.memory_bytes_max = *bytes;
  options.import.memory_bytes_max = *bytes;
  options.check.memory_bytes_max = *bytes;
  return {};
}

Status SetThreads(Options& options, const std::string& value) {
  Result<std::uint64_t> threads = ReadCount(value);
  if (!threads) return std::move(threads).error();
  if (*threads > 1024) return Usage(fmt::format("{} threads are more than the 1024 that make sense", *threads));
  options.open.threads = static_cast<unsigned>(*threads);
  options.import.threads = static_cast<unsigned>(*threads);
  return {};
}

Status SetLoadCsvDirectory(Options& options, const std::string& value) {
  if (value.empty()) return Usage("'' names no directory: write / for every file");
  options.open.load_csv_directory = value;
  return {};
}

Apply SetAction(Action action) {
  return [action](Options& options, const std::string&) -> Status {
    options.action = action;
    return {};
  };
}

Apply SetFlag(std::function<void(Options&)> set) {
  return [set = std::move(set)](Options& options, const std::string&) -> Status {
    set(options);
    return {};
  };
}

const std::vector<Rule>& Rules() {
  constexpr unsigned kAll = kQueries | kImportOnly | kSourceOnly | kCheckOnly | kStatisticsOnly | kDumpOnly;
  static const std::vector<Rule> rules = {
      {"--help", "", kAll, SetAction(Action::kHelp)},
      {"-h", "", kAll, SetAction(Action::kHelp)},
      {"--version", "", kAll, SetAction(Action::kVersion)},
      {"--jsonl", "", kProtocolToo, SetAction(Action::kProtocol)},
      {"-c", "QUERY", kStatementsOnly, AddCommand},
      {"--format", "NAME", kStatementsOnly, Store(ReadFormat, [](Options& o) -> Format& { return o.format; })},
      {"--param", "NAME=JSON", kStatementsOnly, AddParameter},
      {"--read-only", "", kQueries, SetFlag([](Options& o) { o.open.read_only = true; })},
      {"--no-sync", "", kQueries, SetFlag([](Options& o) { o.query.sync = false; })},
      {"--timeout", "SECONDS", kQueries,
       Store(
           ReadDuration, [](Options & o) -> auto& { return o.query.timeout; })},
      {"--load-csv", "DIRECTORY", kQueries, SetLoadCsvDirectory},
      {"--threads", "N", kQueries | kImportOnly, SetThreads},
      {"--memory", "SIZE", kAll, SetMemory},
      {"--nodes", "LABELS=FILE", kImportOnly, AddNodes},
      {"--relationships", "TYPE=FILE", kImportOnly, AddRelationships},
      {"--delimiter", "C", kImportOnly, Store(ReadDelimiter, [](Options& o) -> char& { return o.import.delimiter; })},
      {"--array-delimiter", "C", kImportOnly,
       Store(ReadDelimiter, [](Options& o) -> char& { return o.import.array_delimiter; })},
      {"--id-type", "TYPE", kImportOnly, Store(ReadIdType, [](Options& o) -> bool& { return o.import.integer_ids; })},
      {"--bad-tolerance", "N", kImportOnly,
       Store(
           ReadCount, [](Options & o) -> auto& { return o.import.bad_rows_max; })},
      {"--json", "", kStatisticsOnly, SetFlag([](Options& o) { o.json = true; })},
      {"--compact", "", kStatisticsOnly, SetFlag([](Options& o) { o.statistics.compact = true; })},
      {"--limit", "N", kCheckOnly,
       Store(
           ReadCount, [](Options & o) -> auto& { return o.check.problems_max; })},
      {"--report", "FILE", kImportOnly,
       Store(
           ReadText, [](Options & o) -> auto& { return o.import.report; })},
      {"--key", "KEY", kSourceOnly,
       Store(
           ReadText, [](Options & o) -> auto& { return o.source_key; })},
  };
  return rules;
}

// The words of the command line, sorted.
struct Words {
  struct Option {
    const Rule* rule;
    std::string value;
  };
  std::vector<Option> options;
  std::vector<std::string> names;
};

// One option, with its value: "--name=value", or the next word.
Result<Words::Option> ReadOption(const std::vector<std::string>& arguments, std::size_t& at) {
  const std::string& word = arguments[at];
  std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
  std::string name = word.substr(0, equals);
  auto rule = std::find_if(Rules().begin(), Rules().end(), [&](const Rule& r) { return r.name == name; });
  if (rule == Rules().end()) return Usage(fmt::format("unknown option '{}'", name));
  if (rule->value.empty()) {
    if (equals != std::string::npos) return Usage(fmt::format("option '{}' takes no value", name));
    return Words::Option{&*rule, ""};
  }
  if (equals != std::string::npos) return Words::Option{&*rule, word.substr(equals + 1)};
  if (at + 1 == arguments.size()) return Usage(fmt::format("option '{}' needs a value: {}", name, rule->value));
  return Words::Option{&*rule, arguments[++at]};
}

Result<Words> Sort(const std::vector<std::string>& arguments) {
  Words words;
  bool options_ended = false;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string& word = arguments[at];
    if (options_ended || word.size() < 2 || word.front() != '-') {
      words.names.push_back(word);
    } else if (word == "--") {
      options_ended = true;
    } else {
      Result<Words::Option> option = ReadOption(arguments, at);
      if (!option) return std::move(option).error();
      words.options.push_back(*std::move(option));
    }
  }
  return words;
}

// What the options and the first names ask for; the names that say so are taken away.
Action TakeAction(const Options& options, std::vector<std::string>& names) {
  if (options.action != Action::kStatements) return options.action;
  static constexpr std::pair<std::string_view, Action> kCommands[] = {
      {"import", Action::kImport}, {"check", Action::kCheck}, {"stats", Action::kStatistics}, {"dump", Action::kDump}};
  for (const auto& [name, action] : kCommands) {
    if (names.empty() || names[0] != name) continue;
    names.erase(names.begin());
    return action;
  }
  if (names.size() >= 2 && names[0] == "source" && names[1] == "add") {
    names.erase(names.begin(), names.begin() + 2);
    return Action::kSourceAdd;
  }
  return Action::kStatements;
}

unsigned UseOf(Action action) {
  switch (action) {
    case Action::kStatements:
      return kStatementsOnly;
    case Action::kProtocol:
      return kProtocolToo;
    case Action::kImport:
      return kImportOnly;
    case Action::kSourceAdd:
      return kSourceOnly;
    case Action::kCheck:
      return kCheckOnly;
    case Action::kStatistics:
      return kStatisticsOnly;
    case Action::kDump:
      return kDumpOnly;
    default:
      return ~0U;
  }
}

std::string_view CommandOf(unsigned uses) {
  if ((uses & kImportOnly) != 0) return "plenum import";
  if ((uses & kSourceOnly) != 0) return "plenum source add";
  if ((uses & kCheckOnly) != 0) return "plenum check";
  if ((uses & kStatisticsOnly) != 0) return "plenum stats";
  if ((uses & kDumpOnly) != 0) return "plenum dump";
  if ((uses & kStatementsOnly) != 0) return "plenum DB";
  return "plenum --jsonl";
}

Status TakeNames(const std::vector<std::string>& names, Options& options) {
  bool source = options.action == Action::kSourceAdd;
  std::size_t names_max = source ? 2 : 1;
  if (names.size() > names_max) return Usage(fmt::format("'{}' is one name too many", names[names_max]));
  if (names.empty() && options.action != Action::kProtocol) {
    return Usage("which database? Name its directory, or :memory:");
  }
  if (!names.empty()) options.database = names[0];
  if (!source) return {};
  if (names.size() < 2) return Usage("which text? Write plenum source add DB FILE --key KEY ('-' is standard input)");
  options.source_file = names[1];
  if (options.source_key.empty()) return Usage("which source? Give its key: --key KEY");
  return {};
}

}  // namespace

Result<Options> ParseOptions(const std::vector<std::string>& arguments) {
  Result<Words> words = Sort(arguments);
  if (!words) return std::move(words).error();
  Options options;
  for (const Words::Option& option : words->options) {
    Status applied = option.rule->apply(options, option.value);
    if (!applied) return Usage(fmt::format("{}: {}", option.rule->name, applied.error().message));
  }
  if (options.action == Action::kHelp || options.action == Action::kVersion) return options;
  options.action = TakeAction(options, words->names);
  for (const Words::Option& option : words->options) {
    if ((option.rule->uses & UseOf(options.action)) != 0) continue;
    return Usage(fmt::format("option '{}' belongs to `{}`", option.rule->name, CommandOf(option.rule->uses)));
  }
  // Who types statements has the files anyway; who sends them to a program may be anyone.
  if (options.action == Action::kStatements && options.open.load_csv_directory.empty()) {
    options.open.load_csv_directory = "/";
  }
  Status named = TakeNames(words->names, options);
  if (!named) return std::move(named).error();
  if (options.action == Action::kImport && options.import.nodes.empty())
    return Usage("no files: give --nodes LABEL=FILE");
  return options;
}

}  // namespace plenum::shell
