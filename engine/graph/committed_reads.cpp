// See committed_reads.h.
#include "engine/graph/committed_reads.h"

#include <algorithm>
#include <bitset>
#include <cassert>
#include <string>

#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

Error Damaged(const std::string& what) {
  return storage::RuntimeError(ErrorType::kCorruption, "the stored bytes of " + what + " are damaged; restore a copy");
}

bool HasLanes(const SegmentBlock& block, storage::Lanes lanes) {
  const storage::Segment* segment = block.content.get();
  return segment == nullptr || ((segment->has_numbers() || !lanes.numbers) &&
                                (segment->AllTimeless() || segment->validity() != nullptr || !lanes.validity));
}

template <class Content>
std::size_t ContentBytes(const std::unique_ptr<const Content>& content) {
  return content ? content->bytes() : 0;
}

}  // namespace

Owner OwnerOf(const Element& element) {
  if (std::holds_alternative<NodeId>(element)) return {};
  return {TypeOf(std::get<RelationshipId>(element)).value};
}

Properties PropertiesOf(PropertyValues values) {
  Properties properties;
  for (auto& [property, value] : values) {
    if (property < storage::kNamesEnd) properties.emplace_back(KeyId{property}, std::move(value));
  }
  return properties;
}

Result<std::optional<std::pair<NodeId, NodeId>>> EndsIn(RelationshipId relationship, const Result<Value>& start,
                                                        const Result<Value>& end) {
  using Ends = std::optional<std::pair<NodeId, NodeId>>;
  if (!start) return start.error();
  if (!end) return end.error();
  if (start->is_null()) return Ends();
  if (end->is_null()) {
    return storage::RuntimeError(ErrorType::kCorruption, "relationship " + std::to_string(relationship.value) +
                                                             " has a start and no end; restore a copy");
  }
  const auto node = [](const Value& value) { return NodeId{static_cast<std::uint32_t>(value.integer())}; };
  return Ends({node(*start), node(*end)});
}

std::uint64_t NumberOf(const Element& element) {
  if (const auto* node = std::get_if<NodeId>(&element)) return node->value;
  return NumberOf(std::get<RelationshipId>(element));
}

CommittedReads::CommittedReads(GraphCore& core, std::shared_ptr<const ReadView> view)
    : core_(core),
      view_(std::move(view)),
      participant_(core.cache.epochs()),
      private_bytes_max_(core.options.cache_bytes_max / 8),
      waiting_bytes_max_(core.options.cache_bytes_max / 16) {}

// Only between scopes: pointers to private blocks are out then.
void CommittedReads::ForgetPrivate() {
  if (participant_.inside()) return;
  replaced_.clear();
  if (private_bytes_ <= private_bytes_max_) return;
  private_.clear();
  private_bytes_ = 0;
}

// ---- Blocks

template <class BlockType>
const BlockType* CommittedReads::FindUsable(const SlotTable& table, std::uint32_t number) {
  assert(participant_.inside());
  if (const auto* shared = table.Find<BlockType>(number, view_->commit)) return shared;
  if (private_.empty()) return nullptr;
  const auto own = private_.find({&table, number});
  return own == private_.end() ? nullptr : static_cast<const BlockType*>(own->second.get());
}

// `decode` makes the content from the key's bytes; null when they are damaged.
template <class BlockType, class Decode>
Result<const BlockType*> CommittedReads::Load(SlotTable& table, std::uint32_t number, const std::string& key,
                                              Decode decode) {
  std::string bytes;
  const Result<bool> found = view_->snapshot->Get(key, bytes);
  if (!found) return found.error();
  auto content = *found ? decode(bytes) : decltype(decode(bytes))();
  if (*found && content == nullptr) return Damaged("a block of the graph");
  const std::size_t content_bytes = ContentBytes(content);
  auto block = std::make_unique<BlockType>(view_->commit, content_bytes, std::move(content));
  const BlockType* used = core_.cache.Install(table, number, block);
  if (block == nullptr) return used;
  private_bytes_ += sizeof(BlockType) + content_bytes;
  std::unique_ptr<CachedBlock>& place = private_[{&table, number}];
  if (place) replaced_.push_back(std::move(place));
  place = std::move(block);
  return used;
}

Result<const LabelBlock*> CommittedReads::Labels(std::uint16_t label, std::uint16_t range) {
  const auto place = static_cast<std::uint16_t>(label + 1);  // kEveryNode comes first
  if (label_tables_.size() <= place) label_tables_.resize(std::size_t{place} + 1);
  SlotTable*& table = label_tables_[place];
  if (table == nullptr) table = &core_.tables.LabelSets(label);
  if (const auto* block = FindUsable<LabelBlock>(*table, range)) return block;
  return Load<LabelBlock>(*table, range, storage::LabelSetKey(label, range),
                          [](const std::string& bytes) { return storage::LabelSet::Decode(bytes); });
}

SlotTable& CommittedReads::ColumnTable(Owner owner, std::uint16_t property) {
  const std::uint64_t name = (owner.type ? std::uint64_t{*owner.type} + 1 : 0) << 16 | property;
  SlotTable*& table = column_tables_[name];
  if (table == nullptr) table = &core_.tables.Columns(owner, property);
  return *table;
}

Result<const ColumnBlock*> CommittedReads::Column(Owner owner, std::uint16_t property, std::uint32_t block) {
  SlotTable& table = ColumnTable(owner, property);
  if (const auto* found = FindUsable<ColumnBlock>(table, block)) return found;
  return Load<ColumnBlock>(table, block, storage::ColumnKey(owner, property, block),
                           [](const std::string& bytes) { return storage::Column::Decode(bytes); });
}

SlotTable& CommittedReads::RowMapTable(Owner owner) {
  const std::size_t place = owner.type ? std::size_t{*owner.type} + 1 : 0;
  if (row_map_tables_.size() <= place) row_map_tables_.resize(place + 1);
  SlotTable*& table = row_map_tables_[place];
  if (table == nullptr) table = &core_.tables.RowMaps(owner);
  return *table;
}

Result<const RowMapBlock*> CommittedReads::RowMap(Owner owner, std::uint32_t block) {
  SlotTable& table = RowMapTable(owner);
  if (const auto* found = FindUsable<RowMapBlock>(table, block)) return found;
  return Load<RowMapBlock>(table, block, storage::RowMapKey(owner, block),
                           [](const std::string& bytes) { return storage::RowMap::Decode(bytes); });
}

SlotTable& CommittedReads::SegmentTable(TypeId type, Direction direction, std::uint8_t bits) {
  const std::size_t place = std::size_t{type.value} * 2 + static_cast<std::size_t>(direction);
  if (segment_tables_.size() <= place) segment_tables_.resize(place + 1);
  SlotTable*& table = segment_tables_[place];
  if (table == nullptr) table = &core_.tables.Segments(type, direction, bits);
  return *table;
}

// A segment that was read without a lane that is asked for now is read again with it: also one that another reader
// brought in while this one was reading.
Result<const SegmentBlock*> CommittedReads::LoadSegment(SlotTable& table, std::uint32_t number, const std::string& key,
                                                        storage::Lanes lanes) {
  const auto* found = FindUsable<SegmentBlock>(table, number);
  while (found == nullptr || !HasLanes(*found, lanes)) {
    if (found != nullptr) {
      lanes.numbers = lanes.numbers || found->content->has_numbers();
      lanes.validity = lanes.validity || found->content->validity() != nullptr;
      core_.cache.Discard(table, number, *found);
    }
    const auto loaded = Load<SegmentBlock>(table, number, key, [&](const std::string& bytes) {
      return storage::Segment::Decode(bytes, lanes, &core_.segment_memory);
    });
    if (!loaded) return loaded;
    found = *loaded;
  }
  return found;
}

Result<const SegmentBlock*> CommittedReads::Segment(TypeId type, Direction direction, std::uint8_t bits,
                                                    std::uint32_t segment, storage::Lanes lanes) {
  const auto way = static_cast<std::uint8_t>(direction);
  return LoadSegment(SegmentTable(type, direction, bits), segment, storage::SegmentKey(type.value, way, bits, segment),
                     lanes);
}

Result<const SegmentBlock*> CommittedReads::Chunk(TypeId type, Direction direction, NodeId node, std::uint16_t chunk,
                                                  storage::Lanes lanes) {
  const auto way = static_cast<std::uint8_t>(direction);
  return LoadSegment(core_.tables.ChunksOf(type, direction, node), chunk,
                     storage::ChunkKey(type.value, way, node.value, chunk), lanes);
}

// ---- Labels and properties

Result<bool> CommittedReads::HasLabel(std::uint16_t label, NodeId node) {
  const auto block = Labels(label, static_cast<std::uint16_t>(node.value >> storage::kRangeBits));
  if (!block) return block.error();
  const auto place = static_cast<std::uint16_t>(node.value);
  if (const bool* change = (*block)->changes.Find(place, view_->commit)) return *change;
  return (*block)->content && (*block)->content->Has(place);
}

Result<bool> CommittedReads::HasColumn(Owner owner, std::uint16_t property, std::uint32_t block) {
  const auto rows = RowMap(owner, block);
  if (!rows) return rows.error();
  if ((*rows)->content && (*rows)->content->HasColumn(property)) return true;
  return (*rows)->changes.Find(HasColumnKey(property), view_->commit) != nullptr;
}

Result<Value> CommittedReads::LongText(Owner owner, std::uint16_t property, std::uint64_t number) {
  std::string text;
  const Result<bool> found = view_->snapshot->Get(storage::LongTextKey(owner, property, number), text);
  if (!found) return found.error();
  if (!*found) return Damaged("a long string (its text is missing)");
  return Value(std::move(text));
}

Result<Value> CommittedReads::ColumnValue(const ColumnBlock& block, Owner owner, std::uint16_t property,
                                          std::uint64_t number) {
  const std::uint32_t slot = SlotOf(number);
  if (const Value* change = block.changes.Find(slot, view_->commit)) return *change;
  if (!block.content || !block.content->Has(slot)) return Value();
  if (block.content->IsLong(slot)) return LongText(owner, property, number);
  return block.content->ValueAt(slot);
}

Result<Value> CommittedReads::RowMapValue(const RowMapBlock& block, Owner owner, std::uint16_t property,
                                          std::uint64_t number) {
  const std::uint32_t slot = SlotOf(number);
  if (const Value* change = block.changes.Find(RowKey(slot, property), view_->commit)) return *change;
  if (!block.content) return Value();
  const std::string_view cell = block.content->CellAt(slot, property);
  if (cell.empty()) return Value();
  if (storage::IsLongCell(cell)) return LongText(owner, property, number);
  return storage::ValueOfCell(cell);
}

Result<Value> CommittedReads::ValueOf(Owner owner, std::uint16_t property, std::uint64_t number) {
  const std::uint32_t block = BlockOf(number);
  if (const auto* column = FindUsable<ColumnBlock>(ColumnTable(owner, property), block)) {
    return ColumnValue(*column, owner, property, number);
  }
  const Result<bool> has_column = HasColumn(owner, property, block);
  if (!has_column) return has_column.error();
  if (*has_column) {
    const auto column = Column(owner, property, block);
    if (!column) return column.error();
    return ColumnValue(**column, owner, property, number);
  }
  const auto rows = RowMap(owner, block);
  if (!rows) return rows.error();
  return RowMapValue(**rows, owner, property, number);
}

Result<bool> CommittedReads::IsLong(Owner owner, std::uint16_t property, std::uint64_t number) {
  const std::uint32_t slot = SlotOf(number);
  const std::uint32_t block = BlockOf(number);
  const Result<bool> has_column = HasColumn(owner, property, block);
  if (!has_column) return has_column;
  if (*has_column) {
    const auto column = Column(owner, property, block);
    if (!column) return column.error();
    if (const Value* change = (*column)->changes.Find(slot, view_->commit)) return storage::IsLongString(*change);
    return (*column)->content && (*column)->content->IsLong(slot);
  }
  const auto rows = RowMap(owner, block);
  if (!rows) return rows.error();
  const Value* change = (*rows)->changes.Find(RowKey(slot, property), view_->commit);
  if (change != nullptr) return storage::IsLongString(*change);
  return (*rows)->content && (*rows)->content->IsLong(slot, property);
}

Result<std::vector<std::uint16_t>> CommittedReads::PropertiesWithColumn(Owner owner, std::uint32_t block) {
  const auto rows = RowMap(owner, block);
  if (!rows) return rows.error();
  std::vector<std::uint16_t> properties;
  if ((*rows)->content) {
    const auto columns = (*rows)->content->columns();
    properties.assign(columns.begin(), columns.end());
  }
  (*rows)->changes.ForEach(view_->commit, [&](std::uint32_t key, const Value&) {
    const auto property = static_cast<std::uint16_t>(key);
    if (key == HasColumnKey(property)) properties.push_back(property);
  });
  std::sort(properties.begin(), properties.end());
  properties.erase(std::unique(properties.begin(), properties.end()), properties.end());
  return properties;
}

Result<PropertyValues> CommittedReads::ValuesOf(const Element& element) {
  const Owner owner = OwnerOf(element);
  const std::uint64_t number = NumberOf(element);
  const std::uint32_t slot = SlotOf(number);
  const auto with_column = PropertiesWithColumn(owner, BlockOf(number));
  if (!with_column) return with_column.error();
  std::vector<std::uint16_t> properties = *with_column;
  const auto rows = RowMap(owner, BlockOf(number));
  if (!rows) return rows.error();
  if ((*rows)->content) {
    (*rows)->content->ForEachOf(slot,
                                [&](std::uint16_t property, std::string_view) { properties.push_back(property); });
  }
  (*rows)->changes.ForEach(view_->commit, [&](std::uint32_t key, const Value&) {
    const auto property = static_cast<std::uint16_t>(key >> storage::kBlockBits);
    if (key == RowKey(slot, property)) properties.push_back(property);
  });
  std::sort(properties.begin(), properties.end());
  properties.erase(std::unique(properties.begin(), properties.end()), properties.end());
  PropertyValues values;
  for (const std::uint16_t property : properties) {
    Result<Value> value = ValueOf(element, property);
    if (!value) return std::move(value).error();
    if (!value->is_null()) values.emplace_back(property, *std::move(value));
  }
  return values;
}

Result<std::vector<std::uint32_t>> CommittedReads::SlotsWith(Owner owner, std::uint16_t property, std::uint32_t block) {
  const Result<bool> has_column = HasColumn(owner, property, block);
  if (!has_column) return has_column.error();
  std::bitset<storage::kBlockSlots> slots;
  if (*has_column) {
    const auto column = Column(owner, property, block);
    if (!column) return column.error();
    for (std::uint32_t slot = 0; (*column)->content && slot < storage::kBlockSlots; ++slot) {
      slots[slot] = (*column)->content->Has(slot);
    }
    (*column)->changes.ForEach(view_->commit,
                               [&](std::uint32_t slot, const Value& value) { slots[slot] = !value.is_null(); });
  } else {
    const auto rows = RowMap(owner, block);
    if (!rows) return rows.error();
    if ((*rows)->content) {
      (*rows)->content->ForEachOfProperty(property, [&](std::uint32_t slot, std::string_view) { slots.set(slot); });
    }
    (*rows)->changes.ForEach(view_->commit, [&](std::uint32_t key, const Value& value) {
      if (key == RowKey(SlotOf(key), property)) slots[SlotOf(key)] = !value.is_null();
    });
  }
  std::vector<std::uint32_t> with;
  for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
    if (slots[slot]) with.push_back(slot);
  }
  return with;
}

}  // namespace plenum::graph
