// Ids of import files to nodes.
#include "engine/interchange/external_id.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace plenum {
namespace {

constexpr std::size_t kFirstSlots = 64;
constexpr std::uint64_t kPageBytesMin = std::uint64_t{256} << 10;  // fewer are no waste
constexpr std::uint64_t kPageBytesPerIdMax = 24;                   // what an id takes in a slot
constexpr std::size_t kTextBlockBytes = std::size_t{64} << 10;
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

bool ExternalIdIndex::Insert(const ExternalId& id, NodeId node) {
  const auto* const integer = std::get_if<std::int64_t>(&id);
  if (integer == nullptr || !in_pages_) return InsertInSlot(id, node);
  if (!Reach(*integer >> kPageBits)) {
    LeavePages();
    return InsertInSlot(id, node);
  }
  if (!InsertInPage(*integer, node)) return false;
  ++size_;
  if (PageBytes() > kPageBytesMin && PageBytes() > size_ * kPageBytesPerIdMax) LeavePages();
  return true;
}

bool ExternalIdIndex::Reach(std::int64_t page) {
  if (directory_.empty()) first_page_ = page;
  const auto half = static_cast<std::int64_t>(directory_.size() / 2);
  const std::int64_t first = page < first_page_ ? std::min(first_page_ - half, page) : first_page_;
  const std::int64_t last = std::max(first_page_ + static_cast<std::int64_t>(directory_.size()) - 1, page);
  const auto pages = static_cast<std::uint64_t>(last - first) + 1;  // ids have 64 bits, numbers of pages 54
  if (pages == directory_.size()) return true;
  if (pages * sizeof(Page) > std::max(kPageBytesMin, size_ * kPageBytesPerIdMax)) return false;
  if (first < first_page_) {
    std::vector<Page> longer(pages);
    std::ranges::move(directory_, longer.end() - static_cast<std::ptrdiff_t>(directory_.size()));
    directory_ = std::move(longer);
    first_page_ = first;
  } else {
    directory_.resize(pages);
  }
  return true;
}

bool ExternalIdIndex::InsertInPage(std::int64_t id, NodeId node) {
  Page& page = directory_[static_cast<std::size_t>((id >> kPageBits) - first_page_)];
  if (!page) {
    page = std::make_unique_for_overwrite<std::uint32_t[]>(std::size_t{1} << kPageBits);
    std::fill_n(page.get(), std::size_t{1} << kPageBits, kNoNode);
    ++page_count_;
  }
  std::uint32_t& place = page[static_cast<std::uint64_t>(id) & ((1U << kPageBits) - 1)];
  if (place != kNoNode) return false;
  place = node.value;
  return true;
}

// The ids lie too far apart.
void ExternalIdIndex::LeavePages() {
  in_pages_ = false;
  size_ = 0;
  page_count_ = 0;
  std::int64_t number = first_page_;
  for (const Page& page : std::exchange(directory_, {})) {
    for (std::size_t i = 0; page && i < std::size_t{1} << kPageBits; ++i) {
      const auto id = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << kPageBits | i);
      if (page[i] != kNoNode) InsertInSlot(id, NodeId{page[i]});
    }
    ++number;
  }
}

bool ExternalIdIndex::InsertInSlot(const ExternalId& id, NodeId node) {
  if ((size_ + 1) * 4 > slots_.size() * 3) Grow();
  const std::uint32_t hash = HashOf(id);
  Slot& slot = slots_[SlotOf(id, hash)];
  if (slot.hash != 0) return false;
  slot = {.key = Store(id), .hash = hash, .node = node};
  ++size_;
  return true;
}

std::optional<NodeId> ExternalIdIndex::Find(const ExternalId& id) const {
  const auto* const integer = std::get_if<std::int64_t>(&id);
  if (integer != nullptr && in_pages_) {
    const auto number = static_cast<std::uint64_t>(*integer >> kPageBits) - static_cast<std::uint64_t>(first_page_);
    if (number >= directory_.size() || !directory_[number]) return std::nullopt;
    const std::uint32_t node = directory_[number][static_cast<std::uint64_t>(*integer) & ((1U << kPageBits) - 1)];
    return node == kNoNode ? std::nullopt : std::optional(NodeId{node});
  }
  if (slots_.empty()) return std::nullopt;
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
  const std::string_view block = texts_[slot.key >> 32];
  const std::size_t offset = slot.key & UINT32_MAX;
  Length length = 0;
  std::memcpy(&length, block.data() + offset, sizeof length);
  return block.substr(offset + sizeof length, length) == std::get<std::string_view>(id);
}

std::uint64_t ExternalIdIndex::Store(const ExternalId& id) {
  if (const auto* integer = std::get_if<std::int64_t>(&id)) return static_cast<std::uint64_t>(*integer);
  const std::string_view text = std::get<std::string_view>(id);
  const auto length = static_cast<Length>(text.size());  // a record is smaller than 4 GB
  if (texts_.empty() || texts_.back().capacity() - texts_.back().size() < sizeof length + text.size()) {
    texts_.emplace_back().reserve(std::max(kTextBlockBytes, sizeof length + text.size()));
    text_bytes_ += texts_.back().capacity();
  }
  std::string& block = texts_.back();
  const std::uint64_t place = (texts_.size() - 1) << 32 | block.size();
  block.append(reinterpret_cast<const char*>(&length), sizeof length);
  block.append(text);
  return place;
}

void ExternalIdIndex::Grow() {
  std::vector<Slot> old(slots_.empty() ? kFirstSlots : slots_.size() * 2);
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
