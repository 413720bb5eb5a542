// Glances: a few tokens from an opening bracket, and the same from its closing one.
// The bracket table jumps over what is between them, so a glance does not depend on the length of the text.
#include "parser/lookahead.h"

#include "parser/characters.h"
#include "parser/tokens.h"
#include "parser/words.h"

namespace plenum::syntax {
namespace {

// A reading position that skips blanks; past the end it reads 0.
class Glance {
 public:
  Glance(std::string_view text, std::size_t at) : text_(text), at_(SkipBlanks(text, at)) {}

  char Now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::size_t at() const { return at_; }
  void MoveTo(std::size_t at) { at_ = SkipBlanks(text_, at); }

  bool Take(char c) {
    if (Now() != c) return false;
    MoveTo(at_ + 1);
    return true;
  }
  // An unquoted or quoted name; empty when there is none.
  std::string_view TakeName() {
    const std::size_t begin = at_;
    const std::size_t quoted = Now() == '`' ? QuotedEnd(text_, at_) : std::string_view::npos;
    const std::size_t end = quoted != std::string_view::npos ? quoted : NameEnd(text_, at_);
    MoveTo(end);
    return text_.substr(begin, end - begin);
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// Whether the inside of a parenthesis begins as a node's does: (), (n), (:L), (n:L …), ({…}), (n WHERE …), (VALID AT
// …).
bool BeginsLikeNode(std::string_view text, std::size_t at) {
  Glance glance(text, at);
  if (BeginsTimeOrEvidence(text, glance.at())) return true;
  const std::string_view word = glance.TakeName();
  if (IsOneOf(word, {"WHERE"})) return true;
  if (!word.empty()) {
    const std::string_view detail = Glance(glance).TakeName();
    if (!detail.empty()) return IsOneOf(detail, {"WHERE", "VALID", "CITE"});
  }
  const char next = glance.Now();
  return next == ')' || next == ':' || next == '{' || next == '$';
}

// Whether -[…]-, -->, --(, <-[…]- or <--( begins here; "(a)--1" and "(a) < -b" are arithmetic.
bool BeginsLikeRelationship(const Progress& progress, Glance glance) {
  glance.Take('<');
  if (!glance.Take('-')) return false;
  if (glance.Now() == '[') {
    const Bracket* detail = progress.brackets().Find(glance.at());
    if (detail == nullptr || detail->close == Bracket::kNever) return false;
    glance.MoveTo(detail->close + 1);
    return glance.Now() == '-';
  }
  return glance.Take('-') && (glance.Now() == '(' || glance.Now() == '>');
}

}  // namespace

bool OpensPattern(const Progress& progress, std::size_t at) {
  const Bracket* node = progress.brackets().Find(at);
  if (node == nullptr || node->close == Bracket::kNever || progress.text()[at] != '(') return false;
  return BeginsLikeNode(progress.text(), at + 1) &&
         BeginsLikeRelationship(progress, Glance(progress.text(), node->close + 1));
}

bool OpensGroup(const Progress& progress, std::size_t at) {
  Glance glance(progress.text(), at);
  return glance.Take('(') && glance.Now() == '(';
}

bool OpensListComprehension(const Progress& progress, std::size_t at) {
  const Bracket* list = progress.brackets().Find(at);
  if (list == nullptr || list->comma) return false;
  Glance glance(progress.text(), at);
  if (!glance.Take('[')) return false;
  const std::string_view variable = glance.TakeName();  // [null IN xs] is a list of one truth value
  return !variable.empty() && !IsReservedWord(variable) && IsOneOf(glance.TakeName(), {"IN"});
}

bool OpensPatternComprehension(const Progress& progress, std::size_t at) {
  const Bracket* list = progress.brackets().Find(at);
  if (list == nullptr || !list->bar) return false;
  Glance glance(progress.text(), at);
  if (!glance.Take('[')) return false;
  std::string_view word = glance.TakeName();
  if (!word.empty() && glance.Take('=')) word = glance.TakeName();
  if (word.empty()) return glance.Now() == '(';
  const bool goes_on = glance.Now() == '(' || IsDigit(glance.Now()) || !glance.TakeName().empty();
  return goes_on && IsOneOf(word, {"ANY", "ALL", "SHORTEST", "CHEAPEST", "WALK", "TRAIL", "ACYCLIC", "SIMPLE",
                                   "shortestPath", "allShortestPaths"});
}

bool BeginsCall(const Progress& progress, std::size_t at) {
  Glance glance(progress.text(), at);
  if (glance.TakeName().empty()) return false;
  while (glance.Take('.')) glance.TakeName();
  return glance.Now() == '(';
}

bool NamesBeforePattern(const Progress& progress, std::size_t at) {
  Glance glance(progress.text(), at);
  if (glance.TakeName().empty()) return false;
  while (glance.Take('.')) glance.TakeName();
  return OpensPattern(progress, glance.at());
}

bool BeginsBraces(const Progress& progress, std::size_t at) {
  Glance glance(progress.text(), at);
  return !glance.TakeName().empty() && glance.Now() == '{';
}

bool BeginsAssignment(const Progress& progress, std::size_t at) {
  Glance glance(progress.text(), at);
  return !glance.TakeName().empty() && glance.Take('=');
}

bool BeginsNamedClause(const Progress& progress, std::size_t at) {
  Glance glance(progress.text(), at);
  const std::string_view word = glance.TakeName();
  if (IsOneOf(word, {"LOAD"})) return IsOneOf(glance.TakeName(), {"CSV"});
  if (IsOneOf(word, {"FOREACH"})) return glance.Now() == '(';
  if (!IsOneOf(word, {"CALL"})) return false;
  const bool braces = glance.Now() == '{' || glance.Now() == '(';
  const std::string_view procedure = glance.TakeName();
  return braces || (!procedure.empty() && !IsReservedWord(procedure));
}

bool BarSeparates(const Progress& progress, std::size_t at) {
  const Bracket* around = progress.brackets().AroundBar(at);
  if (around == nullptr) return false;
  if (progress.text()[around->open] == '[') {
    return OpensListComprehension(progress, around->open) || OpensPatternComprehension(progress, around->open);
  }
  Glance glance(progress.text(), around->open);
  const bool named = glance.Take('(') && !glance.TakeName().empty();
  return named && (glance.Now() == '=' || IsOneOf(glance.TakeName(), {"IN"}));
}

}  // namespace plenum::syntax
