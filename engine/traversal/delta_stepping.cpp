// Returns the distance of every node from one, over edges with weights; for several threads, and for one.
//
// Method: nodes that came nearer wait in buckets, each as wide as delta. The nodes of the first bucket are worked off
// together, in any order, until it stays empty: a node may so be worked off more than once, but nothing has to be
// sorted, and threads share the bucket. Ulrich Meyer and Peter Sanders, "Δ-stepping: a parallelizable shortest path
// algorithm", Journal of Algorithms 49, 2003. As in the GAP Benchmark Suite (Beamer, Asanović and Patterson, 2015),
// each thread fills buckets of its own, and one that finds few nodes for the bucket at hand works them off without
// waiting for the others (Zhang et al., "Optimizing Ordered Graph Algorithms with GraphIt", 2020).
//
// The calling thread alone says which bucket is next, and works off by itself those that are too small to share, while
// the others wait. There are kBuckets buckets at a time, so that their number does not depend on the weights; what is
// farther away lies in one pile beside them, and is sorted into buckets when all of these are empty.
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
constexpr std::uint64_t kGrain = 64;             // nodes that a thread takes at once
constexpr std::uint64_t kSharedEdgesMin = 8192;  // a bucket whose nodes have fewer is not worth waking the others for
constexpr std::uint64_t kAloneMax = 512;         // nodes that a thread works off without asking who shares them
constexpr std::uint64_t kAloneInAllMax = 4096;   // and in a row, so that the thread that polls waits not too long
constexpr std::size_t kRowsAhead = 4;            // of the one at hand, rows are fetched from memory
constexpr std::size_t kFarSortedMin = 16;  // of what is far, one of so many must come into buckets when it is sorted

// A node, and the distance at which it began to wait: if the node's is another by now, this is out of date.
struct Waiting {
  double distance;
  std::uint32_t node;
};

// What one thread has in hand; on cache lines of its own.
struct alignas(64) Share {
  std::array<std::vector<Waiting>, kBuckets> buckets;
  std::vector<Waiting> far;

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
        workers_(workers),
        distances_(distances),
        shared_min_(1 + kSharedEdgesMin * (distances.size() + 1) / (rows.targets.size() + 1)),
        per_delta_(1 / std::max(delta, std::numeric_limits<double>::min())),
        shares_(kShared ? workers.count() : 1),
        barrier_(static_cast<std::uint32_t>(shares_.size())) {}

  // An error of the poll is in the status; whether a bad weight was met, in `bad_weight`.
  Status Run(std::uint32_t source, bool& bad_weight) {
    distances_[source] = 0;
    shares_[0].buckets[0].push_back({0, source});
    if constexpr (kShared) {
      Status status = workers_.Run([this](unsigned worker) { WorkOrBreak(worker); });
      bad_weight = bad_weight_.load(std::memory_order_relaxed);
      return status;
    } else {
      GoOnAlone();
      bad_weight = bad_weight_.load(std::memory_order_relaxed);
      return workers_.Poll(0);
    }
  }

 private:
  // A thread that throws lets go of those that wait for it.
  void WorkOrBreak(unsigned worker) {
    try {
      Work(worker);
    } catch (...) {
      barrier_.Break();
      throw;
    }
  }

  // One thread's part in all buckets that are shared.
  void Work(unsigned worker) {
    do {
      if (worker == 0) GoOnAlone();
      if (!barrier_.Wait() || bucket_ == kBuckets) return;
      RelaxShared(worker);
      RelaxOwn(worker, kAloneMax, kAloneInAllMax);
    } while (barrier_.Wait());
  }

  // Works off what is not worth sharing, until something is, which is then at hand; or until all is done, or someone
  // said to stop: then bucket_ is kBuckets. The other threads wait.
  void GoOnAlone() {
    for (; !workers_.stopped().load(std::memory_order_relaxed); RelaxOwn(0, kShared ? shared_min_ - 1 : kNoLimit)) {
      if (!FindBucket()) break;
      std::uint64_t size = 0;
      for (const Share& share : shares_) size += share.buckets[bucket_].size();
      for (Share& share : shares_) {
        share.current.clear();
        share.current.swap(share.buckets[bucket_]);
        share.taken.store(0, std::memory_order_relaxed);
      }
      if (kShared && size >= shared_min_) return;
      RelaxShared(0);
    }
    bucket_ = kBuckets;
  }

  // The next bucket in which a node waits. False: there is none.
  bool FindBucket() {
    const auto is_empty = [&](const Share& share) { return share.buckets[bucket_].empty(); };
    for (;; SortFar()) {
      for (; bucket_ < kBuckets; ++bucket_) {
        if (!std::ranges::all_of(shares_, is_empty)) return true;
      }
      if (std::ranges::all_of(shares_, [](const Share& share) { return share.far.empty(); })) return false;
    }
  }

  // Buckets begin anew, at the nearest of what is far. They get wider where few of these nodes would come into them:
  // otherwise, they might be sorted very often.
  void SortFar() {
    std::vector<Waiting> far;
    for (Share& share : shares_) {
      far.insert(far.end(), share.far.begin(), share.far.end());
      share.far.clear();
    }
    std::erase_if(far, [&](const Waiting& waiting) { return distances_[waiting.node] != waiting.distance; });
    bucket_ = 0;
    if (far.empty()) return;
    base_ = std::ranges::min_element(far, {}, &Waiting::distance)->distance;
    const auto is_near = [&](const Waiting& waiting) { return (waiting.distance - base_) * per_delta_ < kBuckets; };
    while (static_cast<std::size_t>(std::ranges::count_if(far, is_near)) < far.size() / kFarSortedMin &&
           workers_.GoesOn(0, far.size())) {
      per_delta_ /= 2;
    }
    for (const Waiting& waiting : far) BucketOf(waiting.distance, shares_[0]).push_back(waiting);
  }

  // What all threads found for the bucket at hand: a thread's own first, then what others have left.
  void RelaxShared(unsigned worker) {
    for (std::size_t turn = 0; turn < shares_.size(); ++turn) {
      Share& from = shares_[(worker + turn) % shares_.size()];
      for (;;) {
        const std::uint64_t begin = from.taken.fetch_add(kGrain, std::memory_order_relaxed);
        if (begin >= from.current.size()) break;
        const std::uint64_t size = std::min<std::uint64_t>(kGrain, from.current.size() - begin);
        if (!Relax({from.current.data() + begin, size}, worker)) return;
      }
    }
  }

  // What the thread itself has found for it since; as long as that is little, if others could share it.
  void RelaxOwn(unsigned worker, std::uint64_t size_max = kNoLimit, std::uint64_t in_all_max = kNoLimit) {
    Share& share = shares_[worker];
    std::vector<Waiting>& found = share.buckets[bucket_];
    for (std::uint64_t in_all = 0; !found.empty(); in_all += share.alone.size()) {
      if (found.size() > size_max || in_all > in_all_max) return;
      share.alone.clear();
      share.alone.swap(found);
      for (std::size_t begin = 0; begin < share.alone.size(); begin += kGrain) {
        const std::size_t size = std::min<std::size_t>(kGrain, share.alone.size() - begin);
        if (!Relax({share.alone.data() + begin, size}, worker)) return;
      }
    }
  }

  // False: someone said to stop.
  bool Relax(std::span<const Waiting> waiting, unsigned worker) {
    Share& share = shares_[worker];
    std::uint64_t work = waiting.size();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (i + kRowsAhead < waiting.size()) FetchRow(waiting[i + kRowsAhead].node);
      if (Load(distances_[waiting[i].node]) == waiting[i].distance) work += RelaxEdges(waiting[i], share);
    }
    workers_.AddWork(waiting.size());
    return workers_.GoesOn(worker, work);
  }

  // How many there are.
  std::uint64_t RelaxEdges(const Waiting& nearest, Share& share) {
    const double* const weights = rows_.weights.data();
    const std::uint32_t* const targets = rows_.targets.data();
    double* const distances = distances_.data();
    const std::uint64_t begin = rows_.offsets[nearest.node], end = rows_.offsets[nearest.node + 1];
    for (std::uint64_t i = begin; i < end; ++i) {
      if (!IsGoodWeight(weights[i])) {
        StopForBadWeight();
        break;
      }
      const double distance = nearest.distance + weights[i];
      if (!Lower(distances[targets[i]], distance)) continue;
      BucketOf(distance, share).push_back({distance, targets[i]});
    }
    return end - begin;
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
    workers_.Stop();
  }

  // Grows with the distance.
  std::vector<Waiting>& BucketOf(double distance, Share& share) const {
    const double bucket = (distance - base_) * per_delta_;
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

  static constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

  const Projection::Rows& rows_;
  Workers& workers_;
  std::vector<double>& distances_;
  const std::uint64_t shared_min_;  // nodes

  // Written by the calling thread, while the others wait.
  std::uint32_t bucket_ = 0;  // at hand; kBuckets: the end
  double base_ = 0;           // the distance at which the first bucket begins
  double per_delta_;

  std::vector<Share> shares_;
  Barrier barrier_;
  std::atomic<bool> bad_weight_{false};
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
