// The lists of words. What is reserved is openCypher 9's list, unchanged.
// Keywords() is made of both lists, for completion.
#include "parser/words.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "parser/characters.h"
#include "parser/parser.h"

namespace plenum {
namespace syntax {
namespace {

// All lists are sorted.
constexpr std::string_view kReserved[] = {
    "ADD",       "ALL",    "AND",     "AS",     "ASC",        "ASCENDING", "BY",       "CASE",     "CONSTRAINT",
    "CONTAINS",  "CREATE", "DELETE",  "DESC",   "DESCENDING", "DETACH",    "DISTINCT", "DO",       "DROP",
    "ELSE",      "END",    "ENDS",    "EXISTS", "FALSE",      "FOR",       "IN",       "IS",       "LIMIT",
    "MANDATORY", "MATCH",  "MERGE",   "NOT",    "NULL",       "OF",        "ON",       "OPTIONAL", "OR",
    "ORDER",     "REMOVE", "REQUIRE", "RETURN", "SCALAR",     "SET",       "SKIP",     "STARTS",   "THEN",
    "TRUE",      "UNION",  "UNIQUE",  "UNWIND", "WHEN",       "WHERE",     "WITH",     "XOR"};

// Keywords by their place alone.
constexpr std::string_view kByPlace[] = {
    "ACYCLIC",  "ANY",           "ASSERT",      "AT",           "BEGIN",   "CALL",        "CERTAINLY",
    "CHEAPEST", "CHRONOLOGICAL", "CITE",        "COLLECT",      "COMMIT",  "CONSTRAINTS", "COST",
    "COUNT",    "CSV",           "DURING",      "EACH",         "EXPLAIN", "EXPORT",      "FIELDTERMINATOR",
    "FOREACH",  "FROM",          "FULLTEXT",    "GROUP",        "GROUPS",  "HEADERS",     "IF",
    "IMPORT",   "INDEX",         "INDEXES",     "KEY",          "LOAD",    "NODE",        "NONE",
    "OFFSET",   "OPTIONS",       "OVERLAPPING", "PATH",         "PATHS",   "POSSIBLY",    "PROFILE",
    "QUOTE",    "RANGE",         "REDUCE",      "RELATIONSHIP", "RETRACT", "ROLLBACK",    "SAVEPOINT",
    "SHORTEST", "SHOW",          "SIMPLE",      "SINGLE",       "THROUGH", "TIME",        "TO",
    "TRAIL",    "UNTIL",         "VALID",       "WALK",         "WHY",     "WRITE",       "YIELD"};

std::vector<std::string_view> Union() {
  std::vector<std::string_view> all;
  std::set_union(std::begin(kReserved), std::end(kReserved), std::begin(kByPlace), std::end(kByPlace),
                 std::back_inserter(all));
  return all;
}

}  // namespace

bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [word](std::string_view w) { return EqualsIgnoringCase(w, word); });
}

bool IsReservedWord(std::string_view word) {
  std::array<char, 10> upper;  // as long as the longest
  if (word.size() > upper.size()) return false;
  std::transform(word.begin(), word.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return std::binary_search(std::begin(kReserved), std::end(kReserved), std::string_view(upper.data(), word.size()));
}

const std::vector<std::string_view>& ClauseWords() {
  static const std::vector<std::string_view> words = {
      "BEGIN",  "CALL",    "COMMIT", "CREATE",  "DELETE", "DETACH",   "DROP",      "EXPLAIN",
      "EXPORT", "FOREACH", "IMPORT", "LIMIT",   "LOAD",   "MATCH",    "MERGE",     "OPTIONAL",
      "ORDER",  "PROFILE", "REMOVE", "RETRACT", "RETURN", "ROLLBACK", "SAVEPOINT", "SET",
      "SHOW",   "SKIP",    "UNION",  "UNWIND",  "WHERE",  "WHY",      "WITH",      "YIELD"};
  return words;
}

}  // namespace syntax

const std::vector<std::string_view>& Keywords() {
  static const std::vector<std::string_view> keywords = syntax::Union();
  return keywords;
}

}  // namespace plenum
