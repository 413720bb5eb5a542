// Going along relationships: from the nodes of a variable to those at their other ends.
//
// A relationship must not be used twice in one match. Where it is read, its id is compared with those of the earlier
// ones. Where it is not, the earlier ones that are in the same list are as many entries less of those that lead to
// where they lead (plan/rewrites/count_unlike.cpp): the first such entries are passed over.
#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/operators/expanding_rows.h"
#include "engine/execution/operators/label_test.h"
#include "engine/execution/operators/node_column.h"
#include "engine/execution/operators/operator.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;
using Counting = plan::Expand::Counting;

Direction DirectionOf(ast::Direction direction) {
  if (direction == ast::Direction::kEither) return Direction::kEither;
  return direction == ast::Direction::kOutgoing ? Direction::kOutgoing : Direction::kIncoming;
}

// The lists of an expansion, and which of their entries are left to a row.
class Lists {
 public:
  Lists(Run& run, const plan::Expand& expand)
      : expand_(expand), adjacency_(run.reader, OptionsOf(expand)), none_(expand.types.empty()) {
    if (expand.to_labels != nullptr) labels_.emplace(run, *expand.to_labels);
  }

  bool ById() const {
    return expand_.fills_relationship ||
           std::ranges::any_of(expand_.earlier, [](const auto& earlier) { return !earlier.by_ends; });
  }

  bool Passes(NodeId node) { return !labels_ || labels_->Holds(node); }

  bool IsEarlier(const Batch& in, std::size_t row, RelationshipId id) const {
    return std::ranges::any_of(expand_.earlier, [&](const plan::Expand::Earlier& earlier) {
      return !earlier.by_ends && in.vectors[earlier.relationship]->relationships()[row].id == id;
    });
  }

  // visit(NodeId) for each entry left to the row; relationships are not told.
  template <class Visit>
  void ForEachLeft(const Batch& in, std::size_t row, NodeId from, Visit visit) {
    if (none_) return;
    FindTaken(in, row, from);
    adjacency_.ForEachChunk(from, [&](std::span<const NodeId> nodes) {
      for (const NodeId node : nodes) {
        if ((taken_.empty() || !IsTaken(node)) && Passes(node)) visit(node);
      }
    });
  }

  // visit(NodeId, const RelationshipRef&), likewise.
  template <class Visit>
  void ForEachRelationshipLeft(const Batch& in, std::size_t row, NodeId from, Visit visit) {
    if (none_) return;
    FindTaken(in, row, from);
    adjacency_.ForEachRelationshipChunk(from, [&](const RelationshipChunk& chunk) {
      for (std::size_t i = 0; i < chunk.nodes.size(); ++i) {
        const NodeId node = chunk.nodes[i];
        const RelationshipId id = chunk.relationships[i];
        if (IsEarlier(in, row, id) && !IsMutant("expand-reuses")) continue;
        if ((!taken_.empty() && IsTaken(node)) || !Passes(node)) continue;
        visit(node, chunk.outgoing ? RelationshipRef{id, from, node} : RelationshipRef{id, node, from});
      }
    });
  }

  // How many are left.
  std::uint64_t Count(const Batch& in, std::size_t row, NodeId from) {
    if (none_) return 0;
    if (labels_) {
      std::uint64_t count = 0;
      ForEachLeft(in, row, from, [&](NodeId) { ++count; });
      return count;
    }
    if (IsMutant("degree-of-all")) return adjacency_.Degree(from);
    FindTaken(in, row, from);
    return adjacency_.Degree(from) - taken_.size();
  }

  std::uint64_t CountInto(const Batch& in, std::size_t row, NodeId from, NodeId to) {
    if (none_ || !Passes(to)) return 0;
    if (IsMutant("between-once")) return adjacency_.HasEdge(from, to) ? 1 : 0;
    FindTaken(in, row, from);
    return adjacency_.CountBetween(from, to) - static_cast<std::uint64_t>(std::ranges::count(taken_, to));
  }

 private:
  static AdjacencyOptions OptionsOf(const plan::Expand& expand) {
    const bool by_id = std::ranges::any_of(expand.earlier, [](const auto& earlier) { return !earlier.by_ends; });
    return {.types = expand.types,
            .direction = DirectionOf(expand.direction),
            .relationships = expand.fills_relationship || by_id};
  }

  // The nodes to which as many entries less are left: of each earlier relationship that is in the list of `from`.
  void FindTaken(const Batch& in, std::size_t row, NodeId from) {
    taken_.clear();
    for (const plan::Expand::Earlier& earlier : expand_.earlier) {
      if (!earlier.by_ends || IsMutant("taken-none")) continue;
      const NodeId start = *NodeIn(*in.vectors[earlier.start], row);
      const NodeId end = *NodeIn(*in.vectors[earlier.end], row);
      if (expand_.direction != ast::Direction::kIncoming && start == from) {
        taken_.push_back(end);
      } else if (expand_.direction != ast::Direction::kOutgoing && end == from && !IsMutant("taken-from-start-only")) {
        taken_.push_back(start);
      }
    }
  }

  // Whether the entry is one of those that are taken; the next one to the same node may not be.
  bool IsTaken(NodeId node) {
    const auto found = std::ranges::find(taken_, node);
    if (found == taken_.end()) return false;
    if (!IsMutant("taken-takes-all")) taken_.erase(found);
    return true;
  }

  const plan::Expand& expand_;
  Adjacency adjacency_;
  const bool none_;  // no type is allowed: of an Adjacency, that would be all
  std::optional<LabelTest> labels_;
  std::vector<NodeId> taken_;
};

// Each row once with each entry.
class ExpandRows : public ExpandingRows {
 public:
  ExpandRows(Run& run, const plan::Expand& expand, const std::set<Slot>& live, OperatorPtr input)
      : ExpandingRows(run, live, expand.to,
                      expand.fills_relationship ? std::optional(expand.relationship) : std::nullopt, std::move(input)),
        expand_(expand),
        lists_(run, expand) {}

 private:
  void BeginBatch(const Batch&) override { run_.Poll(); }

  bool ExpandRow(const Batch& in, std::size_t row, bool) override {
    const auto from = NodeIn(*in.vectors[expand_.from], row);
    if (!from) return false;
    const auto to =
        expand_.into ? AtSpan(expand_.span, [&] { return NodeIn(*in.vectors[expand_.to], row); }) : std::nullopt;
    if (expand_.into && !to) return false;
    if (!lists_.ById()) {
      lists_.ForEachLeft(in, row, *from, [&](NodeId node) {
        if (!to || *to == node) Emit(node);
      });
    } else {
      lists_.ForEachRelationshipLeft(in, row, *from, [&](NodeId node, const RelationshipRef& relationship) {
        if (!to || *to == node) Emit(node, relationship);
      });
    }
    return false;
  }

  const plan::Expand& expand_;
  Lists lists_;
};

// Each row with as many times its multiplicity as there are entries.
class CountExpansions : public Operator {
 public:
  CountExpansions(Run& run, const plan::Expand& expand, OperatorPtr input)
      : run_(run), expand_(expand), lists_(run, expand), input_(std::move(input)), out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    while (const Batch* const in = input_->Next(rows_max)) {
      run_.Poll();
      std::size_t kept = 0;
      for (std::size_t i = 0; i < in->count; ++i) {
        const std::uint16_t row = in->Row(i);
        const std::uint64_t count = TimesOf(CountOf(*in, row));
        if (count == 0) continue;
        times_[row] = (IsMutant("count-forgets-times") ? 1 : in->Times(row)) * count;
        selection_[kept++] = row;
      }
      run_.CheckRead();
      if (kept == 0) continue;
      out_ = *in;
      out_.selection = selection_;
      out_.count = kept;
      out_.times = times_;
      return &out_;
    }
    return nullptr;
  }
  void Restart() override { input_->Restart(); }

 private:
  std::uint64_t CountOf(const Batch& in, std::size_t row) {
    const auto from = NodeIn(*in.vectors[expand_.from], row);
    const auto to = from && expand_.into ? AtSpan(expand_.span, [&] { return NodeIn(*in.vectors[expand_.to], row); })
                                         : std::nullopt;
    std::uint64_t count = 0;
    if (from && !expand_.into) count = lists_.Count(in, row, *from);
    if (from && to) count = lists_.CountInto(in, row, *from, *to);
    return count;
  }

  std::uint64_t TimesOf(std::uint64_t count) const {
    switch (expand_.counting) {
      case Counting::kTimesOrOnce:
        return std::max<std::uint64_t>(count, 1);
      case Counting::kSome:
        return count != 0 ? 1 : 0;
      case Counting::kNone:
        return count == 0 ? 1 : 0;
      default:
        return count;
    }
  }

  Run& run_;
  const plan::Expand& expand_;
  Lists lists_;
  const OperatorPtr input_;
  Batch out_;
  std::uint16_t selection_[kBatchRows];
  std::uint64_t times_[kBatchRows];
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Expand& expand, const std::set<Slot>& live, OperatorPtr input) {
  if (expand.counting != Counting::kNot) return std::make_unique<CountExpansions>(run, expand, std::move(input));
  return std::make_unique<ExpandRows>(run, expand, live, std::move(input));
}

}  // namespace plenum::execution
