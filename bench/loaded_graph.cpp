// See loaded_graph.h.
#include "bench/loaded_graph.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/graph/bulk_loader.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

constexpr std::uint64_t kPlenty = std::uint64_t{4} << 30;

}  // namespace

LoadedGraph::LoadedGraph(std::span<const Type> types) : store_(Must(storage::OpenStore(directory_.At("graph")))) {
  auto loader = Must(graph::BulkLoader::Begin(*store_, {.directory = directory_.At("")}));
  const LabelId label = Must(loader->InternLabel("N"));
  std::vector<TypeId> ids;
  for (std::size_t i = 0; i < types.size(); ++i) ids.push_back(Must(loader->InternType("T" + std::to_string(i))));
  const std::uint32_t node_count = types.front().rows->node_count();
  for (std::uint32_t node = 0; node < node_count; ++node) Must(loader->AddNode({{label}}, {}, std::nullopt));
  Must(loader->BeginRelationships(std::uint64_t{1} << 30));
  for (std::size_t i = 0; i < types.size(); ++i) {
    const Csr& rows = *types[i].rows;
    for (std::uint32_t node = 0; node < node_count; ++node) {
      graph::RelationshipBatch batch;
      std::size_t entry = rows.offsets[node];
      for (const std::uint32_t to : rows.neighbours(node)) {
        std::optional<Interval> validity;
        if (!types[i].validity.empty()) validity = types[i].validity[entry++];
        batch.Add(0, {node}, {to}, {}, validity, {});
      }
      Must(loader->AddRelationships(std::move(batch), {{ids[i]}}));
    }
  }
  Must(loader->Finish());
  graph_ = Must(graph::Graph::Open(*store_, {.cache_bytes_max = kPlenty}));
}

}  // namespace plenum::bench
