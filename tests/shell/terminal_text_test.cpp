// Widths, cuts and cleaning of text, with what is hard about them: wide characters, combining marks, bad bytes.
#include "engine/shell/terminal_text.h"

#include <gtest/gtest.h>

namespace plenum::shell {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("abc"), 3U);
  EXPECT_EQ(DisplayWidth("né"), 2U);
  EXPECT_EQ(DisplayWidth("ne\xcc\x81"), 2U);  // e and a combining accent
  EXPECT_EQ(DisplayWidth("名字"), 4U);
  EXPECT_EQ(DisplayWidth("ﾊﾝｶｸ"), 4U);  // half-width forms
}

TEST(CutToWidth, KeepsWhatFits) {
  EXPECT_EQ(CutToWidth("abc", 3), "abc");
  EXPECT_EQ(CutToWidth("abcd", 3), "ab…");
  EXPECT_EQ(CutToWidth("abcd", 1), "…");
  EXPECT_EQ(CutToWidth("abcd", 0), "");
  EXPECT_EQ(CutToWidth("", 0), "");
}

TEST(CutToWidth, NeverCutsACharacterInTwo) {
  EXPECT_EQ(CutToWidth("名字名字", 8), "名字名字");
  EXPECT_EQ(CutToWidth("名字名字", 7), "名字名…");
  EXPECT_EQ(CutToWidth("名字名字", 6), "名字…");  // five columns: the sixth would be half of a character
  for (std::size_t columns = 0; columns < 10; ++columns) {
    EXPECT_LE(DisplayWidth(CutToWidth("a名e\xcc\x81字bc", columns)), columns);
  }
}

TEST(Printable, ShowsWhatWouldSteerTheTerminal) {
  EXPECT_EQ(Printable("a\nb\tc"), "a␊b␉c");
  EXPECT_EQ(Printable("\x1b[31mred"), "␛[31mred");
  EXPECT_EQ(Printable("\x7f"), "␡");
  EXPECT_EQ(Printable("\xc2\x9b"), "�");     // a C1 control
  EXPECT_EQ(Printable("a\xff\xc3"), "a��");  // bytes that are no UTF-8
  EXPECT_EQ(Printable("\xe2\x80\xae"
                      "abc"),
            "�abc");  // right-to-left override
  EXPECT_EQ(Printable("é名"), "é名");
}

TEST(Printable, StopsAtTheWidthAsked) { EXPECT_EQ(Printable(std::string(1000, 'x'), 10), std::string(10, 'x')); }

TEST(FirstInvalidByte, SaysWhere) {
  EXPECT_EQ(FirstInvalidByte(""), std::nullopt);
  EXPECT_EQ(FirstInvalidByte("é名\n"), std::nullopt);
  EXPECT_EQ(FirstInvalidByte("ab\xff"), 2U);
  EXPECT_EQ(FirstInvalidByte("é\xe5\x90"), 2U);      // a character that ends too early
  EXPECT_EQ(FirstInvalidByte("a\xed\xa0\x80"), 1U);  // a surrogate
  EXPECT_EQ(FirstInvalidByte("\xc0\x80"), 0U);       // overlong
}

TEST(Numbers, AreGrouped) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
  EXPECT_EQ(Counted(1, "row", "rows"), "1 row");
  EXPECT_EQ(Counted(2000, "row", "rows"), "2,000 rows");
}

TEST(DurationText, ChoosesAUnit) {
  EXPECT_EQ(DurationText(0.000421), "0.42 ms");
  EXPECT_EQ(DurationText(0.0123), "12.3 ms");
  EXPECT_EQ(DurationText(4.5612), "4.56 s");
}

}  // namespace
}  // namespace plenum::shell
