// Fields of import files as values.
#include "engine/interchange/csv_value.h"

#include <gtest/gtest.h>

namespace plenum {
namespace {

std::string Convert(ColumnType type, std::string_view text, bool is_array = false, bool quoted = false) {
  const Column column{.type = type, .is_array = is_array, .name = "born"};
  const Result<Value> value = ValueOfField(column, {.text = text, .quoted = quoted}, ';');
  return value ? ToText(*value) : value.error().message;
}

TEST(CsvValueTest, Strings) {
  EXPECT_EQ(Convert(ColumnType::kString, " a;b "), "' a;b '");
  EXPECT_EQ(Convert(ColumnType::kString, ""), "null");
  EXPECT_EQ(Convert(ColumnType::kString, "", false, true), "''");
}

TEST(CsvValueTest, Integers) {
  EXPECT_EQ(Convert(ColumnType::kInteger, "-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(Convert(ColumnType::kInteger, " 007 "), "7");
  EXPECT_EQ(Convert(ColumnType::kInteger, ""), "null");
  EXPECT_EQ(Convert(ColumnType::kInteger, "", false, true), "null");
  EXPECT_EQ(Convert(ColumnType::kInteger, "  "), "null");
  EXPECT_EQ(Convert(ColumnType::kInteger, "abc"), "column 'born': 'abc' is no integer");
  EXPECT_EQ(Convert(ColumnType::kInteger, "1.0"), "column 'born': '1.0' is no integer");
  EXPECT_EQ(Convert(ColumnType::kInteger, "-"), "column 'born': '-' is no integer");
  EXPECT_EQ(Convert(ColumnType::kInteger, "9223372036854775808"),
            "column 'born': '9223372036854775808' is no integer of 64 bits");
  EXPECT_LT(Convert(ColumnType::kInteger, std::string(1'000'000, 'x')).size(), 100u);
}

TEST(CsvValueTest, Floats) {
  EXPECT_EQ(Convert(ColumnType::kFloat, "1"), "1.0");
  EXPECT_EQ(Convert(ColumnType::kFloat, "-1.5e3"), "-1500.0");
  EXPECT_EQ(Convert(ColumnType::kFloat, "NaN"), "NaN");
  EXPECT_EQ(Convert(ColumnType::kFloat, "1,5"), "column 'born': '1,5' is no number");
}

TEST(CsvValueTest, BooleansAndDates) {
  EXPECT_EQ(Convert(ColumnType::kBoolean, "TRUE"), "true");
  EXPECT_EQ(Convert(ColumnType::kBoolean, "false"), "false");
  EXPECT_EQ(Convert(ColumnType::kBoolean, "yes"), "column 'born': 'yes' is no boolean: expected true or false");
  EXPECT_EQ(Convert(ColumnType::kDate, "2019-06-15"), "2019-06-15");
  EXPECT_EQ(Convert(ColumnType::kDate, "2019-02-30"),
            "column 'born': '2019-02-30' is no date: February 2019 has 28 days");
}

TEST(CsvValueTest, Arrays) {
  EXPECT_EQ(Convert(ColumnType::kString, "a;b;;", true), "['a', 'b', '', '']");
  EXPECT_EQ(Convert(ColumnType::kInteger, "1; 2", true), "[1, 2]");
  EXPECT_EQ(Convert(ColumnType::kInteger, "1;;2", true), "column 'born': '' is no integer");
  EXPECT_EQ(Convert(ColumnType::kString, "", true), "null");
}

}  // namespace
}  // namespace plenum
