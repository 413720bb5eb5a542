// Larger graphs in plain arrays for the searches to read, distances by a plain queue, and a source that observes what
// is read.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "engine/traversal/all_shortest_paths.h"
#include "engine/traversal/neighbour_source.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum::traversal {

constexpr std::uint32_t kFar = 0xFFFFFFFF;

// Compressed sparse rows of edges, or of the edges turned round.
struct Rows {
  Rows(const Multigraph& graph, bool reversed) : offsets(std::size_t{graph.node_count} + 1) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const Projection::Edge& edge : graph.edges) {
      pairs.emplace_back(reversed ? edge.to : edge.from, reversed ? edge.from : edge.to);
    }
    std::ranges::sort(pairs);
    for (const auto& [from, to] : pairs) {
      ++offsets[from + 1];
      targets.push_back({to});
    }
    for (std::size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  }
  std::vector<std::uint64_t> offsets;
  std::vector<NodeId> targets;
};

// Counts what is read, and may take its time over it: over each list, or over many that lie together.
class ObservedSource : public ArraySource {
 public:
  explicit ObservedSource(const Rows& rows, std::chrono::microseconds pause = {})
      : ArraySource(rows.offsets, rows.targets), pause_(pause) {}

  std::uint64_t reads() const { return reads_; }
  std::uint64_t entries() const { return entries_; }

  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    ArraySource::Expand(from, [&](std::size_t i, std::span<const NodeId> nodes) {
      Read(nodes.size());
      return visit(i, nodes);
    });
  }
  template <class Visit>
  void ForEachListAmong(NodeId first, std::uint64_t which, Visit&& visit) {
    if (first.value % 256 == 0) Read(0);
    ArraySource::ForEachListAmong(first, which, [&](NodeId node, std::span<const NodeId> nodes) {
      entries_ += nodes.size();
      return visit(node, nodes);
    });
  }
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit) {
    ArraySource::ForEachList(first, end, [&](NodeId node, std::span<const NodeId> nodes) {
      entries_ += nodes.size();
      if (node.value % 256 == 0) Read(0);
      return visit(node, nodes);
    });
  }
  template <class Visit>
  void ForEachRelationshipChunk(NodeId node, Visit&& visit) {
    ArraySource::ForEachRelationshipChunk(node, [&](const RelationshipChunk& chunk) {
      Read(chunk.nodes.size());
      return visit(chunk);
    });
  }

 private:
  void Read(std::size_t entries) {
    ++reads_;
    entries_ += entries;
    if (pause_.count() != 0) std::this_thread::sleep_for(pause_);
  }

  std::chrono::microseconds pause_;
  std::uint64_t reads_ = 0;
  std::uint64_t entries_ = 0;
};

inline Multigraph RandomLarge(std::uint32_t node_count, std::size_t edge_count, std::uint32_t seed) {
  std::mt19937 random(seed);
  Multigraph graph{.node_count = node_count, .edges = {}};
  // A part of the nodes draws most of the edges, and some have none.
  const auto draw = [&] { return random() % 3 == 0 ? random() % (node_count / 2) : random() % (node_count / 16); };
  for (std::size_t i = 0; i < edge_count; ++i) {
    graph.edges.push_back({static_cast<std::uint32_t>(draw()), static_cast<std::uint32_t>(draw())});
  }
  return graph;
}

// Edges one after the other, `length` of them.
inline Multigraph Chain(std::uint32_t length) {
  Multigraph graph{.node_count = length + 1, .edges = {}};
  for (std::uint32_t i = 0; i < length; ++i) graph.edges.push_back({i, i + 1});
  return graph;
}

inline std::vector<std::uint32_t> DistancesByQueue(const Rows& rows, std::uint32_t source) {
  std::vector<std::uint32_t> distances(rows.offsets.size() - 1, kFar);
  std::deque<std::uint32_t> queue = {source};
  distances[source] = 0;
  for (; !queue.empty(); queue.pop_front()) {
    const std::uint32_t node = queue.front();
    for (std::uint64_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
      std::uint32_t& distance = distances[rows.targets[i].value];
      if (distance != kFar) continue;
      distance = distances[node] + 1;
      queue.push_back(rows.targets[i].value);
    }
  }
  return distances;
}

// The distance that a search from both sides finds, and how much it read.
struct Between {
  explicit Between(const Multigraph& graph, std::chrono::microseconds pause = {})
      : forward(graph, false),
        backward(graph, true),
        source(forward, pause),
        reversed(backward, pause),
        levels{Levels(graph.node_count), Levels(graph.node_count)},
        wanted(graph.node_count) {}
  std::optional<ShortestPaths> Find(std::uint32_t from, std::uint32_t to, const RunOptions& run = {}) {
    Polling polling(run);
    AllShortestPaths<ObservedSource> search({source, levels[0]}, {reversed, levels[1]}, wanted);
    auto paths = search.Find({from}, {to}, kAnyHops, polling);
    status = polling.TakeStatus(Status());
    return paths;
  }
  std::uint64_t entries() const { return source.entries() + reversed.entries(); }

  Rows forward, backward;
  ObservedSource source, reversed;
  std::array<Levels, 2> levels;
  NodeBits wanted;
  Status status;
};

}  // namespace plenum::traversal
