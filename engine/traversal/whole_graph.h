// What the algorithms that read a whole graph have in common: how its nodes are cut into pieces of work, how many
// threads are worth their start, and how a projection or an option that will not do is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/traversal/workers.h"
#include "plenum/projection.h"
#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum::traversal {

// Ranges of nodes of about as much work each, a node and an edge counting one; a node is never cut. They depend on the
// rows alone: what is summed piece by piece, then over the pieces in their order, is the same for any number of
// threads.
class Pieces {
 public:
  explicit Pieces(const Projection::Rows& rows);

  std::size_t count() const { return bounds_.size() - 1; }

  // work(begin, end, piece) on all workers, who poll in between. Each piece counts 1 of the work in all.
  template <class Work>
  Status ForEach(Workers& workers, Work work) const {
    return workers.ForEachRange(count(), 1, [&](std::uint64_t begin, std::uint64_t end, unsigned) {
      for (std::uint64_t piece = begin; piece < end; ++piece) work(bounds_[piece], bounds_[piece + 1], piece);
    });
  }

 private:
  std::vector<std::uint32_t> bounds_;  // one more than there are pieces
};

// `run` with as many threads, of those it allows, as `work` nodes and edges are worth.
RunOptions WithThreadsFor(const RunOptions& run, std::uint64_t work);

Error UsageError(std::string_view algorithm, std::string_view what);

// For messages, the edge at this place of the outgoing rows: "relationship 7 (from node 1 to node 2)"; without ids of
// relationships, "the edge from node 1 to node 2".
std::string NameOfEdge(const Projection& projection, std::uint64_t place);

// Refuses a projection whose edges cannot be followed backwards.
Status CheckIncoming(std::string_view algorithm, const Projection& projection);
// Refuses a projection without weights, and weights that are negative, infinite or no numbers.
Status CheckWeights(std::string_view algorithm, const Projection& projection, Workers& workers);

}  // namespace plenum::traversal
