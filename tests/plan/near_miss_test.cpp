// Near misses: a name that looks like the one written is suggested, one that does not is not.
#include "engine/plan/near_miss.h"

#include <gtest/gtest.h>

#include "engine/plan/foreign_functions.h"
#include "engine/plan/functions.h"

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
  EXPECT_EQ(NamesOf(TypeSet(Value::Kind::kNode) | Value::Kind::kRelationship | Value::Kind::kDate),
            "a Node, a Relationship or a Date");
}

TEST(ForeignFunctionsTest, NameWhatToWriteHere) {
  EXPECT_EQ(SpellingOfFunction("IfNull"), "coalesce(x, y)");
  EXPECT_EQ(SpellingOfFunction("len"), "size(x)");
  EXPECT_EQ(SpellingOfFunction("frobnicate"), "");
}

// What the table names as foreign must be missing here, or nobody would ever read it.
TEST(ForeignFunctionsTest, NamesNoFunctionOfTheLanguage) {
  for (const std::string_view name : FunctionNames()) EXPECT_EQ(SpellingOfFunction(name), "") << name;
}

}  // namespace
}  // namespace plenum::plan
