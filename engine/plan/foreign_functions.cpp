// A table by name in lower case. None of its names is a function of the language (near_miss_test sees to it).
#include "engine/plan/foreign_functions.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "engine/plan/near_miss.h"

namespace plenum::plan {
namespace {

struct ForeignFunction {
  std::string_view name;
  std::string_view here;
};

constexpr std::string_view kNoTimesYet =
    "date() or partialDate(): times of the day, zones and durations are not there yet";
constexpr std::string_view kQuantifier = "the variable, the list and the condition, as in any(x IN list WHERE x > 1)";

constexpr ForeignFunction kForeignFunctions[] = {
    {"all", kQuantifier},
    {"any", kQuantifier},
    {"array_agg", "collect(x)"},
    {"array_length", "size(list)"},
    {"array_size", "size(list)"},
    {"average", "avg(x)"},
    {"bool", "toBoolean(x)"},
    {"cardinality", "size(list)"},
    {"collect_list", "collect(x)"},
    {"collect_set", "collect(DISTINCT x)"},
    {"concat", "a + b"},
    {"count_distinct", "count(DISTINCT x)"},
    {"countdistinct", "count(DISTINCT x)"},
    {"current_date", "date()"},
    {"current_timestamp", "timestamp()"},
    {"curdate", "date()"},
    {"datetime", kNoTimesYet},
    {"day", "date.day"},
    {"decode", "CASE WHEN … THEN … ELSE … END"},
    {"degree", "COUNT { (n)--() }"},
    {"distinct", "DISTINCT x, as in RETURN DISTINCT x or collect(DISTINCT x)"},
    {"double", "toFloat(x)"},
    {"duration", kNoTimesYet},
    {"endswith", "text ENDS WITH part"},
    {"explode", "UNWIND list AS x"},
    {"extract", "[x IN list | value]"},
    {"filter", "[x IN list WHERE condition]"},
    {"first", "head(list)"},
    {"float", "toFloat(x)"},
    {"getdate", "date()"},
    {"group_concat", "collect(x)"},
    {"has", "x.key IS NOT NULL"},
    {"haslabel", "x:Label"},
    {"if", "CASE WHEN … THEN … ELSE … END"},
    {"ifnull", "coalesce(x, y)"},
    {"iif", "CASE WHEN … THEN … ELSE … END"},
    {"indegree", "COUNT { (n)<--() }"},
    {"instr", "text CONTAINS part"},
    {"int", "toInteger(x)"},
    {"integer", "toInteger(x)"},
    {"isnull", "x IS NULL, or coalesce(x, y)"},
    {"label", "labels(n)"},
    {"lcase", "toLower(text)"},
    {"len", "size(x)"},
    {"list", "collect(x)"},
    {"localdatetime", kNoTimesYet},
    {"localtime", kNoTimesYet},
    {"mean", "avg(x)"},
    {"median", "percentileCont(x, 0.5)"},
    {"mod", "x % y"},
    {"month", "date.month"},
    {"none", kQuantifier},
    {"now", "date() for the day, timestamp() for milliseconds"},
    {"nvl", "coalesce(x, y)"},
    {"outdegree", "COUNT { (n)-->() }"},
    {"pow", "x ^ y"},
    {"power", "x ^ y"},
    {"regexp", "text =~ 'regular expression'"},
    {"regexp_like", "text =~ 'regular expression'"},
    {"rels", "relationships(path)"},
    {"single", kQuantifier},
    {"startswith", "text STARTS WITH part"},
    {"stddev", "stDev(x)"},
    {"str", "toString(x)"},
    {"string", "toString(x)"},
    {"string_agg", "collect(x)"},
    {"strlen", "size(text)"},
    {"substr", "substring(text, start, length), where the first letter is 0"},
    {"sysdate", "date()"},
    {"time", kNoTimesYet},
    {"toint", "toInteger(x)"},
    {"today", "date()"},
    {"ucase", "toUpper(text)"},
    {"unnest", "UNWIND list AS x"},
    {"uuid", "randomUUID()"},
    {"var_samp", "stDev(x) ^ 2"},
    {"variance", "stDev(x) ^ 2"},
    {"year", "date.year"},
};

}  // namespace

std::string_view SpellingOfFunction(std::string_view name) {
  const std::string lower = LowerCase(name);
  const auto* found = std::ranges::find(kForeignFunctions, std::string_view(lower), &ForeignFunction::name);
  return found == std::end(kForeignFunctions) ? std::string_view() : found->here;
}

}  // namespace plenum::plan
