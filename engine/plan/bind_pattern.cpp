// Binding patterns: which variables are new, what each may be, and the conditions on each element.
//
// A pattern that is matched declares all its variables first, so that its conditions may read any of them; one that is
// written declares them from left to right, so that a property may read only what stands before it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binder.h"
#include "engine/plan/binding.h"
#include "engine/plan/near_miss.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

Repetition ToRepetition(const ast::Repetition& repetition) {
  return {.minimum = repetition.minimum.value_or(1), .maximum = repetition.maximum};
}

}  // namespace

void Binder::CheckPath(const ast::PathPattern& path) const {
  if (path.selector.kind != ast::PathSelector::Kind::kEvery) NotYet("shortest paths", path.span);
  if (path.mode != ast::PathMode::kTrail) NotYet("path modes other than TRAIL", path.span);
  for (const ast::PathElement& element : path.elements) {
    if (const auto* group = std::get_if<ast::QuantifiedGroup>(&element)) NotYet("quantified groups", group->span);
  }
}

void Binder::CheckLength(const Pattern& pattern, Span span) const {
  std::size_t relationships = 0;
  for (const PathPattern& path : pattern.paths) relationships += path.relationships.size();
  if (relationships <= kPatternRelationshipsMax) return;
  Fail(ErrorType::kSyntaxError, "QueryTooLong",
       fmt::format("one pattern may have {} relationships, and this has {}: match it in several MATCH clauses",
                   kPatternRelationshipsMax, relationships),
       span);
}

Pattern Binder::BindPattern(const ast::Pattern& pattern, PatternUse use) {
  if (pattern.joint != ast::Joint::kNone) NotYet("OVERLAPPING and CHRONOLOGICAL", pattern.span);
  const std::set<Slot> seen = std::exchange(seen_relationships_, {});
  Pattern bound;
  for (const ast::PathPattern& path : pattern.paths) bound.paths.push_back(DeclarePath(path, use, bound));
  CheckLength(bound, pattern.span);
  if (pattern.filter) PushFilter(*pattern.filter);
  for (std::size_t p = 0; p < pattern.paths.size(); ++p) {
    std::size_t node = 0;
    std::size_t relationship = 0;
    for (const ast::PathElement& element : pattern.paths[p].elements) {
      if (const auto* n = std::get_if<ast::NodePattern>(&element)) {
        BindElementExpressions(*n, use, bound, bound.paths[p].nodes[node++]);
      } else if (const auto* r = std::get_if<ast::RelationshipPattern>(&element)) {
        BindElementExpressions(*r, use, bound, bound.paths[p].relationships[relationship++]);
      }
    }
  }
  if (pattern.where) BindConditions(**pattern.where, bound);
  if (pattern.filter) filters_.pop_back();
  seen_relationships_ = seen;
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
    std::set<Slot> reads;
    std::set<Slot>* outer = std::exchange(reads_, &reads);
    Expression bound = BindPredicate(*condition);
    reads_ = outer;
    if (outer) outer->insert(reads.begin(), reads.end());
    pattern.conditions.push_back({std::move(bound), std::vector<Slot>(reads.begin(), reads.end())});
  }
}

PathPattern Binder::DeclarePath(const ast::PathPattern& path, PatternUse use, Pattern& pattern) {
  CheckPath(path);
  PathPattern bound{.span = path.span};
  for (const ast::PathElement& element : path.elements) {
    if (const auto* node = std::get_if<ast::NodePattern>(&element)) {
      bound.nodes.push_back(DeclareNode(*node, use, pattern));
    } else if (const auto* relationship = std::get_if<ast::RelationshipPattern>(&element)) {
      bound.relationships.push_back(DeclareRelationship(*relationship, use, pattern));
    }
  }
  if (path.variable) {
    bound.slot = Declare(*path.variable, Kind::kPath);
    pattern.introduced.push_back(*bound.slot);
  }
  return bound;
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
  if (conflict) {
    Fail(ErrorType::kSyntaxError, "VariableTypeConflict",
         fmt::format("`{}` is {} here, but was {} before", name.text, NamesOf(type), NamesOf(known->type)), name.span);
  }
  bound = std::ranges::find(pattern.introduced, known->slot) == pattern.introduced.end();
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
  if (relationship.repetition) {
    bound.repetition = ToRepetition(*relationship.repetition);
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
  if (!seen_relationships_.insert(bound.slot).second) {
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

// Properties, filter and conditions of an element that is matched. They are deferred where they read another element of
// the same pattern, which may not be matched yet when this one is.
template <class AstElement, class Element>
void Binder::BindElementExpressions(const AstElement& from, PatternUse use, const Pattern& pattern, Element& to) {
  if (from.assertion) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
         "VALID FROM … UNTIL asserts, which is for CREATE, MERGE and SET: to filter write VALID AT or VALID DURING",
         from.assertion->span);
  }
  if (!from.citations.empty()) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
         "CITE is for CREATE, MERGE and SET: to read citations use citations(x)", from.citations.front().span);
  }
  std::set<Slot> reads;
  std::set<Slot>* outer = std::exchange(reads_, &reads);
  const Scope scope = scope_;
  if constexpr (std::is_same_v<Element, RelationshipPattern>) {
    // In its own conditions, the variable of a repeated relationship is each one of them.
    if (to.repetition && from.variable)
      scope_.insert_or_assign(from.variable->text, Variable{to.slot, Kind::kRelationship});
  }
  to.properties = BindPatternProperties(from.properties, use);
  to.filter = NarrowestFilter(from.filter);
  if constexpr (std::is_same_v<Element, RelationshipPattern>) {
    if (to.repetition) to.node_filter = NarrowestFilter(std::nullopt);
  }
  if (from.where) to.where = BindPredicate(**from.where);
  scope_ = scope;
  reads_ = outer;
  if (outer) outer->insert(reads.begin(), reads.end());
  to.deferred = std::ranges::any_of(reads, [&](Slot slot) {
    return slot != to.slot && std::ranges::find(pattern.introduced, slot) != pattern.introduced.end();
  });
}

// ---- Patterns that are written: CREATE and MERGE
// ----------------------------------------------------------------------

Pattern Binder::BindWrittenPattern(const std::vector<ast::PathPattern>& paths, PatternUse use) {
  Pattern pattern;
  for (const ast::PathPattern& path : paths) {
    CheckPath(path);
    PathPattern bound{.span = path.span};
    const bool alone = path.elements.size() == 1;
    for (const ast::PathElement& element : path.elements) {
      if (const auto* node = std::get_if<ast::NodePattern>(&element)) {
        bound.nodes.push_back(DeclareWrittenNode(*node, alone, pattern));
        BindWrittenElement(*node, use, pattern, bound.nodes.back());
        DeclareWrittenVariable(node->variable, bound.nodes.back().slot, Kind::kNode);
      } else if (const auto* relationship = std::get_if<ast::RelationshipPattern>(&element)) {
        CheckWrittenRelationship(*relationship, use);
        bound.relationships.push_back({.span = relationship->span,
                                       .slot = NewSlot(),
                                       .direction = relationship->direction,
                                       .types = relationship->types});
        pattern.introduced.push_back(bound.relationships.back().slot);
        BindWrittenElement(*relationship, use, pattern, bound.relationships.back());
        DeclareWrittenVariable(relationship->variable, bound.relationships.back().slot, Kind::kRelationship);
      }
    }
    if (path.variable) {
      bound.slot = Declare(*path.variable, Kind::kPath);
      pattern.introduced.push_back(*bound.slot);
    }
    pattern.paths.push_back(std::move(bound));
  }
  return pattern;
}

// What is written into an element: it may read what stands before it.
template <class AstElement, class Element>
void Binder::BindWrittenElement(const AstElement& from, PatternUse use, const Pattern& pattern, Element& to) {
  std::set<Slot> reads;
  std::set<Slot>* outer = std::exchange(reads_, &reads);
  to.properties = BindPatternProperties(from.properties, use);
  if (from.assertion) to.assertion = BindAssertion(*from.assertion);
  to.citations = BindCitations(from.citations);
  reads_ = outer;
  if (outer) outer->insert(reads.begin(), reads.end());
  const bool reads_pattern = std::ranges::any_of(
      reads, [&](Slot slot) { return std::ranges::find(pattern.introduced, slot) != pattern.introduced.end(); });
  if (use != PatternUse::kMerge || !reads_pattern) return;
  Fail(
      ErrorType::kSyntaxError, "UndefinedVariable",
      "what MERGE looks for cannot read an element of its own pattern, which may not be there yet: set it in ON CREATE",
      from.span);
}

// The element's variable is in scope behind it.
void Binder::DeclareWrittenVariable(const std::optional<ast::Name>& variable, Slot slot, TypeSet type) {
  if (variable && !Find(variable->text)) scope_.emplace(variable->text, Variable{slot, type});
}

// A node is written with each of the labels named: A, A:B or A&B.
void Binder::CheckWrittenLabels(const ast::NodePattern& node) const {
  if (!node.labels || std::holds_alternative<ast::Name>(node.labels->node)) return;
  const auto* all = std::get_if<ast::LabelAll>(&node.labels->node);
  const auto is_name = [](const ast::LabelExpression& label) { return std::holds_alternative<ast::Name>(label.node); };
  if (all && std::ranges::all_of(all->operands, is_name)) return;
  Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
       "a node that is written has every label named: write :A:B or :A&B; |, ! and % are for matching",
       node.labels->span);
}

NodePattern Binder::DeclareWrittenNode(const ast::NodePattern& node, bool alone, Pattern& pattern) {
  NodePattern bound{.span = node.span, .labels = node.labels};
  if (node.filter || node.where) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax", "a condition cannot be written into the graph: use MATCH for it",
         node.span);
  }
  CheckWrittenLabels(node);
  const Variable* known = node.variable ? Find(node.variable->text) : nullptr;
  if (!known) {
    bound.slot = NewSlot();
    pattern.introduced.push_back(bound.slot);
    return bound;
  }
  if (const TypeSet type = known->type.Without(Kind::kNull); !type.empty() && (type & Kind::kNode).empty()) {
    Fail(ErrorType::kSyntaxError, alone ? "VariableAlreadyBound" : "VariableTypeConflict",
         fmt::format("`{}` is a node here, but was {} before", node.variable->text, NamesOf(known->type)),
         node.variable->span);
  }
  if (alone || node.labels || node.properties || node.assertion || !node.citations.empty()) {
    Fail(ErrorType::kSyntaxError, "VariableAlreadyBound",
         fmt::format("`{0}` is bound already: it can only be joined to others here, as ({0}); change it with SET",
                     node.variable->text),
         node.variable->span);
  }
  bound.slot = known->slot;
  bound.repeated = std::ranges::find(pattern.introduced, known->slot) != pattern.introduced.end();
  bound.bound = !bound.repeated;
  return bound;
}

void Binder::CheckWrittenRelationship(const ast::RelationshipPattern& relationship, PatternUse use) {
  if (relationship.filter || relationship.where) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax", "a condition cannot be written into the graph: use MATCH for it",
         relationship.span);
  }
  if (relationship.repetition) {
    Fail(ErrorType::kSyntaxError, "CreatingVarLength", "a relationship of variable length cannot be written",
         relationship.span);
  }
  if (relationship.variable && Find(relationship.variable->text)) {
    Fail(ErrorType::kSyntaxError, "VariableAlreadyBound",
         fmt::format("`{}` is bound already: a new relationship needs another name", relationship.variable->text),
         relationship.variable->span);
  }
  if (!relationship.types || !std::holds_alternative<ast::Name>(relationship.types->node)) {
    Fail(ErrorType::kSyntaxError, "NoSingleRelationshipType",
         "a relationship that is written has exactly one type, as in -[:TYPE]->", relationship.span);
  }
  if (use == PatternUse::kCreate && relationship.direction == ast::Direction::kEither) {
    Fail(ErrorType::kSyntaxError, "RequiresDirectedRelationship",
         "a relationship that is created has a direction: write --> or <--", relationship.span);
  }
}

}  // namespace plenum::plan
