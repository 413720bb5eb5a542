// The weakly connected components of a graph, each named by its smallest node.
//
// Afforest. A forest over the nodes, each tree inside one component, grows as edges join trees: of two roots the larger
// goes below the smaller, so a root is the smallest node of its tree. First each node joins along a few edges of its
// row, which almost always makes one tree of what is most of the graph. Which tree that is, a sample of the nodes
// tells; its nodes need not read the rest of their rows, because whoever else is joined to one of them sees the edge
// from the other end. That needs each edge at both ends: without incoming rows, all rows are read.
//
// Michael Sutton, Tal Ben-Nun and Amnon Barak, "Optimizing Parallel Graph Connectivity Computation via Subgraph
// Sampling", 2018.
#include <algorithm>
#include <array>
#include <atomic>
#include <span>
#include <string_view>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/whole_graph.h"
#include "engine/traversal/workers.h"
#include "plenum/algorithms.h"

namespace plenum {
namespace {

using traversal::Pieces;
using traversal::Workers;

constexpr std::string_view kName = "WeaklyConnectedComponents";
constexpr std::uint32_t kFirstEdges = 2;  // of each row, read before the sample
constexpr std::uint32_t kSampleSize = 1024;
constexpr std::uint32_t kRowsAhead = 16;
constexpr std::uint64_t kNodesPerPiece = 4096;  // where rows are not read, or little of them

// Trees that threads join at the same time. A parent is never larger than its child, and only roots get another one but
// for shortcuts to an ancestor: so reading an old parent costs a step more, no harm else, and no order is needed.
class Forest {
 public:
  explicit Forest(std::uint32_t size) : parents_(size) {}

  void Plant(std::uint32_t node) { parents_[node] = node; }

  std::uint32_t Root(std::uint32_t node) {
    for (std::uint32_t parent = Parent(node); parent != node; parent = Parent(node)) node = parent;
    return node;
  }

  void Join(std::uint32_t a, std::uint32_t b) {
    for (;;) {
      a = Root(a);
      b = Root(b);
      if (a == b) return;
      if (a < b) std::swap(a, b);
      std::uint32_t expected = a;
      if (std::atomic_ref(parents_[a]).compare_exchange_strong(expected, b, std::memory_order_relaxed)) return;
    }
  }

  void PointToRoot(std::uint32_t node) { std::atomic_ref(parents_[node]).store(Root(node), std::memory_order_relaxed); }

  std::vector<std::uint32_t> TakeParents() && { return std::move(parents_); }

 private:
  std::uint32_t Parent(std::uint32_t node) { return std::atomic_ref(parents_[node]).load(std::memory_order_relaxed); }

  std::vector<std::uint32_t> parents_;
};

class Search {
 public:
  Search(const Projection& projection, Workers& workers)
      : projection_(projection), workers_(workers), forest_(projection.node_count()) {}

  Result<Components> Run() {
    Status status = ForEachNode([this](std::uint32_t node) { forest_.Plant(node); });
    if (status.ok()) status = ForEachNode([this](std::uint32_t node) { JoinFirst(node); });
    if (status.ok()) status = ForEachNode([this](std::uint32_t node) { forest_.PointToRoot(node); });
    if (status.ok()) status = JoinRest();
    std::atomic<std::uint32_t> roots{0};
    if (status.ok()) status = Flatten(roots);
    if (!status.ok()) return std::move(status).error();
    return Components{std::move(forest_).TakeParents(), roots.load()};
  }

 private:
  template <class Work>
  Status ForEachNode(Work work) {
    return workers_.ForEachRange(projection_.node_count(), kNodesPerPiece,
                                 [&work](std::uint64_t begin, std::uint64_t end, unsigned) {
                                   for (std::uint64_t node = begin; node < end; ++node) {
                                     work(static_cast<std::uint32_t>(node));
                                   }
                                 });
  }

  void JoinFirst(std::uint32_t node) {
    // Each row is elsewhere in memory: the one that is soon needed is fetched meanwhile.
    const Projection::Rows& rows = projection_.outgoing();
    __builtin_prefetch(rows.targets.data() + rows.offsets[std::min(node + kRowsAhead, projection_.node_count())]);
    const auto row = projection_.Outgoing(node);
    for (const std::uint32_t other : row.first(std::min<std::size_t>(row.size(), kFirstEdges)))
      forest_.Join(node, other);
  }

  Status JoinRest() {
    const bool both_ends = projection_.form().undirected || projection_.form().incoming;
    const std::uint32_t done = both_ends ? FrequentRoot() : projection_.node_count();
    const bool arriving = projection_.form().incoming && !projection_.form().undirected;
    return Pieces(projection_.outgoing()).ForEach(workers_, [&](std::uint32_t begin, std::uint32_t end, std::uint64_t) {
      for (std::uint32_t node = begin; node < end; ++node) {
        if (forest_.Root(node) == done) continue;
        const auto row = projection_.Outgoing(node);
        for (std::size_t i = kFirstEdges; i < row.size(); ++i) forest_.Join(node, row[i]);
        if (!arriving) continue;
        for (const std::uint32_t other : projection_.Incoming(node)) forest_.Join(node, other);
      }
    });
  }

  // The root of most nodes of a sample.
  std::uint32_t FrequentRoot() {
    std::array<std::uint32_t, kSampleSize> roots;
    for (std::uint64_t i = 0; i < kSampleSize; ++i) {
      roots[i] = forest_.Root(static_cast<std::uint32_t>(i * projection_.node_count() / kSampleSize));
    }
    std::ranges::sort(roots);
    std::uint32_t best = roots[0], best_count = 0;
    for (std::size_t i = 0, run = 0; i < roots.size(); ++i) {
      run = i > 0 && roots[i] == roots[i - 1] ? run + 1 : 1;
      if (run > best_count) best = roots[i], best_count = static_cast<std::uint32_t>(run);
    }
    return best;
  }

  Status Flatten(std::atomic<std::uint32_t>& roots) {
    return workers_.ForEachRange(projection_.node_count(), kNodesPerPiece,
                                 [&](std::uint64_t begin, std::uint64_t end, unsigned) {
                                   std::uint32_t found = 0;
                                   for (std::uint64_t i = begin; i < end; ++i) {
                                     const auto node = static_cast<std::uint32_t>(i);
                                     forest_.PointToRoot(node);
                                     found += forest_.Root(node) == node;
                                   }
                                   roots.fetch_add(found, std::memory_order_relaxed);
                                 });
  }

  const Projection& projection_;
  Workers& workers_;
  Forest forest_;
};

Result<Components> FindComponents(const Projection& projection, const RunOptions& run) {
  if (projection.node_count() == 0) return Components{};
  const std::uint64_t nodes = projection.node_count();
  if (Status status = traversal::CheckMemory(kName, run, sizeof(std::uint32_t) * nodes); !status.ok()) {
    return std::move(status).error();
  }
  constexpr std::uint64_t kEdgesPerNode = 4;  // a node takes as long as so many edges of another algorithm
  const RunOptions worth = traversal::WithThreadsFor(run, kEdgesPerNode * nodes);
  Workers workers(worth, 4 * nodes);
  return Search(projection, workers).Run();
}

}  // namespace

Result<Components> WeaklyConnectedComponents(const Projection& projection, const RunOptions& run) {
  return traversal::WithinMemory(kName, [&] { return FindComponents(projection, run); });
}

}  // namespace plenum
