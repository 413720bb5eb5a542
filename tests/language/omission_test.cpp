// Whatever were left out of the page's grammar, some text of the source tree would show it.
//
// Sentences made from the grammar cannot: they lack what the page lacks. So each option, repetition and alternative is
// taken out in turn, and a text that the parser takes must be one that this smaller grammar has not.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "parser/parser.h"
#include "tests/language/corpus.h"
#include "tests/language/ebnf.h"
#include "tests/language/recogniser.h"

namespace plenum::language {
namespace {

constexpr std::size_t kBytesMax = 500;  // longer texts have nothing that shorter ones have not, and take their time

std::vector<std::string> GoodTexts() {
  std::vector<std::string> texts;
  for (auto* read : {QueryTexts, ParserTestTexts}) {
    for (QueryText& query : read()) {
      if (query.text.size() < kBytesMax && Parse(query.text)) texts.push_back(std::move(query.text));
    }
  }
  std::ranges::sort(texts, {}, &std::string::size);
  return texts;
}

std::string Shown(const Part& part) {
  std::string shown = part.text;
  for (const Part& inner : part.parts) shown += ' ' + Shown(inner);
  return shown;
}

class Omissions {
 public:
  explicit Omissions(Grammar& grammar) : grammar_(grammar), texts_(GoodTexts()) {}

  void Try(const std::string& rule, Part& part) {
    const auto omit = [&](Part& place, Part smaller, const char* how) {
      const std::string what = rule + ": " + how + Shown(place);
      std::swap(place, smaller);
      EXPECT_TRUE(IsNoticed()) << what << ": write a query that needs it, as in tests/language/rare_forms.md";
      std::swap(place, smaller);
    };
    const Part nothing{.kind = Part::Kind::kSequence, .text = {}, .parts = {}};
    const Part never{.kind = Part::Kind::kChoice, .text = {}, .parts = {}};
    if (part.kind == Part::Kind::kOption || part.kind == Part::Kind::kRepetition) omit(part, nothing, "never");
    if (part.kind == Part::Kind::kRepetition) {
      omit(part, Part{.kind = Part::Kind::kOption, .text = {}, .parts = part.parts}, "once at most");
    }
    if (part.kind == Part::Kind::kChoice && part.parts.size() > 1) {
      for (Part& alternative : part.parts) omit(alternative, never, "without");
    }
    for (Part& inner : part.parts) Try(rule, inner);
  }

 private:
  bool IsNoticed() const {
    return std::any_of(texts_.begin(), texts_.end(), [this](const auto& text) { return !Recognises(grammar_, text); });
  }

  Grammar& grammar_;
  std::vector<std::string> texts_;
};

TEST(Omissions, EachIsNoticed) {
  auto grammar = ReadGrammar(EbnfBlock(ReadSourceFile("docs/grammar.md")));
  ASSERT_TRUE(grammar) << grammar.error().message;
  Omissions omissions(*grammar);
  for (Rule& rule : grammar->rules) {
    if (!rule.token) omissions.Try(rule.name, rule.body);
  }
}

}  // namespace
}  // namespace plenum::language
