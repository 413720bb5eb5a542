// What two ascending lists of numbers have in common: the neighbours that two nodes share, the candidates that two
// conditions leave.
//
// CountCommon and WriteCommon take lists of distinct numbers, and choose by longer / shorter, in numbers. Nanoseconds
// per number of both lists together (bench/intersection_benchmark.cpp; one core of an AMD Zen 5; the lists drawn from a
// range of four times the longer one), the chosen one in brackets:
//
//   ratio                      1     3     6     8    12    20    50    100   1000
//   with AVX2
//     all pairs, below 6    [0.29  0.27] 0.26  0.27  0.26  0.26  0.26  0.26  0.31   every number is looked at
//     broadcast, below 200   0.94  0.56 [0.27  0.18  0.14  0.08  0.04  0.03] 0.013  one test a number of the shorter
//     gallop over blocks     0.92  0.63  0.56  0.25  0.14  0.09  0.05  0.03 [0.007] does not even look at each block
//   without
//     merge, below 10       [1.7   1.8   1.9   1.9]  1.9   1.9   1.8   1.9   1.9
//     gallop                 5.2   3.7   2.3   1.9  [1.6   1.1   0.33  0.09  0.013]
//
// (Shorter lists of 1000, of 100 at ratio 1000.) The thresholds are round numbers near where two are alike: with 100 in
// the shorter list, broadcast passes all pairs at 5 to 8, and galloping passes broadcast at 50 to 200.
//
// For one list against many: MarkedNumbers.
//
// Methods: all pairs of blocks of 8 (H. Inoue, M. Ohara, K. Taura, "Faster Set Intersection with SIMD instructions by
// Reducing Branch Mispredictions", 2014; B. Schlegel, T. Willhalm, W. Lehner, "Fast Sorted-Set Intersection using SIMD
// Instructions", 2011); one number against blocks of 32, and galloping over these (D. Lemire, L. Boytsov, N. Kurz,
// "SIMD Compression and the Intersection of Sorted Integers", 2016); galloping (J. Bentley, A. Yao, "An Almost Optimal
// Algorithm for Unbounded Searching", 1976).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plenum::traversal {

using Numbers = std::span<const std::uint32_t>;

// How many numbers are in both. Requires that either is strictly ascending.
std::size_t CountCommon(Numbers a, Numbers b);

// Writes those numbers to `out`, ascending, and returns how many. Up to kWriteSlack more numbers at `out` may be
// overwritten, so that it needs room for min(|a|, |b|) + kWriteSlack, apart from both lists.
inline constexpr std::size_t kWriteSlack = 8;
std::size_t WriteCommon(Numbers a, Numbers b, std::uint32_t* out);

// For lists in which a number may be repeated, as the other end of parallel edges is: ascending, not strictly. What
// they have in common is pairs of places, one in each list, with the same number: of a number that is k times in one
// list and l times in the other, k × l. For lists of distinct numbers that is CountCommon.
std::uint64_t CountCommonPairs(Numbers a, Numbers b);

// A number that is in both lists, and where: a[in_a] to a[in_a + count_in_a - 1], likewise b.
struct MatchingRun {
  std::uint32_t number = 0;
  std::size_t in_a = 0, count_in_a = 0;
  std::size_t in_b = 0, count_in_b = 0;
};
// Appends a run for each number in both, ascending. All pairs are those of each run.
void AppendMatchingRuns(Numbers a, Numbers b, std::vector<MatchingRun>& runs);

// One list, marked in a bitmap, to be intersected with many: 0.2 to 0.5 ns for each number of the others, whatever the
// size of the one. So it pays where the one is the longer list, and where there is no AVX2; and where the range of
// numbers, a bit each, fits into a cache.
class MarkedNumbers {
 public:
  // Of numbers below `end`.
  explicit MarkedNumbers(std::uint32_t end) : words_(std::size_t{end} / 64 + 1) {}

  void Mark(Numbers numbers) {
    for (const std::uint32_t number : numbers) words_[number / 64] |= std::uint64_t{1} << (number % 64);
  }
  // Of all that is marked, in time of the list and not of the range. Requires that `numbers` has all that was marked.
  void Clear(Numbers numbers) {
    for (const std::uint32_t number : numbers) words_[number / 64] = 0;
  }

  // 0 or 1.
  std::uint64_t Has(std::uint32_t number) const { return words_[number / 64] >> (number % 64) & 1; }
  // How many places of the list have a marked number; it need not be sorted.
  std::size_t CountIn(Numbers numbers) const {
    std::size_t found = 0;
    for (const std::uint32_t number : numbers) found += Has(number);
    return found;
  }
  // Writes what is at these places to `out`, in their order; it needs room for as many as the list has, and may be the
  // list itself.
  std::size_t WriteIn(Numbers numbers, std::uint32_t* out) const {
    std::size_t found = 0;
    for (const std::uint32_t number : numbers) {
      out[found] = number;
      found += Has(number);
    }
    return found;
  }

 private:
  std::vector<std::uint64_t> words_;
};

// One way to intersect; for tests and measurements, which compare them. `shorter` is not the longer one. `out` is null
// if nothing shall be written.
enum class IntersectionMethod : std::uint8_t { kMerge, kGallop, kAllPairs, kBroadcast, kGallopBlocks };
using IntersectionKernel = std::size_t (*)(Numbers shorter, Numbers longer, std::uint32_t* out);
// Null where this processor cannot run it.
IntersectionKernel FindIntersectionKernel(IntersectionMethod method);

}  // namespace plenum::traversal
