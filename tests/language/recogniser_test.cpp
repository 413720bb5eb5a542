// What the tests of the grammar are made of: EBNF and its reader, tokens, the recogniser, the editor of texts.
#include "tests/language/recogniser.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/language/ebnf.h"
#include "tests/language/sentences.h"
#include "tests/language/tokens.h"

namespace plenum::language {
namespace {

std::string FaultOf(std::string_view ebnf) {
  const auto read = ReadGrammar(ebnf);
  return read ? "none" : read.error().message;
}

TEST(Ebnf, FaultsAreNamedWithTheirLine) {
  EXPECT_EQ(FaultOf("a = B 'c' [D | a] -- note\n"), "none");
  EXPECT_EQ(FaultOf("a = B\n  | c"), "grammar, line 2: there is no rule 'c'");
  EXPECT_EQ(FaultOf("a = B\nb = C"), "grammar, line 0: the rule 'b' is used nowhere");
  EXPECT_EQ(FaultOf("a = a\na = C"), "grammar, line 2: the rule 'a' is there twice");
  EXPECT_EQ(FaultOf("a = [B"), "grammar, line 1: '[' is never closed");
  EXPECT_EQ(FaultOf("a = B | | C"), "grammar, line 1: an alternative of nothing; write [ ] instead");
}

TEST(Ebnf, TheBlockIsCutOutOfThePage) {
  EXPECT_EQ(EbnfBlock("# Page\n```ebnf\na = B\n```\nmore"), "a = B\n");
  EXPECT_EQ(EbnfBlock("# Page\n"), "");
}

// Alternatives that begin alike, repetitions that must stop early, options that are nothing: no order of trying
// matters.
TEST(Recogniser, FindsEveryReading) {
  const auto grammar =
      ReadGrammar("text = { item } B | item [C] [C] C\nitem = A | A B | '(' text ')' | name\nname = ? a name ?");
  ASSERT_TRUE(grammar) << grammar.error().message;
  for (const char* text :
       {"B", "A B", "A B B", "a b B", "x c", "A c C", "A B C C C", "( B ) B", "( x c ) c", "(b) `B` b"}) {
    EXPECT_TRUE(Recognises(*grammar, text)) << text;
  }
  for (const char* text : {"", "A", "x C C C C", "( B", "( x ) B )", "B 1", "`B`"}) {
    EXPECT_FALSE(Recognises(*grammar, text)) << text;
  }
}

std::string Spaced(std::string_view text) {
  std::string all;
  for (const Token& token : Tokens::Cut(text).value_or(std::vector<Token>{})) all += std::string(token.text) + ' ';
  return all;
}

TEST(Tokens, AreCutWhereTheParserCuts) {
  EXPECT_EQ(Spaced("a<-[r*1..3]-(b) // end"), "a < - [ r * 1 .. 3 ] - ( b ) ");
  EXPECT_EQ(Spaced("x<=.5<>$1=~'a\\'b'||`c``d`"), "x <= .5 <> $1 =~ 'a\\'b' || `c``d` ");
  EXPECT_EQ(Spaced("a.b..c[1...5]/* x */+=2.5e3"), "a . b .. c [ 1 .. .5 ] += 2.5e3 ");
  for (const char* text : {"1a", "'open", "?", "'\\q'", "$"}) EXPECT_FALSE(Tokens::Cut(text)) << text;
}

TEST(Edits, ChangeFewTokens) {
  std::mt19937 random(7);
  std::size_t longest = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string edited = Edited("a b c d e f", {"X"}, random);
    longest = std::max(longest, edited.size());
    EXPECT_GE(edited.size(), 2u * 3u);
  }
  EXPECT_GT(longest, 2u * 6u);
  EXPECT_LE(longest, 2u * 9u);
}

}  // namespace
}  // namespace plenum::language
