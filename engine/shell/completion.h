// What Tab offers: the words that could stand where the cursor is, judged by what stands before it.
//
//   (p:Per→   labels            [h:HO→   relationship types      p.na→, {na→   property keys      $si→   parameters
//   :fo→      shell commands    in a string, a quoted name or a comment: nothing
//   else      keywords and functions, in the case in which the word was begun
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plenum::shell {

// The names of a database and of a shell.
struct Vocabulary {
  std::vector<std::string> labels;
  std::vector<std::string> relationship_types;
  std::vector<std::string> property_keys;
  std::vector<std::string> parameters;
};

struct Completion {
  std::string word;                  // the end of the text, which a choice replaces
  std::vector<std::string> choices;  // sorted, each once
  // What every choice begins with: never shorter than `word`; `word` itself when there are no choices.
  std::string common;
  bool blank_follows = false;  // after an only choice: keywords and commands, not names (a ')' may come)
};

// `text` is the statement so far, up to the cursor.
Completion Complete(std::string_view text, const Vocabulary& vocabulary);

}  // namespace plenum::shell
