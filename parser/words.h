// The language's words: which are keywords, and which of them may never be an unquoted variable.
#pragma once

#include <string_view>
#include <vector>

namespace plenum::syntax {

// openCypher's reserved words: never an unquoted variable, but free as property keys, labels and types.
bool IsReservedWord(std::string_view word);

// Words that may begin a clause or a statement, in upper case: candidates when one of them is misspelt.
const std::vector<std::string_view>& ClauseWords();

}  // namespace plenum::syntax
