// Makes the message: what was expected, what was found, a hint, and the bracket that is still open.
#include "parser/diagnosis.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "parser/characters.h"
#include "parser/hints.h"

namespace plenum::syntax {
namespace {

constexpr std::size_t kWantedMax = 7;  // more than these say less
constexpr std::size_t kWantedBesideHintMax = 3;

bool IsKeyword(std::string_view wanted) { return wanted[0] >= 'A' && wanted[0] <= 'Z'; }
bool IsInWords(std::string_view wanted) { return wanted[0] >= 'a' && wanted[0] <= 'z'; }

// Keywords and kinds of things stand as they are, signs in quotes.
std::string Shown(std::string_view wanted) {
  if (IsKeyword(wanted) || IsInWords(wanted)) return std::string(wanted);
  return "'" + std::string(wanted) + "'";
}

// What could stand in many places, and is seldom what somebody meant.
bool IsSeldomMeant(std::string_view wanted) {
  constexpr std::string_view kSeldom[] = {"VALID", "CITE", "OVERLAPPING", "CHRONOLOGICAL", "UNION", "a parameter"};
  return std::ranges::find(kSeldom, wanted) != std::end(kSeldom);
}

// Signs first, then keywords, then kinds of things, in the order in which they were tried.
std::string WantedList(std::vector<std::string_view> wanted) {
  if (wanted.size() > kWantedMax)
    std::stable_partition(wanted.begin(), wanted.end(), [](auto w) { return !IsSeldomMeant(w); });
  wanted.resize(std::min(wanted.size(), kWantedMax + 1));
  const auto rank = [](std::string_view w) { return IsInWords(w) ? 2 : IsKeyword(w) ? 1 : 0; };
  std::stable_sort(wanted.begin(), wanted.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
  const std::size_t shown = std::min(wanted.size(), kWantedMax);
  std::string list;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i != 0) list += i + 1 == wanted.size() ? " or " : ", ";
    list += Shown(wanted[i]);
  }
  return shown < wanted.size() ? list + " …" : list;
}

Span TokenAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return MakeSpan(text.size(), text.size());
  if (text[at] == '\'' || text[at] == '"' || text[at] == '`') return MakeSpan(at, QuotedEnd(text, at));
  std::size_t end = at;
  while (const std::size_t bytes = NamePartBytes(text, end)) end += bytes;
  if (end == at) end += std::max<std::size_t>(DecodeAt(text, at).bytes, 1);
  return MakeSpan(at, end);
}

std::string Found(std::string_view text, Span token) {
  constexpr std::size_t kShownMax = 40;
  if (token.begin >= text.size()) return "the end of the text";
  std::string_view shown = text.substr(token.begin, token.end - token.begin);
  const bool quoted = shown[0] == '\'' || shown[0] == '"';
  if (shown.size() > kShownMax) return (quoted ? "the text " : "'") + std::string(shown.substr(0, 20)) + "…";
  return quoted ? "the text " + std::string(shown) : "'" + std::string(shown) + "'";
}

// Says so when a bracket before the place is the likelier cause.
std::string BracketNote(const Progress& progress, std::size_t at) {
  const std::optional<Span>& unbalanced = progress.brackets().unbalanced();
  if (!unbalanced || unbalanced->begin >= at) return {};
  const Place place = PlaceIn(progress.text(), *unbalanced);
  const char bracket = progress.text()[unbalanced->begin];
  const bool opens = bracket == '(' || bracket == '[' || bracket == '{';
  return std::string("; the '") + bracket + "' at line " + std::to_string(place.line) + ", column " +
         std::to_string(place.column) + (opens ? " is never closed" : " closes no bracket of its kind");
}

}  // namespace

Error Diagnose(const Progress& progress) {
  const std::string_view text = progress.text();
  const Expectation& expectation = progress.furthest();
  const Span token = TokenAt(text, expectation.at);
  const std::string hint = HintFor(progress, token);
  // With something better to say, a long list of what could have stood there is only in the way.
  const bool list = hint.empty() || expectation.wanted.size() <= kWantedBesideHintMax;
  std::string message = list ? "expected " + WantedList(expectation.wanted) + " but found " + Found(text, token)
                             : Found(text, token) + " cannot stand here";
  if (!hint.empty()) message += "; " + hint;
  message += BracketNote(progress, token.begin);
  const char* detail = IsForeignCharacter(text, token.begin) ? "InvalidUnicodeCharacter" : "UnexpectedSyntax";
  return MakeError(text, {token, detail, std::move(message)});
}

Error MakeError(std::string_view text, Refusal&& refusal) {
  Error error;
  error.type = ErrorType::kSyntaxError;
  error.detail = std::move(refusal.detail);
  error.message = std::move(refusal.message);
  error.phase = Phase::kCompile;
  error.place = PlaceIn(text, refusal.span);
  return error;
}

}  // namespace plenum::syntax
