// The table of functions and aggregates, and what all functions have in common: nulls and kinds.
#include <gtest/gtest.h>

#include <set>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

using plan::Aggregate;
using plan::FindAggregate;
using plan::FindFunction;
using plan::Function;
using plan::TypeSet;
using Kind = Value::Kind;

TEST(FunctionTable, HasEachFunctionInItsPlace) {
  for (int i = 0; i <= static_cast<int>(Function::kPartialDate); ++i) {
    const auto function = static_cast<Function>(i);
    const auto& signature = plan::SignatureOf(function);
    EXPECT_EQ(signature.function, function) << signature.name;
    EXPECT_EQ(FindFunction(signature.name), &signature);
    EXPECT_LE(signature.arguments_min, signature.arguments_max) << signature.name;
    EXPECT_EQ(signature.arguments.empty(), signature.arguments_max == 0) << signature.name;
    EXPECT_FALSE(signature.result.empty()) << signature.name;
  }
}

TEST(FunctionTable, FindsNamesWithoutCaseAndInOtherSpellings) {
  EXPECT_EQ(FindFunction("TOUPPER")->function, Function::kToUpper);
  EXPECT_EQ(FindFunction("upper")->function, Function::kToUpper);
  EXPECT_EQ(FindFunction("Ceiling")->function, Function::kCeil);
  EXPECT_EQ(FindFunction("character_length")->function, Function::kCharLength);
  EXPECT_EQ(FindFunction("foo"), nullptr);
  EXPECT_EQ(FindFunction("count"), nullptr);
  EXPECT_EQ(FindFunction(""), nullptr);
}

TEST(FunctionTable, NamesEverySpellingOnce) {
  const auto& names = plan::FunctionNames();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
  for (const auto name : names) EXPECT_TRUE(FindFunction(name) != nullptr || FindAggregate(name) != nullptr) << name;
}

// What decides between a compile-time and a run-time error.
TEST(FunctionTable, AcceptsTheKindsOfOpenCypher) {
  const auto accepts = [](std::string_view name, Kind kind) { return FindFunction(name)->arguments[0].contains(kind); };
  EXPECT_TRUE(accepts("size", Kind::kString) && accepts("size", Kind::kList));
  EXPECT_FALSE(accepts("size", Kind::kPath) || accepts("size", Kind::kMap));
  EXPECT_TRUE(accepts("length", Kind::kPath));
  EXPECT_FALSE(accepts("length", Kind::kNode) || accepts("length", Kind::kRelationship));
  EXPECT_FALSE(accepts("type", Kind::kNode) || accepts("labels", Kind::kPath));
  EXPECT_TRUE(accepts("properties", Kind::kMap) && accepts("keys", Kind::kRelationship));
  EXPECT_FALSE(accepts("properties", Kind::kInteger) || accepts("properties", Kind::kString));
  EXPECT_TRUE(accepts("toInteger", Kind::kList) && accepts("range", Kind::kBoolean));
}

TEST(FunctionTable, KnowsWhatMayBeComputedOnce) {
  for (const auto* name : {"size", "pi", "toUpper"}) EXPECT_TRUE(FindFunction(name)->constant) << name;
  for (const auto* name : {"rand", "randomUUID", "timestamp"}) EXPECT_FALSE(FindFunction(name)->constant) << name;
}

TEST(FunctionTable, FindsAggregates) {
  EXPECT_EQ(FindAggregate("COUNT")->aggregate, Aggregate::kCount);
  EXPECT_EQ(FindAggregate("stdevp")->aggregate, Aggregate::kStandardDeviationP);
  EXPECT_EQ(FindAggregate("percentileCont")->arguments, 2);
  EXPECT_FALSE(FindAggregate("sum")->argument.contains(Kind::kString));
  EXPECT_EQ(FindAggregate("size"), nullptr);
}

// Every function on values but these gives null when one of its arguments is.
TEST(ValueFunctions, GiveNullForNull) {
  const std::set<Function> own_rule = {Function::kCoalesce, Function::kValueType};
  for (int i = static_cast<int>(Function::kSize); i <= static_cast<int>(Function::kPartialDate); ++i) {
    const auto& signature = plan::SignatureOf(static_cast<Function>(i));
    if (signature.arguments_max == 0 || own_rule.contains(signature.function)) continue;
    const List nulls(std::max<std::size_t>(signature.arguments_min, 1));
    EXPECT_EQ(CallWith(signature.name, nulls), "null") << signature.name;
    EXPECT_TRUE(signature.result.contains(Kind::kNull)) << signature.name;
  }
  EXPECT_EQ(Call("substring", "abc", Value(), 1), "null");
  EXPECT_EQ(Call("left", Value(), 1), "null");
  EXPECT_EQ(Call("range", 1, Value()), "null");
}

// Each argument of each function, given a value of a kind that the signature does not have.
TEST(ValueFunctions, RefuseOtherKinds) {
  const List samples = {true, 1, 1.5, "a", List{}, Map{}, Date{0}, PartialDate{}, Interval{}};
  for (int i = static_cast<int>(Function::kSize); i <= static_cast<int>(Function::kPartialDate); ++i) {
    const auto& signature = plan::SignatureOf(static_cast<Function>(i));
    for (std::size_t position = 0; position < signature.arguments.size(); ++position) {
      for (const Value& sample : samples) {
        if (signature.arguments[position].contains(sample.kind())) continue;
        List arguments(std::max<std::size_t>(signature.arguments_min, position + 1));
        arguments[position] = sample;
        EXPECT_EQ(CallWith(signature.name, arguments), kWrongArgument) << signature.name << " of " << ToText(sample);
      }
    }
  }
}

TEST(ValueFunctions, SayWhatTheyTake) {
  try {
    CallValueFunction(Function::kLeft, List{"abc", "d"});
    FAIL();
  } catch (const EvaluationError& raised) {
    EXPECT_EQ(raised.error.message, "left() takes Integer as argument 2, not String 'd'");
    EXPECT_EQ(raised.error.phase, Phase::kRuntime);
  }
}

TEST(ValueFunctions, CutLongValuesInMessagesBetweenCodePoints) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "中";
  try {
    CallValueFunction(Function::kAbs, List{text});
    FAIL();
  } catch (const EvaluationError& raised) {
    EXPECT_LT(raised.error.message.size(), 150U);
    EXPECT_TRUE(raised.error.message.ends_with("中…")) << raised.error.message;
  }
}

}  // namespace
}  // namespace plenum::execution
