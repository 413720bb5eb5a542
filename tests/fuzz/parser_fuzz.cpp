// libFuzzer's way into the parser: any bytes are a clear error with a place inside the text, or a statement that comes
// back the same from the printer.
//
//   cmake --preset fuzz && cmake --build --preset fuzz --target parser_fuzz
//   build/release/tests/fuzz/corpus unpack build/fuzz/seeds tests/fuzz/corpus.txt tests/queries/*.md
//   build/fuzz/tests/fuzz/parser_fuzz -max_total_time=60 build/fuzz/seeds
//
// What is worth keeping: parser_fuzz -merge=1 FOLDER build/fuzz/seeds, then corpus pack FOLDER > tests/fuzz/corpus.txt
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/parser/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string fault = plenum::ast::FaultOfText({reinterpret_cast<const char*>(data), size});
  if (fault.empty()) return 0;
  std::fprintf(stderr, "%s\n", fault.c_str());
  std::abort();
}
