// What one parse carries along: the text, its brackets, how deep it stands, and the furthest place where it failed.
//
// An error message is made from that furthest place: everything that was tried there is what was expected there.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parser/brackets.h"

namespace plenum::syntax {

using Iterator = const char*;

// What stood open at the furthest failure. Quoted when it is to be written as it stands ("','", "WHERE"), in words when
// it is a kind of thing ("an expression").
struct Expectation {
  std::uint32_t at = 0;
  std::vector<std::string_view> wanted;
};

class Progress {
 public:
  Progress(std::string_view text, const BracketTable& brackets) : text_(text), brackets_(brackets) {}

  std::string_view text() const { return text_; }
  const BracketTable& brackets() const { return brackets_; }
  std::size_t Offset(Iterator at) const { return static_cast<std::size_t>(at - text_.data()); }
  Iterator At(std::size_t offset) const { return text_.data() + offset; }
  // The iterator past blanks and comments.
  Iterator Skip(Iterator at) const {
    // Nearly always there is none: each token skips them, and is tried for more than once.
    const bool may_be_blank = at == text_.data() + text_.size() || *at <= ' ' || *at == '/';
    return may_be_blank ? SkipAll(at) : at;
  }

  // Notes that `wanted` (which must outlive the parse) was not found at `at`.
  void Missed(Iterator at, std::string_view wanted);
  const Expectation& furthest() const { return furthest_; }

  // While a scope that speaks for its parts is open at some place, what they miss at that very place is not noted.
  std::uint32_t Hush(Iterator at);
  void Unhush(std::uint32_t before) { hushed_ = before; }

  // Nesting of what recurses in the grammar, and the height of the expression trees built so far at this level. Both
  // refuse at their limit, so that neither this parse nor any later walk over the tree can run out of stack.
  void Enter(Iterator at);
  void Leave() { --depth_; }
  std::uint32_t height = 0;

 private:
  Iterator SkipAll(Iterator at) const;

  std::string_view text_;
  const BracketTable& brackets_;
  Expectation furthest_;
  std::uint32_t hushed_ = 0;  // one more than the offset, so that 0 means nowhere
  std::uint32_t depth_ = 0;
};

}  // namespace plenum::syntax
