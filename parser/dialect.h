// Words and signs of other query languages and slips of the pen, and how the same is written here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parser/progress.h"

namespace plenum::syntax {

// What to write instead of the word or sign that a parse stumbled over; empty when it is none we know.
std::string_view SpellingHint(std::string_view text, const Expectation& expectation);

// Whether something that begins like this could have stood at the place.
bool Wants(const Expectation& expectation, std::string_view beginning);

// The keyword among `candidates` (several words: the first counts) that `word` is most likely meant to be; empty when
// none is near.
template <class Candidates>
std::string_view NearestKeyword(std::string_view word, const Candidates& candidates);

// The number of insertions, deletions, replacements and swaps of neighbours between two words, case aside.
std::size_t SpellingDistance(std::string_view a, std::string_view b);

template <class Candidates>
std::string_view NearestKeyword(std::string_view word, const Candidates& candidates) {
  std::string_view nearest;
  if (word.size() < 3) return nearest;
  std::size_t best = word.size() < 5 ? 2 : 3;  // one mistake in a short word, two in a longer one
  for (std::string_view candidate : candidates) {
    const std::string_view first_word = candidate.substr(0, candidate.find(' '));
    const std::size_t distance = SpellingDistance(word, first_word);
    if (distance < best) {
      best = distance;
      nearest = first_word;
    }
  }
  return nearest;
}

}  // namespace plenum::syntax
