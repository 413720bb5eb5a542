// What a graph on the disk costs through a transaction: committing one relationship, beside the bare RocksDB write of
// the same batch; reading a property of a node; taking statistics; creating an index.
#include <benchmark/benchmark.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/temporary_directory.h"
#include "engine/graph/bulk_loader.h"
#include "engine/graph/graph.h"
#include "engine/graph/graph_statistics.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/must.h"
#include "tests/storage/forwarding_store.h"

namespace plenum::bench {
namespace {

using storage::WriteSet;

constexpr std::uint32_t kNodes = 1 << 20;

using Clock = std::chrono::steady_clock;

double NanosecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

// Keeps the last batch that was applied, and how long the keeping took.
class RecordingStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status Apply(const WriteSet& writes, bool sync) override {
    const Clock::time_point begin = Clock::now();
    last_ = writes.writes();
    keeping_ns_ = NanosecondsSince(begin);
    return ForwardingStore::Apply(writes, sync);
  }
  const WriteSet::Writes& last() const { return last_; }
  double keeping_ns() const { return keeping_ns_; }

 private:
  WriteSet::Writes last_;
  double keeping_ns_ = 0;
};

// kNodes nodes with two integer properties, no relationships; a store to write to.
struct People {
  People() : store(Must(storage::OpenStore(directory.At("graph")))) {
    auto loader = Must(graph::BulkLoader::Begin(*store, {.directory = directory.At("")}));
    person = Must(loader->InternLabel("Person"));
    born = Must(loader->InternKey("born"));
    number = Must(loader->InternKey("number"));
    knows = Must(loader->InternType("KNOWS"));
    std::mt19937 random(1);
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      const graph::BulkLoader::PlainProperty year{born, static_cast<std::int64_t>(1900 + random() % 100)};
      const graph::BulkLoader::PlainProperty unique{number, std::int64_t{i * 0x9E3779B1U}};
      Must(loader->AddNode({{person}}, {{year, unique}}, std::nullopt));
    }
    Must(loader->BeginRelationships(std::uint64_t{1} << 30));
    Must(loader->Finish());
    recording = std::make_unique<RecordingStore>(*store);
    graph = Must(graph::Graph::Open(*recording, {.sort_directory = directory.At("")}));
  }

  TemporaryDirectory directory;
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<RecordingStore> recording;
  std::unique_ptr<graph::Graph> graph;
  graph::LabelId person;
  graph::KeyId born;
  graph::KeyId number;
  graph::TypeId knows;
};

People& Shared() {
  static People people;
  return people;
}

NodeId RandomNode(std::mt19937& random) { return {static_cast<std::uint32_t>(random() % kNodes)}; }

void Commit(People& people, std::mt19937& random, bool sync) {
  auto writer = Must(people.graph->BeginWrite());
  Must(writer->CreateRelationship(people.knows, RandomNode(random), RandomNode(random)));
  Must(writer->Commit(sync));
}

double Median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// A commit, then the bare write of its batch to a RocksDB with default options, and again, so that both meet the same
// keys, machine and disk. Counters: the medians in nanoseconds, and how many times as fast as a bare write a commit is.
void CommitRelationship(benchmark::State& state) {
  const bool sync = state.range(0) != 0;
  People& people = Shared();
  TemporaryDirectory directory;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, directory.At("bare"), &opened).ok()) return state.SkipWithError("open");
  const std::unique_ptr<rocksdb::DB> database(opened);
  rocksdb::WriteOptions how;
  how.sync = sync;
  std::mt19937 random(2);
  std::vector<double> commits;
  std::vector<double> bare_writes;
  for (auto _ : state) {
    const Clock::time_point begin = Clock::now();
    Commit(people, random, sync);
    commits.push_back(NanosecondsSince(begin) - people.recording->keeping_ns());
    state.SetIterationTime(commits.back() * 1e-9);
    const Clock::time_point bare = Clock::now();
    rocksdb::WriteBatch batch;
    for (const auto& [key, write] : people.recording->last()) {
      // What is merged costs as much to write as what is put.
      batch.Put(key, write.operands.empty() ? write.value : write.operands);
    }
    if (!database->Write(how, &batch).ok()) return state.SkipWithError("write");
    bare_writes.push_back(NanosecondsSince(bare));
  }
  state.counters["commit_ns"] = Median(commits);
  state.counters["bare_ns"] = Median(bare_writes);
  state.counters["speed_of_bare"] = Median(bare_writes) / Median(commits);
}

void ReadProperty(benchmark::State& state) {
  People& people = Shared();
  const auto reader = people.graph->BeginRead();
  std::mt19937 random(3);
  std::vector<NodeId> nodes(1 << 16);
  for (NodeId& node : nodes) node = RandomNode(random);
  std::size_t i = 0;
  for (auto _ : state) {
    auto value = reader->GetProperty(nodes[i++ % nodes.size()], people.born);
    benchmark::DoNotOptimize(value);
  }
}

// Of kNodes nodes with a value each, and of so many random relationships for each node.
void TakeStatistics(benchmark::State& state) {
  const TemporaryDirectory directory;
  const auto store = Must(storage::OpenStore(directory.At("graph")));
  auto loader = Must(graph::BulkLoader::Begin(*store, {.directory = directory.At("")}));
  const graph::LabelId labels[] = {Must(loader->InternLabel("Person")), Must(loader->InternLabel("Member"))};
  const graph::KeyId born = Must(loader->InternKey("born"));
  const graph::TypeId knows = Must(loader->InternType("KNOWS"));
  std::mt19937 random(4);
  for (std::uint32_t i = 0; i < kNodes; ++i) {
    const graph::BulkLoader::PlainProperty number{born, static_cast<std::int64_t>(i)};
    Must(loader->AddNode({labels, 1 + random() % 2}, {{number}}, std::nullopt));
  }
  Must(loader->BeginRelationships(std::uint64_t{1} << 30));
  const std::uint64_t relationships = kNodes * static_cast<std::uint64_t>(state.range(0));
  for (std::uint64_t i = 0; i < relationships;) {
    graph::RelationshipBatch batch;
    for (std::uint64_t end = i + kNodes; i < end; ++i) {
      batch.Add(0, RandomNode(random), RandomNode(random), {}, std::nullopt, {});
    }
    Must(loader->AddRelationships(std::move(batch), {{knows}}));
  }
  Must(loader->Finish());
  const std::atomic<bool> stop = false;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Must(graph::TakeStatistics(*store->TakeSnapshot(), 1, stop)));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * (kNodes + relationships)));
}

// Each time anew, when what is left of the one before is gone.
void CreateIndex(benchmark::State& state) {
  People& people = Shared();
  const bool unique = state.range(0) != 0;
  const graph::KeyId key = unique ? people.number : people.born;
  static std::uint32_t index = 0;
  for (auto _ : state) {
    auto writer = Must(people.graph->BeginWrite());
    Must(writer->CreateIndex(people.person, key, unique));
    Must(writer->Commit(true));
    state.PauseTiming();
    writer = Must(people.graph->BeginWrite());
    Must(writer->DropIndex(people.person, key, unique));
    Must(writer->Commit(true));
    std::string definition;
    while (Must(people.store->TakeSnapshot()->Get(storage::IndexDefinitionKey(index), definition))) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ++index;
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * kNodes);
}

BENCHMARK(CommitRelationship)->ArgName("sync")->Arg(0)->Iterations(20'000)->UseManualTime();
BENCHMARK(CommitRelationship)->ArgName("sync")->Arg(1)->Iterations(500)->UseManualTime();
BENCHMARK(ReadProperty);
BENCHMARK(TakeStatistics)->ArgName("degree")->Arg(0)->Arg(8)->Unit(benchmark::kMillisecond);
BENCHMARK(CreateIndex)->ArgName("unique")->Arg(0)->Arg(1)->Iterations(3)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plenum::bench
