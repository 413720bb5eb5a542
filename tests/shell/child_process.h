// Runs a program with arguments and an input, to its end.
#pragma once

#include <string>
#include <vector>

namespace plenum::shell {

struct Outcome {
  std::string out;
  std::string errors;
  int status = -1;  // the exit status; 128 + the signal that ended it
};

Outcome RunChild(const std::string& program, const std::vector<std::string>& arguments, const std::string& input = {});

}  // namespace plenum::shell
