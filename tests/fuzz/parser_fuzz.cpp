// libFuzzer's way into the parser: any bytes are a statement or a clear error with a place inside the text.
//
//   cmake --preset fuzz && cmake --build --preset fuzz --target parser_fuzz && build/fuzz/tests/fuzz/parser_fuzz
//   -max_total_time=60
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parser/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = plenum::Parse(text);
  if (parsed) return 0;
  const plenum::Error& error = parsed.error();
  const bool said = error.type == plenum::ErrorType::kSyntaxError && !error.detail.empty() && !error.message.empty();
  if (!said || !error.place || error.place->span.begin > size || error.place->span.end > size) std::abort();
  return 0;
}
