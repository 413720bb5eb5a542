// Binding WITH and RETURN: columns, grouping, and what ORDER BY, SKIP, LIMIT and WHERE behind them may read.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binding.h"
#include "engine/plan/same_expression.h"
#include "engine/plan/walk.h"
#include "engine/value/mutant.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

// The slot that `expression` reads when it is a variable alone.
std::optional<Slot> SlotOf(const Expression& expression) {
  const auto* ref = std::get_if<SlotRef>(&expression.node);
  return ref ? std::optional(ref->slot) : std::nullopt;
}

// Whether slot `a` holds one of `ours` and `b` one of `theirs`, and the two aggregate the same.
bool SameAggregate(const std::vector<AggregateCall>& ours, Slot a, const std::vector<AggregateCall>& theirs, Slot b,
                   const Sameness& sameness) {
  const auto x = std::ranges::find(ours, a, &AggregateCall::slot);
  const auto y = std::ranges::find(theirs, b, &AggregateCall::slot);
  if (x == ours.end() || y == theirs.end()) return false;
  return x->aggregate == y->aggregate && x->distinct == y->distinct &&
         std::ranges::equal(x->arguments, y->arguments, [&](const Expression& one, const Expression& other) {
           return SameExpression(one, other, sameness);
         });
}

// A variable from before the grouping that `expression` itself reads (a subquery: any of those), and that is no key.
std::optional<Slot> UngroupedSlot(const Expression& expression, const Project& project, const std::set<Slot>& before) {
  std::vector<Slot> reads;
  if (const auto slot = SlotOf(expression)) reads.push_back(*slot);
  if (const auto* subquery = std::get_if<Subquery>(&expression.node)) reads = subquery->reads;
  for (const Slot slot : reads) {
    const auto is_key = [&](const ProjectionItem& item) { return !item.aggregates && SlotOf(item.expression) == slot; };
    if (before.contains(slot) && std::ranges::none_of(project.items, is_key)) return slot;
  }
  return std::nullopt;
}

// Whether `a` and `b` are the same property of the same variable.
bool SameProperty(const Expression& a, const Expression& b) {
  const auto* x = std::get_if<PropertyAccess>(&a.node);
  const auto* y = std::get_if<PropertyAccess>(&b.node);
  return x && y && x->key == y->key && SlotOf(*x->object) && SlotOf(*x->object) == SlotOf(*y->object);
}

}  // namespace

Project Binder::BindProjection(const ast::Projection& projection, const std::optional<ast::Expression>& where,
                               bool is_return, Span span) {
  Project out{.distinct = projection.distinct};
  if (projection.star) AddEveryVariable(is_return, span, out);
  for (const ast::ProjectionItem& item : projection.items) AddItem(item, is_return, out);
  out.grouping = !out.aggregates.empty();
  if (out.grouping) CheckGrouping(out, scope_);

  Scope after;
  for (const ProjectionItem& item : out.items) {
    const Variable variable{item.slot, item.expression.type, item.expression.element};
    if (!after.emplace(item.name, variable).second) {
      Fail(ErrorType::kSyntaxError, "ColumnNameConflict",
           fmt::format("two columns are named `{}`: give one another name with AS", item.name), item.expression.span);
    }
  }
  const bool collapsed = out.grouping || out.distinct;
  const Scope before = std::exchange(scope_, after);
  if (collapsed) {
    projected_ = &out;
    before_projection_ = &before;
    grouped_ = out.grouping;
    for (const auto& [name, variable] : imported_) scope_.insert(*before.find(name));
  } else {
    scope_.insert(before.begin(), before.end());
  }
  BindTail(projection, where, out);
  projected_ = nullptr;
  before_projection_ = nullptr;
  for (const auto& [name, variable] : before) {
    if (!after.contains(name)) ended_.insert(name);
  }
  if (!IsMutant("with-leaks-scope")) scope_ = std::move(after);
  scope_.insert(imported_.begin(), imported_.end());  // variables around braces stay in scope all through them
  return out;
}

// The column that says the same as `expression` did before the projection; null when there is none. A name that is in
// scope behind the projection is that.
const ProjectionItem* Binder::ProjectedAs(const ast::Expression& expression) {
  // Trying binds what is tried once more, queries in it included: without a limit to trying within what is tried, each
  // query inside another one would double the work.
  constexpr std::size_t kTrialsWithinMax = 1;
  if (!projected_ || trials_around_ > kTrialsWithinMax) return nullptr;
  const auto* variable = std::get_if<ast::Variable>(&expression.node);
  if (variable && Find(variable->name)) return nullptr;
  const Project* const projected = projected_;
  Binder attempt = *this;  // which may fail anywhere
  ++attempt.trials_around_;
  attempt.projected_ = nullptr;
  attempt.scope_ = *before_projection_;
  std::vector<AggregateCall> aggregates;
  if (!in_where_) {  // ORDER BY may say an aggregate again, WHERE reads its column
    attempt.aggregates_ = &aggregates;
    attempt.aggregation_ = Aggregation::kAllowed;
  }
  std::optional<Expression> before;
  try {
    before = attempt.Bind(expression);
  } catch (const BindError&) {  // it could not stand before: so no column says it
  }
  if (!before) return nullptr;
  Sameness sameness;
  sameness.same_text = [&](Span a, Span b) { return TextOf(a) == TextOf(b); };
  sameness.same_slots = [&](Slot a, Slot b) {
    return SameAggregate(projected->aggregates, a, aggregates, b, sameness);
  };
  const auto found = std::ranges::find_if(
      projected->items, [&](const ProjectionItem& item) { return SameExpression(item.expression, *before, sameness); });
  return found == projected->items.end() ? nullptr : &*found;
}

void Binder::AddEveryVariable(bool is_return, Span span, Project& out) {
  for (const auto& [name, variable] : scope_) {
    if (is_return && returns_to_call_ && imported_.contains(name)) continue;  // there already
    if (reads_) reads_->insert(variable.slot);
    Expression expression = Make({}, variable.type, SlotRef{variable.slot});
    expression.element = variable.element;
    out.items.push_back({.name = name, .expression = std::move(expression), .slot = NewSlot()});
  }
  if (is_return && out.items.empty()) {
    Fail(ErrorType::kSyntaxError, "NoVariablesInScope", "RETURN * needs variables, and none is in scope here", span);
  }
}

void Binder::AddItem(const ast::ProjectionItem& item, bool is_return, Project& out) {
  const auto* variable = std::get_if<ast::Variable>(&item.expression.node);
  if (!item.alias && !is_return && !variable) {
    Fail(ErrorType::kSyntaxError, "NoExpressionAlias", "an expression in WITH needs a name: write AS name behind it",
         item.expression.span);
  }
  ProjectionItem bound;
  const bool passed_on = variable && (!item.alias || item.alias->text == variable->name);
  if (item.alias && !passed_on && imported_.contains(item.alias->text)) {
    Fail(ErrorType::kSyntaxError, "VariableAlreadyBound",
         fmt::format("`{}` is a variable around these braces: choose another name", item.alias->text),
         item.alias->span);
  }
  bound.name = item.alias ? item.alias->text : variable ? variable->name : TextOf(item.expression.span);
  const std::size_t aggregates = out.aggregates.size();
  aggregation_ = Aggregation::kAllowed;
  aggregates_ = &out.aggregates;
  bound.expression = Bind(item.expression);
  aggregates_ = nullptr;
  aggregation_ = Aggregation::kForbidden;
  bound.aggregates = out.aggregates.size() > aggregates;
  bound.slot = NewSlot();
  out.items.push_back(std::move(bound));
}

// Beside an aggregate, an expression may read only what the rows are grouped by: a projected variable, or a projected
// property of a variable.
void Binder::CheckGrouping(const Project& project, const Scope& before) const {
  std::set<Slot> variables;
  for (const auto& [name, variable] : before) {
    if (!imported_.contains(name)) variables.insert(variable.slot);  // those around braces are one value for all rows
  }
  for (const ProjectionItem& item : project.items) {
    if (item.aggregates) CheckGroupedExpression(item.expression, project, variables);
  }
}

void Binder::CheckGroupedExpression(const Expression& expression, const Project& project,
                                    const std::set<Slot>& before) const {
  const auto is_key = [&](const ProjectionItem& item) {
    if (item.aggregates) return false;
    return SameProperty(item.expression, expression) ||
           (SlotOf(expression) && SlotOf(item.expression) == SlotOf(expression));
  };
  if (std::ranges::any_of(project.items, is_key)) return;
  if (const auto slot = UngroupedSlot(expression, project, before); slot && !IsMutant("ungrouped-read")) {
    Fail(ErrorType::kSyntaxError, "AmbiguousAggregationExpression",
         fmt::format(
             "`{}` stands beside an aggregate, but the rows are not grouped by it: project it as a column of its own",
             TextOf(expression.span)),
         expression.span);
  }
  ForEachChild(expression, [&](const Expression& child) { CheckGroupedExpression(child, project, before); });
}

// A variable that is part of what the rows are grouped by is there no more, but for that whole expression.
void Binder::CheckGroupedAway(std::string_view name, Span span) const {
  if (!projected_ || !grouped_) return;
  const auto found = before_projection_->find(name);
  if (found == before_projection_->end()) return;
  for (const ProjectionItem& item : projected_->items) {
    if (item.aggregates || !ReadsSlot(item.expression, found->second.slot)) continue;
    Fail(ErrorType::kSyntaxError, "AmbiguousAggregationExpression",
         fmt::format("after grouping, `{}` can be read only as part of the whole column `{}`", name, item.name), span);
  }
}

void Binder::BindTail(const ast::Projection& projection, const std::optional<ast::Expression>& where, Project& out) {
  const bool around = std::exchange(in_where_, false);
  for (const ast::SortItem& item : projection.order_by) {
    out.order_by.push_back({.expression = Bind(item.expression), .descending = item.descending});
  }
  in_where_ = true;
  if (where) out.where = BindPredicate(*where);
  in_where_ = around;
  const auto* projected = std::exchange(projected_, nullptr);
  out.skip = BindRowCount(projection.skip, "SKIP");
  out.limit = BindRowCount(projection.limit, "LIMIT");
  projected_ = projected;
}

// A number of rows is one for the whole query: it may not read a variable.
std::optional<Expression> Binder::BindRowCount(const std::optional<ast::Expression>& expression,
                                               std::string_view clause) {
  if (!expression) return std::nullopt;
  std::set<Slot> reads;
  std::set<Slot>* outer = std::exchange(reads_, &reads);
  Expression bound = Bind(*expression);
  reads_ = outer;
  if (!reads.empty()) {
    Fail(ErrorType::kSyntaxError, "NonConstantExpression",
         fmt::format("{} takes one number for the whole query: it cannot read a variable", clause), expression->span);
  }
  CheckKind(bound, Kind::kInteger, clause);
  const auto* constant = std::get_if<Constant>(&bound.node);
  const auto* unary = std::get_if<Unary>(&bound.node);
  const bool negative = (unary && unary->op == ast::UnaryOperator::kMinus) ||
                        (constant && constant->value.kind() == Kind::kInteger && constant->value.integer() < 0);
  if (negative) {
    Fail(ErrorType::kSyntaxError, "NegativeIntegerArgument",
         fmt::format("{} takes a number that is not negative", clause), expression->span);
  }
  return bound;
}

}  // namespace plenum::plan
