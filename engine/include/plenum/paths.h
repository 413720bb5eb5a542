// Searches that read straight from a snapshot, without a copy of the graph: who is within some hops of whom, is one
// node to be reached from another, all shortest paths of a pair, the paths from a node, and distances from many nodes
// at once.
//
//   plenum::GraphReader reader(db->Snapshot());
//   plenum::PathFinder knows(reader, {.types = {*reader.snapshot().FindType("KNOWS")}});
//   auto friends_of_friends = knows.CountWithin(ada, {.least = 1, .most = 2});
//   auto paths = knows.FindShortestPaths(ada, eve);
//   if (paths && paths->found()) paths->ForEach([](const plenum::PathView& path) { …; return true; });
//
// What all share:
// - AdjacencyOptions say which relationships are followed, in which direction, on which day, and which label each node
//   must have that is reached; a node that a search begins at need not have it. `relationships` is not looked at.
// - A node to begin or end at that is not there is an EntityNotFound error (detail NodeNotFound). What cannot be read
// is
//   the reader's status, and returned. An error of RunOptions::poll ends a search within milliseconds, and is returned.
// - Of memory, RunOptions::memory_bytes_max counts what it takes to begin; not what a search takes for each node that
// it
//   reaches, or keeps of paths.
// - After an error, what a callback was told before is true, but not all there is.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "plenum/graph.h"
#include "plenum/run_options.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

constexpr std::uint32_t kAnyHops = std::numeric_limits<std::uint32_t>::max();

// How many relationships lie between, both bounds among them. None, where least > most.
struct Hops {
  std::uint32_t least = 1;
  std::uint32_t most = kAnyHops;
};

// What may not come twice on one path. As in the query language: what is true of a mode is true of those below.
enum class PathMode : std::uint8_t {
  kWalk,     // anything may
  kTrail,    // no relationship
  kSimple,   // no node, but that the last may be the first
  kAcyclic,  // no node
};

// From the first node to the last: one more node than relationships, which may have been followed against their
// direction. The spans live until the callback returns.
struct PathView {
  std::span<const NodeId> nodes;
  std::span<const RelationshipId> relationships;
};
using PathVisit = std::function<bool(const PathView&)>;  // false: no more of them

// All paths of the fewest hops between two nodes: those parts of the graph that lie on one, a relationship once however
// many paths lead over it. Needs the database no longer; immutable, for any thread.
class ShortestPaths {
 public:
  struct Step {
    std::uint32_t to = 0;  // a place in `nodes`
    RelationshipId relationship;
  };
  // A graph without cycles.
  struct Parts {
    std::vector<NodeId> nodes;              // by distance from the first, then ascending; the first, …, the last node
    std::vector<std::uint64_t> first_step;  // one more than nodes: where the steps that leave each begin
    std::vector<Step> steps;                // of one node: ascending by the node they lead to, then by relationship
    std::uint32_t hops = 0;
  };
  ShortestPaths() = default;  // there is no path
  explicit ShortestPaths(Parts parts);

  bool found() const { return !parts_.nodes.empty(); }
  std::uint32_t hops() const { return parts_.hops; }
  // How many there are; parallel relationships make different paths. 2^64 - 1 stands for that many or more.
  std::uint64_t count() const { return count_; }
  // Each path, in ascending order of first steps (by node, then by relationship), then of second ones, and so on. From
  // one path to the next takes at most the time to write it down, so a caller that wants to stop says so in `visit`.
  void ForEach(const PathVisit& visit) const;
  const Parts& parts() const { return parts_; }

 private:
  Parts parts_;
  std::uint64_t count_ = 0;
};

// Searches between nodes, one after the other, on the reader's thread: RunOptions::threads is not looked at. What it
// takes to begin one is kept from the last: 3 bits for each node that the snapshot may have, and 32 to 80 bytes a
// segment (see Adjacency). A search takes 4 bytes for each node that it reaches.
//
// While it searches it calls GraphReader::Release: spans that were read before are no longer good.
class PathFinder {
 public:
  PathFinder(GraphReader& reader, AdjacencyOptions options);
  ~PathFinder();
  PathFinder(const PathFinder&) = delete;
  PathFinder& operator=(const PathFinder&) = delete;

  // How many nodes there are whose distance, the fewest hops from the nearest of `from`, is within `hops`. Those in
  // `from` are at distance 0, so a cycle does not lead back to them. Takes the time of a breadth-first search that ends
  // at hops.most: the list of each node nearer than that is read once; where they are many, instead those from the
  // other ends of the nodes not reached yet, as far as needed (Beamer, Asanović and Patterson, 2012).
  Result<std::uint64_t> CountWithin(std::span<const NodeId> from, Hops hops, const RunOptions& run = {});
  Result<std::uint64_t> CountWithin(NodeId from, Hops hops, const RunOptions& run = {}) {
    return CountWithin(std::span(&from, 1), hops, run);
  }

  // visit(nodes, distance) once for each distance within `hops` that any node has, ascending: all nodes at this
  // distance, each once, in an order that is the same for the same snapshot. False ends the search. The span lives
  // until it returns; `visit` must not use this PathFinder.
  using DistanceVisit = std::function<bool(std::span<const NodeId> nodes, std::uint32_t distance)>;
  Status VisitWithin(std::span<const NodeId> from, Hops hops, const DistanceVisit& visit, const RunOptions& run = {});
  Status VisitWithin(NodeId from, Hops hops, const DistanceVisit& visit, const RunOptions& run = {}) {
    return VisitWithin(std::span(&from, 1), hops, visit, run);
  }

  // Whether a path of at most so many hops leads from one node to the other; one of none leads from each to itself.
  // Searches from both ends at once, going on where fewer relationships are to be read: two hubs that are far apart do
  // not read the graph, nor does a node that nothing leads to. (Pohl, "Bi-directional Search", 1971)
  Result<bool> IsReachable(NodeId from, NodeId to, std::uint32_t hops_most = kAnyHops, const RunOptions& run = {});

  // All shortest paths, if they have at most so many hops. Searches likewise, and then reads the lists that it has read
  // once more, with their relationships. Nobody is asked while the paths are counted, some 5 ns for each relationship
  // on one, nor while the nodes of one distance are sorted.
  Result<ShortestPaths> FindShortestPaths(NodeId from, NodeId to, std::uint32_t hops_most = kAnyHops,
                                          const RunOptions& run = {});

  // Each path from a node of as many hops as asked for, depth first: a path comes before those that go on from it, and
  // what goes on comes in the order of the node's list: type by type, outgoing before incoming, ascending by the other
  // end, then by relationship. False from `visit` ends it, without an error; `visit` must not use this PathFinder.
  //
  // Takes 16 bytes for each relationship of each node on the path, and some 100 for each node, and some 10 ns for each
  // path, of which there may be exponentially many. In the modes but kWalk a path of n hops may take n ns, as it is
  // read wherever a table of its ids by their last bits cannot tell that one is new. Walks without end are refused with
  // a UsageError: kWalk needs a bound, the other modes have one.
  Status VisitPaths(NodeId from, Hops hops, PathMode mode, const PathVisit& visit, const RunOptions& run = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// How far the nodes that can be reached from some source are.
struct DistanceCounts {
  std::vector<std::uint64_t>
      nodes_at;  // [d]: how many nodes are at distance d; [0] is 1, the source; the last is not 0

  std::uint64_t Reached() const;  // the source among them
  std::uint32_t Eccentricity() const {
    return static_cast<std::uint32_t>(nodes_at.size() - 1);
  }  // the largest distance
  std::uint64_t TotalDistance() const;
  // The inverse of the mean distance of the other nodes that are reached (Bavelas, 1950); 0 where there are none.
  double Closeness() const;
  // The sum of the inverse distances of the other nodes (Marchiori and Latora, 2000), which is right for graphs of
  // several components.
  double HarmonicCloseness() const;
};

// Distances from many sources: breadth-first searches from 64 at once share what they read, a bit for each of them in
// one word a node (Then et al., "The More the Merrier: Efficient Multi-Source Graph Traversal", VLDB 2014). From where
// much of the graph is reached at a time, each node not reached by all looks among its neighbours for who is (Beamer,
// Asanović and Patterson, 2012), so both directions are read.
//
// Takes 32 bytes a node of the snapshot and thread, however few are reached: for a single source PathFinder is
// the better choice. Threads share out batches of 64 sources.

// [i]: of sources[i]; the same source may come twice. Distances above hops_most are not counted.
Result<std::vector<DistanceCounts>> CountDistances(const GraphSnapshot& snapshot, const AdjacencyOptions& options,
                                                   std::span<const NodeId> sources, std::uint32_t hops_most = kAnyHops,
                                                   const RunOptions& run = {});

// Some sources that have `node` at `distance`: sources[first + i] for each bit i of `which`.
struct SourcesOfNode {
  NodeId node;
  std::uint32_t distance = 0;
  std::size_t first = 0;
  std::uint64_t which = 0;

  // visit(std::size_t i), ascending: sources[i] is one of them.
  template <class Visit>
  void ForEachSource(Visit visit) const {
    for (std::uint64_t rest = which; rest != 0; rest &= rest - 1) {
      visit(first + static_cast<std::size_t>(__builtin_ctzll(rest)));
    }
  }
};

// Each pair of a source and a node that it reaches, once, those of one node, distance and batch of 64 sources together;
// batch by batch, ascending by distance, nodes in an order that is the same for the same snapshot. A source has itself
// at distance 0. False from `visit` ends it, without an error. Runs on the calling thread alone.
Status VisitDistances(const GraphSnapshot& snapshot, const AdjacencyOptions& options, std::span<const NodeId> sources,
                      std::uint32_t hops_most, const std::function<bool(const SourcesOfNode&)>& visit,
                      const RunOptions& run = {});

}  // namespace plenum
