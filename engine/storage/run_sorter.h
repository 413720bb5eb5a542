// Gathers keys and values in memory and gives them back in key order: a run, to be written as one sorted file.
//
// Text lies in blocks that stay where they are, so that memory does not double when it grows; what is sorted are small
// entries with the key's first eight bytes in them, so that most comparisons touch nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/storage/page_allocator.h"

namespace plenum::storage {

class RunSorter {
 public:
  void Add(std::string_view key, std::string_view value);
  bool empty() const { return entries_.empty(); }
  // Of memory, with what adding one more entry takes while the list of them grows.
  std::uint64_t bytes() const {
    const std::uint64_t times = entries_.size() == entries_.capacity() ? 3 : 1;
    return text_bytes_ + times * entries_.capacity() * sizeof(Entry);
  }

  // Orders by key; of equal keys only the last one added stays.
  void Sort();
  void Clear();  // gives the memory back

  // In the order of Sort. `visit(key, value)` answers whether to go on.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (const Entry& entry : entries_) {
      if (!visit(KeyOf(entry), ValueOf(entry))) return;
    }
  }

 private:
  struct Entry {
    std::uint64_t head;   // the key's first eight bytes, most significant first, zeros past its end
    std::uint64_t place;  // of the key: its block << 32 | where it is in it; the value follows it
    std::uint32_t key_bytes;
    std::uint32_t value_bytes;
  };
  const char* TextOf(const Entry& entry) const {
    return blocks_[entry.place >> 32].data() + (entry.place & UINT32_MAX);
  }
  std::string_view KeyOf(const Entry& entry) const { return {TextOf(entry), entry.key_bytes}; }
  std::string_view ValueOf(const Entry& entry) const { return {TextOf(entry) + entry.key_bytes, entry.value_bytes}; }
  bool Before(const Entry& a, const Entry& b) const;

  std::vector<PageVector<char>> blocks_;
  std::uint64_t text_bytes_ = 0;  // of all blocks
  PageVector<Entry> entries_;
};

}  // namespace plenum::storage
