// Random texts made from a grammar, and random edits of texts.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/language/ebnf.h"

namespace plenum::language {

// A text and the parts of the grammar, by number, that it was made with.
struct Sentence {
  std::string text;
  std::vector<std::size_t> parts;
};

class SentenceMaker {
 public:
  SentenceMaker(const Grammar& grammar, std::uint32_t seed);

  // A sentence of this rule. Small: the deeper a part stands, and the longer the sentence is already, the less is
  // chosen that could be left out.
  Sentence Make(std::string_view rule);

  // Tells that a sentence was good: what was used less until now is preferred from then on.
  void Count(const Sentence& sentence);
  const std::vector<std::size_t>& uses() const { return uses_; }

 private:
  void Write(const Part& part, std::size_t depth, Sentence& out);
  void WriteToken(std::string_view kind, Sentence& out);
  const Part& Choose(const Part& choice, std::size_t depth);
  bool Chance(double probability) { return std::bernoulli_distribution(probability)(random_); }
  std::size_t Below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  const Grammar& grammar_;
  std::mt19937 random_;
  std::vector<std::size_t> least_;  // by part: the fewest rules within each other that it can be written with
  std::vector<std::size_t> uses_;
};

// `text` with one to three of its tokens deleted, doubled, swapped with the next or replaced by one of `others`.
std::string Edited(std::string_view text, const std::vector<std::string>& others, std::mt19937& random);

}  // namespace plenum::language
