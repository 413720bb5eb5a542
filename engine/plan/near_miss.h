// Words for error messages: names that look like the one written, and kinds as people say them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/types.h"

namespace plenum::plan {

// "; did you mean `name`?" for the candidate nearest to `written` (edit distance of a third of its length at most, case
// aside), or nothing.
std::string SuggestionFor(std::string_view written, const std::vector<std::string_view>& candidates);

std::string LowerCase(std::string_view text);  // of ASCII letters alone

// "a Boolean", "an Integer or a Float", "a Map, a Node or a Date", …
std::string NamesOf(TypeSet types);

}  // namespace plenum::plan
