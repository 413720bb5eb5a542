// Intersections against a search for each number, and for lists with repeats against all pairs of places.
#include "engine/traversal/intersection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <set>

namespace plenum::traversal {
namespace {

using List = std::vector<std::uint32_t>;

constexpr std::uint32_t kUntouched = 0xDEADBEEF;

// Distinct numbers, ascending; now and then the least and the greatest that there are.
List DrawDistinct(std::size_t size_max, std::uint32_t range, std::mt19937& random) {
  std::set<std::uint32_t> numbers;
  const std::size_t draws = random() % (size_max + 1);
  for (std::size_t i = 0; i < draws; ++i) numbers.insert(static_cast<std::uint32_t>(random() % range));
  if (random() % 4 == 0) numbers.insert({0, std::numeric_limits<std::uint32_t>::max()});
  if (random() % 4 == 0) numbers.insert(1u << 31);
  return {numbers.begin(), numbers.end()};
}

List DrawWithRepeats(std::size_t size_max, std::uint32_t range, std::mt19937& random) {
  List list(random() % (size_max + 1));
  for (std::uint32_t& number : list) number = static_cast<std::uint32_t>(random() % range);
  std::ranges::sort(list);
  return list;
}

List CommonBySearch(const List& a, const List& b) {
  List common;
  for (const std::uint32_t number : a) {
    if (std::ranges::find(b, number) != b.end()) common.push_back(number);
  }
  return common;
}

// What `write` writes, after checking that it stays within the room that it asks for.
template <class Write>
List Written(std::size_t size_min, Write write) {
  List out(size_min + kWriteSlack + 4, kUntouched);
  const std::size_t found = write(out.data());
  EXPECT_LE(found, size_min);
  EXPECT_TRUE(std::all_of(out.end() - 4, out.end(), [](std::uint32_t number) { return number == kUntouched; }));
  out.resize(std::min(found, size_min));
  return out;
}

void ExpectSameBySearch(const List& a, const List& b) {
  const List common = CommonBySearch(a, b);
  const std::size_t size_min = std::min(a.size(), b.size());
  ASSERT_EQ(CountCommon(a, b), common.size());
  ASSERT_EQ(CountCommonPairs(a, b), common.size());
  ASSERT_EQ(Written(size_min, [&](std::uint32_t* out) { return WriteCommon(a, b, out); }), common);
  const auto& [shorter, longer] = a.size() <= b.size() ? std::tie(a, b) : std::tie(b, a);
  for (const auto method : {IntersectionMethod::kMerge, IntersectionMethod::kGallop, IntersectionMethod::kAllPairs,
                            IntersectionMethod::kBroadcast, IntersectionMethod::kGallopBlocks}) {
    const IntersectionKernel kernel = FindIntersectionKernel(method);
    if (kernel == nullptr) continue;
    ASSERT_EQ(kernel(shorter, longer, nullptr), common.size()) << "method " << static_cast<int>(method);
    ASSERT_EQ(Written(size_min, [&](std::uint32_t* out) { return kernel(shorter, longer, out); }), common)
        << "method " << static_cast<int>(method);
  }
}

TEST(Intersection, OfDistinctNumbersIsWhatASearchFinds) {
  std::mt19937 random(1);
  constexpr std::size_t kSizes[] = {0, 1, 7, 8, 9, 20, 70};
  constexpr std::uint32_t kRanges[] = {10, 40, 100, 400};
  for (int i = 0; i < 10'000; ++i) {
    const std::uint32_t range = kRanges[random() % 4];
    ExpectSameBySearch(DrawDistinct(kSizes[random() % 7], range, random),
                       DrawDistinct(kSizes[random() % 7], range, random));
    ASSERT_FALSE(HasFailure()) << "draw " << i;
  }
}

TEST(Intersection, OfListsOfDifferentSizesIsWhatASearchFinds) {
  std::mt19937 random(2);
  for (const std::size_t longer : {100u, 1000u, 10'000u}) {
    for (const std::size_t shorter : {1u, 4u, 30u, 300u}) {
      for (int i = 0; i < 20; ++i) {
        const List a = DrawDistinct(shorter, static_cast<std::uint32_t>(3 * longer), random);
        const List b = DrawDistinct(longer, static_cast<std::uint32_t>(1 + random() % (3 * longer)), random);
        ExpectSameBySearch(a, b);
        ExpectSameBySearch(b, a);
        ASSERT_FALSE(HasFailure()) << shorter << " and " << longer;
      }
    }
  }
}

TEST(Intersection, OfListsWithRepeatsIsEveryPairOfPlaces) {
  std::mt19937 random(3);
  for (int i = 0; i < 10'000; ++i) {
    const std::uint32_t range = 1 + random() % 60;
    const List a = DrawWithRepeats(random() % 2 == 0 ? 3 : 60, range, random);
    const List b = DrawWithRepeats(random() % 2 == 0 ? 3 : 60, range, random);
    std::uint64_t pairs = 0;
    for (const std::uint32_t x : a) pairs += static_cast<std::uint64_t>(std::ranges::count(b, x));
    ASSERT_EQ(CountCommonPairs(a, b), pairs) << "draw " << i;

    std::vector<MatchingRun> runs;
    AppendMatchingRuns(a, b, runs);
    List numbers;
    for (const MatchingRun& run : runs) {
      numbers.push_back(run.number);
      ASSERT_EQ(run.count_in_a, static_cast<std::size_t>(std::ranges::count(a, run.number)));
      ASSERT_EQ(run.count_in_b, static_cast<std::size_t>(std::ranges::count(b, run.number)));
      ASSERT_EQ(run.in_a, static_cast<std::size_t>(std::ranges::find(a, run.number) - a.begin()));
      ASSERT_EQ(run.in_b, static_cast<std::size_t>(std::ranges::find(b, run.number) - b.begin()));
    }
    List expected = CommonBySearch(a, b);
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    ASSERT_EQ(numbers, expected) << "draw " << i;
  }
}

TEST(Intersection, WithAMarkedListIsWhatASearchFinds) {
  std::mt19937 random(4);
  MarkedNumbers marked(300);
  for (int i = 0; i < 1000; ++i) {
    const List a = DrawWithRepeats(80, 300, random), b = DrawWithRepeats(80, 300, random);
    marked.Mark(a);
    const List common = CommonBySearch(b, a);
    EXPECT_EQ(marked.CountIn(b), common.size());
    List out = b;
    out.resize(marked.WriteIn(out, out.data()));
    EXPECT_EQ(out, common);
    marked.Clear(a);
    EXPECT_EQ(marked.CountIn(a), 0u);
  }
}

}  // namespace
}  // namespace plenum::traversal
