// Greedy: whatever can be left out is, until nothing more can.
#include "tests/differential/shrink.h"

#include <fmt/format.h>

#include <utility>

#include "tests/differential/literal_text.h"

namespace plenum::tests {
namespace {

class Shrinker {
 public:
  Shrinker(Finding finding, const Executors& executors) : found_(std::move(finding)), executors_(executors) {}

  Finding Shrink() {
    ShrinkQuery();
    while (ShrinkGraph()) continue;
    return std::move(found_);
  }

 private:
  // Keeps what still differs.
  bool Keep(GraphSketch graph, GeneratedQuery query) {
    StoredGraph stored(graph);
    return Keep(stored, std::move(query));
  }
  bool Keep(StoredGraph& stored, GeneratedQuery query) {
    Outcome outcome = Try(executors_, stored, query);
    if (outcome.difference.empty()) return false;
    found_.graph = stored.sketch();
    found_.query = std::move(query);
    found_.difference = std::move(outcome.difference);
    return true;
  }

  // The same seed with less, and then other small statements.
  void ShrinkQuery() {
    static constexpr std::uint64_t kSeeds = 200;
    StoredGraph stored(found_.graph);
    for (int budget = 1; budget < kBudgetMax; ++budget) {
      if (KeepShorter(stored, GenerateQuery(found_.query_seed, budget))) break;
    }
    for (std::uint64_t i = 1; i < kSeeds; ++i) {
      KeepShorter(stored, GenerateQuery(found_.query_seed + i, 1 + static_cast<int>(i % 2)));
    }
  }
  bool KeepShorter(StoredGraph& stored, GeneratedQuery query) {
    return query.text.size() < found_.query.text.size() && Keep(stored, std::move(query));
  }

  // Whether anything could be left out.
  bool ShrinkGraph() {
    bool smaller = false;
    for (std::size_t i = found_.graph.nodes.size(); i-- > 0;) {
      smaller |= Keep(WithoutNode(found_.graph, i), found_.query);
    }
    smaller |= ShrinkList(&GraphSketch::relationships) | ShrinkList(&GraphSketch::indexes);
    if (found_.graph.deleted != 0) {
      smaller |= KeepChanged([](GraphSketch& graph) { graph.deleted = 0; });
    }
    return smaller | ShrinkElements(&GraphSketch::nodes) | ShrinkElements(&GraphSketch::relationships) | ShrinkLabels();
  }

  template <class Change>
  bool KeepChanged(Change change) {
    GraphSketch graph = found_.graph;
    change(graph);
    return Keep(std::move(graph), found_.query);
  }

  template <class Element>
  bool ShrinkList(std::vector<Element> GraphSketch::*list) {
    bool smaller = false;
    for (std::size_t i = (found_.graph.*list).size(); i-- > 0;) {
      smaller |= KeepChanged(
          [&](GraphSketch& graph) { (graph.*list).erase((graph.*list).begin() + static_cast<std::ptrdiff_t>(i)); });
    }
    return smaller;
  }

  // What nodes and relationships both have.
  template <class Element>
  bool ShrinkElements(std::vector<Element> GraphSketch::*list) {
    bool smaller = false;
    for (std::size_t i = 0; i < (found_.graph.*list).size(); ++i) {
      const Element element = (found_.graph.*list)[i];
      const auto keep_with = [&](auto change) {
        smaller |= KeepChanged([&](GraphSketch& graph) { change((graph.*list)[i]); });
      };
      if (element.validity) keep_with([](Element& each) { each.validity.reset(); });
      for (const auto& property : element.properties) {
        keep_with([&](Element& each) { each.properties.erase(property.first); });
      }
    }
    return smaller;
  }

  bool ShrinkLabels() {
    bool smaller = false;
    for (std::size_t i = 0; i < found_.graph.nodes.size(); ++i) {
      for (std::size_t label = found_.graph.nodes[i].labels.size(); label-- > 0;) {
        smaller |= KeepChanged([&](GraphSketch& graph) {
          std::vector<std::string>& labels = graph.nodes[i].labels;
          labels.erase(labels.begin() + static_cast<std::ptrdiff_t>(label));
        });
      }
    }
    return smaller | KeepCommitted();
  }

  // All in one commit.
  bool KeepCommitted() {
    bool smaller = false;
    const auto commit = [&](auto& elements) {
      for (auto& each : elements) smaller |= std::exchange(each.written, Written::kFirst) != Written::kFirst;
    };
    GraphSketch graph = found_.graph;
    commit(graph.nodes);
    commit(graph.relationships);
    return smaller && Keep(std::move(graph), found_.query);
  }

  Finding found_;
  const Executors& executors_;
};

}  // namespace

Finding Shrunk(Finding finding, const Executors& executors) { return Shrinker(std::move(finding), executors).Shrink(); }

std::string Report(const Finding& finding) {
  std::string parameters;
  for (const auto& [name, value] : finding.query.parameters) {
    if (finding.query.text.find("$" + name) == std::string::npos) continue;
    parameters += fmt::format("  ${} = {}\n", name, LiteralText(value));
  }
  return fmt::format(
      "The two executors differ. PLENUM_DIFFERENTIAL_SEED={} PLENUM_DIFFERENTIAL_QUERIES=20 has it again (query seed "
      "{}; what follows was made smaller).\n\n{}\n{}\n{}\n{}",
      finding.graph_seed, finding.query_seed, ToStatements(finding.graph), finding.query.text, parameters,
      finding.difference);
}

}  // namespace plenum::tests
