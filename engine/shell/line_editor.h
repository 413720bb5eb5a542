// One line at a time from a terminal, edited with libedit: history, search, completion.
//
// Ctrl-C gives the line up and is told from the end of the input (Ctrl-D on an empty line). The terminal is set back
// whenever Read returns, so that Ctrl-C is a signal again while a statement runs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/shell/completion.h"

namespace plenum::shell {

class LineEditor {
 public:
  // `complete` is asked on Tab, with the line up to the cursor. History is kept in `history_file`; empty: nowhere.
  LineEditor(std::function<Completion(std::string_view line)> complete, std::string history_file);
  ~LineEditor();

  enum class Event : std::uint8_t { kLine, kInterrupted, kEnd };
  // Shows `prompt` and reads a line, without its line break.
  Event Read(const std::string& prompt, std::string& line);

  // Adds a statement, of one line or several, to the history.
  void Remember(const std::string& statement);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Where the shell keeps its history: $XDG_STATE_HOME/plenum/history where that is set, else ~/.plenum_history; empty
// when there is no home.
std::string HistoryFile();

}  // namespace plenum::shell
