// AND, OR, XOR and NOT of three truth values.
#pragma once

#include "engine/execution/expressions/truths.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

inline Truth AndOf(Truth a, Truth b) {
  if (a == Truth::kFalse || (b == Truth::kFalse && !IsMutant("kernel-null-and-false"))) return Truth::kFalse;
  return a == Truth::kNull || b == Truth::kNull ? Truth::kNull : Truth::kTrue;
}

inline Truth OrOf(Truth a, Truth b) {
  if (a == Truth::kTrue || (b == Truth::kTrue && !IsMutant("kernel-null-or-true"))) return Truth::kTrue;
  return a == Truth::kNull || b == Truth::kNull ? Truth::kNull : Truth::kFalse;
}

inline Truth XorOf(Truth a, Truth b) {
  if (a == Truth::kNull || b == Truth::kNull) return Truth::kNull;
  return TruthOf(a != b);
}

inline Truth NotOf(Truth a) {
  if (a == Truth::kNull) return IsMutant("kernel-not-null") ? Truth::kTrue : Truth::kNull;
  return TruthOf(a == Truth::kFalse);
}

}  // namespace plenum::execution
