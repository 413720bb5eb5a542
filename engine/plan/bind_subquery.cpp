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

// A query inside an expression sees the variables around it; what it declares ends with it.
Query Binder::BindInnerQuery(const ast::Query& query, bool collect) {
  const Scope outer = scope_;
  auto* aggregates = std::exchange(aggregates_, nullptr);
  auto* projected = std::exchange(projected_, nullptr);
  const bool writes = std::exchange(writes_, false);
  Query bound = BindQuery(query);
  if (writes_) {
    Fail(ErrorType::kSyntaxError, "InvalidClauseComposition",
         "an expression cannot change the graph: take the update out of { }", query.span);
  }
  writes_ = writes;
  aggregates_ = aggregates;
  projected_ = projected;
  scope_ = outer;
  if (collect && bound.columns.size() != 1) {
    Fail(ErrorType::kSyntaxError, "InvalidNumberOfColumns",
         "COLLECT { … } gathers one column: its RETURN must have exactly one", query.span);
  }
  return bound;
}

Expression Binder::BindNode(const ast::Subquery& subquery, Span span) {
  Query query = BindInnerQuery(*subquery.query, subquery.kind == ast::SubqueryKind::kCollect);
  return Make(span, TypeOf(subquery.kind), Subquery{subquery.kind, std::move(query)});
}

// MATCH pattern [RETURN map] as a subquery.
Expression Binder::PatternSubquery(const ast::Pattern& pattern, const ast::Expression* map, Span span) {
  const Scope outer = scope_;
  auto* projected = std::exchange(projected_, nullptr);
  const Aggregation aggregation = std::exchange(aggregation_, Aggregation::kForbidden);
  SingleQuery part;
  Query query;
  Match match{.pattern = BindPattern(pattern, map ? PatternUse::kMatch : PatternUse::kPredicate)};
  part.clauses.push_back({span, std::move(match)});
  if (map) {
    Project project;
    project.items.push_back({.name = "value", .expression = Bind(*map), .slot = NewSlot()});
    part.result.push_back(project.items.back().slot);
    query.columns.push_back("value");
    part.clauses.push_back({map->span, std::move(project)});
  }
  query.parts.push_back(std::move(part));
  aggregation_ = aggregation;
  projected_ = projected;
  scope_ = outer;
  const auto kind = map ? ast::SubqueryKind::kCollect : ast::SubqueryKind::kExists;
  return Make(span, TypeOf(kind), Subquery{kind, std::move(query)});
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
