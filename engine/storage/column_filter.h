// The inner loops of a column's filters: a lane of numbers against a range, 64 numbers to a word of the selection.
//
// Each clears the bits of the numbers that are outside; words without bits are passed over. They run on AVX2 where the
// machine has it; the twins ending in Plainly do the same one number after the other, anywhere.
#pragma once

#include <cstdint>
#include <span>

namespace plenum::storage {

// T is u8, u16, u32 or u64. Keeps the numbers in least … least + span (which is no more than T holds); lane holds 64
// numbers for each word.
template <class T>
void FilterLane(const T* lane, T least, T span, std::span<std::uint64_t> selection);
template <class T>
void FilterLanePlainly(const T* lane, T least, T span, std::span<std::uint64_t> selection);

// Keeps what is in least … greatest; never NaN.
void FilterFloats(const double* lane, double least, double greatest, std::span<std::uint64_t> selection);
void FilterFloatsPlainly(const double* lane, double least, double greatest, std::span<std::uint64_t> selection);

}  // namespace plenum::storage
