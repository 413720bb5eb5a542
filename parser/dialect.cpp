// The tables of other languages' words and signs and of common slips, and the distance between two spellings.
// The distance counts swapped neighbours as one mistake, for that is the commonest (Damerau and Levenshtein's measure
// without edits inside a swap).
#include "parser/dialect.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "parser/characters.h"

namespace plenum::syntax {
namespace {

// What stands at the place, where it is no certain word or sign.
constexpr std::string_view kAnything = "";
constexpr std::string_view kName = "<name>";
constexpr std::string_view kText = "<text>";
constexpr std::string_view kNumber = "<number>";

struct Mistake {
  std::string_view before;  // the word or sign before the place; empty: any
  std::string_view here;    // the word (or the first two) or sign at the place, or one of the kinds above
  std::string_view wanted;  // how one of the things begins that could have stood here; empty: any
  std::string_view hint;
};

constexpr std::string_view kAskAtTime = "write VALID AT to ask for a point in time";
constexpr std::string_view kAssertsOnly =
    "VALID FROM asserts, in the brackets of CREATE and MERGE and after SET: to ask write VALID AT or VALID DURING";
constexpr std::string_view kParameter = "write $name for a parameter";
constexpr std::string_view kCase = "write CASE WHEN … THEN … ELSE … END";
constexpr std::string_view kSchema = "in the shell, :schema lists labels, relationship types and property keys";
constexpr std::string_view kNoTables = "there are no tables to make: write CREATE (:Label {key: value})";
constexpr std::string_view kEndOfTime =
    "write UNTIL, the first day it no longer holds, or THROUGH, the last day it holds";
constexpr std::string_view kLastComma = "leave out the comma before it, or go on after the comma";
constexpr std::string_view kBothSides = "name both sides, as in x >= 1 AND x < 9, or write 1 <= x < 9";
constexpr std::string_view kExists = "write n.key IS NOT NULL, or EXISTS { pattern }";
constexpr std::string_view kOnlyUnion = "only UNION is there: test rows with EXISTS { … } or IN";
constexpr std::string_view kOrderBehind = "DESC and ASC stand behind what is sorted by: ORDER BY x DESC";
constexpr std::string_view kOneTransaction = "a statement is one transaction: divide the work among several statements";
constexpr std::string_view kOptionalCall =
    "write CALL { OPTIONAL MATCH … }, or return an aggregate there, to keep every row";
constexpr std::string_view kForeachWrites = "write UNWIND list AS x in place of FOREACH, and then any clause";
constexpr std::string_view kKeys = "keys stand without quotes, or in backticks";

// In each table the first that fits is taken, so what needs more of the text stands first.
constexpr Mistake kTime[] = {
    {"AS", "OF", "", kAskAtTime},
    {"", "AS OF", "", kAskAtTime},
    {"FOR", "VALID_TIME", "", kAskAtTime},
    {"FOR", "SYSTEM_TIME", "", "write VALID AT; what was known on a day is not kept"},
    {"", "FOR VALID_TIME", "", kAskAtTime},
    {"", "FOR SYSTEM_TIME", "", kAskAtTime},
    {"", "AT TIME", "", kAskAtTime},
    {"AT", "TIME", "", kAskAtTime},
    {"TIME", kText, "", "write VALID AT, without TIME"},
    {"TIME", "$", "", "write VALID AT, without TIME"},
    {"VALID", "SINCE", "FROM", "write VALID FROM"},
    {"VALID", "FROM", "DURING", kAssertsOnly},
    {"VALID", "UNTIL", "DURING", kAssertsOnly},
    {"VALID", "THROUGH", "DURING", kAssertsOnly},
    {"VALID", "BETWEEN", "", "write VALID DURING first UNTIL end"},
    {"VALID", "IN", "", "write VALID DURING '2020', or VALID AT and a day"},
    {"VALID", "ON", "", "write VALID AT and the day"},
    {"VALID", kText, "FROM", "write VALID FROM since when it holds"},
    {"VALID", kNumber, "FROM", "write VALID FROM since when it holds, a text as in VALID FROM '2020'"},
    {"VALID", kText, "", "write VALID AT and the day"},
    {"VALID", kNumber, "", "write VALID AT and the day, a text as in VALID AT '2020-01-31'"},
    {"", kNumber, "a date", "dates are written as texts, as in '2020' or '2020-01-31'"},
    {"", "TO", "UNTIL", kEndOfTime},
    {"", "AND", "UNTIL", kEndOfTime},
    {"", kText, "a source", "give the key as a $parameter, or find the source: MATCH (s:Source {key: …}) … CITE s"},
    {"", kText, "QUOTE", "write QUOTE before the words"},
    {"", "]", "..", "write both ends, as in s[782..797]"},
    {"", ",", "..", "write both ends, as in s[782..797]"},
};

constexpr Mistake kWords[] = {
    {"", "FOR", "]", "write [x IN list | value]"},
    {"", "FOR", "", "write UNWIND list AS x"},
    {"FOREACH", kName, "(", "write FOREACH (x IN list | updating clauses)"},
    {"", "IF", "]", "write WHERE before the condition"},
    {"IF", kAnything, "AS", kCase},
    {"", "SELECT", "", "write MATCH … RETURN"},
    {"", "INSERT INTO", "", "write CREATE (n:Label {key: value})"},
    {"", "INSERT", "", "write CREATE"},
    {"", "UPDATE", "", "write MATCH … SET"},
    {"FROM", kName, "a clause", "write MATCH (n:Label) … DELETE n"},
    {"", "FROM", "AS", "what is asked for stands first: MATCH … RETURN"},
    {"", "TABLE", "a pattern", kNoTables},
    {"", "NODE TABLE", "a pattern", kNoTables},
    {"", "REL TABLE", "a pattern", kNoTables},
    {"ON", kName, ":", "write CREATE INDEX FOR (n:Label) ON (n.key)"},
    {"", "FILTER", "", "write WITH * WHERE …"},
    {"", "LET", "", "write WITH *, expression AS name"},
    {"", "NEXT", "", "write WITH between two parts of a query"},
    {"", "HAVING", "", "write WITH … WHERE …"},
    {"", "GROUP", "", "write the columns alone: RETURN and WITH group by whatever is no aggregate"},
    {"", "TOP", "", "write LIMIT at the end"},
    {"", "FETCH", "", "write LIMIT"},
    {"", "FINISH", "", "leave it out: a query that writes may end without RETURN"},
    {"", "NODETACH", "", "write DELETE alone"},
    {"", "USING", "", "leave it out: indexes are chosen by the planner"},
    {"", "STARTSWITH", "", "write STARTS WITH"},
    {"", "ENDSWITH", "", "write ENDS WITH"},
    {"", "LIKE", "", "write CONTAINS, STARTS WITH, ENDS WITH or =~ 'regular expression'"},
    {"", "ILIKE", "", "write =~ '(?i)regular expression'"},
    {"", "RLIKE", "", "write =~ 'regular expression'"},
    {"", "BETWEEN", "", "write low <= x <= high"},
    {"", "MOD", "", "write %"},
    {"", "ISNULL", "", "write IS NULL"},
    {"", "NOTNULL", "", "write IS NOT NULL"},
    {"", "NOT NULL", "an operator", "write IS NOT NULL"},
    {"", "NOT IN", "", "write NOT x IN list"},
    {"", "NOT CONTAINS", "", "write NOT x CONTAINS y"},
    {"", "NOT STARTS", "", "write NOT x STARTS WITH y"},
    {"", "NOT ENDS", "", "write NOT x ENDS WITH y"},
    {"", "NOT LIKE", "", "write NOT x CONTAINS y"},
    {"", "EXISTS", "an expression", kExists},
    {"", "EXISTS", "an operator", kExists},
    {"", "UNIQUE", "DISTINCT", "write DISTINCT"},
    {"", "UNIQUE", "a pattern", "write MERGE"},
    {"", "IF NOT", "a relationship", "write MERGE in place of CREATE"},
    {"", "ON", "a relationship", "ON CREATE and ON MATCH belong to MERGE"},
    {"", "DROP", "a relationship", "write DELETE"},
    {"", "INTERSECT", "UNION", kOnlyUnion},
    {"", "EXCEPT", "UNION", kOnlyUnion},
    {"", "MINUS", "UNION", kOnlyUnion},
    {",", "DESC", "an expression", kOrderBehind},
    {",", "ASC", "an expression", kOrderBehind},
    {"", "CONTAINS", "an expression", "write text CONTAINS part"},
    {"IS", kAnything, "NULL", "IS tests for NULL: write = to compare with a value"},
    {"NOT", kAnything, "NULL", "IS NOT tests for NULL: write <> to compare with a value"},
    {"", "ELSEIF", "", "write another WHEN"},
    {"", "ELSIF", "", "write another WHEN"},
    {"RECURSIVE", kAnything, "", "write -[:TYPE*]-> for a path of any length"},
    {"EXPLAIN", "ANALYZE", "", "write EXPLAIN alone"},
    {"OPTIONAL", "CALL", "", kOptionalCall},
    {"}", "IN", "a clause", kOneTransaction},
    {"|", "MATCH", "a clause that writes", kForeachWrites},
    {"|", "UNWIND", "a clause that writes", kForeachWrites},
    {"|", "WITH", "a clause that writes", kForeachWrites},
    {"|", "CALL", "a clause that writes", kForeachWrites},
    {"SHOW", kName, "INDEXES", kSchema},
    {"BEGIN", "TRANSACTION", "", "write BEGIN or BEGIN WRITE"},
    {"", "START TRANSACTION", "", "write BEGIN or BEGIN WRITE"},
};

// Words that no statement begins with.
constexpr Mistake kBeginnings[] = {
    {"", "g", "", "this looks like Gremlin: write MATCH (n:Label)-[:TYPE]->(m) RETURN m"},
    {"", "PREFIX", "", "names have no prefixes: write MATCH (n:Label {key: value}) RETURN n"},
    {"", "ASK", "", "write RETURN EXISTS { MATCH … }"},
    {"", "CONSTRUCT", "", "write MATCH … RETURN"},
    {"", "START", "", "write MATCH"},
    {"", "GET", "", "write MATCH … RETURN"},
    {"", "FIND", "", "write MATCH … RETURN"},
    {"", "ADD", "", "write CREATE"},
    {"", "NEW", "", "write CREATE"},
    {"", "DESCRIBE", "", kSchema},
    {"", "USE", "", "a database is a directory: open the other one by its path"},
    {"", "TRUNCATE", "", "write MATCH (n) DETACH DELETE n"},
    {"", "DROP TABLE", "", "write MATCH (n:Label) DETACH DELETE n"},
    {"", "ALTER", "", "there are no tables to change: write MATCH (n:Label) SET n.key = value"},
    {"", "GRANT", "", "there are no users: whoever may open the directory may read and write it"},
    {"", "HELP", "", "the shell's commands begin with a colon: write :help"},
    {"", "EXIT", "", "the shell's commands begin with a colon: write :quit"},
    {"", "QUIT", "", "the shell's commands begin with a colon: write :quit"},
    {"", "--", "", "write // for a comment"},
};

constexpr Mistake kSigns[] = {
    {"=", "=", "", "write ="},
    {"=", ">", "an expression", "write >="},
    {"=", "<", "an expression", "write <="},
    {"AND", "<", "an expression", kBothSides},
    {"AND", ">", "an expression", kBothSides},
    {"OR", "=", "an expression", "name both sides, or write x IN [a, b]"},
    {".", "*", "a name", "write n {.*}, or properties(n), for all properties"},
    {",", "*", "an expression", "* stands first among the columns"},
    {"", "!=", "", "write <>"},
    {"", "&&", "", "write AND"},
    {"|", "|", "", "write OR"},
    {"", "!", "", "write NOT"},
    {"", "?", "an operator", kCase},
    {"", "?", "", kParameter},
    {"", "%", "an expression", kParameter},
    {"", ":", "an expression", kParameter},
    {"", "{", "the parameter's name", "write $name, without braces"},
    {"", "}", ":", "write key: value in a map, $name for a parameter"},
    {"", "=", ":", "write : between a key and its value"},
    {"{", kText, "a name", kKeys},
    {",", kText, "a name", kKeys},
    {"AS", kText, "a name", "names are quoted in backticks, as in `name`"},
    {",", "}", "", kLastComma},
    {",", "]", "", kLastComma},
    {",", ")", "", kLastComma},
    {",", "RETURN", "", kLastComma},
    {",", "WHERE", "", kLastComma},
    {"", "..", ",", "write range(1, 3) for a list of whole numbers"},
    {"", "+=", "=", "write n.key = n.key + value"},
    {"", "-=", "=", "write n.key = n.key - value"},
    {"", ":=", "", "write ="},
    {"", "@", "", kParameter},
    {"", "$", "a label", "a label or type cannot be a parameter: write WHERE $name IN labels(n), or type(r) = $name"},
    {"", kText, "a label", "labels and types stand without quotes, or in backticks"},
    {":", ":", "", "write toInteger(x), toString(x) or the like"},
    {"", "#", "", "write // for a comment"},
    {"*", "*", "", "write ^ for a power"},
};

constexpr Mistake kPatterns[] = {
    {"", "-", "..", "write .. between the two numbers, as in *1..3"},
    {"]", ">", "", "write ]-> for a relationship to the right"},
    {"]", "(", "-", "write ]-> or ]- before the next node"},
    {"-", "->", "a node", "one dash too many: write ]->"},
    {"-", "[", "a node", "one dash too many: write -[…]->"},
    {"-", ">", "", "write --> or -[…]-> for a relationship to the right, -- for one either way"},
    {"-", "(", "", "write -- or -[…]- between two nodes"},
    {"-", kAnything, "-", "a relationship stands in brackets: write -[r:TYPE]->"},
    {"<", "[", "-", "write <-["},
    {"", "[", "a relationship", "write a dash before the brackets: -[…]-> or <-[…]-"},
    {"", "=", "a relationship", "write --> or -[:TYPE]->"},
    {"", "(", "a relationship", "write a comma between patterns, or a relationship such as --> between nodes"},
    {"", "AND", "a relationship", "write a comma between patterns"},
    {"", "(", "{", "properties stand in braces: {key: value}"},
    {"", ",", "*", "write | between types, as in -[:R|S]->"},
    {"", ",", "ON CREATE SET", "MERGE takes one path: write another MERGE for the next"},
};

std::string_view WordAt(std::string_view text, std::size_t at) { return text.substr(at, NameEnd(text, at) - at); }

// Whether `words`, one or two, stand at `at`.
bool StandAt(std::string_view words, std::string_view text, std::size_t at) {
  const std::size_t blank = words.find(' ');
  const std::string_view first = WordAt(text, at);
  if (!EqualsIgnoringCase(first, words.substr(0, blank))) return false;
  if (blank == std::string_view::npos) return true;
  return EqualsIgnoringCase(WordAt(text, SkipBlanks(text, at + first.size())), words.substr(blank + 1));
}

// The word or the sign that ends just before `at`, blanks aside.
std::string_view Before(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t' || text[at - 1] == '\r')) --at;
  std::size_t begin = at;
  while (begin > 0 && (IsDigit(text[begin - 1]) || NameStartBytes(text, begin - 1) == 1)) --begin;
  if (begin == at && at > 0) begin = at - 1;
  return text.substr(begin, at - begin);
}

bool IsSign(char c) { return !IsDigit(c) && (c < 'A' || (c > 'Z' && c < 'a') || c > 'z'); }

bool StandsHere(std::string_view here, std::string_view text, std::size_t at) {
  if (here == kAnything) return true;
  if (here == kName) return NameStartBytes(text, at) != 0 || text[at] == '`';
  if (here == kText) return text[at] == '\'' || text[at] == '"';
  if (here == kNumber) return IsDigit(text[at]);
  return IsSign(here[0]) ? text.substr(at, here.size()) == here : StandAt(here, text, at);
}

}  // namespace

bool Wants(const Expectation& expectation, std::string_view beginning) {
  return std::ranges::any_of(expectation.wanted, [&](std::string_view w) { return w.starts_with(beginning); });
}

std::string_view SpellingHint(std::string_view text, const Expectation& expectation) {
  const std::size_t at = expectation.at;
  if (at >= text.size()) return {};
  const std::string_view before = Before(text, at);
  const auto hint_in = [&](std::span<const Mistake> mistakes) -> std::string_view {
    const auto fits = [&](const Mistake& mistake) {
      return (mistake.before.empty() || EqualsIgnoringCase(mistake.before, before)) &&
             Wants(expectation, mistake.wanted) && StandsHere(mistake.here, text, at);
    };
    const auto found = std::ranges::find_if(mistakes, fits);
    return found == mistakes.end() ? std::string_view() : found->hint;
  };
  if (Wants(expectation, "a query or another statement")) {
    if (const std::string_view hint = hint_in(kBeginnings); !hint.empty()) return hint;
  }
  for (const std::span<const Mistake> table : {std::span<const Mistake>(kTime), std::span<const Mistake>(kWords),
                                               std::span<const Mistake>(kPatterns), std::span<const Mistake>(kSigns)}) {
    if (const std::string_view hint = hint_in(table); !hint.empty()) return hint;
  }
  return {};
}

std::size_t SpellingDistance(std::string_view a, std::string_view b) {
  constexpr std::size_t kLongest = 24;  // longer than any keyword
  if (a.size() > kLongest || b.size() > kLongest) return kLongest;
  const auto same = [&](std::size_t i, std::size_t j) { return EqualsIgnoringCase(a.substr(i, 1), b.substr(j, 1)); };
  // Three rows of the usual table; the oldest is needed for swapped neighbours.
  std::vector<std::size_t> older(b.size() + 1), old(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(older, old);
    std::swap(old, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + (same(i - 1, j - 1) ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1);
      if (swapped) row[j] = std::min(row[j], older[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace plenum::syntax
