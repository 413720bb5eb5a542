// See list_table.h.
#include "engine/graph/list_table.h"

#include <algorithm>
#include <tuple>
#include <type_traits>

namespace plenum::graph {
namespace {

using Verdict = TimeFilter::Verdict;

// A segment's targets are the numbers of nodes, and NodeId is nothing else.
static_assert(sizeof(NodeId) == sizeof(std::uint32_t) && alignof(NodeId) == alignof(std::uint32_t) &&
              std::is_standard_layout_v<NodeId> && std::is_trivially_copyable_v<NodeId>);
const NodeId* AsNodes(const std::uint32_t* targets) { return reinterpret_cast<const NodeId*>(targets); }

constexpr std::uint16_t kNoOffsets[2] = {0, 0};
constexpr NodeId kNoNode{};
constexpr std::uint64_t kNoCells[(std::size_t{1} << storage::kSegmentBitsMax) / SegmentArrays::kCellNodes + 1] = {};

RelationshipIds IdsOf(TypeId type, const storage::Segment& segment) {
  const std::uint64_t of_type = RelationshipOf(type, 0).value;
  const auto offsets = segment.number_offsets();
  const auto wide = segment.wide_numbers();
  return {wide != nullptr ? of_type : of_type | segment.first_number(), offsets, wide};
}

}  // namespace

ListTable::ListTable(CommittedReads& reads, TypeId type, Direction direction, Options options)
    : reads_(reads), type_(type), direction_(direction), options_(options) {
  const SegmentBitsMap& all = reads.view().catalog->segment_bits;
  const auto bits = all.find({type, direction});
  if (bits == all.end()) return;
  bits_ = bits->second;
  segments_.resize(CountSegments(reads.view(), type, direction));
  if (options_.relationships || options_.time) lanes_.resize(segments_.size());
}

std::uint64_t ListTable::CountSegments(const ReadView& view, TypeId type, Direction direction) {
  const auto bits = view.catalog->segment_bits.find({type, direction});
  if (bits == view.catalog->segment_bits.end()) return 0;
  const std::uint64_t nodes = view.extents << storage::kBlockBits;
  return (nodes + (std::uint64_t{1} << bits->second) - 1) >> bits->second;
}

void ListTable::Forget() {
  for (const std::uint32_t number : met_) segments_[number] = {};
  met_.clear();
  exceptions_.clear();
  holds_.clear();
  pieces_.clear();
}

Result<const ListTable::Pieces*> ListTable::Meet(NodeId node) {
  if (const auto known = pieces_.find(node.value); known != pieces_.end()) return &known->second;
  const std::uint32_t segment = node.value >> bits_;
  if (segments_[segment].offsets == nullptr) {
    if (Status status = MeetSegment(segment); !status.ok()) return std::move(status).error();
    const std::uint32_t local = node.value & ((std::uint32_t{1} << bits_) - 1);
    if (segments_[segment].Find(local).data() != nullptr) return static_cast<const Pieces*>(nullptr);
  }
  Result<Pieces> pieces = Gather(node);
  if (!pieces) return std::move(pieces).error();
  return &pieces_.emplace(node.value, *std::move(pieces)).first->second;
}

Result<bool> ListTable::IsAtHand(NodeId node) {
  const std::uint32_t segment = node.value >> bits_;
  if (segment >= segments_.size()) return true;
  if (segments_[segment].offsets == nullptr) {
    if (Status status = MeetSegment(segment); !status.ok()) return std::move(status).error();
  }
  const std::uint32_t local = node.value & ((std::uint32_t{1} << bits_) - 1);
  return segments_[segment].Find(local).data() != nullptr || pieces_.contains(node.value);
}

// What cannot be read is noted as empty, so that it is not tried again for each list. The arrays come last: with them a
// segment is met.
Status ListTable::MeetSegment(std::uint32_t number) {
  const auto block = reads_.Segment(type_, direction_, static_cast<std::uint8_t>(bits_), number, LanesAsked());
  const storage::Segment* const segment = block ? (*block)->content.get() : nullptr;
  const std::uint64_t* const exceptions = block ? NoteExceptions(**block) : nullptr;
  const bool any_holds = segment != nullptr && (!options_.time || options_.time->OnAll(*segment) != Verdict::kNone);
  if (any_holds && !lanes_.empty()) NoteLanes(number, *segment);
  met_.push_back(number);
  NoteArrays(number, any_holds ? segment : nullptr, exceptions);
  return block ? Status() : block.error();
}

void ListTable::NoteArrays(std::uint32_t number, const storage::Segment* segment, const std::uint64_t* exceptions) {
  SegmentArrays& arrays = segments_[number];
  if (segment == nullptr) {
    arrays = {kNoOffsets, &kNoNode, kNoCells, exceptions};
  } else if (segment->offsets() != nullptr) {
    arrays = {segment->offsets(), AsNodes(segment->targets().data()), nullptr, exceptions};
  } else {
    arrays = {segment->short_offsets(), AsNodes(segment->targets().data()), segment->cells(), exceptions};
  }
}

void ListTable::NoteLanes(std::uint32_t number, const storage::Segment& segment) {
  SegmentLanes& lanes = lanes_[number];
  lanes = {};
  if (options_.relationships) lanes.relationships = IdsOf(type_, segment);
  if (!options_.time || options_.time->OnAll(segment) == Verdict::kAll) return;
  holds_.push_back(options_.time->Holding(*segment.validity()));
  lanes.holds = holds_.back().get();
}

// Null, or a bit a node of those whose lists are not in the segment's arrays.
const std::uint64_t* ListTable::NoteExceptions(const SegmentBlock& block) {
  const bool has_hubs = block.content != nullptr && !block.content->hubs().empty();
  if (!has_hubs && !block.changes.any()) return nullptr;
  const std::size_t words = ((std::size_t{1} << bits_) + 63) / 64;
  auto bits = std::make_unique<std::uint64_t[]>(words);
  const auto set = [&](std::uint32_t local) { bits[local / 64] |= std::uint64_t{1} << local % 64; };
  block.changes.ForEach(reads_.commit(), [&](std::uint32_t local, const ListChange&) { set(local); });
  if (has_hubs) {
    for (const storage::HubStub& hub : block.content->hubs()) set(hub.local);
  }
  exceptions_.push_back(std::move(bits));
  return exceptions_.back().get();
}

Result<ListTable::Pieces> ListTable::Gather(NodeId node) {
  const auto place = reads_.PlaceOf(type_, direction_, node, LanesAsked());
  if (!place) return place.error();
  Pieces pieces;
  if (place->chunks == nullptr) {
    Status status = place->change == nullptr ? AddPart(*place, pieces) : Status();
    if (place->change != nullptr) {
      const auto numbered = reads_.PlaceOf(type_, direction_, node, {.numbers = true});
      if (!numbered) return numbered.error();
      status = AddChanged(*numbered, pieces);
    }
    if (!status.ok()) return std::move(status).error();
    return pieces;
  }
  const Chunks chunks = *place->chunks;
  for (const auto& each : chunks) {
    auto part = reads_.PlaceInChunk(type_, direction_, node, each.chunk, LanesAsked());
    const bool changed = part && part->change != nullptr;
    if (changed) part = reads_.PlaceInChunk(type_, direction_, node, each.chunk, {.numbers = true});
    if (!part) return part.error();
    if (Status status = changed ? AddChanged(*part, pieces) : AddPart(*part, pieces); !status.ok()) {
      return std::move(status).error();
    }
  }
  return pieces;
}

// A list that stands in its segment, or chunk, as it is.
Status ListTable::AddPart(const CommittedReads::ListPlace& place, Pieces& pieces) {
  if (place.segment == nullptr) return {};
  const storage::ListView list = place.segment->List(place.local);
  const Verdict verdict = options_.time ? options_.time->OnAll(*place.segment) : Verdict::kAll;
  if (list.size == 0 || verdict == Verdict::kNone) return {};
  const RelationshipIds ids =
      options_.relationships ? IdsOf(type_, *place.segment).From(list.first) : RelationshipIds{};
  if (verdict == Verdict::kAll) {
    pieces.nodes.emplace_back(AsNodes(list.targets), list.size);
    pieces.relationships.push_back(ids);
    return {};
  }
  std::vector<Neighbour> kept;
  for (std::uint32_t i = 0; i < list.size; ++i) {
    if (!options_.time->Passes(place.segment->ValidityAt(list.first + i))) continue;
    kept.push_back({options_.relationships ? ids[i] : RelationshipId{}, NodeId{list.targets[i]}});
  }
  AddOwn(kept, pieces);
  return {};
}

Status ListTable::AddChanged(const CommittedReads::ListPlace& place, Pieces& pieces) {
  std::vector<Neighbour> entries;
  CommittedReads::AppendPart(type_, place, entries);
  if (options_.time) {
    std::vector<Neighbour> kept;
    for (const Neighbour& each : entries) {
      const Result<Value> validity = reads_.ValueOf(each.relationship, storage::kValidityProperty);
      if (!validity) return validity.error();
      if (options_.time->Passes(IntervalIn(*validity))) kept.push_back(each);
    }
    entries.swap(kept);
  }
  std::ranges::sort(entries, {}, [](const Neighbour& each) { return std::tuple(each.node, each.relationship); });
  AddOwn(entries, pieces);
  return {};
}

void ListTable::AddOwn(std::span<const Neighbour> entries, Pieces& pieces) const {
  if (entries.empty()) return;
  auto nodes = std::make_unique<NodeId[]>(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) nodes[i] = entries[i].node;
  pieces.nodes.emplace_back(nodes.get(), entries.size());
  pieces.own_nodes.push_back(std::move(nodes));
  RelationshipIds ids;
  if (options_.relationships) {
    auto numbers = std::make_unique<std::uint64_t[]>(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) numbers[i] = entries[i].relationship.value;
    ids.wide = numbers.get();
    pieces.own_relationships.push_back(std::move(numbers));
  }
  pieces.relationships.push_back(ids);
}

}  // namespace plenum::graph
