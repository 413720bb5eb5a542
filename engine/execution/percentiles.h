// The accumulators of percentileDisc and percentileCont. Private to this folder.
#pragma once

#include <memory>

#include "engine/execution/aggregates.h"

namespace plenum::execution {

// The value of rank ⌈percentile · count⌉: one of the values, as it came.
std::unique_ptr<Accumulator> MakePercentileDisc();
// Between the two values next to percentile · (count - 1), in proportion: a float.
std::unique_ptr<Accumulator> MakePercentileCont();

}  // namespace plenum::execution
