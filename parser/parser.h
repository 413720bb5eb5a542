// The parser's door: text in, a finished syntax tree out.
//
// Pure function of its argument, no state: may be called from any number of threads at once.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "parser/ast.h"
#include "plenum/status.h"

namespace plenum {

// What is nested deeper is refused, so that no walk over a tree can run out of stack: brackets and CASE within each
// other (a subquery in an expression counts twice), and the nodes of an expression above each other, operators
// included.
inline constexpr std::size_t kNestingMax = 200;
inline constexpr std::size_t kHeightMax = 400;
inline constexpr std::size_t kQueryBytesMax = 1024 * 1024;  // longer texts are refused

// Parses one statement, with or without a ';' at its end. `text` is UTF-8. Errors are SyntaxErrors of the compile phase
// with the place, what was expected there and, where another dialect's word was written, the spelling to use.
Result<ast::Statement> Parse(std::string_view text);

// Parses one expression, all of `text`.
Result<ast::Expression> ParseExpression(std::string_view text);

// Where the first statement of `text` ends: the offset just past its ';', strings, quoted names and comments skipped.
// npos when there is no ';' outside them: the statement goes on (a shell reads another line).
std::size_t StatementEnd(std::string_view text);

// The language's keywords in upper case, sorted: for completion.
const std::vector<std::string_view>& Keywords();

}  // namespace plenum
