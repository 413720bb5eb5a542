// What was committed when a transaction began: read through the shared blocks where they can say it, else through the
// transaction's own snapshot of the store.
//
// A shared block is exact for every commit from its own on; an older reader, and one whose block a commit touched while
// it was being read, keeps a private one. Belongs to one thread at a time. Everything that a call returns by pointer is
// good as long as the Scope that it was read in. What others evict is not freed meanwhile: keep one for a piece of
// work; or for longer, and end it when ShouldRelease says so.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/blocks.h"
#include "engine/graph/graph_core.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {

using storage::BlockOf;
using storage::Element;
using storage::NumberAt;
using storage::SlotOf;

Owner OwnerOf(const Element& element);
std::uint64_t NumberOf(const Element& element);  // the node's, or the relationship's within its type

using PropertyValues = std::vector<std::pair<std::uint16_t, Value>>;  // ascending by property, no nulls

// The interval of a validity as it is stored: null where there is none.
inline std::optional<Interval> IntervalIn(const Value& value) {
  return value.is_null() ? std::nullopt : std::optional(value.interval());
}

// Those that have a name: not the validity, not the ends of a relationship.
Properties PropertiesOf(PropertyValues values);

// Where a relationship starts and ends, of the values of kStartProperty and kEndProperty. Absent: there is no such one.
Result<std::optional<std::pair<NodeId, NodeId>>> EndsIn(RelationshipId relationship, const Result<Value>& start,
                                                        const Result<Value>& end);

class CommittedReads {
 public:
  CommittedReads(GraphCore& core, std::shared_ptr<const ReadView> view);

  const ReadView& view() const { return *view_; }
  // With a later snapshot of the same commit: what is read besides is in keys that belong to no block.
  void Renew(std::shared_ptr<const ReadView> view) { view_ = std::move(view); }

  // Keeps what is read from now on until it goes. They nest; only the outermost has an effect.
  class Scope {
   public:
    explicit Scope(CommittedReads& reads) : guard_((reads.ForgetPrivate(), reads.participant_)) {}

   private:
    EpochGuard guard_;
  };

  // Whether the Scope that lives should end, and another begin, for the sake of memory: others wait for some that is
  // kept from them here, or blocks of its own take more than they should. Cheap. While little waits for it beside what
  // there is for decoded data, nothing is gained by reading anew; nor by what waits for another reader.
  bool ShouldRelease() const {
    return private_bytes_ > private_bytes_max_ || participant_.waiting_bytes() > waiting_bytes_max_;
  }

  // ---- Blocks. Never null.
  Result<const LabelBlock*> Labels(std::uint16_t label, std::uint16_t range);
  Result<const RowMapBlock*> RowMap(Owner owner, std::uint32_t block);
  Result<const ColumnBlock*> Column(Owner owner, std::uint16_t property, std::uint32_t block);
  // Of the cut that the view's catalog has.
  Result<const SegmentBlock*> Segment(TypeId type, Direction direction, std::uint8_t bits, std::uint32_t segment,
                                      storage::Lanes lanes);
  Result<const SegmentBlock*> Chunk(TypeId type, Direction direction, NodeId node, std::uint16_t chunk,
                                    storage::Lanes lanes);
  CommitNumber commit() const { return view_->commit; }

  // ---- What they say.
  Result<bool> HasLabel(std::uint16_t label, NodeId node);
  Result<bool> HasColumn(Owner owner, std::uint16_t property, std::uint32_t block);
  // Null when it has none.
  Result<Value> ValueOf(Owner owner, std::uint16_t property, std::uint64_t number);
  Result<Value> ValueOf(const Element& element, std::uint16_t property) {
    return ValueOf(OwnerOf(element), property, NumberOf(element));
  }
  // Whether the store keeps the value's text apart.
  Result<bool> IsLong(Owner owner, std::uint16_t property, std::uint64_t number);
  // Every property with a value, ascending; of relationships start and end too.
  Result<PropertyValues> ValuesOf(const Element& element);
  // Those that lead to `only`, or all.
  Status AppendNeighbours(TypeId type, Direction direction, NodeId node, std::vector<Neighbour>& out,
                          std::optional<NodeId> only = std::nullopt);
  // The slots that have a value, ascending.
  Result<std::vector<std::uint32_t>> SlotsWith(Owner owner, std::uint16_t property, std::uint32_t block);
  // How many relationships of the type go from one node to the other.
  Result<std::uint64_t> CountBetween(TypeId type, NodeId start, NodeId end);
  Result<std::vector<std::uint16_t>> PropertiesWithColumn(Owner owner, std::uint32_t block);

  // Where one list is: in a segment with what commits have changed since, or in chunks.
  struct ListPlace {
    const storage::Segment* segment = nullptr;  // null: the store has none
    std::uint32_t local = 0;
    const ListChange* change = nullptr;
    const Chunks* chunks = nullptr;  // not null: the list is in these, and what is above does not count
  };
  Result<ListPlace> PlaceOf(TypeId type, Direction direction, NodeId node, storage::Lanes lanes);
  Result<ListPlace> PlaceInChunk(TypeId type, Direction direction, NodeId node, std::uint16_t chunk,
                                 storage::Lanes lanes);
  static std::size_t SizeOf(const ListPlace& place);  // which is not in chunks
  // Those that lead to `only`, or all. Requires the lane of numbers.
  static void AppendPart(TypeId type, const ListPlace& place, std::vector<Neighbour>& out,
                         std::optional<NodeId> only = std::nullopt);

 private:
  void ForgetPrivate();
  template <class BlockType, class Decode>
  Result<const BlockType*> Load(SlotTable& table, std::uint32_t number, const std::string& key, Decode decode);
  template <class BlockType>
  const BlockType* FindUsable(const SlotTable& table, std::uint32_t number);
  Result<const SegmentBlock*> LoadSegment(SlotTable& table, std::uint32_t number, const std::string& key,
                                          storage::Lanes lanes);
  Result<Value> LongText(Owner owner, std::uint16_t property, std::uint64_t number);
  Result<Value> ColumnValue(const ColumnBlock& block, Owner owner, std::uint16_t property, std::uint64_t number);
  Result<Value> RowMapValue(const RowMapBlock& block, Owner owner, std::uint16_t property, std::uint64_t number);
  struct PrivateName {
    const SlotTable* table;
    std::uint32_t number;
    bool operator==(const PrivateName&) const = default;
  };
  struct PrivateHash {
    std::size_t operator()(const PrivateName& name) const {
      return std::hash<const void*>()(name.table) ^ std::size_t{name.number} * 0x9E3779B97F4A7C15ULL;
    }
  };
  // The tables asked for before, by what is cheap to compare.
  SlotTable& ColumnTable(Owner owner, std::uint16_t property);
  SlotTable& RowMapTable(Owner owner);
  SlotTable& SegmentTable(TypeId type, Direction direction, std::uint8_t bits);

  GraphCore& core_;
  std::shared_ptr<const ReadView> view_;
  EpochParticipant participant_;
  std::unordered_map<PrivateName, std::unique_ptr<CachedBlock>, PrivateHash> private_;
  std::vector<std::unique_ptr<CachedBlock>> replaced_;  // of the private ones: they may be in use until the Scope ends
  std::size_t private_bytes_ = 0;
  const std::size_t private_bytes_max_;
  const std::size_t waiting_bytes_max_;  // of what others wait for until this reader leaves
  std::vector<SlotTable*> label_tables_;
  std::vector<SlotTable*> row_map_tables_;
  std::vector<SlotTable*> segment_tables_;
  std::unordered_map<std::uint64_t, SlotTable*> column_tables_;
};

}  // namespace plenum::graph
