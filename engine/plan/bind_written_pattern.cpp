// Binding patterns that are written, by CREATE and MERGE: from left to right, so that a property may read only what
// stands before it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binding.h"
#include "engine/plan/near_miss.h"

namespace plenum::plan {

using Kind = Value::Kind;

void Binder::CheckWrittenPath(const ast::PathPattern& path) const {
  const bool chosen = path.selector.kind != ast::PathSelector::Kind::kEvery || path.mode != ast::PathMode::kTrail;
  const auto is_group = [](const ast::PathElement& element) {
    return std::holds_alternative<ast::QuantifiedGroup>(element);
  };
  if (!chosen && std::ranges::none_of(path.elements, is_group)) return;
  Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
       "what is written is one path, node by node: groups, path modes and SHORTEST are for MATCH", path.span);
}

Pattern Binder::BindWrittenPattern(const std::vector<ast::PathPattern>& paths, PatternUse use) {
  Pattern pattern;
  for (const ast::PathPattern& path : paths) {
    CheckWrittenPath(path);
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
