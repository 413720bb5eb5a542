// One linear look over a text before it is parsed: which brackets match, and what stands between them.
//
// The language reuses its brackets: '(' opens an expression or a pattern, '[' a list or a comprehension. With the table
// built here the grammar decides which by looking, in constant time, instead of trying one and then the other, so
// nested brackets cost a linear, not an exponential, number of steps. The nesting of brackets is limited here too,
// before anything recursive sees the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/refusal.h"
#include "plenum/status.h"

namespace plenum::syntax {

struct Bracket {
  std::uint32_t open = 0;
  std::uint32_t close = kNever;  // offset of the matching bracket
  bool comma = false;            // a ',' directly inside
  bool bar = false;              // a '|' directly inside

  static constexpr std::uint32_t kNever = UINT32_MAX;
};

class BracketTable {
 public:
  // Strings, quoted names and comments are skipped. Throws a Refusal for what no grammar could make sense of: bytes
  // that are not UTF-8, quotes and comments without an end, nesting beyond kNestingMax.
  explicit BracketTable(std::string_view text);

  // The bracket that opens at `open`, closed or not; null when none does.
  const Bracket* Find(std::size_t open) const;
  // The innermost bracket around the '|' at `bar`; null when it stands in none.
  const Bracket* AroundBar(std::size_t bar) const;
  // The innermost bracket that is open at `at`; null when none is.
  const Bracket* Around(std::size_t at) const;
  // The first bracket that is never closed, or closes nothing, or closes one of another kind.
  const std::optional<Span>& unbalanced() const { return unbalanced_; }

 private:
  struct Bar {
    std::uint32_t at;
    std::uint32_t bracket;  // its index in brackets_
  };
  void Open(std::uint32_t at);
  void Close(std::string_view text, std::uint32_t at);
  void Separate(char separator, std::uint32_t at);

  std::vector<Bracket> brackets_;    // by `open`
  std::vector<Bar> bars_;            // by `at`
  std::vector<std::uint32_t> open_;  // indexes of the brackets that are still open, innermost last
  std::optional<Span> unbalanced_;
};

}  // namespace plenum::syntax
