// Reads EBNF by recursive descent: a rule is a name, '=', and alternatives up to the next name that '=' follows.
#include "tests/language/ebnf.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

namespace plenum::language {
namespace {

struct Symbol {
  enum class Kind { kName, kWord, kQuoted, kTokenText, kMark, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;
  int line = 0;
};

struct Fault {
  int line;
  std::string message;
};

bool IsNamePart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Symbol> Symbols() {
    std::vector<Symbol> symbols;
    do {
      symbols.push_back(Next());
    } while (symbols.back().kind != Symbol::Kind::kEnd);
    return symbols;
  }

 private:
  Symbol Next() {
    SkipBlanks();
    if (at_ == text_.size()) return {Symbol::Kind::kEnd, "", line_};
    const char c = text_[at_];
    if (c == '\'') return Delimited(Symbol::Kind::kQuoted, '\'');
    if (c == '?') return Delimited(Symbol::Kind::kTokenText, '?');
    if (!IsNamePart(c)) return {Symbol::Kind::kMark, std::string(1, text_[at_++]), line_};
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsNamePart(text_[at_])) ++at_;
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    return {upper ? Symbol::Kind::kWord : Symbol::Kind::kName, std::string(text_.substr(begin, at_ - begin)), line_};
  }

  Symbol Delimited(Symbol::Kind kind, char delimiter) {
    const std::size_t end = text_.find(delimiter, at_ + 1);
    if (end == std::string_view::npos) throw Fault{line_, std::string("there is no second ") + delimiter};
    Symbol symbol{kind, std::string(text_.substr(at_ + 1, end - at_ - 1)), line_};
    at_ = end + 1;
    return symbol;
  }

  void SkipBlanks() {
    for (; at_ < text_.size(); ++at_) {
      if (text_.substr(at_, 2) == "--") at_ = std::min(text_.find('\n', at_), text_.size() - 1);
      if (text_[at_] == '\n') ++line_;
      if (std::isspace(static_cast<unsigned char>(text_[at_])) == 0) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

class Reader {
 public:
  explicit Reader(std::vector<Symbol> symbols) : symbols_(std::move(symbols)) {}

  Grammar Read() {
    while (Now().kind != Symbol::Kind::kEnd) ReadRule();
    CheckUses();
    return std::move(grammar_);
  }

 private:
  const Symbol& Now() const { return symbols_[next_]; }
  bool IsMark(std::string_view mark) const { return Now().kind == Symbol::Kind::kMark && Now().text == mark; }
  bool BeginsRule() const {
    return Now().kind == Symbol::Kind::kName && symbols_[next_ + 1].kind == Symbol::Kind::kMark &&
           symbols_[next_ + 1].text == "=";
  }

  void ReadRule() {
    if (!BeginsRule()) throw Fault{Now().line, "expected a rule, name = …, and found '" + Now().text + "'"};
    Rule rule;
    rule.name = Now().text;
    if (!grammar_.by_name.emplace(rule.name, grammar_.rules.size()).second) {
      throw Fault{Now().line, "the rule '" + rule.name + "' is there twice"};
    }
    next_ += 2;
    rule.token = Now().kind == Symbol::Kind::kTokenText;
    if (rule.token)
      ++next_;
    else
      rule.body = ReadChoice();
    grammar_.rules.push_back(std::move(rule));
  }

  Part ReadChoice() {
    Part choice = Make(Part::Kind::kChoice);
    choice.parts.push_back(ReadSequence());
    while (IsMark("|")) {
      ++next_;
      choice.parts.push_back(ReadSequence());
    }
    return choice;
  }

  Part ReadSequence() {
    Part sequence = Make(Part::Kind::kSequence);
    while (!BeginsRule() && !IsMark("|") && !IsMark(")") && !IsMark("]") && !IsMark("}") &&
           Now().kind != Symbol::Kind::kEnd) {
      sequence.parts.push_back(ReadOne());
    }
    if (sequence.parts.empty()) throw Fault{Now().line, "an alternative of nothing; write [ ] instead"};
    return sequence;
  }

  Part ReadOne() {
    const Symbol symbol = Now();
    ++next_;
    switch (symbol.kind) {
      case Symbol::Kind::kName:
        used_[symbol.text] = symbol.line;
        return Make(Part::Kind::kRule, symbol.text);
      case Symbol::Kind::kWord:
        return Make(Part::Kind::kWord, symbol.text);
      case Symbol::Kind::kQuoted:
        return Make(IsNamePart(symbol.text[0]) ? Part::Kind::kWord : Part::Kind::kSign, symbol.text);
      default:
        return ReadBracketed(symbol);
    }
  }

  Part ReadBracketed(const Symbol& open) {
    if (open.text == "(") return Close(open, ")", ReadChoice());
    if (open.text != "[" && open.text != "{") throw Fault{open.line, "'" + open.text + "' has no meaning here"};
    Part part = Make(open.text == "[" ? Part::Kind::kOption : Part::Kind::kRepetition);
    part.parts.push_back(Close(open, open.text == "[" ? "]" : "}", ReadChoice()));
    return part;
  }

  Part Close(const Symbol& open, std::string_view mark, Part inside) {
    if (!IsMark(mark)) throw Fault{open.line, "'" + open.text + "' is never closed"};
    ++next_;
    return inside;
  }

  Part Make(Part::Kind kind, std::string text = {}) {
    return Part{.kind = kind, .text = std::move(text), .parts = {}, .number = count_++};
  }

  void CheckUses() const {
    for (const auto& [name, line] : used_) {
      if (grammar_.Find(name) == nullptr) throw Fault{line, "there is no rule '" + name + "'"};
    }
    for (const Rule& rule : grammar_.rules) {
      if (&rule != &grammar_.rules.front() && !used_.contains(rule.name)) {
        throw Fault{0, "the rule '" + rule.name + "' is used nowhere"};
      }
    }
  }

  std::vector<Symbol> symbols_;
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  Grammar grammar_;
  std::map<std::string, int> used_;
};

void Number(const Part& part, std::vector<const Part*>& parts) {
  if (parts.size() <= part.number) parts.resize(part.number + 1);
  parts[part.number] = &part;
  for (const Part& inner : part.parts) Number(inner, parts);
}

}  // namespace

const Rule* Grammar::Find(std::string_view name) const {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : &rules[found->second];
}

std::string_view EbnfBlock(std::string_view markdown) {
  constexpr std::string_view kOpen = "```ebnf\n";
  const std::size_t begin = markdown.find(kOpen);
  if (begin == std::string_view::npos) return {};
  const std::string_view inside = markdown.substr(begin + kOpen.size());
  return inside.substr(0, inside.find("\n```") + 1);
}

Result<Grammar> ReadGrammar(std::string_view ebnf) {
  try {
    Grammar grammar = Reader(Scanner(ebnf).Symbols()).Read();
    for (const Rule& rule : grammar.rules) {
      if (!rule.token) Number(rule.body, grammar.parts);
    }
    return grammar;
  } catch (const Fault& fault) {
    return Error{ErrorType::kUsageError,
                 {},
                 "grammar, line " + std::to_string(fault.line) + ": " + fault.message,
                 Phase::kRuntime,
                 std::nullopt};
  }
}

}  // namespace plenum::language
