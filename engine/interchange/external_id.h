// The ids that import files give their nodes, and which node of the graph each one is.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plenum/value.h"

namespace plenum {

// All ids of an import are of one kind. Text is borrowed.
using ExternalId = std::variant<std::int64_t, std::string_view>;

// As messages show it: 7 or 'ann'.
std::string ToText(const ExternalId& id);

// The nodes of one id space by their ids. Integers that lie close together, as they mostly do, are an array in pages of
// 1024, four bytes each, with a directory of the pages from the least to the greatest. Others, and texts, are a hash
// table with linear probing, 16 bytes a slot, the texts in blocks beside it. Reading is safe from several threads while
// nobody inserts.
class ExternalIdIndex {
 public:
  // False, and nothing changes, when the id is there already.
  bool Insert(const ExternalId& id, NodeId node);
  std::optional<NodeId> Find(const ExternalId& id) const;

  std::uint64_t size() const { return size_; }
  std::uint64_t bytes() const { return PageBytes() + slots_.size() * sizeof(Slot) + text_bytes_; }

 private:
  static constexpr unsigned kPageBits = 10;
  static constexpr std::uint32_t kNoNode = UINT32_MAX;
  static constexpr std::uint64_t kPageBytes = 16 + (sizeof(std::uint32_t) << kPageBits);
  using Page = std::unique_ptr<std::uint32_t[]>;  // null: none of its ids is there

  struct Slot {
    std::uint64_t key = 0;   // the integer, or the block of the text << 32 | where it is in it
    std::uint32_t hash = 0;  // 0: a free slot
    NodeId node;
  };

  std::uint64_t PageBytes() const { return page_count_ * kPageBytes + directory_.capacity() * sizeof(Page); }
  // Whether the directory reaches to the page, or can be made to without waste.
  bool Reach(std::int64_t page);
  bool InsertInPage(std::int64_t id, NodeId node);
  bool InsertInSlot(const ExternalId& id, NodeId node);
  void LeavePages();
  // The slot of the id, or the free one where it belongs.
  std::size_t SlotOf(const ExternalId& id, std::uint32_t hash) const;
  bool Matches(const Slot& slot, const ExternalId& id) const;
  std::uint64_t Store(const ExternalId& id);
  void Grow();

  bool in_pages_ = true;  // integers, so far
  std::int64_t first_page_ = 0;
  std::vector<Page> directory_;  // by (id >> kPageBits) - first_page_
  std::uint64_t page_count_ = 0;
  std::vector<Slot> slots_;  // a power of two, at most three quarters full; or none
  std::uint64_t size_ = 0;
  std::vector<std::string> texts_;  // blocks of them, each text with its length in four bytes before it
  std::uint64_t text_bytes_ = 0;
};

}  // namespace plenum
