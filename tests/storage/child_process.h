// Work in a process of its own: it may be killed, and what it opens leaves no thread behind in the test, which forks.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>

namespace plenum {

// How often a test tries: so many times, unless the environment says otherwise, for longer runs by hand.
inline int TimesOf(const char* variable, int times) {
  const char* said = std::getenv(variable);
  return said == nullptr ? times : std::atoi(said);
}

inline constexpr unsigned kChildSecondsMax = 60;  // what takes longer hangs

// The exit status of a process that ends with what `work` returns; -1 when it was killed.
inline int InChild(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(kChildSecondsMax);
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace plenum
