// See planner.h: clause by clause, in the order in which match_order.h matches a pattern.
#include "engine/plan/planner.h"

#include <algorithm>

#include "engine/plan/match_order.h"
#include "engine/plan/relationship_types.h"

namespace plenum::plan {
namespace {

// Raised where there is no operator for something.
struct Unplanned {};

class Planner {
 public:
  Planner(graph::Transaction& transaction, Slot& next_slot) : transaction_(transaction), next_slot_(next_slot) {}

  Pipeline Make(const SingleQuery& query) {
    Pipeline pipeline;
    steps_ = &pipeline.steps;
    for (const Clause& clause : query.clauses) {
      std::visit([this](const auto& node) { Add(node); }, clause.node);
    }
    return pipeline;
  }

 private:
  template <class Node>
  void AddStep(Node node) {
    steps_->push_back({std::move(node), {}});
  }

  void Add(const Match& match) {
    if (!match.optional) return AddPattern(match.pattern);
    auto inner = std::make_unique<Pipeline>();
    std::vector<Step>* const around = std::exchange(steps_, &inner->steps);
    AddPattern(match.pattern);
    steps_ = around;
    AddStep(Optional{next_slot_++, std::move(inner), match.pattern.introduced});
  }

  void AddPattern(const Pattern& pattern) {
    for (const PathPattern& path : pattern.paths) CheckPlanned(path);
    const MatchOrder order = OrderMatch(pattern, transaction_);
    earlier_.clear();
    for (const MatchStep& step : order.steps) {
      std::visit([&](const auto& action) { AddAction(pattern, action); }, step.action);
      AddFilter(step.conditions);
    }
    AddFilter(order.conditions);
  }

  // What asks whether something exists is a step of its own, behind the others, which are cheaper.
  void AddFilter(const std::vector<const Expression*>& conditions) {
    Filter filter;
    std::vector<Exists> exists;
    for (const Expression* condition : conditions) {
      if (auto found = ExistsOf(*condition, false)) {
        exists.push_back(std::move(*found));
      } else {
        filter.conditions.push_back(condition);
      }
    }
    if (!filter.conditions.empty()) AddStep(std::move(filter));
    for (Exists& each : exists) AddStep(std::move(each));
  }

  std::optional<Exists> ExistsOf(const Expression& condition, bool negated) {
    const auto* negation = std::get_if<Unary>(&condition.node);
    if (negation && negation->op == ast::UnaryOperator::kNot) return ExistsOf(*negation->operand, !negated);
    const auto* subquery = std::get_if<Subquery>(&condition.node);
    if (!subquery || subquery->kind != ast::SubqueryKind::kExists || subquery->query->parts.size() != 1) return {};
    auto inner = std::make_unique<Pipeline>();
    Planner planner(transaction_, next_slot_);
    planner.steps_ = &inner->steps;
    try {
      for (const Clause& clause : subquery->query->parts.front().clauses) {
        if (!std::holds_alternative<Match>(clause.node) && !std::holds_alternative<Unwind>(clause.node)) return {};
        std::visit([&](const auto& node) { planner.Add(node); }, clause.node);
      }
    } catch (const Unplanned&) {
      return {};
    }
    return Exists{next_slot_++, std::move(inner), negated};
  }

  static void CheckPlanned(const PathPattern& path) {
    const bool restricted = path.mode == ast::PathMode::kAcyclic || path.mode == ast::PathMode::kSimple;
    if (path.slot || restricted) throw Unplanned();
    for (const NodePattern& node : path.nodes) {
      if (node.deferred) throw Unplanned();
    }
    for (const RelationshipPattern& each : path.relationships) {
      if (each.deferred || each.bound || each.repetition || each.subpath) throw Unplanned();
    }
  }

  void AddAction(const Pattern& pattern, const StartAt& start) {
    const NodePattern& node = pattern.paths[start.path].nodes[start.node];
    AddStep(ScanNodes{node.span, node.slot, start});
    AddTests(node);
  }

  void AddAction(const Pattern&, const StartAtRelationship&) { throw Unplanned(); }

  void AddAction(const Pattern& pattern, const ExpandAlong& along) {
    const PathPattern& path = pattern.paths[along.path];
    const RelationshipPattern& relationship = path.relationships[along.relationship];
    const NodePattern& left = path.nodes[along.relationship];
    const NodePattern& right = path.nodes[along.relationship + 1];
    Expand expand{.span = (along.forward ? right : left).span,
                  .from = along.forward ? left.slot : right.slot,
                  .relationship = relationship.slot,
                  .to = along.forward ? right.slot : left.slot,
                  .direction = along.forward ? relationship.direction : Turned(relationship.direction),
                  .types = TypesOf(relationship.types ? &*relationship.types : nullptr, transaction_),
                  .into = along.end_known,
                  .earlier = {}};
    const bool arrow_left = relationship.direction == ast::Direction::kIncoming;
    const Expand::Earlier self{.relationship = relationship.slot,
                               .start = arrow_left ? right.slot : left.slot,
                               .end = arrow_left ? left.slot : right.slot,
                               .either = relationship.direction == ast::Direction::kEither};
    if (path.mode != ast::PathMode::kWalk) {
      expand.earlier = earlier_;
      earlier_.push_back(self);
    }
    AddStep(std::move(expand));
    AddConditions(relationship, relationship.slot);
    AddTests(along.forward ? right : left);
  }

  static ast::Direction Turned(ast::Direction direction) {
    if (direction == ast::Direction::kEither) return direction;
    return direction == ast::Direction::kOutgoing ? ast::Direction::kIncoming : ast::Direction::kOutgoing;
  }

  void AddTests(const NodePattern& node) {
    if (node.labels) AddStep(FilterLabels{node.slot, &*node.labels});
    AddConditions(node, node.slot);
  }

  template <class ElementPattern>
  void AddConditions(const ElementPattern& pattern, Slot slot) {
    if (pattern.properties) AddStep(FilterProperties{slot, &*pattern.properties});
    if (pattern.filter) AddStep(FilterValid{slot, &*pattern.filter});
    if (pattern.where) AddFilter({&*pattern.where});
  }

  void Add(const Unwind& unwind) { AddStep(UnwindList{&unwind}); }

  void Add(const Project& project) {
    if (project.grouping) {
      AddStep(Group{&project});
    }
    Compute compute;  // of a group, what reads its aggregates
    for (const ProjectionItem& item : project.items) {
      if (!project.grouping || item.aggregates) compute.items.push_back(&item);
    }
    if (!compute.items.empty()) AddStep(std::move(compute));
    if (project.distinct) {
      Distinct distinct;
      for (const ProjectionItem& item : project.items) distinct.columns.push_back(item.slot);
      AddStep(std::move(distinct));
    }
    if (!project.order_by.empty()) AddStep(Sort{&project.order_by});
    if (project.skip || project.limit) {
      AddStep(SkipAndLimit{project.skip ? &*project.skip : nullptr, project.limit ? &*project.limit : nullptr});
    }
    if (project.where) AddFilter({&*project.where});
  }

  template <class Other>
  void Add(const Other&) {
    throw Unplanned();
  }

  graph::Transaction& transaction_;
  Slot& next_slot_;  // of slots that the bound query does not have
  std::vector<Step>* steps_ = nullptr;
  std::vector<Expand::Earlier> earlier_;  // of the MATCH that is being planned
};

void Improve(Pipeline& pipeline, const std::set<Slot>& result, graph::Transaction& transaction,
             const Rewrites& rewrites) {
  ComputeLive(pipeline, result);
  if (rewrites.fuse_labels) FuseLabels(pipeline);
  if (rewrites.prove_unlike) ProveUnlike(pipeline, transaction);
  ComputeLive(pipeline, result);
  if (rewrites.count_unlike) CountUnlike(pipeline, result);
  ComputeLive(pipeline, result);
  if (rewrites.drop_unread) DropUnread(pipeline);
  if (rewrites.count_inner) CountInner(pipeline);
  ComputeLive(pipeline, result);
  if (rewrites.merge_rows) MergeEqualRows(pipeline);
  ComputeLive(pipeline, result);
}

}  // namespace

std::optional<Plan> MakePlan(const Statement& statement, graph::Transaction& transaction, const Rewrites& rewrites) {
  const Query& query = statement.query;
  if (statement.writes || statement.schema || statement.transaction || query.parts.empty()) return std::nullopt;
  Plan plan{.parts = {},
            .queries = {},
            .distinct = !query.union_all.empty() && !query.union_all.front(),
            .columns = query.columns,
            .row_width = statement.row_width};
  try {
    for (const SingleQuery& part : query.parts) {
      plan.parts.push_back(Planner(transaction, plan.row_width).Make(part));
      plan.queries.push_back(&part);
      Improve(plan.parts.back(), {part.result.begin(), part.result.end()}, transaction, rewrites);
    }
  } catch (const Unplanned&) {
    return std::nullopt;
  }
  return plan;
}

}  // namespace plenum::plan
