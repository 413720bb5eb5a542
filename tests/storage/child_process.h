// Work in a process of its own: it may be killed, and what it opens leaves no thread behind in the test, which forks.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace plenum {

// The exit status of a process that ends with what `work` returns; -1 when it was killed.
inline int InChild(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace plenum
