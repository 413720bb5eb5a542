// Numbers with units, as they are written on a command line. Errors are UsageErrors that say what to write.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "plenum/status.h"

namespace plenum::shell {

// "3"
Result<std::uint64_t> ReadCount(const std::string& text);
// "2G", "512M", "64K", "1T" (of 1024 each; "GB" and "GiB" say the same), or bytes
Result<std::uint64_t> ReadBytes(const std::string& text);
// "30", "0.5", "30s", "500ms"
Result<std::chrono::milliseconds> ReadDuration(const std::string& text);
// "|", or "TAB"
Result<char> ReadDelimiter(const std::string& text);

}  // namespace plenum::shell
