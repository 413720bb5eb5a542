// What the parser says no to, where, and in which words.
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "parser/parser.h"

namespace plenum {
namespace {

Error ErrorOf(std::string_view text) {
  auto parsed = Parse(text);
  EXPECT_FALSE(parsed) << text;
  return parsed ? Error{} : parsed.error();
}

struct Mistake {
  const char* text;
  std::uint32_t column;
  const char* says;  // a part of the message
};

void Expect(std::initializer_list<Mistake> mistakes) {
  for (const Mistake& mistake : mistakes) {
    const Error error = ErrorOf(mistake.text);
    EXPECT_EQ(error.type, ErrorType::kSyntaxError);
    EXPECT_EQ(error.phase, Phase::kCompile);
    ASSERT_TRUE(error.place) << mistake.text;
    EXPECT_EQ(error.place->column, mistake.column) << mistake.text << "\n" << error.message;
    EXPECT_NE(error.message.find(mistake.says), std::string::npos) << mistake.text << "\n" << error.message;
  }
}

TEST(Errors, NameWhatWasExpectedAndFound) {
  Expect({
      {"RETURN (1, 2)", 10, "expected ')' or an operator but found ','"},
      {"RETURN [1 2]", 11, "expected ',', ']' or an operator but found '2'"},
      {"RETURN f(1,)", 12, "expected an expression but found ')'"},
      {"MATCH (n) WHERE RETURN n", 17, "expected an expression but found 'RETURN'"},
      {"RETURN 1 +", 11, "expected an expression but found the end of the text"},
      {"MATCH (n:) RETURN n", 10, "expected a label but found ')'"},
      {"RETURN {1: 2}", 9, "expected '}' or a name but found '1'"},
      {"RETURN n.", 10, "expected a name but found the end of the text"},
      {"RETURN \"a\" 'b'", 12, "found the text 'b'"},
      {"MATCH p = RETURN p", 11, "expected a node, as in (n:Label) but found 'RETURN'"},
      {"RETURN n ORDER n.x", 16, "expected BY but found 'n'"},
      {"RETURN x STARTS 'a'", 17, "expected WITH but found"},
      {"RETURN x IS 3", 13, "NULL"},
      {"DROP TABLE x", 6, "expected INDEX or CONSTRAINT but found 'TABLE'"},
      {"CREATE (n VALID $since)", 17, "expected FROM, UNTIL, THROUGH"},
      {"MATCH (n VALID FROM) RETURN n", 20, "expected a date"},
      {"MATCH (n CITE s[1]) RETURN n", 18, "expected '..' but found ']'"},
      {"RETURN CASE WHEN 1 THEN 2", 26, "END"},
      {"", 1, "expected a query or another statement but found the end of the text"},
      {" ;", 2, "expected a query or another statement but found ';'"},
      {"RETURN 1; RETURN 2", 11, "statements are run one at a time"},
  });
}

TEST(Errors, SuggestTheKeywordMeant) {
  Expect({
      {"MACTH (n) RETURN n", 1, "did you mean MATCH?"},
      {"CREAT (n)", 1, "did you mean CREATE?"},
      {"OPTIONAL MACTH (n) RETURN n", 10, "did you mean MATCH?"},
      {"MATCH (n) WEHRE n.x = 1 RETURN n", 11, "did you mean WHERE?"},
      {"MATCH (n) RETRUN n", 11, "did you mean RETURN?"},
      {"MATCH (n) WITH n LIMT 3 RETURN n", 18, "did you mean LIMIT?"},
      {"RETURN n ODER BY n.x", 10, "did you mean ORDER?"},
      {"MATCH (n) WHERE n.x RETUNR n", 21, "did you mean RETURN?"},
  });
}

TEST(Errors, TranslateOtherDialects) {
  Expect({
      {"MATCH (n) AS OF '2020' RETURN n", 11, "write VALID AT"},
      {"MATCH (n AS OF '2020') RETURN n", 10, "write VALID AT"},
      {"MATCH (n) RETURN n AS OF '2020'", 23, "write VALID AT"},
      {"MATCH (n) FOR VALID_TIME AS OF '2020' RETURN n", 11, "write VALID AT"},
      {"MATCH (n) AT TIME '2020' RETURN n", 11, "write VALID AT"},
      {"MATCH (n) VALID AT TIME '2020' RETURN n", 25, "write VALID AT"},
      {"SELECT * FROM person", 1, "write MATCH … RETURN"},
      {"INSERT (n:Person)", 1, "write CREATE"},
      {"MATCH (n) FILTER n.x > 1 RETURN n", 11, "write WITH * WHERE"},
      {"MATCH (n) LET x = 1 RETURN n", 11, "write WITH"},
      {"MATCH (n) RETURN n.x, count(*) GROUP BY n.x", 32, "group by whatever is no aggregate"},
      {"MATCH (n) RETURN n HAVING n.x > 1", 20, "write WITH … WHERE"},
      {"MATCH (n) WHERE n.x LIKE 'a%' RETURN n", 21, "write CONTAINS"},
      {"MATCH (n) WHERE n.x != 1 RETURN n", 21, "write <>"},
      {"MATCH (n) WHERE n.x == 1 RETURN n", 22, "write ="},
      {"MATCH (n) WHERE n.x && n.y RETURN n", 21, "write AND"},
      {"MATCH (n) WHERE !n.x RETURN n", 17, "write NOT"},
      {"MATCH (n) WHERE n.x BETWEEN 1 AND 2 RETURN n", 21, "write low <= x <= high"},
      {"MATCH (n) WHERE n.x NOT IN [1] RETURN n", 21, "write NOT x IN list"},
      {"MATCH (a)<->(b) RETURN a", 12, "write -->"},
      {"MATCH (a)->(b) RETURN a", 11, "write -->"},
      {"MATCH (a)-(b) RETURN a", 11, "write --"},
      {"RETURN x::INTEGER", 10, "toInteger"},
      {"RETURN 2 ** 3", 11, "write ^"},
      {"RETURN 1 MATCH (n) RETURN n", 10, "write WITH in its place"},
      {"RETURN n WHERE n.x", 10, "WHERE stands before RETURN"},
  });
}

TEST(Errors, PointAtTheBracketThatIsOpen) {
  Expect({
      {"MATCH (n:Person {name: 'Ann'} RETURN n", 31, "the '(' at line 1, column 7 is never closed"},
      {"MATCH (a)-[:R-(b) RETURN a", 14, "the '[' at line 1, column 11 is never closed"},
      {"RETURN {k: {k: {}} AS x", 20, "the '{' at line 1, column 8 is never closed"},
      {"MATCH (n)) RETURN n", 10, "nothing is open"},
      {"RETURN 'abc", 8, "never closed"},
      {"RETURN `abc", 8, "never closed"},
      {"RETURN 1 /* abc", 10, "never closed"},
  });
}

TEST(Errors, ForeignCharactersAreNamed) {
  const Error dash = ErrorOf("RETURN 42 — 41");
  EXPECT_EQ(dash.detail, "InvalidUnicodeCharacter");
  EXPECT_NE(dash.message.find("write -"), std::string::npos);
  EXPECT_EQ(ErrorOf("RETURN ‘a’").detail, "InvalidUnicodeCharacter");
  EXPECT_EQ(ErrorOf("MATCH （n） RETURN n").place->column, 7u);
  EXPECT_EQ(ErrorOf("RETURN '\xff'").detail, "InvalidUnicodeCharacter");
  EXPECT_EQ(ErrorOf("RETURN 😀").detail, "InvalidUnicodeCharacter");
}

TEST(Errors, HowAQueryMayEnd) {
  for (const char* text :
       {"MATCH (n)", "WITH 1 AS x", "UNWIND [1] AS x", "MATCH (n) CALL a.b(n) YIELD x", "CALL { MATCH (n) } RETURN 1",
        "CALL { RETURN 1 AS x }", "CALL { CALL a.b() }", "RETURN 1 AS x UNION MATCH (n)"}) {
    EXPECT_EQ(ErrorOf(text).detail, "InvalidClauseComposition") << text;
  }
  EXPECT_EQ(ErrorOf("CALL a.b() YIELD * RETURN x").detail, "UnexpectedSyntax");
}

TEST(Errors, WhatPatternsMayNot) {
  Expect({
      {"MATCH ((a)-->(b) WHERE a.x) RETURN a", 27, "expected a quantifier"},
      {"MATCH p = CHEAPEST (a)-[r]->(b) RETURN p", 7, "expected COST"},
      {"MATCH (a)-->(b) COST 1 RETURN a", 22, "COST belongs to ANY CHEAPEST"},
      {"MATCH ()-[r*1..2]->{1,2}() RETURN r", 20, "expected a node"},
      {"MATCH (a)(b) RETURN a", 10, "a comma between patterns"},
      {"CREATE CONSTRAINT FOR (n:P) REQUIRE m.x IS UNIQUE", 37, "expected 'n'"},
      {"MATCH (n) SET n RETURN n", 15, "expected a property"},
      {"MATCH SHORTEST 2 GROUPS PATHS (a)-->(b) RETURN a", 25, "expected a node"},
  });
}

TEST(Errors, WhatBindsTighterThanANullTestStandsInParentheses) {
  Expect({
      {"RETURN a IS NULL + 1", 18, "binds tighter than the IS NULL before it"},
      {"RETURN a = b IS NOT NULL ^ 2", 26, "binds tighter"},
  });
  EXPECT_TRUE(Parse("RETURN (a IS NULL) + 1, a IS NULL = b, a IS NULL IN [true], a IS NULL IS NULL"));
}

TEST(Errors, PlacesCountLinesAndCharacters) {
  const Error error = ErrorOf("MATCH (n)\nWHERE n.名 = '中文' !\nRETURN n");
  EXPECT_EQ(error.place->line, 2u);
  EXPECT_EQ(error.place->column, 18u);
  EXPECT_EQ(error.place->span.end - error.place->span.begin, 1u);
}

// Cutting a text anywhere, or leaving any byte out, may give an error, but one with a place inside the text.
TEST(Errors, NoDamagedTextBreaksTheParser) {
  const std::string text =
      "EXPLAIN WHY VALID AT '2020' MATCH p = (a:A|B {x: $p})-[r:T*1..3 VALID DURING d CITE s[1..2]]->(b) OVERLAPPING "
      "WHERE EXISTS { (a)-->(b) } AND [x IN l WHERE x:C | x.y][0..-1] = CASE a WHEN 1.5e3 THEN 0x1F ELSE `q` END "
      "CALL (a) { RETURN reduce(s = 0, x IN l | s + x) AS z } SET a.x = 1 CITE s QUOTE 'w', b VALID FROM '1' "
      "RETURN DISTINCT a {.x, .*, y: 1}, [(a)-->(c) | c] AS l ORDER BY a.x DESC SKIP 1 LIMIT 2 UNION ALL RETURN "
      "'é\\n';";
  ASSERT_TRUE(Parse(text)) << Parse(text).error().message;
  const auto check = [](const std::string& damaged) {
    const auto parsed = Parse(damaged);
    if (parsed) return;
    ASSERT_TRUE(parsed.error().place);
    EXPECT_LE(parsed.error().place->span.begin, damaged.size());
    EXPECT_LE(parsed.error().place->span.end, damaged.size());
    EXPECT_FALSE(parsed.error().message.empty());
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    check(text.substr(0, i));
    check(text.substr(i));
    check(text.substr(0, i) + text.substr(i + 1));
    check(text.substr(0, i) + "([{`'\"|)]}"[i % 10] + text.substr(i));
  }
}

}  // namespace
}  // namespace plenum
