// The grammar of docs/grammar.md as data: read from the page, so that what is tested is what people read.
//
// The notation is the page's: `name = …`, KEYWORD, 'sign', ( ), [ ] optional, { } repeated, | choice, `-- comment`, and
// `? words ?`, which makes the rule a kind of token (see tokens.h).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum::language {

struct Part {
  enum class Kind { kWord, kSign, kRule, kSequence, kChoice, kOption, kRepetition };
  Kind kind{};
  std::string text;         // kWord, kSign: as written in the text; kRule: its name
  std::vector<Part> parts;  // kSequence, kChoice: any number; kOption, kRepetition: one
  std::size_t number = 0;   // no other part of the grammar has it
};

struct Rule {
  std::string name;
  bool token = false;  // a kind of token: no body
  Part body;
};

struct Grammar {
  std::vector<Rule> rules;  // the first is where a text begins
  std::map<std::string, std::size_t, std::less<>> by_name;
  std::vector<const Part*> parts;  // by number

  const Rule* Find(std::string_view name) const;
};

// The inside of the page's ```ebnf block; empty when there is none.
std::string_view EbnfBlock(std::string_view markdown);

// Fails with what is wrong and the line within the block: a rule that is used and not there, there and not used, there
// twice; a bracket not closed.
Result<Grammar> ReadGrammar(std::string_view ebnf);

}  // namespace plenum::language
