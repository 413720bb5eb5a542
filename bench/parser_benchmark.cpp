// How long a text takes from its bytes to a syntax tree.
//
// Queries as people write them, the deepest nests that are allowed, long rows of operators, and texts that are wrong.
// Each is parsed whole, tree and its destruction included; that it parses (or does not) is checked after the clock.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "parser/parser.h"

namespace {

std::string Repeat(std::string_view part, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += part;
  return all;
}

void ParseText(benchmark::State& state, const std::string& text, bool good) {
  bool parsed = good;
  for (auto _ : state) {
    const auto statement = plenum::Parse(text);
    benchmark::DoNotOptimize(parsed = statement.has_value());
  }
  if (parsed != good) state.SkipWithError("the text should parse if it is good, and only then");
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}

void Nested(benchmark::State& state, std::string_view before, std::string_view after) {
  const auto depth = static_cast<std::size_t>(state.range(0));
  ParseText(state, "RETURN " + Repeat(before, depth) + "1" + Repeat(after, depth), true);
}

void Row(benchmark::State& state, std::string_view part) {
  ParseText(state, "RETURN a" + Repeat(part, static_cast<std::size_t>(state.range(0))), true);
}

void Hops(benchmark::State& state) {
  ParseText(state, "MATCH (a)" + Repeat("-[:R]->()", static_cast<std::size_t>(state.range(0))) + " RETURN a", true);
}

constexpr char kPoint[] = "MATCH (n:Person {id: $id}) RETURN n.name";
constexpr char kDated[] =
    "MATCH (p:Person)-[h:HOLDS VALID AT $day]->(r:Role {title: 'Director'}) RETURN p.name, validity(h).from";
constexpr char kOverlap[] =
    "MATCH (a:Person)-[h:HOLDS]->()-[:AT]->(i)<-[:AT]-()<-[g:HOLDS]-(b:Person) OVERLAPPING WHERE a.name < b.name "
    "RETURN a.name, b.name, i.name, days(overlap(h, g))";

BENCHMARK_CAPTURE(ParseText, point_query, kPoint, true);
BENCHMARK_CAPTURE(ParseText, dated_query, kDated, true);
BENCHMARK_CAPTURE(ParseText, overlap_query, kOverlap, true);
BENCHMARK_CAPTURE(ParseText, misspelt, "MATCH (n:Person {id: $id}) RETRUN n.name", false);
BENCHMARK_CAPTURE(ParseText, a_million_parentheses, "RETURN " + std::string(1'000'000, '('), false);
BENCHMARK_CAPTURE(Nested, parentheses, "(", ")")->Arg(50)->Arg(199);
BENCHMARK_CAPTURE(Nested, lists, "[", "]")->Arg(50)->Arg(199);
BENCHMARK_CAPTURE(Nested, maps, "{a: ", "}")->Arg(50)->Arg(199);
BENCHMARK_CAPTURE(Nested, comprehensions, "[x IN ", " | x]")->Arg(50)->Arg(199);
BENCHMARK_CAPTURE(Nested, cases, "CASE WHEN ", " THEN 1 END")->Arg(50)->Arg(199);
BENCHMARK_CAPTURE(Nested, subqueries, "COUNT { MATCH (n) WHERE ", "}")->Arg(50)->Arg(99);
BENCHMARK_CAPTURE(Row, conjunction, " AND b")->Arg(1000)->Arg(100'000);
BENCHMARK_CAPTURE(Row, comparisons, " OR b.c = 1")->Arg(1000)->Arg(80'000);
BENCHMARK(Hops)->Arg(100)->Arg(10'000);

}  // namespace
