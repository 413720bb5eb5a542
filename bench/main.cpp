// The main function of every benchmark: Google Benchmark's, with what the figures depend on added to the JSON context
// (the machine, its settings, the build and its libraries), so that a result file says by itself where it comes from.
// bench/results.py tells which of these must agree before two files are compared. The revision of the sources is not
// known here: a build does not notice a commit. `./dev bench` builds, asks git, and passes it on.
#include <benchmark/benchmark.h>
#include <rocksdb/version.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdint>
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

// In GiB with one decimal: from one start to the next, a kernel keeps some kilobytes more or less for itself.
std::string Memory() {
  const std::int64_t pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return "unknown";
  const std::int64_t tenths = (pages * page_bytes * 10 + (std::int64_t{1} << 29)) >> 30;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GiB";
}

std::string Kernel() {
  utsname names{};
  if (uname(&names) != 0) return "unknown";
  return std::string(names.sysname) + " " + names.release;
}

// always, madvise or never; "unknown" where the kernel knows no such setting. The file marks the one that holds:
// "always [madvise] never".
std::string TransparentHugePages() {
  std::ifstream file("/sys/kernel/mm/transparent_hugepage/enabled");
  std::string choices;
  std::getline(file, choices);
  const std::size_t begin = choices.find('['), end = choices.find(']');
  if (begin == std::string::npos || end == std::string::npos) return "unknown";
  return choices.substr(begin + 1, end - begin - 1);
}

std::string RocksDbVersion() {
  return std::to_string(ROCKSDB_MAJOR) + "." + std::to_string(ROCKSDB_MINOR) + "." + std::to_string(ROCKSDB_PATCH) +
         ", " PLENUM_ROCKSDB_LINKED;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::AddCustomContext("cpu_model", ProcessorModel());
  benchmark::AddCustomContext("cores", std::to_string(std::thread::hardware_concurrency()));
  benchmark::AddCustomContext("memory", Memory());
  benchmark::AddCustomContext("kernel", Kernel());
  benchmark::AddCustomContext("transparent_huge_pages", TransparentHugePages());
  benchmark::AddCustomContext("compiler", PLENUM_COMPILER);
  benchmark::AddCustomContext("compiler_flags", PLENUM_COMPILER_FLAGS);
  benchmark::AddCustomContext("build_type", PLENUM_BUILD_TYPE);
  benchmark::AddCustomContext("rocksdb", RocksDbVersion());
  benchmark::AddCustomContext("boost", PLENUM_BOOST_VERSION);
  benchmark::AddCustomContext("google_benchmark", PLENUM_GOOGLE_BENCHMARK_VERSION);
  benchmark::AddCustomContext("plenum", PLENUM_VERSION);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
