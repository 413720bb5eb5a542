// Ids of import files to nodes.
#include "engine/interchange/external_id.h"

#include <cstring>

namespace plenum {
namespace {

constexpr std::size_t kFirstSlots = 64;
using Length = std::uint32_t;

// Never 0, which marks a free slot.
std::uint32_t HashOf(const ExternalId& id) {
  constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;  // spreads consecutive integers (Knuth, TAOCP 6.4)
  const auto* const integer = std::get_if<std::int64_t>(&id);
  const std::uint64_t hash = integer != nullptr ? static_cast<std::uint64_t>(*integer) * kGoldenRatio
                                                : std::hash<std::string_view>{}(std::get<std::string_view>(id));
  const auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 32));
  return folded == 0 ? 1 : folded;
}

}  // namespace

std::string ToText(const ExternalId& id) {
  if (const auto* integer = std::get_if<std::int64_t>(&id)) return std::to_string(*integer);
  return ToText(Value(std::get<std::string_view>(id)));
}

ExternalIdIndex::ExternalIdIndex() : slots_(kFirstSlots) {}

bool ExternalIdIndex::Insert(const ExternalId& id, NodeId node) {
  if ((size_ + 1) * 4 > slots_.size() * 3) Grow();
  const std::uint32_t hash = HashOf(id);
  Slot& slot = slots_[SlotOf(id, hash)];
  if (slot.hash != 0) return false;
  slot = {.key = Store(id), .hash = hash, .node = node};
  ++size_;
  return true;
}

std::optional<NodeId> ExternalIdIndex::Find(const ExternalId& id) const {
  const Slot& slot = slots_[SlotOf(id, HashOf(id))];
  if (slot.hash == 0) return std::nullopt;
  return slot.node;
}

std::size_t ExternalIdIndex::SlotOf(const ExternalId& id, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].hash != 0 && !(slots_[at].hash == hash && Matches(slots_[at], id))) at = (at + 1) & mask;
  return at;
}

bool ExternalIdIndex::Matches(const Slot& slot, const ExternalId& id) const {
  if (const auto* integer = std::get_if<std::int64_t>(&id)) return slot.key == static_cast<std::uint64_t>(*integer);
  Length length = 0;
  std::memcpy(&length, texts_.data() + slot.key, sizeof length);
  return std::string_view(texts_).substr(slot.key + sizeof length, length) == std::get<std::string_view>(id);
}

std::uint64_t ExternalIdIndex::Store(const ExternalId& id) {
  if (const auto* integer = std::get_if<std::int64_t>(&id)) return static_cast<std::uint64_t>(*integer);
  const std::string_view text = std::get<std::string_view>(id);
  const std::uint64_t offset = texts_.size();
  const auto length = static_cast<Length>(text.size());  // a record is smaller than 4 GB
  texts_.append(reinterpret_cast<const char*>(&length), sizeof length);
  texts_.append(text);
  return offset;
}

void ExternalIdIndex::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.hash == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].hash != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace plenum
