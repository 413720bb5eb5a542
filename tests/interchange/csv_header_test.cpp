// Headers of import files.
#include "engine/interchange/csv_header.h"

#include <gtest/gtest.h>

namespace plenum {
namespace {

Result<std::vector<Column>> Parse(std::initializer_list<std::string_view> fields, TableKind kind) {
  std::vector<CsvField> csv_fields;
  for (const std::string_view field : fields) csv_fields.push_back({.text = field});
  return ParseHeader(csv_fields, kind, "f.csv:1");
}
std::string NodesProblem(std::initializer_list<std::string_view> fields) {
  const auto columns = Parse(fields, TableKind::kNodes);
  return columns ? "" : columns.error().message;
}
std::string RelationshipsProblem(std::initializer_list<std::string_view> fields) {
  const auto columns = Parse(fields, TableKind::kRelationships);
  return columns ? "" : columns.error().message;
}

TEST(CsvHeaderTest, Nodes) {
  const auto columns = Parse({"id:ID(Person)", "name", "born:int", "tags:string[]", ":LABEL", "x:IGNORE", ":IGNORE",
                              "odd:name:date", ":VALID_FROM", ":VALID_THROUGH"},
                             TableKind::kNodes);
  ASSERT_TRUE(columns.has_value()) << columns.error().message;
  EXPECT_EQ((*columns)[0].role, ColumnRole::kId);
  EXPECT_EQ((*columns)[0].name, "id");
  EXPECT_EQ((*columns)[0].id_space, "Person");
  EXPECT_EQ((*columns)[1].type, ColumnType::kString);
  EXPECT_EQ((*columns)[2].type, ColumnType::kInteger);
  EXPECT_TRUE((*columns)[3].is_array);
  EXPECT_EQ((*columns)[3].name, "tags");
  EXPECT_EQ((*columns)[4].role, ColumnRole::kLabel);
  EXPECT_EQ((*columns)[5].role, ColumnRole::kIgnore);
  EXPECT_EQ((*columns)[7].name, "odd:name");
  EXPECT_EQ((*columns)[7].type, ColumnType::kDate);
  EXPECT_EQ((*columns)[9].role, ColumnRole::kValidThrough);
}

TEST(CsvHeaderTest, Relationships) {
  const auto columns = Parse({":START_ID(Person)", ":END_ID", ":TYPE", "w:double"}, TableKind::kRelationships);
  ASSERT_TRUE(columns.has_value()) << columns.error().message;
  EXPECT_EQ((*columns)[0].id_space, "Person");
  EXPECT_EQ((*columns)[1].id_space, "");
  EXPECT_EQ((*columns)[3].type, ColumnType::kFloat);
}

TEST(CsvHeaderTest, SaysWhatIsWrong) {
  EXPECT_EQ(NodesProblem({"name"}), "f.csv:1: header: expected a column :ID or :ID(space)");
  EXPECT_EQ(NodesProblem({":ID", "id:ID"}), "f.csv:1: header: :ID is there twice");
  EXPECT_EQ(NodesProblem({":ID", "a", "a:int"}), "f.csv:1: header: the property 'a' is there twice");
  EXPECT_EQ(NodesProblem({"a:ID", "a"}), "f.csv:1: header: the property 'a' is there twice");
  EXPECT_EQ(NodesProblem({":ID", ""}), "f.csv:1: header: a column has no name: write :IGNORE to skip it");
  EXPECT_EQ(NodesProblem({":ID", ":int"}), "f.csv:1: header: ':int' has no name: expected a property's name before it");
  EXPECT_EQ(NodesProblem({":ID", "a:integer"}).substr(0, 39), "f.csv:1: header: 'integer' is no type: ");
  EXPECT_EQ(NodesProblem({":id", "a"}).substr(0, 34), "f.csv:1: header: 'id' is no type: ");
  EXPECT_EQ(NodesProblem({":ID", ":TYPE"}), "f.csv:1: header: :TYPE has no meaning in a file of nodes");
  EXPECT_EQ(NodesProblem({":ID", "x:LABEL"}), "f.csv:1: header: :LABEL takes no name before it");
  EXPECT_EQ(NodesProblem({":ID", ":LABEL(x)"}), "f.csv:1: header: :LABEL takes no (…)");
  EXPECT_EQ(NodesProblem({":ID[]"}), "f.csv:1: header: :ID takes no []");
  EXPECT_EQ(RelationshipsProblem({":START_ID"}), "f.csv:1: header: expected a column :END_ID or :END_ID(space)");
  EXPECT_EQ(RelationshipsProblem({":START_ID", ":END_ID", ":ID"}),
            "f.csv:1: header: :ID has no meaning in a file of relationships");
  EXPECT_EQ(RelationshipsProblem({":START_ID", ":END_ID", ":VALID_UNTIL", ":VALID_THROUGH"}).substr(0, 40),
            "f.csv:1: header: expected :VALID_UNTIL (");
}

}  // namespace
}  // namespace plenum
