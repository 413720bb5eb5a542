// Procedures that search straight over the snapshot, by number of relationships: plenum/search.h, plenum/paths.h.
#include <algorithm>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_call.h"
#include "plenum/search.h"

namespace plenum::execution {
namespace {

// minLength and maxLength.
Hops LengthsOf(ProcedureOptions& options) {
  return {.least = options.CountOr("minLength", 1), .most = options.MaxLength()};
}

Value LengthOf(std::uint32_t length) { return std::int64_t{length}; }

// A row for each path that enumerate(visit) visits. Errors cannot be raised through a kernel.
template <class Enumerate>
void GivePaths(const GraphCall& call, Enumerate enumerate) {
  Status read;
  Status enumerated = enumerate([&](const PathView& view) {
    Result<Value> path = PathOf(call.context, view.nodes, view.relationships);
    if (path) return call.give({*std::move(path)});
    read = std::move(path).error();
    return false;
  });
  Take(std::move(read));
  Take(std::move(enumerated));
}

}  // namespace

// With a bound it reads no more than lies within.
void CallDistances(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  const std::uint32_t length_max = call.options.MaxLength();
  call.options.Finish();
  const auto give = [&](NodeId node, std::uint32_t distance) { return call.give({NodeOf(node), LengthOf(distance)}); };
  if (length_max == kAnyHops) {
    const auto distances = Take(Distances(call.snapshot, call.NodeAt(0), along, call.run));
    for (std::uint32_t node = 0; node < distances.size(); ++node) {
      if (distances[node] != kUnreached && !give({node}, distances[node])) return;
    }
    return;
  }
  GraphReader reader(call.snapshot);
  const auto visit = [&](std::span<const NodeId> nodes, std::uint32_t distance) {
    return std::ranges::all_of(nodes, [&](NodeId node) { return give(node, distance); });
  };
  Take(PathFinder(reader, along).VisitWithin(call.NodeAt(0), {.least = 0, .most = length_max}, visit, call.run));
}

void CallDistancesFrom(GraphCall& call) {
  const std::vector<NodeId> sources = NodesIn(call.arguments[0], call.name);
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  const std::uint32_t length_max = call.options.MaxLength();
  call.options.Finish();
  const auto visit = [&](const SourcesOfNode& found) {
    bool wanted = true;
    found.ForEachSource([&](std::size_t i) {
      wanted = wanted && call.give({NodeOf(sources[i]), NodeOf(found.node), LengthOf(found.distance)});
    });
    return wanted;
  };
  Take(VisitDistances(call.snapshot, along, sources, length_max, visit, call.run));
}

void CallCountWithin(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  const Hops lengths = LengthsOf(call.options);
  call.options.Finish();
  GraphReader reader(call.snapshot);
  const std::uint64_t nodes = Take(PathFinder(reader, along).CountWithin(call.NodeAt(0), lengths, call.run));
  call.give({Value(static_cast<std::int64_t>(nodes))});
}

void CallIsReachable(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  const std::uint32_t length_max = call.options.MaxLength();
  call.options.Finish();
  GraphReader reader(call.snapshot);
  call.give({Value(Take(PathFinder(reader, along).IsReachable(call.NodeAt(0), call.NodeAt(1), length_max, call.run)))});
}

void CallShortestPathTree(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  call.options.Finish();
  const NodeId source = call.NodeAt(0);
  const auto distances = Take(Distances(call.snapshot, source, along, call.run));
  const auto parents = Take(ShortestPathTree(call.snapshot, source, along, call.run));
  for (std::uint32_t node = 0; node < parents.size(); ++node) {
    if (parents[node] == kUnreached) continue;
    const Value parent = node == source.value ? Value() : NodeOf({parents[node]});
    if (!call.give({NodeOf({node}), parent, LengthOf(distances[node])})) return;
  }
}

void CallShortestPath(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  const std::uint32_t length_max = call.options.MaxLength();
  call.options.Finish();
  const auto path = Take(ShortestPath(call.snapshot, call.NodeAt(0), call.NodeAt(1), along, call.run, length_max));
  if (path) call.give({Take(PathOf(call.context, path->nodes, path->relationships))});
}

void CallShortestPaths(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  const std::uint32_t length_max = call.options.MaxLength();
  call.options.Finish();
  GraphReader reader(call.snapshot);
  const ShortestPaths paths =
      Take(PathFinder(reader, along).FindShortestPaths(call.NodeAt(0), call.NodeAt(1), length_max, call.run));
  GivePaths(call, [&](const PathVisit& visit) {
    paths.ForEach(visit);
    return Status();
  });
}

void CallPaths(GraphCall& call) {
  const PathMode mode = call.options.Mode();
  const Hops lengths = LengthsOf(call.options);
  const AdjacencyOptions along = call.options.Along(Direction::kOutgoing);
  call.options.Finish();
  if (mode == PathMode::kWalk && lengths.most == kAnyHops) {
    Raise(ErrorType::kArgumentError, "UnboundedWalk",
          "a WALK may go round a circle for ever: give graph.paths the option maxLength, or another mode");
  }
  GraphReader reader(call.snapshot);
  PathFinder finder(reader, along);
  GivePaths(call,
            [&](const PathVisit& visit) { return finder.VisitPaths(call.NodeAt(0), lengths, mode, visit, call.run); });
}

}  // namespace plenum::execution
