// The table of other languages' words and signs, and the distance between two spellings.
// The distance counts swapped neighbours as one mistake, for that is the commonest (Damerau and Levenshtein's measure
// without edits inside a swap).
#include "parser/dialect.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "parser/characters.h"

namespace plenum::syntax {
namespace {

struct Foreign {
  std::string_view before;  // the word or sign before the place, or none
  std::string_view here;    // the word (or the first two) or sign at the place
  std::string_view hint;
};

// The first that fits is taken, so what needs more of the text stands first.
constexpr Foreign kWords[] = {
    {"AS", "OF", "write VALID AT to ask for a point in time"},
    {"", "AS OF", "write VALID AT to ask for a point in time"},
    {"FOR", "VALID_TIME", "write VALID AT to ask for a point in time"},
    {"FOR", "SYSTEM_TIME", "write VALID AT; what was known on a day is not kept"},
    {"", "FOR VALID_TIME", "write VALID AT to ask for a point in time"},
    {"", "FOR SYSTEM_TIME", "write VALID AT; what was known on a day is not kept"},
    {"", "AT TIME", "write VALID AT to ask for a point in time"},
    {"AT", "TIME", "write VALID AT to ask for a point in time"},
    {"", "FOR", "write UNWIND list AS x"},
    {"", "SELECT", "write MATCH … RETURN"},
    {"", "INSERT INTO", "write CREATE (n:Label {key: value})"},
    {"", "INSERT", "write CREATE"},
    {"", "UPDATE", "write MATCH … SET"},
    {"", "FILTER", "write WITH * WHERE …"},
    {"", "LET", "write WITH *, expression AS name"},
    {"", "NEXT", "write WITH between two parts of a query"},
    {"", "HAVING", "write WITH … WHERE …"},
    {"", "GROUP", "write the columns alone: RETURN and WITH group by whatever is no aggregate"},
    {"", "FINISH", "leave it out: a query that writes may end without RETURN"},
    {"", "NODETACH", "write DELETE alone"},
    {"", "USING", "leave it out: indexes are chosen by the planner"},
    {"", "LIKE", "write CONTAINS, STARTS WITH, ENDS WITH or =~ 'regular expression'"},
    {"", "ILIKE", "write =~ '(?i)regular expression'"},
    {"", "RLIKE", "write =~ 'regular expression'"},
    {"", "BETWEEN", "write low <= x <= high"},
    {"", "MOD", "write %"},
    {"", "ISNULL", "write IS NULL"},
    {"", "NOTNULL", "write IS NOT NULL"},
    {"", "NOT IN", "write NOT x IN list"},
    {"", "NOT CONTAINS", "write NOT x CONTAINS y"},
    {"", "ELSEIF", "write another WHEN"},
    {"", "ELSIF", "write another WHEN"},
};
constexpr Foreign kSigns[] = {
    {"=", "=", "write ="},
    {"", "!=", "write <>"},
    {"", "&&", "write AND"},
    {"|", "|", "write OR"},
    {"", "!", "write NOT"},
    {"", "?", "write $name for a parameter"},
    {"TIME", "'", "write VALID AT, without TIME"},
    {"TIME", "$", "write VALID AT, without TIME"},
    {"-", ">", "write --> or -[…]-> for a relationship to the right, -- for one either way"},
    {"-", "(", "write -- or -[…]- between two nodes"},
    {"", "->", "write -->"},
    {"", ":=", "write ="},
    {"", "@", "write $name for a parameter"},
    {":", ":", "write toInteger(x), toString(x) or the like"},
    {"", "#", "write // for a comment"},
    {"*", "*", "write ^ for a power"},
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

}  // namespace

std::string_view SpellingHint(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const std::string_view before = Before(text, at);
  const auto follows = [before](const Foreign& foreign) {
    return foreign.before.empty() || EqualsIgnoringCase(foreign.before, before);
  };
  for (const Foreign& foreign : kWords) {
    if (follows(foreign) && StandAt(foreign.here, text, at)) return foreign.hint;
  }
  for (const Foreign& foreign : kSigns) {
    if (follows(foreign) && text.substr(at, foreign.here.size()) == foreign.here) return foreign.hint;
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
