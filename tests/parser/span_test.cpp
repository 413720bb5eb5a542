// Spans: every expression's is exactly its text as written, for columns are named by it.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "parser/parser.h"

namespace plenum::ast {
namespace {

std::string_view Excerpt(std::string_view text, Span span) { return text.substr(span.begin, span.end - span.begin); }

// The columns of RETURN, as named by their spans.
std::vector<std::string> Columns(std::string_view text) {
  const auto statement = Parse(text);
  if (!statement) return {"ERROR " + statement.error().message};
  const auto& query = std::get<Query>(statement->node);
  std::vector<std::string> columns;
  for (const auto& item : std::get<Return>(query.parts.back().clauses.back().node).projection.items) {
    columns.emplace_back(Excerpt(text, item.expression.span));
  }
  return columns;
}

using Texts = std::vector<std::string>;

TEST(Spans, ColumnsAreTheTextAsWritten) {
  EXPECT_EQ(Columns("RETURN n.x + 1"), Texts({"n.x + 1"}));
  EXPECT_EQ(Columns("RETURN  (1+2) , ( 1 ) * 2,( 3)"), Texts({"(1+2)", "( 1 ) * 2", "( 3)"}));
  EXPECT_EQ(Columns("return count( * ), n . name ,-  1,NOT  a /* c */ ORDER BY 1"),
            Texts({"count( * )", "n . name", "-  1", "NOT  a"}));
  EXPECT_EQ(Columns("RETURN a IS  NULL, [x IN y | x ], {a : 1 } , CASE WHEN a THEN b END // end"),
            Texts({"a IS  NULL", "[x IN y | x ]", "{a : 1 }", "CASE WHEN a THEN b END"}));
  EXPECT_EQ(Columns("RETURN 'a' AS x, $p , `b c`.d, n:A:B , -9223372036854775808"),
            Texts({"'a'", "$p", "`b c`.d", "n:A:B", "-9223372036854775808"}));
  EXPECT_EQ(Columns("RETURN EXISTS { (a)-->(b) } , [(a)-->(b) | 1] ,exists( n.x )"),
            Texts({"EXISTS { (a)-->(b) }", "[(a)-->(b) | 1]", "exists( n.x )"}));
  EXPECT_EQ(Columns("RETURN ((a + b) * c)"), Texts({"((a + b) * c)"}));
}

TEST(Spans, OfTheParts) {
  constexpr std::string_view kText = " (a + b) * c.d [ 1 ] - NOT_A ";
  const auto parsed = ParseExpression(kText);
  ASSERT_TRUE(parsed);
  const auto& sum = std::get<Chain>(parsed->node);
  EXPECT_EQ(Excerpt(kText, parsed->span), "(a + b) * c.d [ 1 ] - NOT_A");
  EXPECT_EQ(Excerpt(kText, sum.first->span), "(a + b) * c.d [ 1 ]");
  EXPECT_EQ(Excerpt(kText, sum.rest[0].op_span), "-");
  EXPECT_EQ(Excerpt(kText, sum.rest[0].operand->span), "NOT_A");
  const auto& product = std::get<Chain>(sum.first->node);
  EXPECT_EQ(Excerpt(kText, product.first->span), "(a + b)");
  const auto& subscript = std::get<Subscript>(product.rest[0].operand->node);
  EXPECT_EQ(Excerpt(kText, subscript.object->span), "c.d");
  EXPECT_EQ(Excerpt(kText, subscript.index->span), "1");
  EXPECT_EQ(Excerpt(kText, std::get<PropertyAccess>(subscript.object->node).key.span), "d");
}

TEST(Spans, OfUnaryOperatorsAndNullTests) {
  constexpr std::string_view kText = "NOT - a IS NULL";
  const auto parsed = ParseExpression(kText);
  ASSERT_TRUE(parsed);
  const auto& test = std::get<NullTest>(std::get<Unary>(parsed->node).operand->node);
  EXPECT_EQ(Excerpt(kText, std::get<Unary>(parsed->node).operand->span), "- a IS NULL");
  EXPECT_EQ(Excerpt(kText, test.operand->span), "- a");
}

TEST(Spans, OfClausesPatternsAndEvidence) {
  constexpr std::string_view kText =
      "MATCH (a:A|B) , p = (b)-[r:T*1..2 ]->( ) VALID AT $d WHERE a.x CREATE (c VALID FROM '2020' CITE s[1..2] ) ; ";
  const auto statement = Parse(kText);
  ASSERT_TRUE(statement);
  const auto& clauses = std::get<Query>(statement->node).parts[0].clauses;
  EXPECT_EQ(Excerpt(kText, clauses[0].span), "MATCH (a:A|B) , p = (b)-[r:T*1..2 ]->( ) VALID AT $d WHERE a.x");
  const auto& pattern = std::get<Match>(clauses[0].node).pattern;
  EXPECT_EQ(Excerpt(kText, pattern.paths[0].span), "(a:A|B)");
  EXPECT_EQ(Excerpt(kText, std::get<NodePattern>(pattern.paths[0].elements[0]).labels->span), "A|B");
  EXPECT_EQ(Excerpt(kText, pattern.paths[1].span), "p = (b)-[r:T*1..2 ]->( )");
  const auto& relationship = std::get<RelationshipPattern>(pattern.paths[1].elements[1]);
  EXPECT_EQ(Excerpt(kText, relationship.span), "-[r:T*1..2 ]->");
  EXPECT_EQ(Excerpt(kText, relationship.repetition->span), "*1..2");
  EXPECT_EQ(Excerpt(kText, pattern.filter->span), "VALID AT $d");
  const auto& node = std::get<NodePattern>(std::get<Create>(clauses[1].node).pattern.paths[0].elements[0]);
  EXPECT_EQ(Excerpt(kText, node.assertion->span), "VALID FROM '2020'");
  EXPECT_EQ(Excerpt(kText, node.citations[0].span), "CITE s[1..2]");
  EXPECT_EQ(Excerpt(kText, node.citations[0].source.span), "s");
}

TEST(Spans, BytesNotCharacters) {
  constexpr std::string_view kText = "RETURN '中文' AS 名 , x";
  EXPECT_EQ(Columns(kText), Texts({"'中文'", "x"}));
}

}  // namespace
}  // namespace plenum::ast
