// Writes and reads the keys that key_layout.h specifies.
#include "engine/storage/key_layout.h"

#include <cassert>
#include <utility>

#include "engine/storage/byte_code.h"

namespace plenum::storage {
namespace {

constexpr unsigned kRelationshipBytes = 7;  // u16:type u40:number, as they stand together in a RelationshipId
constexpr unsigned kCutDirectionShift = 7;
constexpr std::uint64_t kNumberMask = (std::uint64_t{1} << kNumberBits) - 1;

// A key, field by field.
class KeyWriter {
 public:
  explicit KeyWriter(KeyKind kind) { key_.push_back(static_cast<char>(kind)); }
  KeyWriter& U8(std::uint8_t number) { return Field(number, 1); }
  KeyWriter& U16(std::uint16_t number) { return Field(number, 2); }
  KeyWriter& U32(std::uint32_t number) { return Field(number, 4); }
  KeyWriter& U40(std::uint64_t number) { return Field(number & kNumberMask, 5); }
  KeyWriter& Of(Owner owner) { return owner.type ? U8(1).U16(*owner.type) : U8(0); }
  KeyWriter& Append(std::string_view bytes) {
    key_ += bytes;
    return *this;
  }
  std::string Take() { return std::move(key_); }

 private:
  KeyWriter& Field(std::uint64_t number, unsigned bytes) {
    AppendBigEndian(key_, number, bytes);
    return *this;
  }
  std::string key_;
};

std::uint8_t CutOf(std::uint8_t direction, unsigned bits) {
  assert(direction <= 1 && bits <= kSegmentBitsMax);
  return static_cast<std::uint8_t>(direction << kCutDirectionShift | bits);
}

}  // namespace

std::string KindPrefix(KeyKind kind) { return KeyWriter(kind).Take(); }

std::string CommitsKey() { return KeyWriter(KeyKind::kMeta).U8(0).Take(); }
std::string NodeCountKey() { return KeyWriter(KeyKind::kCounter).U8(0).Take(); }
std::string LabelCountKey(std::uint16_t label) { return KeyWriter(KeyKind::kCounter).U8(1).U16(label).Take(); }
std::string TypeCountPrefix() { return KeyWriter(KeyKind::kCounter).U8(2).Take(); }
std::string TypeCountKey(std::uint16_t type) { return KeyWriter(KeyKind::kCounter).U8(2).U16(type).Take(); }
std::string LoopCountKey(std::uint16_t type) { return KeyWriter(KeyKind::kCounter).U8(3).U16(type).Take(); }
std::string ParallelCountKey(std::uint16_t type) { return KeyWriter(KeyKind::kCounter).U8(4).U16(type).Take(); }
std::string NextNodeKey(std::uint16_t home_label) { return KeyWriter(KeyKind::kNext).U8(0).U16(home_label).Take(); }
std::string NextRelationshipKey(std::uint16_t type) { return KeyWriter(KeyKind::kNext).U8(1).U16(type).Take(); }
std::string NextExtentKey() { return KeyWriter(KeyKind::kNext).U8(2).Take(); }
std::string NextIndexKey() { return KeyWriter(KeyKind::kNext).U8(3).Take(); }

std::string NamePrefix(Space space) { return KeyWriter(KeyKind::kName).U8(static_cast<std::uint8_t>(space)).Take(); }
std::string NameKey(Space space, std::uint16_t number) {
  return KeyWriter(KeyKind::kName).U8(static_cast<std::uint8_t>(space)).U16(number).Take();
}
std::string SegmentBitsKey(std::uint16_t type, std::uint8_t direction) {
  return KeyWriter(KeyKind::kSegmentBits).U16(type).U8(direction).Take();
}

std::string EncodeSegmentCut(const SegmentCut& cut) {
  std::string value(1, static_cast<char>(cut.bits));
  if (cut.left_over) value.push_back(static_cast<char>(*cut.left_over));
  return value;
}

std::optional<SegmentCut> DecodeSegmentCut(std::string_view value) {
  if (value.empty() || value.size() > 2) return std::nullopt;
  for (const char bits : value) {
    if (static_cast<std::uint8_t>(bits) > kSegmentBitsMax) return std::nullopt;
  }
  SegmentCut cut{static_cast<std::uint8_t>(value[0]), std::nullopt};
  if (value.size() == 2) cut.left_over = static_cast<std::uint8_t>(value[1]);
  return cut;
}

std::string IndexDefinitionKey(std::uint32_t index) { return KeyWriter(KeyKind::kIndexDefinition).U32(index).Take(); }

std::string EncodeIndexDefinition(const IndexDefinition& definition) {
  std::string bytes{static_cast<char>(definition.unique ? 0 : 1), static_cast<char>(definition.dropped ? 1 : 0)};
  AppendBigEndian(bytes, definition.label, 2);
  AppendBigEndian(bytes, definition.property, 2);
  return bytes + definition.name;
}

std::optional<IndexDefinition> DecodeIndexDefinition(std::string_view key, std::string_view value) {
  if (key.size() != 5 || value.size() < 6) return std::nullopt;
  const auto kind = static_cast<std::uint8_t>(value[0]);
  const auto state = static_cast<std::uint8_t>(value[1]);
  if (kind > 1 || state > 1) return std::nullopt;
  return IndexDefinition{LastU32(key),
                         kind == 0,
                         state == 1,
                         static_cast<std::uint16_t>(ReadBigEndian(value.substr(2, 2))),
                         static_cast<std::uint16_t>(ReadBigEndian(value.substr(4, 2))),
                         std::string(value.substr(6))};
}

std::string IndexPrefix(std::uint32_t index) { return KeyWriter(KeyKind::kIndexEntry).U32(index).Take(); }
std::string IndexKey(std::uint32_t index, const Value& value) {
  std::string key = IndexPrefix(index);
  AppendOrdered(key, value);
  return key;
}
std::string IndexKey(std::uint32_t index, const Value& value, NodeId node) {
  std::string key = IndexKey(index, value);
  AppendBigEndian(key, node.value, 4);
  return key;
}
NodeId NodeOfRangeKey(std::string_view range_index_key) { return {LastU32(range_index_key)}; }

std::string LabelSetPrefix(std::uint16_t label) { return KeyWriter(KeyKind::kLabelSet).U16(label).Take(); }
std::string LabelSetKey(std::uint16_t label, std::uint16_t range) {
  return KeyWriter(KeyKind::kLabelSet).U16(label).U16(range).Take();
}

std::string ColumnPrefix(Owner owner, std::uint16_t property) {
  return KeyWriter(KeyKind::kColumn).Of(owner).U16(property).Take();
}
std::string ColumnKey(Owner owner, std::uint16_t property, std::uint32_t block) {
  return KeyWriter(KeyKind::kColumn).Of(owner).U16(property).U32(block).Take();
}
std::string RowMapPrefix(Owner owner) { return KeyWriter(KeyKind::kRowMap).Of(owner).Take(); }
std::string RowMapKey(Owner owner, std::uint32_t block) {
  return KeyWriter(KeyKind::kRowMap).Of(owner).U32(block).Take();
}
std::string LongTextKey(Owner owner, std::uint16_t property, std::uint64_t id) {
  return KeyWriter(KeyKind::kLongText).Of(owner).U16(property).U40(id).Take();
}

std::string SegmentPrefix(std::uint16_t type, std::uint8_t direction, unsigned bits) {
  return KeyWriter(KeyKind::kSegment).U16(type).U8(CutOf(direction, bits)).Take();
}
std::string SegmentKey(std::uint16_t type, std::uint8_t direction, unsigned bits, std::uint32_t segment) {
  return KeyWriter(KeyKind::kSegment).U16(type).U8(CutOf(direction, bits)).U32(segment).Take();
}
std::string ChunkPrefix(std::uint16_t type, std::uint8_t direction) {
  return KeyWriter(KeyKind::kChunk).U16(type).U8(direction).Take();
}
std::string ChunkKey(std::uint16_t type, std::uint8_t direction, std::uint32_t node, std::uint16_t chunk) {
  return KeyWriter(KeyKind::kChunk).U16(type).U8(direction).U32(node).U16(chunk).Take();
}

std::string ElementBytes(const Element& element) {
  std::string bytes(1, static_cast<char>(element.index()));
  if (const auto* node = std::get_if<NodeId>(&element)) {
    AppendBigEndian(bytes, node->value, 4);
  } else {
    AppendBigEndian(bytes, std::get<RelationshipId>(element).value, kRelationshipBytes);
  }
  return bytes;
}

std::string FactBytes(const Element& element, std::optional<std::uint16_t> property) {
  std::string bytes = ElementBytes(element);
  AppendBigEndian(bytes, property ? 1 : 0, 1);
  if (property) AppendBigEndian(bytes, *property, 2);
  return bytes;
}

FactName NameOfFact(std::string_view fact) {
  const bool is_node = fact.front() == '\0';
  const std::size_t element_bytes = 1 + (is_node ? 4 : kRelationshipBytes);
  const std::uint64_t number = ReadBigEndian(fact.substr(1, element_bytes - 1));
  FactName name;
  if (is_node) {
    name.element = NodeId{static_cast<std::uint32_t>(number)};
  } else {
    name.element = RelationshipId{number};
  }
  const std::string_view property = fact.substr(element_bytes);
  if (property.front() != '\0') name.property = static_cast<std::uint16_t>(ReadBigEndian(property.substr(1)));
  return name;
}

std::string CitationPrefix(std::string_view element_or_fact) {
  return KeyWriter(KeyKind::kCitation).Append(element_or_fact).Take();
}
std::string CitationKey(std::string_view fact, std::uint32_t sequence) {
  return KeyWriter(KeyKind::kCitation).Append(fact).U32(sequence).Take();
}
std::string CitedPrefix(NodeId source) { return KeyWriter(KeyKind::kCited).U32(source.value).Take(); }
std::string CitedKey(NodeId source, std::string_view fact, std::uint32_t sequence) {
  return KeyWriter(KeyKind::kCited).U32(source.value).Append(fact).U32(sequence).Take();
}
std::string TextKey(NodeId source) { return KeyWriter(KeyKind::kText).U32(source.value).Take(); }

std::uint16_t NumberOfName(std::string_view name_key) {
  assert(name_key.size() == 4);
  return static_cast<std::uint16_t>(ReadBigEndian(name_key.substr(2)));
}

std::uint32_t LastU32(std::string_view key) {
  assert(key.size() > 4);
  return static_cast<std::uint32_t>(ReadBigEndian(key.substr(key.size() - 4)));
}

std::uint16_t RangeOfLabelSetKey(std::string_view label_set_key) {
  assert(label_set_key.size() == 5);
  return static_cast<std::uint16_t>(ReadBigEndian(label_set_key.substr(3)));
}

Owner OwnerOfKey(std::string_view property_key) {
  if (property_key[1] == 0) return {};
  return {static_cast<std::uint16_t>(ReadBigEndian(property_key.substr(2, 2)))};
}

ColumnName NameOfColumn(std::string_view column_key) {
  ColumnName name;
  name.owner = OwnerOfKey(column_key);
  name.property = static_cast<std::uint16_t>(ReadBigEndian(column_key.substr(column_key.size() - 6, 2)));
  name.block = LastU32(column_key);
  return name;
}

TypeDirection TypeDirectionOfKey(std::string_view segment_bits_key) {
  assert(segment_bits_key.size() == 4);
  return {static_cast<std::uint16_t>(ReadBigEndian(segment_bits_key.substr(1, 2))),
          static_cast<std::uint8_t>(segment_bits_key[3])};
}

SegmentName NameOfSegment(std::string_view segment_or_chunk_key) {
  SegmentName name;
  name.type = static_cast<std::uint16_t>(ReadBigEndian(segment_or_chunk_key.substr(1, 2)));
  name.number = static_cast<std::uint32_t>(ReadBigEndian(segment_or_chunk_key.substr(4, 4)));
  const auto third = static_cast<std::uint8_t>(segment_or_chunk_key[3]);
  if (segment_or_chunk_key.size() > 8) {
    name.direction = third;
    name.chunk = static_cast<std::uint16_t>(ReadBigEndian(segment_or_chunk_key.substr(8)));
  } else {
    name.direction = third >> kCutDirectionShift;
    name.bits = third & ((1U << kCutDirectionShift) - 1);
  }
  return name;
}

CitationPlace PlaceOfCitationKey(std::string_view citation_key) {
  assert(citation_key.size() > 5);
  const std::size_t fact_end = citation_key.size() - 4;
  return {citation_key.substr(1, fact_end - 1),
          static_cast<std::uint32_t>(ReadBigEndian(citation_key.substr(fact_end)))};
}

CitationPlace PlaceOfCitedKey(std::string_view cited_key) {
  assert(cited_key.size() > 9);
  return PlaceOfCitationKey(cited_key.substr(4));
}

}  // namespace plenum::storage
