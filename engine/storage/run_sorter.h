// Gathers keys and values in memory and gives them back in key order: a run, to be written as one sorted file.
//
// Text lies end to end in one buffer; what is sorted are small entries with the key's first eight bytes in them, so
// that most comparisons touch nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::storage {

class RunSorter {
 public:
  void Add(std::string_view key, std::string_view value);
  bool empty() const { return entries_.empty(); }
  std::uint64_t bytes() const { return text_.size() + entries_.size() * sizeof(Entry); }

  // Orders by key; of equal keys only the last one added stays.
  void Sort();
  void Clear();

  // In the order of Sort. `visit(key, value)` answers whether to go on.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (const Entry& entry : entries_) {
      if (!visit(KeyOf(entry), ValueOf(entry))) return;
    }
  }

 private:
  struct Entry {
    std::uint64_t head;    // the key's first eight bytes, most significant first, zeros past its end
    std::uint64_t offset;  // of the key in text_; the value follows it
    std::uint32_t key_bytes;
    std::uint32_t value_bytes;
  };
  std::string_view KeyOf(const Entry& entry) const { return {text_.data() + entry.offset, entry.key_bytes}; }
  std::string_view ValueOf(const Entry& entry) const {
    return {text_.data() + entry.offset + entry.key_bytes, entry.value_bytes};
  }
  bool Before(const Entry& a, const Entry& b) const;

  std::string text_;
  std::vector<Entry> entries_;
};

}  // namespace plenum::storage
