// Label propagation against the same rules on a table of votes; what its answer promises; communities anyone can see.
#include <gtest/gtest.h>

#include <map>

#include "plenum/algorithms.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

using Table = std::vector<std::vector<double>>;

Table VotesBetween(const Multigraph& graph, bool weighted) {
  Table votes(graph.node_count, std::vector<double>(graph.node_count, 0.0));
  for (const Projection::Edge& edge : graph.edges) {
    if (edge.from == edge.to) continue;
    votes[edge.from][edge.to] += weighted ? edge.weight : 1;
    votes[edge.to][edge.from] = votes[edge.from][edge.to];
  }
  return votes;
}

// The first colour that no neighbour before the node has.
std::vector<std::uint32_t> ColourInOrder(const Table& joined) {
  std::vector<std::uint32_t> colours;
  for (std::uint32_t node = 0; node < joined.size(); ++node) {
    const auto is_taken = [&](std::uint32_t colour) {
      for (std::uint32_t other = 0; other < node; ++other) {
        if (joined[node][other] > 0 && colours[other] == colour) return true;
      }
      return false;
    };
    std::uint32_t colour = 0;
    while (is_taken(colour)) ++colour;
    colours.push_back(colour);
  }
  return colours;
}

std::map<std::uint32_t, double> VotesFor(std::uint32_t node, const Table& votes,
                                         const std::vector<std::uint32_t>& labels) {
  std::map<std::uint32_t, double> sums;
  for (std::uint32_t other = 0; other < labels.size(); ++other) sums[labels[other]] += votes[node][other];
  return sums;
}

// The label with most votes; its own in a tie, else the first from the node on, counted round.
std::uint32_t LabelFor(std::uint32_t node, const Table& votes, const std::vector<std::uint32_t>& labels) {
  const auto sums = VotesFor(node, votes, labels);
  std::uint32_t best = labels[node];
  for (std::uint32_t i = 0; i < labels.size(); ++i) {
    const auto found = sums.find((node + i) % static_cast<std::uint32_t>(labels.size()));
    if (found != sums.end() && found->second > sums.at(best)) best = found->first;
  }
  return best;
}

// The labels after so many iterations, each the smallest node that has it.
std::vector<std::uint32_t> LabelsByTable(const Table& votes, const std::vector<std::uint32_t>& colours,
                                         std::uint32_t iterations) {
  std::vector<std::uint32_t> labels(votes.size());
  for (std::uint32_t node = 0; node < labels.size(); ++node) labels[node] = node;
  for (std::uint32_t i = 0; i < iterations; ++i) {
    for (std::uint32_t colour = 0; colour < votes.size(); ++colour) {
      const std::vector<std::uint32_t> before = labels;
      for (std::uint32_t node = 0; node < labels.size(); ++node) {
        if (colours[node] == colour) labels[node] = LabelFor(node, votes, before);
      }
    }
  }
  std::map<std::uint32_t, std::uint32_t> names;
  for (std::uint32_t node = 0; node < labels.size(); ++node) {
    labels[node] = names.emplace(labels[node], node).first->second;
  }
  return labels;
}

TEST(LabelPropagation, TakesTheLabelWithMostVotesColourAfterColour) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const bool undirected = seed % 2 == 0, weighted = seed % 3 == 0;
    const Projection projection = Projection::FromEdges(
        graph.node_count, graph.edges, {.undirected = undirected, .incoming = !undirected, .weights = weighted});
    const Table votes = VotesBetween(graph, weighted);
    const std::vector<std::uint32_t> colours = ColourInOrder(VotesBetween(graph, false));
    for (const std::uint32_t iterations : {0u, 1u, 2u, 100u}) {
      const auto answer = LabelPropagation(projection, {.iterations_max = iterations, .weighted = weighted});
      ASSERT_TRUE(answer) << Describe(answer.error());
      ASSERT_EQ(answer->community, LabelsByTable(votes, colours, iterations)) << "seed " << seed;
      ASSERT_LE(answer->iterations, iterations);
      ASSERT_TRUE(answer->converged || iterations < 100);
      for (std::uint32_t node = 0; answer->converged && node < graph.node_count; ++node) {
        const auto sums = VotesFor(node, votes, answer->community);
        for (const auto& [label, sum] : sums) ASSERT_LE(sum, sums.at(answer->community[node])) << "seed " << seed;
      }
    }
  }
}

TEST(LabelPropagation, FindsCliquesThatAreHardlyJoined) {
  constexpr std::uint32_t kSize = 6, kCliques = 5;
  std::vector<Projection::Edge> edges;
  for (std::uint32_t clique = 0; clique < kCliques; ++clique) {
    for (std::uint32_t a = 0; a < kSize; ++a) {
      for (std::uint32_t b = 0; b < a; ++b) edges.push_back({clique * kSize + a, clique * kSize + b});
    }
    edges.push_back({clique * kSize, (clique * kSize + kSize + 1) % (kCliques * kSize)});
  }
  const auto answer = LabelPropagation(Projection::FromEdges(kCliques * kSize, edges, {.undirected = true}));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->count, kCliques);
  EXPECT_TRUE(answer->converged);
  for (std::uint32_t node = 0; node < kCliques * kSize; ++node) {
    EXPECT_EQ(answer->community[node], node / kSize * kSize);
  }
}

TEST(LabelPropagation, RefusesWhatMakesNoSense) {
  const std::vector<Projection::Edge> edges = {{0, 1, -1}};
  const auto no_rows = LabelPropagation(Projection::FromEdges(2, edges, {}));
  ASSERT_FALSE(no_rows);
  EXPECT_NE(no_rows.error().message.find("`incoming = true`"), std::string::npos);
  const auto no_weights = LabelPropagation(Projection::FromEdges(2, edges, {.undirected = true}), {.weighted = true});
  ASSERT_FALSE(no_weights);
  EXPECT_NE(no_weights.error().message.find("`weight`"), std::string::npos);
  const auto negative =
      LabelPropagation(Projection::FromEdges(2, edges, {.undirected = true, .weights = true}), {.weighted = true});
  ASSERT_FALSE(negative);
  EXPECT_EQ(negative.error().type, ErrorType::kUsageError);
}

}  // namespace
}  // namespace plenum
