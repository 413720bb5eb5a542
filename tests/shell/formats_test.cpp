// The formats for programs, with the values that could break them.
#include "engine/shell/formats.h"

#include <gtest/gtest.h>

#include "tests/shell/written.h"

namespace plenum::shell {
namespace {

const std::atomic<bool> kGoOn{false};

QueryResult Answer(std::vector<std::string> columns, std::vector<std::vector<Value>> rows) {
  return QueryResult(std::move(columns), std::move(rows), {});
}

std::string Format(QueryResult answer, std::string_view format) {
  return Written([&](Output& out) { WriteAnswer(answer, *FormatNamed(format), {}, kGoOn, out); });
}

Node Chen() { return {NodeId{1}, {"Person"}, {{"name", "Chen, J."}}}; }

TEST(Formats, HaveNames) {
  for (std::string_view name : FormatNames()) EXPECT_EQ(NameOf(*FormatNamed(name)), name);
  EXPECT_EQ(FormatNamed("xml"), std::nullopt);
}

TEST(Csv, QuotesWhatItMust) {
  EXPECT_EQ(Format(Answer({"a", "b,c"}, {{"x", "with, comma"}, {"say \"hi\"", "two\nlines"}}), "csv"),
            "a,\"b,c\"\r\nx,\"with, comma\"\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

TEST(Csv, TellsNullFromTheEmptyString) {
  EXPECT_EQ(Format(Answer({"a", "b"}, {{Value(), ""}}), "csv"), "a,b\r\n,\"\"\r\n");
}

TEST(Csv, WritesPlainValuesBareAndNestedOnesAsJson) {
  std::vector<Value> row = {true, 7, 1.0, Date{0}, List{1, "a"}, Chen()};
  EXPECT_EQ(Format(Answer({"a", "b", "c", "d", "e", "f"}, {row}), "csv"),
            "a,b,c,d,e,f\r\ntrue,7,1.0,1970-01-01,\"[1,\"\"a\"\"]\",\"{\"\"$node\"\":{\"\"id\"\":1,\"\"labels\"\":"
            "[\"\"Person\"\"],\"\"properties\"\":{\"\"name\"\":\"\"Chen, J.\"\"}}}\"\r\n");
}

TEST(Json, IsAnArrayOfObjects) {
  EXPECT_EQ(Format(Answer({"a", "b"}, {{1, "x\n"}, {Value(), 1.0}}), "json"),
            "[\n{\"a\":1,\"b\":\"x\\n\"},\n{\"a\":null,\"b\":1.0}\n]\n");
  EXPECT_EQ(Format(Answer({"a"}, {}), "json"), "[]\n");
}

TEST(Jsonl, IsAnObjectALine) {
  EXPECT_EQ(Format(Answer({"a"}, {{1}, {"two\nlines"}}), "jsonl"), "{\"a\":1}\n{\"a\":\"two\\nlines\"}\n");
  EXPECT_EQ(Format(Answer({"a"}, {}), "jsonl"), "");
}

TEST(Markdown, KeepsCellsInTheirRow) {
  EXPECT_EQ(Format(Answer({"a|b", "c"}, {{"x|y", "two\nlines"}, {Value(), 2}}), "markdown"),
            "| a\\|b | c |\n| --- | --- |\n| x\\|y | two<br>lines |\n| null | 2 |\n");
}

TEST(Formats, WriteNothingForAStatementWithoutColumns) {
  for (std::string_view name : FormatNames()) EXPECT_EQ(Format(Answer({}, {}), name), "");
}

TEST(Formats, CountTheirRows) {
  QueryResult answer = Answer({"a"}, {{1}, {2}, {3}});
  Written([&](Output& out) { EXPECT_EQ(WriteAnswer(answer, Format::kCsv, {}, kGoOn, out).all, 3U); });
  answer = Answer({"a"}, {{1}, {2}, {3}});
  Written([&](Output& out) {
    RowCount rows = WriteAnswer(answer, Format::kTable, {.width_max = 80, .rows_max = 2}, kGoOn, out);
    EXPECT_EQ(rows.all, 3U);
    EXPECT_EQ(rows.hidden, 1U);
  });
}

TEST(Formats, StopWhenToldTo) {
  const std::atomic<bool> stop{true};
  for (std::string_view name : FormatNames()) {
    QueryResult answer = Answer({"a"}, {{"a row"}});
    std::string text = Written([&](Output& out) { WriteAnswer(answer, *FormatNamed(name), {}, stop, out); });
    EXPECT_EQ(text.find("a row"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace plenum::shell
