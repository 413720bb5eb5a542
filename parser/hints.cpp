// Guesses in the order of their certainty: a character that only looks like one of ours, a known slip (dialect.h), a
// clause in the wrong place, a reserved word as a name, a misspelt keyword, a name where none can stand.
#include "parser/hints.h"

#include <string_view>
#include <vector>

#include "parser/characters.h"
#include "parser/dialect.h"
#include "parser/words.h"

namespace plenum::syntax {
namespace {

// Characters that look like ones of the language, and typing programs put in their place.
std::string_view LookAlike(char32_t c) {
  const bool dash =
      (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D || c == 0xAD;
  if (dash) return "write - instead";
  if ((c >= 0x2018 && c <= 0x201F) || c == 0x300C || c == 0x300D) return "write ' or \" around texts";
  if (c == 0xFF08 || c == 0xFF09) return "write ( and )";
  if (c == 0xFF0C || c == 0x3001) return "write , instead";
  if (c == 0xFF1A) return "write : instead";
  if (c == 0xFF1B) return "write ; instead";
  if (c == 0xFF1D) return "write = instead";
  if (c == 0x2264) return "write <= instead";
  if (c == 0x2265) return "write >= instead";
  if (c == 0x2260) return "write <> instead";
  return "put names with such characters between backticks";
}

bool BeginsClause(std::string_view word) {
  return IsOneOf(word, {"MATCH", "OPTIONAL", "UNWIND", "WITH", "CALL", "CREATE", "MERGE", "SET", "REMOVE", "DELETE",
                        "DETACH", "FOREACH", "LOAD", "RETURN"});
}

// A clause, or a part of one, that belongs elsewhere in the query.
std::string_view ClauseElsewhere(const Expectation& expectation, std::string_view word) {
  const bool clauses = Wants(expectation, "a clause");
  const bool after_return = Wants(expectation, "UNION") && !clauses;
  if (EqualsIgnoringCase(word, "WHERE") && (clauses || after_return)) {
    return after_return ? "WHERE stands before RETURN, after MATCH or WITH"
                        : "WHERE stands after MATCH or WITH, before the clauses that write";
  }
  if (IsOneOf(word, {"ORDER", "SKIP", "OFFSET", "LIMIT"})) {
    if (after_return) return "the order is ORDER BY, SKIP, LIMIT, each once";
    if (clauses) return "ORDER BY, SKIP and LIMIT stand after the columns of RETURN or WITH";
  }
  if (after_return && BeginsClause(word)) return "RETURN ends a query: write WITH in its place to go on";
  return {};
}

// The word before the parenthesis that is open at the place, as in f( or IN (; empty when there is none.
std::string_view WordBeforeParenthesis(const Progress& progress, std::size_t at) {
  const Bracket* around = progress.brackets().Around(at);
  if (around == nullptr || progress.text()[around->open] != '(') return {};
  const std::string_view before = progress.text().substr(0, around->open);
  const std::size_t end = before.find_last_not_of(" \t\r\n") + 1;
  std::size_t begin = end;
  while (begin > 0 && NamePartBytes(before, begin - 1) == 1) --begin;
  return before.substr(begin, end - begin);
}

// A sign that ends or separates what is not there.
std::string_view StraySign(const Progress& progress, Span token) {
  const Expectation& expectation = progress.furthest();
  const char found = token.begin < token.end ? progress.text()[token.begin] : '\0';
  const bool conditions = Wants(expectation, "an operator") && Wants(expectation, "a clause");
  if (found == ',' && conditions && !Wants(expectation, ",")) return "write AND between conditions";
  const bool closes = found == ')' || found == ']' || found == '}';
  return closes && progress.brackets().Around(token.begin) == nullptr ? "nothing is open that it could close" : "";
}

// What stands between parentheses as another language writes it.
std::string_view InParentheses(const Progress& progress, Span token) {
  const std::string_view found = progress.text().substr(token.begin, token.end - token.begin);
  if (!Wants(progress.furthest(), ")")) return {};
  const std::string_view word = WordBeforeParenthesis(progress, token.begin);
  if (found == "," && EqualsIgnoringCase(word, "IN")) return "a list stands in brackets: IN [1, 2]";
  if (found == "|" && EqualsIgnoringCase(word, "REDUCE")) return "write reduce(sum = 0, x IN list | sum + x)";
  if (found == "|" && IsOneOf(word, {"ALL", "ANY", "NONE", "SINGLE"})) return "write WHERE before the condition";
  if (IsOneOf(word, {"FILTER", "EXTRACT"})) return "write [x IN list WHERE condition | value]";
  if (EqualsIgnoringCase(word, "CAST")) return "write toInteger(x), toString(x) or the like";
  return {};
}

// The words of operators and of CASE: where an expression is missing before them, they are meant.
bool IsOperatorWord(std::string_view word) {
  return IsOneOf(word, {"AND",  "OR",   "XOR",  "NOT",  "IN",  "IS", "STARTS", "ENDS", "CONTAINS", "AS",   "BY",
                        "CASE", "WHEN", "THEN", "ELSE", "END", "ON", "OF",     "NULL", "TRUE",     "FALSE"});
}

std::string ReservedName(const Expectation& expectation, std::string_view word) {
  if (!IsReservedWord(word)) return {};
  const bool as_name = Wants(expectation, "a name");
  const bool as_value = Wants(expectation, "an expression") && !IsOperatorWord(word) && !BeginsClause(word) &&
                        !IsOneOf(word, {"WHERE", "UNION"});
  if (!as_name && !as_value) return {};
  return "this word is reserved: as a name, write it in backticks, `" + std::string(word) + "`";
}

std::vector<std::string_view> KeywordsWanted(const Expectation& expectation) {
  std::vector<std::string_view> keywords;
  for (std::string_view wanted : expectation.wanted) {
    if (wanted[0] >= 'A' && wanted[0] <= 'Z') keywords.push_back(wanted);
    if (wanted == "a clause" || wanted == "a query or another statement") {
      keywords.insert(keywords.end(), ClauseWords().begin(), ClauseWords().end());
    }
  }
  return keywords;
}

// A name in a pattern or among the columns, with a sign or a word missing before it.
std::string MissingBeforeName(const Progress& progress, Span token) {
  const Expectation& expectation = progress.furthest();
  const std::string word(progress.text().substr(token.begin, token.end - token.begin));
  const std::size_t next = SkipBlanks(progress.text(), token.end);
  const char after = next < progress.text().size() ? progress.text()[next] : '\0';
  if (Wants(expectation, "a pattern")) return "a node stands in parentheses: (" + word + ")";
  if (progress.brackets().unbalanced()) return {};
  if (Wants(expectation, "{")) {
    const bool relationship = Wants(expectation, "*");
    if (after == ':') return "properties stand in braces, as in {" + word + ": value}";
    if (Wants(expectation, ":")) {
      return std::string(relationship ? "a type" : "a label") + " stands behind a colon: write :" + word;
    }
    if (after == ')' && !relationship) return "the variable stands before the label: write (" + word + ":Label)";
  }
  if (!Wants(expectation, "AS")) return {};
  return Wants(expectation, ",") ? "write AS before a column's name, or a comma before another column"
                                 : "write AS before a name";
}

}  // namespace

bool IsForeignCharacter(std::string_view text, std::size_t at) {
  return at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80 && NameStartBytes(text, at) == 0;
}

std::string HintFor(const Progress& progress, Span token) {
  const std::string_view text = progress.text();
  const Expectation& expectation = progress.furthest();
  if (IsForeignCharacter(text, token.begin)) return std::string(LookAlike(DecodeAt(text, token.begin).value));
  if (const std::string_view hint = InParentheses(progress, token); !hint.empty()) return std::string(hint);
  if (const std::string_view hint = StraySign(progress, token); !hint.empty()) return std::string(hint);
  if (const std::string_view hint = SpellingHint(text, expectation); !hint.empty()) return std::string(hint);
  if (NameStartBytes(text, token.begin) == 0) return {};
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  if (const std::string_view hint = ClauseElsewhere(expectation, word); !hint.empty()) return std::string(hint);
  if (std::string hint = ReservedName(expectation, word); !hint.empty()) return hint;
  const std::string_view keyword = NearestKeyword(word, KeywordsWanted(expectation));
  if (!keyword.empty() && !EqualsIgnoringCase(keyword, word)) return "did you mean " + std::string(keyword) + "?";
  return IsReservedWord(word) ? std::string() : MissingBeforeName(progress, token);
}

}  // namespace plenum::syntax
