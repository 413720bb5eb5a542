// The notes as predicates. Where brackets decide, the parser's own look-ahead is asked: what the notes say of it in
// words is then tested by its agreement with the grammar.
#include "tests/language/notes.h"

#include <algorithm>
#include <initializer_list>

#include "parser/lookahead.h"
#include "parser/words.h"

namespace plenum::language {
namespace {

using LookAhead = bool (*)(const syntax::Progress&, std::size_t);

bool Ahead(LookAhead looks, const Tokens& tokens, std::size_t at) {
  return at < tokens.size() && looks(tokens.progress(), tokens[at].begin);
}

bool IsOneOf(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return tokens.Is(at, word); });
}

bool IsVariable(const Tokens& tokens, std::size_t at) {
  if (!tokens.IsName(at)) return false;
  return tokens[at].kind == Token::Kind::kQuotedName || !syntax::IsReservedWord(tokens[at].text);
}

// (VALID FROM …), (CITE s …)
bool IsNoTimeNorEvidence(const Tokens& tokens, std::size_t begin, std::size_t) {
  if (tokens.Is(begin, "VALID")) {
    return !IsOneOf(tokens, begin + 1, {"FROM", "UNTIL", "THROUGH", "AT", "DURING", "CERTAINLY", "POSSIBLY"});
  }
  if (!tokens.Is(begin, "CITE") || begin + 1 == tokens.size()) return true;
  return tokens[begin + 1].kind != Token::Kind::kParameter && !IsVariable(tokens, begin + 1);
}

// A pattern as a condition, and an expression in parentheses.
bool IsPattern(const Tokens& tokens, std::size_t begin, std::size_t end) {
  const bool goes_on = tokens.Is(end, "-") || (tokens.Is(end, "<") && tokens.Is(end + 1, "-"));
  return Ahead(syntax::OpensPattern, tokens, begin) && !goes_on;
}
bool IsNoPattern(const Tokens& tokens, std::size_t begin, std::size_t) {
  return !Ahead(syntax::OpensPattern, tokens, begin);
}

// [x IN …], [(a)-->(b) | …], [a, b]
bool IsListComprehension(const Tokens& tokens, std::size_t begin, std::size_t) {
  return Ahead(syntax::OpensListComprehension, tokens, begin);
}
bool IsPatternComprehension(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return Ahead(syntax::OpensPatternComprehension, tokens, begin) && !IsListComprehension(tokens, begin, end);
}
bool IsList(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return !IsListComprehension(tokens, begin, end) && !IsPatternComprehension(tokens, begin, end);
}

bool JoinsLabels(const Tokens& tokens, std::size_t begin, std::size_t) {
  return !Ahead(syntax::BarSeparates, tokens, begin);
}

// any(x IN …), reduce(x = …), shortestPath(…
bool IsFunction(const Tokens& tokens, std::size_t begin, std::size_t) {
  if (!tokens.Is(begin + 1, "(")) return true;
  if (IsOneOf(tokens, begin, {"shortestPath", "allShortestPaths"})) return false;
  if (!IsVariable(tokens, begin + 2)) return true;
  if (tokens.Is(begin, "REDUCE")) return !tokens.Is(begin + 3, "=");
  return !IsOneOf(tokens, begin, {"ANY", "NONE", "SINGLE"}) || !tokens.Is(begin + 3, "IN");
}

bool IsProjection(const Tokens& tokens, std::size_t begin, std::size_t) {
  return !IsOneOf(tokens, begin, {"COUNT", "COLLECT"});
}

// VALID AT name (…): a call, unless the parenthesis opens a pattern. VALID AT ANY TIME: no variable ANY.
bool IsWhen(const Tokens& tokens, std::size_t begin, std::size_t end) {
  const bool at_any =
      begin > 1 && tokens.Is(begin - 2, "VALID") && tokens.Is(begin - 1, "AT") && tokens.Is(begin, "ANY");
  if (at_any && tokens.Is(begin + 1, "TIME")) return false;
  if (!tokens.IsName(begin)) return true;
  std::size_t after = begin + 1;
  while (tokens.Is(after, ".") && tokens.IsName(after + 1)) after += 2;
  if (!tokens.Is(after, "(")) return true;
  return Ahead(syntax::OpensPattern, tokens, after) == (end == after);
}

// REMOVE x CITE, then CALL, FOREACH or LOAD CSV.
bool LeavesClauses(const Tokens& tokens, std::size_t begin, std::size_t end) {
  const std::size_t cite = tokens.Is(begin + 1, ".") ? begin + 3 : begin + 1;
  const bool source = tokens.Is(cite, "CITE") && end > cite + 1;
  return !source || !Ahead(syntax::BeginsNamedClause, tokens, cite + 1);
}

// SET n:A, REMOVE n:A
bool IsNoLabelled(const Tokens& tokens, std::size_t begin, std::size_t) {
  return !IsVariable(tokens, begin) || !tokens.Is(begin + 1, ":");
}

constexpr Note kNotes[] = {
    {1, "exists", IsPattern},
    {1, "inner", IsNoPattern},
    {2, "listed", IsListComprehension},
    {2, "found", IsPatternComprehension},
    {2, "listing", IsList},
    {3, "bar", JoinsLabels},
    {4, "function", IsFunction},
    {4, "projected", IsProjection},
    {5, "element", IsNoTimeNorEvidence},
    {6, "when", IsWhen},
    {7, "property", IsNoLabelled},
    {7, "remove", LeavesClauses},
};

}  // namespace

std::span<const Note> Notes() { return kNotes; }

}  // namespace plenum::language
