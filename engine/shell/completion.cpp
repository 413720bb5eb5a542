// A statement being typed rarely parses, so the place is judged by a light scan: brackets that are open, and the
// characters just before the word. A wrong guess costs a useless list, never a wrong text.
#include "engine/shell/completion.h"

#include <algorithm>
#include <cctype>

#include "engine/shell/commands.h"
#include "engine/shell/formats.h"
#include "plenum/plenum.h"

namespace plenum::shell {
namespace {

bool IsNameCharacter(char c) {
  auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

bool IsBlank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// What a scan of the text finds: the brackets open at its end, and whether it ends inside a string or a comment.
struct Place {
  std::string open;
  bool in_text = false;
};

// Where the string, quoted name or comment that begins at `at` ends; npos when it does not. `at` itself when none does.
std::size_t SkipText(std::string_view text, std::size_t at) {
  char c = text[at];
  if (c == '\'' || c == '"' || c == '`') {
    for (std::size_t i = at + 1; i < text.size(); ++i) {
      if (text[i] == '\\' && c != '`') {
        ++i;
      } else if (text[i] == c) {
        return i + 1;
      }
    }
    return std::string_view::npos;
  }
  if (text.substr(at, 2) == "//") return text.find('\n', at);
  if (text.substr(at, 2) == "/*") {
    std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? end : end + 2;
  }
  return at;
}

Place Scan(std::string_view text) {
  Place place;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = SkipText(text, at);
    if (end == std::string_view::npos) {
      place.in_text = true;
      return place;
    }
    if (end != at) {
      at = end;
      continue;
    }
    char c = text[at++];
    if (c == '(' || c == '[' || c == '{') place.open += c;
    if ((c == ')' || c == ']' || c == '}') && !place.open.empty()) place.open.pop_back();
  }
  return place;
}

bool BeginsWithNoCase(std::string_view text, std::string_view beginning) {
  auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return text.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), text.begin(), same);
}

// The name as a statement writes it: in backquotes where it is no plain word.
std::string Quoted(const std::string& name) {
  bool plain = !name.empty() && std::all_of(name.begin(), name.end(), IsNameCharacter) &&
               std::isdigit(static_cast<unsigned char>(name[0])) == 0;
  if (plain) return name;
  std::string quoted = "`";
  for (char c : name) quoted += c == '`' ? std::string("``") : std::string(1, c);
  return quoted + "`";
}

void AddNames(const std::vector<std::string>& names, Completion& completion) {
  for (const std::string& name : names) {
    if (BeginsWithNoCase(name, completion.word)) completion.choices.push_back(Quoted(name));
  }
}

void AddWords(const std::vector<std::string_view>& words, Completion& completion) {
  for (std::string_view word : words) {
    if (word.starts_with(completion.word)) completion.choices.emplace_back(word);
  }
}

// Keywords follow the case in which the word was begun; functions have their own.
void AddKeywordsAndFunctions(Completion& completion) {
  if (completion.word.empty()) return;
  completion.blank_follows = completion.choices.empty();
  bool lower = std::none_of(completion.word.begin(), completion.word.end(),
                            [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
  for (std::string_view keyword : Keywords()) {
    if (!BeginsWithNoCase(keyword, completion.word)) continue;
    std::string choice(keyword);
    if (lower) {
      std::transform(choice.begin(), choice.end(), choice.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    }
    completion.choices.push_back(std::move(choice));
  }
  for (std::string_view function : FunctionNames()) {
    if (BeginsWithNoCase(function, completion.word)) completion.choices.push_back(std::string(function) + "(");
  }
}

void AddCommandWords(std::string_view line, Completion& completion) {
  completion.blank_follows = true;
  if (line == ":") {  // the word being completed is the command's name
    completion.word = ':' + completion.word;
    AddWords(CommandNames(), completion);
  } else if (line == ":format ") {
    AddWords(FormatNames(), completion);
  } else if (line == ":timing ") {
    AddWords({"off", "on"}, completion);
  }
}

// Whether the text ends where another name of a label expression may stand: after the ':' of (x:A or x:A|B&!.
bool InLabelExpression(std::string_view before) {
  std::size_t at = before.size();
  while (at > 0 &&
         (IsNameCharacter(before[at - 1]) || std::string_view("|&!`").find(before[at - 1]) != std::string_view::npos)) {
    --at;
  }
  return at > 0 && before[at - 1] == ':' && std::string_view(":|&!").find(before.back()) != std::string_view::npos;
}

// The text before the word, judged by its last characters and the innermost bracket that is open.
void AddChoices(std::string_view before, char open, const Vocabulary& vocabulary, Completion& completion) {
  char last = before.empty() ? ' ' : before.back();
  if (last == '.') {
    bool of_element =
        before.size() > 1 && (IsNameCharacter(before[before.size() - 2]) || before[before.size() - 2] == ')');
    if (of_element) AddNames(vocabulary.property_keys, completion);
    return;
  }
  if (last == '$') return AddNames(vocabulary.parameters, completion);
  if (open != '{' && InLabelExpression(before)) {
    return AddNames(open == '[' ? vocabulary.relationship_types : vocabulary.labels, completion);
  }
  while (!before.empty() && IsBlank(before.back())) before.remove_suffix(1);
  bool key = open == '{' && !before.empty() && (before.back() == '{' || before.back() == ',');
  if (key) AddNames(vocabulary.property_keys, completion);
  AddKeywordsAndFunctions(completion);
}

// How far all choices agree; where they differ in case alone (Person, person) the first is followed.
std::string CommonBeginning(const Completion& completion) {
  if (completion.choices.empty()) return completion.word;
  std::string_view common = completion.choices.front();
  for (const std::string& choice : completion.choices) {
    while (!choice.starts_with(common)) common.remove_suffix(1);
  }
  // Bytes of a character cut in two are left out.
  while (!common.empty() && common.size() < completion.choices.front().size() &&
         (static_cast<unsigned char>(completion.choices.front()[common.size()]) & 0xc0) == 0x80) {
    common.remove_suffix(1);
  }
  return common.size() < completion.word.size() ? completion.word : std::string(common);
}

}  // namespace

Completion Complete(std::string_view text, const Vocabulary& vocabulary) {
  Completion completion;
  std::size_t word_begin = text.size();
  while (word_begin > 0 && IsNameCharacter(text[word_begin - 1])) --word_begin;
  std::string_view before = text.substr(0, word_begin);
  completion.word = text.substr(word_begin);
  std::size_t line_begin = std::min(before.find_first_not_of(" \t\r\n"), before.size());
  Place place = Scan(before);
  if (before.substr(line_begin).starts_with(':')) {
    AddCommandWords(before.substr(line_begin), completion);
  } else if (!place.in_text) {
    AddChoices(before, place.open.empty() ? ' ' : place.open.back(), vocabulary, completion);
  }
  std::sort(completion.choices.begin(), completion.choices.end());
  completion.choices.erase(std::unique(completion.choices.begin(), completion.choices.end()), completion.choices.end());
  completion.common = CommonBeginning(completion);
  return completion;
}

}  // namespace plenum::shell
