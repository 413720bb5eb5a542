// One table of commands says everything about them: their names, what they take, what :help prints, what they do.
#include "engine/shell/commands.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/shell/quantities.h"
#include "engine/shell/terminal_text.h"
#include "plenum/json.h"

namespace plenum::shell {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

Error Usage(std::string message) { return {ErrorType::kUsageError, "", std::move(message), Phase::kRuntime, {}}; }

struct Command {
  std::string_view name;
  std::string_view arguments;
  std::string_view help;
  Status (*run)(Shell& shell, std::string_view arguments, Output& out);
};
const std::vector<Command>& Commands();

std::string_view Trimmed(std::string_view text) {
  std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

Status Help(Shell&, std::string_view, Output& out) {
  for (const Command& command : Commands()) {
    out.Write(fmt::format("  {:<22}{}\n", fmt::format("{} {}", command.name, command.arguments), command.help));
  }
  out.Write(
      "Statements end with ';' and may take several lines. BEGIN, COMMIT and ROLLBACK group them.\n"
      "Tab completes, Ctrl-R searches the history, Ctrl-C stops a statement, Ctrl-D leaves.\n");
  return {};
}

// "labels  Person, Role, …", folded at the width of the terminal.
void WriteNames(std::string_view title, const std::vector<std::string>& names, Output& out) {
  constexpr std::size_t kIndent = 20;
  std::size_t width = TerminalWidth(out.file_descriptor());
  std::string line = fmt::format("{:<{}}", title, kIndent);
  std::size_t used = kIndent;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string name = Printable(names[i]) + (i + 1 < names.size() ? ", " : "");
    std::size_t name_width = DisplayWidth(name);
    if (width != 0 && used > kIndent && used + name_width > width) {
      line += '\n' + std::string(kIndent, ' ');
      used = kIndent;
    }
    line += name;
    used += name_width;
  }
  out.Write(line + (names.empty() ? "none\n" : "\n"));
}

Status Schema(Shell& shell, std::string_view, Output& out) {
  WriteNames("labels", shell.database.Labels(), out);
  WriteNames("relationship types", shell.database.RelationshipTypes(), out);
  WriteNames("property keys", shell.database.PropertyKeys(), out);
  return {};
}

Status SetFormat(Shell& shell, std::string_view name, Output& out) {
  if (name.empty()) {
    out.Write(fmt::format("{} (of {})\n", NameOf(shell.format), fmt::join(FormatNames(), ", ")));
    return {};
  }
  std::optional<Format> format = FormatNamed(name);
  if (!format) return Usage(fmt::format("no format '{}': write one of {}", name, fmt::join(FormatNames(), ", ")));
  shell.format = *format;
  return {};
}

Status SetRows(Shell& shell, std::string_view text, Output& out) {
  if (text == "all") {
    shell.rows_shown = 0;
  } else if (!text.empty()) {
    Result<std::uint64_t> rows = ReadCount(std::string(text));
    if (!rows) return Usage(fmt::format("'{}' is no number of rows: write one like 40, or all", text));
    shell.rows_shown = *rows;
  } else {
    out.Write(shell.rows_shown == 0 ? "all\n" : fmt::format("{}\n", shell.rows_shown));
  }
  return {};
}

Status SetTiming(Shell& shell, std::string_view text, Output& out) {
  if (text.empty()) {
    out.Write(shell.timing ? "on\n" : "off\n");
    return {};
  }
  if (text != "on" && text != "off") return Usage(fmt::format("'{}': write :timing on, or :timing off", text));
  shell.timing = text == "on";
  return {};
}

Status ShowParameters(Shell& shell, std::string_view, Output& out) {
  for (const auto& [name, value] : shell.query.parameters) {
    out.Write(fmt::format("${} = {}\n", Printable(name), Printable(ToJson(value))));
  }
  if (shell.query.parameters.empty()) out.Write("no parameters: `:param name JSON` sets one\n");
  return {};
}

Status SetParameter(Shell& shell, std::string_view text, Output& out) {
  if (text.empty()) return ShowParameters(shell, text, out);
  if (text.front() == '$') text.remove_prefix(1);
  std::size_t name_end = std::min(text.find_first_of(kBlanks), text.size());
  std::string_view name = text.substr(0, name_end);
  std::string_view json = Trimmed(text.substr(name_end));
  if (name.empty() || json.empty()) return Usage("write :param name JSON, for example :param since \"2020-01\"");
  Result<Value> value = ParseJson(json);
  if (!value) return Usage(fmt::format("parameter '{}' is no JSON value: {}", name, value.error().message));
  shell.query.parameters.insert_or_assign(std::string(name), *std::move(value));
  return {};
}

// The length of the JSON string that `text` begins with; 0 when it begins with none.
std::size_t JsonStringLength(std::string_view text) {
  if (text.empty() || text.front() != '"') return 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return 0;
}

Status AttachSource(Shell& shell, std::string_view text, Output&) {
  const std::size_t key_length = JsonStringLength(text);
  Result<Value> key = ParseJson(text.substr(0, key_length));
  Result<Value> words = ParseJson(Trimmed(text.substr(key_length)));
  if (!key || !words || words->kind() != Value::Kind::kString) {
    return Usage("write :source KEY TEXT, both as JSON strings, for example :source \"report\" \"Ada was born …\"");
  }
  if (shell.statements.in_transaction()) {
    return Usage("a transaction is open: COMMIT or ROLLBACK it first, a text is attached in one of its own");
  }
  return shell.database.AttachSource(key->string(), words->string());
}

Status Quit(Shell& shell, std::string_view, Output&) {
  shell.quit = true;
  return {};
}

const std::vector<Command>& Commands() {
  static const std::vector<Command> commands = {
      {":exit", "", "leaves, as :quit does", Quit},
      {":format", "NAME", "how answers are written: table, csv, json, jsonl or markdown", SetFormat},
      {":help", "", "this list", Help},
      {":param", "NAME JSON", "sets the value of $NAME", SetParameter},
      {":params", "", "the parameters that are set", ShowParameters},
      {":quit", "", "leaves", Quit},
      {":rows", "N|all", "how many rows of a table are shown before it is folded", SetRows},
      {":schema", "", "the labels, relationship types and property keys in use", Schema},
      {":source", "KEY TEXT", "attaches a text to a source; both are JSON strings", AttachSource},
      {":timing", "on|off", "whether each answer says how long it took", SetTiming},
  };
  return commands;
}

}  // namespace

Status RunCommand(Shell& shell, std::string_view line, Output& out) {
  std::size_t name_end = std::min(line.find_first_of(kBlanks), line.size());
  std::string_view name = line.substr(0, name_end);
  for (const Command& command : Commands()) {
    if (command.name != name) continue;
    std::string_view arguments = Trimmed(line.substr(name_end));
    if (command.arguments.empty() && !arguments.empty()) return Usage(fmt::format("{} takes nothing more", name));
    return command.run(shell, arguments, out);
  }
  return Usage(fmt::format("no command '{}': :help lists them", Printable(name)));
}

const std::vector<std::string_view>& CommandNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const Command& command : Commands()) all.push_back(command.name);
    return all;
  }();
  return names;
}

}  // namespace plenum::shell
