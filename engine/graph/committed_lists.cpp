// Lists of relationships as they were committed: where a list is, and what it holds. See committed_reads.h.
#include <algorithm>

#include "engine/graph/committed_reads.h"

namespace plenum::graph {

Result<CommittedReads::ListPlace> CommittedReads::PlaceOf(TypeId type, Direction direction, NodeId node,
                                                          storage::Lanes lanes) {
  const auto found = view_->catalog->segment_bits.find({type, direction});
  if (found == view_->catalog->segment_bits.end()) return ListPlace{};
  const std::uint32_t local = node.value & ((std::uint32_t{1} << found->second) - 1);
  const auto block = Segment(type, direction, found->second, node.value >> found->second, lanes);
  if (!block) return block.error();
  ListPlace place{(*block)->content.get(), local, (*block)->changes.Find(local, view_->commit), nullptr};
  if (place.change != nullptr && !place.change->chunks.empty()) {
    place.chunks = &place.change->chunks;
  } else if (const storage::HubStub* hub = place.segment != nullptr ? place.segment->Hub(local) : nullptr) {
    place.chunks = &hub->chunks;
  }
  return place;
}

Result<CommittedReads::ListPlace> CommittedReads::PlaceInChunk(TypeId type, Direction direction, NodeId node,
                                                               std::uint16_t chunk, storage::Lanes lanes) {
  const auto block = Chunk(type, direction, node, chunk, lanes);
  if (!block) return block.error();
  return ListPlace{(*block)->content.get(), 0, (*block)->changes.Find(0, view_->commit), nullptr};
}

std::size_t CommittedReads::SizeOf(const ListPlace& place) {
  std::size_t size = place.segment != nullptr ? place.segment->List(place.local).size : 0;
  if (place.change != nullptr) size += place.change->added.size() - place.change->removed.size();
  return size;
}

Result<std::uint64_t> CommittedReads::CountBetween(TypeId type, NodeId start, NodeId end) {
  std::vector<Neighbour> some;
  Status status = AppendNeighbours(type, Direction::kOutgoing, start, some, end);
  if (!status.ok()) return std::move(status).error();
  return some.size();
}

void CommittedReads::AppendPart(TypeId type, const ListPlace& place, std::vector<Neighbour>& out,
                                std::optional<NodeId> only) {
  if (place.segment != nullptr) {
    const storage::ListView list = place.segment->List(place.local);
    const std::uint32_t* first = only ? std::lower_bound(list.begin(), list.end(), only->value) : list.begin();
    const std::uint32_t* end = only ? std::upper_bound(first, list.end(), only->value) : list.end();
    const bool some_removed = place.change != nullptr && !place.change->removed.empty();
    for (const std::uint32_t* target = first; target != end; ++target) {
      const auto position = list.first + static_cast<std::uint32_t>(target - list.begin());
      const RelationshipId relationship = RelationshipOf(type, place.segment->NumberAt(position));
      if (some_removed && std::ranges::binary_search(place.change->removed, relationship)) continue;
      out.push_back({relationship, NodeId{*target}});
    }
  }
  if (place.change == nullptr) return;
  for (const Neighbour& added : place.change->added) {
    if (!only || added.node == *only) out.push_back(added);
  }
}

Status CommittedReads::AppendNeighbours(TypeId type, Direction direction, NodeId node, std::vector<Neighbour>& out,
                                        std::optional<NodeId> only) {
  constexpr storage::Lanes kWithNumbers{.numbers = true};
  const auto place = PlaceOf(type, direction, node, kWithNumbers);
  if (!place) return place.error();
  if (place->chunks == nullptr) {
    AppendPart(type, *place, out, only);
    return {};
  }
  for (std::size_t i = 0; i < place->chunks->size(); ++i) {
    const auto& chunk = (*place->chunks)[i];
    // Parallel relationships may lie in several chunks.
    const bool ends_before =
        only && i + 1 < place->chunks->size() && (*place->chunks)[i + 1].first_target < only->value;
    if (ends_before || (only && i > 0 && chunk.first_target > only->value)) continue;
    const auto part = PlaceInChunk(type, direction, node, chunk.chunk, kWithNumbers);
    if (!part) return part.error();
    AppendPart(type, *part, out, only);
  }
  return {};
}

}  // namespace plenum::graph
