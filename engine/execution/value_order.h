// Lists of values as keys: grouping, DISTINCT and sorting, all by Order.
#pragma once

#include <algorithm>
#include <compare>

#include "plenum/value.h"

namespace plenum::execution {

// Compares lists of values element by element, by Order; equal means the same group.
struct ListOrder {
  bool operator()(const List& a, const List& b) const {
    return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), Order) < 0;
  }
};

}  // namespace plenum::execution
