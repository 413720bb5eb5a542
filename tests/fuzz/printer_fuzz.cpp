// libFuzzer's way into the printer: any bytes make a syntax tree, which comes back the same from its own text.
//
//   cmake --preset fuzz && cmake --build --preset fuzz --target printer_fuzz
//   build/fuzz/tests/fuzz/printer_fuzz -max_total_time=60
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/parser/random_tree.h"
#include "tests/parser/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string fault = plenum::ast::FaultOfTree(plenum::ast::RandomTree({data, size}).MakeStatement());
  if (fault.empty()) return 0;
  std::fprintf(stderr, "%s\n", fault.c_str());
  std::abort();
}
