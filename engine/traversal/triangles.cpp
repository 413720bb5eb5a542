// Returns the number of triangles of an undirected projection, or of each node.
//
// Method: nodes are ranked by descending degree. Each keeps those of its distinct neighbours that rank lower than itself
// (its "lower" list, the hubs, at most √(2 edges) of them) apart from those that rank higher. A triangle a < b < c is
// then met once, at the pair (c, b): a is in the lower lists of both.
//  - b is a hub: the lower lists are rows of bits, a hub's a row of a matrix, c's a scratch row; their AND is counted.
//  - otherwise: b's lower list is marked in a bitmap, and each c above b tests its own lower list against that.
//
// N. Chiba, T. Nishizeki, "Arboricity and Subgraph Listing Algorithms", 1985, for the order; M. Latapy, "Main-memory
// triangle computations for very large (sparse (power-law)) graphs", 2008, for treating nodes with many neighbours by a
// matrix of bits; M. Ortmann, U. Brandes, "Triangle Listing Algorithms: Back from the Diversion", 2014, for marking the
// node in the middle, which makes the least of all orders to test.
#include "plenum/triangles.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include "engine/traversal/degree_order.h"
#include "engine/traversal/hub_matrix.h"
#include "engine/traversal/workers.h"

namespace plenum {
namespace traversal {
namespace {

// A node is a hub while its rank is at most so many times its degree. That bounds the matrix: rank² / 8 bytes are at
// most 4 for each entry of the rows, as rank × degree are no more than the entries.
constexpr std::uint64_t kHubRankPerDegree = 32;
// With at most so many hubs for each block of a row, testing pairs of hubs is faster than intersecting rows.
constexpr std::size_t kHubsPerBlockMin = 2;
// Below so many entries, another thread takes longer to begin than it saves.
constexpr std::size_t kSharedEntriesMin = 1 << 15;
// How many lists ahead are asked for, so that they are in the cache when it is their turn.
constexpr std::size_t kPrefetchDistance = 4;

RunOptions ThreadsThatPay(RunOptions options, std::size_t entries) {
  if (entries < kSharedEntriesMin) options.threads = 1;
  return options;
}

class TriangleCounter {
 public:
  TriangleCounter(const Projection& projection, const RunOptions& options, bool per_node)
      : rows_(projection.outgoing()),
        node_count_(projection.node_count()),
        per_node_(per_node),
        options_(ThreadsThatPay(options, rows_.targets.size())),
        workers_(options_, 2 * rows_.targets.size()) {}

  Status Run();

  std::uint64_t Total() const;
  NodeTriangles PerNode() const;

 private:
  // How many neighbours of each kind a node has. They are in lists_, at the place that its row has in the projection:
  // ranks of hubs that are lower than the node, then ranks of the other lower ones; at the row's end, indexes of those
  // that are higher.
  struct Ends {
    std::uint32_t hubs = 0;
    std::uint32_t lower = 0;  // hubs among them
    std::uint32_t higher = 0;
  };
  // What one thread writes.
  struct Scratch {
    std::uint64_t total = 0;
    std::vector<std::uint64_t> counts;        // by rank; none if only the total is asked for
    HubMatrix set;                            // one row, clear between nodes
    std::vector<std::uint64_t> marks;         // bits by rank, clear between nodes
    std::vector<std::uint32_t> lower_others;  // while a node's neighbours are split
  };

  void ChooseHubs();
  Status FillMatrix();
  void SplitNeighbours(std::uint32_t node, std::vector<std::uint32_t>& lower_others);
  void CountAmongHubs(std::uint32_t node, Scratch& scratch) const;
  void CountPairsOfHubs(std::uint32_t node, std::span<const std::uint32_t> hubs, Scratch& scratch) const;
  void CountAsMiddle(std::uint32_t node, Scratch& scratch) const;
  template <bool kPerNode>
  std::uint64_t CountMarked(std::span<const std::uint32_t> ranks, Scratch& scratch) const;

  std::span<const std::uint32_t> Row(std::uint32_t node) const { return rows_.Row(rows_.targets, node); }
  std::uint32_t* List(std::uint32_t node) const { return lists_.get() + rows_.offsets[node]; }
  std::span<const std::uint32_t> Lower(std::uint32_t node) const { return {List(node), ends_[node].lower}; }
  std::span<const std::uint32_t> LowerHubs(std::uint32_t node) const { return {List(node), ends_[node].hubs}; }
  std::span<const std::uint32_t> Higher(std::uint32_t node) const {
    const std::uint32_t* end = lists_.get() + rows_.offsets[node + 1];
    return {end - ends_[node].higher, end};
  }

  const Projection::Rows& rows_;
  const std::uint32_t node_count_;
  const bool per_node_;
  const RunOptions options_;
  Workers workers_;
  const HubKernel& kernel_ = BestHubKernel();

  DegreeOrder order_;
  std::uint32_t hub_count_ = 0;
  HubMatrix matrix_{0, 0};  // of the lower hubs of each hub; of all, if counting for each node
  std::unique_ptr<std::uint32_t[]> lists_;
  std::vector<Ends> ends_;  // by index
  std::vector<Scratch> scratch_;
};

void TriangleCounter::ChooseHubs() {
  const auto is_hub = [&](std::uint32_t rank) {
    return rank < kHubRankPerDegree * Row(order_.node[rank]).size();  // false for all that follow, once it is
  };
  while (hub_count_ < node_count_ && is_hub(hub_count_)) ++hub_count_;
}

Status TriangleCounter::FillMatrix() {
  constexpr std::uint64_t kHubsInPiece = 16;
  matrix_ = HubMatrix(hub_count_, hub_count_);
  return workers_.ForEachRange(hub_count_, kHubsInPiece, [&](std::uint64_t begin, std::uint64_t end, unsigned) {
    for (auto hub = static_cast<std::uint32_t>(begin); hub < end; ++hub) {
      const std::uint32_t ranks_end = per_node_ ? hub_count_ : hub;
      for (const std::uint32_t neighbour : Row(order_.node[hub])) {
        const std::uint32_t rank = order_.rank[neighbour];
        if (rank < ranks_end && rank != hub) matrix_.Set(hub, rank);
      }
    }
  });
}

// Without a branch that depends on the ranks, which nothing could predict: a neighbour is written to the end of each
// list, and one of the lists made longer.
void TriangleCounter::SplitNeighbours(std::uint32_t node, std::vector<std::uint32_t>& lower_others) {
  const std::uint32_t own_rank = order_.rank[node];
  const std::uint32_t hubs_end = std::min(own_rank, hub_count_);
  std::uint32_t* const list = List(node);
  std::uint32_t* hub = list;
  std::uint32_t* other = lower_others.data();
  std::uint32_t* higher = list + Row(node).size();
  std::uint32_t previous = node;
  for (const std::uint32_t neighbour : Row(node)) {
    const std::uint32_t rank = order_.rank[neighbour];
    const bool is_new = neighbour != previous;  // parallel edges are side by side
    const bool is_higher = rank > own_rank;
    const std::uint32_t entry = is_higher ? neighbour : rank;
    *hub = entry;  // which may be the same place as the next
    higher[-1] = entry;
    *other = entry;
    hub += is_new & (rank < hubs_end);
    other += is_new & (rank >= hubs_end) & (rank < own_rank);
    higher -= is_new & is_higher;
    previous = neighbour;
  }
  const std::uint32_t* lower_end = std::copy(lower_others.data(), other, hub);
  ends_[node] = {static_cast<std::uint32_t>(hub - list), static_cast<std::uint32_t>(lower_end - list),
                 static_cast<std::uint32_t>(list + Row(node).size() - higher)};
}

// Triangles of the node and two lower hubs.
void TriangleCounter::CountAmongHubs(std::uint32_t node, Scratch& scratch) const {
  const std::span<const std::uint32_t> hubs = LowerHubs(node);
  if (hubs.size() < 2) return;
  if (hubs.size() <= kHubsPerBlockMin * matrix_.row_blocks()) return CountPairsOfHubs(node, hubs, scratch);
  std::uint32_t last = 0;
  for (const std::uint32_t hub : hubs) {
    scratch.set.Set(0, hub);
    last = std::max(last, hub);
  }
  const HubMatrix::Block* set = scratch.set.row(0);
  if (per_node_) {
    // Each triangle is met from either of its hubs.
    const std::size_t blocks = last / HubMatrix::kBitsInBlock + 1;
    const std::uint64_t met = kernel_.sum_and_add(matrix_, set, blocks, hubs, scratch.counts.data());
    scratch.counts[order_.rank[node]] += met / 2;
    scratch.total += met / 2;
  } else {
    scratch.total += kernel_.sum_below(matrix_, set, hubs);
  }
  for (const std::uint32_t hub : hubs) scratch.set.ClearAround(0, hub);
}

void TriangleCounter::CountPairsOfHubs(std::uint32_t node, std::span<const std::uint32_t> hubs,
                                       Scratch& scratch) const {
  std::uint64_t found = 0;
  for (std::size_t i = 1; i < hubs.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const std::uint64_t joined = matrix_.Test(std::max(hubs[i], hubs[j]), std::min(hubs[i], hubs[j]));
      found += joined;
      if (!per_node_) continue;
      scratch.counts[hubs[i]] += joined;
      scratch.counts[hubs[j]] += joined;
    }
  }
  if (per_node_) scratch.counts[order_.rank[node]] += found;
  scratch.total += found;
}

// How many of `ranks` are marked; counts a triangle for each that is.
template <bool kPerNode>
std::uint64_t TriangleCounter::CountMarked(std::span<const std::uint32_t> ranks, Scratch& scratch) const {
  const std::uint64_t* marks = scratch.marks.data();
  std::uint64_t found = 0;
  for (const std::uint32_t rank : ranks) {
    const std::uint64_t marked = marks[rank / 64] >> (rank % 64) & 1;
    found += marked;
    if constexpr (kPerNode) scratch.counts[rank] += marked;
  }
  return found;
}

// Triangles of the node, which is no hub, a lower and a higher one.
void TriangleCounter::CountAsMiddle(std::uint32_t node, Scratch& scratch) const {
  const std::uint32_t own_rank = order_.rank[node];
  const auto lower = Lower(node);
  const auto higher = Higher(node);
  if (own_rank < hub_count_ || lower.empty() || higher.empty()) return;
  for (const std::uint32_t rank : lower) scratch.marks[rank / 64] |= std::uint64_t{1} << (rank % 64);
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < higher.size(); ++i) {
    if (i + kPrefetchDistance < higher.size()) __builtin_prefetch(List(higher[i + kPrefetchDistance]));
    if (!per_node_) {
      found += CountMarked<false>(Lower(higher[i]), scratch);
    } else if (const std::uint64_t of_higher = CountMarked<true>(Lower(higher[i]), scratch); of_higher != 0) {
      found += of_higher;
      scratch.counts[order_.rank[higher[i]]] += of_higher;
    }
  }
  if (per_node_) scratch.counts[own_rank] += found;
  scratch.total += found;
  for (const std::uint32_t rank : lower) scratch.marks[rank / 64] = 0;
}

Status TriangleCounter::Run() {
  const auto degree = [&](std::uint32_t node) { return Row(node).size(); };
  Result<DegreeOrder> order = OrderByDegree(node_count_, degree, workers_);
  if (!order) return std::move(order).error();
  order_ = std::move(*order);
  ChooseHubs();
  if (Status status = FillMatrix(); !status.ok()) return status;
  lists_ = std::make_unique_for_overwrite<std::uint32_t[]>(rows_.targets.size());
  ends_.resize(node_count_);
  for (unsigned worker = 0; worker < workers_.count(); ++worker) {
    scratch_.push_back({.counts = std::vector<std::uint64_t>(per_node_ ? node_count_ : 0),
                        .set = HubMatrix(1, hub_count_),
                        .marks = std::vector<std::uint64_t>(node_count_ / 64 + 1),
                        .lower_others = std::vector<std::uint32_t>(node_count_)});
  }
  Status status = ForEachNodeByEdges(workers_, rows_.offsets, [&](std::uint32_t node, unsigned worker) {
    SplitNeighbours(node, scratch_[worker].lower_others);
    CountAmongHubs(node, scratch_[worker]);
  });
  if (!status.ok()) return status;
  return ForEachNodeByEdges(workers_, rows_.offsets, [&](std::uint32_t node, unsigned worker) {
    CountAsMiddle(node, scratch_[worker]);
  });
}

std::uint64_t TriangleCounter::Total() const {
  std::uint64_t total = 0;
  for (const Scratch& scratch : scratch_) total += scratch.total;
  return total;
}

NodeTriangles TriangleCounter::PerNode() const {
  NodeTriangles answer;
  answer.triangles.resize(node_count_);
  answer.neighbours.resize(node_count_);
  for (std::uint32_t node = 0; node < node_count_; ++node) {
    for (const Scratch& scratch : scratch_) answer.triangles[node] += scratch.counts[order_.rank[node]];
    answer.neighbours[node] = ends_[node].lower + ends_[node].higher;
  }
  return answer;
}

Status CheckUndirected(const Projection& projection) {
  if (projection.form().undirected) return {};
  return Error{ErrorType::kUsageError, "",
               "triangles are counted in an undirected projection, and this one is directed: build it with "
               "Direction::kEither, or take the triad census, which tells directed triangles apart"};
}

}  // namespace
}  // namespace traversal

Result<std::uint64_t> CountTriangles(const Projection& projection, const RunOptions& options) {
  if (Status status = traversal::CheckUndirected(projection); !status.ok()) return std::move(status).error();
  traversal::TriangleCounter counter(projection, options, false);
  if (Status status = counter.Run(); !status.ok()) return std::move(status).error();
  return counter.Total();
}

Result<NodeTriangles> TrianglesPerNode(const Projection& projection, const RunOptions& options) {
  if (Status status = traversal::CheckUndirected(projection); !status.ok()) return std::move(status).error();
  traversal::TriangleCounter counter(projection, options, true);
  if (Status status = counter.Run(); !status.ok()) return std::move(status).error();
  return counter.PerNode();
}

double NodeTriangles::Transitivity() const {
  const auto closed = static_cast<double>(std::accumulate(triangles.begin(), triangles.end(), std::uint64_t{0}));
  double pairs = 0;
  for (const double degree : neighbours) pairs += degree * (degree - 1) / 2;
  return pairs == 0 ? 0 : closed / pairs;
}

}  // namespace plenum
