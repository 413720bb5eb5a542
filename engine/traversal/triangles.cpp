// Returns the number of triangles of an undirected projection, or of each node.
//
// Method: nodes are ranked by descending degree, and a triangle of ranks a < b < c is met once, at the pair (c, b): a
// is a lower neighbour of both. What is done with a pair depends on b:
//  - a hub, which the first nodes are: its lower neighbours are a row of a matrix of bits, those of c that are hubs are
//    put into a row of their own, and the bits of both are counted. Most triangles are found here, many at a time.
//  - no hub: c's lower neighbours are marked in a bitmap, and the list of b's is held against it.
//
// N. Chiba, T. Nishizeki, "Arboricity and Subgraph Listing Algorithms", 1985, for the order; T. Schank, D. Wagner,
// "Finding, Counting and Listing All Triangles in Large Graphs, an Experimental Study", 2005, for lists of lower
// neighbours; M. Latapy, "Main-memory triangle computations for very large (sparse (power-law)) graphs", 2008, for
// treating nodes with many neighbours apart, by bits.
//
// Measured on one core of an AMD Zen 5, R-MAT of 2^18 nodes, with 3.8 M edges and 83 M triangles, everything included:
// 155 ms, and up to 290 ms while other programs use the cache. Tried, and slower: marks without a matrix, 0.72 s once
// there are lists; 0.23 s to 0.35 s when the node in the middle is marked (M. Ortmann, U. Brandes, "Triangle Listing
// Algorithms: Back from the Diversion", 2014). Behind the matrix it is no better to mark the middle: fewer numbers are
// held against it, but each list is a miss of the cache.
#include "plenum/triangles.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string_view>
#include <utility>

#include "engine/traversal/degree_order.h"
#include "engine/traversal/hub_matrix.h"
#include "engine/traversal/memory_need.h"
#include "engine/traversal/workers.h"

namespace plenum {
namespace traversal {
namespace {

// A node is a hub while its rank is below so many times its degree: the more neighbours, the longer a list that a row
// of bits replaces. That bounds the matrix, too: rank² / 8 bytes are at most 4 for each entry of the projection's rows,
// as rank × degree is no more than all entries. 16 and 48 are slower by a quarter on R-MAT of 2^18 or 2^16 nodes.
constexpr std::uint64_t kHubRankPerDegree = 32;
// With at most so many hubs for each block of a row, testing pairs of them is faster than reading rows.
constexpr std::size_t kHubsPerBlockMin = 1;
class TriangleCounter {
 public:
  // On as many threads as `options` say.
  TriangleCounter(const Projection& projection, const RunOptions& options, bool per_node)
      : rows_(projection.outgoing()),
        node_count_(projection.node_count()),
        per_node_(per_node),
        workers_(options, rows_.targets.size() + node_count_) {}

  Status Run();

  std::uint64_t Total() const;
  Result<NodeTriangles> PerNode();

 private:
  // The lower neighbours of a node that is no hub, as ranks, from lists_[begin]: hubs first.
  struct List {
    std::uint64_t begin = 0;
    std::uint32_t hubs = 0;
    std::uint32_t size = 0;
  };
  // What one thread writes.
  struct Scratch {
    std::uint64_t total = 0;
    std::vector<std::uint64_t> counts;        // by rank; none if only the total is asked for
    HubMatrix set;                            // one row, clear between nodes
    std::vector<std::uint64_t> marks;         // bits by rank, clear between nodes
    std::vector<std::uint32_t> hubs, others;  // lower neighbours of the node at hand, as ranks
  };

  void ChooseHubs();
  Status FillMatrix();
  Status LayOutLists();
  void SplitNeighbours(std::uint32_t node, Scratch& scratch);
  void CountAmongHubs(std::uint32_t rank, std::span<const std::uint32_t> hubs, Scratch& scratch) const;
  void CountPairsOfHubs(std::uint32_t rank, std::span<const std::uint32_t> hubs, Scratch& scratch) const;
  void CountWithOthers(std::uint32_t rank, Scratch& scratch) const;

  std::span<const std::uint32_t> Row(std::uint32_t node) const { return rows_.Row(rows_.targets, node); }

  const Projection::Rows& rows_;
  const std::uint32_t node_count_;
  const bool per_node_;
  Workers workers_;
  const HubKernel& kernel_ = BestHubKernel();

  DegreeOrder order_;
  std::uint32_t hub_count_ = 0;
  HubMatrix matrix_{0, 0};  // of the lower hubs of each hub; of all, if counting for each node
  std::unique_ptr<std::uint32_t[]> entries_;
  std::vector<List> lists_;                // by rank - hub_count_
  std::vector<std::uint32_t> neighbours_;  // by index; none if only the total is asked for
  std::vector<Scratch> scratch_;
};

void TriangleCounter::ChooseHubs() {
  const auto is_hub = [&](std::uint32_t rank) {
    return rank < kHubRankPerDegree * Row(order_.node[rank]).size();  // false for all that follow, once it is
  };
  while (hub_count_ < node_count_ && is_hub(hub_count_)) ++hub_count_;
}

Status TriangleCounter::FillMatrix() {
  constexpr std::uint64_t kHubsInPiece = 4;
  matrix_ = HubMatrix(hub_count_, hub_count_);
  return workers_.ForEachRange(hub_count_, kHubsInPiece, [&](std::uint64_t begin, std::uint64_t end, unsigned) {
    for (auto hub = static_cast<std::uint32_t>(begin); hub < end; ++hub) {
      const std::uint32_t ranks_end = per_node_ ? hub_count_ : hub;
      for (const std::uint32_t neighbour : Row(order_.node[hub])) {
        const std::uint32_t rank = order_.rank[neighbour];
        matrix_.Set(hub, rank < ranks_end ? rank : hub);  // no branch: it would be mispredicted half of the time
      }
      matrix_.Clear(hub, hub);
    }
  });
}

Status TriangleCounter::LayOutLists() {
  lists_.resize(node_count_ - hub_count_);
  std::uint64_t entries = 0;
  Status status = InPieces(workers_, lists_.size(), [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t i = begin; i < end; ++i) {
      lists_[i].begin = entries;
      entries += Row(order_.node[hub_count_ + i]).size();
    }
  });
  entries_ = std::make_unique_for_overwrite<std::uint32_t[]>(entries);
  return status;
}

// Without a branch that depends on the ranks, which nothing could predict: a neighbour is written to the end of both
// lists, and one of them made longer, or none.
void TriangleCounter::SplitNeighbours(std::uint32_t node, Scratch& scratch) {
  const std::uint32_t own_rank = order_.rank[node];
  const std::uint32_t hubs_end = std::min(own_rank, hub_count_);
  std::uint32_t* hub = scratch.hubs.data();
  std::uint32_t* other = scratch.others.data();
  std::uint32_t previous = node;
  std::uint32_t higher = 0;
  for (const std::uint32_t neighbour : Row(node)) {
    const std::uint32_t rank = order_.rank[neighbour];
    const bool is_new = neighbour != previous;  // parallel edges are side by side
    *hub = rank;
    *other = rank;
    hub += is_new & (rank < hubs_end);
    other += is_new & (rank >= hubs_end) & (rank < own_rank);
    higher += is_new & (rank > own_rank);
    previous = neighbour;
  }
  const std::span hubs(scratch.hubs.data(), hub), others(scratch.others.data(), other);
  if (per_node_) neighbours_[node] = static_cast<std::uint32_t>(hubs.size() + others.size()) + higher;
  CountAmongHubs(own_rank, hubs, scratch);
  if (own_rank < hub_count_) return;
  List& list = lists_[own_rank - hub_count_];
  list.hubs = static_cast<std::uint32_t>(hubs.size());
  list.size = static_cast<std::uint32_t>(hubs.size() + others.size());
  std::ranges::copy(others, std::ranges::copy(hubs, &entries_[list.begin]).out);
}

// Triangles of the node and two of its lower hubs.
void TriangleCounter::CountAmongHubs(std::uint32_t rank, std::span<const std::uint32_t> hubs, Scratch& scratch) const {
  if (hubs.size() < 2) return;
  if (hubs.size() <= kHubsPerBlockMin * matrix_.row_blocks()) return CountPairsOfHubs(rank, hubs, scratch);
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
    scratch.counts[rank] += met / 2;
    scratch.total += met / 2;
  } else {
    scratch.total += kernel_.sum_below(matrix_, set, hubs);
  }
  for (const std::uint32_t hub : hubs) scratch.set.ClearAround(0, hub);
}

void TriangleCounter::CountPairsOfHubs(std::uint32_t rank, std::span<const std::uint32_t> hubs,
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
  if (per_node_) scratch.counts[rank] += found;
  scratch.total += found;
}

// Triangles of the node, a lower one that is no hub, and one that is lower than both.
void TriangleCounter::CountWithOthers(std::uint32_t rank, Scratch& scratch) const {
  const List& list = lists_[rank - hub_count_];
  if (list.size < 2 || list.hubs == list.size) return;
  const std::span lower(&entries_[list.begin], list.size);
  std::uint64_t* const marks = scratch.marks.data();
  for (const std::uint32_t third : lower) marks[third / 64] |= std::uint64_t{1} << (third % 64);
  std::uint64_t found = 0;
  for (const std::uint32_t middle : lower.subspan(list.hubs)) {
    const List& of_middle = lists_[middle - hub_count_];
    std::uint64_t found_here = 0;
    for (const std::uint32_t third : std::span(&entries_[of_middle.begin], of_middle.size)) {
      const std::uint64_t marked = marks[third / 64] >> (third % 64) & 1;
      found_here += marked;
      if (per_node_) scratch.counts[third] += marked;
    }
    if (per_node_) scratch.counts[middle] += found_here;
    found += found_here;
  }
  if (per_node_) scratch.counts[rank] += found;
  scratch.total += found;
  for (const std::uint32_t third : lower) marks[third / 64] = 0;
}

Status TriangleCounter::Run() {
  const auto degree = [&](std::uint32_t node) { return Row(node).size(); };
  Result<DegreeOrder> order = OrderByDegree(node_count_, degree, workers_);
  if (!order) return std::move(order).error();
  order_ = std::move(*order);
  ChooseHubs();
  if (Status status = FillMatrix(); !status.ok()) return status;
  if (Status status = LayOutLists(); !status.ok()) return status;
  if (per_node_) neighbours_.resize(node_count_);
  for (unsigned worker = 0; worker < workers_.count(); ++worker) {
    scratch_.push_back({.counts = std::vector<std::uint64_t>(per_node_ ? node_count_ : 0),
                        .set = HubMatrix(1, hub_count_),
                        .marks = std::vector<std::uint64_t>(node_count_ / 64 + 1),
                        .hubs = std::vector<std::uint32_t>(hub_count_ + 1),
                        .others = std::vector<std::uint32_t>(node_count_)});
  }
  Status status = ForEachNodeByEdges(
      workers_, rows_.offsets, [&](std::uint32_t node, unsigned worker) { SplitNeighbours(node, scratch_[worker]); });
  if (!status.ok()) return status;
  constexpr std::uint64_t kNodesInPiece = 64;
  return workers_.ForEachRange(lists_.size(), kNodesInPiece, [&](std::uint64_t i, std::uint64_t end, unsigned worker) {
    for (; i < end; ++i) CountWithOthers(static_cast<std::uint32_t>(hub_count_ + i), scratch_[worker]);
  });
}

std::uint64_t TriangleCounter::Total() const {
  std::uint64_t total = 0;
  for (const Scratch& scratch : scratch_) total += scratch.total;
  return total;
}

Result<NodeTriangles> TriangleCounter::PerNode() {
  NodeTriangles answer;
  answer.triangles.resize(node_count_);
  answer.neighbours = std::move(neighbours_);
  Status status = InPieces(workers_, node_count_, [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end; ++node) {
      for (const Scratch& scratch : scratch_) answer.triangles[node] += scratch.counts[order_.rank[node]];
    }
  });
  if (!status.ok()) return std::move(status).error();
  return answer;
}

Status CheckUndirected(const Projection& projection) {
  if (projection.form().undirected) return {};
  return Error{ErrorType::kUsageError, "InvalidArgument",
               "triangles are counted in an undirected projection, and this one is directed: build it with "
               "`undirected = true`, or take the triad census, which tells directed triangles apart"};
}

// As many threads as pay and fit, of those that `options` allow.
Result<RunOptions> ThreadsFor(std::string_view algorithm, const Projection& projection, const RunOptions& options,
                              bool per_node) {
  const std::uint64_t nodes = projection.node_count(), entries = projection.outgoing().targets.size();
  const std::uint64_t shared = 8 * entries + (per_node ? 36 : 24) * nodes;
  const std::uint64_t per_thread = (per_node ? 16 : 8) * nodes;
  return WithThreadsThatFit(algorithm, ThreadsThatPay(options, entries), shared, per_thread);
}

// answer(counter) of one that has counted.
template <class Answer>
auto CountWith(std::string_view algorithm, const Projection& projection, const RunOptions& options, bool per_node,
               Answer answer) {
  using Answered = decltype(answer(std::declval<TriangleCounter&>()));
  return WithinMemory(algorithm, [&]() -> Answered {
    if (Status status = CheckUndirected(projection); !status.ok()) return std::move(status).error();
    const Result<RunOptions> run = ThreadsFor(algorithm, projection, options, per_node);
    if (!run) return run.error();
    TriangleCounter counter(projection, *run, per_node);
    if (Status status = counter.Run(); !status.ok()) return std::move(status).error();
    return answer(counter);
  });
}

}  // namespace
}  // namespace traversal

Result<std::uint64_t> CountTriangles(const Projection& projection, const RunOptions& options) {
  return traversal::CountWith("CountTriangles", projection, options, false,
                              [](traversal::TriangleCounter& counter) { return Result(counter.Total()); });
}

Result<NodeTriangles> TrianglesPerNode(const Projection& projection, const RunOptions& options) {
  return traversal::CountWith("TrianglesPerNode", projection, options, true,
                              [](traversal::TriangleCounter& counter) { return counter.PerNode(); });
}

double NodeTriangles::Transitivity() const {
  const auto closed = static_cast<double>(std::accumulate(triangles.begin(), triangles.end(), std::uint64_t{0}));
  double pairs = 0;
  for (const double degree : neighbours) pairs += degree * (degree - 1) / 2;
  return pairs == 0 ? 0 : closed / pairs;
}

}  // namespace plenum
