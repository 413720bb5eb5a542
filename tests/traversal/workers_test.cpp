// Several threads on one piece of work: everything is done once, polls are asked, errors end it.
#include "engine/traversal/workers.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <new>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "engine/traversal/barrier.h"

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

TEST(Workers, WhatOneThreadThrowsIsThrownOnWhenAllHaveEnded) {
  const RunOptions options{.threads = 3};
  for (unsigned thrower = 0; thrower < 3; ++thrower) {
    Workers workers(options);
    ASSERT_EQ(workers.count(), 3u);
    std::atomic<unsigned> ended{0};
    const auto work = [&](unsigned worker) {
      if (worker == thrower) throw std::bad_alloc();
      while (workers.GoesOn(worker, 1)) std::this_thread::yield();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      ++ended;
    };
    EXPECT_THROW((void)workers.Run(work), std::bad_alloc);
    EXPECT_EQ(ended.load(), 2u);
  }
}

TEST(Workers, PiecesEndWhenOneThrows) {
  for (const unsigned threads : {1u, 2u}) {
    const RunOptions options{.threads = threads};
    Workers workers(options);
    const auto work = [](std::uint64_t begin, std::uint64_t, unsigned) {
      if (begin > 1000) throw std::bad_alloc();
    };
    EXPECT_THROW((void)workers.ForEachRange(std::uint64_t{1} << 40, 10, work), std::bad_alloc);
  }
}

TEST(Workers, WhatThePollThrowsIsThrownOnWhenAllHaveEnded) {
  for (const unsigned threads : {1u, 2u}) {
    const RunOptions options{.threads = threads, .poll = [](double) -> Status { throw std::runtime_error("enough"); }};
    Workers workers(options);
    std::atomic<int> at_work{0};
    const auto work = [&](std::uint64_t, std::uint64_t, unsigned) {
      ++at_work;
      std::this_thread::yield();
      --at_work;
    };
    EXPECT_THROW((void)workers.ForEachRange(std::uint64_t{1} << 40, 10, work), std::runtime_error);
    EXPECT_EQ(at_work.load(), 0);
  }
}

// The calling thread has nothing left to do, but polls.
TEST(Workers, PollsWhileOthersWork) {
  unsigned asked = 0;
  const RunOptions options{.threads = 2, .poll = [&](double) -> Status {
                             if (++asked < 5) return {};
                             return Error{ErrorType::kCancelled, "", "stopped"};
                           }};
  Workers workers(options);
  const Status status = workers.Run([&](unsigned worker) {
    while (worker != 0 && workers.GoesOn(worker, 1)) std::this_thread::yield();
  });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(asked, 5u);
}

// No system has room for such stacks.
TEST(Workers, GoOnWithTheThreadsThereAre) {
  pthread_attr_t before, huge;
  ASSERT_EQ(pthread_getattr_default_np(&before), 0);
  ASSERT_EQ(pthread_attr_init(&huge), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&huge, std::size_t{1} << 46), 0);
  ASSERT_EQ(pthread_setattr_default_np(&huge), 0);
  const RunOptions options{.threads = 4};
  Workers workers(options);
  EXPECT_EQ(workers.count(), 1u);
  ASSERT_EQ(pthread_setattr_default_np(&before), 0);
  pthread_attr_destroy(&before);
  pthread_attr_destroy(&huge);
  workers.Grow(2);
  EXPECT_EQ(workers.count(), 2u);
  std::atomic<std::uint64_t> done{0};
  EXPECT_TRUE(
      workers.ForEachRange(1000, 7, [&](std::uint64_t begin, std::uint64_t end, unsigned) { done += end - begin; })
          .ok());
  EXPECT_EQ(done.load(), 1000u);
}

TEST(Barrier, LetsGoOfAllWhenItIsBroken) {
  Barrier barrier(3);
  std::atomic<unsigned> let_go{0};
  const auto wait = [&] {
    EXPECT_TRUE(barrier.Wait());
    EXPECT_FALSE(barrier.Wait());
    ++let_go;
  };
  std::thread first(wait), second(wait);
  EXPECT_TRUE(barrier.Wait());
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(let_go.load(), 0u);
  barrier.Break();
  first.join();
  second.join();
  EXPECT_EQ(let_go.load(), 2u);
  EXPECT_FALSE(barrier.Wait());
}

}  // namespace
}  // namespace plenum::traversal
