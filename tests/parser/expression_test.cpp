// Every form of expression, and how operators bind.
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "parser/parser.h"
#include "tests/parser/sketch.h"

namespace plenum::ast {
namespace {

struct Meaning {
  const char* text;
  const char* sketch;
};

void Expect(std::initializer_list<Meaning> cases) {
  for (const Meaning& c : cases) EXPECT_EQ(SketchOfExpression(c.text), c.sketch) << c.text;
}

TEST(Precedence, TighterOperatorsBindFirst) {
  Expect({
      {"1 + 2 * 3 - 4 ^ 5", "(1 + (* 2 3) - (^ 4 5))"},
      {"a OR b XOR c AND d", "(OR a (XOR b (AND c d)))"},
      {"a AND b XOR c OR d", "(OR (XOR (AND a b) c) d)"},
      {"NOT a = b AND c", "(AND (NOT (= a b)) c)"},
      {"a = b + c", "(= a (+ b c))"},
      {"a % b / c * d", "(a % b / c * d)"},
      {"a + b = c - d", "(= (+ a b) (- c d))"},
      {"a = b IN c + d", "(= a (IN b (+ c d)))"},
      {"a STARTS WITH b + c AND d", "(AND (STARTS WITH a (+ b c)) d)"},
      {"a || b || [1]", "(+ a b [1])"},
      {"(1 + 2) * 3", "(* (+ 1 2) 3)"},
  });
}

TEST(Precedence, RowsOfOneLevelStayFlat) {
  Expect({
      {"a AND b AND c AND d", "(AND a b c d)"},
      {"a < b <= c = d <> e", "(a < b <= c = d <> e)"},
      {"2 ^ 3 ^ 4", "(^ 2 3 4)"},
      {"a - b + c", "(a - b + c)"},
      {"(a OR b) OR c", "(OR (OR a b) c)"},
      {"a ENDS WITH b CONTAINS c =~ d", "(a ENDS WITH b CONTAINS c =~ d)"},
  });
}

TEST(Precedence, UnaryOperators) {
  Expect({
      {"-2 ^ 2", "(^ (neg 2) 2)"},
      {"2 ^ -2", "(^ 2 (neg 2))"},
      {"- + -a.b", "(neg (pos (neg (. a b))))"},
      {"a - -1", "(- a (neg 1))"},
      {"a--1", "(- a (neg 1))"},
      {"NOT NOT a", "(NOT (NOT a))"},
      {"a AND NOT b OR NOT c", "(OR (AND a (NOT b)) (NOT c))"},
      {"NOT a IS NULL", "(NOT (IS NULL a))"},
      {"1 + NOT true",
       "ERROR UnexpectedSyntax: NOT binds looser than the operator before it: expected a value, or parentheses as in "
       "'a "
       "= (NOT b)'"},
  });
}

TEST(Precedence, NullTestsBindLikeIn) {
  Expect({
      {"a + b IS NULL", "(IS NULL (+ a b))"},
      {"a = b IS NOT NULL", "(= a (IS NOT NULL b))"},
      {"a IN b IS NULL", "(IS NULL (IN a b))"},
      {"a IS NULL IN b", "(IN (IS NULL a) b)"},
      {"a IS NULL IS NOT NULL", "(IS NOT NULL (IS NULL a))"},
  });
}

TEST(Postfix, PropertiesSubscriptsSlicesLabels) {
  Expect({
      {"n.a.b", "(. (. n a) b)"},
      {"n.match", "(. n match)"},
      {"n.`a b`", "(. n a b)"},
      {"l[0][i + 1]", "([] ([] l 0) (+ i 1))"},
      {"l[1..2]", "([..] l 1 2)"},
      {"l[..2]", "([..] l - 2)"},
      {"l[1..]", "([..] l 1 -)"},
      {"l[..]", "([..] l - -)"},
      {"l[1 .. -1].x", "(. ([..] l 1 (neg 1)) x)"},
      {"n:Person", "(: n Person)"},
      {"n:A:B AND m:A|B&!%", "(AND (: n (A&B)) (: m (A|(B&!%))))"},
      {"f(x).y[0]", "([] (. f(x) y) 0)"},
      {"{a: 1}.a", "(. {a: 1} a)"},
      {"$p.x", "(. $p x)"},
  });
}

TEST(Atoms, ListsAndMaps) {
  Expect({
      {"[]", "[]"},
      {"[1, [2], 'x']", "[1, [2], 'x']"},
      {"{}", "{}"},
      {"{a: 1, `b c`: {d: []}, match: 2}", "{a: 1, b c: {d: []}, match: 2}"},
      {"n {.a, .*, x: 1, y}", "n {.a, .*, x: 1, y}"},
      {"n {}", "n {}"},
  });
}

TEST(Atoms, Comprehensions) {
  Expect({
      {"[x IN xs]", "[x IN xs]"},
      {"[x IN xs WHERE x > 1]", "[x IN xs WHERE (> x 1)]"},
      {"[x IN xs | x.y]", "[x IN xs | (. x y)]"},
      {"[x IN xs WHERE x.a | x.b]", "[x IN xs WHERE (. x a) | (. x b)]"},
      {"[x IN xs, y]", "[(IN x xs), y]"},
      {"[(x IN xs)]", "[(IN x xs)]"},
      {"[null IN xs]", "[(IN null xs)]"},
      {"[TRUE IN xs]", "[(IN true xs)]"},
      {"[`x y` IN f(a, b) | 1]", "[x y IN f(a, b) | 1]"},
      {"[x IN xs WHERE x:A | x.y]", "[x IN xs WHERE (: x A) | (. x y)]"},
      {"[x IN xs WHERE x:(A|B) | x.y]", "[x IN xs WHERE (: x (A|B)) | (. x y)]"},
      {"[(a)-->(b) | b.x]", "[(a)-[]->(b) | (. b x)]"},
      {"[p = (a)-[:T|U*]->(b:B) VALID AT $d OVERLAPPING WHERE a.x | p]",
       "[p = (a)-[:(T|U)*..]->(b:B) VALID AT $d OVERLAPPING WHERE (. a x) | p]"},
      {"[(a)-->(b)]", "[(pattern (a)-[]->(b))]"},
      {"[(a), (b)]", "[a, b]"},
      {"[(a) | b]", "[(a) | b]"},
      {"[p = ANY SHORTEST (a)-[*]->(b) | p]", "[p = ANY SHORTEST (a)-[*..]->(b) | p]"},
      {"[any:A|B, none.x]", "[(: any (A|B)), (. none x)]"},
      {"[null IN xs]", "[(IN null xs)]"},
  });
}

TEST(Atoms, Calls) {
  Expect({
      {"f()", "f()"},
      {"a.b.c(1, x)", "a.b.c(1, x)"},
      {"count(*)", "count(*)"},
      {"count(DISTINCT n.x)", "count(DISTINCT (. n x))"},
      {"exists(n.p)", "exists((. n p))"},
      {"exists((a)-->(b))", "exists((pattern (a)-[]->(b)))"},
      {"all(x IN l WHERE x > 0)", "all(x IN l WHERE (> x 0))"},
      {"any(x IN l WHERE x) AND none(x IN l WHERE x)", "(AND any(x IN l WHERE x) none(x IN l WHERE x))"},
      {"SINGLE(x IN l)", "single(x IN l)"},
      {"any(x)", "any(x)"},
      {"reduce(s = 0, x IN l | s + x)", "reduce(s = 0, x IN l | (+ s x))"},
      {"count + any + none + single + filter + extract", "(+ count any none single filter extract)"},
  });
}

TEST(Atoms, Case) {
  Expect({
      {"CASE WHEN a THEN b END", "(CASE a -> b)"},
      {"CASE WHEN a THEN b WHEN c THEN d ELSE e END", "(CASE a -> b c -> d ELSE e)"},
      {"CASE n.x WHEN 1 THEN 'one' ELSE 'more' END", "(CASE (. n x) 1 -> 'one' ELSE 'more')"},
      {"case when case when true then 1 end = 1 then 2 end", "(CASE (= (CASE true -> 1) 1) -> 2)"},
  });
}

TEST(Atoms, PatternsAndParenthesesAreToldApart) {
  Expect({
      {"(a)-->(b)", "(pattern (a)-[]->(b))"},
      {"(a)--(b)", "(pattern (a)-[]-(b))"},
      {"(a)<--(b)", "(pattern (a)<-[]-(b))"},
      {"( a ) < - - (b)", "(pattern (a)<-[]-(b))"},
      {"(:A {x: 1})-[r:T]-()", "(pattern (:A {x: 1})-[r:T]-())"},
      {"(n WHERE n.x)-->()", "(pattern (n WHERE (. n x))-[]->())"},
      {"(WHERE true)-->()", "(pattern (WHERE true)-[]->())"},
      {"(VALID AT $d)-->()", "(pattern (VALID AT $d)-[]->())"},
      {"(CITE s)-->()", "(pattern (CITE s)-[]->())"},
      {"(valid AND cite) --(n)", "(- (AND valid cite) (neg n))"},
      {"NOT (a)-[:T]->(b)-->() AND true", "(AND (NOT (pattern (a)-[:T]->(b)-[]->())) true)"},
      {"(a)", "a"},
      {"(a)--1", "(- a (neg 1))"},
      {"(a) < -b", "(< a (neg b))"},
      {"(n.x)--(b)", "(- (. n x) (neg b))"},
      {"(a + b)-(c)", "(- (+ a b) c)"},
      {"(a)-(b)", "(- a b)"},
      {"shortestPath((a)-[*..3]-(b))", "(shortest shortestPath((a)-[*..3]-(b)))"},
      {"allShortestPaths((a)-[*]->(b))", "(shortest allShortestPaths((a)-[*..]->(b)))"},
  });
}

TEST(Atoms, Subqueries) {
  Expect({
      {"EXISTS { (a)-->(b) }", "EXISTS { MATCH (a)-[]->(b) }"},
      {"exists { (a)-->(b), (c) WHERE a.x }", "EXISTS { MATCH (a)-[]->(b), (c) WHERE (. a x) }"},
      {"COUNT { MATCH (a) RETURN a }", "COUNT { MATCH (a) RETURN a }"},
      {"COLLECT { MATCH (a) RETURN a.x LIMIT 3 }[0]", "([] COLLECT { MATCH (a) RETURN (. a x) LIMIT 3 } 0)"},
      {"COUNT { VALID AT '2020' MATCH (a) } > 1", "(> COUNT { VALID AT '2020' MATCH (a) } 1)"},
      {"EXISTS { VALID AT day (a)-->(b) }", "EXISTS { VALID AT day MATCH (a)-[]->(b) }"},
      {"EXISTS { VALID AT e.day (a)-->(b) }", "EXISTS { VALID AT (. e day) MATCH (a)-[]->(b) }"},
      {"EXISTS { foreach = (a)-->(b) }", "EXISTS { MATCH foreach = (a)-[]->(b) }"},
      {"EXISTS { RETURN 1 AS x UNION ALL RETURN 2 AS x }", "EXISTS { RETURN 1 AS x UNION ALL RETURN 2 AS x }"},
      {"COLLECT { MATCH (a) }",
       "ERROR InvalidClauseComposition: COLLECT { } collects what its query returns: expected RETURN after this "
       "clause"},
  });
}

TEST(Names, AnyScriptAndQuotes) {
  Expect({
      {"中文.属性 + été + _x1", "(+ (. 中文 属性) été _x1)"},
      {"`a``b`", "a`b"},
      {"`RETURN`", "RETURN"},
      {"valid + from + until + at + cite + quote + why", "(+ valid from until at cite quote why)"},
      {"$a + $`b c` + $0 + $1a + $return", "(+ $a $b c $0 $1a $return)"},
  });
}

std::string DetailOf(std::string_view expression) {
  const auto parsed = ParseExpression(expression);
  return parsed ? "none" : parsed.error().detail;
}

TEST(Literals, Numbers) {
  Expect({
      {"[0, 7, 007, 9223372036854775807]", "[0, 7, 7, 9223372036854775807]"},
      {"[0x1F, 0XfF, 0o17, 0O7]", "[31, 255, 15, 7]"},
      {"[1.5, .5, 1e3, 1.5e-3, 1E+2]", "[1.5, 0.5, 1000.0, 0.0015, 100.0]"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"-0x8000000000000000", "-9223372036854775808"},
      {"- -9223372036854775808", "(neg -9223372036854775808)"},
      {"-(-9223372036854775808)", "(neg -9223372036854775808)"},
      {"(-9223372036854775808)[0]", "([] -9223372036854775808 0)"},
      {"l[1..2]", "([..] l 1 2)"},
      {"1e-400", "0.0"},
  });
  for (const char* text :
       {"9223372036854775808", "0x8000000000000000", "-(9223372036854775808)", "1 - 9223372036854775808",
        "-9223372036854775809", "0o1000000000000000000000", "-9223372036854775808[0]"}) {
    EXPECT_EQ(DetailOf(text), "IntegerOverflow") << text;
  }
  for (const char* text : {"1e400", "-1.34E999", "123456789e999"})
    EXPECT_EQ(DetailOf(text), "FloatingPointOverflow") << text;
  for (const char* text : {"12abc", "0x", "0xG", "0o8", "1.5x", "1e5e"})
    EXPECT_EQ(DetailOf(text), "InvalidNumberLiteral") << text;
}

TEST(Literals, Texts) {
  Expect({
      {R"('it\'s')", "'it's'"},
      {R"("say \"yes\"")", "'say \"yes\"'"},
      {R"('\\ \n\t\b\f\r')", "'\\ \n\t\b\f\r'"},
      {R"('\u00e9\U0001F600\uD83D\uDE00')", "'é😀😀'"},
      {"'a // b /* c */'", "'a // b /* c */'"},
      {"''", "''"},
  });
  for (const char* text : {R"('\uH')", R"('\u12')", R"('\uD83D')", R"('\U00110000')"}) {
    EXPECT_EQ(DetailOf(text), "InvalidUnicodeLiteral") << text;
  }
  EXPECT_EQ(DetailOf(R"('\d')"), "UnexpectedSyntax");
}

TEST(Literals, Words) { Expect({{"[true, FALSE, Null]", "[true, false, null]"}}); }

}  // namespace
}  // namespace plenum::ast
