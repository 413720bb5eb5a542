// The text of a source, read from a file to be attached to a database.
#pragma once

#include <string>

#include "plenum/status.h"

namespace plenum::shell {

// All of the file, or of standard input for "-". NotFound or IoError when it cannot be read; ArgumentError, with the
// offset of the first bad byte, when it is not UTF-8.
Result<std::string> ReadSourceText(const std::string& path);

}  // namespace plenum::shell
