// Binding patterns that are matched: which variables are new, what each may be, and the conditions on each element. All
// variables are declared first, so that the conditions may read any of them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binder.h"
#include "engine/plan/binding.h"
#include "engine/plan/near_miss.h"
#include "engine/value/mutant.h"

namespace plenum::plan {

using Kind = Value::Kind;

void Binder::CheckLength(const Pattern& pattern, Span span) const {
  std::size_t relationships = 0;
  for (const PathPattern& path : pattern.paths) relationships += LengthOf(path);
  if (relationships <= kPatternRelationshipsMax) return;
  Fail(ErrorType::kSyntaxError, "QueryTooLong",
       fmt::format("one pattern may have {} relationships, and this has {}: match it in several MATCH clauses",
                   kPatternRelationshipsMax, relationships),
       span);
}

Pattern Binder::BindPattern(const ast::Pattern& pattern, PatternUse use) {
  if (pattern.joint != ast::Joint::kNone) NotYet("OVERLAPPING and CHRONOLOGICAL", pattern.span);
  PatternState outer = std::exchange(pattern_state_, {});
  Pattern bound;
  std::vector<PathOrigin> origins(pattern.paths.size());
  for (std::size_t p = 0; p < pattern.paths.size(); ++p) {
    bound.paths.push_back(DeclarePath(pattern.paths[p], use, bound, origins[p]));
  }
  CheckLength(bound, pattern.span);
  CountSteps(pattern.paths);
  if (pattern.filter) PushFilter(*pattern.filter);
  for (std::size_t p = 0; p < pattern.paths.size(); ++p) BindPath(pattern.paths[p], origins[p], use, bound, p);
  if (pattern.where) BindConditions(**pattern.where, bound);
  for (std::size_t p = 0; p < pattern.paths.size(); ++p) {
    if (pattern.paths[p].selector.function) MoveConditions(bound, origins[p], p);
  }
  if (pattern.filter) filters_.pop_back();
  pattern_state_ = std::move(outer);
  return bound;
}

// WHERE a AND b AND c is three conditions, each tested as soon as what it reads is matched: so an error in one may show
// where another is false.
void Binder::BindConditions(const ast::Expression& where, Pattern& pattern) {
  std::vector<const ast::Expression*> conditions = {&where};
  const auto* chain = std::get_if<ast::Chain>(&where.node);
  if (chain && chain->rest.front().op == ast::BinaryOperator::kAnd) {
    conditions = {&*chain->first};
    for (const ast::Operation& operation : chain->rest) conditions.push_back(&*operation.operand);
  }
  for (const ast::Expression* condition : conditions) {
    Expression bound;
    const std::set<Slot> reads = NotingReads([&] { bound = BindPredicate(*condition); });
    pattern.conditions.push_back({std::move(bound), std::vector<Slot>(reads.begin(), reads.end())});
  }
}

// The slots that the expressions read which `bind` binds.
std::set<Slot> Binder::NotingReads(const std::function<void()>& bind) {
  std::set<Slot> reads;
  std::set<Slot>* const outer = std::exchange(reads_, &reads);
  bind();
  reads_ = outer;
  if (outer) outer->insert(reads.begin(), reads.end());
  return reads;
}

// The slot of an element: a new one, or that of the variable in scope, which must be able to hold it.
Slot Binder::DeclareElement(const ast::Name& name, TypeSet type, TypeSet element, PatternUse use, Pattern& pattern,
                            bool& bound) {
  const Variable* known = Find(name.text);
  if (!known) {
    if (use == PatternUse::kPredicate) Lookup(name.text, name.span);  // fails, and suggests
    const Slot slot = Declare(name, type, element);
    pattern.introduced.push_back(slot);
    return slot;
  }
  const TypeSet known_type = known->type.Without(Kind::kNull);
  const TypeSet known_element = known->element.Without(Kind::kNull);
  const bool conflict = (!known_type.empty() && (known_type & type).empty()) ||
                        (type == TypeSet(Kind::kList) && !known_element.empty() && (known_element & element).empty());
  if (conflict && !IsMutant("kinds-mixed")) {
    Fail(ErrorType::kSyntaxError, "VariableTypeConflict",
         (known_type & type).empty()
             ? fmt::format("`{}` is {} here, but was {} before", name.text, NamesOf(type), NamesOf(known->type))
             : fmt::format("`{}` is a list of relationships here, but was a list whose elements are {} before",
                           name.text, NamesOf(known->element)),
         name.span);
  }
  bound = std::ranges::find(pattern.introduced, known->slot) == pattern.introduced.end();
  CheckJoin(name, known->slot);
  if (reads_) reads_->insert(known->slot);
  return known->slot;
}

NodePattern Binder::DeclareNode(const ast::NodePattern& node, PatternUse use, Pattern& pattern) {
  NodePattern bound{.span = node.span, .labels = node.labels};
  if (node.variable) {
    bound.slot = DeclareElement(*node.variable, Kind::kNode, TypeSet::Anything(), use, pattern, bound.bound);
  } else {
    bound.slot = NewSlot();
    pattern.introduced.push_back(bound.slot);
  }
  return bound;
}

RelationshipPattern Binder::DeclareRelationship(const ast::RelationshipPattern& relationship, PatternUse use,
                                                Pattern& pattern) {
  RelationshipPattern bound{
      .span = relationship.span, .direction = relationship.direction, .types = relationship.types};
  TypeSet type = Kind::kRelationship;
  TypeSet element = TypeSet::Anything();
  if (const auto& repetition = relationship.repetition) {
    bound.repetition = Repetition{.minimum = repetition->minimum.value_or(1), .maximum = repetition->maximum};
    type = Kind::kList;
    element = Kind::kRelationship;
  }
  if (!relationship.variable) {
    bound.slot = NewSlot();
    pattern.introduced.push_back(bound.slot);
    return bound;
  }
  const ast::Name& name = *relationship.variable;
  bound.slot = DeclareElement(name, type, element, use, pattern, bound.bound);
  if (!pattern_state_.relationships.insert(bound.slot).second) {
    Fail(ErrorType::kSyntaxError, "RelationshipUniquenessViolation",
         fmt::format("the relationship `{}` stands twice in one pattern, where each relationship is another one",
                     name.text),
         name.span);
  }
  return bound;
}

std::optional<Expression> Binder::BindPatternProperties(const std::optional<ast::Expression>& properties,
                                                        PatternUse use) {
  if (!properties) return std::nullopt;
  if (use != PatternUse::kCreate && std::holds_alternative<ast::Parameter>(properties->node)) {
    Fail(ErrorType::kSyntaxError, "InvalidParameterUse",
         "a parameter cannot stand for all properties of a pattern that is matched: write {key: $parameter.key}",
         properties->span);
  }
  return Bind(*properties);
}

void Binder::CheckMatchedElement(const std::optional<ast::Assertion>& assertion,
                                 const std::vector<ast::Citation>& citations) const {
  if (assertion) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
         "VALID FROM … UNTIL asserts, which is for CREATE, MERGE and SET: to filter write VALID AT or VALID DURING",
         assertion->span);
  }
  if (!citations.empty()) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
         "CITE is for CREATE, MERGE and SET: to read citations use citations(x)", citations.front().span);
  }
}

// Binds expressions of the element `to`. They are deferred where they read another element of the same pattern, which
// may not be matched yet when this one is. Returns those others.
template <class Element>
std::set<Slot> Binder::BindDeferrable(const std::function<void()>& bind, const Pattern& pattern, Element& to) {
  std::set<Slot> reads = NotingReads(bind);
  std::erase_if(reads, [&](Slot slot) {
    return slot == to.slot || std::ranges::find(pattern.introduced, slot) == pattern.introduced.end();
  });
  to.deferred = !reads.empty() && !IsMutant("condition-too-early");
  return reads;
}
template std::set<Slot> Binder::BindDeferrable(const std::function<void()>&, const Pattern&, NodePattern&);

// Properties, filter and conditions of an element that is matched.
template <class AstElement, class Element>
std::set<Slot> Binder::BindElementExpressions(const AstElement& from, PatternUse use, const Pattern& pattern,
                                              Element& to) {
  CheckMatchedElement(from.assertion, from.citations);
  const Scope scope = scope_;
  if constexpr (std::is_same_v<Element, RelationshipPattern>) {
    // In its own conditions, the variable of a repeated relationship is each one of them.
    if (to.repetition && from.variable)
      scope_.insert_or_assign(from.variable->text, Variable{to.slot, Kind::kRelationship});
  }
  const auto bind = [&] {
    to.properties = BindPatternProperties(from.properties, use);
    to.filter = NarrowestFilter(from.filter);
    if constexpr (std::is_same_v<Element, RelationshipPattern>) {
      if (to.repetition) to.node_filter = NarrowestFilter(std::nullopt);
    }
    if (from.where) to.where = BindPredicate(**from.where);
  };
  std::set<Slot> reads = BindDeferrable(bind, pattern, to);
  scope_ = scope;
  return reads;
}
template std::set<Slot> Binder::BindElementExpressions(const ast::NodePattern&, PatternUse, const Pattern&,
                                                       NodePattern&);
template std::set<Slot> Binder::BindElementExpressions(const ast::RelationshipPattern&, PatternUse, const Pattern&,
                                                       RelationshipPattern&);

}  // namespace plenum::plan
