// See own_writes.h.
#include "engine/graph/own_writes.h"

#include <algorithm>

#include "engine/graph/value_bytes.h"

namespace plenum::graph {
namespace {

constexpr std::size_t kEntryBytes = 64;  // a map's node and its share of the table, about

// After splitmix64's finaliser (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
std::uint64_t Mixed(std::uint64_t bits) {
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBULL;
  return bits ^ bits >> 31;
}

}  // namespace

std::size_t ElementHash::operator()(const Element& element) const {
  if (const auto* node = std::get_if<NodeId>(&element)) return Mixed(node->value);
  return Mixed(std::get<RelationshipId>(element).value | std::uint64_t{1} << 63);
}

std::size_t ListNameHash::operator()(const ListName& name) const {
  return Mixed(std::uint64_t{name.type.value} << 33 | static_cast<std::uint64_t>(name.direction) << 32 |
               name.node.value);
}

const OwnWrites::Values* OwnWrites::FindValues(const Element& element) const {
  const auto found = values_.find(element);
  return found == values_.end() ? nullptr : &found->second;
}

const Value* OwnWrites::FindValue(const Element& element, std::uint16_t property) const {
  const Values* values = FindValues(element);
  if (values == nullptr) return nullptr;
  for (const auto& [each, value] : *values) {
    if (each == property) return &value;
  }
  return nullptr;
}

void OwnWrites::SetValue(const Element& element, std::uint16_t property, Value value) {
  bytes_ += BytesOf(value);
  Values& values = values_[element];
  const auto place =
      std::find_if(values.begin(), values.end(), [property](const auto& each) { return each.first == property; });
  if (place == values.end()) {
    bytes_ += kEntryBytes;
    values.emplace_back(property, std::move(value));
    Note(ValueUndo{element, property, std::nullopt});
    return;
  }
  std::swap(place->second, value);
  bytes_ -= BytesOf(value);
  Note(ValueUndo{element, property, std::move(value)});
}

const OwnWrites::Changes* OwnWrites::FindLabelChanges(std::uint16_t label) const {
  const auto found = labels_.find(label);
  return found == labels_.end() ? nullptr : &found->second;
}

std::optional<bool> OwnWrites::FindLabel(std::uint16_t label, NodeId node) const {
  const Changes* changes = FindLabelChanges(label);
  if (changes == nullptr) return std::nullopt;
  const auto found = changes->find(node.value);
  if (found == changes->end()) return std::nullopt;
  return found->second;
}

void OwnWrites::SetLabel(std::uint16_t label, NodeId node, bool has) { SetChange(true, label, node.value, has); }

const OwnWrites::Changes* OwnWrites::FindRelationshipChanges(TypeId type) const {
  const auto found = relationships_.find(type.value);
  return found == relationships_.end() ? nullptr : &found->second;
}

void OwnWrites::SetRelationship(RelationshipId relationship, bool there) {
  SetChange(false, TypeOf(relationship).value, relationship.value, there);
}

void OwnWrites::SetChange(bool is_label, std::uint16_t space, std::uint64_t id, bool there) {
  Changes& changes = (is_label ? labels_ : relationships_)[space];
  const auto [place, added] = changes.try_emplace(id, there);
  if (added) bytes_ += kEntryBytes;
  Note(ChangeUndo{is_label, space, id, added ? std::nullopt : std::optional(place->second)});
  place->second = there;
}

const OwnList* OwnWrites::FindList(const ListName& name) const {
  const auto found = lists_.find(name);
  return found == lists_.end() ? nullptr : &found->second;
}

void OwnWrites::Add(const ListName& name, const Neighbour& neighbour) {
  bytes_ += kEntryBytes;
  lists_[name].added.insert(neighbour);
  Note(ListUndo{name, neighbour, ListUndo::Kind::kAdded});
}

void OwnWrites::Remove(const ListName& name, const Neighbour& neighbour) {
  OwnList& list = lists_[name];
  if (list.added.erase(neighbour) != 0) {
    bytes_ -= kEntryBytes;
    Note(ListUndo{name, neighbour, ListUndo::Kind::kAddedTakenBack});
    return;
  }
  bytes_ += kEntryBytes;
  list.removed.insert(neighbour);
  Note(ListUndo{name, neighbour, ListUndo::Kind::kRemoved});
}

std::size_t OwnWrites::BytesOfUndo(const Undo& undo) {
  const auto* value = std::get_if<ValueUndo>(&undo);
  return sizeof(Undo) + (value != nullptr && value->previous ? BytesOf(*value->previous) : 0);
}

void OwnWrites::Note(Undo undo) {
  if (savepoints_.empty()) return;
  undo_bytes_ += BytesOfUndo(undo);
  undo_.push_back(std::move(undo));
}

void OwnWrites::Take(ValueUndo& undo) {
  const auto element = values_.find(undo.element);
  Values& values = element->second;
  const auto place =
      std::find_if(values.begin(), values.end(), [&](const auto& each) { return each.first == undo.property; });
  bytes_ -= BytesOf(place->second);
  if (undo.previous) {
    bytes_ += BytesOf(*undo.previous);
    place->second = *std::move(undo.previous);
    return;
  }
  bytes_ -= kEntryBytes;
  values.erase(place);
  if (values.empty()) values_.erase(element);
}

void OwnWrites::Take(ChangeUndo& undo) {
  std::map<std::uint16_t, Changes>& spaces = undo.is_label ? labels_ : relationships_;
  const auto space = spaces.find(undo.space);
  if (undo.previous) {
    space->second[undo.id] = *undo.previous;
    return;
  }
  bytes_ -= kEntryBytes;
  space->second.erase(undo.id);
  if (space->second.empty()) spaces.erase(space);
}

void OwnWrites::Take(ListUndo& undo) {
  // The list may have gone: a later change that was undone before this one may have been all that was left in it.
  OwnList& list = lists_[undo.name];
  if (undo.kind == ListUndo::Kind::kAddedTakenBack) {
    bytes_ += kEntryBytes;
    list.added.insert(undo.neighbour);
    return;
  }
  bytes_ -= kEntryBytes;
  (undo.kind == ListUndo::Kind::kAdded ? list.added : list.removed).erase(undo.neighbour);
  if (list.added.empty() && list.removed.empty()) lists_.erase(undo.name);
}

void OwnWrites::RollbackToSavepoint() {
  const std::size_t size = savepoints_.back();
  savepoints_.pop_back();
  while (undo_.size() > size) {
    undo_bytes_ -= BytesOfUndo(undo_.back());
    std::visit([this](auto& undo) { Take(undo); }, undo_.back());
    undo_.pop_back();
  }
}

void OwnWrites::ReleaseSavepoint() {
  savepoints_.pop_back();
  if (!savepoints_.empty()) return;
  undo_.clear();
  undo_bytes_ = 0;
}

void OwnWrites::Clear() { *this = OwnWrites(); }

}  // namespace plenum::graph
