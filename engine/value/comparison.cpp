// `=` and `<` of the language: three-valued, by openCypher 9's rules of equality and comparability.
#include <algorithm>

#include "engine/value/mutant.h"
#include "engine/value/number.h"
#include "engine/value/partial_date.h"
#include "plenum/value.h"

namespace plenum {
namespace {

// Null unless some pair differs for certain: [1, null] = [2, null] is false, [1, null] = [1, 2] is null.
std::optional<bool> EqualLists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  std::optional<bool> equal = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> pair = Equal(a[i], b[i]);
    if (pair == false) return false;
    if (!pair && !IsMutant("list-of-null-equal")) equal = std::nullopt;
  }
  return equal;
}

std::optional<bool> EqualMaps(const Map& a, const Map& b) {
  const auto same_key = [](const auto& x, const auto& y) { return x.first == y.first; };
  if (!std::ranges::equal(a, b, same_key)) return false;
  std::optional<bool> equal = true;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    const std::optional<bool> pair = Equal(x->second, y->second);
    if (pair == false) return false;
    if (!pair && !IsMutant("map-of-null-equal")) equal = std::nullopt;
  }
  return equal;
}

// By the first pair that is not equal; a list that another begins with is less than that.
std::optional<bool> LessLists(const List& a, const List& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const std::optional<bool> equal = Equal(a[i], b[i]);
    if (!equal) return std::nullopt;
    if (!*equal) return Less(a[i], b[i]);
  }
  return a.size() < b.size();
}

// Infinite bounds decide nothing by themselves: no day is later than the infinitely late one.
std::optional<bool> LessDays(DayBounds a, DayBounds b) {
  if (a.latest < b.earliest) return true;
  if (a.earliest >= b.latest) return false;
  return std::nullopt;
}

}  // namespace

std::optional<bool> Equal(const Value& a, const Value& b) {
  if (a.is_null() && b.is_null() && IsMutant("null-equals-null")) return true;
  if (a.is_null() || b.is_null()) return std::nullopt;
  if (a.kind() != b.kind() && IsMutant("integer-not-float")) return false;
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b) == 0;
  if (IsDay(a) && IsDay(b)) return BoundsOf(a) == BoundsOf(b);
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Value::Kind::kList:
      return EqualLists(a.list(), b.list());
    case Value::Kind::kMap:
      return EqualMaps(a.map(), b.map());
    default:
      return Order(a, b) == 0;
  }
}

std::optional<bool> Less(const Value& a, const Value& b) {
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b) < 0;
  if (IsDay(a) && IsDay(b)) return LessDays(BoundsOf(a), BoundsOf(b));
  if (a.kind() != b.kind()) return IsMutant("kinds-comparable") ? std::optional(a.kind() < b.kind()) : std::nullopt;
  switch (a.kind()) {
    case Value::Kind::kString:
      return a.string() < b.string();
    case Value::Kind::kBoolean:
      return a.boolean() < b.boolean();
    case Value::Kind::kList:
      return LessLists(a.list(), b.list());
    default:
      return std::nullopt;
  }
}

}  // namespace plenum
