// See planner.h: clause by clause, in the order in which match_order.h matches a pattern.
#include "engine/plan/planner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>

#include "engine/plan/join_order.h"
#include "engine/plan/match_order.h"
#include "engine/plan/node_access.h"
#include "engine/plan/relationship_types.h"

namespace plenum::plan {
namespace {

// Raised where there is no operator for something.
struct Unplanned {};

// More are planned clause by clause.
constexpr std::size_t kJoinedNodesMax = 60;

class Planner {
 public:
  Planner(graph::Transaction& transaction, Slot& next_slot) : transaction_(transaction), next_slot_(next_slot) {}

  // From the last clause to the first, so that it is known what is read behind each. MATCH clauses one behind the other
  // are planned as one.
  Pipeline Make(const std::vector<Clause>& clauses, std::set<Slot> read_behind) {
    std::vector<Pipeline> parts;
    for (std::size_t end = clauses.size(); end > 0;) {
      std::size_t first = end - 1;
      while (IsPlainMatch(clauses[first]) && first > 0 && IsPlainMatch(clauses[first - 1])) --first;
      Pipeline& part = parts.emplace_back();
      steps_ = &part.steps;
      read_behind_ = read_behind;
      if (IsPlainMatch(clauses[first])) {
        AddMatches(
            {clauses.begin() + static_cast<std::ptrdiff_t>(first), clauses.begin() + static_cast<std::ptrdiff_t>(end)});
      } else {
        std::visit([this](const auto& node) { Add(node); }, clauses[first].node);
      }
      read_behind = ComputeLive(part, read_behind);
      end = first;
    }
    Pipeline whole;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      std::ranges::move(part->steps, std::back_inserter(whole.steps));
    }
    return whole;
  }

 private:
  template <class Node>
  void AddStep(Node node) {
    steps_->push_back({std::move(node), {}});
  }

  static bool IsPlainMatch(const Clause& clause) {
    const auto* match = std::get_if<Match>(&clause.node);
    return match != nullptr && !match->optional;
  }

  void AddMatches(std::span<const Clause> clauses) {
    std::vector<const Pattern*> patterns;
    for (const Clause& clause : clauses) patterns.push_back(&std::get<Match>(clause.node).pattern);
    AddPatterns(patterns);
  }

  void AddPatterns(const std::vector<const Pattern*>& patterns) {
    for (const Pattern* pattern : patterns) {
      for (const PathPattern& path : pattern->paths) CheckPlanned(path);
    }
    const JoinGraph graph(patterns, read_behind_);
    if (graph.nodes.size() > kJoinedNodesMax) {
      for (const Pattern* pattern : patterns) AddPattern(*pattern);
      return;
    }
    Joining joining{graph, {}, {}, {}, {}};
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      if (!graph.nodes[n].bound) continue;
      const NodePattern& pattern = *graph.nodes[n].patterns.front();
      AddStep(ScanNodes{pattern.span, pattern.slot, {.access = StartAt::Access::kBound}});
      Arrive(joining, n);
    }
    for (const JoinStep& step : OrderJoins(graph, transaction_)) {
      if (step.edge) {
        AddEdge(joining, *step.edge, graph.edges[*step.edge].right == step.node);
      } else {
        AddStep(ScanNodes{graph.nodes[step.node].patterns.front()->span, graph.nodes[step.node].slot,
                          AccessOf(joining, step.node)});
      }
      Arrive(joining, step.node);
    }
    AddConditions(joining);  // of a pattern without nodes that are not bound
  }

  // What is found of a graph so far.
  struct Joining {
    const JoinGraph& graph;
    std::set<Slot> filled;
    std::set<std::size_t> edges;
    std::set<const Condition*> tested;
    std::map<std::size_t, std::vector<Expand::Earlier>> earlier;  // by clause
  };

  // At a node that was found: its tests, and the edges between it and others that were.
  void Arrive(Joining& joining, std::size_t n) {
    const JoinGraph& graph = joining.graph;
    joining.filled.insert(graph.nodes[n].slot);
    for (const NodePattern* pattern : graph.nodes[n].patterns) AddTests(*pattern);
    AddConditions(joining);
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      const JoinGraph::Edge& edge = graph.edges[e];
      if (joining.edges.contains(e) || (edge.left != n && edge.right != n)) continue;
      if (!joining.filled.contains(graph.nodes[edge.left].slot)) continue;
      if (!joining.filled.contains(graph.nodes[edge.right].slot)) continue;
      AddEdge(joining, e, edge.right == n);
      AddConditions(joining);
    }
  }

  bool CanRead(const Joining& joining, const std::vector<Slot>& reads) const {
    return std::ranges::all_of(
        reads, [&](Slot slot) { return joining.filled.contains(slot) || !joining.graph.introduced.contains(slot); });
  }

  void AddConditions(Joining& joining) {
    std::vector<const Expression*> conditions;
    for (const Condition* condition : joining.graph.conditions) {
      if (joining.tested.contains(condition) || !CanRead(joining, condition->reads)) continue;
      joining.tested.insert(condition);
      conditions.push_back(&condition->expression);
    }
    AddFilter(conditions);
  }

  StartAt AccessOf(const Joining& joining, std::size_t n) {
    std::optional<NodeAccess> best;
    for (const NodePattern* pattern : joining.graph.nodes[n].patterns) {
      NodeAccess access = ChooseAccess(
          *pattern, joining.graph.conditions, [&](const std::vector<Slot>& reads) { return CanRead(joining, reads); },
          transaction_);
      if (!best || access.rows < best->rows) best = std::move(access);
    }
    return best->start;
  }

  void Add(const Match& match) {
    auto inner = std::make_unique<Pipeline>();
    std::vector<Step>* const around = std::exchange(steps_, &inner->steps);
    AddPatterns({&match.pattern});
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
    const std::vector<Clause>& clauses = subquery->query->parts.front().clauses;
    for (const Clause& clause : clauses) {
      if (!std::holds_alternative<Match>(clause.node) && !std::holds_alternative<Unwind>(clause.node)) return {};
    }
    try {
      *inner = Planner(transaction_, next_slot_).Make(clauses, {});
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
    AddExpand(path.relationships[along.relationship], path.nodes[along.relationship],
              path.nodes[along.relationship + 1], along.forward, along.end_known, path.mode == ast::PathMode::kWalk,
              earlier_);
    AddTests(path.nodes[along.relationship + (along.forward ? 1 : 0)]);
  }

  void AddEdge(Joining& joining, std::size_t e, bool forward) {
    const JoinGraph::Edge& edge = joining.graph.edges[e];
    const JoinGraph::Node& to = joining.graph.nodes[forward ? edge.right : edge.left];
    AddExpand(*edge.relationship, *joining.graph.nodes[edge.left].patterns.front(),
              *joining.graph.nodes[edge.right].patterns.front(), forward, joining.filled.contains(to.slot), edge.walk,
              joining.earlier[edge.clause]);
    joining.edges.insert(e);
    joining.filled.insert(edge.relationship->slot);
  }

  // `earlier`: those of the same clause, to which it is added.
  void AddExpand(const RelationshipPattern& relationship, const NodePattern& left, const NodePattern& right,
                 bool forward, bool into, bool walk, std::vector<Expand::Earlier>& earlier) {
    Expand expand{.span = (forward ? right : left).span,
                  .from = forward ? left.slot : right.slot,
                  .relationship = relationship.slot,
                  .to = forward ? right.slot : left.slot,
                  .direction = forward ? relationship.direction : Turned(relationship.direction),
                  .types = TypesOf(relationship.types ? &*relationship.types : nullptr, transaction_),
                  .into = into,
                  .earlier = {}};
    const bool arrow_left = relationship.direction == ast::Direction::kIncoming;
    if (!walk) {
      expand.earlier = earlier;
      earlier.push_back({.relationship = relationship.slot,
                         .start = arrow_left ? right.slot : left.slot,
                         .end = arrow_left ? left.slot : right.slot,
                         .either = relationship.direction == ast::Direction::kEither});
    }
    AddStep(std::move(expand));
    AddConditions(relationship, relationship.slot);
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
  std::set<Slot> read_behind_;            // the clause that is being planned
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
      plan.parts.push_back(
          Planner(transaction, plan.row_width).Make(part.clauses, {part.result.begin(), part.result.end()}));
      plan.queries.push_back(&part);
      Improve(plan.parts.back(), {part.result.begin(), part.result.end()}, transaction, rewrites);
    }
  } catch (const Unplanned&) {
    return std::nullopt;
  }
  return plan;
}

}  // namespace plenum::plan
