// What readers and commits pay for the cache of decoded blocks, when all that is asked for is in it: one find, a find
// and a look at the block's changes, entering and leaving a batch, and the publication of a commit.
#include <benchmark/benchmark.h>

#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "engine/graph/block_cache.h"

namespace plenum::bench {
namespace {

using graph::CommitNumber;
using IntegerBlock = graph::Block<std::uint64_t, std::uint64_t>;

constexpr std::uint32_t kBlocks = 4096;
constexpr std::uint32_t kKeys = 4096;

struct Filled {
  explicit Filled(std::uint32_t changed_keys) {
    const graph::EpochGuard guard(reader);
    for (std::uint32_t number = 0; number < kBlocks; ++number) {
      auto block = std::make_unique<IntegerBlock>(1, 1000, number);
      cache.Install(table, number, block);
    }
    graph::Publication publication = cache.Publish(2);
    for (std::uint32_t number = 0; changed_keys > 0 && number < kBlocks; ++number) {
      auto* block = publication.Touch<IntegerBlock>(table, number);
      for (std::uint32_t i = 0; i < changed_keys; ++i) publication.Add(*block, i * (kKeys / changed_keys), i * 1ul, 0);
    }
    publication.Finish([] {});
  }

  graph::BlockCache cache{{.bytes_max = std::size_t{1} << 30, .change_bytes_max = std::size_t{1} << 30}};
  graph::SlotTable& table = cache.AddTable();
  graph::EpochParticipant reader{cache.epochs()};
};

std::vector<std::pair<std::uint32_t, std::uint32_t>> RandomPlaces() {
  std::mt19937 random(1);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places(1 << 12);
  for (auto& place : places) place = {random() % kBlocks, random() % kKeys};
  return places;
}

void Find(benchmark::State& state) {
  Filled filled(0);
  const graph::EpochGuard guard(filled.reader);
  const auto places = RandomPlaces();
  std::size_t i = 0;
  for (auto _ : state) {
    const auto* block = filled.table.Find<IntegerBlock>(places[i++ % places.size()].first, 2);
    benchmark::DoNotOptimize(block->content);
  }
}

// With so many changed keys in each block, of 4096.
void FindWithChanges(benchmark::State& state) {
  Filled filled(static_cast<std::uint32_t>(state.range(0)));
  const graph::EpochGuard guard(filled.reader);
  const auto places = RandomPlaces();
  std::size_t i = 0;
  for (auto _ : state) {
    const auto& [number, key] = places[i++ % places.size()];
    const auto* block = filled.table.Find<IntegerBlock>(number, 2);
    const std::uint64_t* change = block->changes.Find(key, 2);
    benchmark::DoNotOptimize(change ? *change : block->content);
  }
}

void EnterAndLeave(benchmark::State& state) {
  Filled filled(0);
  for (auto _ : state) {
    const graph::EpochGuard guard(filled.reader);
    benchmark::ClobberMemory();
  }
}

// A commit that changes a key in each of so many blocks.
void Publish(benchmark::State& state) {
  Filled filled(1);
  const auto places = RandomPlaces();
  CommitNumber commit = 2;
  std::size_t i = 0;
  for (auto _ : state) {
    graph::Publication publication = filled.cache.Publish(++commit);
    for (int touched = 0; touched < state.range(0); ++touched) {
      const auto& [number, key] = places[i++ % places.size()];
      publication.Add(*publication.Touch<IntegerBlock>(filled.table, number), key, commit, 0);
    }
    publication.Finish([] {});
  }
}

BENCHMARK(Find);
BENCHMARK(FindWithChanges)->Arg(0)->Arg(4)->Arg(256);
BENCHMARK(EnterAndLeave);
BENCHMARK(Publish)->Arg(1)->Arg(8)->Arg(64)->Iterations(20000);

}  // namespace
}  // namespace plenum::bench
