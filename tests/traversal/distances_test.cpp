// CountDistances and VisitDistances on 10,000 random multigraphs in a database, beside slow twins.
#include <gtest/gtest.h>

#include <map>

#include "tests/must.h"
#include "tests/traversal/slow_paths.h"
#include "tests/traversal/stored_multigraphs.h"

namespace plenum {
namespace {

// Sources in many multigraphs at once: `per_call` nodes of consecutive ones, each with its multigraph.
struct Source {
  NodeId node;
  const StoredMultigraph* graph;
};
std::vector<Source> SomeSources(StoredMultigraphs& stored, std::size_t begin, std::size_t end) {
  std::vector<Source> sources;
  for (std::size_t i = begin; i < end; ++i) {
    const StoredMultigraph& graph = stored.graphs()[i];
    if (!graph.nodes.empty()) sources.push_back({graph.nodes[stored.Below(graph.nodes.size())], &graph});
  }
  return sources;
}
std::vector<NodeId> NodesOf(const std::vector<Source>& sources) {
  std::vector<NodeId> nodes;
  for (const Source& source : sources) nodes.push_back(source.node);
  return nodes;
}

TEST(Distances, AgreeWithASlowTwin) {
  constexpr std::size_t kGraphs = 10'000, kAtOnce = 200;
  StoredMultigraphs stored(kGraphs);
  const GraphSnapshot snapshot = stored.Snapshot();
  for (std::size_t begin = 0; begin < kGraphs; begin += kAtOnce) {
    const AdjacencyOptions options = stored.RandomOptions();
    const std::uint32_t hops_most = stored.Below(3) == 0 ? stored.Below(4) : kAnyHops;
    std::vector<Source> sources = SomeSources(stored, begin, begin + kAtOnce);
    sources.push_back(sources.front());  // twice
    std::vector<std::map<NodeId, std::uint32_t>> found(sources.size());
    std::uint32_t last = 0;
    std::size_t first = 0;
    Must(VisitDistances(snapshot, options, NodesOf(sources), hops_most, [&](const SourcesOfNode& each) {
      EXPECT_TRUE(each.first > first || (each.first == first && each.distance >= last));
      first = each.first;
      last = each.distance;
      EXPECT_NE(each.which, 0u);
      each.ForEachSource([&](std::size_t i) { EXPECT_TRUE(found.at(i).emplace(each.node, each.distance).second); });
      return true;
    }));
    const std::vector<DistanceCounts> counts = Must(CountDistances(snapshot, options, NodesOf(sources), hops_most));
    ASSERT_EQ(counts.size(), sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      std::map<NodeId, std::uint32_t> expected = SlowDistances(*sources[i].graph, options, {&sources[i].node, 1});
      std::erase_if(expected, [&](const auto& entry) { return entry.second > hops_most; });
      ASSERT_EQ(found[i], expected);
      std::vector<std::uint64_t> nodes_at;
      std::uint64_t total = 0;
      double harmonic = 0;
      for (const auto& [node, distance] : expected) {
        nodes_at.resize(std::max<std::size_t>(nodes_at.size(), distance + 1));
        ++nodes_at[distance];
        total += distance;
        if (distance != 0) harmonic += 1.0 / distance;
      }
      ASSERT_EQ(counts[i].nodes_at, nodes_at);
      ASSERT_EQ(counts[i].Reached(), expected.size());
      ASSERT_EQ(counts[i].Eccentricity(), nodes_at.size() - 1);
      ASSERT_EQ(counts[i].TotalDistance(), total);
      ASSERT_DOUBLE_EQ(counts[i].HarmonicCloseness(), harmonic);
      const double mean = static_cast<double>(total) / static_cast<double>(expected.size() - 1);
      ASSERT_DOUBLE_EQ(counts[i].Closeness(), total == 0 ? 0 : 1 / mean);
    }
  }
}

TEST(Distances, OfNoSourcesAreNone) {
  StoredMultigraphs stored(3);
  EXPECT_TRUE(Must(CountDistances(stored.Snapshot(), {}, {})).empty());
  Must(VisitDistances(stored.Snapshot(), {}, {}, kAnyHops, [](const SourcesOfNode&) {
    ADD_FAILURE();
    return true;
  }));
}

// More than a batch of sources, so that later batches are not begun either.
TEST(Distances, EndWhenNoMoreAreWanted) {
  StoredMultigraphs stored(200);
  std::vector<NodeId> sources = NodesOf(SomeSources(stored, 0, 200));
  ASSERT_GT(sources.size(), 64u);
  std::size_t pairs = 0;
  Must(VisitDistances(stored.Snapshot(), {}, sources, kAnyHops, [&](const SourcesOfNode&) {
    ++pairs;
    return true;
  }));
  for (const std::size_t wanted : {std::size_t{1}, std::size_t{65}, pairs / 2, pairs}) {
    std::size_t visits = 0;
    Must(VisitDistances(stored.Snapshot(), {}, sources, kAnyHops,
                        [&](const SourcesOfNode&) { return ++visits < wanted; }));
    EXPECT_EQ(visits, wanted);
  }
}

}  // namespace
}  // namespace plenum
