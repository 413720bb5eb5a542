// Intersection of ascending lists, by method, sizes and ratio of sizes: the figures that the thresholds in
// engine/traversal/intersection.cpp come from. "time/number" is per number of both lists. The lists are drawn from a
// range of four times the longer one. Answers are checked outside the clock.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "engine/traversal/intersection.h"

namespace plenum::traversal {
namespace {

using List = std::vector<std::uint32_t>;

// How many pairs of lists are intersected in turn, so that no branch is learnt by heart: as many as a cache holds.
std::size_t PairsOf(std::int64_t longer) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>((1 << 18) / longer, 2, 1024));
}

List DrawList(std::size_t size, std::uint32_t range, std::mt19937& random) {
  List list;
  while (list.size() < size) {
    list.push_back(static_cast<std::uint32_t>(random() % range));
    if (list.size() < size) continue;
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return list;
}

struct Lists {
  std::vector<List> shorter, longer;
  std::size_t common = 0;
  std::uint32_t range = 0;
};

Lists Draw(std::int64_t shorter, std::int64_t longer) {
  std::mt19937 random(42);
  Lists lists{.range = static_cast<std::uint32_t>(4 * longer)};
  for (std::size_t i = 0; i < PairsOf(longer); ++i) {
    lists.shorter.push_back(DrawList(static_cast<std::size_t>(shorter), lists.range, random));
    lists.longer.push_back(DrawList(static_cast<std::size_t>(longer), lists.range, random));
    List common;
    std::ranges::set_intersection(lists.shorter[i], lists.longer[i], std::back_inserter(common));
    lists.common += common.size();
  }
  return lists;
}

template <class Count>
void Measure(benchmark::State& state, const Lists& lists, Count count) {
  std::size_t found = 0;
  for (auto _ : state) {
    found = 0;
    for (std::size_t i = 0; i < lists.shorter.size(); ++i) found += count(lists.shorter[i], lists.longer[i]);
    benchmark::DoNotOptimize(found);
  }
  if (found != lists.common) return state.SkipWithError("a wrong number of common numbers");
  const auto numbers = static_cast<double>(lists.shorter.size() * (lists.shorter[0].size() + lists.longer[0].size()));
  state.counters["time/number"] =
      benchmark::Counter(numbers, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void BM_Kernel(benchmark::State& state, IntersectionMethod method, bool write) {
  const IntersectionKernel kernel = FindIntersectionKernel(method);
  if (kernel == nullptr) return state.SkipWithError("this processor has no AVX2");
  List out(static_cast<std::size_t>(state.range(0)) + kWriteSlack);
  std::uint32_t* const place = write ? out.data() : nullptr;
  Measure(state, Draw(state.range(0), state.range(1)),
          [&](Numbers shorter, Numbers longer) { return kernel(shorter, longer, place); });
}

void BM_Chosen(benchmark::State& state) { Measure(state, Draw(state.range(0), state.range(1)), CountCommon); }

void BM_CommonPairs(benchmark::State& state) { Measure(state, Draw(state.range(0), state.range(1)), CountCommonPairs); }

// The shorter list is marked once and held against all the longer ones.
void BM_Marked(benchmark::State& state) {
  Lists lists = Draw(state.range(0), state.range(1));
  lists.common = 0;
  for (const List& longer : lists.longer) lists.common += CountCommon(lists.shorter[0], longer);
  MarkedNumbers marked(lists.range);
  marked.Mark(lists.shorter[0]);
  Measure(state, lists, [&](Numbers, Numbers longer) { return marked.CountIn(longer); });
}

void SizesAndRatios(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"shorter", "longer"});
  for (const auto& [shorter, ratios] : std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>>{
           {10, {1, 8, 100, 1000}}, {100, {1, 4, 8, 12, 50, 100, 1000}}, {1000, {1, 3, 6, 8, 12, 20, 50, 100, 200}}}) {
    for (const std::int64_t ratio : ratios) benchmark->Args({shorter, shorter * ratio});
  }
}

BENCHMARK_CAPTURE(BM_Kernel, Merge, IntersectionMethod::kMerge, false)->Apply(SizesAndRatios);
BENCHMARK_CAPTURE(BM_Kernel, Gallop, IntersectionMethod::kGallop, false)->Apply(SizesAndRatios);
BENCHMARK_CAPTURE(BM_Kernel, AllPairs, IntersectionMethod::kAllPairs, false)->Apply(SizesAndRatios);
BENCHMARK_CAPTURE(BM_Kernel, Broadcast, IntersectionMethod::kBroadcast, false)->Apply(SizesAndRatios);
BENCHMARK_CAPTURE(BM_Kernel, GallopBlocks, IntersectionMethod::kGallopBlocks, false)->Apply(SizesAndRatios);
BENCHMARK_CAPTURE(BM_Kernel, WriteMerge, IntersectionMethod::kMerge, true)->Apply(SizesAndRatios);
BENCHMARK_CAPTURE(BM_Kernel, WriteAllPairs, IntersectionMethod::kAllPairs, true)->Apply(SizesAndRatios);
BENCHMARK(BM_Chosen)->Apply(SizesAndRatios);
BENCHMARK(BM_CommonPairs)->Apply(SizesAndRatios);
BENCHMARK(BM_Marked)->Apply(SizesAndRatios);

}  // namespace
}  // namespace plenum::traversal
