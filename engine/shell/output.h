// Where answers go: a file descriptor with a buffer, which remembers the first write that failed.
//
// After a failure nothing more is written, so that whoever prints need not look after every line: asking once at the
// end of a statement is enough. A closed pipe (EPIPE) is such a failure; the program ignores SIGPIPE.
#pragma once

#include <string>
#include <string_view>

namespace plenum::shell {

class Output {
 public:
  explicit Output(int file_descriptor) : file_descriptor_(file_descriptor) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { Flush(); }

  void Write(std::string_view text);
  void Flush();

  // The errno of the first write that failed, 0 when none did.
  int error() const { return error_; }
  int file_descriptor() const { return file_descriptor_; }

 private:
  int file_descriptor_;
  std::string waiting_;
  int error_ = 0;
};

}  // namespace plenum::shell
