// Binding what holds a query inside an expression: EXISTS { }, COUNT { }, COLLECT { }, pattern conditions and
// comprehensions.
#include <fmt/format.h>

#include <utility>

#include "engine/plan/binding.h"
#include "engine/value/mutant.h"

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

// The values of an expression for each match of a pattern.
Query CollectingQuery(Pattern pattern, Expression value, Slot slot, Span span) {
  SingleQuery part;
  part.clauses.push_back({span, Match{.pattern = std::move(pattern)}});
  Project project;
  const Span value_span = value.span;
  project.items.push_back({.name = "value", .expression = std::move(value), .slot = slot});
  part.result.push_back(slot);
  part.clauses.push_back({value_span, std::move(project)});
  Query query{.columns = {"value"}};
  query.parts.push_back(std::move(part));
  return query;
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
  const bool returns_to_call = std::exchange(returns_to_call_, false);
  auto result = work();
  returns_to_call_ = returns_to_call;
  grouped_ = grouped;
  aggregation_ = aggregation;
  before_projection_ = before_projection;
  projected_ = projected;
  aggregates_ = aggregates;
  reads_ = outer_reads;
  if (reads_) reads_->insert(reads.begin(), reads.end());
  imported_ = imported;
  if (!IsMutant("braces-leak-scope")) scope_ = outer;
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

Expression Binder::BindNode(const ast::PatternComprehension& comprehension, Span span) {
  auto [query, reads] = InBraces([&] {
    Pattern pattern = BindPattern(*comprehension.pattern, PatternUse::kMatch);
    return CollectingQuery(std::move(pattern), Bind(*comprehension.map), NewSlot(), span);
  });
  return Make(span, Kind::kList, Subquery{ast::SubqueryKind::kCollect, std::move(query), std::move(reads)});
}

Expression Binder::BindNode(const ast::PatternPredicate& predicate, Span span) {
  const ast::Pattern pattern{.span = span, .paths = {*predicate.path}};
  auto [query, reads] = InBraces([&] {
    SingleQuery part;
    part.clauses.push_back({span, Match{.pattern = BindPattern(pattern, PatternUse::kPredicate)}});
    Query matching;
    matching.parts.push_back(std::move(part));
    return matching;
  });
  return Make(span, Kind::kBoolean, Subquery{ast::SubqueryKind::kExists, std::move(query), std::move(reads)});
}

// The paths chosen, or the only one: null where there is none.
Expression Binder::BindNode(const ast::ShortestPath& shortest, Span span) {
  const ast::Pattern pattern{.span = span, .paths = {*shortest.path}};
  auto [query, reads] = InBraces([&] {
    Pattern bound = BindPattern(pattern, PatternUse::kPredicate);
    bound.paths.front().slot = NewSlot();
    Expression path = Make(span, Kind::kPath, SlotRef{*bound.paths.front().slot});
    return CollectingQuery(std::move(bound), std::move(path), NewSlot(), span);
  });
  Expression paths = Make(span, Kind::kList, Subquery{ast::SubqueryKind::kCollect, std::move(query), std::move(reads)});
  paths.element = Kind::kPath;
  if (shortest.path->selector.kind == ast::PathSelector::Kind::kAllShortest) return paths;
  Expression first = Make(span, Kind::kInteger, Constant{Value(0)});
  return Make(span, Kind::kPath | Kind::kNull,
              Subscript{Box<Expression>(std::move(paths)), Box<Expression>(std::move(first))});
}

}  // namespace plenum::plan
