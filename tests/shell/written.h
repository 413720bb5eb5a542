// What a function writes to an Output, as a string.
#pragma once

#include <functional>
#include <string>

#include "engine/shell/output.h"

namespace plenum::shell {

std::string Written(const std::function<void(Output&)>& write);

}  // namespace plenum::shell
