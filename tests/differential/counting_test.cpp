// Counting without looking at each match: 60 questions on small dense multigraphs, where every hop may be an earlier
// one and every node its own neighbour, beside the evaluator that looks at each.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/statement.h"
#include "tests/differential/executors.h"
#include "tests/differential/trial.h"

namespace plenum::tests {
namespace {

constexpr std::string_view kQuestions[] = {
    "MATCH (a)-[:R]->(b) RETURN count(*)",
    "MATCH (a)-[:R]-(b) RETURN count(*)",
    "MATCH (a)-[:R]->(a) RETURN count(*)",
    "MATCH (a)-[:R]-(a) RETURN count(*)",
    "MATCH (a)-->(b)-->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)<-[:R]-(c) RETURN count(*)",
    "MATCH (a)<-[:R]-(b)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(c) RETURN count(*)",
    "MATCH (a)-[:R|S]->(b)-[:S]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R|S]->(c) RETURN count(*)",
    "MATCH (a)-[:R|S]->(b)-[:R|S]->(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]-(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R|S]-(c)-[:S]-(d) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c)-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c)<-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b), (a)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b), (a)-[:R]-(c), (a)-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b), (a)-[:S]->(c), (a)<-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b), (c)-[:R]->(d) RETURN count(*)",
    "MATCH (a)-[:R]-(b), (c)-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(a) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(a) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(a) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c)-[:R]-(a) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c), (a)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b), (a)-[:S]->(b) RETURN count(*)",
    "MATCH (a)-[:R]->(b), (a)-[:R]->(b) RETURN count(*)",
    "MATCH (a)-[:R]-(b), (b)-[:R]-(a) RETURN count(*)",
    "MATCH (a:A)-[:R]->(b:B) RETURN count(*)",
    "MATCH (a:A)-[:R]-(b:B)-[:R]-(c:A) RETURN count(*)",
    "MATCH (a:A)-[:R]-(b)-[:R]-(c:A) RETURN count(*)",
    "MATCH (a)-[:R]-(b:A&B)-[:R]-(c:!A) RETURN count(*)",
    "MATCH (a:A)-[:R]-(b:A)-[:R]-(c:A)-[:R]-(d:B) RETURN count(*)",
    "MATCH (a)-[:R]-(b:A|B)-[:R]-(c:%) RETURN count(*)",
    "MATCH (a)-[:R]-(b) WHERE a <> b RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) WHERE a <> c RETURN count(*)",
    "MATCH (a)-[r:R]-(b)-[:R]-(c) RETURN a, count(*), count(r)",
    "MATCH (a)-[:R]-(b)-[r:R]-(c) RETURN a, count(r)",
    "MATCH (a)-[q:R]-(b)-[r:R]-(c) RETURN a, c, count(q), count(DISTINCT r)",
    "MATCH (a)-[q:R]->(b)-[:R|S]-(c)-[r:R]->(d) RETURN count(DISTINCT q), count(r)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) RETURN c, count(*), count(DISTINCT a)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, c, count(*)",
    "MATCH (a)-[:R]-(b)-[:S]-(c)-[:R]-(d) RETURN a, d, count(*), count(DISTINCT b), sum(b.n), avg(b.n), "
    "size(collect(DISTINCT c.n))",
    "MATCH (a)-[:R]-(b) WITH a, count(*) AS n MATCH (a)-[:R]-(c) RETURN n, count(*), sum(n)",
    "MATCH (a)-[:R]-(b) WITH b MATCH (b)-[:R]-(c) RETURN count(*), min(c.n), max(c.n)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) RETURN DISTINCT c",
    "MATCH (a)-[:R]-(b)-[:R]-(c) WITH DISTINCT c MATCH (c)-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) RETURN b.n AS n ORDER BY n SKIP 3 LIMIT 20",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WITH c ORDER BY c.n LIMIT 7 UNWIND [1, 2] AS x RETURN count(*), sum(c.n * x)",
    "MATCH (a:A) OPTIONAL MATCH (a)-[:R]->(b) RETURN count(*), count(b)",
    "MATCH (a:A) OPTIONAL MATCH (a)-[:R]->(b:B) RETURN a, count(*)",
    "MATCH (a)-[:R]-(b) OPTIONAL MATCH (b)-[:R]-(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b) OPTIONAL MATCH (b)-[:R]-(c)-[:R]-(d) RETURN a, count(*), count(d)",
    "MATCH (a)-[:S]->(b) OPTIONAL MATCH (a)-[:R]->(b) OPTIONAL MATCH (b)-[:R]->(c) RETURN count(*), count(c)",
    "OPTIONAL MATCH (a:A:B)-[:R]->(b) OPTIONAL MATCH (b)-[:S]->(c) RETURN count(*), count(a), count(c)",
    "MATCH (a)-[:R]-(b) UNWIND [a, b, null] AS c MATCH (c)-[:R]-(d) RETURN count(*), count(DISTINCT d)",
};
static_assert(std::size(kQuestions) == 60);

// Up to five nodes, so many relationships that most are parallel to another or end where they begin.
GraphSketch DenseMultigraph(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  GraphSketch graph;
  const std::size_t nodes = random() % 6;
  for (std::size_t i = 0; i < nodes; ++i) {
    NodeSketch node{.name = fmt::format("n{}", i), .labels = {}, .properties = {}};
    if (random() % 2 == 0) node.labels.push_back("A");
    if (random() % 2 == 0) node.labels.push_back("B");
    if (random() % 4 != 0) node.properties["n"] = static_cast<std::int64_t>(random() % 3);
    graph.nodes.push_back(std::move(node));
  }
  const bool loops = random() % 3 != 0;
  const std::size_t relationships = nodes == 0 ? 0 : random() % 10;
  for (std::size_t i = 0; i < relationships; ++i) {
    RelationshipSketch each{.name = fmt::format("r{}", i), .type = random() % 3 == 0 ? "S" : "R"};
    each.start = random() % nodes;
    each.end = random() % nodes;
    if (each.start == each.end && !loops) each.end = (each.end + 1) % nodes;
    if (each.start == each.end && !loops) continue;  // there is one node
    graph.relationships.push_back(std::move(each));
  }
  return graph;
}

plan::Rewrites NoRewrites() {
  return {.prove_unlike = false,
          .count_unlike = false,
          .drop_unread = false,
          .fuse_labels = false,
          .count_inner = false,
          .merge_rows = false};
}

TEST(Counting, AgreesWithLookingAtEachMatch) {
  const Executor twin = execution::Execute;
  const Executor plain = Batches(NoRewrites());
  const Executor counting = Batches();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    StoredGraph graph(DenseMultigraph(seed));
    for (const std::string_view question : kQuestions) {
      const GeneratedQuery query{.text = std::string(question)};
      for (const Executor& executor : {plain, counting}) {
        const Outcome outcome = Try({twin, executor}, graph, query);
        ASSERT_NE(outcome.ending, Ending::kError) << question << outcome.error;
        ASSERT_EQ(outcome.difference, "") << ToStatements(graph.sketch()) << question;
      }
    }
  }
}

// Each rewrite left out by itself.
TEST(Counting, AgreesWithoutAnyOneRewrite) {
  using Member = bool plan::Rewrites::*;
  const Member members[] = {&plan::Rewrites::prove_unlike, &plan::Rewrites::count_unlike, &plan::Rewrites::drop_unread,
                            &plan::Rewrites::fuse_labels,  &plan::Rewrites::count_inner,  &plan::Rewrites::merge_rows};
  for (std::uint64_t seed = 1000; seed < 1030; ++seed) {
    StoredGraph graph(DenseMultigraph(seed));
    for (const std::string_view question : kQuestions) {
      for (const Member member : members) {
        plan::Rewrites rewrites;
        rewrites.*member = false;
        const Outcome outcome = Try({Batches(), Batches(rewrites)}, graph, {.text = std::string(question)});
        ASSERT_EQ(outcome.difference, "") << ToStatements(graph.sketch()) << question;
      }
    }
  }
}

}  // namespace
}  // namespace plenum::tests
