// Makes the message: what was expected, what was found, and a hint.
// The hint is another dialect's spelling translated, else the keyword nearest to a misspelt one, else the bracket that
// is still open.
#include "parser/diagnosis.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "parser/characters.h"
#include "parser/dialect.h"
#include "parser/words.h"

namespace plenum::syntax {
namespace {

constexpr std::size_t kWantedMax = 8;  // more than these say less

bool IsKeyword(std::string_view wanted) { return wanted[0] >= 'A' && wanted[0] <= 'Z'; }
bool IsInWords(std::string_view wanted) { return wanted[0] >= 'a' && wanted[0] <= 'z'; }

// Keywords and kinds of things stand as they are, signs in quotes.
std::string Shown(std::string_view wanted) {
  if (IsKeyword(wanted) || IsInWords(wanted)) return std::string(wanted);
  return "'" + std::string(wanted) + "'";
}

// Signs first, then keywords, then kinds of things, in the order in which they were tried.
std::string WantedList(std::vector<std::string_view> wanted) {
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

// Characters that look like ones of the language, and typing programs put in their place.
std::string_view LookAlike(char32_t c) {
  const bool dash =
      (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D || c == 0xAD;
  if (dash) return "write - instead";
  if ((c >= 0x2018 && c <= 0x201F) || c == 0x300C || c == 0x300D) return "write ' or \" around texts";
  if (c == 0xFF08 || c == 0xFF09) return "write ( and )";
  if (c == 0xFF0C || c == 0x3001) return "write , instead";
  if (c == 0xFF1A) return "write : instead";
  if (c == 0xFF1B) return "write ; instead";
  if (c == 0xFF1D) return "write = instead";
  if (c == 0x2264) return "write <= instead";
  if (c == 0x2265) return "write >= instead";
  if (c == 0x2260) return "write <> instead";
  return "put names with such characters between backticks";
}

bool IsForeignCharacter(std::string_view text, std::size_t at) {
  return at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80 && NameStartBytes(text, at) == 0;
}

std::vector<std::string_view> KeywordsWanted(const Expectation& expectation) {
  std::vector<std::string_view> keywords;
  for (std::string_view wanted : expectation.wanted) {
    if (IsKeyword(wanted)) keywords.push_back(wanted);
    if (wanted == "a clause" || wanted == "a query or another statement") {
      keywords.insert(keywords.end(), ClauseWords().begin(), ClauseWords().end());
    }
  }
  return keywords;
}

bool Wants(const Expectation& expectation, std::string_view what) {
  return std::find(expectation.wanted.begin(), expectation.wanted.end(), what) != expectation.wanted.end();
}

// A clause after RETURN, where only UNION may follow.
std::string_view AfterReturn(const Expectation& expectation, std::string_view word) {
  if (!Wants(expectation, "UNION") || Wants(expectation, "a clause")) return {};
  if (EqualsIgnoringCase(word, "WHERE")) return "WHERE stands before RETURN, after MATCH or WITH";
  constexpr std::string_view kClauses[] = {"MATCH", "OPTIONAL", "UNWIND", "WITH",   "CALL",    "CREATE", "MERGE",
                                           "SET",   "REMOVE",   "DELETE", "DETACH", "FOREACH", "LOAD",   "RETURN"};
  for (std::string_view clause : kClauses) {
    if (EqualsIgnoringCase(word, clause)) return "RETURN ends a query: write WITH in its place to go on";
  }
  return {};
}

std::string Hint(std::string_view text, const Expectation& expectation, Span token) {
  if (IsForeignCharacter(text, token.begin)) return std::string(LookAlike(DecodeAt(text, token.begin).value));
  const std::string_view spelling = SpellingHint(text, token.begin);
  if (!spelling.empty()) return std::string(spelling);
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  if (NameStartBytes(text, token.begin) == 0) return {};
  if (const std::string_view hint = AfterReturn(expectation, word); !hint.empty()) return std::string(hint);
  const std::string_view keyword = NearestKeyword(word, KeywordsWanted(expectation));
  if (keyword.empty() || EqualsIgnoringCase(keyword, word)) return {};
  return "did you mean " + std::string(keyword) + "?";
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
  std::string message = "expected " + WantedList(expectation.wanted) + " but found " + Found(text, token);
  const std::string hint = Hint(text, expectation, token);
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
