// Checked here and not only by the library, because here the file has a name and the byte an offset in it.
#include "engine/shell/source_text.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

Error ReadError(const std::string& path, int code) {
  ErrorType type = code == ENOENT ? ErrorType::kNotFound : ErrorType::kIoError;
  return {type, "", fmt::format("the file {} cannot be read: {}", path, std::strerror(code)), Phase::kRuntime, {}};
}

// Reads until the end; the errno of what failed, or 0.
int ReadAll(int file_descriptor, std::string& text) {
  char buffer[1 << 16];
  for (;;) {
    ssize_t got = read(file_descriptor, buffer, sizeof buffer);
    if (got == 0) return 0;
    if (got > 0) {
      text.append(buffer, static_cast<std::size_t>(got));
    } else if (errno != EINTR) {
      return errno;
    }
  }
}

}  // namespace

Result<std::string> ReadSourceText(const std::string& path) {
  bool standard_input = path == "-";
  int file_descriptor = standard_input ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_descriptor < 0) return ReadError(path, errno);
  std::string text;
  int failure = ReadAll(file_descriptor, text);
  if (!standard_input) close(file_descriptor);
  std::string name = standard_input ? "standard input" : path;
  if (failure != 0) return ReadError(name, failure);
  if (std::optional<std::size_t> bad = FirstInvalidByte(text)) {
    return Error{ErrorType::kArgumentError, "InvalidEncoding",
                 fmt::format("{} is not UTF-8: byte {} (0x{:02x}) begins no character. Convert it first.", name, *bad,
                             static_cast<unsigned char>(text[*bad])),
                 Phase::kRuntime, std::nullopt};
  }
  return text;
}

}  // namespace plenum::shell
