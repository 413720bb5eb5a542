// PathFinder of plenum/paths.h: the searches over the lists of a snapshot.
#include <optional>
#include <string>
#include <utility>

#include "engine/traversal/all_shortest_paths.h"
#include "engine/traversal/neighbourhood.h"
#include "engine/traversal/path_enumeration.h"
#include "engine/traversal/start_nodes.h"
#include "plenum/paths.h"

namespace plenum {

using traversal::AdjacencySource;
using traversal::Levels;
using traversal::Polling;

// What a search needs is made when the first one does.
struct PathFinder::State {
  State(GraphReader& of, AdjacencyOptions given) : reader(of), options(std::move(given)) {
    options.relationships = false;
  }

  AdjacencySource& Source(bool backward, bool relationships) {
    if (options.direction == Direction::kEither) backward = false;
    std::optional<AdjacencySource>& source = sources[backward ? 1 : 0][relationships ? 1 : 0];
    if (!source) {
      AdjacencyOptions of_source = backward ? traversal::Reversed(options) : options;
      of_source.relationships = relationships;
      source.emplace(reader, of_source);
    }
    return *source;
  }
  Levels& LevelsOf(bool backward) {
    std::optional<Levels>& of_side = levels[backward ? 1 : 0];
    if (!of_side) of_side.emplace(reader.snapshot().nodes_end());
    return *of_side;
  }
  traversal::SearchSide<AdjacencySource> Side(bool backward, bool relationships) {
    return {Source(backward, relationships), LevelsOf(backward)};
  }
  traversal::NodeBits& Wanted() {
    if (!wanted) wanted.emplace(reader.snapshot().nodes_end());
    return *wanted;
  }

  GraphReader& reader;
  AdjacencyOptions options;
  std::optional<AdjacencySource> sources[2][2];  // by direction, and by whether relationships are asked for
  std::optional<Levels> levels[2];
  std::optional<traversal::NodeBits> wanted;
};

PathFinder::PathFinder(GraphReader& reader, AdjacencyOptions options)
    : state_(std::make_unique<State>(reader, std::move(options))) {}
PathFinder::~PathFinder() = default;

Status PathFinder::VisitWithin(std::span<const NodeId> from, Hops hops, const DistanceVisit& visit,
                               const RunOptions& run) {
  if (Status status = traversal::CheckNodes(state_->reader, from); !status.ok()) return status;
  Polling polling(run);
  (void)traversal::VisitNeighbourhood(state_->Source(false, false), state_->Source(true, false),
                                      state_->LevelsOf(false), from, hops, visit, polling);
  return polling.TakeStatus(state_->reader.status());
}

Result<std::uint64_t> PathFinder::CountWithin(std::span<const NodeId> from, Hops hops, const RunOptions& run) {
  std::uint64_t count = 0;
  const auto add = [&](std::span<const NodeId> nodes, std::uint32_t) {
    count += nodes.size();
    return true;
  };
  if (Status status = VisitWithin(from, hops, add, run); !status.ok()) return std::move(status).error();
  return count;
}

Result<bool> PathFinder::IsReachable(NodeId from, NodeId to, std::uint32_t hops_most, const RunOptions& run) {
  const NodeId ends[] = {from, to};
  if (Status status = traversal::CheckNodes(state_->reader, ends); !status.ok()) return std::move(status).error();
  Polling polling(run);
  traversal::TwoSidedSearch<AdjacencySource> search(state_->Side(false, false), state_->Side(true, false));
  (void)search.Run(from, to, hops_most, true, polling);
  if (Status status = polling.TakeStatus(state_->reader.status()); !status.ok()) return std::move(status).error();
  return search.found();
}

Result<ShortestPaths> PathFinder::FindShortestPaths(NodeId from, NodeId to, std::uint32_t hops_most,
                                                    const RunOptions& run) {
  const NodeId ends[] = {from, to};
  if (Status status = traversal::CheckNodes(state_->reader, ends); !status.ok()) return std::move(status).error();
  Polling polling(run);
  traversal::AllShortestPaths<AdjacencySource> search(state_->Side(false, true), state_->Side(true, true),
                                                      state_->Wanted());
  std::optional<ShortestPaths> paths = search.Find(from, to, hops_most, polling);
  if (Status status = polling.TakeStatus(state_->reader.status()); !status.ok()) return std::move(status).error();
  return *std::move(paths);
}

Status PathFinder::VisitPaths(NodeId from, Hops hops, PathMode mode, const PathVisit& visit, const RunOptions& run) {
  if (Status status = traversal::CheckNodes(state_->reader, {&from, 1}); !status.ok()) return status;
  if (mode == PathMode::kWalk && hops.most == kAnyHops) {
    return Error{ErrorType::kUsageError, "UnboundedWalk",
                 "walks of any length have no end where there is a cycle: give Hops::most, or choose another PathMode"};
  }
  Polling polling(run);
  traversal::PathEnumeration<AdjacencySource> enumeration(state_->Source(false, true), hops, mode, polling);
  enumeration.Run(from, visit);
  return polling.TakeStatus(state_->reader.status());
}

}  // namespace plenum
