// The `plenum` program: sets the process up and hands the command line over.
#include <langinfo.h>

#include <clocale>
#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/program.h"

namespace {

// Text is UTF-8 whatever the environment says: only the line editor and the terminal ask the locale.
void UseUtf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view(nl_langinfo(CODESET)) != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

int main(int argument_count, char** arguments) {
  UseUtf8();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of the write, not the end of the program
  return plenum::shell::RunProgram({arguments + 1, arguments + argument_count});
}
