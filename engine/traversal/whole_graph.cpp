// See whole_graph.h.
#include "engine/traversal/whole_graph.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace plenum::traversal {
namespace {

// Some 30 µs: little beside the few milliseconds between polls, much beside handing a piece out.
constexpr std::uint64_t kWorkPerPiece = 32'768;
// A thread takes some 50 µs to start.
constexpr std::uint64_t kWorkPerThread = 131'072;

// The first node such that so much work is before it.
std::uint32_t NodeAfter(const Projection::Rows& rows, std::uint64_t work) {
  std::uint32_t low = 0, high = static_cast<std::uint32_t>(rows.offsets.size() - 1);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (rows.offsets[middle] + middle < work) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

Pieces::Pieces(const Projection::Rows& rows) {
  const std::uint64_t node_count = rows.offsets.size() - 1;
  const std::uint64_t work = rows.offsets.back() + node_count;
  bounds_.push_back(0);
  for (std::uint64_t done = kWorkPerPiece; done < work; done += kWorkPerPiece) {
    const std::uint32_t bound = NodeAfter(rows, done);
    if (bound > bounds_.back() && bound < node_count) bounds_.push_back(bound);
  }
  if (node_count > 0) bounds_.push_back(static_cast<std::uint32_t>(node_count));
}

RunOptions WithThreadsFor(const RunOptions& run, std::uint64_t work) {
  RunOptions options = run;
  const std::uint64_t worth = 1 + work / kWorkPerThread;
  if (options.threads > worth) options.threads = static_cast<unsigned>(worth);
  return options;
}

Error UsageError(std::string_view algorithm, std::string_view what) {
  return Error{ErrorType::kUsageError, "InvalidArgument", std::string(algorithm) + ": " + std::string(what)};
}

std::string NameOfEdge(const Projection& projection, std::uint64_t place) {
  const Projection::Rows& rows = projection.outgoing();
  const auto row_end = std::ranges::upper_bound(rows.offsets, place);
  const NodeId from = projection.IdOf(static_cast<std::uint32_t>(row_end - rows.offsets.begin() - 1));
  const NodeId to = projection.IdOf(rows.targets[place]);
  const bool undirected = projection.form().undirected;
  const std::string ends = (undirected ? "between node " : "from node ") + std::to_string(from.value) +
                           (undirected ? " and node " : " to node ") + std::to_string(to.value);
  if (!projection.form().relationships) return "the edge " + ends;
  return "relationship " + std::to_string(rows.relationships[place].value) + " (" + ends + ")";
}

Status CheckIncoming(std::string_view algorithm, const Projection& projection) {
  if (projection.form().undirected || projection.form().incoming) return {};
  return UsageError(algorithm,
                    "the projection has no rows of incoming edges, which are needed here; make it with "
                    "`incoming = true` or `undirected = true`");
}

Status CheckWeights(std::string_view algorithm, const Projection& projection, Workers& workers) {
  if (!projection.form().weights) {
    return UsageError(algorithm,
                      "`weighted` needs a projection with weights; make it with `weight`, the key of the property that "
                      "has them");
  }
  constexpr std::uint64_t kWeightsBetweenPolls = 32'768;
  const std::vector<double>& weights = projection.outgoing().weights;
  for (std::uint64_t place = 0; place < weights.size(); ++place) {
    if (!std::isfinite(weights[place]) || weights[place] < 0) {
      std::ostringstream message;
      message << "the weight of " << NameOfEdge(projection, place) << " is " << weights[place]
              << "; weights must be finite and not negative";
      return UsageError(algorithm, message.str());
    }
    if ((place + 1) % kWeightsBetweenPolls != 0) continue;
    if (Status status = workers.Poll(kWeightsBetweenPolls); !status.ok()) return status;
  }
  return {};
}

}  // namespace plenum::traversal
