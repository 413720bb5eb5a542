// Binding what holds a query inside an expression: EXISTS { }, COUNT { }, COLLECT { }, pattern conditions and
// comprehensions.
#include <fmt/format.h>

#include <utility>

#include "engine/plan/binding.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

TypeSet TypeOf(ast::SubqueryKind kind) {
  switch (kind) {
    case ast::SubqueryKind::kExists:
      return Kind::kBoolean;
    case ast::SubqueryKind::kCount:
      return Kind::kInteger;
    case ast::SubqueryKind::kCollect:
      return Kind::kList;
  }
  return TypeSet::Anything();
}

}  // namespace

// What stands in braces sees the variables around it; what it declares ends with it, and no aggregate of the projection
// around may stand in it. Returns what `work` does and the slots around that it reads.
template <class Work>
auto Binder::InBraces(Work work) {
  std::set<Slot> reads;
  const Scope outer = scope_;
  const Scope imported = std::exchange(imported_, scope_);
  auto* const outer_reads = std::exchange(reads_, &reads);
  auto* const aggregates = std::exchange(aggregates_, nullptr);
  const Project* const projected = std::exchange(projected_, nullptr);
  const Scope* const before_projection = std::exchange(before_projection_, nullptr);
  const Aggregation aggregation = std::exchange(aggregation_, Aggregation::kForbidden);
  const bool grouped = grouped_;
  auto result = work();
  grouped_ = grouped;
  aggregation_ = aggregation;
  before_projection_ = before_projection;
  projected_ = projected;
  aggregates_ = aggregates;
  reads_ = outer_reads;
  if (reads_) reads_->insert(reads.begin(), reads.end());
  imported_ = imported;
  scope_ = outer;
  return std::pair(std::move(result), std::vector<Slot>(reads.begin(), reads.end()));
}

Query Binder::BindInnerQuery(const ast::Query& query, bool collect) {
  const bool writes = std::exchange(writes_, false);
  Query bound = BindQuery(query);
  if (writes_) {
    Fail(ErrorType::kSyntaxError, "InvalidClauseComposition",
         "an expression cannot change the graph: take the update out of { }", query.span);
  }
  writes_ = writes;
  if (collect && bound.columns.size() != 1) {
    Fail(ErrorType::kSyntaxError, "InvalidNumberOfColumns",
         "COLLECT { … } gathers one column: its RETURN must have exactly one", query.span);
  }
  return bound;
}

Expression Binder::BindNode(const ast::Subquery& subquery, Span span) {
  const bool collect = subquery.kind == ast::SubqueryKind::kCollect;
  auto [query, reads] = InBraces([&] { return BindInnerQuery(*subquery.query, collect); });
  return Make(span, TypeOf(subquery.kind), Subquery{subquery.kind, std::move(query), std::move(reads)});
}

// MATCH pattern [RETURN map] as a subquery.
Expression Binder::PatternSubquery(const ast::Pattern& pattern, const ast::Expression* map, Span span) {
  auto [query, reads] = InBraces([&] {
    SingleQuery part;
    Query bound;
    CountSteps(pattern.paths);
    part.clauses.push_back(
        {span, Match{.pattern = BindPattern(pattern, map ? PatternUse::kMatch : PatternUse::kPredicate)}});
    if (map) {
      Project project;
      project.items.push_back({.name = "value", .expression = Bind(*map), .slot = NewSlot()});
      part.result.push_back(project.items.back().slot);
      bound.columns.push_back("value");
      part.clauses.push_back({map->span, std::move(project)});
    }
    bound.parts.push_back(std::move(part));
    return bound;
  });
  const auto kind = map ? ast::SubqueryKind::kCollect : ast::SubqueryKind::kExists;
  return Make(span, TypeOf(kind), Subquery{kind, std::move(query), std::move(reads)});
}

Expression Binder::BindNode(const ast::PatternComprehension& comprehension, Span span) {
  return PatternSubquery(*comprehension.pattern, &*comprehension.map, span);
}

Expression Binder::BindNode(const ast::PatternPredicate& predicate, Span span) {
  ast::Pattern pattern{.span = span, .paths = {*predicate.path}};
  return PatternSubquery(pattern, nullptr, span);
}

Expression Binder::BindNode(const ast::ShortestPath&, Span span) { NotYet("shortest paths", span); }

}  // namespace plenum::plan
