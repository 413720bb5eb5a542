// The algorithms over a projection, by name, their answers thrown away: for what all of them promise.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "plenum/algorithms.h"
#include "plenum/triads.h"
#include "plenum/triangles.h"
#include "plenum/weighted_paths.h"

namespace plenum {

struct Kernel {
  std::string name;
  bool undirected = false;  // needs such a projection
  std::function<Status(const Projection&, const RunOptions&)> run;
};

template <class T>
Status StatusOf(Result<T> answer) {
  if (answer) return {};
  return std::move(answer).error();
}

// On projections of at least two nodes, with weights and incoming rows.
inline std::vector<Kernel> AllKernels() {
  const auto distances = [](const Projection& p, const RunOptions& run, WeightedMethod method, bool parents) {
    return StatusOf(WeightedDistances(p, 0, {.method = method, .parents = parents, .run = run}));
  };
  return {
      {"PageRank", false, [](auto& p, auto& run) { return StatusOf(PageRank(p, {.tolerance = 0}, run)); }},
      {"Betweenness", false, [](auto& p, auto& run) { return StatusOf(Betweenness(p, {.sources = 20}, run)); }},
      {"CoreNumbers", false, [](auto& p, auto& run) { return StatusOf(CoreNumbers(p, run)); }},
      {"LabelPropagation", false, [](auto& p, auto& run) { return StatusOf(LabelPropagation(p, {}, run)); }},
      {"WeaklyConnectedComponents", false, [](auto& p, auto& r) { return StatusOf(WeaklyConnectedComponents(p, r)); }},
      {"StronglyConnectedComponents", false,
       [](auto& p, auto& run) { return StatusOf(StronglyConnectedComponents(p, run)); }},
      {"CountTriads", false, [](auto& p, auto& run) { return StatusOf(CountTriads(p, run)); }},
      {"CountTriangles", true, [](auto& p, auto& run) { return StatusOf(CountTriangles(p, run)); }},
      {"TrianglesPerNode", true, [](auto& p, auto& run) { return StatusOf(TrianglesPerNode(p, run)); }},
      {"WeightedDistances", false,
       [=](auto& p, auto& run) { return distances(p, run, WeightedMethod::kDijkstra, true); }},
      {"WeightedDistances", false,
       [=](auto& p, auto& run) { return distances(p, run, WeightedMethod::kDeltaStepping, true); }},
      {"WeightedShortestPath", false,
       [](auto& p, auto& run) { return StatusOf(WeightedShortestPath(p, 0, p.node_count() - 1, run)); }},
      {"WeightedShortestPaths", false,
       [](auto& p, auto& run) { return StatusOf(WeightedShortestPaths(p, 0, p.node_count() - 1, 3, run)); }},
  };
}

}  // namespace plenum
