// See whole_graph.h.
#include "engine/traversal/whole_graph.h"

#include <algorithm>
#include <cmath>

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
  std::uint64_t seen = 0;
  for (const double weight : projection.outgoing().weights) {
    if (!std::isfinite(weight) || weight < 0) {
      return UsageError(
          algorithm, "an edge has the weight " + std::to_string(weight) + "; weights must be finite and not negative");
    }
    if (++seen % kWeightsBetweenPolls != 0) continue;
    if (Status status = workers.Poll(kWeightsBetweenPolls); !status.ok()) return status;
  }
  return {};
}

}  // namespace plenum::traversal
