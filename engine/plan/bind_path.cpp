// Binding the paths of a pattern that is matched: their elements in order, quantified groups, path modes and selectors.
//
// A group's variables are single values inside it, one round at a time, and lists of all rounds outside. A path that a
// selector chooses is searched for as a whole; its ends are seen by the rest of the pattern, its interior is not.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binding.h"
#include "engine/plan/whole_path.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;
using Selector = ast::PathSelector::Kind;

bool IsOpen(const PathPattern& path) { return path.nodes.size() == path.relationships.size(); }

}  // namespace

std::size_t LengthOf(const PathPattern& path) {
  std::size_t length = path.relationships.size();
  for (const RelationshipPattern& relationship : path.relationships) {
    if (relationship.subpath) length += LengthOf((*relationship.subpath)->body);
  }
  return length;
}

// ---- Declaring

PathPattern Binder::DeclarePath(const ast::PathPattern& path, PatternUse use, Pattern& pattern, PathOrigin& origin) {
  CheckSelector(path);
  PathPattern bound{.span = path.span, .mode = path.mode};
  origin.begin = next_slot_;
  DeclareElements(path.elements, use, pattern, bound, origin);
  if (path.selector.kind != Selector::kEvery) CheckInterior(bound, origin.begin);
  if (path.variable) {
    bound.slot = Declare(*path.variable, Kind::kPath);
    pattern.introduced.push_back(*bound.slot);
    pattern_state_.searched.insert(*bound.slot);
  }
  origin.end = next_slot_;
  return bound;
}

void Binder::CheckSelector(const ast::PathPattern& path) const {
  if (path.selector.kind == Selector::kCheapest) NotYet("CHEAPEST", path.span);
  if (path.selector.k.value_or(1) > 0) return;
  Fail(ErrorType::kSyntaxError, "NumberOutOfRange", "at least one path is to be chosen", path.span);
}

void Binder::DeclareElements(const std::vector<ast::PathElement>& elements, PatternUse use, Pattern& pattern,
                             PathPattern& path, PathOrigin& origin) {
  for (const ast::PathElement& element : elements) {
    if (const auto* node = std::get_if<ast::NodePattern>(&element)) {
      path.nodes.push_back(DeclareNode(*node, use, pattern));
      origin.nodes.push_back(node);
    } else if (const auto* relationship = std::get_if<ast::RelationshipPattern>(&element)) {
      if (IsOpen(path)) DeclareImpliedNode(pattern, path, origin);
      path.relationships.push_back(DeclareRelationship(*relationship, use, pattern));
      origin.relationships.push_back(relationship);
    } else {
      DeclareGroup(std::get<ast::QuantifiedGroup>(element), use, pattern, path, origin);
    }
  }
  if (IsOpen(path)) DeclareImpliedNode(pattern, path, origin);
}

// Beside a group that no node stands next to.
void Binder::DeclareImpliedNode(Pattern& pattern, PathPattern& path, PathOrigin& origin) {
  path.nodes.push_back({.slot = NewSlot()});
  pattern.introduced.push_back(path.nodes.back().slot);
  origin.nodes.push_back(nullptr);
}

void Binder::DeclareGroup(const ast::QuantifiedGroup& group, PatternUse use, Pattern& pattern, PathPattern& path,
                          PathOrigin& origin) {
  if (group.joint != ast::Joint::kNone) NotYet("OVERLAPPING and CHRONOLOGICAL", group.span);
  if (IsOpen(path)) DeclareImpliedNode(pattern, path, origin);
  Subpath subpath{.rounds = {.minimum = group.repetition.minimum.value_or(1), .maximum = group.repetition.maximum}};
  GroupOrigin inner{.group = &group, .position = path.relationships.size()};
  const Scope outside = scope_;
  inner.path.begin = next_slot_;
  const std::optional<Slot> outer_group = std::exchange(pattern_state_.group, next_slot_);
  DeclareElements(group.path->elements, use, pattern, subpath.body, inner.path);
  pattern_state_.group = outer_group;
  inner.path.end = next_slot_;
  if (subpath.body.relationships.empty()) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
         "a group that repeats goes along a relationship in each round: write it, as in ((a)-[:TYPE]->(b)){1,3}",
         group.span);
  }
  for (Slot slot = inner.path.begin; slot < inner.path.end; ++slot) pattern_state_.searched.insert(slot);
  for (const auto& [name, variable] : scope_) {
    if (!outside.contains(name)) inner.inside.emplace(name, variable);
  }
  scope_ = outside;
  for (const auto& [name, variable] : inner.inside) {
    const Slot list = NewSlot();
    scope_.emplace(name, Variable{list, Kind::kList, variable.type});
    pattern.introduced.push_back(list);
    pattern_state_.searched.insert(list);
    subpath.gathered.push_back({variable.slot, list});
  }
  path.relationships.push_back({.span = group.span, .slot = NewSlot(), .subpath = Box<Subpath>(std::move(subpath))});
  pattern.introduced.push_back(path.relationships.back().slot);
  origin.relationships.push_back(nullptr);
  origin.groups.push_back(std::move(inner));
}

// Of a path that a selector chooses, only the ends may be known from elsewhere: the choice is for each pair of ends.
void Binder::CheckInterior(const PathPattern& path, Slot begin) {
  const Slot first = path.nodes.front().slot;
  const Slot last = path.nodes.back().slot;
  const auto check = [&](const auto& element) {
    if (element.slot == first || element.slot == last) return;
    if (element.slot < begin) {
      Fail(ErrorType::kSyntaxError, "VariableAlreadyBound",
           "of a path that is chosen, only the first and the last node may be bound elsewhere: give this another name "
           "and compare in WHERE",
           element.span);
    }
    pattern_state_.searched.insert(element.slot);
  };
  for (const NodePattern& node : path.nodes) check(node);
  for (const RelationshipPattern& relationship : path.relationships) check(relationship);
}

// An element named before may stand again, unless one of the two is found by a search that does not see the other.
void Binder::CheckJoin(const ast::Name& name, Slot slot) const {
  if (pattern_state_.group && slot < *pattern_state_.group) {
    Fail(
        ErrorType::kSyntaxError, "VariableAlreadyBound",
        fmt::format("`{}` is bound outside the group, where each round binds its own: choose another name, and compare "
                    "them in the group's WHERE",
                    name.text),
        name.span);
  }
  if (!pattern_state_.searched.contains(slot)) return;
  Fail(ErrorType::kSyntaxError, "VariableAlreadyBound",
       fmt::format("`{}` is inside a group or a path that is chosen, and cannot stand elsewhere in the same pattern: "
                   "go on from it in another MATCH",
                   name.text),
       name.span);
}

// ---- Binding expressions

void Binder::BindPath(const ast::PathPattern& path, const PathOrigin& origin, PatternUse use, Pattern& pattern,
                      std::size_t position) {
  PathPattern& bound = pattern.paths[position];
  const std::set<Slot> reads = BindPathElements(origin, use, pattern, bound);
  if (path.selector.kind == Selector::kEvery || bound.relationships.empty()) return CheckEnds(bound, nullptr);
  Subpath subpath{.selector = path.selector.kind, .count = static_cast<std::uint64_t>(path.selector.k.value_or(1))};
  AddNeeds(reads, pattern, origin, path.span, subpath);
  for (const RelationshipPattern& relationship : bound.relationships) {
    if (!relationship.subpath) continue;
    const std::vector<Slot>& needs = (*relationship.subpath)->needs;  // an end of this path, too
    subpath.needs.insert(subpath.needs.end(), needs.begin(), needs.end());
  }
  PathPattern chosen{.span = path.span, .slot = bound.slot, .mode = path.mode};
  chosen.nodes = {bound.nodes.front(), bound.nodes.back()};
  subpath.body = std::move(bound);
  CheckEnds(chosen, &subpath);
  chosen.relationships.push_back({.span = path.span, .slot = NewSlot(), .subpath = Box<Subpath>(std::move(subpath))});
  pattern.introduced.push_back(chosen.relationships.back().slot);
  bound = std::move(chosen);
}

// A WALK without a bound ends only where one is chosen, and the first to a place is enough.
void Binder::CheckEnds(const PathPattern& path, const Subpath* chosen) const {
  if (path.mode != ast::PathMode::kWalk || !IsUnbounded(chosen ? chosen->body : path)) return;
  if (chosen && chosen->count == 1 && FirstWalkTellsAll(*chosen)) return;
  Fail(ErrorType::kSyntaxError, "UnboundedWalk",
       "a WALK may go round a circle for ever: give the repetition an upper bound, as in {1,5}, or leave out WALK",
       path.span);
}

// Binds all expressions of the path's elements; returns what they read of the pattern, themselves apart.
std::set<Slot> Binder::BindPathElements(const PathOrigin& origin, PatternUse use, const Pattern& pattern,
                                        PathPattern& path) {
  std::set<Slot> reads;
  for (std::size_t n = 0; n < path.nodes.size(); ++n) {
    NodePattern& node = path.nodes[n];
    if (origin.nodes[n]) {
      reads.merge(BindElementExpressions(*origin.nodes[n], use, pattern, node));
    } else {
      reads.merge(BindDeferrable([&] { node.filter = NarrowestFilter(std::nullopt); }, pattern, node));
    }
  }
  for (std::size_t r = 0; r < path.relationships.size(); ++r) {
    if (!origin.relationships[r]) continue;
    reads.merge(BindElementExpressions(*origin.relationships[r], use, pattern, path.relationships[r]));
  }
  for (const GroupOrigin& group : origin.groups) {
    reads.merge(BindGroup(group, use, pattern, **path.relationships[group.position].subpath));
  }
  return reads;
}

std::set<Slot> Binder::BindGroup(const GroupOrigin& origin, PatternUse use, const Pattern& pattern, Subpath& subpath) {
  const Scope outside = scope_;
  for (const auto& [name, variable] : origin.inside) scope_.insert_or_assign(name, variable);
  std::set<Slot> reads = BindPathElements(origin.path, use, pattern, subpath.body);
  if (const auto& where = origin.group->where) {
    reads.merge(NotingReads([&] { subpath.conditions.push_back(BindPredicate(**where)); }));
  }
  scope_ = outside;
  AddNeeds(reads, pattern, origin.path, origin.group->span, subpath);
  return std::set<Slot>(subpath.needs.begin(), subpath.needs.end());
}

// What the search reads of the rest of its pattern must be there when it begins.
void Binder::AddNeeds(const std::set<Slot>& reads, const Pattern& pattern, const PathOrigin& own, Span span,
                      Subpath& subpath) const {
  for (const Slot slot : reads) {
    const bool introduced = std::ranges::find(pattern.introduced, slot) != pattern.introduced.end();
    if (!introduced || (slot >= own.begin && slot < own.end)) continue;
    if (pattern_state_.searched.contains(slot)) {
      Fail(ErrorType::kSyntaxError, "UndefinedVariable",
           "a condition in here reads what another search of this pattern finds: put it into WHERE behind the pattern",
           span);
    }
    subpath.needs.push_back(slot);
  }
}

// shortestPath(…) and allShortestPaths(…) choose among the paths for which WHERE is true (openCypher 9), so its
// conditions on them belong to the search; with SHORTEST, WHERE is for what has been chosen (GQL).
void Binder::MoveConditions(Pattern& pattern, const PathOrigin& origin, std::size_t position) const {
  PathPattern& path = pattern.paths[position];
  if (path.relationships.empty() || !path.relationships.front().subpath) return;
  Subpath& subpath = **path.relationships.front().subpath;
  const auto& searched = pattern_state_.searched;
  const auto own = [&](Slot slot) { return slot >= origin.begin && slot < origin.end && searched.contains(slot); };
  std::vector<Condition> left;
  for (Condition& condition : pattern.conditions) {
    const bool reads_own = std::ranges::any_of(condition.reads, own);
    const bool reads_others =
        std::ranges::any_of(condition.reads, [&](Slot slot) { return searched.contains(slot) && !own(slot); });
    if (!reads_own || reads_others) {
      left.push_back(std::move(condition));
      continue;
    }
    AddNeeds(std::set<Slot>(condition.reads.begin(), condition.reads.end()), pattern, origin, condition.expression.span,
             subpath);
    subpath.conditions.push_back(std::move(condition.expression));
  }
  pattern.conditions = std::move(left);
}

}  // namespace plenum::plan
