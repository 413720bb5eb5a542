// See weighted_search.h.
#include "engine/traversal/weighted_search.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "engine/traversal/whole_graph.h"

namespace plenum::traversal {
namespace {

constexpr std::uint64_t kWeightsSampled = 1024;

Error ArgumentError(std::string detail, std::string message) {
  return {.type = ErrorType::kArgumentError, .detail = std::move(detail), .message = std::move(message)};
}

Status CheckNode(const Projection& projection, std::uint32_t node) {
  if (node < projection.node_count()) return {};
  return ArgumentError("NumberOutOfRange", "node index " + std::to_string(node) +
                                               " is not in the projection, which has " +
                                               std::to_string(projection.node_count()) +
                                               " nodes; Projection::IndexOf gives the index of a node");
}

}  // namespace

Error BadWeightError(const Projection& projection) {
  const std::vector<double>& weights = projection.outgoing().weights;
  const auto place = static_cast<std::uint64_t>(std::ranges::find_if_not(weights, IsGoodWeight) - weights.begin());
  std::ostringstream message;
  message << "the weight of " << NameOfEdge(projection, place) << " is " << weights[place]
          << "; shortest paths need weights of zero or more: change it, or leave the relationship out";
  return ArgumentError("NumberOutOfRange", message.str());
}

Status CheckWeightedSearch(const Projection& projection, std::uint32_t source, std::uint32_t target) {
  if (!projection.form().weights) {
    return ArgumentError("InvalidArgumentValue",
                         "the projection has no weights; build it with a weight property, or search for paths of the "
                         "fewest edges instead");
  }
  Status status = CheckNode(projection, source);
  return status.ok() ? CheckNode(projection, target) : std::move(status);
}

double TypicalWeight(const Projection& projection) {
  const std::vector<double>& weights = projection.outgoing().weights;
  const std::uint64_t step = std::max<std::uint64_t>(1, weights.size() / kWeightsSampled);
  std::vector<double> sample;
  for (std::uint64_t i = 0; i < weights.size(); i += step) {
    if (std::isfinite(weights[i]) && weights[i] > 0) sample.push_back(weights[i]);
  }
  if (sample.empty()) return 1;
  const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
  std::ranges::nth_element(sample, middle);
  return *middle;
}

}  // namespace plenum::traversal
