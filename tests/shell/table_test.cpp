// Tables as they are seen: every case is a picture.
#include "engine/shell/table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

using Rows = std::vector<std::vector<Value>>;

std::string Draw(const std::vector<std::string>& columns, const Rows& rows, TableFit fit = {}) {
  Table table(columns, fit);
  for (const auto& row : rows) table.AddRow(row);
  return std::string("\n").append(table.Render());
}

std::size_t WidestLine(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, DisplayWidth(line));
  return widest;
}

TEST(Table, AlignsNumbersRightAndTheRestLeft) {
  EXPECT_EQ(Draw({"name", "n", "x"}, {{"Chen", 7, 1.5}, {Value(), 1000, Value()}}), R"(
┌──────┬──────┬──────┐
│ name │ n    │ x    │
├──────┼──────┼──────┤
│ Chen │    7 │  1.5 │
│ null │ 1000 │ null │
└──────┴──────┴──────┘
)");
}

TEST(Table, MeasuresWideCharacters) {
  EXPECT_EQ(Draw({"名字", "t"}, {{"é", "x"}, {"陈杰", "a名"}}), R"(
┌──────┬─────┐
│ 名字 │ t   │
├──────┼─────┤
│ é    │ x   │
│ 陈杰 │ a名 │
└──────┴─────┘
)");
}

TEST(Table, WithoutRowsIsItsHeader) {
  EXPECT_EQ(Draw({"a"}, {}), R"(
┌───┐
│ a │
├───┤
└───┘
)");
}

TEST(Table, WithoutColumnsIsNothing) { EXPECT_EQ(Draw({}, {}), "\n"); }

TEST(Table, ShrinksTheWidestColumnsFirst) {
  Rows rows = {{1, std::string(30, 'a'), std::string(30, 'b')}};
  EXPECT_EQ(Draw({"id", "first", "second"}, rows, {.width_max = 34, .rows_max = 0}), R"(
┌────┬─────────────┬─────────────┐
│ id │ first       │ second      │
├────┼─────────────┼─────────────┤
│  1 │ aaaaaaaaaa… │ bbbbbbbbbb… │
└────┴─────────────┴─────────────┘
)");
}

TEST(Table, LeavesColumnsOutWhereNoneCanShrink) {
  std::vector<std::string> columns;
  std::vector<Value> row;
  for (int i = 0; i < 20; ++i) {
    columns.push_back(std::string("c").append(std::to_string(i)));
    row.emplace_back(std::string("value ").append(std::to_string(i)));
  }
  EXPECT_EQ(Draw(columns, {row}, {.width_max = 40, .rows_max = 0}), R"(
┌─────────┬─────────┬───┬──────────┐
│ c0      │ c1      │ … │ c19      │
├─────────┼─────────┼───┼──────────┤
│ value 0 │ value 1 │ … │ value 19 │
└─────────┴─────────┴───┴──────────┘
)");
}

TEST(Table, FitsEveryWidth) {
  Rows rows = {{1, "some text of a fact", "名字名字名字", 2.5}, {Value(), "", "x", 1e300}};
  for (std::size_t width = 12; width < 80; ++width) {
    EXPECT_LE(WidestLine(Draw({"number", "text", "名字", "real"}, rows, {width, 0})), width);
  }
}

TEST(Table, FoldsRowsInTheMiddle) {
  Rows rows;
  for (int i = 0; i < 2000; ++i) rows.push_back({i, "row"});
  EXPECT_EQ(Draw({"number", "what is it"}, rows, {.width_max = 0, .rows_max = 5}), R"(
┌────────┬────────────┐
│ number │ what is it │
├────────┼────────────┤
│      0 │ row        │
│      1 │ row        │
│      2 │ row        │
│ ⋮ 1,995 more rows   │
│   1998 │ row        │
│   1999 │ row        │
└────────┴────────────┘
)");
}

TEST(Table, DoesNotFoldWhatFits) {
  Table table({"a"}, {.width_max = 0, .rows_max = 3});
  for (int i = 0; i < 3; ++i) table.AddRow({i});
  EXPECT_EQ(table.rows_hidden(), 0U);
  table.AddRow({4});
  EXPECT_EQ(table.rows_hidden(), 1U);
  EXPECT_EQ(table.rows(), 4U);
}

TEST(Table, KeepsALineBreakFromTearingARow) {
  EXPECT_EQ(Draw({"a"}, {{"x\ny"}}), R"(
┌─────┐
│ a   │
├─────┤
│ x␊y │
└─────┘
)");
}

}  // namespace
}  // namespace plenum::shell
