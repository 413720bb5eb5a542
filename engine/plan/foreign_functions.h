// Functions that other systems have, and what to write here in their place.
#pragma once

#include <string_view>

namespace plenum::plan {

// "size(x)" for `len`, "coalesce(x, y)" for `ifnull`, …; empty for a name that we know nothing of. Compared without
// case.
std::string_view SpellingOfFunction(std::string_view name);

}  // namespace plenum::plan
