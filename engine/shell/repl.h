// The interactive shell: reads statements from the terminal and answers them until Ctrl-D or :quit.
#pragma once

#include <string_view>

#include "engine/shell/output.h"
#include "engine/shell/shell.h"

namespace plenum::shell {

// `database` is what the greeting calls it. Returns the program's exit status.
int RunInteractive(Shell& shell, std::string_view database, Output& out);

}  // namespace plenum::shell
