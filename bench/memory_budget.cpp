// What a large graph (R-MAT of scale 20, loaded in bulk) takes and gives when it does not fit into its memory: bytes on
// the disk and decoded, opening with a first lookup, scans of both directions with relationship ids, warm and with half
// of the memory that the decoded graph takes, shared out as a Database does it.
//
// Each measurement is a process of its own, so that its peak of resident memory is its own too. Scans are checked: they
// must meet each relationship once in each direction.
#include <benchmark/benchmark.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "bench/rmat.h"
#include "bench/temporary_directory.h"
#include "engine/graph/bulk_loader.h"
#include "engine/graph/graph.h"
#include "engine/memory_shares.h"
#include "engine/storage/rocksdb_store.h"
#include "plenum/plenum.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned kScale = 20;
constexpr std::uint32_t kNodes = 1U << kScale;
constexpr std::uint64_t kPlenty = std::uint64_t{4} << 30;

double SecondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// VmHWM of this process.
std::uint64_t PeakBytes() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

// What `work` returns in a process of its own.
template <class Work>
auto InAChild(Work work) {
  using Outcome = std::invoke_result_t<Work>;
  static_assert(std::is_trivially_copyable_v<Outcome>);
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe");
  const pid_t child = fork();
  if (child == 0) {
    const Outcome outcome = work();
    const bool told = write(ends[1], &outcome, sizeof outcome) == sizeof outcome;
    _exit(told ? 0 : 1);
  }
  close(ends[1]);
  Outcome outcome{};
  const bool told = read(ends[0], &outcome, sizeof outcome) == sizeof outcome;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!told || status != 0) throw std::runtime_error("a measuring process failed");
  return outcome;
}

struct Sizes {
  std::uint64_t relationships = 0;
  std::uint64_t checksum = 0;  // of a scan
  std::uint64_t disk_bytes[2] = {};
  std::uint64_t memory_bytes[2] = {};
  std::uint64_t memory_bytes_with_numbers[2] = {};
  std::uint64_t decoded() const { return memory_bytes_with_numbers[0] + memory_bytes_with_numbers[1]; }
};

// What a scan adds up for one relationship, in one direction.
std::uint64_t Mixed(std::uint32_t from, std::uint32_t to) { return from * 3ULL + to * 5ULL; }

Sizes Load(const std::string& path) {
  const Csr csr = MakeDirectedRmat(kScale, 1);
  Sizes sizes;
  {
    auto store = Must(storage::OpenStore(path));
    auto loader = Must(graph::BulkLoader::Begin(*store, {.directory = path}));
    const graph::LabelId label = Must(loader->InternLabel("N"));
    const graph::TypeId type = Must(loader->InternType("E"));
    const graph::KeyId key = Must(loader->InternKey("id"));
    Must(loader->DeclareKey(label, key));
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      const graph::BulkLoader::PlainProperty id{key, std::int64_t{node}};
      Must(loader->AddNode({{label}}, {{id}}, std::nullopt));
    }
    Must(loader->BeginRelationships(std::uint64_t{1} << 30));
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      graph::RelationshipBatch batch;
      for (const std::uint32_t to : csr.neighbours(node)) {
        batch.Add(0, {node}, {to}, {}, std::nullopt, {});
        sizes.checksum += Mixed(node, to) + Mixed(to, node);
      }
      Must(loader->AddRelationships(std::move(batch), {{type}}));
    }
    Must(loader->Finish());
  }
  Database database = Must(Database::Open(path));
  const DatabaseStatistics statistics = Must(database.Statistics());
  sizes.relationships = statistics.relationships;
  const DirectionStatistics* directions[] = {&statistics.types.front().outgoing, &statistics.types.front().incoming};
  for (int i = 0; i < 2; ++i) {
    sizes.disk_bytes[i] = directions[i]->disk_bytes;
    sizes.memory_bytes[i] = directions[i]->memory_bytes;
    sizes.memory_bytes_with_numbers[i] = directions[i]->memory_bytes_with_numbers;
  }
  return sizes;
}

struct Loaded {
  Loaded() : path(directory.At("graph")), sizes(InAChild([this] { return Load(path); })) {}
  TemporaryDirectory directory;
  std::string path;
  Sizes sizes;
};

const Loaded& Shared() {
  static const Loaded loaded;
  return loaded;
}

struct Scan {
  double seconds = 0;  // of the second one: blocks that fit are decoded
  std::uint64_t checksum = 0;
  std::uint64_t peak_bytes = 0;
};

std::uint64_t ScanBothDirections(graph::Transaction& reader, graph::TypeId type) {
  std::uint64_t checksum = 0;
  const graph::Transaction::ReadingScope reading(reader);
  std::vector<graph::Neighbour> neighbours;
  for (const graph::Direction direction : {graph::Direction::kOutgoing, graph::Direction::kIncoming}) {
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      neighbours.clear();
      Must(reader.AppendNeighbours({node}, direction, std::span(&type, 1), neighbours));
      reader.Release();
      for (const graph::Neighbour& each : neighbours) checksum += Mixed(node, each.node.value);
    }
  }
  return checksum;
}

Scan ScanWith(const std::string& path, std::uint64_t memory_bytes) {
  const MemoryShares shares = SharesOf(memory_bytes);
  auto store =
      Must(storage::OpenStore(path, {.cache_bytes = shares.store_cache, .write_buffer_bytes = shares.write_buffer}));
  auto opened = Must(graph::Graph::Open(*store, {.cache_bytes_max = shares.blocks}));
  const auto reader = opened->BeginRead();
  const graph::TypeId type = *reader->FindType("E");
  Scan scan;
  ScanBothDirections(*reader, type);
  const auto begin = Clock::now();
  scan.checksum = ScanBothDirections(*reader, type);
  scan.seconds = SecondsSince(begin);
  scan.peak_bytes = PeakBytes();
  return scan;
}

// A process that opens a database without a graph.
std::uint64_t PeakOfNothing(const std::string& path) {
  auto store = Must(storage::OpenStore(path));
  auto opened = Must(graph::Graph::Open(*store));
  return PeakBytes();
}

void Run(benchmark::State& state, std::uint64_t memory_bytes) {
  const Loaded& loaded = Shared();
  for (auto _ : state) {
    const Scan scan = InAChild([&] { return ScanWith(loaded.path, memory_bytes); });
    if (scan.checksum != loaded.sizes.checksum) return state.SkipWithError("the scan met other relationships");
    state.SetIterationTime(scan.seconds);
    const double edges = 2.0 * static_cast<double>(loaded.sizes.relationships);
    state.counters["ns_an_edge"] = scan.seconds * 1e9 / edges;
    state.counters["peak_MB"] = static_cast<double>(scan.peak_bytes) / 1e6;
    state.counters["budget_MB"] = static_cast<double>(memory_bytes) / 1e6;
  }
}

void ScanWarm(benchmark::State& state) { Run(state, kPlenty); }

void ScanInHalfTheMemory(benchmark::State& state) {
  const std::uint64_t empty = InAChild([&] { return PeakOfNothing(Shared().directory.At("empty")); });
  std::filesystem::remove_all(Shared().directory.At("empty"));
  Run(state, Shared().sizes.decoded() / 2);
  state.counters["empty_MB"] = static_cast<double>(empty) / 1e6;
}

void BytesAnEdge(benchmark::State& state) {
  const Sizes& sizes = Shared().sizes;
  for (auto _ : state) benchmark::DoNotOptimize(sizes.relationships);
  const auto each = [&](std::uint64_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(sizes.relationships);
  };
  state.counters["disk_out"] = each(sizes.disk_bytes[0]);
  state.counters["disk_in_with_numbers"] = each(sizes.disk_bytes[1]);
  state.counters["memory_out"] = each(sizes.memory_bytes[0]);
  state.counters["memory_in"] = each(sizes.memory_bytes[1]);
  state.counters["memory_out_with_numbers"] = each(sizes.memory_bytes_with_numbers[0]);
  state.counters["memory_in_with_numbers"] = each(sizes.memory_bytes_with_numbers[1]);
}

// Open, and the neighbours of a node that is found by its key.
void OpenAndFirstLookup(benchmark::State& state) {
  const std::string& path = Shared().path;
  std::uint32_t node = 1;
  for (auto _ : state) {
    node = node * 1'664'525U + 1'013'904'223U;
    const double seconds = InAChild([&] {
      const auto begin = Clock::now();
      Database database = Must(Database::Open(path));
      QueryResult answer = Must(database.Query("MATCH (n:N {id: $id})-[:E]->(m) RETURN count(m)",
                                               {.parameters = {{"id", std::int64_t{node % kNodes}}}}));
      benchmark::DoNotOptimize(answer.Next());
      return SecondsSince(begin);
    });
    state.SetIterationTime(seconds);
  }
}

BENCHMARK(BytesAnEdge)->Iterations(1);
BENCHMARK(ScanWarm)->UseManualTime()->Iterations(1)->Repetitions(3)->Unit(benchmark::kMillisecond);
BENCHMARK(ScanInHalfTheMemory)->UseManualTime()->Iterations(1)->Repetitions(3)->Unit(benchmark::kMillisecond);
BENCHMARK(OpenAndFirstLookup)->UseManualTime()->Iterations(21)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plenum::bench
