// The look over the brackets, and StatementEnd, which skips the same quotes and comments.
// One pass each, no recursion: they see texts before any limit but their length is known to hold.
#include "parser/brackets.h"

#include <algorithm>
#include <iterator>

#include "parser/characters.h"
#include "parser/parser.h"

namespace plenum {
namespace syntax {
namespace {

char Closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '}'; }

bool BeginsComment(std::string_view text, std::size_t at) {
  return text[at] == '/' && at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == '*');
}

std::size_t CommentEnd(std::string_view text, std::size_t at) {
  if (text[at + 1] == '/') return std::min(text.find('\n', at), text.size());
  const std::size_t end = text.find("*/", at + 2);
  if (end == std::string_view::npos) {
    throw Refusal{MakeSpan(at, at + 2), "UnexpectedSyntax", "this comment is never closed: its end is written */"};
  }
  return end + 2;
}

std::size_t ClosedQuoteEnd(std::string_view text, std::size_t at) {
  const std::size_t end = QuotedEnd(text, at);
  if (end == std::string_view::npos) {
    const bool name = text[at] == '`';
    throw Refusal{MakeSpan(at, at + 1), "UnexpectedSyntax",
                  std::string("the quoted ") + (name ? "name" : "text") +
                      " that begins here is never closed: expected another " + text[at] +
                      (name ? "" : std::string("; one that is part of a text is written \\") + text[at])};
  }
  return end;
}

void CheckUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = DecodeAt(text, at).bytes;
    if (bytes == 0) {
      throw Refusal{MakeSpan(at, at + 1), "InvalidUnicodeCharacter", "this byte is not UTF-8: queries are UTF-8 text"};
    }
    at += bytes;
  }
}

}  // namespace

BracketTable::BracketTable(std::string_view text) {
  CheckUtf8(text);
  for (std::size_t at = 0; at < text.size();) {
    const auto here = static_cast<std::uint32_t>(at);
    switch (text[at]) {
      case '\'':
      case '"':
      case '`':
        at = ClosedQuoteEnd(text, at);
        continue;
      case '/':
        at = BeginsComment(text, at) ? CommentEnd(text, at) : at + 1;
        continue;
      case '(':
      case '[':
      case '{':
        Open(here);
        break;
      case ')':
      case ']':
      case '}':
        Close(text, here);
        break;
      case ',':
        Separate(',', here);
        break;
      case '|':
        // '||' joins lists and texts; it separates nothing.
        if (text.substr(at, 2) == "||")
          ++at;
        else
          Separate('|', here);
        break;
      default:
        break;
    }
    ++at;
  }
  if (!open_.empty() && !unbalanced_) {
    const std::uint32_t at = brackets_[open_.back()].open;
    unbalanced_ = Span{at, at + 1};
  }
}

void BracketTable::Open(std::uint32_t at) {
  if (open_.size() >= kNestingMax) RefuseNesting({at, at + 1}, kNestingMax);
  open_.push_back(static_cast<std::uint32_t>(brackets_.size()));
  brackets_.push_back({.open = at});
}

void BracketTable::Close(std::string_view text, std::uint32_t at) {
  if (open_.empty() || text[at] != Closing(text[brackets_[open_.back()].open])) {
    // The grammar will stumble over it; from here on the table would only mislead.
    if (!unbalanced_) unbalanced_ = Span{at, at + 1};
    return;
  }
  brackets_[open_.back()].close = at;
  open_.pop_back();
}

void BracketTable::Separate(char separator, std::uint32_t at) {
  if (open_.empty()) return;
  Bracket& inside = brackets_[open_.back()];
  if (separator == ',') {
    inside.comma = true;
  } else {
    inside.bar = true;
    bars_.push_back({at, open_.back()});
  }
}

const Bracket* BracketTable::Find(std::size_t open) const {
  const auto found = std::lower_bound(brackets_.begin(), brackets_.end(), open,
                                      [](const Bracket& bracket, std::size_t at) { return bracket.open < at; });
  return found != brackets_.end() && found->open == open ? &*found : nullptr;
}

const Bracket* BracketTable::Around(std::size_t at) const {
  const auto opened = std::lower_bound(brackets_.begin(), brackets_.end(), at,
                                       [](const Bracket& bracket, std::size_t place) { return bracket.open < place; });
  const auto found = std::find_if(std::make_reverse_iterator(opened), brackets_.rend(),
                                  [at](const Bracket& bracket) { return bracket.close >= at; });
  return found == brackets_.rend() ? nullptr : &*found;
}

const Bracket* BracketTable::AroundBar(std::size_t bar) const {
  const auto found =
      std::lower_bound(bars_.begin(), bars_.end(), bar, [](const Bar& b, std::size_t at) { return b.at < at; });
  return found != bars_.end() && found->at == bar ? &brackets_[found->bracket] : nullptr;
}

}  // namespace syntax

std::size_t StatementEnd(std::string_view text) {
  for (std::size_t at = syntax::SkipBlanks(text, 0); at < text.size(); at = syntax::SkipBlanks(text, at)) {
    const char c = text[at];
    if (c == ';') return at + 1;
    if (c == '\'' || c == '"' || c == '`') {
      at = syntax::QuotedEnd(text, at);
      if (at == std::string_view::npos) return at;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

}  // namespace plenum
