// Cuts a longer text (a file, what is typed line by line) into statements and shell commands.
//
// Statements end with ';', the last of an input may lack it; a command begins with ':' where a statement could begin
// and ends with its line. Blanks, comments and empty statements between them are skipped. Places of errors are counted
// in the whole input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plenum/status.h"

namespace plenum::shell {

struct Statement {
  std::string text;  // without the ';' that ends it
  bool is_command = false;
};

class StatementReader {
 public:
  // More of the input: whole lines, with their line breaks.
  void Add(std::string_view text);
  // Nothing more will come: what waits is the last statement.
  void End() { ended_ = true; }

  // The next statement; absent when it has not ended yet.
  std::optional<Statement> Next();

  // Whether a statement has begun that has not ended.
  bool in_statement() const { return at_ < waiting_.size(); }

  // The error, or a notification, of the statement that Next gave last, as a person reads it, with line and column of
  // the whole input.
  std::string Describe(const Error& error) const;
  std::string Describe(const Notification& notification) const;

 private:
  std::string TextBefore() const;
  Place Moved(Place place) const;
  std::string_view rest() const { return std::string_view(waiting_).substr(at_); }
  std::size_t CommentLength() const;
  void SkipBlanks();
  void Take(std::size_t bytes);
  Statement TakeStatement(std::size_t bytes, bool is_command);

  std::string waiting_;
  std::size_t at_ = 0;    // what is before it in `waiting_` has been taken
  bool may_end_ = false;  // a ';' has come since StatementEnd last found none
  bool ended_ = false;
  std::uint32_t line_ = 1;  // of waiting_[at_] in the whole input
  std::string line_begin_;  // what has been taken of that line
  std::string given_;       // the statement that Next gave last
  std::uint32_t given_line_ = 1;
  std::string given_line_begin_;
};

}  // namespace plenum::shell
