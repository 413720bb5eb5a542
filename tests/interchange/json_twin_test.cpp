// The JSON reader against simdjson's: on random and damaged texts both accept the same and read the same.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <random>

#include "plenum/json.h"

namespace plenum {
namespace {

using Random = std::mt19937_64;

std::size_t Below(Random& random, std::size_t bound) { return random() % bound; }

std::string RandomString(Random& random) {
  constexpr const char* kPieces[] = {"a", "é", "中", "😀", "\"", "\\", "\n", "\x01", "/", " ", "u0041"};
  std::string text;
  for (std::size_t i = Below(random, 6); i > 0; --i) text += kPieces[Below(random, std::size(kPieces))];
  return text;
}

Value RandomValue(Random& random, int depth) {
  switch (Below(random, depth > 0 ? 8 : 6)) {
    case 0:
      return {};
    case 1:
      return Below(random, 2) == 0;
    case 2:
      return static_cast<std::int64_t>(random());
    case 3:
      return static_cast<std::int64_t>(Below(random, 100));
    case 4:
      return static_cast<double>(static_cast<std::int64_t>(random())) / 1e6;
    case 5:
      return RandomString(random);
    case 6: {
      List list;
      for (std::size_t i = Below(random, 4); i > 0; --i) list.push_back(RandomValue(random, depth - 1));
      return list;
    }
    default: {
      Map map;
      for (std::size_t i = Below(random, 4); i > 0; --i) map[RandomString(random)] = RandomValue(random, depth - 1);
      return map;
    }
  }
}

// A byte replaced, removed or added.
void Damage(std::string& text, Random& random) {
  constexpr std::string_view kBytes = "[]{},:\"\\0123456789.eE+-tfnu \n\x01\xFF";
  const std::size_t at = Below(random, text.size());
  const char byte = kBytes[Below(random, kBytes.size())];
  switch (Below(random, 3)) {
    case 0:
      text[at] = byte;
      break;
    case 1:
      text.erase(at, 1);
      break;
    default:
      text.insert(at, 1, byte);
  }
}

// simdjson's answer as our value; absent where this library refuses on purpose (large integers, keys that are there
// twice, special objects).
std::optional<Value> FromSimdjson(simdjson::dom::element element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::NULL_VALUE:
      return Value();
    case element_type::BOOL:
      return Value(bool(element));
    case element_type::INT64:
      return Value(std::int64_t(element));
    case element_type::UINT64:
      return std::nullopt;
    case element_type::DOUBLE:
      return Value(double(element));
    case element_type::STRING:
      return Value(std::string_view(element));
    case element_type::ARRAY: {
      List list;
      for (const simdjson::dom::element inside : simdjson::dom::array(element)) {
        auto value = FromSimdjson(inside);
        if (!value) return std::nullopt;
        list.push_back(*std::move(value));
      }
      return Value(std::move(list));
    }
    case element_type::OBJECT: {
      Map map;
      for (const auto [key, inside] : simdjson::dom::object(element)) {
        auto value = FromSimdjson(inside);
        if (!value || !map.try_emplace(std::string(key), *std::move(value)).second) return std::nullopt;
      }
      return Value(std::move(map));
    }
  }
  return std::nullopt;
}

TEST(JsonTwinTest, AgreesWithSimdjson) {
  Random random(11);
  simdjson::dom::parser parser;
  int accepted = 0;
  for (int i = 0; i < 50'000; ++i) {
    const Value original = RandomValue(random, 4);
    std::string text = ToJson(original);
    for (std::size_t damages = Below(random, 3); damages > 0 && !text.empty(); --damages) Damage(text, random);
    simdjson::dom::element element;
    const auto error = parser.parse(text).get(element);
    const Result<Value> ours = ParseJson(text);
    if (error != simdjson::SUCCESS) {
      // An integer beyond 64 bits and a number that is too large are errors there too; a too small one never is here.
      EXPECT_FALSE(ours.has_value() && error != simdjson::NUMBER_ERROR) << text;
      continue;
    }
    const std::optional<Value> theirs = FromSimdjson(element);
    ASSERT_EQ(ours.has_value(), theirs.has_value()) << text;
    if (!theirs) continue;
    ++accepted;
    ASSERT_EQ(Order(*ours, *theirs), std::strong_ordering::equal) << text;
    ASSERT_EQ(ToJson(*ours), ToJson(*theirs)) << text;
  }
  EXPECT_GT(accepted, 10'000);
}

}  // namespace
}  // namespace plenum
