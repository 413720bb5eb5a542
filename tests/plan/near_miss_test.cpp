// Near misses: a name that looks like the one written is suggested, one that does not is not.
#include "engine/plan/near_miss.h"

#include <gtest/gtest.h>

namespace plenum::plan {
namespace {

TEST(NearMissTest, SuggestsTheNearestName) {
  EXPECT_EQ(SuggestionFor("toUper", {"toLower", "toUpper", "trim"}), "; did you mean `toUpper`?");
  EXPECT_EQ(SuggestionFor("lenght", {"length", "left"}), "; did you mean `length`?");  // two letters swapped
  EXPECT_EQ(SuggestionFor("PERSON", {"person"}), "; did you mean `person`?");
}

TEST(NearMissTest, SaysNothingOfNamesThatAreNotNear) {
  EXPECT_EQ(SuggestionFor("x", {"y", "name"}), "");
  EXPECT_EQ(SuggestionFor("size", {"sqrt", "trim"}), "");
  EXPECT_EQ(SuggestionFor("anything", {}), "");
}

TEST(NearMissTest, NamesKindsAsPeopleDo) {
  EXPECT_EQ(NamesOf(Value::Kind::kBoolean), "a Boolean");
  EXPECT_EQ(NamesOf(Value::Kind::kInteger | Value::Kind::kFloat), "an Integer or a Float");
}

}  // namespace
}  // namespace plenum::plan
