// Betweenness: for each node, how many of the shortest paths between others lead through it.
//
// From each source, a breadth-first search counts the shortest paths to every node; then, from the farthest node back,
// a node hands what depends on it to its predecessors, in proportion to their paths. Each thread takes whole sources,
// so it has its own counts, and its own sums in fixed point: added integers do not care for the order, and the answer
// does not depend on who took which source.
//
// Ulrik Brandes, "A Faster Algorithm for Betweenness Centrality", 2001; from drawn sources: Ulrik Brandes and Christian
// Pich, "Centrality Estimation in Large Networks", 2007.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/whole_graph.h"
#include "engine/traversal/workers.h"
#include "plenum/algorithms.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::string_view kName = "Betweenness";
constexpr std::uint32_t kNotReached = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kWorkBetweenPolls = 8192;

// A sum of doubles, none negative or above 2^63, to 2^-63.
class FixedPointSum {
 public:
  void Add(double term) {
    const auto whole = static_cast<std::int64_t>(term);
    const auto part = static_cast<std::int64_t>((term - static_cast<double>(whole)) * 0x1p63);
    Add(static_cast<std::uint64_t>(whole), static_cast<std::uint64_t>(part) << 1);
  }
  void Add(const FixedPointSum& other) { Add(other.whole_, other.part_); }

  double Value() const { return static_cast<double>(whole_) + static_cast<double>(part_) * 0x1p-64; }

 private:
  void Add(std::uint64_t whole, std::uint64_t part) {
    part_ += part;
    whole_ += whole + (part_ < part ? 1 : 0);
  }

  std::uint64_t whole_ = 0;
  std::uint64_t part_ = 0;  // in 2^-64
};

enum class Outcome { kDone, kEnded, kTooManyPaths };

Error TooManyPathsError() {
  return {ErrorType::kResourceExhausted, "",
          std::string(kName) +
              ": there are more than 10^4900 shortest paths between two nodes, too many to "
              "count; leave parallel edges out of the projection, or draw other `sources`"};
}

// Searches from one source after the other; Number counts paths.
template <class Number>
class Search {
 public:
  Search(const Projection& projection, Workers& workers, unsigned worker)
      : projection_(projection),
        workers_(workers),
        worker_(worker),
        distances_(projection.node_count(), kNotReached),
        nodes_(projection.node_count()) {}

  // Adds to `sums` how many of the shortest paths from `source`, those to one node counting 1 together, lead through
  // each node. With too many paths, adds nothing.
  Outcome Run(std::uint32_t source, std::vector<FixedPointSum>& sums) {
    Outcome outcome = CountPaths(source);
    if (outcome == Outcome::kDone) outcome = HandBack(sums);
    for (const std::uint32_t node : reached_) {
      distances_[node] = kNotReached;
      nodes_[node] = {};
    }
    reached_.clear();
    return outcome;
  }

 private:
  struct Node {
    Number paths = 0;     // of the shortest, from the source
    Number per_path = 0;  // what each of these is worth: its share of the paths to here and of those through here
  };

  // With more paths, the share of one might lose digits.
  static constexpr Number kPathsMax = std::numeric_limits<Number>::max() * std::numeric_limits<Number>::epsilon();

  Outcome CountPaths(std::uint32_t source) {
    distances_[source] = 0;
    nodes_[source].paths = 1;
    reached_.push_back(source);
    for (std::size_t i = 0; i < reached_.size(); ++i) {
      const std::uint32_t farther = distances_[reached_[i]] + 1;
      const Number paths = nodes_[reached_[i]].paths;
      if (paths > kPathsMax) return Outcome::kTooManyPaths;
      const auto row = projection_.Outgoing(reached_[i]);
      for (const std::uint32_t next : row) {
        if (distances_[next] == kNotReached) {
          distances_[next] = farther;
          reached_.push_back(next);
        }
        if (distances_[next] == farther) nodes_[next].paths += paths;
      }
      if (!GoesOn(row.size() + 1)) return Outcome::kEnded;
    }
    return Outcome::kDone;
  }

  Outcome HandBack(std::vector<FixedPointSum>& sums) {
    for (std::size_t i = reached_.size(); i-- > 1;) {
      const std::uint32_t farther = distances_[reached_[i]] + 1;
      const auto row = projection_.Outgoing(reached_[i]);
      Number beyond = 0;
      for (const std::uint32_t next : row) {
        if (distances_[next] == farther) beyond += nodes_[next].per_path;
      }
      Node& node = nodes_[reached_[i]];
      const Number through = node.paths * beyond;
      node.per_path = (1 + through) / node.paths;
      sums[reached_[i]].Add(static_cast<double>(through));
      if (!GoesOn(row.size() + 1)) return Outcome::kEnded;
    }
    return Outcome::kDone;
  }

  bool GoesOn(std::uint64_t work) {
    unpolled_ += work;
    if (unpolled_ < kWorkBetweenPolls) return true;
    return workers_.GoesOn(worker_, std::exchange(unpolled_, 0));
  }

  const Projection& projection_;
  Workers& workers_;
  const unsigned worker_;
  std::vector<std::uint32_t> distances_;  // apart, because most edges ask for no more
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> reached_;  // in the order of their distances
  std::uint64_t unpolled_ = 0;
};

// What one thread has: searches, and its part of the sums.
class Share {
 public:
  Share(const Projection& projection, Workers& workers, unsigned worker)
      : projection_(projection),
        workers_(workers),
        worker_(worker),
        search_(projection, workers, worker),
        sums_(projection.node_count()) {}

  // `wide_fits`: whether there is memory for another search, which is only made where it is needed.
  Status Run(std::uint32_t source, const Status& wide_fits) {
    if (search_.Run(source, sums_) != Outcome::kTooManyPaths) return {};
    if (!wide_fits.ok()) return wide_fits.error();
    if (!wide_search_) wide_search_.emplace(projection_, workers_, worker_);
    if (wide_search_->Run(source, sums_) != Outcome::kTooManyPaths) return {};
    return TooManyPathsError();
  }

  const std::vector<FixedPointSum>& sums() const { return sums_; }

 private:
  const Projection& projection_;
  Workers& workers_;
  const unsigned worker_;
  Search<double> search_;
  std::optional<Search<long double>> wide_search_;  // for more paths than a double counts
  std::vector<FixedPointSum> sums_;
};

// `count` of `node_count` nodes, ascending, all sets being as likely: Knuth, "The Art of Computer Programming", volume
// 2, 3.4.2, algorithm S. The numbers are SplitMix64's (Steele, Lea and Flood, 2014), the same everywhere.
Result<std::vector<std::uint32_t>> DrawSources(std::uint32_t node_count, std::uint32_t count, std::uint64_t seed,
                                               Workers& workers) {
  auto draw = [state = seed]() mutable {
    std::uint64_t bits = state += 0x9E3779B97F4A7C15u;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return bits ^ (bits >> 31);
  };
  std::vector<std::uint32_t> sources;
  Status status = traversal::InPieces(workers, node_count, [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end && sources.size() < count; ++node) {
      if (draw() % (node_count - node) < count - sources.size()) sources.push_back(static_cast<std::uint32_t>(node));
    }
  });
  if (!status.ok()) return std::move(status).error();
  return sources;
}

Status SearchFromAll(const std::vector<std::uint32_t>& sources, Workers& workers, const Status& wide_fits,
                     std::vector<Share>& shares) {
  std::atomic<std::size_t> next{0};
  std::vector<Status> statuses(workers.count());
  Status status = workers.Run([&](unsigned worker) {
    for (std::size_t i = next.fetch_add(1); i < sources.size() && workers.GoesOn(worker, 1); i = next.fetch_add(1)) {
      statuses[worker] = shares[worker].Run(sources[i], wide_fits);
      if (!statuses[worker].ok()) return workers.Stop();
      workers.AddWork(1);
    }
  });
  for (Status& each : statuses) {
    if (status.ok()) status = std::move(each);
  }
  return status;
}

// An undirected pair was searched from both ends.
Result<BetweennessScores> ScoresOf(const Projection& projection, const std::vector<Share>& shares,
                                   std::vector<std::uint32_t> sources, Workers& workers) {
  const std::uint32_t node_count = projection.node_count();
  const auto source_count = static_cast<double>(sources.size());
  const double scale = (projection.form().undirected ? 0.5 : 1.0) * node_count / source_count;
  BetweennessScores answer{std::vector<double>(node_count), std::move(sources)};
  Status status = traversal::InPieces(workers, node_count, [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end; ++node) {
      FixedPointSum sum;
      for (const Share& share : shares) sum.Add(share.sums()[node]);
      answer.score[node] = sum.Value() * scale;
    }
  });
  if (!status.ok()) return std::move(status).error();
  return answer;
}

Result<BetweennessScores> ScoreAll(const Projection& projection, const BetweennessOptions& options,
                                   const RunOptions& run) {
  if (options.sources == 0u) {
    return traversal::UsageError(kName, "`sources` is 0; draw at least 1, or leave it out to search from all nodes");
  }
  const std::uint32_t node_count = projection.node_count();
  if (node_count == 0) return BetweennessScores{};
  const std::uint32_t source_count = std::min(options.sources.value_or(node_count), node_count);
  constexpr std::uint64_t kWorkPerSourceMax = 1 << 20;
  const std::uint64_t work_per_source = std::min(projection.outgoing().targets.size() + node_count, kWorkPerSourceMax);
  RunOptions worth = traversal::WithThreadsFor(run, source_count * work_per_source);
  worth.threads = std::min(worth.threads, source_count);
  const std::uint64_t shared = std::uint64_t{8} * node_count + std::uint64_t{4} * source_count;
  const std::uint64_t per_thread = std::uint64_t{44} * node_count;
  const Result<RunOptions> fitting = traversal::WithThreadsThatFit(kName, worth, shared, per_thread);
  if (!fitting) return fitting.error();
  Workers workers(*fitting, source_count);
  const Status wide_fits = traversal::CheckMemory(kName, run, shared + 2 * per_thread * workers.count());
  Result<std::vector<std::uint32_t>> sources = DrawSources(node_count, source_count, options.seed, workers);
  if (!sources) return std::move(sources).error();
  std::vector<Share> shares;
  for (unsigned worker = 0; worker < workers.count(); ++worker) shares.emplace_back(projection, workers, worker);
  if (Status status = SearchFromAll(*sources, workers, wide_fits, shares); !status.ok()) {
    return std::move(status).error();
  }
  return ScoresOf(projection, shares, *std::move(sources), workers);
}

}  // namespace

Result<BetweennessScores> Betweenness(const Projection& projection, const BetweennessOptions& options,
                                      const RunOptions& run) {
  return traversal::WithinMemory(kName, [&] { return ScoreAll(projection, options, run); });
}

}  // namespace plenum
