// The language's words: which are keywords, and which of them may never be an unquoted variable.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

namespace plenum::syntax {

// openCypher's reserved words: never an unquoted variable, but free as property keys, labels and types.
bool IsReservedWord(std::string_view word);

// In upper or lower case.
bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> words);

// Words that may begin a clause or a statement, in upper case: candidates when one of them is misspelt.
const std::vector<std::string_view>& ClauseWords();

}  // namespace plenum::syntax
