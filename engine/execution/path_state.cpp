// Reading the steps of a search back into a row.
#include "engine/execution/path_state.h"

#include <algorithm>
#include <map>

namespace plenum::execution {

using Kind = Value::Kind;

PathReader::PathReader(const PathProgram& program, const ElementMatch& elements, bool forward, const PathState& last,
                       std::optional<std::size_t> from, Row& row)
    : program_(program), elements_(elements), forward_(forward), row_(row) {
  for (const PathState* state = &last; state->at != PathState::kStart; state = state->parent.get()) {
    steps_.push_back(state);
    if (from && state->at == *from) break;
  }
  std::ranges::reverse(steps_);
}

bool PathReader::At(const plan::NodePattern& node) const {
  return next_ < steps_.size() && program_.instructions[steps_[next_]->at].node == &node;
}

bool PathReader::At(const plan::RelationshipPattern& relationship) const {
  return next_ < steps_.size() && program_.instructions[steps_[next_]->at].relationship == &relationship;
}

bool PathReader::ReadPath(const plan::PathPattern& path) {
  std::map<plan::Slot, NodeId> nodes;
  bool same = true;
  const std::size_t last = path.relationships.size();
  for (std::size_t i = 0; i <= last; ++i) {
    const plan::NodePattern& pattern = path.nodes[forward_ ? i : last - i];
    const NodeId node = steps_[next_++]->node;
    same = nodes.emplace(pattern.slot, node).first->second == node && same;
    row_[pattern.slot] = Node{.id = node};
    if (i < last) ReadRelationship(path.relationships[forward_ ? i : last - 1 - i]);
  }
  return same;
}

// One relationship, or the list of all that a repetition, a group or a chosen path has.
void PathReader::ReadRelationship(const plan::RelationshipPattern& pattern) {
  if (!pattern.repetition && !pattern.subpath) {
    row_[pattern.slot] = elements_.RelationshipOf(*steps_[next_++]->hop);
    return;
  }
  const std::size_t first = next_;
  if (pattern.subpath) {
    ReadGroup(**pattern.subpath);
  } else {
    while (At(pattern)) ++next_;
  }
  List walk;
  for (std::size_t i = first; i < next_; ++i) {
    if (steps_[i]->hop) walk.push_back(elements_.RelationshipOf(*steps_[i]->hop));
  }
  Finish(std::move(walk), pattern.slot);
}

void PathReader::ReadGroup(const plan::Subpath& group) {
  std::vector<List> gathered(group.gathered.size());
  const plan::NodePattern& first = forward_ ? group.body.nodes.front() : group.body.nodes.back();
  while (At(first)) {
    ReadPath(group.body);
    for (std::size_t i = 0; i < gathered.size(); ++i) gathered[i].push_back(row_[group.gathered[i].each]);
  }
  for (std::size_t i = 0; i < gathered.size(); ++i) Finish(std::move(gathered[i]), group.gathered[i].list);
}

// Lists are in the order of the pattern, whichever way it was walked.
void PathReader::Finish(List values, plan::Slot slot) {
  if (!forward_) std::ranges::reverse(values);
  row_[slot] = std::move(values);
}

Value BuildPath(const plan::PathPattern& path, const Row& row) {
  Path built;
  built.nodes.push_back(row[path.nodes.front().slot].node());
  const auto walk = [&](const Value& value) {
    const Relationship& relationship = value.relationship();
    const NodeId at = built.nodes.back().id;
    built.relationships.push_back(relationship);
    built.nodes.push_back(Node{.id = relationship.start == at ? relationship.end : relationship.start});
  };
  for (const plan::RelationshipPattern& relationship : path.relationships) {
    const Value& matched = row[relationship.slot];
    if (matched.kind() != Kind::kList) {
      walk(matched);
      continue;
    }
    for (const Value& hop : matched.list()) walk(hop);
  }
  return built;
}

}  // namespace plenum::execution
