// Sets of ends are sorted vectors: most have one element or none.
#include "tests/language/recogniser.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "tests/language/notes.h"
#include "tests/language/tokens.h"

namespace plenum::language {
namespace {

using Ends = std::vector<std::size_t>;

void Add(Ends& ends, const Ends& more) {
  ends.insert(ends.end(), more.begin(), more.end());
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
}

class Recogniser {
 public:
  Recogniser(const Grammar& grammar, const Tokens& tokens)
      : grammar_(grammar), tokens_(tokens), known_(grammar.rules.size() * (tokens.size() + 1)) {}

  bool Whole() {
    const Ends ends = EndsOf(0, 0);
    return std::find(ends.begin(), ends.end(), tokens_.size()) != ends.end();
  }

 private:
  Ends EndsOf(std::size_t rule_index, std::size_t at) {
    const Rule& rule = grammar_.rules[rule_index];
    if (rule.token) return at < tokens_.size() && IsToken(rule, tokens_[at]) ? Ends{at + 1} : Ends{};
    std::optional<Ends>& known = known_[rule_index * (tokens_.size() + 1) + at];
    if (!known) {
      Ends ends = EndsOf(rule.body, at);
      for (const Note& note : Notes()) {
        if (note.rule != rule.name) continue;
        std::erase_if(ends, [&](std::size_t end) { return !note.allows(tokens_, at, end); });
      }
      known = std::move(ends);
    }
    return *known;
  }

  Ends EndsOf(const Part& part, std::size_t at) {
    switch (part.kind) {
      case Part::Kind::kWord:
      case Part::Kind::kSign:
        return at < tokens_.size() && IsToken(part, tokens_[at]) ? Ends{at + 1} : Ends{};
      case Part::Kind::kRule:
        return EndsOf(grammar_.by_name.find(part.text)->second, at);
      case Part::Kind::kSequence:
        return EndsOfSequence(part, at);
      case Part::Kind::kChoice: {
        Ends ends;
        for (const Part& alternative : part.parts) Add(ends, EndsOf(alternative, at));
        return ends;
      }
      case Part::Kind::kOption: {
        Ends ends = EndsOf(part.parts.front(), at);
        Add(ends, {at});
        return ends;
      }
      case Part::Kind::kRepetition:
        return EndsOfRepetition(part.parts.front(), at);
    }
    return {};
  }

  Ends EndsOfSequence(const Part& sequence, std::size_t at) {
    Ends ends = {at};
    for (const Part& part : sequence.parts) {
      Ends next;
      for (std::size_t end : ends) Add(next, EndsOf(part, end));
      ends = std::move(next);
    }
    return ends;
  }

  Ends EndsOfRepetition(const Part& repeated, std::size_t at) {
    Ends ends = {at};
    Ends latest = {at};
    while (!latest.empty()) {
      Ends next;
      for (std::size_t end : latest) Add(next, EndsOf(repeated, end));
      std::erase_if(next, [&](std::size_t end) { return std::binary_search(ends.begin(), ends.end(), end); });
      Add(ends, next);
      latest = std::move(next);
    }
    return ends;
  }

  const Grammar& grammar_;
  const Tokens& tokens_;
  std::vector<std::optional<Ends>> known_;
};

}  // namespace

bool Recognises(const Grammar& grammar, std::string_view text) {
  std::optional<std::vector<Token>> cut = Tokens::Cut(text);
  if (!cut) return false;
  const Tokens tokens(text, std::move(*cut));
  return Recogniser(grammar, tokens).Whole();
}

}  // namespace plenum::language
