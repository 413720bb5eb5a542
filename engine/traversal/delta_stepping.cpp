// Returns the distance of every node from one, over edges with weights; for several threads, and for one.
//
// Method: nodes that came nearer wait in buckets, each as wide as delta. The nodes of the first bucket are worked off
// together, in any order, until it stays empty: a node may so be worked off more than once, but nothing has to be
// sorted, and threads share the bucket. Ulrich Meyer and Peter Sanders, "Δ-stepping: a parallelizable shortest path
// algorithm", Journal of Algorithms 49, 2003. As in the GAP Benchmark Suite (Beamer, Asanović and Patterson, 2015),
// each thread fills buckets of its own, and one that finds few nodes for the bucket at hand works them off without
// waiting for the others (Zhang et al., "Optimizing Ordered Graph Algorithms with GraphIt", 2020).
//
// There are kBuckets buckets at a time, so that their number does not depend on the weights; what is farther away lies
// in one heap beside them and is sorted into buckets when all of these are empty.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/traversal/barrier.h"
#include "engine/traversal/weighted_search.h"

namespace plenum::traversal {
namespace {

constexpr std::uint32_t kBuckets = 512;
constexpr std::uint64_t kGrain = 64;            // nodes that a thread takes at once
constexpr std::size_t kRowsAhead = 4;           // of the one at hand, rows are fetched from memory
constexpr std::uint64_t kAloneMax = 512;        // nodes that a thread works off without asking who helps
constexpr std::uint64_t kAloneInAllMax = 4096;  // and in a row, so that the thread that polls waits not too long

// A node, and the distance at which it began to wait: if the node's is another by now, this is out of date.
struct Waiting {
  double distance;
  std::uint32_t node;
};

// What one thread has in hand; on cache lines of its own.
struct alignas(64) Share {
  std::array<std::vector<Waiting>, kBuckets> buckets;
  std::vector<Waiting> far;
  std::uint32_t lowest = 0;  // bucket that is not empty; kBuckets: all are
  double far_nearest = kInfinity;

  std::vector<Waiting> current;  // of the bucket at hand: for all threads to take from
  std::atomic<std::uint64_t> taken{0};
  std::vector<Waiting> alone;  // of the bucket at hand: for the thread itself
};

// kShared: several threads write distances.
template <bool kShared>
class DeltaStepper {
 public:
  DeltaStepper(const Projection::Rows& rows, double delta, Workers& workers, std::vector<double>& distances)
      : rows_(rows),
        per_delta_(1 / std::max(delta, std::numeric_limits<double>::min())),
        workers_(workers),
        distances_(distances),
        shares_(kShared ? workers.count() : 1),
        barrier_(static_cast<std::uint32_t>(shares_.size())) {}

  // An error of the poll is in the status; whether a bad weight was met, in `bad_weight`.
  Status Run(std::uint32_t source, bool& bad_weight) {
    distances_[source] = 0;
    shares_[0].current.push_back({0, source});
    if constexpr (kShared) {
      workers_.Run([this](unsigned worker) { Work(worker); });
    } else {
      Work(0);
    }
    bad_weight = bad_weight_.load(std::memory_order_relaxed);
    return std::move(status_);
  }

 private:
  // One thread's part in all steps.
  void Work(unsigned worker) {
    Share& share = shares_[worker];
    double base = 0;  // the distance at which the first bucket begins
    for (std::uint32_t bucket = 0;;) {
      RelaxShared(worker, base);
      RelaxAlone(worker, base, bucket);
      share.lowest = LowestFrom(share, bucket);
      barrier_.Wait();
      if (stop_.load(std::memory_order_relaxed)) return;
      bucket = LowestOfAll();
      if (bucket == kBuckets) {
        base = SortFar(share);
        if (base == kInfinity) return;
        bucket = LowestOfAll();
      }
      share.current.clear();
      share.current.swap(share.buckets[bucket]);
      share.taken.store(0, std::memory_order_relaxed);
      barrier_.Wait();
    }
  }

  // What all threads found for the bucket at hand: a thread's own first, then what others have left.
  void RelaxShared(unsigned worker, double base) {
    for (std::size_t turn = 0; turn < shares_.size(); ++turn) {
      Share& from = shares_[(worker + turn) % shares_.size()];
      for (;;) {
        const std::uint64_t begin = from.taken.fetch_add(kGrain, std::memory_order_relaxed);
        if (begin >= from.current.size()) break;
        const std::uint64_t size = std::min<std::uint64_t>(kGrain, from.current.size() - begin);
        if (!Relax({from.current.data() + begin, size}, worker, base)) return;
      }
    }
  }

  // What the thread itself has found for it since, as long as that is little.
  void RelaxAlone(unsigned worker, double base, std::uint32_t bucket) {
    Share& share = shares_[worker];
    std::vector<Waiting>& found = share.buckets[bucket];
    for (std::uint64_t in_all = 0; !found.empty(); in_all += share.alone.size()) {
      if (kShared && (found.size() > kAloneMax || in_all > kAloneInAllMax)) return;
      share.alone.clear();
      share.alone.swap(found);
      for (std::size_t begin = 0; begin < share.alone.size(); begin += kGrain) {
        const std::size_t size = std::min<std::size_t>(kGrain, share.alone.size() - begin);
        if (!Relax({share.alone.data() + begin, size}, worker, base)) return;
      }
    }
  }

  // False: someone said to stop.
  bool Relax(std::span<const Waiting> waiting, unsigned worker, double base) {
    Share& share = shares_[worker];
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (i + kRowsAhead < waiting.size()) FetchRow(waiting[i + kRowsAhead].node);
      if (Load(distances_[waiting[i].node]) == waiting[i].distance) RelaxEdges(waiting[i], share, base);
    }
    workers_.AddWork(waiting.size());
    if (worker == 0 && status_.ok()) {
      status_ = workers_.Poll();
      if (!status_.ok()) stop_.store(true, std::memory_order_relaxed);
    }
    return !stop_.load(std::memory_order_relaxed);
  }

  void RelaxEdges(const Waiting& nearest, Share& share, double base) {
    const double* const weights = rows_.weights.data();
    const std::uint32_t* const targets = rows_.targets.data();
    double* const distances = distances_.data();
    const std::uint64_t end = rows_.offsets[nearest.node + 1];
    for (std::uint64_t i = rows_.offsets[nearest.node]; i < end; ++i) {
      if (!IsGoodWeight(weights[i])) return StopForBadWeight();
      const double distance = nearest.distance + weights[i];
      if (!Lower(distances[targets[i]], distance)) continue;
      BucketOf(distance, share, base).push_back({distance, targets[i]});
    }
  }

  // Has the memory bring the beginning of a row, which is somewhere else for each node.
  void FetchRow(std::uint32_t node) const {
    const std::uint64_t begin = rows_.offsets[node];
    __builtin_prefetch(rows_.targets.data() + begin);
    __builtin_prefetch(rows_.weights.data() + begin);
    __builtin_prefetch(rows_.weights.data() + begin + 8);
  }

  void StopForBadWeight() {
    bad_weight_.store(true, std::memory_order_relaxed);
    stop_.store(true, std::memory_order_relaxed);
  }

  // Grows with the distance.
  std::vector<Waiting>& BucketOf(double distance, Share& share, double base) const {
    const double bucket = (distance - base) * per_delta_;
    return bucket < kBuckets ? share.buckets[static_cast<std::uint32_t>(bucket)] : share.far;
  }

  static double Load(const double& distance) {
    if constexpr (!kShared) return distance;
    return std::atomic_ref(const_cast<double&>(distance)).load(std::memory_order_relaxed);
  }

  // Whether it was farther away.
  static bool Lower(double& distance, double lower) {
    if constexpr (!kShared) {
      if (!(lower < distance)) return false;
      distance = lower;
      return true;
    }
    const std::atomic_ref shared(distance);
    for (double seen = shared.load(std::memory_order_relaxed); lower < seen;) {
      if (shared.compare_exchange_weak(seen, lower, std::memory_order_relaxed)) return true;
    }
    return false;
  }

  static std::uint32_t LowestFrom(const Share& share, std::uint32_t bucket) {
    while (bucket < kBuckets && share.buckets[bucket].empty()) ++bucket;
    return bucket;
  }

  std::uint32_t LowestOfAll() const { return std::ranges::min_element(shares_, {}, &Share::lowest)->lowest; }

  // All buckets are empty: begins anew at the nearest of what is far, and returns where that is; infinity: there is
  // none. Every thread does so at the same time, with its own.
  double SortFar(Share& share) {
    std::erase_if(share.far, [&](const Waiting& far) { return distances_[far.node] != far.distance; });
    share.far_nearest = kInfinity;
    for (const Waiting& far : share.far) share.far_nearest = std::min(share.far_nearest, far.distance);
    barrier_.Wait();
    const double base = std::ranges::min_element(shares_, {}, &Share::far_nearest)->far_nearest;
    std::vector<Waiting> far;
    far.swap(share.far);
    for (const Waiting& waiting : far) BucketOf(waiting.distance, share, base).push_back(waiting);
    share.lowest = LowestFrom(share, 0);
    barrier_.Wait();
    return base;
  }

  const Projection::Rows& rows_;
  const double per_delta_;
  Workers& workers_;
  std::vector<double>& distances_;
  std::vector<Share> shares_;
  Barrier barrier_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> bad_weight_{false};
  Status status_;
};

}  // namespace

Status DeltaStepping(const Projection& projection, std::uint32_t source, double delta, Workers& workers,
                     std::vector<double>& distances) {
  bool bad_weight = false;
  Status status;
  if (workers.count() == 1) {
    status = DeltaStepper<false>(projection.outgoing(), delta, workers, distances).Run(source, bad_weight);
  } else {
    status = DeltaStepper<true>(projection.outgoing(), delta, workers, distances).Run(source, bad_weight);
  }
  if (bad_weight) return BadWeightError(projection);
  return status;
}

}  // namespace plenum::traversal
