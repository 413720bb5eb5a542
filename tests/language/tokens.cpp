// Cuts by the first character of each token; of two signs that begin alike the longer is taken.
#include "tests/language/tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <variant>

#include "parser/characters.h"
#include "parser/literals.h"
#include "parser/refusal.h"
#include "parser/words.h"

namespace plenum::language {
namespace {

constexpr std::array<std::string_view, 7> kLongSigns = {"..", "=~", "<>", "<=", ">=", "||", "+="};
constexpr std::string_view kSigns = "()[]{},;:.|&!%=<>+-*/^";

std::size_t NamePartsEnd(std::string_view text, std::size_t at) {
  while (const std::size_t bytes = syntax::NamePartBytes(text, at)) at += bytes;
  return at;
}

// The end of what stands in quotes; throws when its escapes are wrong.
std::size_t QuotedEnd(std::string_view text, std::size_t at) {
  const std::size_t end = syntax::QuotedEnd(text, at);
  syntax::Unquote(text, at, end);
  return end;
}

Token NumberAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  const ast::Scalar value = syntax::ReadNumber(text, end);
  const auto* integer = std::get_if<std::int64_t>(&value);
  return {Token::Kind::kNumber, text.substr(at, end - at), at, integer != nullptr && *integer >= 0};
}

// An empty token when nothing of the language begins here.
Token TokenAt(std::string_view text, std::size_t at) {
  const auto token = [&](Token::Kind kind, std::size_t end) { return Token{kind, text.substr(at, end - at), at}; };
  const char c = text[at];
  if (c == '\'' || c == '"') return token(Token::Kind::kString, QuotedEnd(text, at));
  if (c == '`') return token(Token::Kind::kQuotedName, QuotedEnd(text, at));
  if (c == '$') {
    const bool quoted = at + 1 < text.size() && text[at + 1] == '`';
    const std::size_t end = quoted ? QuotedEnd(text, at + 1) : NamePartsEnd(text, at + 1);
    return token(Token::Kind::kParameter, end == at + 1 ? at : end);
  }
  if (syntax::NameStartBytes(text, at) != 0) return token(Token::Kind::kWord, syntax::NameEnd(text, at));
  for (std::string_view sign : kLongSigns) {
    if (text.substr(at, 2) == sign) return token(Token::Kind::kSign, at + 2);
  }
  if (syntax::BeginsNumber(text, at)) return NumberAt(text, at);
  return token(Token::Kind::kSign, kSigns.find(c) == std::string_view::npos ? at : at + 1);
}

using IsKind = bool (*)(const Token&);
constexpr std::array<std::pair<std::string_view, IsKind>, 6> kKinds = {{
    {"name", [](const Token& t) { return t.kind == Token::Kind::kWord || t.kind == Token::Kind::kQuotedName; }},
    {"variable",
     [](const Token& t) {
       return t.kind == Token::Kind::kQuotedName || (t.kind == Token::Kind::kWord && !syntax::IsReservedWord(t.text));
     }},
    {"parameter", [](const Token& t) { return t.kind == Token::Kind::kParameter; }},
    {"string", [](const Token& t) { return t.kind == Token::Kind::kString; }},
    {"integer", [](const Token& t) { return t.kind == Token::Kind::kNumber && t.integer; }},
    {"number", [](const Token& t) { return t.kind == Token::Kind::kNumber; }},
}};

IsKind FindKind(std::string_view name) {
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& kind) { return kind.first == name; });
  return found == kKinds.end() ? nullptr : found->second;
}

}  // namespace

bool operator==(const Token& token, std::string_view sign_or_word) {
  if (token.kind == Token::Kind::kWord) return syntax::EqualsIgnoringCase(token.text, sign_or_word);
  return token.kind == Token::Kind::kSign && token.text == sign_or_word;
}

bool IsToken(const Part& part, const Token& token) { return token == part.text; }
bool IsToken(const Rule& rule, const Token& token) { return FindKind(rule.name)(token); }
bool IsKindOfToken(std::string_view name) { return FindKind(name) != nullptr; }

std::optional<std::vector<Token>> Tokens::Cut(std::string_view text) {
  try {
    const syntax::BracketTable checked(text);
    std::vector<Token> tokens;
    for (std::size_t at = syntax::SkipBlanks(text, 0); at < text.size();) {
      tokens.push_back(TokenAt(text, at));
      if (tokens.back().text.empty()) return std::nullopt;
      at = syntax::SkipBlanks(text, at + tokens.back().text.size());
    }
    return tokens;
  } catch (const syntax::Refusal&) {
    return std::nullopt;
  }
}

bool Tokens::IsName(std::size_t at) const {
  return at < size() && (tokens_[at].kind == Token::Kind::kWord || tokens_[at].kind == Token::Kind::kQuotedName);
}

}  // namespace plenum::language
