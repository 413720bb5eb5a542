// Which file a statement means, and whether it may read it: files are named by paths and URLs, and those of one
// directory may be read.
#pragma once

#include <string>
#include <string_view>

#include "plenum/status.h"

namespace plenum {

// The path that is named by a path ("people.csv") or by a URL ("file:///data/my%20people.csv"). ArgumentError
// InvalidUrl for URLs of another scheme or another machine, and for what can be the name of no file.
Result<std::string> PathOfUrl(std::string_view url);

// `directory`, absolute and without symbolic links. NotFound when it is no directory.
Result<std::string> ResolveDirectory(const std::string& directory);

// The file at `path`, absolute and without symbolic links; a relative path begins at the process's directory.
// UsageError FileNotAllowed when the file is not below `directory`, which is resolved: this is asked first, so that
// nobody learns whether a file elsewhere exists. UsageError NotAFile for directories, devices and pipes. A file that
// does not exist is the reader's to report.
Result<std::string> ResolveFile(const std::string& path, std::string_view directory);

}  // namespace plenum
