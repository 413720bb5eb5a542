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
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

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

// Who ends searches in their middle: the calling thread by its poll, any by what it found, the others when they see it.
class Ending {
 public:
  explicit Ending(Workers& workers) : workers_(workers) {}

  // Whether to go on.
  bool Ask(unsigned worker) {
    if (worker == 0 && polled_.ok()) {
      polled_ = workers_.Poll();
      if (!polled_.ok()) ended_.store(true, std::memory_order_relaxed);
    }
    return !ended_.load(std::memory_order_relaxed);
  }

  void TooManyPaths() {
    too_many_paths_.store(true, std::memory_order_relaxed);
    ended_.store(true, std::memory_order_relaxed);
  }

  Status Take() {
    if (!polled_.ok() || !too_many_paths_.load()) return std::move(polled_);
    return Error{ErrorType::kResourceExhausted, "",
                 std::string(kName) +
                     ": there are more than 10^4900 shortest paths between two nodes, too many to "
                     "count; leave parallel edges out of the projection, or draw other `sources`"};
  }

 private:
  Workers& workers_;
  Status polled_;  // the calling thread's
  std::atomic<bool> ended_{false};
  std::atomic<bool> too_many_paths_{false};
};

enum class Outcome { kDone, kEnded, kTooManyPaths };

// Searches from one source after the other; Number counts paths.
template <class Number>
class Search {
 public:
  Search(const Projection& projection, Ending& ending, unsigned worker)
      : projection_(projection),
        ending_(ending),
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
    unpolled_ = 0;
    return ending_.Ask(worker_);
  }

  const Projection& projection_;
  Ending& ending_;
  const unsigned worker_;
  std::vector<std::uint32_t> distances_;  // apart, because most edges ask for no more
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> reached_;  // in the order of their distances
  std::uint64_t unpolled_ = 0;
};

// What one thread has: searches, and its part of the sums.
class Share {
 public:
  Share(const Projection& projection, Ending& ending, unsigned worker)
      : projection_(projection),
        ending_(ending),
        worker_(worker),
        search_(projection, ending, worker),
        sums_(projection.node_count()) {}

  void Run(std::uint32_t source) {
    Outcome outcome = search_.Run(source, sums_);
    if (outcome == Outcome::kTooManyPaths) {
      if (!wide_search_) wide_search_.emplace(projection_, ending_, worker_);
      outcome = wide_search_->Run(source, sums_);
    }
    if (outcome == Outcome::kTooManyPaths) ending_.TooManyPaths();
  }

  const std::vector<FixedPointSum>& sums() const { return sums_; }

 private:
  const Projection& projection_;
  Ending& ending_;
  const unsigned worker_;
  Search<double> search_;
  std::optional<Search<long double>> wide_search_;  // for more paths than a double counts
  std::vector<FixedPointSum> sums_;
};

// `count` of `node_count` nodes, ascending, all sets being as likely: Knuth, "The Art of Computer Programming", volume
// 2, 3.4.2, algorithm S. The numbers are SplitMix64's (Steele, Lea and Flood, 2014), the same everywhere.
std::vector<std::uint32_t> DrawSources(std::uint32_t node_count, std::uint32_t count, std::uint64_t seed) {
  auto draw = [state = seed]() mutable {
    std::uint64_t bits = state += 0x9E3779B97F4A7C15u;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return bits ^ (bits >> 31);
  };
  std::vector<std::uint32_t> sources;
  for (std::uint32_t node = 0; sources.size() < count; ++node) {
    if (draw() % (node_count - node) < count - sources.size()) sources.push_back(node);
  }
  return sources;
}

// The calling thread, when it has no source left, goes on asking whether to end while others search.
Status SearchFromAll(const std::vector<std::uint32_t>& sources, Workers& workers, Ending& ending,
                     std::vector<Share>& shares) {
  std::atomic<std::size_t> next{0};
  std::atomic<unsigned> searching{workers.count()};
  workers.Run([&](unsigned worker) {
    for (std::size_t i = next.fetch_add(1); i < sources.size() && ending.Ask(worker); i = next.fetch_add(1)) {
      shares[worker].Run(sources[i]);
      workers.AddWork(1);
    }
    searching.fetch_sub(1);
    while (worker == 0 && searching.load() != 0 && ending.Ask(worker)) {
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
  });
  return ending.Take();
}

}  // namespace

Result<BetweennessScores> Betweenness(const Projection& projection, const BetweennessOptions& options,
                                      const RunOptions& run) {
  if (options.sources == 0u) {
    return traversal::UsageError(kName, "`sources` is 0; draw at least 1, or leave it out to search from all nodes");
  }
  const std::uint32_t node_count = projection.node_count();
  if (node_count == 0) return BetweennessScores{};
  const std::uint32_t source_count = std::min(options.sources.value_or(node_count), node_count);
  std::vector<std::uint32_t> sources = DrawSources(node_count, source_count, options.seed);

  constexpr std::uint64_t kWorkPerSourceMax = 1 << 20;
  const std::uint64_t work_per_source = std::min(projection.outgoing().targets.size() + node_count, kWorkPerSourceMax);
  RunOptions worth = traversal::WithThreadsFor(run, source_count * work_per_source);
  worth.threads = std::min(worth.threads, source_count);
  Workers workers(worth, source_count);
  Ending ending(workers);
  std::vector<Share> shares;
  for (unsigned worker = 0; worker < workers.count(); ++worker) shares.emplace_back(projection, ending, worker);
  if (Status status = SearchFromAll(sources, workers, ending, shares); !status.ok()) return std::move(status).error();

  // An undirected pair was searched from both ends.
  const double scale = (projection.form().undirected ? 0.5 : 1.0) * node_count / source_count;
  BetweennessScores answer{std::vector<double>(node_count), std::move(sources)};
  for (std::uint32_t node = 0; node < node_count; ++node) {
    FixedPointSum sum;
    for (const Share& share : shares) sum.Add(share.sums()[node]);
    answer.score[node] = sum.Value() * scale;
  }
  return answer;
}

}  // namespace plenum
