// The shell's own commands: lines that begin with ':' where a statement could begin.
#pragma once

#include <string_view>
#include <vector>

#include "engine/shell/output.h"
#include "engine/shell/shell.h"

namespace plenum::shell {

// Runs the command on `line` (":format csv"). An Error is a UsageError that says what to write instead.
Status RunCommand(Shell& shell, std::string_view line, Output& out);

// The commands' names, with their ':', sorted: for completion.
const std::vector<std::string_view>& CommandNames();

}  // namespace plenum::shell
