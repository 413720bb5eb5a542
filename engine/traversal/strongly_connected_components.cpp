// The strongly connected components of a graph, each named by its smallest node.
//
// One depth-first search, on a stack of its own. A node is numbered when it is met; the number sinks to the smallest of
// those that it leads back to. A node that keeps its own leads back to none before it: what was met since, and is not
// in a component yet, is its component. Finished components are numbered downwards from the number of nodes, above all
// numbers in use, so that one number a node tells everything: not met, on the way, or in which component.
//
// David Pearce, "A Space-Efficient Algorithm for Finding Strongly Connected Components", 2016; after Robert Tarjan,
// "Depth-First Search and Linear Graph Algorithms", 1972.
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/workers.h"
#include "plenum/algorithms.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::string_view kName = "StronglyConnectedComponents";
constexpr std::uint64_t kBytesPerNode = 8;
constexpr std::uint64_t kWorkBetweenPolls = 4096;

class Search {
 public:
  Search(const Projection& projection, Workers& workers)
      : projection_(projection),
        workers_(workers),
        number_(projection.node_count(), kNotMet),
        next_component_(projection.node_count()) {}

  Result<Components> Run() {
    for (std::uint32_t node = 0; node < projection_.node_count(); ++node) {
      if (number_[node] != kNotMet) continue;
      if (Status status = SearchFrom(node); !status.ok()) return std::move(status).error();
    }
    return Named();
  }

 private:
  // A node on the way from where the search began to where it is.
  struct Step {
    std::uint32_t node;
    bool leads_back;         // to a node that was met before it
    std::uint64_t next = 0;  // in its row
  };

  static constexpr std::uint32_t kNotMet = 0;

  void Meet(std::uint32_t node) {
    number_[node] = next_number_++;
    way_.push_back({node, false});
  }

  void Sink(Step& step, std::uint32_t number) {
    if (number >= number_[step.node]) return;
    number_[step.node] = number;
    step.leads_back = true;
  }

  Status SearchFrom(std::uint32_t begin) {
    Meet(begin);
    while (!way_.empty()) {
      Step& step = way_.back();
      const auto row = projection_.Outgoing(step.node);
      const std::uint64_t first = step.next;
      std::uint32_t found = step.node;  // a node not met yet
      while (step.next < row.size() && found == step.node && step.next - first < kWorkBetweenPolls) {
        const std::uint32_t other = row[step.next++];
        if (number_[other] == kNotMet) {
          found = other;
        } else {
          Sink(step, number_[other]);
        }
      }
      unpolled_ += step.next - first + 1;
      if (found != step.node) {
        Meet(found);
      } else if (step.next == row.size()) {
        Leave();
      }
      if (unpolled_ < kWorkBetweenPolls) continue;
      Status status = CheckMemory();
      if (status.ok()) status = workers_.Poll(std::exchange(unpolled_, 0));
      if (!status.ok()) return status;
    }
    return {};
  }

  // The way and what waits may grow to several times the rest, but mostly stay small.
  Status CheckMemory() const {
    return traversal::CheckMemory(kName, workers_.options(),
                                  kBytesPerNode * projection_.node_count() + sizeof(Step) * way_.capacity() +
                                      sizeof(std::uint32_t) * waiting_.capacity());
  }

  void Leave() {
    const Step step = way_.back();
    way_.pop_back();
    if (step.leads_back) {
      waiting_.push_back(step.node);
    } else {
      Finish(step.node);
    }
    if (!way_.empty()) Sink(way_.back(), number_[step.node]);
  }

  void Finish(std::uint32_t root) {
    const std::uint32_t root_number = number_[root];
    while (!waiting_.empty() && number_[waiting_.back()] >= root_number) {
      number_[waiting_.back()] = next_component_;
      waiting_.pop_back();
      --next_number_;
      workers_.AddWork(1);
    }
    number_[root] = next_component_--;
    --next_number_;
    workers_.AddWork(1);
  }

  Result<Components> Named() {
    const std::uint32_t node_count = projection_.node_count();
    Components answer{std::move(number_), node_count - next_component_};
    std::vector<std::uint32_t> first(answer.count, node_count);  // node of each component
    Status status = traversal::InPieces(workers_, node_count, [&](std::uint64_t node, std::uint64_t end) {
      for (; node < end; ++node) {
        std::uint32_t& name = first[node_count - answer.component[node]];
        if (name == node_count) name = static_cast<std::uint32_t>(node);
        answer.component[node] = name;
      }
    });
    if (!status.ok()) return std::move(status).error();
    return answer;
  }

  const Projection& projection_;
  Workers& workers_;
  std::vector<std::uint32_t> number_;
  std::uint32_t next_number_ = kNotMet + 1;
  std::uint32_t next_component_;
  std::vector<Step> way_;
  std::vector<std::uint32_t> waiting_;  // left, but not in a component yet
  std::uint64_t unpolled_ = 0;
};

Result<Components> FindComponents(const Projection& projection, const RunOptions& run) {
  if (projection.form().undirected) return WeaklyConnectedComponents(projection, run);
  if (projection.node_count() == 0) return Components{};
  if (Status status = traversal::CheckMemory(kName, run, kBytesPerNode * projection.node_count()); !status.ok()) {
    return std::move(status).error();
  }
  Workers workers(run, projection.node_count(), 1);
  return Search(projection, workers).Run();
}

}  // namespace

Result<Components> StronglyConnectedComponents(const Projection& projection, const RunOptions& run) {
  return traversal::WithinMemory(kName, [&] { return FindComponents(projection, run); });
}

}  // namespace plenum
