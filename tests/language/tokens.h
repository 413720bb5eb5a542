// A query text cut into tokens, as the grammar of docs/grammar.md sees it.
//
// The parser has no such step: it compares characters where its grammar asks for them. So this is a second opinion on
// where one word or sign ends and the next begins; blanks, names, numbers and texts in quotes are read by the parser's
// own functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "parser/brackets.h"
#include "parser/progress.h"
#include "tests/language/ebnf.h"

namespace plenum::language {

struct Token {
  enum class Kind { kWord, kQuotedName, kParameter, kString, kNumber, kSign };
  Kind kind{};
  std::string_view text;
  std::size_t begin = 0;
  bool integer = false;  // of kNumber: an integer not over the largest
};

bool operator==(const Token& token, std::string_view sign_or_word);  // words in any case of letters

// Whether the part of a grammar, a word or a sign, or the rule, a kind of token, is this token.
bool IsToken(const Part& part, const Token& token);
bool IsToken(const Rule& rule, const Token& token);
// The kinds of tokens that a grammar may name.
bool IsKindOfToken(std::string_view name);

// A text and its tokens, with the look over its brackets that the notes beside the grammar need. The text must outlive
// it. Absent when the text cannot be cut: a number with letters, a quote not closed, brackets too deep.
class Tokens {
 public:
  static std::optional<std::vector<Token>> Cut(std::string_view text);

  Tokens(std::string_view text, std::vector<Token> tokens)
      : brackets_(text), progress_(text, brackets_), tokens_(std::move(tokens)) {}
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t at) const { return tokens_[at]; }
  // Whether the token at `at`, if there is one, is this sign or word.
  bool Is(std::size_t at, std::string_view what) const { return at < size() && tokens_[at] == what; }
  bool IsName(std::size_t at) const;
  const syntax::Progress& progress() const { return progress_; }

 private:
  syntax::BracketTable brackets_;
  syntax::Progress progress_;
  std::vector<Token> tokens_;
};

}  // namespace plenum::language
