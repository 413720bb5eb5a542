// Random values of every storable type, many of them equal, close or at an edge.
#pragma once

#include <limits>
#include <random>
#include <string>

#include "plenum/value.h"

namespace plenum {

class RandomValues {
 public:
  explicit RandomValues(unsigned seed) : random_(seed) {}

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

  Value Scalar() {
    switch (Below(7)) {
      case 0:
        return Below(2) == 0;
      case 1:
        return Integer();
      case 2:
        return Float();
      case 3:
        return Text();
      case 4:
        return Date{Below(5) - 2};
      case 5:
        return Partial();
      default:
        return Interval{Below(3) == 0 ? std::nullopt : std::optional(Partial()),
                        Below(3) == 0 ? std::nullopt : std::optional(Partial())};
    }
  }

  Value Any() {
    if (Below(4) != 0) return Scalar();
    List list;
    for (int i = Below(4); i > 0; --i) list.push_back(Scalar());
    return list;
  }

 private:
  std::int64_t Integer() {
    constexpr std::int64_t kEdges[] = {0,
                                       1,
                                       -1,
                                       std::int64_t{1} << 53,
                                       std::int64_t{1} << 62,
                                       std::numeric_limits<std::int64_t>::max() - 2,
                                       std::numeric_limits<std::int64_t>::min() + 2};
    return kEdges[Below(7)] + (Below(5) - 2);
  }
  double Float() {
    constexpr double kEdges[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -1.0,
                                 0.5,
                                 9007199254740992.0,
                                 4611686018427387904.0,
                                 9223372036854775808.0,
                                 -9223372036854775808.0,
                                 5e-324,
                                 1e300,
                                 -1e300,
                                 std::numeric_limits<double>::infinity(),
                                 -std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN()};
    return kEdges[Below(15)];
  }
  std::string Text() {
    static const std::string kBytes[] = {std::string(1, '\0'), "a", "b", "\x01", "é", "😀"};
    std::string text;
    for (int i = Below(4); i > 0; --i) text += kBytes[Below(6)];
    return text;
  }
  PartialDate Partial() {
    PartialDate date;
    if (Below(4) != 0) date.earliest = Below(5) - 2;
    if (Below(4) != 0) date.latest = date.earliest.value_or(-2) + Below(3);
    return date;
  }

  std::mt19937 random_;
};

}  // namespace plenum
