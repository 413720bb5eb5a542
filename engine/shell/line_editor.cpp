// libedit's own interface (histedit.h) rather than its imitation of readline, because it needs no global variables: the
// state travels as the editor's client data.
//
// Ctrl-C is bound as a key while a line is edited: the terminal is told to raise no signal for it then. The history is
// written as it grows, each statement appended, so that two shells side by side lose nothing.
#include "engine/shell/line_editor.h"

#include <fmt/format.h>
#include <histedit.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/shell/interrupt.h"
#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

constexpr int kHistoryEntriesMax = 1000;
constexpr std::size_t kChoicesListedMax = 120;

// How many characters, as the editor counts them.
int CharacterCount(std::string_view text) {
  auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return static_cast<int>(std::count_if(text.begin(), text.end(), begins));
}

// The choices in columns, as wide as the terminal allows.
std::string ListOf(const std::vector<std::string>& choices) {
  std::size_t listed = std::min(choices.size(), kChoicesListedMax);
  std::size_t widest = 1;
  for (std::size_t i = 0; i < listed; ++i) widest = std::max(widest, DisplayWidth(Printable(choices[i])));
  std::size_t terminal = std::max<std::size_t>(TerminalWidth(STDOUT_FILENO), 1);
  std::size_t columns = std::max<std::size_t>(terminal / (widest + 2), 1);
  std::size_t lines = (listed + columns - 1) / columns;
  std::string text;
  for (std::size_t line = 0; line < lines; ++line) {
    for (std::size_t i = line; i < listed; i += lines) {
      std::string choice = Printable(choices[i]);
      text += choice;
      if (i + lines < listed) text += std::string(widest + 2 - DisplayWidth(choice), ' ');
    }
    text += '\n';
  }
  if (listed < choices.size()) text += fmt::format("… and {} more\n", choices.size() - listed);
  return text;
}

}  // namespace

struct LineEditor::State {
  State(std::function<Completion(std::string_view)> complete_line, std::string file)
      : complete(std::move(complete_line)), history_file(std::move(file)) {}
  ~State() {
    el_end(editor);
    history_end(past);
  }

  void Bind();
  void LoadHistory();
  unsigned char OnTab();
  static State& Of(EditLine* editor) {
    void* state = nullptr;
    el_get(editor, EL_CLIENTDATA, &state);
    return *static_cast<State*>(state);
  }

  std::function<Completion(std::string_view)> complete;
  std::string history_file;
  EditLine* editor = el_init("plenum", stdin, stdout, stderr);
  History* past = history_init();
  std::string prompt;
  bool interrupted = false;
};

void LineEditor::State::Bind() {
  el_set(editor, EL_CLIENTDATA, this);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 1);
  el_set(editor, EL_HIST, history, past);
  el_set(
      editor, EL_PROMPT, +[](EditLine* of) { return Of(of).prompt.data(); });
  el_set(
      editor, EL_ADDFN, "plenum-complete", "Completes the word", +[](EditLine* of, int) { return Of(of).OnTab(); });
  el_set(
      editor, EL_ADDFN, "plenum-give-up", "Gives the line up", +[](EditLine* of, int) {
        Of(of).interrupted = true;
        return static_cast<unsigned char>(CC_EOF);
      });
  const std::pair<const char*, const char*> keys[] = {
      {"^I", "plenum-complete"},         {"^C", "plenum-give-up"},     {"^R", "em-inc-search-prev"},
      {"\\e[1~", "ed-move-to-beg"},      {"\\e[H", "ed-move-to-beg"},  {"\\eOH", "ed-move-to-beg"},
      {"\\e[4~", "ed-move-to-end"},      {"\\e[F", "ed-move-to-end"},  {"\\eOF", "ed-move-to-end"},
      {"\\e[3~", "ed-delete-next-char"}, {"\\e[1;5C", "em-next-word"}, {"\\e[1;5D", "ed-prev-word"},
  };
  for (const auto& [key, function] : keys) el_set(editor, EL_BIND, key, function, nullptr);
  el_source(editor, nullptr);  // the user's ~/.editrc
  el_set(editor, EL_SETTY, "-d", "-intr", nullptr);
}

void LineEditor::State::LoadHistory() {
  HistEvent event;
  history(past, &event, H_SETSIZE, kHistoryEntriesMax);
  history(past, &event, H_SETUNIQUE, 1);
  if (history_file.empty()) return;
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(history_file).parent_path(), ignored);
  // Loading keeps the last entries; saving them bounds the file.
  if (history(past, &event, H_LOAD, history_file.c_str()) >= 0) history(past, &event, H_SAVE, history_file.c_str());
}

unsigned char LineEditor::State::OnTab() {
  const LineInfo* line = el_line(editor);
  Completion completion = complete({line->buffer, static_cast<std::size_t>(line->cursor - line->buffer)});
  if (completion.choices.empty()) return CC_ERROR;
  bool one = completion.choices.size() == 1;
  if (one || completion.common != completion.word) {
    std::string text = completion.common;
    if (one && completion.blank_follows && !text.ends_with('(')) text += ' ';
    el_deletestr(editor, CharacterCount(completion.word));
    el_insertstr(editor, text.c_str());
    return CC_REFRESH;
  }
  std::string list = '\n' + ListOf(completion.choices);
  std::fwrite(list.data(), 1, list.size(), stdout);
  return CC_REDISPLAY;
}

LineEditor::LineEditor(std::function<Completion(std::string_view line)> complete, std::string history_file)
    : state_(std::make_unique<State>(std::move(complete), std::move(history_file))) {
  state_->Bind();
  state_->LoadHistory();
}

LineEditor::~LineEditor() = default;

LineEditor::Event LineEditor::Read(const std::string& prompt, std::string& line) {
  state_->prompt = prompt;
  state_->interrupted = false;
  ClearInterrupt();
  int length = 0;
  const char* text = el_gets(state_->editor, &length);
  if (state_->interrupted || Interrupted()) {
    std::fputs("^C\n", stdout);
    std::fflush(stdout);
    el_reset(state_->editor);
    return Event::kInterrupted;
  }
  if (text == nullptr || length <= 0) return Event::kEnd;
  line.assign(text, static_cast<std::size_t>(length));
  if (line.ends_with('\n')) line.pop_back();
  return Event::kLine;
}

void LineEditor::Remember(const std::string& statement) {
  HistEvent event;
  history(state_->past, &event, H_ENTER, statement.c_str());
  if (state_->history_file.empty()) return;
  std::FILE* file = std::fopen(state_->history_file.c_str(), "a");
  if (file == nullptr) return;
  std::fseek(file, 0, SEEK_END);            // an empty file gets a first line that says what it is
  fchmod(fileno(file), S_IRUSR | S_IWUSR);  // statements may hold what is nobody else's business
  History* latest = history_init();         // of this entry alone, in libedit's encoding
  history(latest, &event, H_SETSIZE, 1);
  history(latest, &event, H_ENTER, statement.c_str());
  history(latest, &event, H_SAVE_FP, file);
  history_end(latest);
  std::fclose(file);
}

std::string HistoryFile() {
  const char* state_home = std::getenv("XDG_STATE_HOME");
  if (state_home != nullptr && *state_home == '/') return std::string(state_home) + "/plenum/history";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return std::string(home) + "/.plenum_history";
  return {};
}

}  // namespace plenum::shell
