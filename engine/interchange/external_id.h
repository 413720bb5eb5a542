// The ids that import files give their nodes, and which node of the graph each one is.
#pragma once

#include <cstdint>
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

// The nodes of one id space by their ids: a hash table with linear probing, 16 bytes a slot, the texts end to end in
// one buffer beside it.
class ExternalIdIndex {
 public:
  ExternalIdIndex();

  // False, and nothing changes, when the id is there already.
  bool Insert(const ExternalId& id, NodeId node);
  std::optional<NodeId> Find(const ExternalId& id) const;

  std::uint64_t size() const { return size_; }
  std::uint64_t bytes() const { return slots_.capacity() * sizeof(Slot) + texts_.capacity(); }

 private:
  struct Slot {
    std::uint64_t key = 0;   // the integer, or where the text is in texts_
    std::uint32_t hash = 0;  // 0: a free slot
    NodeId node;
  };
  // The slot of the id, or the free one where it belongs.
  std::size_t SlotOf(const ExternalId& id, std::uint32_t hash) const;
  bool Matches(const Slot& slot, const ExternalId& id) const;
  std::uint64_t Store(const ExternalId& id);
  void Grow();

  std::vector<Slot> slots_;  // a power of two, at most three quarters full
  std::uint64_t size_ = 0;
  std::string texts_;  // each with its length in four bytes before it
};

}  // namespace plenum
