// CountDistances and VisitDistances of plenum/paths.h: batches of 64 sources over the lists of a snapshot.
#include "engine/traversal/multi_source_search.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "engine/traversal/column_counts.h"
#include "engine/traversal/start_nodes.h"
#include "engine/traversal/workers.h"
#include "plenum/paths.h"

namespace plenum {
namespace {

using traversal::AdjacencySource;
using traversal::ColumnCounts;
using traversal::Polling;
using Search = traversal::MultiSourceSearch<AdjacencySource>;

// What one thread needs.
struct Searcher {
  Searcher(const GraphSnapshot& snapshot, AdjacencyOptions options)
      : reader(snapshot),
        forward(reader, WithoutRelationships(options)),
        backward(reader, traversal::Reversed(WithoutRelationships(options))),
        search(forward, options.direction == Direction::kEither ? forward : backward) {}

  static AdjacencyOptions WithoutRelationships(AdjacencyOptions options) {
    options.relationships = false;
    return options;
  }

  GraphReader reader;
  AdjacencySource forward;
  AdjacencySource backward;
  Search search;
};

std::span<const NodeId> BatchOf(std::span<const NodeId> sources, std::size_t batch) {
  const std::size_t first = batch * Search::kSourcesAtOnce;
  return sources.subspan(first, std::min(Search::kSourcesAtOnce, sources.size() - first));
}
std::size_t BatchCount(std::span<const NodeId> sources) {
  return (sources.size() + Search::kSourcesAtOnce - 1) / Search::kSourcesAtOnce;
}

// CountDistances on several threads, each with a reader of its own, which take one batch after the other.
class DistanceCounting {
 public:
  DistanceCounting(const GraphSnapshot& snapshot, const AdjacencyOptions& options, std::span<const NodeId> sources,
                   std::uint32_t hops_most, const RunOptions& run)
      : snapshot_(snapshot),
        options_(options),
        sources_(sources),
        hops_most_(hops_most),
        run_(run),
        counts_(sources.size()) {}

  Result<std::vector<DistanceCounts>> Run() {
    const std::size_t most = std::max<std::size_t>(1, BatchCount(sources_));
    const RunOptions on_threads{.threads = static_cast<unsigned>(std::min<std::size_t>(run_.threads, most))};
    traversal::Workers workers(on_threads);
    at_work_ = std::max(1u, workers.count());
    statuses_.resize(at_work_);
    workers.Run([this](unsigned worker) { Work(worker); });
    for (Status& status : statuses_) {
      if (!status.ok()) return std::move(status).error();
    }
    return std::move(counts_);
  }

 private:
  // Only the calling thread polls, also when it has nothing else left to do.
  void Work(unsigned worker) {
    Polling polling = worker == 0 ? Polling(run_) : Polling(stop_);
    Status status = DoBatches(polling);
    --at_work_;
    while (worker == 0 && status.ok() && at_work_ != 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (run_.poll) status = run_.poll(polling.told());
    }
    if (!status.ok()) stop_ = true;
    statuses_[worker] = std::move(status);
  }

  Status DoBatches(Polling& polling) {
    Searcher searcher(snapshot_, options_);
    for (std::size_t batch = next_batch_++; batch < BatchCount(sources_) && !stop_; batch = next_batch_++) {
      ColumnCounts at_distance;
      const std::span<const NodeId> sources = BatchOf(sources_, batch);
      const auto note = [&](std::uint32_t distance) {
        const auto counts = at_distance.Take();
        for (std::size_t i = 0; i < sources.size(); ++i) {
          std::vector<std::uint64_t>& nodes_at = counts_[batch * Search::kSourcesAtOnce + i].nodes_at;
          if (counts[i] != 0) nodes_at.push_back(counts[i]);
        }
        polling.Tell((static_cast<double>(batches_done_) + distance / (distance + 4.0)) /
                     static_cast<double>(BatchCount(sources_)));
      };
      (void)searcher.search.Run(
          sources, hops_most_, [&](NodeId, std::uint64_t which) { at_distance.Add(which); }, note, polling);
      if (Status status = polling.TakeStatus(searcher.reader.status()); !status.ok()) return status;
      ++batches_done_;
    }
    return {};
  }

  const GraphSnapshot& snapshot_;
  const AdjacencyOptions& options_;
  const std::span<const NodeId> sources_;
  const std::uint32_t hops_most_;
  const RunOptions& run_;
  std::vector<DistanceCounts> counts_;
  std::atomic<std::size_t> next_batch_{0};
  std::atomic<std::size_t> batches_done_{0};
  std::atomic<unsigned> at_work_{1};
  std::atomic<bool> stop_{false};
  std::vector<Status> statuses_;  // by thread
};

}  // namespace

Result<std::vector<DistanceCounts>> CountDistances(const GraphSnapshot& snapshot, const AdjacencyOptions& options,
                                                   std::span<const NodeId> sources, std::uint32_t hops_most,
                                                   const RunOptions& run) {
  GraphReader reader(snapshot);
  if (Status status = traversal::CheckNodes(reader, sources); !status.ok()) return std::move(status).error();
  return DistanceCounting(snapshot, options, sources, hops_most, run).Run();
}

Status VisitDistances(const GraphSnapshot& snapshot, const AdjacencyOptions& options, std::span<const NodeId> sources,
                      std::uint32_t hops_most, const std::function<bool(const SourcesOfNode&)>& visit,
                      const RunOptions& run) {
  Searcher searcher(snapshot, options);
  if (Status status = traversal::CheckNodes(searcher.reader, sources); !status.ok()) return status;
  Polling polling(run);
  bool wanted = true;
  for (std::size_t batch = 0; batch < BatchCount(sources) && wanted; ++batch) {
    SourcesOfNode found{.first = batch * Search::kSourcesAtOnce};
    const auto reached = [&](NodeId node, std::uint64_t which) {
      if (!wanted) return;
      found.node = node;
      found.which = which;
      wanted = visit(found);
      if (!wanted) polling.End();
    };
    const auto level = [&](std::uint32_t distance) {
      found.distance = distance + 1;
      polling.Tell((static_cast<double>(batch) + distance / (distance + 4.0)) /
                   static_cast<double>(BatchCount(sources)));
    };
    (void)searcher.search.Run(BatchOf(sources, batch), hops_most, reached, level, polling);
    if (Status status = polling.TakeStatus(searcher.reader.status()); !status.ok()) return status;
  }
  return {};
}

// ---- Counts

std::uint64_t DistanceCounts::Reached() const {
  std::uint64_t reached = 0;
  for (const std::uint64_t nodes : nodes_at) reached += nodes;
  return reached;
}

std::uint64_t DistanceCounts::TotalDistance() const {
  std::uint64_t total = 0;
  for (std::size_t distance = 0; distance < nodes_at.size(); ++distance) total += distance * nodes_at[distance];
  return total;
}

double DistanceCounts::Closeness() const {
  const std::uint64_t total = TotalDistance();
  return total == 0 ? 0 : static_cast<double>(Reached() - 1) / static_cast<double>(total);
}

double DistanceCounts::HarmonicCloseness() const {
  double sum = 0;
  for (std::size_t distance = 1; distance < nodes_at.size(); ++distance) {
    sum += static_cast<double>(nodes_at[distance]) / static_cast<double>(distance);
  }
  return sum;
}

}  // namespace plenum
