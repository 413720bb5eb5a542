// The names that random graphs and random queries have in common, and what is kept under each property key: so that a
// query often finds something, and seldom fails for the type of a value.
#pragma once

#include <array>
#include <string_view>

namespace plenum::tests {

inline constexpr std::array<std::string_view, 3> kLabels = {"A", "B", "C"};
inline constexpr std::array<std::string_view, 3> kTypes = {"R", "S", "T"};  // T is rare

// n: integers. x: numbers, of which some integers and floats are equal. s: strings. b: booleans. d: dates, some known
// in part. l: lists of integers. v: any of these. k: what an index or a constraint may be on: few nodes have the same.
inline constexpr std::array<std::string_view, 8> kKeys = {"n", "x", "s", "b", "d", "l", "v", "k"};

inline constexpr std::array<std::string_view, 5> kStrings = {"", "a", "ab", "b", "Ab"};
inline constexpr std::array<std::string_view, 4> kDays = {"2019-12-31", "2020-06-01", "2021-01-01", "2022-03-15"};
// Each from some day to a later one, at whichever day of the text.
inline constexpr std::array<std::string_view, 5> kPartialDays = {"2018", "2020", "2020-06", "../2021-01-01",
                                                                 "2021-06-01/.."};

}  // namespace plenum::tests
