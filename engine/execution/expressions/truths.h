// The three truth values, for many rows.
#pragma once

#include "engine/execution/batch.h"

namespace plenum::execution {

enum class Truth : std::uint8_t { kFalse, kTrue, kNull };

inline Truth TruthOf(bool truth) { return truth ? Truth::kTrue : Truth::kFalse; }

// Of the batch's rows; raises TypeError InvalidArgumentType where one is neither a Boolean nor null.
void ReadTruths(const Vector& vector, const Batch& batch, Truth* truths);
// Makes a vector of them.
void WriteTruths(const Truth* truths, const Batch& batch, Vector& vector);

}  // namespace plenum::execution
