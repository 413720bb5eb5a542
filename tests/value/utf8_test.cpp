// UTF-8: what is valid, offsets in code points and bytes, case, width.
#include "engine/value/utf8.h"

#include <gtest/gtest.h>

namespace plenum {
namespace {

TEST(FindInvalidUtf8Test, AcceptsEveryLengthOfCodePoint) {
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("plain é 中 😀 \xF4\x8F\xBF\xBF"), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(FindInvalidUtf8Test, NamesTheFirstByteThatIsWrong) {
  EXPECT_EQ(FindInvalidUtf8("ab\xFF"), 2u);
  EXPECT_EQ(FindInvalidUtf8("é\x80"), 2u);             // a continuation of nothing
  EXPECT_EQ(FindInvalidUtf8("a\xC0\xAF"), 1u);         // an overlong '/'
  EXPECT_EQ(FindInvalidUtf8("a\xED\xA0\x80"), 1u);     // a surrogate
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0u);  // past U+10FFFF
  EXPECT_EQ(FindInvalidUtf8("中\xE4\xB8"), 3u);        // cut off
  EXPECT_EQ(FindInvalidUtf8(std::string(1000, 'x') + "\xFE"), 1000u);
}

TEST(CodePointsTest, OffsetsGoBothWays) {
  const std::string_view text = "aé中😀z";
  EXPECT_EQ(CountCodePoints(text), 5u);
  const std::size_t bytes[] = {0, 1, 3, 6, 10, 11};
  for (std::size_t i = 0; i < std::size(bytes); ++i) {
    EXPECT_EQ(ByteOffset(text, i), bytes[i]);
    EXPECT_EQ(CodePointOffset(text, bytes[i]), i);
  }
  EXPECT_EQ(ByteOffset(text, 100), text.size());
  EXPECT_EQ(CodePointOffset(text, 100), 5u);
  EXPECT_EQ(CodePointLength(text, 6), 4u);
  EXPECT_EQ(CountCodePoints(""), 0u);
}

TEST(CaseTest, FollowsUnicode) {
  EXPECT_EQ(ToUpper("straße éß ж 中 1"), "STRAẞE Éẞ Ж 中 1");
  EXPECT_EQ(ToLower("ÀÇ ΣΑ İ"), "àç σα i");
  EXPECT_EQ(ToUpper(""), "");
  EXPECT_EQ(ToUpper("a\xFF"
                    "b"),
            "A\xFF"
            "B");
}

TEST(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("中文"), 4u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);
  EXPECT_EQ(DisplayWidth("\xFF"), 1u);
}

}  // namespace
}  // namespace plenum
