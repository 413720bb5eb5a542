// Random labels, patterns, times and citations.
#include <utility>

#include "tests/parser/random_tree.h"

namespace plenum::ast {

LabelExpression RandomTree::MakeLabels() {
  const Deeper deeper(depth_);
  LabelExpression labels;
  switch (depth_ > 10 ? 0 : Below(8)) {
    case 5:
      labels.node = LabelAny{Several(2, [&] { return MakeLabels(); })};
      break;
    case 6:
      labels.node = LabelAll{Several(2, [&] { return MakeLabels(); })};
      break;
    case 7:
      labels.node = LabelNot{MakeLabels()};
      break;
    case 4:
      labels.node = LabelWildcard{};
      break;
    default:
      labels.node = MakeName();
  }
  return labels;
}

// ---- Time and evidence

Assertion RandomTree::MakeAssertion() {
  Assertion assertion;
  const std::size_t ends = Below(3);
  if (ends != 1) assertion.from = MakeExpression();
  if (ends == 0) return assertion;
  assertion.until = MakeExpression();
  assertion.through = Often();
  return assertion;
}

ValidFilter RandomTree::MakeFilter() {
  using Kind = ValidFilter::Kind;
  ValidFilter filter;
  filter.kind = OneOf({Kind::kAnyTime, Kind::kAt, Kind::kDuring});
  if (filter.kind == Kind::kAnyTime) return filter;
  filter.certainly = Often();
  filter.when = Often() ? MakeReference() : MakeExpression();
  if (filter.kind == Kind::kDuring) filter.until = Maybe([&] { return MakeExpression(); });
  return filter;
}

Citation RandomTree::MakeCitation() {
  Citation citation;
  citation.source = MakeReference();
  switch (Below(3)) {
    case 1:
      citation.where = CitationRange{MakeExpression(), MakeExpression()};
      break;
    case 2:
      citation.where = MakeBox();
      break;
    default:
      break;
  }
  return citation;
}

// ---- Elements

template <class Element>
void RandomTree::AddDetails(Element& element) {
  element.properties = Maybe([&] { return MakeMapOrParameter(); });
  switch (Below(8)) {
    case 6:
      element.assertion = MakeAssertion();
      break;
    case 7:
      element.filter = MakeFilter();
      break;
    default:
      break;
  }
  if (Sometimes()) element.citations = Several(0, [&] { return MakeCitation(); });
  element.where = Maybe([&] { return MakeBox(); });
}

NodePattern RandomTree::MakeNode() {
  const Deeper deeper(depth_);
  NodePattern node;
  if (depth_ > 10) return node;
  if (Often()) node.variable = MakeName();
  node.labels = Maybe([&] { return MakeLabels(); });
  if (Sometimes()) AddDetails(node);
  return node;
}

RelationshipPattern RandomTree::MakeRelationship() {
  const Deeper deeper(depth_);
  RelationshipPattern relationship;
  relationship.direction = OneOf({Direction::kOutgoing, Direction::kIncoming, Direction::kEither});
  if (depth_ > 10) return relationship;
  relationship.variable = Maybe([&] { return MakeName(); });
  relationship.types = Maybe([&] { return MakeLabels(); });
  if (Sometimes()) relationship.repetition = Often() ? MakeStar() : MakeQuantifier();
  if (Sometimes()) AddDetails(relationship);
  return relationship;
}

Repetition RandomTree::MakeStar() {
  return {{}, Maybe([&] { return MakeCount(); }), Maybe([&] { return MakeCount(); }), false};
}

Repetition RandomTree::MakeQuantifier() {
  return {{}, MakeCount(), Maybe([&] { return MakeCount(); }), true};
}

QuantifiedGroup RandomTree::MakeGroup() {
  const Deeper deeper(depth_);
  QuantifiedGroup group;
  group.path = MakePlainPath(false);
  group.joint = MakeJoint();
  group.where = Maybe([&] { return MakeBox(); });
  group.repetition = MakeQuantifier();
  return group;
}

// ---- Paths

// A predicate begins with a relationship, or it would be a node in parentheses.
PathPattern RandomTree::MakePlainPath(bool predicate) {
  PathPattern path;
  path.elements.emplace_back(MakeNode());
  for (std::size_t hops = Below(3) + (predicate ? 1 : 0); hops > 0; --hops) {
    const bool first = path.elements.size() == 1;
    const bool group = depth_ < 8 && Sometimes() && !(predicate && first);
    if (group) path.elements.emplace_back(MakeGroup());
    if (group && Sometimes()) path.elements.emplace_back(MakeGroup());
    if (!group) path.elements.emplace_back(MakeRelationship());
    path.elements.emplace_back(MakeNode());
  }
  return path;
}

PathPattern RandomTree::MakeShortestPath() {
  using Kind = PathSelector::Kind;
  PathPattern path = MakePlainPath(false);
  path.selector.kind = OneOf({Kind::kAnyShortest, Kind::kAllShortest});
  path.selector.function = true;
  return path;
}

PathSelector RandomTree::MakeSelector() {
  using Kind = PathSelector::Kind;
  PathSelector selector;
  selector.kind = OneOf({Kind::kEvery, Kind::kAnyShortest, Kind::kAllShortest, Kind::kShortestK, Kind::kShortestKGroups,
                         Kind::kAny, Kind::kCheapest});
  const bool counted = selector.kind == Kind::kShortestK || selector.kind == Kind::kShortestKGroups;
  if (counted || (selector.kind == Kind::kAny && Often())) selector.k = MakeCount();
  if (selector.kind == Kind::kCheapest) selector.weight = MakeBox();
  return selector;
}

PathPattern RandomTree::MakePath() {
  std::optional<Name> variable = Maybe([&] { return MakeName(); });
  const bool function = Sometimes();
  PathPattern path = function ? MakeShortestPath() : MakePlainPath(false);
  path.variable = std::move(variable);
  if (function || !Sometimes()) return path;
  path.selector = MakeSelector();
  path.mode = OneOf({PathMode::kTrail, PathMode::kWalk, PathMode::kAcyclic, PathMode::kSimple});
  return path;
}

Pattern RandomTree::MakePattern(std::size_t paths) {
  Pattern pattern;
  while (pattern.paths.size() < paths) pattern.paths.push_back(MakePath());
  pattern.filter = Maybe([&] { return MakeFilter(); });
  pattern.joint = MakeJoint();
  pattern.where = Maybe([&] { return MakeBox(); });
  return pattern;
}

Pattern RandomTree::MakePaths() {
  Pattern pattern;
  pattern.paths = Several(1, [&] { return MakePath(); });
  return pattern;
}

}  // namespace plenum::ast
