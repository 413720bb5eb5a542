// Returns the triad census of a directed projection: how many sets of three nodes are joined in each of 16 ways.
//
// Method: nodes are ranked by descending degree, in and out. Of a triad in which all pairs are joined, with ranks
// w < v < u, v marks how it is joined to each w, and every u that it is joined to holds its own lower neighbours
// against that: each such triad is met once. What is joined at two of three pairs are the pairs of neighbours of each
// node, by kind, less those met in closed triads; with those, one pair alone and none follow by counting all of them.
//
// V. Batagelj, A. Mrvar, "A subquadratic triad census algorithm for large sparse networks with small maximum degree",
// 2001, for the census; M. Ortmann, U. Brandes, "Efficient orbit-aware triad and quad census in directed and undirected
// graphs", 2017, for counting open triads by their nodes; the same, "Triangle Listing Algorithms: Back from the
// Diversion", 2014, for marking the node in the middle.
#include "plenum/triads.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/traversal/degree_order.h"
#include "engine/traversal/memory_need.h"
#include "engine/traversal/workers.h"

namespace plenum {
namespace traversal {
namespace {

__extension__ using Wide = unsigned __int128;  // C(nodes, 3) does not fit 64 bits; differences may pass below zero

constexpr std::array<std::string_view, kTriadCount> kNames = {"003",  "012",  "102",  "021D", "021U", "021C",
                                                              "111D", "111U", "030T", "030C", "201",  "120D",
                                                              "120U", "120C", "210",  "300"};

// How a node is joined to another, as it sees it: two bits.
using Bond = std::uint8_t;
constexpr Bond kOut = 1, kIn = 2, kMutual = 3;
constexpr unsigned kBonds = 4;  // 0: not joined

// How many lists ahead are asked for, so that they are in the cache when it is their turn.
constexpr std::uint64_t kPrefetchDistance = 4;

constexpr Bond Reversed(Bond bond) { return static_cast<Bond>((bond & kOut) << 1 | bond >> 1); }

// The open triad of a node with two bonds.
constexpr Triad OpenTriad(Bond a, Bond b) {
  if (a == kMutual && b == kMutual) return Triad::k201;
  if (a == kMutual || b == kMutual) return (a == kOut || b == kOut) ? Triad::k111U : Triad::k111D;
  if (a != b) return Triad::k021C;
  return a == kOut ? Triad::k021D : Triad::k021U;
}

// The closed triad of v, u and w.
constexpr Triad ClosedTriad(Bond v_u, Bond v_w, Bond u_w) {
  const int mutual = (v_u == kMutual) + (v_w == kMutual) + (u_w == kMutual);
  if (mutual == 3) return Triad::k300;
  if (mutual == 2) return Triad::k210;
  if (mutual == 0) {
    // In a cycle each node has one edge out and one in.
    return v_u != v_w && Reversed(v_u) != u_w ? Triad::k030C : Triad::k030T;
  }
  // The bonds of the node that is not at the mutual pair.
  const auto [a, b] = v_u == kMutual   ? std::pair(Reversed(v_w), Reversed(u_w))
                      : v_w == kMutual ? std::pair(Reversed(v_u), u_w)
                                       : std::pair(v_u, v_w);
  if (a != b) return Triad::k120C;
  return a == kOut ? Triad::k120D : Triad::k120U;
}

// Nine counters of 7 bits in a word, one for each two bonds, and none for what is not joined: so many triads are
// counted in a register, where counters in memory would wait for each other.
constexpr unsigned kCounterBits = 7;
constexpr std::uint64_t kCounterMax = (std::uint64_t{1} << kCounterBits) - 1;
constexpr unsigned CounterOf(unsigned v_w, unsigned u_w) { return kCounterBits * (3 * (v_w - 1) + u_w - 1); }

constexpr std::array<std::uint64_t, kBonds * kBonds> OneOfEach() {
  std::array<std::uint64_t, kBonds* kBonds> ones = {};
  for (unsigned v_w = 1; v_w < kBonds; ++v_w) {
    for (unsigned u_w = 1; u_w < kBonds; ++u_w) ones[v_w * kBonds + u_w] = std::uint64_t{1} << CounterOf(v_w, u_w);
  }
  return ones;
}
constexpr auto kOneOfEach = OneOfEach();

// Adds the counters to `closed`, by bonds v_w and u_w.
void AddCounters(std::uint64_t counters, std::uint64_t* closed) {
  for (unsigned v_w = 1; v_w < kBonds; ++v_w) {
    for (unsigned u_w = 1; u_w < kBonds; ++u_w) {
      closed[v_w * kBonds + u_w] += counters >> CounterOf(v_w, u_w) & kCounterMax;
    }
  }
}

std::uint64_t EntryCount(const Projection& projection) {
  return projection.outgoing().targets.size() + projection.incoming().targets.size();
}

class TriadCounter {
 public:
  // On as many threads as `options` say.
  TriadCounter(const Projection& projection, const RunOptions& options)
      : projection_(projection),
        node_count_(projection.node_count()),
        entry_count_(EntryCount(projection)),
        workers_(options, 2 * entry_count_) {}

  Status Run();
  TriadCensus Census() const;

 private:
  // A node's distinct neighbours, by rank: those lower than the node from its place in entries_ on, the higher ones up
  // to the next node's place. Bonds are the node's.
  struct List {
    std::uint64_t begin = 0;
    std::uint32_t lower = 0;
    std::uint32_t higher = 0;
  };
  // What one thread writes.
  struct Scratch {
    std::array<std::uint64_t, kBonds* kBonds* kBonds> closed = {};  // by bonds v_u, v_w, u_w
    std::array<Wide, kTriadCount> open = {};                        // pairs of neighbours, whether joined or not
    Wide one_way = 0, mutual = 0;                                   // pairs of nodes; mutual ones twice
    std::vector<Bond> marks;                                        // by rank, zero between nodes
  };

  Status LayOutLists();
  void GatherNeighbours(std::uint32_t node, Scratch& scratch);
  void CountOpen(std::uint64_t out, std::uint64_t in, std::uint64_t mutual, Scratch& scratch) const;
  void CountClosed(std::uint32_t rank, std::uint64_t begin, std::uint64_t end, Scratch& scratch) const;

  std::uint64_t EndOf(std::uint32_t rank) const {
    return rank + 1 < node_count_ ? lists_[rank + 1].begin : entry_count_;
  }

  const Projection& projection_;
  const std::uint32_t node_count_;
  const std::uint64_t entry_count_;
  Workers workers_;

  DegreeOrder order_;
  std::vector<List> lists_;  // by rank
  std::unique_ptr<std::uint32_t[]> entries_;
  std::unique_ptr<Bond[]> bonds_;  // of each entry
  std::vector<Scratch> scratch_;
};

Status TriadCounter::LayOutLists() {
  const auto degree = [&](std::uint32_t node) {
    return projection_.Outgoing(node).size() + projection_.Incoming(node).size();
  };
  Result<DegreeOrder> order = OrderByDegree(node_count_, degree, workers_);
  if (!order) return std::move(order).error();
  order_ = std::move(*order);
  entries_ = std::make_unique_for_overwrite<std::uint32_t[]>(entry_count_);
  bonds_ = std::make_unique_for_overwrite<Bond[]>(entry_count_);
  lists_.resize(node_count_);
  std::uint64_t entries = 0;
  return InPieces(workers_, node_count_, [&](std::uint64_t rank, std::uint64_t end) {
    for (; rank < end; ++rank) {
      lists_[rank].begin = entries;
      entries += degree(order_.node[rank]);
    }
  });
}

// Merges both rows of the node into its list.
void TriadCounter::GatherNeighbours(std::uint32_t node, Scratch& scratch) {
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  const std::uint32_t own_rank = order_.rank[node];
  List& list = lists_[own_rank];
  std::uint64_t lower_end = list.begin, higher_begin = EndOf(own_rank);
  std::array<std::uint64_t, kBonds> counts = {};
  const auto outgoing = projection_.Outgoing(node), incoming = projection_.Incoming(node);
  for (std::size_t i = 0, j = 0; i < outgoing.size() || j < incoming.size();) {
    const std::uint32_t next_out = i < outgoing.size() ? outgoing[i] : kNone;
    const std::uint32_t next_in = j < incoming.size() ? incoming[j] : kNone;
    const std::uint32_t neighbour = std::min(next_out, next_in);
    const auto bond = static_cast<Bond>((next_out == neighbour ? kOut : 0) | (next_in == neighbour ? kIn : 0));
    while (i < outgoing.size() && outgoing[i] == neighbour) ++i;
    while (j < incoming.size() && incoming[j] == neighbour) ++j;
    if (neighbour == node) continue;
    ++counts[bond];
    const std::uint32_t rank = order_.rank[neighbour];
    const std::uint64_t place = rank < own_rank ? lower_end++ : --higher_begin;
    entries_[place] = rank;
    bonds_[place] = bond;
  }
  list.lower = static_cast<std::uint32_t>(lower_end - list.begin);
  list.higher = static_cast<std::uint32_t>(EndOf(own_rank) - higher_begin);
  CountOpen(counts[kOut], counts[kIn], counts[kMutual], scratch);
}

void TriadCounter::CountOpen(std::uint64_t out, std::uint64_t in, std::uint64_t mutual, Scratch& scratch) const {
  const auto add = [&](Bond a, Bond b, Wide pairs) {
    scratch.open[static_cast<std::size_t>(OpenTriad(a, b))] += pairs;
  };
  const auto pairs_of = [](std::uint64_t count) { return count == 0 ? Wide{0} : Wide{count} * (count - 1) / 2; };
  add(kOut, kOut, pairs_of(out));
  add(kIn, kIn, pairs_of(in));
  add(kMutual, kMutual, pairs_of(mutual));
  add(kOut, kIn, Wide{out} * in);
  add(kOut, kMutual, Wide{out} * mutual);
  add(kIn, kMutual, Wide{in} * mutual);
  scratch.one_way += out;
  scratch.mutual += mutual;
}

// Closed triads of the node, a lower one, and a higher one in entries_[begin] to entries_[end - 1].
void TriadCounter::CountClosed(std::uint32_t rank, std::uint64_t begin, std::uint64_t end, Scratch& scratch) const {
  const List& list = lists_[rank];
  begin = std::max(begin, EndOf(rank) - list.higher);
  end = std::min(end, EndOf(rank));
  if (list.lower == 0 || begin >= end) return;
  const std::uint64_t lower_end = list.begin + list.lower;
  Bond* const marks = scratch.marks.data();
  for (std::uint64_t i = list.begin; i < lower_end; ++i) marks[entries_[i]] = bonds_[i];
  for (std::uint64_t higher = begin; higher < end; ++higher) {
    if (higher + 2 * kPrefetchDistance < end) __builtin_prefetch(&lists_[entries_[higher + 2 * kPrefetchDistance]]);
    if (higher + kPrefetchDistance < end) {
      const std::uint64_t soon = lists_[entries_[higher + kPrefetchDistance]].begin;
      __builtin_prefetch(&entries_[soon]);
      __builtin_prefetch(&bonds_[soon]);
    }
    std::uint64_t* const closed = &scratch.closed[bonds_[higher] * kBonds * kBonds];
    const List& of_higher = lists_[entries_[higher]];
    const std::uint64_t third_end = of_higher.begin + of_higher.lower;
    for (std::uint64_t third = of_higher.begin; third < third_end;) {
      const std::uint64_t piece_end = std::min(third + kCounterMax, third_end);
      std::uint64_t counters = 0;
      for (; third < piece_end; ++third) counters += kOneOfEach[marks[entries_[third]] * kBonds + bonds_[third]];
      if (counters != 0) AddCounters(counters, closed);
    }
  }
  for (std::uint64_t i = list.begin; i < lower_end; ++i) marks[entries_[i]] = 0;
}

Status TriadCounter::Run() {
  if (Status status = LayOutLists(); !status.ok()) return status;
  scratch_.resize(workers_.count());
  for (Scratch& scratch : scratch_) scratch.marks.resize(node_count_);
  constexpr std::uint64_t kNodesInPiece = 256, kEntriesInPiece = 1024;
  Status status =
      workers_.ForEachRange(node_count_, kNodesInPiece, [&](std::uint64_t node, std::uint64_t end, unsigned worker) {
        for (; node < end; ++node) GatherNeighbours(static_cast<std::uint32_t>(node), scratch_[worker]);
      });
  if (!status.ok()) return status;
  return workers_.ForEachRange(entry_count_, kEntriesInPiece,
                               [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
                                 // The last list that begins at `begin` or before: a long one is shared by several
                                 // pieces.
                                 const auto after = std::ranges::upper_bound(lists_, begin, {}, &List::begin);
                                 for (auto rank = static_cast<std::uint32_t>(after - lists_.begin() - 1);
                                      rank < node_count_ && lists_[rank].begin < end; ++rank) {
                                   CountClosed(rank, begin, end, scratch_[worker]);
                                 }
                               });
}

// The numbers of open triads are those of pairs of neighbours less the pairs within closed ones; the others follow.
TriadCensus TriadCounter::Census() const {
  std::array<Wide, kTriadCount> counts = {};
  const auto count_of = [&](Triad triad) -> Wide& { return counts[static_cast<std::size_t>(triad)]; };
  Wide one_way = 0, mutual = 0;
  for (const Scratch& scratch : scratch_) {
    for (std::size_t i = 0; i < kTriadCount; ++i) counts[i] += scratch.open[i];
    one_way += scratch.one_way;
    mutual += scratch.mutual;
    for (unsigned bonds = 0; bonds < scratch.closed.size(); ++bonds) {
      const auto v_u = static_cast<Bond>(bonds / kBonds / kBonds), v_w = static_cast<Bond>(bonds / kBonds % kBonds),
                 u_w = static_cast<Bond>(bonds % kBonds);
      if (v_u == 0 || v_w == 0 || u_w == 0) continue;
      const std::uint64_t closed = scratch.closed[bonds];
      count_of(ClosedTriad(v_u, v_w, u_w)) += closed;
      count_of(OpenTriad(v_u, v_w)) -= closed;
      count_of(OpenTriad(Reversed(v_u), u_w)) -= closed;
      count_of(OpenTriad(Reversed(v_w), Reversed(u_w))) -= closed;
    }
  }
  // The first two digits of a name are how many pairs are mutual, and how many one-way.
  const Wide nodes = node_count_;
  Wide of_one_way = nodes < 3 ? 0 : one_way * (nodes - 2), of_mutual = nodes < 3 ? 0 : mutual / 2 * (nodes - 2);
  Wide rest = nodes < 3 ? 0 : nodes * (nodes - 1) * (nodes - 2) / 6;
  for (std::size_t i = 0; i < kTriadCount; ++i) {
    of_mutual -= counts[i] * static_cast<unsigned>(kNames[i][0] - '0');
    of_one_way -= counts[i] * static_cast<unsigned>(kNames[i][1] - '0');
    rest -= counts[i];
  }
  count_of(Triad::k012) = of_one_way;
  count_of(Triad::k102) = of_mutual;
  count_of(Triad::k003) = rest - of_one_way - of_mutual;
  TriadCensus census;
  constexpr Wide kMax = std::numeric_limits<std::uint64_t>::max();
  std::ranges::transform(counts, census.counts.begin(),
                         [&](Wide count) { return static_cast<std::uint64_t>(std::min(count, kMax)); });
  return census;
}

Status CheckHasBothDirections(const Projection& projection) {
  if (!projection.form().undirected && projection.form().incoming) return {};
  const std::string what = projection.form().undirected
                               ? "a projection whose edges have a direction, and this one is undirected: build it "
                                 "directed, or count triangles, which have no direction"
                               : "rows of incoming edges, which this projection lacks: build it with them";
  return Error{ErrorType::kUsageError, "InvalidArgument", "the triad census needs " + what};
}

Result<TriadCensus> TakeCensus(std::string_view algorithm, const Projection& projection, const RunOptions& options) {
  if (Status status = CheckHasBothDirections(projection); !status.ok()) return std::move(status).error();
  const std::uint64_t nodes = projection.node_count(), entries = EntryCount(projection);
  const Result<RunOptions> run =
      WithThreadsThatFit(algorithm, ThreadsThatPay(options, entries), 5 * entries + 24 * nodes, nodes);
  if (!run) return run.error();
  TriadCounter counter(projection, *run);
  if (Status status = counter.Run(); !status.ok()) return std::move(status).error();
  return counter.Census();
}

}  // namespace
}  // namespace traversal

std::string_view TriadName(Triad triad) { return traversal::kNames[static_cast<std::size_t>(triad)]; }

Result<TriadCensus> CountTriads(const Projection& projection, const RunOptions& options) {
  constexpr std::string_view kName = "CountTriads";
  return traversal::WithinMemory(kName, [&] { return traversal::TakeCensus(kName, projection, options); });
}

}  // namespace plenum
