// The printer: a syntax tree back as text.
//
// What is printed parses to the same tree, spans aside: keywords in upper case, one blank between tokens, parentheses
// and backticks only where the text would otherwise mean something else, one line (but for line breaks inside a name).
// What the tree does not hold is gone: comments, the spelling of numbers, which of two spellings was chosen. A column
// without an alias is named by its text, so printing may rename it.
//
// Meant for trees that Parse made. For another one, a name or a text that is not UTF-8, a negative or infinite number
// or a node in a place where the grammar has none gives a text that means something else, or nothing. What is nested as
// deep as the parser allows may get a pair of parentheses more than that.
//
// Recursion is bounded as the tree's depth is.
#pragma once

#include <string>

#include "parser/ast.h"

namespace plenum::ast {

std::string Print(const Statement& statement);
std::string Print(const Expression& expression);
std::string Print(const LabelExpression& labels);
std::string Print(const PathSelector& selector);  // with a blank behind; empty for every path
std::string Print(PathMode mode);
std::string Print(BinaryOperator op);

}  // namespace plenum::ast
