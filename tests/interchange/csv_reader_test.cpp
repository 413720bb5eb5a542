// Separated values: what is a record, what is a bad one, and where each of them is.
#include "engine/interchange/csv_reader.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/interchange/written_file.h"

namespace plenum {
namespace {

using Outcome = CsvReader::Outcome;

// All of a file as one text: fields in brackets (quoted ones in braces), bad records and the error that ends it, each
// with its line.
std::string Read(std::string_view content, char delimiter = ',') {
  const WrittenFile file(content);
  Result<CsvReader> reader = CsvReader::Open(file.path(), delimiter);
  if (!reader) return file.WithoutDirectory(reader.error().message);
  std::string all;
  while (true) {
    const Result<Outcome> outcome = reader->Next();
    if (!outcome) return all + "error " + file.WithoutDirectory(outcome.error().message);
    if (*outcome == Outcome::kEnd) return all;
    all += file.WithoutDirectory(reader->place()).substr(std::string_view("file.csv:").size()) + ":";
    if (*outcome == Outcome::kBadRecord) {
      all += " bad: " + reader->problem();
    } else {
      for (const CsvField& field : reader->fields()) {
        all.append(field.quoted ? "{" : "[").append(field.text).append(field.quoted ? "}" : "]");
      }
    }
    all += '\n';
  }
}

TEST(CsvReaderTest, PlainRecords) {
  EXPECT_EQ(Read("a,b\n1,2\n"), "1:[a][b]\n2:[1][2]\n");
  EXPECT_EQ(Read("a,b\n1,2"), "1:[a][b]\n2:[1][2]\n");
  EXPECT_EQ(Read("a|b,c\n", '|'), "1:[a][b,c]\n");
  EXPECT_EQ(Read("a\tb\n", '\t'), "1:[a][b]\n");
  EXPECT_EQ(Read(",\n,,\n"), "1:[][]\n2:[][][]\n");
  EXPECT_EQ(Read(" a , b\n"), "1:[ a ][ b]\n");
  EXPECT_EQ(Read(""), "");
}

TEST(CsvReaderTest, LineEndsAndEmptyLines) {
  EXPECT_EQ(Read("a,b\r\n1,2\r\n"), "1:[a][b]\n2:[1][2]\n");
  EXPECT_EQ(Read("a\r\n1\r"), "1:[a]\n2:[1]\n");
  EXPECT_EQ(Read("\n\r\na\n\n\nb\n\n"), "3:[a]\n6:[b]\n");
  EXPECT_EQ(Read("a\rb,c\n"), "1:[a\rb][c]\n");
  EXPECT_EQ(Read("\"\"\n"), "1:{}\n");
}

TEST(CsvReaderTest, ByteOrderMarks) {
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "a,b\n"),
            "1:[a][b]\n");
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "\"a\",b\n"),
            "1:{a}[b]\n");
  EXPECT_EQ(Read("\xEF\xBB\xBF"), "");
  EXPECT_EQ(Read(std::string_view("\xFF\xFE"
                                  "a\0\n\0",
                                  6)),
            "file.csv: is UTF-16: expected UTF-8; convert it first");
}

TEST(CsvReaderTest, QuotedFields) {
  EXPECT_EQ(Read("\"a,b\",c\n"), "1:{a,b}[c]\n");
  EXPECT_EQ(Read("\"say \"\"hi\"\"\",\"\"\"\"\n"), "1:{say \"hi\"}{\"}\n");
  EXPECT_EQ(Read("\"two\nlines\",x\r\ny,\"\r\n\"\r\nz\n"), "1:{two\nlines}[x]\n3:[y]{\r\n}\n5:[z]\n");
  EXPECT_EQ(Read("\"a\",\"b\""), "1:{a}{b}\n");
  EXPECT_EQ(Read("\"a\"\r"), "1:{a}\n");
  EXPECT_EQ(Read("5\" disk,a\"\"b\n"), "1:[5\" disk][a\"\"b]\n");
}

TEST(CsvReaderTest, NulBytesAreText) {
  EXPECT_EQ(Read(std::string_view("a\0b,\"\0\"\n", 8)), std::string("1:[a\0b]{\0}\n", 11));
}

TEST(CsvReaderTest, BadRecordsAreLeftOut) {
  EXPECT_EQ(Read("a\n\"b\"c,d\ne\n"),
            "1:[a]\n2: bad: field 1 goes on after its closing quote: a quote inside a quoted field is written twice\n"
            "3:[e]\n");
  EXPECT_EQ(Read("a\nx,b\xFFz\ne\n"), "1:[a]\n2: bad: byte 3 of the record (0xFF) is not UTF-8\n3:[e]\n");
  EXPECT_EQ(Read("\"a\nb\"x\ny\n").substr(0, 8), "1: bad: ");
  EXPECT_EQ(Read("\"a\nb\"x\ny\n").substr(Read("\"a\nb\"x\ny\n").size() - 6), "3:[y]\n");
}

TEST(CsvReaderTest, AnOpenQuoteEndsTheFile) {
  EXPECT_EQ(Read("a\nb,\"c\nd\ne\n"), "1:[a]\nerror file.csv:2: a quote in this record is never closed");
  EXPECT_EQ(Read("\""), "error file.csv:1: a quote in this record is never closed");
  EXPECT_EQ(Read("\"a\"\""), "error file.csv:1: a quote in this record is never closed");
}

TEST(CsvReaderTest, FilesThatCannotBeRead) {
  const auto missing = CsvReader::Open("/nowhere/at/all.csv", ',');
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().type, ErrorType::kNotFound);
  EXPECT_EQ(missing.error().message, "/nowhere/at/all.csv: cannot be opened: No such file or directory");
  const auto directory = CsvReader::Open("/tmp", ',');
  ASSERT_FALSE(directory.has_value());
  EXPECT_EQ(directory.error().type, ErrorType::kIoError);
}

TEST(CsvReaderTest, FieldsLargerThanTheBuffer) {
  const std::string megabytes(3'000'000, 'x');
  const std::string quoted = "\"" + megabytes + "\"\"\n" + megabytes + "\"";
  EXPECT_EQ(Read("a," + megabytes + "\n" + quoted + ",b\nc\n"),
            "1:[a][" + megabytes + "]\n2:{" + megabytes + "\"\n" + megabytes + "}[b]\n4:[c]\n");
}

// Records of all kinds, long enough that every kind of byte falls on the end of the buffer.
TEST(CsvReaderTest, NothingHappensAtTheEndsOfTheBuffer) {
  std::mt19937 random(5);
  std::string content, expected;
  for (int line = 1; content.size() < 8'000'000;) {
    const int number = line;
    int breaks = 1;
    std::string fields;
    for (std::size_t field = 1 + random() % 4; field > 0; --field) {
      const std::string text(1 + random() % 40, static_cast<char>('a' + random() % 26));
      switch (random() % 3) {
        case 0:
          content += text, fields += "[" + text + "]";
          break;
        case 1:
          content += "\"" + text + "\"\"\"", fields += "{" + text + "\"}";
          break;
        default:
          content += "\"\r\n" + text + ",\"", fields += "{\r\n" + text + ",}", ++breaks;
      }
      if (field > 1) content += ',';
    }
    content += random() % 2 == 0 ? "\n" : "\r\n";
    expected += std::to_string(number) + ":" + fields + "\n";
    line += breaks;
  }
  EXPECT_TRUE(Read(content) == expected);
}

}  // namespace
}  // namespace plenum
