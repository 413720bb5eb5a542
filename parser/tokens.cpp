// Reads one token each: names, keywords, signs, parameters, literals.
// Keywords are words by their place, so a word is compared only where the grammar asks for it.
#include "parser/tokens.h"

#include <algorithm>
#include <utility>

#include "parser/characters.h"
#include "parser/literals.h"
#include "parser/words.h"

namespace plenum::syntax {
namespace {

// Where a name at `at` ends, and whether it is quoted; `end` == `at` when there is none.
struct RawName {
  std::size_t begin;
  std::size_t end;
  bool quoted;
};

RawName RawNameAt(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '`') return {at, QuotedEnd(text, at), true};
  return {at, NameEnd(text, at), false};
}

std::string_view Spelling(std::string_view text, const RawName& raw) {
  return text.substr(raw.begin, raw.end - raw.begin);
}

void Unescape(std::string_view text, const RawName& raw, std::string& out) {
  out = raw.quoted ? Unquote(text, raw.begin, raw.end) : std::string(Spelling(text, raw));
}

bool MayBeVariable(std::string_view text, const RawName& raw) {
  return raw.end != raw.begin && (raw.quoted || !IsReservedWord(Spelling(text, raw)));
}

bool ReadName(Progress& progress, Iterator& first, ast::Name& out, bool reserved, std::string_view wanted) {
  const Iterator at = progress.Skip(first);
  const RawName raw = RawNameAt(progress.text(), progress.Offset(at));
  if (raw.end == raw.begin || !(reserved || MayBeVariable(progress.text(), raw))) {
    progress.Missed(at, wanted);
    return false;
  }
  out.span = MakeSpan(raw.begin, raw.end);
  Unescape(progress.text(), raw, out.text);
  first = progress.At(raw.end);
  return true;
}

bool IsWordAt(std::string_view text, std::size_t at, std::string_view word) {
  return EqualsIgnoringCase(text.substr(std::min(at, text.size()), word.size()), word) &&
         NamePartBytes(text, at + word.size()) == 0;
}

bool ReadNumberInto(Progress& progress, Iterator& first, Iterator at, ast::Literal& out) {
  std::size_t offset = progress.Offset(at);
  out.value = ReadNumber(progress.text(), offset);
  first = progress.At(offset);
  return true;
}

}  // namespace

bool BeginsTimeOrEvidence(std::string_view text, std::size_t at) {
  const bool valid = IsWordAt(text, at, "VALID");
  if (!valid && !IsWordAt(text, at, "CITE")) return false;
  const std::size_t next = SkipBlanks(text, NameEnd(text, at));
  if (!valid) return next < text.size() && (text[next] == '$' || MayBeVariable(text, RawNameAt(text, next)));
  constexpr std::string_view kWords[] = {"FROM", "UNTIL", "THROUGH", "AT", "DURING", "CERTAINLY", "POSSIBLY"};
  for (std::string_view word : kWords) {
    if (IsWordAt(text, next, word)) return true;
  }
  return false;
}

bool TakeKeyword(Progress& progress, Iterator& first, std::string_view words, bool silent) {
  const std::string_view text = progress.text();
  Iterator at = progress.Skip(first);
  for (;;) {
    const std::string_view word = words.substr(0, words.find(' '));
    const std::size_t offset = progress.Offset(at);
    if (!IsWordAt(text, offset, word)) {
      if (!silent) progress.Missed(at, words);
      return false;
    }
    at = progress.At(offset + word.size());
    if (word.size() == words.size()) break;
    // Once its first word is there, the others are worth naming.
    silent = false;
    words.remove_prefix(word.size() + 1);
    at = progress.Skip(at);
  }
  first = at;
  return true;
}

bool TakeSign(Progress& progress, Iterator& first, std::string_view sign, std::string_view unless,
              std::string_view wanted) {
  const Iterator at = progress.Skip(first);
  const std::string_view rest = progress.text().substr(progress.Offset(at));
  const bool longer = rest.size() > sign.size() && unless.find(rest[sign.size()]) != std::string_view::npos;
  if (rest.substr(0, sign.size()) != sign || longer) {
    if (!wanted.empty()) progress.Missed(at, wanted);
    return false;
  }
  first = at + sign.size();
  return true;
}

bool ReadVariableName(Progress& progress, Iterator& first, ast::Name& out) {
  return ReadName(progress, first, out, false, "a name");
}

bool ReadAnyName(Progress& progress, Iterator& first, ast::Name& out) {
  return ReadName(progress, first, out, true, "a name");
}

bool ReadPatternVariable(Progress& progress, Iterator& first, ast::Name& out) {
  if (BeginsTimeOrEvidence(progress.text(), progress.Offset(progress.Skip(first)))) return false;
  return ReadName(progress, first, out, false, "a name");
}

bool ReadVariable(Progress& progress, Iterator& first, ast::Variable& out) {
  ast::Name name;
  if (!ReadVariableName(progress, first, name)) return false;
  out.name = std::move(name.text);
  return true;
}

bool ReadDottedName(Progress& progress, Iterator& first, ast::Name& out) {
  Iterator at = first;
  if (!ReadVariableName(progress, at, out)) return false;
  for (;;) {
    Iterator next = progress.Skip(at);
    if (progress.text().substr(progress.Offset(next), 1) != ".") break;
    ast::Name part;
    if (!ReadAnyName(progress, ++next, part)) break;
    out.text += '.' + part.text;
    out.span.end = part.span.end;
    at = next;
  }
  first = at;
  return true;
}

bool ReadCallee(Progress& progress, Iterator& first, ast::Name& out) {
  Iterator at = progress.Skip(first);
  // exists(…) is the one function whose name is a reserved word.
  const bool exists = IsWordAt(progress.text(), progress.Offset(at), "EXISTS");
  const bool read = exists ? ReadAnyName(progress, at, out) : ReadDottedName(progress, at, out);
  if (!read || progress.text().substr(progress.Offset(progress.Skip(at)), 1) != "(") return false;
  first = at;
  return true;
}

bool ReadParameter(Progress& progress, Iterator& first, ast::Parameter& out) {
  const std::string_view text = progress.text();
  const Iterator at = progress.Skip(first);
  const std::size_t offset = progress.Offset(at);
  if (text.substr(offset, 1) != "$") {
    progress.Missed(at, "a parameter");
    return false;
  }
  RawName raw = RawNameAt(text, offset + 1);
  if (!raw.quoted) {
    while (const std::size_t bytes = NamePartBytes(text, raw.end)) raw.end += bytes;
  }
  if (raw.end == raw.begin) {
    progress.Missed(at + 1, "the parameter's name");
    return false;
  }
  Unescape(text, raw, out.name);
  first = progress.At(raw.end);
  return true;
}

bool ReadLiteral(Progress& progress, Iterator& first, ast::Literal& out) {
  const std::string_view text = progress.text();
  const Iterator at = progress.Skip(first);
  const std::size_t offset = progress.Offset(at);
  if (BeginsNumber(text, offset)) return ReadNumberInto(progress, first, at, out);
  if (offset < text.size() && (text[offset] == '\'' || text[offset] == '"')) return ReadText(progress, first, out);
  if (IsWordAt(text, offset, "NULL")) {
    out.value = ast::Null{};
  } else if (IsWordAt(text, offset, "TRUE")) {
    out.value = true;
  } else if (IsWordAt(text, offset, "FALSE")) {
    out.value = false;
  } else {
    progress.Missed(at, "a value");
    return false;
  }
  first = progress.At(NameEnd(text, offset));
  return true;
}

bool ReadText(Progress& progress, Iterator& first, ast::Literal& out) {
  const std::string_view text = progress.text();
  const Iterator at = progress.Skip(first);
  const std::size_t offset = progress.Offset(at);
  if (offset >= text.size() || (text[offset] != '\'' && text[offset] != '"')) {
    progress.Missed(at, "a text in quotes");
    return false;
  }
  const std::size_t end = QuotedEnd(text, offset);
  out.value = Unquote(text, offset, end);
  first = progress.At(end);
  return true;
}

bool ReadIntegerLiteral(Progress& progress, Iterator& first, ast::Literal& out) {
  std::int64_t count = 0;
  if (!ReadCount(progress, first, count)) return false;
  out.value = count;
  return true;
}

bool ReadCount(Progress& progress, Iterator& first, std::int64_t& out) {
  const Iterator at = progress.Skip(first);
  std::size_t offset = progress.Offset(at);
  if (offset < progress.text().size() && IsDigit(progress.text()[offset])) {
    const ast::Scalar number = ReadNumber(progress.text(), offset);
    const auto* integer = std::get_if<std::int64_t>(&number);
    if (integer != nullptr && *integer >= 0) {
      out = *integer;
      first = progress.At(offset);
      return true;
    }
  }
  progress.Missed(at, "a whole number");
  return false;
}

}  // namespace plenum::syntax
