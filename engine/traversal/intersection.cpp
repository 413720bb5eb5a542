// The kernels, and the choice between them. See intersection.h.
#include "engine/traversal/intersection.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <algorithm>
#include <array>
#include <utility>

namespace plenum::traversal {
namespace {

// |longer| / |shorter| from which on the next kernel is the faster one.
constexpr std::size_t kBroadcastRatio = 6;
constexpr std::size_t kGallopBlocksRatio = 200;
constexpr std::size_t kGallopRatio = 10;  // without AVX2

// One step for the smaller of two numbers, or for both, without a branch on which it is.
template <bool kWrite>
std::size_t Merge(Numbers a, Numbers b, std::uint32_t* out) {
  std::size_t found = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t x = a[i], y = b[j];
    if constexpr (kWrite) out[found] = x;
    found += x == y;
    i += x <= y;
    j += y <= x;
  }
  return found;
}

// The first place from `from` on whose number is at least `number`: steps that double, then halve.
std::size_t Gallop(Numbers list, std::size_t from, std::uint32_t number) {
  std::size_t step = 1, end = from;
  while (end < list.size() && list[end] < number) {
    from = end + 1;
    end += step;
    step *= 2;
  }
  const auto begin = list.begin();
  end = std::min(end, list.size());
  return static_cast<std::size_t>(
      std::lower_bound(begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(end), number) -
      begin);
}

template <bool kWrite>
std::size_t GallopThrough(Numbers shorter, Numbers longer, std::uint32_t* out) {
  std::size_t found = 0, place = 0;
  for (const std::uint32_t number : shorter) {
    place = Gallop(longer, place, number);
    if (place == longer.size()) break;
    if constexpr (kWrite) out[found] = number;
    found += longer[place] == number;
  }
  return found;
}

#if defined(__x86_64__)

constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlock = 4 * kLanes;

// For each set of lanes, as bits: those lanes first, in order.
constexpr std::array<std::array<std::uint32_t, kLanes>, 256> LanesFirst() {
  std::array<std::array<std::uint32_t, kLanes>, 256> table{};
  for (std::uint32_t lanes = 0; lanes < 256; ++lanes) {
    std::size_t next = 0;
    for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
      if (lanes >> lane & 1) table[lanes][next++] = lane;
    }
  }
  return table;
}
alignas(32) constexpr auto kLanesFirst = LanesFirst();

__attribute__((target("avx2"))) inline __m256i Load(const std::uint32_t* numbers) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers));
}

// The lanes of `a` whose number is in any lane of `b`: `b` is turned by one lane seven times.
__attribute__((target("avx2"))) inline std::uint32_t LanesInBoth(__m256i a, __m256i b) {
  const __m256i next_lane = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0);
  __m256i equal = _mm256_cmpeq_epi32(a, b);
  for (std::size_t turn = 1; turn < kLanes; ++turn) {
    b = _mm256_permutevar8x32_epi32(b, next_lane);
    equal = _mm256_or_si256(equal, _mm256_cmpeq_epi32(a, b));
  }
  return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(equal)));
}

// Blocks of 8 of both lists, each number of one against each of the other; then on to the next block of the list whose
// block ends first.
template <bool kWrite>
__attribute__((target("avx2,popcnt"))) std::size_t AllPairs(Numbers a, Numbers b, std::uint32_t* out) {
  std::size_t found = 0, i = 0, j = 0;
  while (i + kLanes <= a.size() && j + kLanes <= b.size()) {
    const __m256i numbers = Load(&a[i]);
    const std::uint32_t lanes = LanesInBoth(numbers, Load(&b[j]));
    if constexpr (kWrite) {
      const __m256i in_front = _mm256_permutevar8x32_epi32(numbers, Load(kLanesFirst[lanes].data()));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + found), in_front);
    }
    found += static_cast<unsigned>(__builtin_popcount(lanes));
    const std::uint32_t last_of_a = a[i + kLanes - 1], last_of_b = b[j + kLanes - 1];
    i += last_of_a <= last_of_b ? kLanes : 0;
    j += last_of_b <= last_of_a ? kLanes : 0;
  }
  return found + Merge<kWrite>(a.subspan(i), b.subspan(j), out + found);
}

__attribute__((target("avx2"))) inline bool BlockHas(const std::uint32_t* block, std::uint32_t number) {
  const __m256i all = _mm256_set1_epi32(static_cast<int>(number));
  const __m256i lower = _mm256_or_si256(_mm256_cmpeq_epi32(all, Load(block)), _mm256_cmpeq_epi32(all, Load(block + 8)));
  const __m256i upper =
      _mm256_or_si256(_mm256_cmpeq_epi32(all, Load(block + 16)), _mm256_cmpeq_epi32(all, Load(block + 24)));
  const __m256i any = _mm256_or_si256(lower, upper);
  return _mm256_testz_si256(any, any) == 0;
}

// The first block of 32, from the one at `from` on, whose last number is at least `number`; past the whole ones if
// none. One block after the other, or in steps that double, then halve.
template <bool kGallop>
std::size_t FindBlock(Numbers list, std::size_t from, std::uint32_t number) {
  const auto ends_before = [&](std::size_t block) { return list[block + kBlock - 1] < number; };
  const std::size_t end = from + (list.size() - from) / kBlock * kBlock;
  if constexpr (!kGallop) {
    while (from < end && ends_before(from)) from += kBlock;
    return from;
  }
  std::size_t step = kBlock, probe = from;
  while (probe < end && ends_before(probe)) {
    from = probe + kBlock;
    probe += step;
    step *= 2;
  }
  probe = std::min(probe, end);
  while (from < probe) {
    const std::size_t middle = from + (probe - from) / kBlock / 2 * kBlock;
    ends_before(middle) ? from = middle + kBlock : probe = middle;
  }
  return from;
}

// Each number of the shorter list against the one block of the longer that may have it.
template <bool kWrite, bool kGallop>
__attribute__((target("avx2"))) std::size_t Broadcast(Numbers shorter, Numbers longer, std::uint32_t* out) {
  std::size_t found = 0, block = 0;
  for (std::size_t i = 0; i < shorter.size(); ++i) {
    const std::uint32_t number = shorter[i];
    block = FindBlock<kGallop>(longer, block, number);
    if (block + kBlock > longer.size()) {
      return found + Merge<kWrite>(shorter.subspan(i), longer.subspan(block), out + found);
    }
    if constexpr (kWrite) out[found] = number;
    found += BlockHas(&longer[block], number);
  }
  return found;
}

bool HasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"); }

#endif

template <bool kWrite>
std::size_t Intersect(Numbers shorter, Numbers longer, std::uint32_t* out) {
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter.empty() || shorter.front() > longer.back() || longer.front() > shorter.back()) return 0;
#if defined(__x86_64__)
  if (HasAvx2()) {
    if (longer.size() < kBroadcastRatio * shorter.size()) return AllPairs<kWrite>(shorter, longer, out);
    if (longer.size() < kGallopBlocksRatio * shorter.size()) return Broadcast<kWrite, false>(shorter, longer, out);
    return Broadcast<kWrite, true>(shorter, longer, out);
  }
#endif
  if (longer.size() < kGallopRatio * shorter.size()) return Merge<kWrite>(shorter, longer, out);
  return GallopThrough<kWrite>(shorter, longer, out);
}

// Where the run of equal numbers that begins at `begin` ends.
std::size_t EndOfRun(Numbers list, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < list.size() && list[end] == list[begin]) ++end;
  return end;
}

// on_run(MatchingRun) for each number in both.
template <class OnRun>
void ForEachMatchingRun(Numbers a, Numbers b, OnRun on_run) {
  const bool gallop_in_a = a.size() >= kGallopRatio * b.size(), gallop_in_b = b.size() >= kGallopRatio * a.size();
  for (std::size_t i = 0, j = 0;;) {
    while (i < a.size() && j < b.size() && a[i] != b[j]) {
      if (gallop_in_a && a[i] < b[j]) {
        i = Gallop(a, i, b[j]);
      } else if (gallop_in_b && b[j] < a[i]) {
        j = Gallop(b, j, a[i]);
      } else {
        const bool a_is_behind = a[i] < b[j];  // no branch on it: nothing could predict it
        i += a_is_behind;
        j += !a_is_behind;
      }
    }
    if (i == a.size() || j == b.size()) return;
    const std::size_t i_end = EndOfRun(a, i), j_end = EndOfRun(b, j);
    on_run(MatchingRun{a[i], i, i_end - i, j, j_end - j});
    i = i_end;
    j = j_end;
  }
}

// `Count` if there is nowhere to write to, else `Write`.
template <IntersectionKernel Count, IntersectionKernel Write>
std::size_t CountOrWrite(Numbers shorter, Numbers longer, std::uint32_t* out) {
  return out == nullptr ? Count(shorter, longer, out) : Write(shorter, longer, out);
}

}  // namespace

std::size_t CountCommon(Numbers a, Numbers b) { return Intersect<false>(a, b, nullptr); }

std::size_t WriteCommon(Numbers a, Numbers b, std::uint32_t* out) { return Intersect<true>(a, b, out); }

std::uint64_t CountCommonPairs(Numbers a, Numbers b) {
  std::uint64_t pairs = 0;
  ForEachMatchingRun(a, b, [&](const MatchingRun& run) { pairs += std::uint64_t{run.count_in_a} * run.count_in_b; });
  return pairs;
}

void AppendMatchingRuns(Numbers a, Numbers b, std::vector<MatchingRun>& runs) {
  ForEachMatchingRun(a, b, [&](const MatchingRun& run) { runs.push_back(run); });
}

IntersectionKernel FindIntersectionKernel(IntersectionMethod method) {
  if (method == IntersectionMethod::kMerge) return CountOrWrite<Merge<false>, Merge<true>>;
  if (method == IntersectionMethod::kGallop) return CountOrWrite<GallopThrough<false>, GallopThrough<true>>;
#if defined(__x86_64__)
  if (!HasAvx2()) return nullptr;
  if (method == IntersectionMethod::kAllPairs) return CountOrWrite<AllPairs<false>, AllPairs<true>>;
  if (method == IntersectionMethod::kBroadcast) return CountOrWrite<Broadcast<false, false>, Broadcast<true, false>>;
  return CountOrWrite<Broadcast<false, true>, Broadcast<true, true>>;
#else
  return nullptr;
#endif
}

}  // namespace plenum::traversal
