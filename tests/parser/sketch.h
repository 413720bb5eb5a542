// A syntax tree drawn as one line, so that a test can say in one line what a text means: (+ 1 (* 2 3)).
//
// Everything the tree holds is drawn but the spans.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/ast.h"

namespace plenum::ast {

std::string Sketch(const Expression& expression);
std::string Sketch(const LabelExpression& labels);
std::string Sketch(const Pattern& pattern);
std::string Sketch(const PathPattern& path);
std::string Sketch(const Query& query);
std::string Sketch(const Statement& statement);
std::string Sketch(const Clause& clause);

// The sketch of what the text parses to; "ERROR detail: message" when it does not.
std::string SketchOf(std::string_view statement);
std::string SketchOfExpression(std::string_view expression);

}  // namespace plenum::ast
