// Rows of node and relationship files, and the bad ones among them.
#include "engine/interchange/import_files.h"

#include <gtest/gtest.h>

#include "tests/interchange/written_file.h"

namespace plenum {
namespace {

std::string ToLine(const std::vector<Value>& properties, const std::optional<Interval>& validity) {
  return ToText(Value(List(properties))) + (validity ? " " + ToText(*validity) : "");
}

// The rows of a file as lines, then the bad rows, then the error that ended it.
struct Read {
  std::string rows;
  std::string problems;
};

template <class Reader, class Row, class ToText>
Read ReadAll(Result<Reader> reader, const WrittenFile& file, std::uint64_t bad_rows_max, ToText to_text) {
  Read read;
  if (!reader) {
    read.problems = file.WithoutDirectory(reader.error().message);
    return read;
  }
  BadRows bad_rows(bad_rows_max);
  Row row;
  Result<bool> more = reader->Next(row, bad_rows);
  for (; more && *more; more = reader->Next(row, bad_rows)) read.rows += to_text(row) + "\n";
  for (const std::string& problem : bad_rows.problems()) read.problems += file.WithoutDirectory(problem) + "\n";
  if (!more) read.problems += "error " + file.WithoutDirectory(more.error().message);
  return read;
}

Read ReadNodes(std::string_view content, const ImportOptions& options = {}) {
  const WrittenFile file(content);
  return ReadAll<NodeFileReader, NodeRow>(NodeFileReader::Open({.labels = {}, .path = file.path()}, options), file,
                                          options.bad_rows_max, [](const NodeRow& row) {
                                            std::string line = ToText(row.id);
                                            for (const std::string_view label : row.labels)
                                              line.append(":").append(label);
                                            return line + " " + ToLine(row.properties, row.validity);
                                          });
}

Read ReadRelationships(std::string_view content, const std::string& type = "T", const ImportOptions& options = {}) {
  const WrittenFile file(content);
  return ReadAll<RelationshipFileReader, RelationshipRow>(
      RelationshipFileReader::Open({.type = type, .path = file.path()}, options), file, options.bad_rows_max,
      [](const RelationshipRow& row) {
        return ToText(row.start) + "-" + std::string(row.type) + "->" + ToText(row.end) + " " +
               ToLine(row.properties, row.validity);
      });
}

TEST(NodeFileTest, RowsOfTypedValues) {
  const Read read = ReadNodes(
      "key:ID(P),name,born:int,tags:string[],:LABEL,x:IGNORE,w:float\n"
      "a,Ann,1970,x;y,A;B,ignored,1.5\n"
      "b,\"B, b\",,,,,\n");
  EXPECT_EQ(read.problems, "");
  EXPECT_EQ(read.rows,
            "'a':A:B ['a', 'Ann', 1970, ['x', 'y'], 1.5]\n"
            "'b' ['b', 'B, b', null, null, null]\n");
}

TEST(NodeFileTest, IntegerIdsAndOtherDelimiters) {
  const Read read = ReadNodes("id:ID(P)|tags:int[]|:LABEL\n7|1,2|A,,B,\n",
                              {.delimiter = '|', .array_delimiter = ',', .integer_ids = true});
  EXPECT_EQ(read.rows, "7:A:B [7, [1, 2]]\n");
}

TEST(NodeFileTest, AnIdWithoutANameIsNoProperty) {
  const WrittenFile file(":ID(P),name\n1,x\n");
  const auto reader = NodeFileReader::Open({.labels = {}, .path = file.path()}, {});
  ASSERT_TRUE(reader.has_value());
  EXPECT_FALSE(reader->id_is_property());
  EXPECT_EQ(reader->property_names(), std::vector<std::string>{"name"});
  EXPECT_EQ(reader->id_space(), "P");
  EXPECT_EQ(ReadNodes(":ID,name\n1,x\n").rows, "'1' ['x']\n");
}

TEST(NodeFileTest, ValidTime) {
  const Read read = ReadNodes(
      ":ID,:VALID_FROM,:VALID_THROUGH\n"
      "1,2019-06,2019-06-30\n"
      "2,,\n"
      "3,..,\n"
      "4,,2020\n"
      "5,2019-06-15,2019-06-14\n"
      "6,2019-06-15,2019-06-13\n",
      {.bad_rows_max = 9});
  EXPECT_EQ(read.rows,
            "'1' [] [2019-06, 2019-07-01)\n"
            "'2' []\n"
            "'3' [] [.., …)\n"
            "'4' [] […, 2020-01-02/2021-01-01)\n"
            "'5' [] [2019-06-15, 2019-06-15)\n");
  EXPECT_EQ(read.problems, "file.csv:7: [2019-06-15, 2019-06-14) ends before it begins\n");
  EXPECT_EQ(ReadNodes(":ID,:VALID_UNTIL\n1,2020\n").rows, "'1' [] […, 2020)\n");
}

TEST(NodeFileTest, BadRowsAreLeftOutAndReported) {
  const Read read = ReadNodes(
      "id:ID,born:int\n"
      "1,1970\n"
      "2,abc\n"
      "3\n"
      "4,1,2\n"
      ",5\n"
      "\"6\"x,6\n"
      "\n"
      "7,7\n"
      "8,\xFF\n",
      {.bad_rows_max = 6});
  EXPECT_EQ(read.rows, "'1' ['1', 1970]\n'7' ['7', 7]\n");
  EXPECT_EQ(read.problems,
            "file.csv:3: column 'born': 'abc' is no integer\n"
            "file.csv:4: expected 2 fields, as the header has, found 1\n"
            "file.csv:5: expected 2 fields, as the header has, found 3\n"
            "file.csv:6: the id in column 1 is empty\n"
            "file.csv:7: field 1 goes on after its closing quote: a quote inside a quoted field is written twice\n"
            "file.csv:10: byte 2 of the record (0xFF) is not UTF-8\n");
}

TEST(NodeFileTest, TooManyBadRowsEndIt) {
  const std::string content = ":ID,born:int\n1,x\n2,y\n3,3\n";
  EXPECT_EQ(ReadNodes(content).problems, "error file.csv:2: column 'born': 'x' is no integer");
  EXPECT_EQ(ReadNodes(content, {.bad_rows_max = 1}).problems,
            "file.csv:2: column 'born': 'x' is no integer\n"
            "error file.csv:3: column 'born': 'y' is no integer (one bad row more than the 1 allowed)");
  EXPECT_EQ(ReadNodes(content, {.bad_rows_max = 2}).rows, "'3' [3]\n");
  EXPECT_EQ(ReadNodes(":ID\nx\n", {.integer_ids = true}).problems, "error file.csv:2: the id 'x' is no integer");
}

TEST(NodeFileTest, BadFiles) {
  EXPECT_EQ(ReadNodes("").problems, "file.csv: is empty: expected a header line");
  EXPECT_EQ(ReadNodes("\n\n").problems, "file.csv: is empty: expected a header line");
  EXPECT_EQ(ReadNodes("name\nx\n").problems, "file.csv:1: header: expected a column :ID or :ID(space)");
  EXPECT_EQ(ReadNodes("\"a\"b,:ID\n").problems.substr(0, 41), "file.csv:1: header: field 1 goes on after");
  EXPECT_EQ(ReadNodes("\xEF\xBB\xBF:ID\r\n1\r\n").rows, "'1' []\n");
}

TEST(RelationshipFileTest, Rows) {
  EXPECT_EQ(ReadRelationships(":START_ID(A),:END_ID(B),w:int\n1,2,3\n").rows, "'1'-T->'2' [3]\n");
  EXPECT_EQ(ReadRelationships(":START_ID,:END_ID,:TYPE\n1,2,U\n1,2,\n").rows, "'1'-U->'2' []\n'1'-T->'2' []\n");
  EXPECT_EQ(ReadRelationships(":START_ID,:END_ID,:VALID_FROM\n1,2,2019\n").rows, "'1'-T->'2' [] [2019, …)\n");
}

TEST(RelationshipFileTest, NeedsAType) {
  EXPECT_EQ(ReadRelationships(":START_ID,:END_ID\n1,2\n", "").problems,
            "file.csv:1: header: the relationships have no type: give one with the file, or a column :TYPE");
  const Read read = ReadRelationships(":START_ID,:END_ID,:TYPE\n1,2,\n1,,T\n", "", {.bad_rows_max = 2});
  EXPECT_EQ(read.problems,
            "file.csv:2: the relationship has no type\n"
            "file.csv:3: the id in column 2 is empty\n");
}

}  // namespace
}  // namespace plenum
