// See run_sorter.h.
#include "engine/storage/run_sorter.h"

#include <algorithm>
#include <iterator>

#include "engine/storage/byte_code.h"

namespace plenum::storage {

void RunSorter::Add(std::string_view key, std::string_view value) {
  constexpr std::size_t kHeadBytes = 8;
  const std::string_view head = key.substr(0, kHeadBytes);
  entries_.push_back({ReadBigEndian(head) << 8 * (kHeadBytes - head.size()), text_.size(),
                      static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(value.size())});
  text_ += key;
  text_ += value;
}

// Of equal keys the one added first comes first, as its text lies before the other's.
bool RunSorter::Before(const Entry& a, const Entry& b) const {
  if (a.head != b.head) return a.head < b.head;
  const int order = KeyOf(a).compare(KeyOf(b));
  return order != 0 ? order < 0 : a.offset < b.offset;
}

void RunSorter::Sort() {
  const auto before = [this](const Entry& a, const Entry& b) { return Before(a, b); };
  if (!std::is_sorted(entries_.begin(), entries_.end(), before)) std::sort(entries_.begin(), entries_.end(), before);
  const auto same_key = [this](const Entry& a, const Entry& b) { return a.head == b.head && KeyOf(a) == KeyOf(b); };
  const auto kept = std::unique(entries_.rbegin(), entries_.rend(), same_key);
  entries_.erase(entries_.begin(), kept.base());
}

void RunSorter::Clear() {
  text_.clear();
  entries_.clear();
}

}  // namespace plenum::storage
