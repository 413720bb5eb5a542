// The triad census by several threads: the same as by one, and ended by the poll.
#include <gtest/gtest.h>

#include "plenum/triads.h"
#include "tests/traversal/cliques.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

constexpr Projection::Form kBothDirections{.incoming = true};

TEST(TriadsThreads, DoNotChangeTheAnswer) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, kBothDirections);
    ASSERT_EQ(CountTriads(projection, {.threads = 2})->counts, CountTriads(projection)->counts) << "seed " << seed;
  }
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    const Multigraph graph = CliquesAndHubs(5000, seed * 4, seed);  // large enough to be shared
    const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, kBothDirections);
    const TriadCensus census = *CountTriads(projection);
    for (const unsigned threads : {2u, 3u})
      EXPECT_EQ(CountTriads(projection, {.threads = threads})->counts, census.counts);
  }
}

TEST(TriadsThreads, EndWhenThePollSaysSo) {
  const Multigraph graph = CliquesAndHubs(100'000, 10, 1);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, kBothDirections);
  for (const unsigned threads : {1u, 2u}) {
    int polls = 0;
    RunOptions options{.threads = threads, .poll = [&](double done) -> Status {
                         EXPECT_LE(done, 1);
                         ++polls;
                         return {};
                       }};
    ASSERT_TRUE(CountTriads(projection, options));
    EXPECT_GT(polls, 0);
    const int polls_in_all = polls;
    polls = 0;
    options.poll = [&](double) -> Status {
      if (++polls < std::max(1, polls_in_all / 4)) return {};
      return Error{ErrorType::kCancelled, "", "stopped"};
    };
    const auto census = CountTriads(projection, options);
    ASSERT_FALSE(census);
    EXPECT_EQ(census.error().type, ErrorType::kCancelled);
  }
}

}  // namespace
}  // namespace plenum
