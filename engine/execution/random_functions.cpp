// rand and randomUUID. Each thread draws from a generator of its own, seeded by the operating system.
#include <array>
#include <cstdint>
#include <cstdio>
#include <random>

#include "engine/execution/value_functions.h"

namespace plenum::execution::functions {
namespace {

std::mt19937_64 SeededGenerator() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
  return std::mt19937_64(seed);
}

std::uint64_t RandomBits() {
  thread_local std::mt19937_64 generator = SeededGenerator();
  return generator();
}

}  // namespace

// The upper 53 bits: every multiple of 2^-53 in [0, 1) is as likely, and 1 never comes by rounding.
Value Rand(Arguments) { return static_cast<double>(RandomBits() >> 11) * 0x1p-53; }

// RFC 9562, version 4: 122 random bits.
Value RandomUuid(Arguments) {
  const std::uint64_t high = (RandomBits() & ~std::uint64_t{0xF000}) | 0x4000;
  const std::uint64_t low = (RandomBits() >> 2) | (std::uint64_t{1} << 63);
  std::array<char, 37> text{};
  std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0xFFFF),
                static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xFFFF'FFFF'FFFF));
  return Value(text.data());
}

}  // namespace plenum::execution::functions
