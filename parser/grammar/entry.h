// The way into the grammar, free of Boost: each function parses from `first`, moves it past what it took and returns
// false when the text does not fit (Progress knows where and why). Throws a Refusal for what is refused outright.
#pragma once

#include "parser/ast.h"
#include "parser/progress.h"

namespace plenum::syntax {

bool ParseStatement(Progress& progress, Iterator& first, ast::Statement& out);
bool ParseWholeExpression(Progress& progress, Iterator& first, ast::Expression& out);

}  // namespace plenum::syntax
