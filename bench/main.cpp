// The main function of every benchmark: Google Benchmark's, with what the figures depend on added to the JSON context,
// so that a result file says by itself where it comes from.
#include <benchmark/benchmark.h>

#include <fstream>
#include <string>
#include <thread>

namespace {

// The processor as the kernel names it; "unknown" where /proc/cpuinfo does not say.
std::string ProcessorModel() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::AddCustomContext("cpu_model", ProcessorModel());
  benchmark::AddCustomContext("cores", std::to_string(std::thread::hardware_concurrency()));
  benchmark::AddCustomContext("compiler", PLENUM_COMPILER);
  benchmark::AddCustomContext("compiler_flags", PLENUM_COMPILER_FLAGS);
  benchmark::AddCustomContext("build_type", PLENUM_BUILD_TYPE);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
