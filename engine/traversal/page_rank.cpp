// PageRank: the share of time that a random surfer spends at each node.
//
// Power iteration, pulled: a node sums what its predecessors send, so no two threads write the same place and every sum
// is made in one order. What a node sends is divided by its ways out once, not once an edge. The nodes are cut into
// pieces by the graph alone, and the changes and the mass of dead ends are summed over the pieces in their order: so
// the answer does not depend on the threads.
//
// Sergey Brin and Lawrence Page, "The Anatomy of a Large-Scale Hypertextual Web Search Engine", 1998; dead ends as in
// Amy Langville and Carl Meyer, "Deeper Inside PageRank", 2004.
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/whole_graph.h"
#include "engine/traversal/workers.h"
#include "plenum/algorithms.h"

namespace plenum {
namespace {

using traversal::Pieces;
using traversal::Workers;

constexpr std::string_view kName = "PageRank";

Status CheckOptions(const PageRankOptions& options) {
  // Written so that NaN fails.
  if (!(options.damping >= 0 && options.damping < 1)) {
    return traversal::UsageError(
        kName, "`damping` is " + std::to_string(options.damping) + "; it must be at least 0 and below 1");
  }
  if (!(options.tolerance >= 0)) {
    return traversal::UsageError(kName,
                                 "`tolerance` is " + std::to_string(options.tolerance) + "; it must be 0 or more");
  }
  return {};
}

class Ranking {
 public:
  Ranking(const Projection& projection, const Pieces& pieces, const PageRankOptions& options, Workers& workers)
      : projection_(projection),
        options_(options),
        workers_(workers),
        pieces_(pieces),
        sums_(pieces.count()),
        rank_(projection.node_count(), 1.0 / projection.node_count()),
        per_way_(projection.node_count()),
        sent_(projection.node_count()),
        sent_next_(projection.node_count()) {}

  Result<PageRanks> Run() {
    if (Status status = Begin(); !status.ok()) return std::move(status).error();
    PageRanks answer;
    while (answer.iterations < options_.iterations_max && !answer.converged) {
      if (Status status = Iterate(); !status.ok()) return std::move(status).error();
      ++answer.iterations;
      answer.change = Sum(&PieceSums::change);
      answer.converged = answer.change <= options_.tolerance;
    }
    answer.rank = std::move(rank_);
    return answer;
  }

 private:
  struct PieceSums {
    double change = 0;
    double kept = 0;  // by nodes from which nothing leads on
  };

  double Sum(double PieceSums::*lane) const {
    return std::accumulate(sums_.begin(), sums_.end(), 0.0,
                           [lane](double sum, const PieceSums& piece) { return sum + piece.*lane; });
  }

  double WaysOut(std::uint32_t node) const {
    if (!options_.weighted) return static_cast<double>(projection_.Outgoing(node).size());
    const auto weights = projection_.OutgoingWeights(node);
    return std::accumulate(weights.begin(), weights.end(), 0.0);
  }

  Status Begin() {
    return pieces_.ForEach(workers_, [this](std::uint32_t begin, std::uint32_t end, std::uint64_t piece) {
      PieceSums sums;
      for (std::uint32_t node = begin; node < end; ++node) {
        const double ways = WaysOut(node);
        per_way_[node] = ways >= std::numeric_limits<double>::min() ? 1 / ways : 0;
        Send(node, sent_, sums);
      }
      sums_[piece] = sums;
    });
  }

  void Send(std::uint32_t node, std::vector<double>& sent, PieceSums& sums) {
    sent[node] = rank_[node] * per_way_[node];
    if (per_way_[node] == 0) sums.kept += rank_[node];
  }

  Status Iterate() {
    Status status = options_.weighted ? IterateOver<true>() : IterateOver<false>();
    sent_.swap(sent_next_);
    return status;
  }

  template <bool kWeighted>
  Status IterateOver() {
    const double to_all = (1 - options_.damping + options_.damping * Sum(&PieceSums::kept)) / projection_.node_count();
    return pieces_.ForEach(workers_, [this, to_all](std::uint32_t begin, std::uint32_t end, std::uint64_t piece) {
      PieceSums sums;
      for (std::uint32_t node = begin; node < end; ++node) {
        const double rank = to_all + options_.damping * Received<kWeighted>(node);
        sums.change += std::abs(rank - rank_[node]);
        rank_[node] = rank;
        Send(node, sent_next_, sums);
      }
      sums_[piece] = sums;
    });
  }

  // A long row has four sums, because one would wait for each addition before the next; for a short one, the branches
  // to its end cost more than that.
  template <bool kWeighted>
  double Received(std::uint32_t node) const {
    constexpr std::uint64_t kLongRow = 64;
    const Projection::Rows& rows = projection_.incoming();
    const std::uint32_t* const sources = rows.targets.data();
    const double* const weights = rows.weights.data();
    const double* const sent = sent_.data();
    const auto from = [&](std::uint64_t at) { return kWeighted ? weights[at] * sent[sources[at]] : sent[sources[at]]; };
    double sum = 0;
    std::uint64_t at = rows.offsets[node];
    const std::uint64_t end = rows.offsets[node + 1];
    if (end - at >= kLongRow) {
      double b = 0, c = 0, d = 0;
      for (; at + 4 <= end; at += 4) {
        sum += from(at);
        b += from(at + 1);
        c += from(at + 2);
        d += from(at + 3);
      }
      sum = (sum + b) + (c + d);
    }
    for (; at < end; ++at) sum += from(at);
    return sum;
  }

  const Projection& projection_;
  const PageRankOptions& options_;
  Workers& workers_;
  const Pieces& pieces_;
  std::vector<PieceSums> sums_;
  std::vector<double> rank_;
  std::vector<double> per_way_;    // 1 by the number, or weight, of ways out; 0 if there is none
  std::vector<double> sent_;       // along each way
  std::vector<double> sent_next_;  // the same, of the iteration at work
};

Result<PageRanks> RankAll(const Projection& projection, const PageRankOptions& options, const RunOptions& run) {
  if (Status status = CheckOptions(options); !status.ok()) return std::move(status).error();
  if (Status status = traversal::CheckIncoming(kName, projection); !status.ok()) return std::move(status).error();
  constexpr std::uint64_t kBytesPerNode = 36;
  if (Status status = traversal::CheckMemory(kName, run, kBytesPerNode * projection.node_count()); !status.ok()) {
    return std::move(status).error();
  }
  const std::uint64_t work = projection.incoming().targets.size() + projection.node_count();
  const RunOptions worth = traversal::WithThreadsFor(run, work);
  const Pieces pieces(projection.incoming());
  Workers workers(worth, pieces.count() * (std::uint64_t{options.iterations_max} + 1));
  if (options.weighted) {
    if (Status status = traversal::CheckWeights(kName, projection, workers); !status.ok()) {
      return std::move(status).error();
    }
  }
  if (projection.node_count() == 0) return PageRanks{.rank = {}, .iterations = 0, .change = 0, .converged = true};
  return Ranking(projection, pieces, options, workers).Run();
}

}  // namespace

Result<PageRanks> PageRank(const Projection& projection, const PageRankOptions& options, const RunOptions& run) {
  return traversal::WithinMemory(kName, [&] { return RankAll(projection, options, run); });
}

}  // namespace plenum
