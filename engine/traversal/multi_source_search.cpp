// CountDistances and VisitDistances of plenum/paths.h: batches of 64 sources over the lists of a snapshot.
#include "engine/traversal/multi_source_search.h"

#include <algorithm>
#include <atomic>
#include <string_view>

#include "engine/traversal/column_counts.h"
#include "engine/traversal/memory_need.h"
#include "engine/traversal/start_nodes.h"
#include "engine/traversal/workers.h"
#include "plenum/paths.h"

namespace plenum {
namespace {

using traversal::AdjacencySource;
using traversal::ColumnCounts;
using traversal::Polling;
using traversal::Workers;
using Search = traversal::MultiSourceSearch<AdjacencySource>;

constexpr std::string_view kCountName = "CountDistances";
constexpr std::string_view kVisitName = "VisitDistances";
constexpr std::uint64_t kBytesPerNodeAndThread = 32;

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
      : snapshot_(snapshot), options_(options), sources_(sources), hops_most_(hops_most), run_(run) {}

  Result<std::vector<DistanceCounts>> Run() {
    Result<RunOptions> run = traversal::WithThreadsThatFit(kCountName, run_, sizeof(DistanceCounts) * sources_.size(),
                                                           kBytesPerNodeAndThread * snapshot_.nodes_end());
    if (!run) return std::move(run).error();
    const std::size_t most = std::max<std::size_t>(1, BatchCount(sources_));
    run->threads = static_cast<unsigned>(std::min<std::size_t>(run->threads, most));
    // While the calling thread has nothing left to do but wait.
    if (run_.poll) run->poll = [this](double) { return run_.poll(told_); };
    counts_.resize(sources_.size());
    Workers workers(*run);
    std::vector<Status> statuses(workers.count());
    Status status = workers.Run([&](unsigned worker) {
      Polling polling = worker == 0 ? Polling(run_, workers.stopped()) : Polling(workers.stopped());
      statuses[worker] = DoBatches(polling, workers);
      if (!statuses[worker].ok()) workers.Stop();
      if (worker == 0) told_ = polling.told();
    });
    for (Status& each : statuses) {
      if (status.ok()) status = std::move(each);
    }
    if (!status.ok()) return std::move(status).error();
    return std::move(counts_);
  }

 private:
  Status DoBatches(Polling& polling, const Workers& workers) {
    const auto goes_on = [&](std::size_t batch) { return batch < BatchCount(sources_) && !workers.stopped(); };
    std::size_t batch = next_batch_++;
    if (!goes_on(batch)) return {};
    Searcher searcher(snapshot_, options_);
    for (; goes_on(batch); batch = next_batch_++) {
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
  double told_ = 0;  // by the calling thread, when it has no batch left
};

Status VisitAll(const GraphSnapshot& snapshot, const AdjacencyOptions& options, std::span<const NodeId> sources,
                std::uint32_t hops_most, const std::function<bool(const SourcesOfNode&)>& visit,
                const RunOptions& run) {
  Status status = traversal::CheckMemory(kVisitName, run, kBytesPerNodeAndThread * snapshot.nodes_end());
  if (!status.ok()) return status;
  Searcher searcher(snapshot, options);
  if (status = traversal::CheckNodes(searcher.reader, sources); !status.ok()) return status;
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
    if (status = polling.TakeStatus(searcher.reader.status()); !status.ok()) return status;
  }
  return {};
}

Status CheckSources(const GraphSnapshot& snapshot, std::span<const NodeId> sources) {
  GraphReader reader(snapshot);
  return traversal::CheckNodes(reader, sources);
}

}  // namespace

Result<std::vector<DistanceCounts>> CountDistances(const GraphSnapshot& snapshot, const AdjacencyOptions& options,
                                                   std::span<const NodeId> sources, std::uint32_t hops_most,
                                                   const RunOptions& run) {
  return traversal::WithinMemory(kCountName, [&]() -> Result<std::vector<DistanceCounts>> {
    if (Status status = CheckSources(snapshot, sources); !status.ok()) return std::move(status).error();
    return DistanceCounting(snapshot, options, sources, hops_most, run).Run();
  });
}

Status VisitDistances(const GraphSnapshot& snapshot, const AdjacencyOptions& options, std::span<const NodeId> sources,
                      std::uint32_t hops_most, const std::function<bool(const SourcesOfNode&)>& visit,
                      const RunOptions& run) {
  return traversal::WithinMemory(kVisitName,
                                 [&] { return VisitAll(snapshot, options, sources, hops_most, visit, run); });
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
