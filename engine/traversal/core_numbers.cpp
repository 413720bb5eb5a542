// Core numbers: for each node, how dense the densest part of the graph is that it belongs to.
//
// The node with the fewest neighbours left is taken away, over and over; how many it had left, or had any before it, is
// its core number. The nodes are kept sorted by that count, in one array with the place where each count begins: when a
// neighbour goes, a node moves down by one place, to the border of its count, which moves past it.
//
// Vladimir Batagelj and Matjaž Zaveršnik, "An O(m) Algorithm for Cores Decomposition of Networks", 2003.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/neighbours.h"
#include "engine/traversal/whole_graph.h"
#include "engine/traversal/workers.h"
#include "plenum/algorithms.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::string_view kName = "CoreNumbers";
constexpr std::uint64_t kWorkBetweenPolls = 4096;

class Peeling {
 public:
  Peeling(const Projection& projection, Workers& workers)
      : projection_(projection),
        workers_(workers),
        left_(projection.node_count()),
        order_(projection.node_count()),
        place_(projection.node_count()) {}

  Result<Cores> Run() {
    if (Status status = CountNeighbours(); !status.ok()) return std::move(status).error();
    if (Status status = Sort(); !status.ok()) return std::move(status).error();
    for (const std::uint32_t node : order_) {  // the rest of which changes as it goes
      std::uint64_t neighbours = 1;
      traversal::ForEachNeighbour(projection_, node, [&](std::uint32_t other) {
        ++neighbours;
        if (left_[other] > left_[node]) MoveDown(other);
      });
      if (Status status = PollAfter(neighbours); !status.ok()) return std::move(status).error();
    }
    const std::uint32_t core_max = left_[order_.back()];
    return Cores{std::move(left_), core_max};
  }

 private:
  Status CountNeighbours() {
    for (std::uint32_t node = 0; node < projection_.node_count(); ++node) {
      std::uint32_t count = 0;
      traversal::ForEachNeighbour(projection_, node, [&count](std::uint32_t) { ++count; });
      left_[node] = count;
      most_ = std::max(most_, count);
      if (Status status = PollAfter(count + std::uint64_t{1}); !status.ok()) return status;
    }
    return {};
  }

  Status Sort() {
    begin_.assign(most_ + std::size_t{2}, 0);
    Status status = traversal::InPieces(workers_, left_.size(), [this](std::uint64_t node, std::uint64_t end) {
      for (; node < end; ++node) ++begin_[left_[node] + 1];
    });
    if (!status.ok()) return status;
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    std::vector<std::uint32_t> next = begin_;
    return traversal::InPieces(workers_, left_.size(), [&](std::uint64_t node, std::uint64_t end) {
      for (; node < end; ++node) {
        place_[node] = next[left_[node]]++;
        order_[place_[node]] = static_cast<std::uint32_t>(node);
      }
    });
  }

  // Changes places with the first of its count, which then begins behind it.
  void MoveDown(std::uint32_t node) {
    const std::uint32_t place = begin_[left_[node]]++;
    const std::uint32_t first = order_[place];
    std::swap(order_[place], order_[place_[node]]);
    std::swap(place_[first], place_[node]);
    --left_[node];
  }

  Status PollAfter(std::uint64_t work) {
    unpolled_ += work;
    if (unpolled_ < kWorkBetweenPolls) return {};
    workers_.AddWork(unpolled_);
    return workers_.Poll(std::exchange(unpolled_, 0));
  }

  const Projection& projection_;
  Workers& workers_;
  std::vector<std::uint32_t> left_;   // neighbours of each node that have not been taken away; of those that have been,
                                      // the core number
  std::vector<std::uint32_t> order_;  // the nodes, sorted by left_
  std::vector<std::uint32_t> place_;  // of each node in order_
  std::vector<std::uint32_t> begin_;  // where the nodes with so many left begin in order_, but for those taken away
  std::uint32_t most_ = 0;            // neighbours that any node had in the beginning
  std::uint64_t unpolled_ = 0;
};

Result<Cores> FindCores(const Projection& projection, const RunOptions& run) {
  if (Status status = traversal::CheckIncoming(kName, projection); !status.ok()) return std::move(status).error();
  if (projection.node_count() == 0) return Cores{};
  constexpr std::uint64_t kBytesPerNode = 20;
  if (Status status = traversal::CheckMemory(kName, run, kBytesPerNode * projection.node_count()); !status.ok()) {
    return std::move(status).error();
  }
  const std::uint64_t rows = projection.form().undirected ? 1 : 2;
  Workers workers(run, 2 * (rows * projection.outgoing().targets.size() + projection.node_count()), 1);
  return Peeling(projection, workers).Run();
}

}  // namespace

Result<Cores> CoreNumbers(const Projection& projection, const RunOptions& run) {
  return traversal::WithinMemory(kName, [&] { return FindCores(projection, run); });
}

}  // namespace plenum
