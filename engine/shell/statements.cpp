// The language itself says where a statement ends (StatementEnd); here only what stands between statements is read.
#include "engine/shell/statements.h"

#include <algorithm>

#include "plenum/plenum.h"

namespace plenum::shell {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string_view WithoutEnd(std::string_view text, std::string_view characters) {
  return text.substr(0, text.find_last_not_of(characters) + 1);
}

std::uint32_t CodePoints(std::string_view text) {
  auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), begins));
}

}  // namespace

void StatementReader::Add(std::string_view text) {
  waiting_.erase(0, at_);
  at_ = 0;
  waiting_ += text;
  if (text.find(';') != std::string_view::npos) may_end_ = true;
}

// The length of the comment that comes next: 0 when none does, or when one has begun that has not ended.
std::size_t StatementReader::CommentLength() const {
  bool to_line_end = rest().substr(0, 2) == "//";
  if (!to_line_end && rest().substr(0, 2) != "/*") return 0;
  std::size_t end = to_line_end ? rest().find('\n') : rest().find("*/", 2);
  if (end == std::string_view::npos) return to_line_end && ended_ ? rest().size() : 0;
  return end + (to_line_end ? 1 : 2);
}

void StatementReader::SkipBlanks() {
  if (line_ == 1 && line_begin_.empty() && rest().substr(0, 3) == kByteOrderMark) at_ += kByteOrderMark.size();
  for (;;) {
    std::size_t blanks = std::min(rest().find_first_not_of("; \t\r\n\f\v"), rest().size());
    std::size_t bytes = blanks > 0 ? blanks : CommentLength();
    if (bytes == 0) return;
    Take(bytes);
  }
}

void StatementReader::Take(std::size_t bytes) {
  std::string_view taken = rest().substr(0, bytes);
  std::size_t last_break = taken.rfind('\n');
  if (last_break != std::string_view::npos) {
    line_ += static_cast<std::uint32_t>(std::count(taken.begin(), taken.end(), '\n'));
    line_begin_.clear();
    taken.remove_prefix(last_break + 1);
  }
  line_begin_ += taken;
  at_ += bytes;
}

Statement StatementReader::TakeStatement(std::size_t bytes, bool is_command) {
  given_line_ = line_;
  given_line_begin_ = line_begin_;
  std::string_view text = WithoutEnd(rest().substr(0, bytes), kBlanks);
  if (text.ends_with(';')) text = WithoutEnd(text.substr(0, text.size() - 1), kBlanks);
  given_ = text;
  Take(bytes);
  return {given_, is_command};
}

std::optional<Statement> StatementReader::Next() {
  SkipBlanks();
  if (!in_statement()) return std::nullopt;
  if (rest().front() == ':') {
    std::size_t end = rest().find('\n');
    if (end == std::string_view::npos && !ended_) return std::nullopt;
    return TakeStatement(std::min(end, rest().size()), true);
  }
  if (may_end_) {
    std::size_t end = StatementEnd(rest());
    if (end != std::string_view::npos) return TakeStatement(end, false);
    may_end_ = false;
  }
  if (!ended_) return std::nullopt;
  return TakeStatement(rest().size(), false);
}

// What stands before the statement in the input. Its lines are empty here: nobody reads them, only their number
// matters.
std::string StatementReader::TextBefore() const { return std::string(given_line_ - 1, '\n') + given_line_begin_; }

// A place in the statement as one in TextBefore and the statement.
Place StatementReader::Moved(Place place) const {
  const auto before = static_cast<std::uint32_t>(TextBefore().size());
  place.span.begin += before;
  place.span.end += before;
  if (place.line == 1) place.column += CodePoints(given_line_begin_);
  place.line += given_line_ - 1;
  return place;
}

std::string StatementReader::Describe(const Error& error) const {
  if (!error.place) return plenum::Describe(error);
  Error moved = error;
  moved.place = Moved(*error.place);
  return plenum::Describe(moved, TextBefore() + given_);
}

std::string StatementReader::Describe(const Notification& notification) const {
  Notification moved = notification;
  moved.place = Moved(notification.place);
  return plenum::Describe(moved, TextBefore() + given_);
}

}  // namespace plenum::shell
