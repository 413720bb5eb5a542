// The grammar of docs/grammar.md and the parser are the same language, both ways.
//
// Every text is shown to the parser and to a recogniser of the documented grammar, and they must agree, but for what
// the page lists as refused though the grammar has it. The texts: random sentences of the grammar, which use every part
// of it; all queries of the source tree and of the parser's tests; and random edits of both.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include "parser/parser.h"
#include "parser/words.h"
#include "tests/language/corpus.h"
#include "tests/language/ebnf.h"
#include "tests/language/notes.h"
#include "tests/language/recogniser.h"
#include "tests/language/sentences.h"
#include "tests/language/tokens.h"

namespace plenum::language {
namespace {

const std::string& Page() {
  static const std::string page = ReadSourceFile("docs/grammar.md");
  return page;
}

const Grammar& DocumentedGrammar() {
  static const Grammar grammar = [] {
    Result<Grammar> read = ReadGrammar(EbnfBlock(Page()));
    if (!read) ADD_FAILURE() << read.error().message;
    return read ? std::move(*read) : Grammar{};
  }();
  return grammar;
}

// What the grammar has and the parser refuses, as the page says below the grammar.
bool IsListedRefusal(const Error& error) {
  const auto says = [&](std::string_view beginning) { return error.message.starts_with(beginning); };
  return error.detail == "InvalidClauseComposition" || error.detail == "UndefinedVariable" ||
         error.detail == "IntegerOverflow" || error.detail == "NestingTooDeep" ||
         says("YIELD * is for a CALL that is the whole query");
}

enum class Verdict { kParsed, kListedRefusal, kNoSentence, kDisagree };

Verdict Compare(const std::string& text) {
  const auto parsed = Parse(text);
  const bool recognised = Recognises(DocumentedGrammar(), text);
  if (parsed && recognised) return Verdict::kParsed;
  if (!parsed && !recognised) return Verdict::kNoSentence;
  if (!parsed && IsListedRefusal(parsed.error())) return Verdict::kListedRefusal;
  ADD_FAILURE() << "the "
                << (parsed ? "parser takes this text and the page's grammar does not"
                           : "page's grammar has this text and the parser refuses it")
                << ":\n"
                << text << "\n"
                << (parsed ? "" : Describe(parsed.error(), text));
  return Verdict::kDisagree;
}

TEST(Grammar, IsOnThePageAndReadable) {
  const std::string_view block = EbnfBlock(Page());
  ASSERT_FALSE(DocumentedGrammar().rules.empty());
  EXPECT_LE(std::count(block.begin(), block.end(), '\n'), 120) << "the grammar fits on a page";
  for (const Rule& rule : DocumentedGrammar().rules) {
    EXPECT_EQ(rule.token, IsKindOfToken(rule.name)) << rule.name;
  }
  for (const Note& note : Notes()) EXPECT_NE(DocumentedGrammar().Find(note.rule), nullptr) << note.rule;
}

// Rules whose sentences are statements; one more often than another.
constexpr std::array<std::string_view, 6> kStatements = {"text", "query", "query", "query", "update", "schema"};

TEST(Grammar, MadeSentencesParse) {
  constexpr std::size_t kEnough = 10'000;
  constexpr std::size_t kMost = 300'000;  // rare parts may need more than enough, by luck
  const Grammar& grammar = DocumentedGrammar();
  ASSERT_FALSE(grammar.rules.empty());
  SentenceMaker maker(grammar, 20230220);
  const auto unused = [&] { return std::find(maker.uses().begin(), maker.uses().end(), 0u) != maker.uses().end(); };
  std::size_t parsed = 0;
  for (std::size_t i = 0; i < kEnough || (i < kMost && unused()); ++i) {
    const Sentence sentence = maker.Make(kStatements[i % kStatements.size()]);
    const Verdict verdict = Compare(sentence.text);
    ASSERT_NE(verdict, Verdict::kDisagree);
    if (verdict == Verdict::kParsed) maker.Count(sentence);
    if (verdict == Verdict::kParsed) ++parsed;
  }
  EXPECT_GT(parsed, kEnough / 2);
  for (const Part* part : grammar.parts) {
    EXPECT_NE(maker.uses()[part->number], 0u) << "no sentence that parses uses '" << part->text << "'";
  }
}

// All texts that are written somewhere.
std::vector<QueryText> WrittenTexts() {
  std::vector<QueryText> texts = QueryTexts();
  std::ranges::move(ParserTestTexts(), std::back_inserter(texts));
  return texts;
}

TEST(Grammar, AgreesWithTheParserOnTheSourceTree) {
  std::map<Verdict, int> seen;
  for (const QueryText& query : WrittenTexts()) {
    SCOPED_TRACE(query.where);
    ++seen[Compare(query.text)];
  }
  EXPECT_GT(seen[Verdict::kParsed], 600);
  EXPECT_GT(seen[Verdict::kNoSentence], 100);
}

std::vector<std::string> TokensOf(const std::vector<std::string>& texts) {
  std::set<std::string> all;
  for (const std::string& text : texts) {
    for (const Token& token : Tokens::Cut(text).value_or(std::vector<Token>{})) all.emplace(token.text);
  }
  return {all.begin(), all.end()};
}

TEST(Grammar, AgreesWithTheParserOnEditedTexts) {
  std::vector<std::string> texts;
  for (QueryText& query : WrittenTexts()) {
    if (query.text.size() < 600) texts.push_back(std::move(query.text));
  }
  SentenceMaker maker(DocumentedGrammar(), 1);
  const std::size_t written = texts.size();
  while (texts.size() < 3 * written) texts.push_back(maker.Make("query").text);
  const std::vector<std::string> tokens = TokensOf(texts);
  std::mt19937 random(20230221);
  int parsed = 0;
  for (int i = 0; i < 12'000 && !HasFailure(); ++i) {
    const std::string& text = texts[std::uniform_int_distribution<std::size_t>(0, texts.size() - 1)(random)];
    if (Compare(Edited(text, tokens, random)) == Verdict::kParsed) ++parsed;
  }
  EXPECT_GT(parsed, 200);
}

}  // namespace
}  // namespace plenum::language
