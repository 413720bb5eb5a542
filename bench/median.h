// The median of what was measured.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace plenum::bench {

// Of several values, or of one; the larger one in the middle where there are two. Puts them into another order.
inline double Median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace plenum::bench
