// Places in a text, and errors as people read them.
#include "plenum/status.h"

#include <gtest/gtest.h>

namespace plenum {
namespace {

Error ErrorAt(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return {.type = ErrorType::kSyntaxError,
          .detail = "UndefinedVariable",
          .message = "no variable is named so",
          .phase = Phase::kCompile,
          .place = PlaceIn(text, {begin, end})};
}

// The second and third line of the description: the excerpt and the carets.
std::string ExcerptOf(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const std::string description = Describe(ErrorAt(text, begin, end), text);
  return description.substr(description.find('\n') + 1);
}

TEST(PlaceInTest, CountsLinesAndCodePointsFromOne) {
  const std::string_view text = "MATCH (n)\nRETURN é, x";
  EXPECT_EQ(PlaceIn(text, {0, 5}).line, 1u);
  EXPECT_EQ(PlaceIn(text, {0, 5}).column, 1u);
  const Place x = PlaceIn(text, {21, 22});
  EXPECT_EQ(x.line, 2u);
  EXPECT_EQ(x.column, 11u);
  EXPECT_EQ(x.span, (Span{21, 22}));
}

TEST(PlaceInTest, OffsetsPastTheEndMeanTheEnd) {
  const Place place = PlaceIn("ab\ncd", {100, 200});
  EXPECT_EQ(place.line, 2u);
  EXPECT_EQ(place.column, 3u);
  EXPECT_EQ(PlaceIn("", {3, 4}).column, 1u);
}

TEST(PlaceInTest, ALineBreakBelongsToTheLineItEnds) {
  const Place place = PlaceIn("ab\n\ncd", {2, 3});
  EXPECT_EQ(place.line, 1u);
  EXPECT_EQ(place.column, 3u);
  EXPECT_EQ(PlaceIn("ab\n\ncd", {3, 4}).line, 2u);
}

TEST(DescribeTest, WithoutAPlaceIsOneLine) {
  const Error error{.type = ErrorType::kIoError, .detail = "", .message = "disk full", .place = {}};
  EXPECT_EQ(Describe(error), "IoError: disk full");
  EXPECT_EQ(Describe(error, "RETURN 1"), "IoError: disk full");
}

TEST(DescribeTest, PutsACaretUnderTheSpan) {
  const std::string_view text = "MATCH (n)\r\nRETURN foo, 1";
  EXPECT_EQ(Describe(ErrorAt(text, 18, 21), text),
            "SyntaxError (UndefinedVariable) at line 2, column 8: no variable is named so\n"
            "RETURN foo, 1\n"
            "       ^^^");
  EXPECT_EQ(ExcerptOf("MATCH (n)\r\nRETURN", 6, 9), "MATCH (n)\n      ^^^");
}

TEST(DescribeTest, CountsColumnsAsTheTerminalDoes) {
  EXPECT_EQ(ExcerptOf("RETURN '中文', foo", 17, 20), "RETURN '中文', foo\n               ^^^");
  EXPECT_EQ(ExcerptOf("\tRETURN foo", 8, 11), " RETURN foo\n        ^^^");
  EXPECT_EQ(ExcerptOf("RETURN e\xCC\x81 + x", 13, 14), "RETURN e\xCC\x81 + x\n           ^");
}

TEST(DescribeTest, ASpanOverSeveralLinesIsMarkedToTheEndOfItsFirst) {
  EXPECT_EQ(ExcerptOf("RETURN [1,\n2]", 7, 13), "RETURN [1,\n       ^^^");
}

TEST(DescribeTest, AnEmptySpanAndTheEndOfTheTextHaveOneCaret) {
  EXPECT_EQ(ExcerptOf("RETURN", 6, 6), "RETURN\n      ^");
  EXPECT_EQ(ExcerptOf("RETURN\n", 7, 7), "\n^");
}

TEST(DescribeTest, CutsLongLinesAroundThePlace) {
  const std::string text = "RETURN " + std::string(500, 'a') + " + foo + " + std::string(500, 'b');
  const std::string excerpt = ExcerptOf(text, 510, 513);
  const std::string line = excerpt.substr(0, excerpt.find('\n'));
  const std::string carets = excerpt.substr(excerpt.find('\n') + 1);
  EXPECT_TRUE(line.starts_with("…aaa")) << line;
  EXPECT_TRUE(line.ends_with("bbb…")) << line;
  EXPECT_LE(line.size(), 110u);
  // The ellipsis takes three bytes but one column.
  EXPECT_EQ(line.substr(carets.find('^') + 2, 3), "foo");
  EXPECT_TRUE(carets.ends_with(" ^^^"));
}

TEST(DescribeTest, CutsAMegabyteAsItCutsAThousand) {
  for (const std::string_view letter : {"a", "é", "中"}) {
    std::string before;
    while (before.size() < 1'000'000) before += letter;
    const auto at = static_cast<std::uint32_t>(before.size());
    const std::string excerpt = ExcerptOf(before + "foo" + before, at, at + 3);
    std::string near;
    while (near.size() < 600) near += letter;
    const auto near_at = static_cast<std::uint32_t>(near.size());
    EXPECT_EQ(excerpt, ExcerptOf(near + "foo" + near, near_at, near_at + 3));
  }
}

TEST(DescribeTest, ShowsNoControlCharactersAndNoBrokenText) {
  EXPECT_EQ(ExcerptOf("RETURN \x1B[31m\xFF x", 14, 15), "RETURN \uFFFD[31m\uFFFD x\n              ^");
}

TEST(ErrorTypeNameTest, IsTheNameInTheInterface) {
  EXPECT_EQ(ErrorTypeName(ErrorType::kSyntaxError), "SyntaxError");
  EXPECT_EQ(ErrorTypeName(ErrorType::kConstraintVerificationFailed), "ConstraintVerificationFailed");
  EXPECT_EQ(ErrorTypeName(ErrorType::kResourceExhausted), "ResourceExhausted");
}

TEST(StatusTest, HoldsAnErrorOrNothing) {
  EXPECT_TRUE(Status().ok());
  const Status failed = Error{.type = ErrorType::kNotFound, .detail = "", .message = "gone", .place = {}};
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().message, "gone");
}

}  // namespace
}  // namespace plenum
