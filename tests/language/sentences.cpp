// Writes a sentence by walking the grammar; edits one by its tokens.
#include "tests/language/sentences.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tests/language/tokens.h"

namespace plenum::language {
namespace {

constexpr std::size_t kNever = 1'000'000;
constexpr std::size_t kDepthMax = 40;   // an expression alone is some fifteen rules deep
constexpr std::size_t kBytesMax = 250;  // a longer sentence is ended as soon as it can be

// The fewest rules within each other; rules not known yet count as endless.
std::size_t Least(const Grammar& grammar, const Part& part, const std::vector<std::size_t>& rules) {
  std::size_t least = 0;
  switch (part.kind) {
    case Part::Kind::kRule:
      return rules[grammar.by_name.find(part.text)->second] + 1;
    case Part::Kind::kSequence:
      for (const Part& inner : part.parts) least = std::max(least, Least(grammar, inner, rules));
      return least;
    case Part::Kind::kChoice:
      least = kNever;
      for (const Part& inner : part.parts) least = std::min(least, Least(grammar, inner, rules));
      return least;
    default:
      return 0;
  }
}

std::vector<std::size_t> LeastOfParts(const Grammar& grammar) {
  std::vector<std::size_t> rules(grammar.rules.size(), kNever);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Rule& rule = grammar.rules[i];
      const std::size_t least = rule.token ? 0 : std::min(kNever, Least(grammar, rule.body, rules));
      changed = changed || least != rules[i];
      rules[i] = least;
    }
  }
  std::vector<std::size_t> parts;
  for (const Part* part : grammar.parts) parts.push_back(Least(grammar, *part, rules));
  return parts;
}

constexpr std::array<std::string_view, 12> kVariables = {"n",     "n",     "n",     "a",    "r",     "p",
                                                         "`a b`", "größe", "valid", "call", "count", "any"};
constexpr std::array<std::string_view, 8> kNames = {"name", "n", "Person", "`a ``b`", "valid", "WHERE", "in", "cite"};
constexpr std::array<std::string_view, 3> kParameters = {"$p", "$1", "$`a b`"};
constexpr std::array<std::string_view, 3> kStrings = {"'2020-01'", "\"it's\"", "'a\\n\\u0041'"};
constexpr std::array<std::string_view, 3> kIntegers = {"1", "0x1F", "3"};
constexpr std::array<std::string_view, 5> kNumbers = {"1", "2.5", ".5", "1e9", "0o17"};

}  // namespace

SentenceMaker::SentenceMaker(const Grammar& grammar, std::uint32_t seed)
    : grammar_(grammar), random_(seed), least_(LeastOfParts(grammar)), uses_(grammar.parts.size()) {}

Sentence SentenceMaker::Make(std::string_view rule) {
  Sentence sentence;
  Write(grammar_.Find(rule)->body, 0, sentence);
  return sentence;
}

void SentenceMaker::Count(const Sentence& sentence) {
  for (std::size_t part : sentence.parts) ++uses_[part];
}

void SentenceMaker::Write(const Part& part, std::size_t depth, Sentence& out) {
  out.parts.push_back(part.number);
  const auto room = [&] {
    return out.text.size() < kBytesMax && depth + least_[part.parts.front().number] < kDepthMax;
  };
  switch (part.kind) {
    case Part::Kind::kWord:
    case Part::Kind::kSign:
      out.text += part.text + ' ';
      break;
    case Part::Kind::kRule: {
      const Rule& rule = *grammar_.Find(part.text);
      if (rule.token)
        WriteToken(rule.name, out);
      else
        Write(rule.body, depth + 1, out);
      break;
    }
    case Part::Kind::kSequence:
      for (const Part& inner : part.parts) Write(inner, depth, out);
      break;
    case Part::Kind::kChoice:
      Write(Choose(part, out.text.size() < kBytesMax ? depth : kDepthMax), depth, out);
      break;
    case Part::Kind::kOption:
      if (room() && Chance(uses_[part.parts.front().number] == 0 ? 0.5 : 0.2)) Write(part.parts.front(), depth, out);
      break;
    case Part::Kind::kRepetition:
      while (room() && Chance(uses_[part.parts.front().number] == 0 ? 0.4 : 0.15))
        Write(part.parts.front(), depth, out);
      break;
  }
}

const Part& SentenceMaker::Choose(const Part& choice, std::size_t depth) {
  std::vector<const Part*> fitting;
  for (const Part& part : choice.parts) {
    if (depth + least_[part.number] < kDepthMax) fitting.push_back(&part);
  }
  if (fitting.empty() || Chance(0.5)) {
    const auto rank = [&](const Part& part) { return std::pair(least_[part.number], uses_[part.number]); };
    return *std::min_element(choice.parts.begin(), choice.parts.end(),
                             [&](const Part& a, const Part& b) { return rank(a) < rank(b); });
  }
  // Of two the one that was used less.
  const Part* one = fitting[Below(fitting.size())];
  const Part* other = fitting[Below(fitting.size())];
  return uses_[one->number] <= uses_[other->number] ? *one : *other;
}

void SentenceMaker::WriteToken(std::string_view kind, Sentence& out) {
  const auto pick = [&](const auto& texts) { out.text.append(texts[Below(texts.size())]) += ' '; };
  if (kind == "variable" && Chance(0.5)) return pick(std::array{std::string_view("n")});  // some rules want it twice
  if (kind == "variable") return pick(kVariables);
  if (kind == "name") return pick(kNames);
  if (kind == "parameter") return pick(kParameters);
  if (kind == "string") return pick(kStrings);
  if (kind == "integer") return pick(kIntegers);
  return pick(kNumbers);
}

std::string Edited(std::string_view text, const std::vector<std::string>& others, std::mt19937& random) {
  const std::optional<std::vector<Token>> cut = Tokens::Cut(text);
  if (!cut || cut->empty()) return std::string(text);
  std::vector<std::string> tokens;
  for (const Token& token : *cut) tokens.emplace_back(token.text);
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  for (std::size_t edits = 1 + below(3); edits > 0 && !tokens.empty(); --edits) {
    const std::size_t at = below(tokens.size());
    const auto here = tokens.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(4)) {
      case 0:
        tokens.erase(here);
        break;
      case 1:
        tokens.insert(here, std::string(tokens[at]));
        break;
      case 2:
        if (at + 1 < tokens.size()) std::swap(tokens[at], tokens[at + 1]);
        break;
      default:
        tokens[at] = others[below(others.size())];
    }
  }
  std::string edited;
  for (const std::string& token : tokens) edited += token + ' ';
  return edited;
}

}  // namespace plenum::language
