// The buffer grows to 64 KiB before it is written: large answers take few system calls and little memory.
#include "engine/shell/output.h"

#include <unistd.h>

#include <cerrno>

namespace plenum::shell {
namespace {
constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
}

void Output::Write(std::string_view text) {
  if (error_ != 0) return;
  waiting_.append(text);
  if (waiting_.size() >= kBufferBytes) Flush();
}

void Output::Flush() {
  std::string_view left = waiting_;
  while (!left.empty() && error_ == 0) {
    ssize_t written = write(file_descriptor_, left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  waiting_.clear();
}

}  // namespace plenum::shell
