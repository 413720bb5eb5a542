// Rows of node and relationship files, and the bad ones among them.
#include "engine/interchange/import_files.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/interchange/bad_rows.h"
#include "tests/interchange/written_file.h"

namespace plenum {
namespace {

// A row's properties, validity and citations.
template <class File>
std::string ToLine(const File& file, const TableRows& rows, std::size_t row) {
  const std::size_t count = file.property_names().size();
  List properties;
  for (std::size_t i = 0; i < count; ++i) properties.push_back(ToValue(rows.values[row * count + i]));
  std::string line = ToText(Value(std::move(properties)));
  if (!rows.validities.empty() && rows.validities[row]) line += " " + ToText(*rows.validities[row]);
  for (const CitedSource& cited : rows.citations) {
    if (cited.row != row) continue;
    line += " cites " + file.columns()[cited.column].id_space + " " + std::string(cited.key);
    if (cited.span) line += " " + std::to_string(cited.span->first) + " to " + std::to_string(cited.span->second);
  }
  return line;
}

std::string ToLine(const NodeFileReader& file, const NodeRows& rows, std::size_t row) {
  std::string line = ToText(rows.ids[row]);
  if (!rows.label_ends.empty()) {
    for (std::size_t i = row == 0 ? 0 : rows.label_ends[row - 1]; i < rows.label_ends[row]; ++i) {
      line += ":" + std::string(rows.labels[i]);
    }
  }
  return line + " " + ToLine<NodeFileReader>(file, rows, row);
}

std::string ToLine(const RelationshipFileReader& file, const RelationshipRows& rows, std::size_t row) {
  const std::string_view type = rows.types.empty() ? file.file_type() : rows.types[row];
  return ToText(rows.starts[row]) + "-" + std::string(type) + "->" + ToText(rows.ends[row]) + " " +
         ToLine<RelationshipFileReader>(file, rows, row);
}

// The rows of a file as lines, then the bad rows, then the error that ended it.
struct Read {
  std::string rows;
  std::string problems;
};

template <class Rows>
Status AddBadRows(const Rows& rows, const std::string& path, BadRows& bad_rows) {
  for (const BadRow& bad : rows.bad_rows) {
    Status added = bad_rows.Add(path + ":" + std::to_string(bad.line), bad.problem);
    if (!added.ok()) return added;
  }
  return rows.end ? Status(*rows.end) : Status();
}

template <class Reader>
Read ReadAll(Result<Reader> reader, const WrittenFile& file, std::uint64_t bad_rows_max) {
  Read read;
  if (!reader) {
    read.problems = file.WithoutDirectory(reader.error().message);
    return read;
  }
  BadRows bad_rows(bad_rows_max);
  Status status;
  while (status.ok()) {
    auto chunk = reader->NextChunk();
    if (!chunk) status = chunk.error();
    if (!chunk || !*chunk) break;
    const auto rows = reader->Read(**std::move(chunk));
    for (std::size_t row = 0; row < rows.lines.size(); ++row) read.rows += ToLine(*reader, rows, row) + "\n";
    status = AddBadRows(rows, reader->path(), bad_rows);
  }
  for (const std::string& problem : bad_rows.problems()) read.problems += file.WithoutDirectory(problem) + "\n";
  if (!status.ok()) read.problems += "error " + file.WithoutDirectory(status.error().message);
  return read;
}

Read ReadNodes(std::string_view content, const ImportOptions& options = {}) {
  const WrittenFile file(content);
  return ReadAll(NodeFileReader::Open({.labels = {}, .path = file.path()}, options), file, options.bad_rows_max);
}

Read ReadRelationships(std::string_view content, const std::string& type = "T", const ImportOptions& options = {}) {
  const WrittenFile file(content);
  return ReadAll(RelationshipFileReader::Open({.type = type, .path = file.path()}, options), file,
                 options.bad_rows_max);
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

TEST(NodeFileTest, Citations) {
  const Read read = ReadNodes(
      ":ID,:CITE(Text),:CITE\n"
      "1,a;b[3..7],\n"
      "2,,c[0..1]\n"
      "3,,\n"
      "4,a[7..3],\n"
      "5,a[x..3],\n"
      "6,a[3],\n"
      "7,a[-1..3],\n"
      "8,a[0..4294967296],\n"
      "9,b[x][3..7],\n"
      "10,a[3..3],\n",
      {.bad_rows_max = 6});
  EXPECT_EQ(read.rows,
            "'1' [] cites Text a cites Text b 3 to 7\n"
            "'2' [] cites Source c 0 to 1\n"
            "'3' []\n"
            "'9' [] cites Text b[x] 3 to 7\n");
  EXPECT_EQ(read.problems.substr(0, read.problems.find('\n')),
            "file.csv:5: 'a[7..3]' is no citation: expected a source's key, or key[first..end] with the first "
            "character and the one behind the last");
  EXPECT_EQ(std::count(read.problems.begin(), read.problems.end(), '\n'), 6);
}

// Chunks end where records end, whatever quotes hold.
TEST(NodeFileTest, ManyChunks) {
  std::string content = ":ID,text,n:int\n";
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = i % 3 == 0 ? "a, \"\"b\"\"\n" + std::to_string(i) : "plain";
    content += std::to_string(i) + ",\"" + text + "\"," + std::to_string(i) + (i % 2 == 0 ? "\r\n" : "\n");
  }
  const WrittenFile file(content);
  auto reader = NodeFileReader::Open({.labels = {}, .path = file.path()}, {.memory_bytes_max = 1});
  ASSERT_TRUE(reader.has_value());
  int count = 0;
  int chunks = 0;
  std::uint64_t line = 2;
  for (auto chunk = reader->NextChunk(); chunk && *chunk; chunk = reader->NextChunk(), ++chunks) {
    const NodeRows read = reader->Read(**std::move(chunk));
    ASSERT_TRUE(read.bad_rows.empty());
    for (std::size_t row = 0; row < read.lines.size(); ++row, ++count) {
      ASSERT_EQ(read.lines[row], line);
      line += count % 3 == 0 ? 2 : 1;
      ASSERT_EQ(ToValue(read.values[row * 2]).string(),
                count % 3 == 0 ? "a, \"b\"\n" + std::to_string(count) : "plain");
      ASSERT_EQ(ToValue(read.values[row * 2 + 1]).integer(), count);
    }
  }
  EXPECT_EQ(count, 20'000);
  EXPECT_GT(chunks, 3);
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

TEST(RelationshipFileTest, AnEmptyTypeIsThatOfTheFile) {
  EXPECT_EQ(ReadRelationships(":START_ID,:END_ID,:TYPE\n1,2,\n", "T").rows, "'1'-T->'2' []\n");
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
