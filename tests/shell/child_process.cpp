// Input and outputs are temporary files: nothing can block, however much the program reads or writes.
#include "tests/shell/child_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace plenum::shell {
namespace {

std::string ContentOf(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  std::fclose(file);
  return text;
}

}  // namespace

Outcome RunChild(const std::string& program, const std::vector<std::string>& arguments, const std::string& input) {
  std::FILE* in = std::tmpfile();
  std::FILE* out = std::tmpfile();
  std::FILE* errors = std::tmpfile();
  std::fwrite(input.data(), 1, input.size(), in);
  std::rewind(in);
  std::vector<char*> words = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t child = fork();
  if (child == 0) {
    dup2(fileno(in), STDIN_FILENO);
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(errors), STDERR_FILENO);
    execv(program.c_str(), words.data());
    _exit(127);
  }
  int state = 0;
  waitpid(child, &state, 0);
  std::fclose(in);
  Outcome outcome{ContentOf(out), ContentOf(errors), 0};
  outcome.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  return outcome;
}

}  // namespace plenum::shell
