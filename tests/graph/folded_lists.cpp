// See folded_lists.h. Operands are words of 32 bits in the machine's order: the bytes live as long as the test.
#include "tests/graph/folded_lists.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>

namespace plenum::graph {
namespace {

enum Kind : std::uint32_t { kAdd = 1, kRemove = 2, kCut = 3, kStubs = 4 };  // the first word; local is the second

void AppendWord(std::string& bytes, std::uint32_t word) {
  bytes.append(reinterpret_cast<const char*>(&word), sizeof(word));
}

std::string Words(std::initializer_list<std::uint32_t> words) {
  std::string bytes;
  for (const std::uint32_t word : words) AppendWord(bytes, word);
  return bytes;
}

class WordReader {
 public:
  explicit WordReader(std::string_view bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  bool Read(std::uint32_t& word) {
    if (bytes_.size() < sizeof(word)) return false;
    std::memcpy(&word, bytes_.data(), sizeof(word));
    bytes_.remove_prefix(sizeof(word));
    return true;
  }

 private:
  std::string_view bytes_;
};

bool ApplyStubs(WordReader& words, std::uint32_t local, FoldedLists& lists) {
  std::uint32_t count = 0;
  if (!words.Read(count)) return false;
  lists.lists.erase(local);
  std::vector<ChunkStub>& stubs = lists.stubs[local];
  stubs.clear();
  for (; count > 0; --count) {
    ChunkStub stub;
    if (!words.Read(stub.first) || !words.Read(stub.chunk)) return false;
    stubs.push_back(stub);
  }
  return true;
}

bool ApplyOne(WordReader& words, FoldedLists& lists) {
  std::uint32_t kind = 0;
  std::uint32_t local = 0;
  if (!words.Read(kind) || !words.Read(local)) return false;
  if (kind == kStubs) return ApplyStubs(words, local, lists);
  ListEntry entry;
  if (!words.Read(entry.target) || !words.Read(entry.number)) return false;
  EntryList& list = lists.lists[local];
  const auto place = std::lower_bound(list.begin(), list.end(), entry);
  const bool there = place != list.end() && *place == entry;
  if (kind == kAdd && !there) list.insert(place, entry);
  if (kind == kRemove && there) list.erase(place);
  if (kind == kCut) list.erase(place, list.end());
  return kind <= kCut;
}

bool Apply(std::string_view bytes, FoldedLists& lists) {
  for (WordReader words(bytes); !words.empty();) {
    if (!ApplyOne(words, lists)) return false;
  }
  return true;
}

}  // namespace

std::size_t FoldedLists::bytes() const {
  constexpr std::size_t kNodeBytes = 80;  // of a map, with the vector in it
  std::size_t bytes = sizeof(FoldedLists);
  for (const auto& list : lists) bytes += kNodeBytes + list.second.capacity() * sizeof(ListEntry);
  for (const auto& list : stubs) bytes += kNodeBytes + list.second.capacity() * sizeof(ChunkStub);
  return bytes;
}

std::string AddOperand(std::uint32_t local, ListEntry entry) {
  return Words({kAdd, local, entry.target, entry.number});
}
std::string RemoveOperand(std::uint32_t local, ListEntry entry) {
  return Words({kRemove, local, entry.target, entry.number});
}
std::string CutOperand(std::uint32_t local, std::uint32_t first_gone) { return Words({kCut, local, first_gone, 0}); }

std::string StubsOperand(std::uint32_t local, std::span<const ChunkStub> stubs) {
  std::string bytes = Words({kStubs, local, static_cast<std::uint32_t>(stubs.size())});
  for (const ChunkStub& stub : stubs) bytes += Words({stub.first, stub.chunk});
  return bytes;
}

std::string EncodeList(std::uint32_t local, std::span<const ListEntry> list) {
  std::string bytes;
  for (const ListEntry& entry : list) bytes += AddOperand(local, entry);
  return bytes;
}

std::optional<FoldedLists> DecodeLists(std::string_view bytes) {
  FoldedLists lists;
  if (!Apply(bytes, lists)) return std::nullopt;
  return lists;
}

std::optional<std::string> FoldLists(std::string_view, std::optional<std::string_view> base,
                                     std::span<const std::string_view> operands) {
  FoldedLists lists;
  if (base && !Apply(*base, lists)) return std::nullopt;
  for (const std::string_view operand : operands) {
    if (!Apply(operand, lists)) return std::nullopt;
  }
  std::string bytes;
  for (const auto& [local, list] : lists.lists) bytes += EncodeList(local, list);
  for (const auto& [local, stubs] : lists.stubs) bytes += StubsOperand(local, stubs);
  return bytes;
}

std::string SegmentKey(std::uint32_t segment) { return "S" + Words({segment}); }
std::string ChunkKey(std::uint32_t chunk) { return "C" + Words({chunk}); }

}  // namespace plenum::graph
