// What an Adjacency does beside finding lists of segments: see plenum/graph.h.
#include <algorithm>
#include <cassert>

#include "engine/graph/graph_reader_state.h"
#include "engine/storage/store_transaction.h"

namespace plenum {
namespace {

using graph::ListTable;

constexpr graph::Direction kDirections[] = {graph::Direction::kOutgoing, graph::Direction::kIncoming};

bool Includes(Direction wanted, graph::Direction direction) {
  return wanted == Direction::kEither || (wanted == Direction::kOutgoing) == (direction == graph::Direction::kOutgoing);
}

std::vector<TypeId> Distinct(std::vector<TypeId> types) {
  std::ranges::sort(types);
  const auto repeated = std::ranges::unique(types);
  types.erase(repeated.begin(), repeated.end());
  return types;
}

}  // namespace

Adjacency::Adjacency(GraphReader& reader, AdjacencyOptions options) : reader_(reader), options_(std::move(options)) {
  GraphReader::State& state = *reader_.state_;
  const GraphSnapshot& snapshot = state.snapshot;
  ListTable::Options table_options{.relationships = options_.relationships, .time = std::nullopt};
  if (options_.valid_at) table_options.time.emplace(*options_.valid_at, options_.certainly);
  storage::StoreTransaction store(snapshot.core_->store, snapshot.view_->snapshot);
  for (const TypeId type : options_.types.empty() ? snapshot.Types() : Distinct(options_.types)) {
    const auto loops = options_.direction == Direction::kEither
                           ? state.Take(store.GetNumber(storage::LoopCountKey(type.value)))
                           : std::nullopt;
    for (const graph::Direction direction : kDirections) {
      if (!Includes(options_.direction, direction)) continue;
      tables_.push_back(std::make_unique<ListTable>(state.reads, type, direction, table_options));
      ListTable& table = *tables_.back();
      if (table.segments().empty()) {  // no relationship of the type was ever committed
        tables_.pop_back();
        continue;
      }
      const bool incoming = direction == graph::Direction::kIncoming;
      const bool skips_loops = incoming && loops.value_or(0) != 0;
      const bool filtered = skips_loops || options_.label || options_.valid_at;
      const auto count = static_cast<std::uint32_t>(table.segments().size());
      parts_.push_back({.segments = table.segments().data(),
                        .plain_count = filtered ? 0 : count,
                        .segment_count = count,
                        .lanes = table.lanes().data(),
                        .table = &table,
                        .type = type,
                        .log2_nodes = static_cast<std::uint8_t>(table.log2_nodes()),
                        .by_label = options_.label.has_value(),
                        .skips_loops = skips_loops,
                        .outgoing = !incoming});
      state.tables.push_back(&table);
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

Adjacency::Piece Adjacency::FirstPiece(const Part& part, NodeId node, Rest& rest) {
  const auto pieces = reader_.state_->Take(part.table->Meet(node));
  if (!pieces) return {};
  if (*pieces == nullptr) {
    const std::uint32_t segment = node.value >> part.log2_nodes;
    return part.PieceOf(segment, part.segments[segment].Find(part.LocalOf(node)));
  }
  if ((*pieces)->nodes.empty()) return {};
  rest.nodes = (*pieces)->nodes.data() + 1;
  rest.relationships = (*pieces)->relationships.data() + 1;
  rest.left = (*pieces)->nodes.size() - 1;
  return {.nodes = (*pieces)->nodes.front(), .relationships = (*pieces)->relationships.front()};
}

std::uint64_t Adjacency::Labelled(std::span<const NodeId> nodes) {
  std::uint64_t labelled = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::uint32_t range = nodes[i].value >> storage::kRangeBits;
    if (range >= label_ranges_.size()) label_ranges_.resize(range + 1);
    const std::uint64_t*& bits = label_ranges_[range];
    if (bits == nullptr) bits = reader_.state_->LabelBits(options_.label->value, range);
    const std::uint32_t place = nodes[i].value % storage::kLabelRange;
    labelled |= (bits[place / 64] >> place % 64 & 1) << i;
  }
  return labelled;
}

// Each piece is searched for those between the two, of which only the time tells one from another.
std::uint64_t Adjacency::CountPassing(const Part& part, NodeId from, NodeId to) {
  if (part.skips_loops && from == to) return 0;
  if (options_.label && !reader_.HasLabel(to, *options_.label)) return 0;
  const std::uint32_t segment = from.value >> part.log2_nodes;
  if (segment >= part.segment_count) return 0;
  Rest rest;
  const std::span<const NodeId> list = part.segments[segment].Find(part.LocalOf(from));
  Piece piece = list.data() != nullptr ? part.PieceOf(segment, list) : FirstPiece(part, from, rest);
  std::uint64_t count = 0;
  for (;;) {
    const auto [first, end] = std::equal_range(piece.nodes.begin(), piece.nodes.end(), to);
    for (auto each = first; each != end; ++each) {
      count += piece.HoldingFrom(static_cast<std::size_t>(each - piece.nodes.begin())) & 1;
    }
    if (rest.left == 0) return count;
    piece = rest.Next();
  }
}

void Adjacency::RefuseRelationships() {
  reader_.state_->Fail({.type = ErrorType::kUsageError,
                        .detail = "RelationshipsNotAsked",
                        .message = "an Adjacency tells relationships only if AdjacencyOptions::relationships is set"});
}

}  // namespace plenum
