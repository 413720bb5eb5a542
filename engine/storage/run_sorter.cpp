// See run_sorter.h.
#include "engine/storage/run_sorter.h"

#include <algorithm>
#include <iterator>

#include "engine/storage/byte_code.h"

namespace plenum::storage {
namespace {

constexpr std::size_t kBlockBytesMin = std::size_t{1} << 10;
constexpr std::size_t kBlockBytesMax = std::size_t{1} << 20;

}  // namespace

void RunSorter::Add(std::string_view key, std::string_view value) {
  constexpr std::size_t kHeadBytes = 8;
  const std::size_t bytes = key.size() + value.size();
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < bytes) {
    // The first ones are small, for there may be many sorters of little.
    const std::size_t last = blocks_.empty() ? 0 : blocks_.back().capacity();
    const std::size_t block = std::max(bytes, std::clamp(2 * last, kBlockBytesMin, kBlockBytesMax));
    blocks_.emplace_back().reserve(block);
    text_bytes_ += block;
  }
  PageVector<char>& block = blocks_.back();
  const std::uint64_t place = (blocks_.size() - 1) << 32 | block.size();
  block.insert(block.end(), key.begin(), key.end());
  block.insert(block.end(), value.begin(), value.end());
  const std::string_view head = key.substr(0, kHeadBytes);
  const std::uint64_t number = head.empty() ? 0 : ReadBigEndian(head) << 8 * (kHeadBytes - head.size());
  entries_.push_back({number, place, static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(value.size())});
}

// Of equal keys the one added first comes first, as its text lies before the other's.
bool RunSorter::Before(const Entry& a, const Entry& b) const {
  if (a.head != b.head) return a.head < b.head;
  const int order = KeyOf(a).compare(KeyOf(b));
  return order != 0 ? order < 0 : a.place < b.place;
}

void RunSorter::Sort() {
  const auto before = [this](const Entry& a, const Entry& b) { return Before(a, b); };
  if (!std::is_sorted(entries_.begin(), entries_.end(), before)) std::sort(entries_.begin(), entries_.end(), before);
  const auto same_key = [this](const Entry& a, const Entry& b) { return a.head == b.head && KeyOf(a) == KeyOf(b); };
  const auto kept = std::unique(entries_.rbegin(), entries_.rend(), same_key);
  entries_.erase(entries_.begin(), kept.base());
}

void RunSorter::Clear() { *this = {}; }

}  // namespace plenum::storage
