// A small graph and random batches over it, for tests of what is computed for many rows at once.
#pragma once

#include <array>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/operators/operator.h"
#include "engine/plan/binder.h"
#include "parser/parser.h"
#include "tests/graph/open_graph.h"

namespace plenum::execution {

// Nodes and relationships whose properties are of one type, of several, rare, long, absent; and some that a later
// commit changed.
class ElementsOfAllKinds {
 public:
  static constexpr std::uint32_t kNodes = 9000;  // three blocks

  ElementsOfAllKinds() {
    auto writer = graph_.Write();
    const graph::LabelId label = Must(writer->InternLabel("P"));
    const graph::LabelId other = Must(writer->InternLabel("Q"));
    const graph::TypeId types[] = {Must(writer->InternType("R")), Must(writer->InternType("S"))};
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      const NodeId node = Must(writer->CreateNode({i % 3 == 0 ? other : label}));
      nodes_.push_back(node);
      SetProperties(*writer, node, i);
      const graph::TypeId type = types[i % 2];
      const NodeId end = nodes_[i * 7919 % nodes_.size()];
      const RelationshipId relationship = Must(writer->CreateRelationship(type, node, end));
      relationships_.push_back({relationship, node, end});
      SetProperties(*writer, relationship, i);
    }
    Must(writer->Commit(false));
    Must(graph_.Read()->GetProperty(nodes_[5], Must(Key("number"))));  // a block that is in memory when it is changed
    writer = graph_.Write();
    const graph::KeyId number = Must(Key("number"));
    Must(writer->SetProperty(nodes_[5], number, 0.5));
    Must(writer->SetProperty(nodes_[6], number, Value()));
    Must(writer->SetProperty(relationships_[7].id, number, "seven"));
    Must(writer->Commit(false));
  }

  graph::OpenGraph& graph() { return graph_; }
  const std::vector<NodeId>& nodes() const { return nodes_; }
  const std::vector<RelationshipRef>& relationships() const { return relationships_; }

 private:
  Result<graph::KeyId> Key(std::string_view name) { return *graph_.Read()->FindKey(name); }

  static void SetProperties(graph::Transaction& writer, const graph::ElementId& element, std::uint32_t i) {
    const auto set = [&](const char* name, const Value& value) {
      Must(writer.SetProperty(element, Must(writer.InternKey(name)), value));
    };
    if (i % 5 != 0) set("number", std::int64_t{i % 17});
    if (i % 4 != 0) set("real", i % 6 == 0 ? std::nan("") : i / 4.0);
    if (i % 3 != 0) set("text", "text " + std::to_string(i % 11));
    if (i % 500 == 0) set("text", std::string(2000, 'x') + std::to_string(i));
    set("truth", i % 2 == 0);
    set("day", Date{i % 40});
    set("kind", i < 4096 ? Value(std::int64_t{i}) : Value("later"));  // one a block
    set("mixed", i % 2 == 0 ? Value(std::int64_t{i}) : Value("odd"));
    if (i % 1000 == 1) set("rare", std::int64_t{i});
    set("list", List{std::int64_t{i % 3}, "a"});
  }

  graph::OpenGraph graph_{":memory:", 1 << 24};
  std::vector<NodeId> nodes_;
  std::vector<RelationshipRef> relationships_;
};

// Vectors of random kinds, with nulls.
class RandomVectors {
 public:
  RandomVectors(const ElementsOfAllKinds& elements, std::uint64_t seed) : elements_(elements), random_(seed) {}

  std::size_t Below(std::size_t end) { return random_() % end; }

  void Fill(Vector& vector, Vector::Kind kind, bool nulls) {
    vector.Reset(kind);
    extremes_ = Below(8) == 0;
    least_ = static_cast<std::int64_t>(Below(3)) - 1;
    for (std::size_t row = 0; row < kBatchRows; ++row) {
      if (nulls && Below(4) == 0) {
        vector.SetNull(row);
      } else {
        FillRow(vector, row);
      }
    }
  }

  // Ascending; its size is what is answered.
  std::size_t Choose(std::uint16_t* selection) {
    const std::size_t one_in = 1 + Below(4);
    std::size_t count = 0;
    for (std::uint16_t row = 0; row < kBatchRows; ++row) {
      if (Below(one_in) == 0) selection[count++] = row;
    }
    return count;
  }

  Value AnyValue() {
    const std::array<Value, 18> values = {Value(),
                                          true,
                                          false,
                                          0,
                                          1,
                                          -3,
                                          0.0,
                                          1.0,
                                          2.5,
                                          std::nan(""),
                                          "",
                                          "text 1",
                                          List{1, Value()},
                                          Map{{"number", 1}},
                                          Date{3},
                                          PartialDate{3, 3},
                                          PartialDate{3, 9},
                                          Node{.id = elements_.nodes()[Below(9)], .labels = {}, .properties = {}}};
    return values[Below(values.size())];
  }

 private:
  void FillRow(Vector& vector, std::size_t row) {
    const std::array<std::int64_t, 6> integers = {0, 1, 2, -3, INT64_MAX, INT64_MIN};
    const std::array<double, 6> floats = {0.0, -0.0, 1.0, 2.5, std::nan(""), 1e300};
    switch (vector.kind()) {
      case Vector::Kind::kValues:
        vector.values()[row] = AnyValue();
        return;
      case Vector::Kind::kNodes:
        vector.nodes()[row] = elements_.nodes()[Below(elements_.nodes().size())];
        return;
      case Vector::Kind::kRelationships:
        vector.relationships()[row] = elements_.relationships()[Below(elements_.relationships().size())];
        return;
      case Vector::Kind::kIntegers:
        vector.integers()[row] =
            extremes_ && Below(60) == 0 ? integers[Below(6)] : least_ + static_cast<std::int64_t>(Below(7));
        return;
      case Vector::Kind::kFloats:
        vector.floats()[row] = floats[Below(floats.size())];
        return;
      case Vector::Kind::kBooleans:
        vector.booleans()[row] = Below(2) == 0;
        return;
      case Vector::Kind::kTexts:
        vector.SetText(row, "text " + std::to_string(Below(12)));
        return;
      case Vector::Kind::kDates:
        vector.integers()[row] = static_cast<std::int64_t>(Below(10));
        return;
    }
  }

  const ElementsOfAllKinds& elements_;
  std::mt19937_64 random_;
  bool extremes_ = false;  // integers that overflow are among those of the vector
  std::int64_t least_ = 0;
};

inline constexpr std::array<Vector::Kind, 6> kPlainKinds = {Vector::Kind::kValues, Vector::Kind::kIntegers,
                                                            Vector::Kind::kFloats, Vector::Kind::kBooleans,
                                                            Vector::Kind::kTexts,  Vector::Kind::kDates};

}  // namespace plenum::execution
