// What an Adjacency does beside finding lists of segments: see plenum/graph.h.
#include <algorithm>
#include <cassert>

#include "engine/graph/graph_reader_state.h"
#include "engine/storage/store_transaction.h"

namespace plenum {
namespace {

using graph::ListTable;

constexpr graph::Direction kDirections[] = {graph::Direction::kOutgoing, graph::Direction::kIncoming};

constexpr SegmentLanes kNoLanes;

bool Includes(Direction wanted, graph::Direction direction) {
  return wanted == Direction::kEither || (wanted == Direction::kOutgoing) == (direction == graph::Direction::kOutgoing);
}

}  // namespace

Adjacency::Adjacency(GraphReader& reader, AdjacencyOptions options) : reader_(reader), options_(std::move(options)) {
  GraphReader::State& state = *reader_.state_;
  const GraphSnapshot& snapshot = state.snapshot;
  ListTable::Options table_options{.relationships = options_.relationships, .time = std::nullopt};
  if (options_.valid_at) table_options.time = graph::TimeFilter{*options_.valid_at, options_.certainly};
  storage::StoreTransaction store(snapshot.core_->store, snapshot.view_->snapshot);
  for (const TypeId type : options_.types.empty() ? snapshot.Types() : options_.types) {
    const auto loops = options_.direction == Direction::kEither
                           ? state.Take(store.GetNumber(storage::LoopCountKey(type.value)))
                           : std::nullopt;
    for (const graph::Direction direction : kDirections) {
      if (!Includes(options_.direction, direction)) continue;
      tables_.push_back(std::make_unique<ListTable>(state.reads, type, direction, table_options));
      const ListTable& table = *tables_.back();
      if (table.segments().empty()) {  // no relationship of the type was ever committed
        tables_.pop_back();
        continue;
      }
      const bool incoming = direction == graph::Direction::kIncoming;
      const bool skips_loops = incoming && loops.value_or(0) != 0;
      const bool filtered = skips_loops || options_.label || options_.valid_at;
      parts_.push_back({.segments = table.segments().data(),
                        .segment_count = filtered ? 0 : static_cast<std::uint32_t>(table.segments().size()),
                        .log2_nodes = static_cast<std::uint8_t>(table.log2_nodes()),
                        .by_time = options_.valid_at.has_value(),
                        .skips_loops = skips_loops,
                        .outgoing = !incoming,
                        .type = type,
                        .table = tables_.back().get()});
      state.tables.push_back(tables_.back().get());
    }
  }
}

Adjacency::~Adjacency() {
  auto& in_use = reader_.state_->tables;
  std::erase_if(in_use, [&](const ListTable* table) {
    return std::ranges::any_of(tables_, [&](const auto& own) { return own.get() == table; });
  });
}

const SegmentArrays& Adjacency::MetSegment(const Part& part, std::uint32_t segment) {
  if (part.segments[segment].offsets == nullptr) {
    (void)reader_.state_->Take(part.table->Meet(NodeId{segment << part.log2_nodes}));
  }
  return part.segments[segment];
}

std::span<const NodeId> Adjacency::BeginList(const Part& part, NodeId node, Rest& rest) {
  return BeginRelationships(part, node, rest).nodes;
}

// Of the list's pieces NextOfList gives one after the other, filtered in parts.
RelationshipChunk Adjacency::BeginRelationships(const Part& part, NodeId node, Rest& rest) {
  const std::uint32_t segment = node.value >> part.log2_nodes;
  const std::uint32_t local = node.value & ((std::uint32_t{1} << part.log2_nodes) - 1);
  const std::span<const SegmentArrays> segments = part.table->segments();
  rest.more = false;
  std::span<const NodeId> list;
  if (segment < segments.size()) list = segments[segment].Find(local);
  if (list.data() == nullptr) {
    const auto pieces = reader_.state_->Take(part.table->Meet(node));
    if (!pieces || (*pieces != nullptr && (*pieces)->nodes.empty())) return {};
    if (*pieces != nullptr) {
      BeginPiece(rest, (*pieces)->nodes.front(), (*pieces)->relationships.data(), 0);
      rest.pieces = (*pieces)->nodes.data() + 1;
      rest.pieces_left = (*pieces)->nodes.size() - 1;
      return NextOfList(part, node, rest);
    }
    list = segments[segment].Find(local);
  }
  if (list.empty()) return {};
  const SegmentLanes& lanes = part.table->lanes().empty() ? kNoLanes : part.table->lanes()[segment];
  if (part.by_time && lanes.verdict == SegmentLanes::Verdict::kNone) return {};
  BeginPiece(rest, list, &lanes.relationships, static_cast<std::size_t>(list.data() - segments[segment].targets));
  if (part.by_time && lanes.verdict != SegmentLanes::Verdict::kAll) rest.lanes = &lanes;
  rest.pieces_left = 0;
  return NextOfList(part, node, rest);
}

void Adjacency::BeginPiece(Rest& rest, std::span<const NodeId> piece, const RelationshipIds* ids,
                           std::size_t first_id) {
  rest.more = true;
  rest.piece = piece.data();
  rest.size = piece.size();
  rest.position = 0;
  rest.ids = ids;
  rest.first_id = first_id;
  rest.lanes = nullptr;
}

bool Adjacency::Passes(const Part& part, NodeId node, const Rest& rest) {
  const NodeId other = rest.piece[rest.position];
  if (part.skips_loops && other == node) return false;
  if (options_.label && !reader_.HasLabel(other, *options_.label)) return false;
  if (rest.lanes == nullptr) return true;
  const std::int64_t day = *options_.valid_at;
  const std::size_t entry = rest.first_id + rest.position;
  if (rest.lanes->from_days[entry] <= day && day < rest.lanes->until_days[entry]) return true;
  return rest.lanes->verdict == SegmentLanes::Verdict::kApart &&
         part.table->HoldsApart(node.value >> part.log2_nodes, entry);
}

RelationshipChunk Adjacency::NextOfList(const Part& part, NodeId node, Rest& rest) {
  RelationshipChunk chunk{.nodes = {rest.piece, rest.size},
                          .relationships = options_.relationships ? rest.ids->From(rest.first_id) : RelationshipIds{},
                          .type = part.type,
                          .outgoing = part.outgoing};
  if (part.skips_loops || options_.label || rest.lanes != nullptr) {
    const RelationshipIds ids = chunk.relationships;
    std::size_t count = 0;
    for (; rest.position < rest.size && count < kFilteredMax; ++rest.position) {
      if (!Passes(part, node, rest)) continue;
      rest.kept_nodes[count] = rest.piece[rest.position].value;
      if (options_.relationships) rest.kept_relationships[count] = ids[rest.position].value;
      ++count;
    }
    chunk.nodes = {reinterpret_cast<const NodeId*>(rest.kept_nodes), count};
    if (options_.relationships) chunk.relationships = {0, nullptr, rest.kept_relationships};
    if (rest.position < rest.size) return chunk;
  }
  rest.more = rest.pieces_left != 0;
  if (!rest.more) return chunk;
  BeginPiece(rest, *rest.pieces, rest.ids + 1, 0);
  ++rest.pieces;
  --rest.pieces_left;
  return chunk;
}

}  // namespace plenum
