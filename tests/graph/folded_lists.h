// A small adjacency in the store, for tests of what reads it: lists of relationships by local node, long ones in
// chunks, written by operands that a fold applies. The bytes of a value are the operands that make it from nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::graph {

struct ListEntry {
  std::uint32_t target = 0;
  std::uint32_t number = 0;
  friend auto operator<=>(const ListEntry&, const ListEntry&) = default;
};
using EntryList = std::vector<ListEntry>;  // ascending

// Where a part of a long list is: the entries whose targets are at least `first`, and less than the next one's.
struct ChunkStub {
  std::uint32_t first = 0;
  std::uint32_t chunk = 0;
};

// What a segment's or a chunk's value says. A local node has a list or stubs; a chunk is the list of local node 0.
struct FoldedLists {
  std::map<std::uint32_t, EntryList> lists;
  std::map<std::uint32_t, std::vector<ChunkStub>> stubs;
  std::size_t bytes() const;
};

std::string AddOperand(std::uint32_t local, ListEntry entry);
std::string RemoveOperand(std::uint32_t local, ListEntry entry);
std::string CutOperand(std::uint32_t local, std::uint32_t first_gone);  // erases the entries from this target on
std::string StubsOperand(std::uint32_t local, std::span<const ChunkStub> stubs);  // the list is in chunks

std::string EncodeList(std::uint32_t local, std::span<const ListEntry> list);
std::optional<FoldedLists> DecodeLists(std::string_view bytes);
// The fold of the store (engine/storage/fold.h).
std::optional<std::string> FoldLists(std::string_view key, std::optional<std::string_view> base,
                                     std::span<const std::string_view> operands);

std::string SegmentKey(std::uint32_t segment);
std::string ChunkKey(std::uint32_t chunk);

}  // namespace plenum::graph
