// What the binder knows of an expression's type before any row is seen: the set of kinds its value may have.
#pragma once

#include <cstdint>

#include "plenum/value.h"

namespace plenum::plan {

// A set of value kinds. Null is in every set of an expression that may be null; a function accepts null unless it says
// no.
class TypeSet {
 public:
  constexpr TypeSet() = default;  // empty
  constexpr TypeSet(Value::Kind kind) : bits_(1u << static_cast<unsigned>(kind)) {}

  static constexpr TypeSet Anything() { return FromBits(~0u); }

  constexpr TypeSet operator|(TypeSet other) const { return FromBits(bits_ | other.bits_); }
  constexpr TypeSet operator&(TypeSet other) const { return FromBits(bits_ & other.bits_); }
  constexpr TypeSet Without(Value::Kind kind) const { return FromBits(bits_ & ~(1u << static_cast<unsigned>(kind))); }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool contains(Value::Kind kind) const { return (bits_ >> static_cast<unsigned>(kind)) & 1u; }
  constexpr bool operator==(const TypeSet&) const = default;

 private:
  static constexpr TypeSet FromBits(std::uint32_t bits) {
    TypeSet set;
    set.bits_ = bits;
    return set;
  }
  std::uint32_t bits_ = 0;
};

constexpr TypeSet operator|(Value::Kind a, Value::Kind b) { return TypeSet(a) | TypeSet(b); }

}  // namespace plenum::plan
