// The whole program behind main: one function an action of the command line. Each returns the exit status.
#pragma once

#include <string>
#include <vector>

namespace plenum::shell {

constexpr int kExitFailed = 1;  // a statement failed, the database cannot be opened, a file cannot be read
constexpr int kExitUsage = 2;   // the command line makes no sense

// `arguments` without the program's name.
int RunProgram(const std::vector<std::string>& arguments);

}  // namespace plenum::shell
