// Several threads on one piece of work: everything is done once, polls are asked, errors end it.
#include "engine/traversal/workers.h"

#include <gtest/gtest.h>

#include <numeric>

namespace plenum::traversal {
namespace {

TEST(Workers, EachPieceIsDoneOnce) {
  for (const unsigned threads : {1u, 2u, 4u}) {
    const RunOptions options{.threads = threads};
    Workers workers(options);
    for (std::uint64_t size : {0u, 1u, 7u, 100u, 100'000u}) {
      std::vector<std::uint32_t> done(size, 0);
      const Status status = workers.ForEachRange(size, 7, [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
        EXPECT_LT(worker, threads);
        for (std::uint64_t i = begin; i < end; ++i) ++done[i];
      });
      EXPECT_TRUE(status.ok());
      EXPECT_EQ(std::accumulate(done.begin(), done.end(), std::uint64_t{0}), size);
    }
  }
}

TEST(Workers, AnErrorOfThePollEndsTheWork) {
  for (const unsigned threads : {1u, 2u}) {
    double told = 0;
    const RunOptions options{.threads = threads, .poll = [&](double done) -> Status {
                               EXPECT_GE(done, told);
                               told = done;
                               if (done < 0.01) return {};
                               return Error{ErrorType::kCancelled, "", "stopped"};
                             }};
    constexpr std::uint64_t kSize = std::uint64_t{1} << 40;
    Workers workers(options, kSize / 1000);
    const Status status = workers.ForEachRange(kSize, 1000, [&](std::uint64_t, std::uint64_t, unsigned) {});
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kCancelled);
    EXPECT_GE(told, 0.01);
  }
}

}  // namespace
}  // namespace plenum::traversal
