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
  const Multigraph graph = CliquesAndHubs(60'000, 10, 1);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, kBothDirections);
  for (const unsigned threads : {1u, 2u}) {
    double told = 0;
    RunOptions options{.threads = threads, .poll = [&](double done) -> Status {
                         EXPECT_GE(done, told);
                         EXPECT_LE(done, 1);
                         told = done;
                         return {};
                       }};
    ASSERT_TRUE(CountTriads(projection, options));
    EXPECT_GT(told, 0.2);
    for (const double end_at : {0.0, 0.2}) {
      options.poll = [&](double done) -> Status {
        if (done < end_at) return {};
        return Error{ErrorType::kCancelled, "", "stopped"};
      };
      const auto answer = CountTriads(projection, options);
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().type, ErrorType::kCancelled);
    }
  }
}

}  // namespace
}  // namespace plenum
