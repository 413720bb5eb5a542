// The parser's and the printer's promises, checked on one text or one tree: what fuzzing and the corpus ask.
#pragma once

#include <string>
#include <string_view>

#include "parser/ast.h"

namespace plenum::ast {

// Each answers "" when all is well, else what is not, with the texts that show it.

// The text parses, and what is printed of its tree parses to the same tree; or it does not, and the error is one of
// syntax with a place inside the text.
std::string FaultOfText(std::string_view text);

// What is printed of the tree parses to the same tree.
std::string FaultOfTree(const Statement& tree);

}  // namespace plenum::ast
