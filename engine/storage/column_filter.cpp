// See column_filter.h. Whether x is in least … least + span is one comparison of unsigned numbers: x - least <= span.
#include "engine/storage/column_filter.h"

#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#define PLENUM_AVX2 __attribute__((target("avx2")))
#endif

namespace plenum::storage {
namespace {

template <class T, class IsInside>
void FilterPlainly(const T* lane, std::span<std::uint64_t> selection, IsInside is_inside) {
  for (std::uint64_t& word : selection) {
    if (word != 0) {
      std::uint64_t inside = 0;
      for (unsigned i = 0; i < 64; ++i) inside |= std::uint64_t{is_inside(lane[i])} << i;
      word &= inside;
    }
    lane += 64;
  }
}

#if defined(__x86_64__)

bool HasAvx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

PLENUM_AVX2 inline __m256i Load(const void* at) { return _mm256_loadu_si256(static_cast<const __m256i*>(at)); }

// The bits of the 64 numbers from `lane` on that are inside.
PLENUM_AVX2 inline std::uint64_t Inside(const std::uint8_t* lane, std::uint8_t least, std::uint8_t span) {
  const __m256i low = _mm256_set1_epi8(static_cast<char>(least));
  const __m256i high = _mm256_set1_epi8(static_cast<char>(span));
  std::uint64_t inside = 0;
  for (unsigned i = 0; i < 64; i += 32) {
    const __m256i above = _mm256_sub_epi8(Load(lane + i), low);
    const __m256i hits = _mm256_cmpeq_epi8(_mm256_min_epu8(above, high), above);
    inside |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(hits))} << i;
  }
  return inside;
}

PLENUM_AVX2 inline std::uint64_t Inside(const std::uint16_t* lane, std::uint16_t least, std::uint16_t span) {
  const __m256i low = _mm256_set1_epi16(static_cast<short>(least));
  const __m256i high = _mm256_set1_epi16(static_cast<short>(span));
  std::uint64_t inside = 0;
  for (unsigned i = 0; i < 64; i += 32) {
    const __m256i above = _mm256_sub_epi16(Load(lane + i), low);
    const __m256i above16 = _mm256_sub_epi16(Load(lane + i + 16), low);
    const __m256i hits = _mm256_cmpeq_epi16(_mm256_min_epu16(above, high), above);
    const __m256i hits16 = _mm256_cmpeq_epi16(_mm256_min_epu16(above16, high), above16);
    // Packing works within each half of the register: the middle quarters change places.
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(hits, hits16), 0xD8);
    inside |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(packed))} << i;
  }
  return inside;
}

PLENUM_AVX2 inline std::uint64_t Inside(const std::uint32_t* lane, std::uint32_t least, std::uint32_t span) {
  const __m256i low = _mm256_set1_epi32(static_cast<int>(least));
  const __m256i high = _mm256_set1_epi32(static_cast<int>(span));
  std::uint64_t inside = 0;
  for (unsigned i = 0; i < 64; i += 8) {
    const __m256i above = _mm256_sub_epi32(Load(lane + i), low);
    const __m256i hits = _mm256_cmpeq_epi32(_mm256_min_epu32(above, high), above);
    inside |= static_cast<std::uint64_t>(_mm256_movemask_ps(_mm256_castsi256_ps(hits))) << i;
  }
  return inside;
}

PLENUM_AVX2 inline std::uint64_t Inside(const std::uint64_t* lane, std::uint64_t least, std::uint64_t span) {
  // Signed comparison is all there is: both sides are moved by half of the range.
  const __m256i half = _mm256_set1_epi64x(INT64_MIN);
  const __m256i low = _mm256_set1_epi64x(static_cast<long long>(least));
  const __m256i high = _mm256_xor_si256(_mm256_set1_epi64x(static_cast<long long>(span)), half);
  std::uint64_t outside = 0;
  for (unsigned i = 0; i < 64; i += 4) {
    const __m256i above = _mm256_xor_si256(_mm256_sub_epi64(Load(lane + i), low), half);
    const __m256i misses = _mm256_cmpgt_epi64(above, high);
    outside |= static_cast<std::uint64_t>(_mm256_movemask_pd(_mm256_castsi256_pd(misses))) << i;
  }
  return ~outside;
}

PLENUM_AVX2 inline std::uint64_t Inside(const double* lane, double least, double greatest) {
  const __m256d low = _mm256_set1_pd(least);
  const __m256d high = _mm256_set1_pd(greatest);
  std::uint64_t inside = 0;
  for (unsigned i = 0; i < 64; i += 4) {
    const __m256d real = _mm256_loadu_pd(lane + i);
    const __m256d hits = _mm256_and_pd(_mm256_cmp_pd(real, low, _CMP_GE_OQ), _mm256_cmp_pd(real, high, _CMP_LE_OQ));
    inside |= static_cast<std::uint64_t>(_mm256_movemask_pd(hits)) << i;
  }
  return inside;
}

template <class T>
PLENUM_AVX2 void FilterByAvx2(const T* lane, T low, T high, std::span<std::uint64_t> selection) {
  for (std::uint64_t& word : selection) {
    if (word != 0) word &= Inside(lane, low, high);
    lane += 64;
  }
}

#endif

}  // namespace

template <class T>
void FilterLanePlainly(const T* lane, T least, T span, std::span<std::uint64_t> selection) {
  FilterPlainly(lane, selection, [=](T number) { return static_cast<T>(number - least) <= span; });
}

template <class T>
void FilterLane(const T* lane, T least, T span, std::span<std::uint64_t> selection) {
#if defined(__x86_64__)
  if (HasAvx2()) return FilterByAvx2(lane, least, span, selection);
#endif
  FilterLanePlainly(lane, least, span, selection);
}

void FilterFloatsPlainly(const double* lane, double least, double greatest, std::span<std::uint64_t> selection) {
  FilterPlainly(lane, selection, [=](double real) { return real >= least && real <= greatest; });
}

void FilterFloats(const double* lane, double least, double greatest, std::span<std::uint64_t> selection) {
#if defined(__x86_64__)
  if (HasAvx2()) return FilterByAvx2(lane, least, greatest, selection);
#endif
  FilterFloatsPlainly(lane, least, greatest, selection);
}

template void FilterLane(const std::uint8_t*, std::uint8_t, std::uint8_t, std::span<std::uint64_t>);
template void FilterLane(const std::uint16_t*, std::uint16_t, std::uint16_t, std::span<std::uint64_t>);
template void FilterLane(const std::uint32_t*, std::uint32_t, std::uint32_t, std::span<std::uint64_t>);
template void FilterLane(const std::uint64_t*, std::uint64_t, std::uint64_t, std::span<std::uint64_t>);
template void FilterLanePlainly(const std::uint8_t*, std::uint8_t, std::uint8_t, std::span<std::uint64_t>);
template void FilterLanePlainly(const std::uint16_t*, std::uint16_t, std::uint16_t, std::span<std::uint64_t>);
template void FilterLanePlainly(const std::uint32_t*, std::uint32_t, std::uint32_t, std::span<std::uint64_t>);
template void FilterLanePlainly(const std::uint64_t*, std::uint64_t, std::uint64_t, std::span<std::uint64_t>);

}  // namespace plenum::storage
