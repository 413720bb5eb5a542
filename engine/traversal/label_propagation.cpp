// Communities by label propagation: each node takes the label that most of its neighbours have, until all have it.
//
// Semi-synchronous: the nodes are coloured so that neighbours differ, and colour after colour takes its labels, all
// nodes of one at the same time. Each change makes the edges between nodes of one label more (or heavier), so there is
// an end, where taking labels all at once may swap them for ever. Nothing is drawn by lot: a node keeps its label in a
// tie, else takes the smallest. A node is looked at again only when a neighbour has changed.
//
// Usha Nandini Raghavan, Réka Albert and Soundar Kumara, "Near linear time algorithm to detect community structures in
// large-scale networks", 2007; Gennaro Cordasco and Luisa Gargano, "Community detection via semi-synchronous label
// propagation algorithms", 2010.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/neighbours.h"
#include "engine/traversal/whole_graph.h"
#include "engine/traversal/workers.h"
#include "plenum/algorithms.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::string_view kName = "LabelPropagation";
constexpr std::uint64_t kWorkPerPiece = 8192;  // nodes and edges: some 70 µs
constexpr std::uint32_t kPiecesToShare = 4;    // fewer are not worth waking threads for

// The nodes, colour after colour, each ascending, and where pieces of work among them begin (and the last one ends).
struct Colours {
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> pieces = {0};        // in nodes
  std::vector<std::uint32_t> first_pieces = {0};  // of each colour, and the end, in pieces

  std::uint32_t count() const { return static_cast<std::uint32_t>(first_pieces.size() - 1); }
};

Result<Colours> SortByColour(const Projection& projection, const std::vector<std::uint32_t>& colours,
                             std::uint32_t count, Workers& workers) {
  std::vector<std::uint32_t> next(count + std::size_t{1}, 0);
  Colours sorted;
  sorted.nodes.resize(colours.size());
  Status status = traversal::InPieces(workers, colours.size(), [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end; ++node) ++next[colours[node] + 1];
  });
  std::partial_sum(next.begin(), next.end(), next.begin());
  if (status.ok()) {
    status = traversal::InPieces(workers, colours.size(), [&](std::uint64_t node, std::uint64_t end) {
      for (; node < end; ++node) sorted.nodes[next[colours[node]]++] = static_cast<std::uint32_t>(node);
    });
  }
  std::uint64_t work = 0;
  const auto add = [&](std::uint64_t i) {
    const std::uint32_t node = sorted.nodes[i];
    work += projection.Outgoing(node).size() + 1;
    if (!projection.form().undirected) work += projection.Incoming(node).size();
    const bool last = i + 1 == next[colours[node]];
    if (work < kWorkPerPiece && !last) return;
    sorted.pieces.push_back(static_cast<std::uint32_t>(i + 1));
    if (last) sorted.first_pieces.push_back(static_cast<std::uint32_t>(sorted.pieces.size() - 1));
    work = 0;
  };
  if (status.ok()) {
    status = traversal::InPieces(workers, colours.size(), [&](std::uint64_t i, std::uint64_t end) {
      for (; i < end; ++i) add(i);
    });
  }
  if (!status.ok()) return std::move(status).error();
  return sorted;
}

// Each node in its turn gets the first colour that no neighbour has.
Result<Colours> ColourNodes(const Projection& projection, Workers& workers) {
  const std::uint32_t node_count = projection.node_count();
  std::vector<std::uint32_t> colours(node_count);
  std::vector<std::uint32_t> taken_for;  // of each colour: the last node, plus 1, that could not have it
  for (std::uint32_t node = 0; node < node_count; ++node) {
    std::uint64_t work = 1;
    traversal::ForEachNeighbour(projection, node, [&](std::uint32_t other) {
      ++work;
      if (other < node) taken_for[colours[other]] = node + 1;
    });
    const auto free = std::ranges::find_if(taken_for, [node](std::uint32_t by) { return by != node + 1; });
    colours[node] = static_cast<std::uint32_t>(free - taken_for.begin());
    if (free == taken_for.end()) taken_for.push_back(0);
    if (Status status = workers.Poll(work); !status.ok()) return std::move(status).error();
  }
  return SortByColour(projection, colours, static_cast<std::uint32_t>(taken_for.size()), workers);
}

// What one thread counts the votes for one node with.
class Ballot {
 public:
  explicit Ballot(std::uint32_t label_count) : votes_(label_count, 0.0) {}

  void Add(std::uint32_t label, double vote) {
    if (vote == 0) return;
    if (votes_[label] == 0) labels_.push_back(label);
    votes_[label] += vote;
  }

  // The label with most votes: `own` if it is one of these, else the first from `node` on, counted round. Empties the
  // ballot.
  std::uint32_t Decide(std::uint32_t own, std::uint32_t node) {
    std::uint32_t best = own;
    double most = votes_[own];
    for (const std::uint32_t label : labels_) {
      const double votes = votes_[label];
      if (votes > most || (votes == most && best != own && label - node < best - node)) best = label, most = votes;
    }
    for (const std::uint32_t label : labels_) votes_[label] = 0;
    labels_.clear();
    return best;
  }

 private:
  std::vector<double> votes_;
  std::vector<std::uint32_t> labels_;  // that have votes
};

class Propagation {
 public:
  Propagation(const Projection& projection, const LabelPropagationOptions& options, Workers& workers)
      : projection_(projection),
        options_(options),
        workers_(workers),
        labels_(projection.node_count()),
        asked_(projection.node_count(), 1),
        ballots_(workers.count(), Ballot(projection.node_count())) {}

  Result<Communities> Run() {
    Result<Colours> colours = ColourNodes(projection_, workers_);
    if (!colours) return std::move(colours).error();
    std::iota(labels_.begin(), labels_.end(), 0u);
    Communities answer;
    while (answer.iterations < options_.iterations_max && !answer.converged) {
      changed_.store(false);
      for (std::uint32_t colour = 0; colour < colours->count(); ++colour) {
        if (Status status = TakeLabels(*colours, colour); !status.ok()) return std::move(status).error();
      }
      ++answer.iterations;
      answer.converged = !changed_.load();
    }
    if (Status status = NameBySmallest(answer); !status.ok()) return std::move(status).error();
    return answer;
  }

 private:
  Status TakeLabels(const Colours& colours, std::uint32_t colour) {
    const std::uint32_t first = colours.first_pieces[colour];
    const std::uint32_t count = colours.first_pieces[colour + 1] - first;
    const std::uint32_t taken = count < kPiecesToShare ? count : 1;  // at a time
    return workers_.ForEachRange(count, taken, [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
      const std::uint32_t end_node = colours.pieces[first + end];
      for (std::uint32_t i = colours.pieces[first + begin]; i < end_node; ++i) {
        const std::uint32_t node = colours.nodes[i];
        if (asked_[node] != 0) TakeLabel(node, ballots_[worker]);
      }
    });
  }

  void TakeLabel(std::uint32_t node, Ballot& ballot) {
    asked_[node] = 0;  // nobody else writes it now: who does is a neighbour, of another colour
    Count(node, projection_.outgoing(), ballot);
    if (!projection_.form().undirected) Count(node, projection_.incoming(), ballot);
    const std::uint32_t label = ballot.Decide(labels_[node], node);
    if (label == labels_[node]) return;
    labels_[node] = label;
    changed_.store(true, std::memory_order_relaxed);
    AskNeighbours(projection_.Outgoing(node));
    if (!projection_.form().undirected) AskNeighbours(projection_.Incoming(node));
  }

  void Count(std::uint32_t node, const Projection::Rows& rows, Ballot& ballot) {
    for (std::uint64_t at = rows.offsets[node]; at < rows.offsets[node + 1]; ++at) {
      if (rows.targets[at] == node) continue;
      ballot.Add(labels_[rows.targets[at]], options_.weighted ? rows.weights[at] : 1);
    }
  }

  void AskNeighbours(std::span<const std::uint32_t> row) {
    for (const std::uint32_t other : row) std::atomic_ref(asked_[other]).store(1, std::memory_order_relaxed);
  }

  Status NameBySmallest(Communities& answer) {
    const std::uint32_t node_count = projection_.node_count();
    std::vector<std::uint32_t> smallest(node_count, node_count);
    Status status = traversal::InPieces(workers_, node_count, [&](std::uint64_t node, std::uint64_t end) {
      for (; node < end; ++node) {
        std::uint32_t& name = smallest[labels_[node]];
        if (name == node_count) {
          name = static_cast<std::uint32_t>(node);
          ++answer.count;
        }
        labels_[node] = name;
      }
    });
    answer.community = std::move(labels_);
    return status;
  }

  const Projection& projection_;
  const LabelPropagationOptions& options_;
  Workers& workers_;
  std::vector<std::uint32_t> labels_;
  std::vector<std::uint8_t> asked_;  // whether the node must look at its neighbours
  std::vector<Ballot> ballots_;      // one a worker
  std::atomic<bool> changed_{false};
};

Result<Communities> Propagate(const Projection& projection, const LabelPropagationOptions& options,
                              const RunOptions& run) {
  if (Status status = traversal::CheckIncoming(kName, projection); !status.ok()) return std::move(status).error();
  const std::uint64_t work = projection.outgoing().targets.size() + projection.node_count();
  constexpr std::uint64_t kBytesPerNode = 17, kBytesPerNodeAndThread = 12;
  const std::uint64_t nodes = projection.node_count();
  const Result<RunOptions> worth = traversal::WithThreadsThatFit(kName, traversal::WithThreadsFor(run, work),
                                                                 kBytesPerNode * nodes, kBytesPerNodeAndThread * nodes);
  if (!worth) return worth.error();
  // Nearly all labels are there after a few iterations, however many are allowed.
  constexpr std::uint64_t kIterationsExpected = 10;
  Workers workers(*worth, work / kWorkPerPiece * std::min<std::uint64_t>(kIterationsExpected, options.iterations_max));
  if (options.weighted) {
    if (Status status = traversal::CheckWeights(kName, projection, workers); !status.ok()) {
      return std::move(status).error();
    }
  }
  return Propagation(projection, options, workers).Run();
}

}  // namespace

Result<Communities> LabelPropagation(const Projection& projection, const LabelPropagationOptions& options,
                                     const RunOptions& run) {
  return traversal::WithinMemory(kName, [&] { return Propagate(projection, options, run); });
}

}  // namespace plenum
