// graph.…: algorithms over all of the graph, or a part of it that options name, and searches. What each computes is
// told where it is declared (plenum/algorithms.h, plenum/search.h).
#include <algorithm>
#include <limits>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/procedure_call.h"
#include "engine/execution/procedure_options.h"
#include "plenum/algorithms.h"
#include "plenum/projection.h"
#include "plenum/search.h"

namespace plenum::execution {
namespace {

using plan::BuiltInProcedure;

class GraphCall {
 public:
  GraphCall(QueryContext& context, const plan::KnownProcedure& procedure, const List& arguments)
      : context_(context),
        kind_(*procedure.built_in),
        arguments_(arguments),
        options_(context, procedure.declaration->name, arguments.back()),
        snapshot_(Take(context.transaction.Snapshot())),
        run_{.threads = context.threads, .poll = [&context](double) { return context.PollStatus(); }} {}

  std::vector<List> Run() {
    switch (kind_) {
      case BuiltInProcedure::kPageRank:
        return RunPageRank();
      case BuiltInProcedure::kBetweenness:
        return RunBetweenness();
      case BuiltInProcedure::kCoreNumbers:
        return RunOn(options_.Projected(false, true), [&](const Projection& projection) {
          return Rows(projection, Take(CoreNumbers(projection, run_)).core);
        });
      case BuiltInProcedure::kWeaklyConnectedComponents:
        return RunOn(options_.Projected(false, true), [&](const Projection& projection) {
          return Rows(projection, Take(WeaklyConnectedComponents(projection, run_)).component);
        });
      case BuiltInProcedure::kStronglyConnectedComponents:
        return RunOn(options_.Projected(false, false), [&](const Projection& projection) {
          return Rows(projection, Take(StronglyConnectedComponents(projection, run_)).component);
        });
      case BuiltInProcedure::kLabelPropagation:
        return RunLabelPropagation();
      case BuiltInProcedure::kDistances:
        return RunDistances();
      case BuiltInProcedure::kShortestPath:
        return RunShortestPath();
      default:
        return {};
    }
  }

 private:
  // Finishes the options, and reads the part of the graph that they name, with the rows that algorithms ask for.
  template <class Work>
  std::vector<List> RunOn(ProjectionOptions of, Work work) {
    options_.Finish();
    of.incoming = true;
    return work(Take(Projection::Build(snapshot_, of, run_)));
  }

  std::uint32_t CountOr(std::string_view key, std::uint32_t otherwise) {
    const std::uint64_t count = options_.Count(key).value_or(otherwise);
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
  }

  std::vector<List> RunPageRank() {
    ProjectionOptions of = options_.Projected(true, false);
    PageRankOptions options;
    options.damping = options_.Number("damping", options.damping);
    options.tolerance = options_.Number("tolerance", options.tolerance);
    options.iterations_max = CountOr("maxIterations", options.iterations_max);
    options.weighted = of.weight.has_value();
    return RunOn(std::move(of), [&](const Projection& projection) {
      return Rows(projection, Take(PageRank(projection, options, run_)).rank);
    });
  }

  std::vector<List> RunBetweenness() {
    ProjectionOptions of = options_.Projected(false, true);
    BetweennessOptions options;
    if (options_.Count("sources")) options.sources = CountOr("sources", 0);
    options.seed = options_.Count("seed").value_or(options.seed);
    return RunOn(std::move(of), [&](const Projection& projection) {
      return Rows(projection, Take(Betweenness(projection, options, run_)).score);
    });
  }

  std::vector<List> RunLabelPropagation() {
    ProjectionOptions of = options_.Projected(true, true);
    LabelPropagationOptions options;
    options.iterations_max = CountOr("maxIterations", options.iterations_max);
    options.weighted = of.weight.has_value();
    return RunOn(std::move(of), [&](const Projection& projection) {
      return Rows(projection, Take(LabelPropagation(projection, options, run_)).community);
    });
  }

  std::vector<List> RunDistances() {
    const AdjacencyOptions along = options_.Along(Direction::kOutgoing);
    options_.Finish();
    const auto distances = Take(Distances(snapshot_, arguments_[0].node().id, along, run_));
    std::vector<List> rows;
    for (std::uint32_t node = 0; node < distances.size(); ++node) {
      if (distances[node] != kUnreached) AddRow(rows, {node}, Value(std::int64_t{distances[node]}));
    }
    return rows;
  }

  std::vector<List> RunShortestPath() {
    const AdjacencyOptions along = options_.Along(Direction::kOutgoing);
    const std::uint32_t length_max = CountOr("maxLength", kUnreached);
    options_.Finish();
    const auto found =
        Take(ShortestPath(snapshot_, arguments_[0].node().id, arguments_[1].node().id, along, run_, length_max));
    if (!found) return {};
    Path path;
    for (const NodeId node : found->nodes) path.nodes.push_back({.id = node, .labels = {}, .properties = {}});
    for (const RelationshipId id : found->relationships) {
      const auto ends = Take(context_.transaction.EndsOf(id));
      path.relationships.push_back({.id = id,
                                    .type = context_.transaction.NameOf(graph::TypeOf(id)),
                                    .start = ends->first,
                                    .end = ends->second,
                                    .properties = {}});
    }
    return {{Value(std::move(path))}};
  }

  // One row a node. Numbers of parts are the ids of their first nodes, so that they mean something outside the call.
  std::vector<List> Rows(const Projection& projection, const std::vector<double>& values) {
    std::vector<List> rows;
    for (std::uint32_t i = 0; i < values.size(); ++i) AddRow(rows, projection.IdOf(i), Value(values[i]));
    return rows;
  }
  std::vector<List> Rows(const Projection& projection, const std::vector<std::uint32_t>& values) {
    std::vector<List> rows;
    for (std::uint32_t i = 0; i < values.size(); ++i) {
      const bool counts = kind_ == BuiltInProcedure::kCoreNumbers;
      AddRow(rows, projection.IdOf(i), Value(std::int64_t{counts ? values[i] : projection.IdOf(values[i]).value}));
    }
    return rows;
  }

  void AddRow(std::vector<List>& rows, NodeId node, Value value) {
    rows.push_back({Value(Node{.id = node, .labels = {}, .properties = {}}), std::move(value)});
    context_.Charge(rows.back(), "CALL");
  }

  QueryContext& context_;
  const BuiltInProcedure kind_;
  const List& arguments_;
  ProcedureOptions options_;
  const GraphSnapshot snapshot_;
  const RunOptions run_;
};

}  // namespace

std::vector<List> CallGraphProcedure(QueryContext& context, const plan::KnownProcedure& procedure,
                                     const List& arguments) {
  return GraphCall(context, procedure, arguments).Run();
}

}  // namespace plenum::execution
