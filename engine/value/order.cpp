// The total order of ORDER BY, and the hash that agrees with its equivalence.
#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

#include "engine/value/mutant.h"
#include "engine/value/number.h"
#include "engine/value/partial_date.h"
#include "plenum/value.h"

namespace plenum {
namespace {

// Where a kind stands among the others. Kinds of one rank compare by value.
enum class Rank : std::uint8_t {
  kMap,
  kNode,
  kRelationship,
  kList,
  kPath,
  kInterval,
  kDay,
  kString,
  kBoolean,
  kNumber,
  kNaN,
  kNull,
};

Rank RankOf(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kMap:
      return Rank::kMap;
    case Value::Kind::kNode:
      return Rank::kNode;
    case Value::Kind::kRelationship:
      return Rank::kRelationship;
    case Value::Kind::kList:
      return Rank::kList;
    case Value::Kind::kPath:
      return Rank::kPath;
    case Value::Kind::kInterval:
      return Rank::kInterval;
    case Value::Kind::kPartialDate:
    case Value::Kind::kDate:
      return Rank::kDay;
    case Value::Kind::kString:
      return Rank::kString;
    case Value::Kind::kBoolean:
      return Rank::kBoolean;
    case Value::Kind::kInteger:
      return Rank::kNumber;
    case Value::Kind::kFloat:
      return std::isnan(value.real()) ? Rank::kNaN : Rank::kNumber;
    case Value::Kind::kNull:
      return Rank::kNull;
  }
  return Rank::kNull;
}

std::strong_ordering OrderNumbers(const Value& a, const Value& b) {
  const std::partial_ordering order = CompareNumbers(a, b);
  if (order < 0) return std::strong_ordering::less;
  return order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering OrderLists(const List& a, const List& b) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), Order);
}

// Smaller maps first, then by the keys, then by the values of the keys in order.
std::strong_ordering OrderMaps(const Map& a, const Map& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  const auto by_key = [](const auto& x, const auto& y) { return x.first <=> y.first; };
  const auto keys = std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), by_key);
  if (keys != 0) return keys;
  const auto by_value = [](const auto& x, const auto& y) { return Order(x.second, y.second); };
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end(), by_value);
}

// By the ids in walking order: first node, first relationship, second node, …
std::strong_ordering OrderPaths(const Path& a, const Path& b) {
  const std::size_t common = std::min(a.nodes.size(), b.nodes.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (i > 0) {
      const auto order = a.relationships[i - 1].id <=> b.relationships[i - 1].id;
      if (order != 0) return order;
    }
    if (const auto order = a.nodes[i].id <=> b.nodes[i].id; order != 0) return order;
  }
  return a.nodes.size() <=> b.nodes.size();
}

// What has always held comes first; of those that begin alike, what holds still comes last.
std::strong_ordering OrderIntervals(const Interval& a, const Interval& b) {
  if (a.from.has_value() != b.from.has_value()) return a.from.has_value() <=> b.from.has_value();
  if (a.from && *a.from != *b.from) return BoundsOf(*a.from) <=> BoundsOf(*b.from);
  if (a.until.has_value() != b.until.has_value()) return b.until.has_value() <=> a.until.has_value();
  return a.until ? BoundsOf(*a.until) <=> BoundsOf(*b.until) : std::strong_ordering::equal;
}

std::size_t Mix(std::size_t hash, std::size_t more) {
  // The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the hash.
  std::uint64_t mixed = (hash ^ more) + 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

std::size_t HashOf(Rank rank) { return Mix(0, static_cast<std::size_t>(rank)); }

// A float that equals an integer hashes as that integer does.
std::size_t HashOfNumber(double real) {
  const auto integer = real >= -0x1p63 && real < 0x1p63 ? static_cast<std::int64_t>(real) : 0;
  if (CompareExactly(integer, real) == 0) return Mix(HashOf(Rank::kNumber), static_cast<std::size_t>(integer));
  // Mixed once more, or its bits would hash as the integer of the same bits.
  return Mix(Mix(HashOf(Rank::kNumber), 1), std::bit_cast<std::uint64_t>(real));
}

std::size_t HashOf(DayBounds bounds) {
  const std::size_t earliest = Mix(HashOf(Rank::kDay), static_cast<std::size_t>(bounds.earliest));
  return Mix(earliest, static_cast<std::size_t>(bounds.latest));
}

std::size_t HashOf(const Interval& interval) {
  const std::size_t from = interval.from ? HashOf(BoundsOf(*interval.from)) : 1;
  return Mix(Mix(HashOf(Rank::kInterval), from), interval.until ? HashOf(BoundsOf(*interval.until)) : 2);
}

std::size_t HashOf(const Path& path) {
  std::size_t hash = HashOf(Rank::kPath);
  for (const Node& node : path.nodes) hash = Mix(hash, node.id.value);
  for (const Relationship& relationship : path.relationships) hash = Mix(hash, relationship.id.value);
  return hash;
}

std::size_t HashOf(const List& list) {
  std::size_t hash = HashOf(Rank::kList);
  for (const Value& element : list) hash = Mix(hash, plenum::HashOf(element));
  return hash;
}

std::size_t HashOf(const Map& map) {
  std::size_t hash = HashOf(Rank::kMap);
  for (const auto& [key, value] : map) {
    hash = Mix(Mix(hash, std::hash<std::string>{}(key)), plenum::HashOf(value));
  }
  return hash;
}

}  // namespace

std::strong_ordering Order(const Value& a, const Value& b) {
  const Rank rank = RankOf(a);
  if (rank != RankOf(b)) return IsMutant("null-first") && b.is_null() ? RankOf(b) <=> rank : rank <=> RankOf(b);
  switch (rank) {
    case Rank::kMap:
      return OrderMaps(a.map(), b.map());
    case Rank::kNode:
      return a.node().id <=> b.node().id;
    case Rank::kRelationship:
      return a.relationship().id <=> b.relationship().id;
    case Rank::kList:
      return OrderLists(a.list(), b.list());
    case Rank::kPath:
      return OrderPaths(a.path(), b.path());
    case Rank::kInterval:
      return OrderIntervals(a.interval(), b.interval());
    case Rank::kDay:
      return BoundsOf(a) <=> BoundsOf(b);
    case Rank::kString:
      return a.string() <=> b.string();
    case Rank::kBoolean:
      return a.boolean() <=> b.boolean();
    case Rank::kNumber:
      return OrderNumbers(a, b);
    case Rank::kNaN:
    case Rank::kNull:
      return std::strong_ordering::equal;
  }
  return std::strong_ordering::equal;
}

std::size_t HashOf(const Value& value) {
  const Rank rank = RankOf(value);
  switch (value.kind()) {
    case Value::Kind::kNull:
      return HashOf(rank);
    case Value::Kind::kBoolean:
      return Mix(HashOf(rank), value.boolean() ? 1 : 0);
    case Value::Kind::kInteger:
      return Mix(HashOf(rank), static_cast<std::size_t>(value.integer()));
    case Value::Kind::kFloat:
      return rank == Rank::kNaN ? HashOf(rank) : HashOfNumber(value.real());
    case Value::Kind::kString:
      return Mix(HashOf(rank), std::hash<std::string>{}(value.string()));
    case Value::Kind::kList:
      return HashOf(value.list());
    case Value::Kind::kMap:
      return HashOf(value.map());
    case Value::Kind::kNode:
      return Mix(HashOf(rank), value.node().id.value);
    case Value::Kind::kRelationship:
      return Mix(HashOf(rank), value.relationship().id.value);
    case Value::Kind::kPath:
      return HashOf(value.path());
    case Value::Kind::kDate:
    case Value::Kind::kPartialDate:
      return HashOf(BoundsOf(value));
    case Value::Kind::kInterval:
      return HashOf(value.interval());
  }
  return 0;
}

}  // namespace plenum
