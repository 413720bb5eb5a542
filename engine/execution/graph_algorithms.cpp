// Procedures over a whole graph: plenum/algorithms.h, plenum/triangles.h, plenum/triads.h, and the centralities by
// distance of plenum/paths.h.
#include <algorithm>
#include <limits>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_call.h"
#include "engine/execution/value_errors.h"
#include "plenum/algorithms.h"
#include "plenum/triads.h"
#include "plenum/triangles.h"

namespace plenum::execution {
namespace {

// Counts may exceed what an integer of the language holds: the largest stands for them.
Value IntegerOf(std::uint64_t count) {
  return static_cast<std::int64_t>(
      std::min<std::uint64_t>(count, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())));
}

// With rows of what arrives: the algorithms ask for them.
ProjectionOptions Part(GraphCall& call, bool undirected, bool weighted = false) {
  ProjectionOptions part = call.options.Part();
  part.undirected = call.options.Undirected(undirected);
  part.incoming = true;
  if (weighted) call.options.ReadWeight(part);
  return part;
}

// One row a node, with value(index).
template <class ValueAt>
void GiveEach(const GraphCall& call, const Projection& projection, ValueAt value) {
  for (std::uint32_t i = 0; i < projection.node_count(); ++i) {
    if (!call.give({NodeOf(projection.IdOf(i)), value(i)})) return;
  }
}

void GiveScores(const GraphCall& call, const Projection& projection, const std::vector<double>& scores) {
  GiveEach(call, projection, [&](std::uint32_t i) { return Value(scores[i]); });
}

// Parts are numbered by the ids of their first nodes, so that the numbers mean something outside the call.
void GiveParts(const GraphCall& call, const Projection& projection, const std::vector<std::uint32_t>& parts) {
  GiveEach(call, projection, [&](std::uint32_t i) { return IntegerOf(projection.IdOf(parts[i]).value); });
}

// What is counted in undirected graphs alone, so that there is no direction to choose.
std::shared_ptr<const Projection> ProjectUndirected(GraphCall& call) {
  ProjectionOptions part = call.options.Part();
  part.undirected = true;
  return call.Project(part);
}

}  // namespace

void CallPageRank(GraphCall& call) {
  const ProjectionOptions part = Part(call, false, true);
  PageRankOptions options;
  options.damping = call.options.Number("damping", options.damping);
  options.tolerance = call.options.Number("tolerance", options.tolerance);
  options.iterations_max = call.options.CountOr("maxIterations", options.iterations_max);
  options.weighted = part.weight.has_value();
  const auto projection = call.Project(part);
  GiveScores(call, *projection, Take(PageRank(*projection, options, call.run)).rank);
}

void CallBetweenness(GraphCall& call) {
  const ProjectionOptions part = Part(call, true);
  BetweennessOptions options;
  if (call.options.Count("sampleSize")) options.sources = call.options.CountOr("sampleSize", 0);
  if (options.sources == 0u) RaiseOutOfRange("graph.betweenness takes 1 or more for its option sampleSize, not 0");
  options.seed = call.options.Count("seed").value_or(options.seed);
  const auto projection = call.Project(part);
  GiveScores(call, *projection, Take(Betweenness(*projection, options, call.run)).score);
}

// Of the nodes that are named, or else of all that have the label.
void CallCloseness(GraphCall& call) {
  const AdjacencyOptions along = call.options.Along(Direction::kEither);
  const std::uint32_t length_max = call.options.MaxLength();
  std::optional<std::vector<NodeId>> sources = call.options.Nodes("sources");
  call.options.Finish();
  if (!sources) {
    GraphReader reader(call.snapshot);
    sources.emplace();
    reader.ForEachNodeChunk(along.label, [&](std::span<const NodeId> nodes) {
      sources->insert(sources->end(), nodes.begin(), nodes.end());
    });
    if (!reader.status().ok()) Take(Status(reader.status().error()));
  }
  const auto counts = Take(CountDistances(call.snapshot, along, *sources, length_max, call.run));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const DistanceCounts& count = counts[i];
    if (!call.give({NodeOf((*sources)[i]), IntegerOf(count.Reached()), IntegerOf(count.TotalDistance()),
                    IntegerOf(count.Eccentricity()), Value(count.Closeness()), Value(count.HarmonicCloseness())})) {
      return;
    }
  }
}

void CallCoreNumbers(GraphCall& call) {
  const auto projection = call.Project(Part(call, true));
  const Cores cores = Take(CoreNumbers(*projection, call.run));
  GiveEach(call, *projection, [&](std::uint32_t i) { return IntegerOf(cores.core[i]); });
}

void CallWeaklyConnectedComponents(GraphCall& call) {
  const auto projection = call.Project(Part(call, true));
  GiveParts(call, *projection, Take(WeaklyConnectedComponents(*projection, call.run)).component);
}

void CallStronglyConnectedComponents(GraphCall& call) {
  ProjectionOptions part = Part(call, false);
  part.incoming = false;
  const auto projection = call.Project(part);
  GiveParts(call, *projection, Take(StronglyConnectedComponents(*projection, call.run)).component);
}

void CallLabelPropagation(GraphCall& call) {
  const ProjectionOptions part = Part(call, true, true);
  LabelPropagationOptions options;
  options.iterations_max = call.options.CountOr("maxIterations", options.iterations_max);
  options.weighted = part.weight.has_value();
  const auto projection = call.Project(part);
  GiveParts(call, *projection, Take(LabelPropagation(*projection, options, call.run)).community);
}

void CallTriangles(GraphCall& call) {
  const auto projection = ProjectUndirected(call);
  const NodeTriangles found = Take(TrianglesPerNode(*projection, call.run));
  for (std::uint32_t i = 0; i < projection->node_count(); ++i) {
    const Value clustering(found.LocalClustering(i));
    if (!call.give({NodeOf(projection->IdOf(i)), IntegerOf(found.triangles[i]), clustering})) return;
  }
}

void CallCountTriangles(GraphCall& call) {
  const auto projection = ProjectUndirected(call);
  call.give({IntegerOf(Take(CountTriangles(*projection, call.run)))});
}

void CallTransitivity(GraphCall& call) {
  const auto projection = ProjectUndirected(call);
  call.give({Value(Take(TrianglesPerNode(*projection, call.run)).Transitivity())});
}

void CallTriadCensus(GraphCall& call) {
  ProjectionOptions part = call.options.Part();
  part.incoming = true;
  const TriadCensus census = Take(CountTriads(*call.Project(part), call.run));
  for (std::size_t i = 0; i < kTriadCount; ++i) {
    if (!call.give({Value(TriadName(static_cast<Triad>(i))), IntegerOf(census.counts[i])})) return;
  }
}

}  // namespace plenum::execution
