// Reading C++ source as text. A scanner, not a parser: it knows comments, literals and braces, and guesses the rest
// from the text before a brace, which is enough for code that clang-format has laid out.
#include "tests/tidy/source_scan.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace plenum::tidy {
namespace {

bool IsNameCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Turns text[begin, end) into spaces, line breaks kept.
void Blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

std::size_t EndOfLine(std::string_view text, std::size_t from) { return std::min(text.find('\n', from), text.size()); }

// Where the literal that opens with the quote at `begin` ends, its closing quote included.
std::size_t EndOfLiteral(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

// Where the raw string ends whose R" begins just before `quote`.
std::size_t EndOfRawString(std::string_view text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == std::string_view::npos) return text.size();
  const std::string close = ")" + std::string(text.substr(quote + 1, open - quote - 1)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

bool IsDigitSeparator(std::string_view text, std::size_t quote) {
  return quote > 0 && quote + 1 < text.size() && std::isxdigit(static_cast<unsigned char>(text[quote - 1])) &&
         std::isxdigit(static_cast<unsigned char>(text[quote + 1])) && text.find('\'', quote + 1) != quote + 2;
}

// Where the preprocessor line at `begin` ends, its continuations included.
std::size_t EndOfDirective(std::string_view text, std::size_t begin) {
  std::size_t end = EndOfLine(text, begin);
  while (end < text.size() && text[end - 1] == '\\') end = EndOfLine(text, end + 1);
  return end;
}

bool ContainsWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !IsNameCharacter(text[at - 1]);
    const bool ends = at + word.size() == text.size() || !IsNameCharacter(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

bool ContainsAnyWord(std::string_view text, const std::vector<std::string_view>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return ContainsWord(text, word); });
}

// `head` without a leading template<…>.
std::string_view WithoutTemplate(std::string_view head) {
  head = Trim(head);
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (std::size_t i = head.find('<'); i < head.size(); ++i) {
    if (head[i] == '<') ++depth;
    if (head[i] == '>' && --depth == 0) return WithoutTemplate(head.substr(i + 1));
  }
  return head;
}

// Whether `head` is a constructor's, with a list of members after its parameters.
bool HasMemberInitialisers(std::string_view head) {
  for (std::size_t at = head.find(')'); at != std::string_view::npos; at = head.find(')', at + 1)) {
    std::string_view rest = Trim(head.substr(at + 1));
    if (rest.starts_with("noexcept")) rest = Trim(rest.substr(8));
    if (rest.starts_with(':') && !rest.starts_with("::")) return true;
  }
  return false;
}

// Whether a function's body may follow `head`, which has a parameter list.
bool EndsLikeFunction(std::string_view head) {
  if (head.ends_with(')')) return true;
  if (HasMemberInitialisers(head)) return head.ends_with('}');  // `name{` would initialise a member
  const std::string_view after = head.substr(head.rfind(')') + 1);
  return after.find("->") != std::string_view::npos || after.find('&') != std::string_view::npos ||
         ContainsAnyWord(after, {"const", "noexcept", "override", "final", "mutable", "try"});
}

enum class Brace { kScope, kFunction, kInitialiser };

// What a brace opens, by the text between the last statement and it, at namespace or class level.
Brace KindOf(std::string_view head) {
  static const std::vector<std::string_view> kTypes = {"class", "struct", "union", "enum"};
  head = WithoutTemplate(head);
  if (ContainsWord(head, "namespace") || head.starts_with("extern \"")) return Brace::kScope;
  const std::string_view first_word = head.substr(0, head.find(' '));
  if (ContainsAnyWord(first_word, kTypes) && !head.ends_with(')')) return Brace::kScope;
  const std::size_t parenthesis = head.find('(');
  if (parenthesis == std::string_view::npos) {
    if (head.ends_with(']')) return Brace::kFunction;  // a lambda without parameters
    return ContainsAnyWord(head, kTypes) ? Brace::kScope : Brace::kInitialiser;
  }
  const bool inside_call = std::count(head.begin(), head.end(), '(') > std::count(head.begin(), head.end(), ')');
  return !inside_call && EndsLikeFunction(head) ? Brace::kFunction : Brace::kInitialiser;
}

bool IsAccessSpecifier(std::string_view head) { return head == "public" || head == "protected" || head == "private"; }

}  // namespace

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = EndOfLine(text, begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::vector<Include> Includes(std::string_view source) {
  std::vector<Include> includes;
  int number = 0;
  for (std::string_view line : Lines(source)) {
    ++number;
    if (!line.starts_with("#include ")) continue;
    const std::string_view target = Trim(line.substr(9));
    if (target.size() < 2) continue;
    const std::size_t end = target.find(target[0] == '"' ? '"' : '>', 1);
    includes.push_back({number, std::string(target.substr(1, end - 1)), target[0] == '"'});
  }
  return includes;
}

std::string CodeOf(std::string_view source) {
  std::string code(source);
  bool line_is_empty = true;
  for (std::size_t i = 0; i < code.size();) {
    std::size_t end = i + 1;
    const std::string_view rest = source.substr(i);
    if (rest.starts_with("//")) {
      end = EndOfLine(source, i);
      Blank(code, i, end);
    } else if (rest.starts_with("/*")) {
      end = std::min(source.find("*/", i + 2), source.size() - 2) + 2;
      Blank(code, i, end);
    } else if (rest[0] == '"' && i > 0 && source[i - 1] == 'R') {
      end = EndOfRawString(source, i);
      Blank(code, i + 1, end - 1);
    } else if (rest[0] == '"' || (rest[0] == '\'' && !IsDigitSeparator(source, i))) {
      end = EndOfLiteral(source, i);
      Blank(code, i + 1, end - 1);
    } else if (rest[0] == '#' && line_is_empty) {
      end = EndOfDirective(source, i);
      Blank(code, i, end);
    }
    for (; i < end && i < code.size(); ++i) line_is_empty = code[i] == '\n' || (line_is_empty && code[i] == ' ');
  }
  return code;
}

std::vector<Function> Functions(std::string_view source) {
  std::vector<Function> functions;
  std::vector<Brace> open;
  std::string head;
  std::size_t function_depth = 0;  // 0: in no function; else how many braces were open when its body began, plus one
  int line = 1, head_line = 1;
  for (char c : CodeOf(source)) {
    if (c == '\n') ++line;
    if (function_depth == 0 && c == '{') {
      open.push_back(KindOf(head));
      if (open.back() == Brace::kFunction) {
        function_depth = open.size();
        functions.push_back({std::string(Lines(WithoutTemplate(head)).front()), head_line, 0});
      }
      head = open.back() == Brace::kInitialiser ? head + "{" : "";
    } else if (c == '{') {
      open.push_back(Brace::kScope);
    } else if (c == '}' && !open.empty()) {
      const Brace closed = open.back();
      if (open.size() == function_depth) {
        functions.back().last_line = line;
        function_depth = 0;
      }
      open.pop_back();
      if (function_depth == 0) head = closed == Brace::kInitialiser ? head + "}" : "";
    } else if (function_depth == 0 && (c == ';' || (c == ':' && IsAccessSpecifier(Trim(head))))) {
      head.clear();
    } else if (function_depth == 0) {
      if (Trim(head).empty() && !std::isspace(static_cast<unsigned char>(c))) head_line = line;
      head += c;
    }
  }
  return functions;
}

std::vector<TypeName> TypeNames(std::string_view source) {
  static constexpr std::array<std::string_view, 6> kIntroducers = {"class", "struct", "union",
                                                                   "enum",  "using",  "concept"};
  std::vector<TypeName> names;
  const std::string code = CodeOf(source);
  bool introduced = false;
  int line = 1;
  for (std::size_t i = 0; i < code.size();) {
    std::size_t end = i;
    while (end < code.size() && IsNameCharacter(code[end])) ++end;
    if (end == i) {
      if (code[i] == '\n') ++line;
      if (code[i] != ' ' && code[i] != '\n') introduced = false;
      ++i;
      continue;
    }
    const std::string word = code.substr(i, end - i);
    const bool introducer = std::find(kIntroducers.begin(), kIntroducers.end(), word) != kIntroducers.end();
    if (introduced && !introducer && word != "namespace") names.push_back({line, word});
    introduced = introducer;
    i = end;
  }
  return names;
}

}  // namespace plenum::tidy
