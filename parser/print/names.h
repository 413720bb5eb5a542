// How names and values are spelt so that they are read back as they are.
//
// What a name may look like without backticks depends on where it stands; each function says for which place it is.
#pragma once

#include <string>
#include <string_view>

#include "parser/ast.h"

namespace plenum::syntax {

std::string SpellKey(std::string_view name);              // a property key, label or type
std::string SpellVariable(std::string_view name);         // a variable, or another name that must not be reserved
std::string SpellPatternVariable(std::string_view name);  // in the brackets of a node or relationship
std::string SpellProjected(std::string_view name);        // variable {…}
std::string SpellSource(std::string_view name);           // REMOVE x CITE variable
std::string SpellFunction(std::string_view name);         // with dots
std::string SpellProcedure(std::string_view name);        // with dots
std::string SpellParameter(std::string_view name);        // with its $
std::string SpellText(std::string_view text);             // with its quotes
std::string SpellScalar(const ast::Scalar& value);

// Whether `text` begins with a name, quoted or not, and the word IN.
bool BeginsWithNameIn(std::string_view text);

}  // namespace plenum::syntax
