// The smallest parts of a text: names, literals, operators, keywords and signs.
//
// Each function skips blanks and comments, reads one token at `first` into `out` and moves `first` past it; or notes
// what it missed, leaves `first` alone and returns false. What is begun but malformed (a number with letters in it, an
// unknown escape) is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "parser/ast.h"
#include "parser/progress.h"

namespace plenum::syntax {

// `words` is in upper case, read in any case; several words may have blanks between them.
bool TakeKeyword(Progress& progress, Iterator& first, std::string_view words, bool silent);

// A sign such as "(" or "..", unless one of the characters of `unless` follows it directly.
bool TakeSign(Progress& progress, Iterator& first, std::string_view sign, std::string_view unless,
              std::string_view wanted);

// VALID followed by a word of time, CITE followed by a source: never the variable of a pattern's element.
bool BeginsTimeOrEvidence(std::string_view text, std::size_t at);

// A variable: any name but a reserved word; `quoted` names may be anything.
bool ReadVariableName(Progress& progress, Iterator& first, ast::Name& out);
// The same within ( ) or [ ] of a pattern, where VALID FROM …, VALID AT … and CITE source are no variables.
bool ReadPatternVariable(Progress& progress, Iterator& first, ast::Name& out);
// A property key, label, type or the like: any word.
bool ReadAnyName(Progress& progress, Iterator& first, ast::Name& out);
// a.b.c, as procedures are called.
bool ReadDottedName(Progress& progress, Iterator& first, ast::Name& out);
// The same, followed by '(': a function's name.
bool ReadCallee(Progress& progress, Iterator& first, ast::Name& out);
bool ReadVariable(Progress& progress, Iterator& first, ast::Variable& out);

bool ReadParameter(Progress& progress, Iterator& first, ast::Parameter& out);
// null, true, false, a number or a text. The magnitude 2^63, which only a minus before it makes an integer, is read as
// the smallest integer: no other literal is negative (see operators.h).
bool ReadLiteral(Progress& progress, Iterator& first, ast::Literal& out);
bool ReadText(Progress& progress, Iterator& first, ast::Literal& out);
bool ReadIntegerLiteral(Progress& progress, Iterator& first, ast::Literal& out);
bool ReadCount(Progress& progress, Iterator& first, std::int64_t& out);  // a plain decimal integer

}  // namespace plenum::syntax
