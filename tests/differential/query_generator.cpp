// Whole statements. Many are counts and other aggregates over patterns: these are what an executor has short ways for.
#include "tests/differential/query_generator.h"

#include "tests/differential/generator.h"
#include "tests/differential/vocabulary.h"

namespace plenum::tests {
namespace {

Map Parameters() {
  return {{"i", 2},
          {"x", 1.0},
          {"s", "a"},
          {"l", List{0, 1, 2}},
          {"d", Date{DayOf(2020, 6, 1)}},
          {"when", "2020-06"},
          {"m", Map{{"n", 1}, {"s", "a"}}},
          {"nothing", Value()}};
}

}  // namespace

GeneratedQuery GenerateQuery(std::uint64_t seed, int budget, Ids ids) { return Generator(seed, budget, ids).Make(); }

GeneratedQuery Generator::Make() {
  query_.parameters = Parameters();
  query_.text = choices_.Pick({{32, [&] { return CountingQuery(); }},
                               {16, [&] { return AggregatingQuery(); }},
                               {28, [&] { return ReadingQuery(); }},
                               {5, [&] { return UnionQuery(); }},
                               {19, [&] { return WritingQuery(); }}});
  return std::move(query_);
}

// MATCH … RETURN count(*), and what is near to it.
std::string Generator::CountingQuery() {
  std::string text = choices_.Percent(2) ? ValidFilter() + " " : "";
  text += Match(budget_);
  if (choices_.Percent(15)) text += " " + (choices_.Percent(50) ? OptionalMatch(budget_ / 2) : Match(budget_ / 2));
  if (choices_.Percent(8)) text += " " + With(budget_ / 2);
  if (choices_.Percent(70)) return text + " RETURN count(*) AS c1";
  return text + " RETURN " + CountColumn().text + " AS c1";
}

std::string Generator::AggregatingQuery() {
  std::string text = Match(budget_);
  if (choices_.Percent(20)) text += " " + ReadingClause(budget_ / 2);
  std::vector<Column> columns = GroupedColumns({.last = true});
  const std::string sort = choices_.Percent(40) && MaySort(columns) ? OrderBy(columns) : "";
  query_.in_order = !sort.empty();
  text += " RETURN ";
  for (const Column& column : columns) {
    text += (&column == &columns.front() ? "" : ", ") + column.text + " AS " + column.name;
  }
  return text + sort;
}

std::string Generator::ReadingQuery() {
  std::string text = choices_.Percent(3) ? ValidFilter() + " " : "";
  text += ReadingClauses(budget_);
  if (choices_.Percent(6)) return text + " " + SortedCollect();
  return text + " " + Return({.last = true});
}

std::string Generator::UnionQuery() {
  const bool all = choices_.Percent(50);
  const std::size_t columns = choices_.Between(1, 2);
  std::string text;
  for (std::size_t part = 0, parts = choices_.Between(2, 3); part < parts; ++part) {
    if (part != 0) text += all ? " UNION ALL " : " UNION ";
    scope_ = {};
    text += ReadingClauses(budget_ / 2) + " ";
    text += Return({.last = true, .of_union = true, .columns = columns});
  }
  query_.in_order = false;
  return text;
}

std::string Generator::WritingQuery() {
  std::string text;
  if (choices_.Percent(80)) text = ReadingClauses(budget_ / 2) + " ";
  const int updates = 1 + static_cast<int>(choices_.Weighted({60, 30, budget_ > 2 ? 10u : 0u}));
  for (int i = 0; i < updates; ++i) text += Update() + " ";
  if (choices_.Percent(25)) {
    text.pop_back();
    return text;
  }
  if (choices_.Percent(35)) return text + "RETURN count(*) AS c1";
  // What was written is read by a pattern of its own, or through the variables that are there.
  if (choices_.Percent(40)) {
    text += "WITH count(*) AS " + New('v') + " ";
    scope_ = {};
    text += Match(budget_ / 2) + " ";
  }
  return text + Return({.last = true});
}

}  // namespace plenum::tests
