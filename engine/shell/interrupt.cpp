// A signal handler reaches nothing but globals, so this flag is one; it is the program's only.
#include "engine/shell/interrupt.h"

#include <csignal>

namespace plenum::shell {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch nothing else");

void OnInterrupt(int signal_number) {
  if (!interrupted.exchange(true)) return;
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action {};
  action.sa_handler = OnInterrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

const std::atomic<bool>& Interrupted() { return interrupted; }

void ClearInterrupt() { interrupted = false; }

}  // namespace plenum::shell
