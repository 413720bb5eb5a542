// A temporary file stands for the terminal: an Output writes to descriptors alone.
#include "tests/shell/written.h"

#include <cstdio>

namespace plenum::shell {

std::string Written(const std::function<void(Output&)>& write) {
  std::FILE* file = std::tmpfile();
  {
    Output out(fileno(file));
    write(out);
  }
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  std::fclose(file);
  return text;
}

}  // namespace plenum::shell
