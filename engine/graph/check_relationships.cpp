// Compares what is listed of one type with its relationships: each is listed once in each direction, with the same
// ends and validity, and its ends are there.
#include "engine/graph/check_parts.h"

namespace plenum::graph {
namespace {

constexpr std::string_view kDirections[] = {"outgoing", "incoming"};

std::string Ends(std::uint32_t start, std::uint32_t end) {
  return "from node " + std::to_string(start) + " to node " + std::to_string(end);
}

}  // namespace

// Every block before is at its end: it has been listed, or its relationships are missing.
void RelationshipComparison::Load(std::uint32_t block) {
  if (block_ == block) return;
  const auto& blocks = run_.relationship_blocks[*owner_.type];
  auto next = block_ ? blocks.upper_bound(*block_) : blocks.begin();
  EndBlock();
  for (; next != blocks.end() && *next < block; ++next) {
    BeginBlock(*next);
    EndBlock();
  }
  BeginBlock(block);
}

void RelationshipComparison::BeginBlock(std::uint32_t block) {
  block_ = block;
  seen_ = {};
  const StoredBlocks::Slots starts = run_.blocks.SlotsWith(owner_, storage::kStartProperty, block);
  const StoredBlocks::Slots ends = run_.blocks.SlotsWith(owner_, storage::kEndProperty, block);
  const bool validity_damaged = run_.blocks.SlotsWith(owner_, storage::kValidityProperty, block).damaged;
  skipped_ = starts.damaged || ends.damaged || validity_damaged;
  there_ = starts.with;
  if (skipped_) {
    run_.uncountable.insert(storage::TypeCountKey(*owner_.type));
    run_.uncountable.insert(storage::LoopCountKey(*owner_.type));
    return;
  }
  LoadNodes(storage::kStartProperty, starts_);
  LoadNodes(storage::kEndProperty, ends_);
  validities_.assign(storage::kBlockSlots, std::nullopt);
  run_.blocks.ForEachValue(owner_, storage::kValidityProperty, block, [this](std::uint32_t slot, const Value& value) {
    if (value.kind() == Value::Kind::kInterval) validities_[slot] = value.interval();
  });
  const SlotSet incomplete = starts.with & ~ends.with;  // the others are values of no relationship
  for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
    if (there_[slot]) CheckEnds(slot, incomplete[slot]);
  }
  run_.report.relationships += there_.count();
  run_.Count(storage::TypeCountKey(*owner_.type)) += there_.count();
}

// Absent: what stands there is no node's number.
void RelationshipComparison::LoadNodes(std::uint16_t property, Nodes& nodes) {
  nodes.assign(storage::kBlockSlots, std::nullopt);
  run_.blocks.ForEachValue(owner_, property, *block_, [&nodes](std::uint32_t slot, const Value& value) {
    if (value.kind() != Value::Kind::kInteger || value.integer() < 0 || value.integer() > UINT32_MAX) return;
    nodes[slot] = static_cast<std::uint32_t>(value.integer());
  });
}

void RelationshipComparison::CheckEnds(std::uint32_t slot, bool without_end) {
  const std::uint64_t number = storage::NumberAt(*block_, slot);
  if (without_end) return run_.Problem(NameOf(number) + " has a start and no end" + std::string(kRestore));
  const auto start = starts_[slot];
  const auto end = ends_[slot];
  if (!start || !end) {
    return run_.Problem(NameOf(number) + ": its " + (start ? "end" : "start") + " is no node" + std::string(kRestore));
  }
  for (const std::uint32_t node : {*start, *end}) {
    if (run_.HasNode(node)) continue;
    run_.Problem(NameOf(number) + " goes " + Ends(*start, *end) + ", and there is no node " + std::to_string(node) +
                 std::string(kRestore));
  }
  if (*start == *end) ++run_.Count(storage::LoopCountKey(*owner_.type));
}

void RelationshipComparison::Visit(const Listed& listed) {
  Load(storage::BlockOf(listed.number));
  if (skipped_) return;
  const std::string_view direction = kDirections[listed.direction];
  const std::uint32_t slot = storage::SlotOf(listed.number);
  if (!there_[slot]) {
    run_.Problem(NameOf(listed.number) + " is among the " + std::string(direction) + " ones of node " +
                 std::to_string(listed.direction == 0 ? listed.start : listed.end) +
                 ", and there is no such relationship" + std::string(kMakeAnew));
    return;
  }
  if (seen_[listed.direction][slot]) {
    run_.Problem(NameOf(listed.number) + " is listed more than once as " + std::string(direction) +
                 std::string(kMakeAnew));
    return;
  }
  seen_[listed.direction].set(slot);
  const auto start = starts_[slot];
  const auto end = ends_[slot];
  if (!start || !end) return;
  if (*start != listed.start || *end != listed.end) {
    run_.Problem(NameOf(listed.number) + " goes " + Ends(*start, *end) + ", and is listed as " +
                 std::string(direction) + " " + Ends(listed.start, listed.end) + std::string(kMakeAnew));
    return;
  }
  if (validities_[slot] == listed.validity) return;
  const auto text = [](const std::optional<Interval>& validity) {
    return validity ? ToText(Value(*validity)) : "always";
  };
  const std::string own = text(validities_[slot]);
  const std::string other = text(listed.validity);
  run_.Problem(NameOf(listed.number) + " holds " + own + ", and is listed as " + std::string(direction) + " with " +
               other + std::string(kMakeAnew));
}

void RelationshipComparison::EndBlock() {
  if (!block_ || skipped_) return;
  for (std::size_t direction = 0; direction < 2; ++direction) {
    const SlotSet missing = there_ & ~seen_[direction];
    if (lists_damaged_[direction] || missing.none()) continue;
    for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
      if (!missing[slot]) continue;
      const std::uint64_t number = storage::NumberAt(*block_, slot);
      const auto& node = (direction == 0 ? starts_ : ends_)[slot];
      if (!node) continue;
      run_.Problem(NameOf(number) + " is missing from the " + std::string(kDirections[direction]) + " ones of node " +
                   std::to_string(*node) + std::string(kMakeAnew));
    }
  }
}

void RelationshipComparison::End() {
  const auto& blocks = run_.relationship_blocks[*owner_.type];
  auto next = block_ ? blocks.upper_bound(*block_) : blocks.begin();
  EndBlock();
  for (; next != blocks.end(); ++next) {
    BeginBlock(*next);
    EndBlock();
  }
}

}  // namespace plenum::graph
