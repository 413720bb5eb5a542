// Two executors answer the same random statements on the same random graphs, and must agree.
//
// PLENUM_DIFFERENTIAL_QUERIES is how many statements (20,000), PLENUM_DIFFERENTIAL_SEED where the random ones begin
// (1): a statement that differs is told with the seed that has it again. PLENUM_DIFFERENTIAL_TRACE=1 writes each
// statement before it runs, so that one that does not come back is known.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "engine/statement.h"
#include "tests/differential/executors.h"
#include "tests/differential/planted_faults.h"
#include "tests/differential/shrink.h"

namespace plenum::tests {
namespace {

constexpr std::uint64_t kShards = 8;
constexpr std::uint64_t kStatementsOfAGraph = 20;
constexpr std::size_t kFindingsMax = 3;  // of a shard

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::uint64_t QuerySeed(std::uint64_t graph_seed, std::uint64_t place) { return graph_seed * 1000 + place; }

// How statements ended.
class Shares {
 public:
  void Count(const Outcome& outcome) {
    ++endings_[outcome.ending];
    if (outcome.ending == Ending::kError) ++errors_[outcome.error];
  }
  std::uint64_t all() const {
    std::uint64_t sum = 0;
    for (const auto& [ending, count] : endings_) sum += count;
    return sum;
  }
  double valid() const { return with_rows() + Share(Ending::kNoRows); }
  double with_rows() const { return Share(Ending::kRows) + Share(Ending::kZero); }
  double gave_up() const { return Share(Ending::kGaveUp); }
  std::string Text() const {
    std::string text = fmt::format(
        "{} statements: {:.1f} % valid, {:.1f} % with rows (of more than zeros: {:.1f} %), {:.2f} % gave up\n", all(),
        100 * valid(), 100 * with_rows(), 100 * Share(Ending::kRows), 100 * gave_up());
    for (const auto& [error, count] : errors_) text += fmt::format("  {:6} {}\n", count, error);
    return text;
  }

 private:
  double Share(Ending ending) const {
    const auto found = endings_.find(ending);
    return found == endings_.end() ? 0 : static_cast<double>(found->second) / static_cast<double>(all());
  }
  std::map<Ending, std::uint64_t> endings_;
  std::map<std::string, std::uint64_t> errors_;
};

// The statements of one graph; adds those on which the executors differ.
void TryGraph(const Executors& executors, std::uint64_t graph_seed, Shares& shares, std::vector<Finding>& findings) {
  static const bool trace = std::getenv("PLENUM_DIFFERENTIAL_TRACE") != nullptr;
  StoredGraph graph(RandomGraph(graph_seed));
  for (std::uint64_t i = 0; i < kStatementsOfAGraph; ++i) {
    const std::uint64_t query_seed = QuerySeed(graph_seed, i);
    const GeneratedQuery query = GenerateQuery(query_seed);
    if (trace) std::cout << graph_seed << ": " << query.text << std::endl;
    const Outcome outcome = Try(executors, graph, query);
    if (trace && !outcome.error.empty()) std::cout << "  " << outcome.error << std::endl;
    shares.Count(outcome);
    if (!outcome.difference.empty()) {
      findings.push_back({graph_seed, query_seed, graph.sketch(), query, outcome.difference});
    }
  }
}

// The two that are compared.
Executors Compared() { return {execution::Execute, Batches()}; }

class Differential : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Differential, ExecutorsAgree) {
  const std::uint64_t graphs = FromEnvironment("PLENUM_DIFFERENTIAL_QUERIES", 20'000) / kStatementsOfAGraph;
  const std::uint64_t first_seed = FromEnvironment("PLENUM_DIFFERENTIAL_SEED", 1);
  Shares shares;
  std::vector<Finding> findings;
  for (std::uint64_t i = GetParam(); i < graphs && findings.size() < kFindingsMax; i += kShards) {
    TryGraph(Compared(), first_seed + i, shares, findings);
  }
  for (const Finding& finding : findings) ADD_FAILURE() << Report(Shrunk(finding, Compared()));
  std::cout << shares.Text();
  if (shares.all() < 1000) return;  // a few statements say nothing about the shares
  EXPECT_GE(shares.valid(), 0.85);
  EXPECT_GE(shares.with_rows(), 0.40);
  EXPECT_LT(shares.gave_up(), 0.005);
}

INSTANTIATE_TEST_SUITE_P(Shard, Differential, testing::Range<std::uint64_t>(0, kShards));

// ---- The comparison itself

class PlantedFaultTest : public testing::TestWithParam<PlantedFault> {};

TEST_P(PlantedFaultTest, IsFoundAndMadeSmaller) {
  static constexpr std::uint64_t kGraphsMax = 25;
  const Executors executors{execution::Execute, GetParam().executor};
  Shares shares;
  std::vector<Finding> findings;
  for (std::uint64_t seed = 1; seed <= kGraphsMax && findings.empty(); ++seed) {
    TryGraph(executors, seed, shares, findings);
  }
  ASSERT_FALSE(findings.empty()) << "not found by " << shares.all() << " statements";
  const Finding small = Shrunk(findings.front(), executors);
  std::cout << "found among " << shares.all() << " statements; made smaller:\n" << Report(small);
  StoredGraph graph(small.graph);
  EXPECT_EQ(Try(executors, graph, small.query).difference, small.difference);
  EXPECT_LE(small.graph.nodes.size(), 3u);
  EXPECT_LE(small.query.text.size(), findings.front().query.text.size());
}

INSTANTIATE_TEST_SUITE_P(Each, PlantedFaultTest, testing::ValuesIn(PlantedFaults(execution::Execute)),
                         [](const auto& test) { return test.param.name; });

// Statements are such that an answer does not depend on the order of rows: the same graph, written in another order,
// gives the same answers.
TEST(GenerateQuery, AsksForNothingThatIsLeftOpen) {
  const std::uint64_t graphs = FromEnvironment("PLENUM_DIFFERENTIAL_QUERIES", 20'000) / kStatementsOfAGraph / 4;
  const std::uint64_t first_seed = FromEnvironment("PLENUM_DIFFERENTIAL_SEED", 1);
  for (std::uint64_t seed = first_seed; seed < first_seed + graphs; ++seed) {
    StoredGraph graph(RandomGraph(seed));
    StoredGraph shuffled(Shuffled(graph.sketch(), seed));
    for (std::uint64_t i = 0; i < kStatementsOfAGraph; ++i) {
      const GeneratedQuery query = GenerateQuery(QuerySeed(seed, i), kBudgetMax, Ids::kOpen);
      const auto statement = Prepare(query.text, {.parameters = query.parameters}, {});
      if (!statement) continue;
      const Observation first = Observe(execution::Execute, graph, *statement, query);
      const Observation second = Observe(execution::Execute, shuffled, *statement, query);
      const std::string difference = Difference(first, second, query);
      ASSERT_EQ(difference, "") << ToStatements(graph.sketch()) << ToStatements(shuffled.sketch()) << query.text;
    }
  }
}

TEST(GenerateQuery, IsDeterminedBySeedAndBudget) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const int budget = 1 + static_cast<int>(seed % kBudgetMax);
    EXPECT_EQ(GenerateQuery(seed, budget).text, GenerateQuery(seed, budget).text);
  }
}

}  // namespace
}  // namespace plenum::tests
