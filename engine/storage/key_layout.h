// Every key that a database of format 3 holds, and what its value is, specified here and nowhere else; the forms of
// blocks are specified at the top of the header that writes them.
//
// u8 … u64 and the numbered fields are unsigned, most significant byte first, so that keys sort as what they name.
// `varint`, `signed` as in byte_code.h; `text` is UTF-8.
//
// clang-format off
//
//   key           = 0x01 meta | 0x02 counter | 0x03 next
//                 | 0x04 statistics                              (statistics_code.h)
//                 | 0x10 u8:space u16:number                       value: text             a name of the catalog
//                 | 0x11 u32:index                                 value: index-definition
//                 | 0x12 u16:type u8:direction                     value: u8 [ u8 ]        log2 of a segment's nodes; and
//                                                                                          of those of another cut, which
//                                                                                          are being made or deleted
//                 | 0x20 u16:label u16:range                       value: label-set        (label_set.h)
//                 | 0x30 owner u16:property u32:block              value: column           (column.h)
//                 | 0x31 owner u32:block                           value: row-map          (row_map.h)
//                 | 0x32 owner u16:property u40:id                 value: text             too long for a block
//                 | 0x40 u16:type u8:cut u32:segment               value: segment          (segment.h)
//                 | 0x41 u16:type u8:direction u32:node u16:chunk  value: segment          a part of one node's list
//                 | 0x50 fact u32:sequence                         value: citation         in the order they were added
//                 | 0x51 u32:source fact u32:sequence              value: (empty)          what a source is cited for
//                 | 0x52 u32:node                                  value: source-text
//                 | 0x60 u32:index ordered                         value: u32:node         of a unique index
//                 | 0x60 u32:index ordered u32:node                value: (empty)          of a range index
//   meta          = 0x00                                           value: u64              commits so far
//   counter       = 0x00                                           value: u64              nodes
//                 | 0x01 u16:label                                 value: u64              nodes with the label
//                 | 0x02 u16:type                                  value: u64              relationships of the type
//                 | 0x03 u16:type                                  value: u64              … that are self-loops
//                 | 0x04 u16:type                                  value: u64              … beyond the first of the
//                                                                                          same start and end
//   next          = 0x00 u16:label                                 value: u64              the next node in the label's
//                                                                                          extent; none at its end
//                 | 0x01 u16:type                                  value: u64              the next number in the type
//                 | 0x02                                           value: u64              the next extent
//                 | 0x03                                           value: u64              the next index
//   space         = 0x00 labels | 0x01 relationship types | 0x02 property keys
//   direction     = 0x00 outgoing | 0x01 incoming                  a self-loop is listed in each
//   cut           = direction << 7 | log2 of a segment's nodes
//   owner         = 0x00 | 0x01 u16:type                           whose property: nodes, or relationships of a type
//   property      = the number of a property key | 0xFFFF validity | 0xFFFE start | 0xFFFD end
//   block         = id >> 12                                       4096 nodes, or relationships of a type
//   range         = id >> 16                                       65,536 nodes
//   relationship  = u16:type u40:number
//   fact          = ( 0x00 u32:node | 0x01 relationship ) ( 0x00 | 0x01 u16:property )
//
//   index-definition = ( 0x00 unique | 0x01 range ) ( 0x00 in use | 0x01 dropped ) u16:label u16:property text
//                                                                               its name; empty: made of the others
//                                                                               (dropped, too: not in use yet)
//   citation      = 0x01 u32:source ( 0x00 | 0x01 u32:first u32:end )           code points, end exclusive
//   source-text   = 0x01 sha256 (32 bytes, of the text) text
//   value         = scalar | 0x09 varint:n n × scalar
//   scalar        = 0x01 false | 0x02 true | 0x03 signed integer | 0x04 u64 float (IEEE 754 bits)
//                 | 0x05 varint:length text | 0x06 signed:day | 0x07 partial-date | 0x08 interval
//   partial-date  = u8:flags [ signed:earliest ] [ signed:latest ]              flags: 1 earliest, 2 latest is there
//   interval      = u8:flags [ partial-date:from ] [ partial-date:until ]       flags: 1 from, 2 until is there
//
//   ordered       = 0x10 { 0x01 ordered } 0x00                                  a list
//                 | 0x20 ( 0x00 | 0x01 bounds ) ( 0x01 bounds | 0x02 )          an interval: from, until
//                 | 0x30 bounds                                a partial date; a date is that of its one day
//                 | 0x40 { byte other than 0x00 | 0x00 0xFF } 0x00 0x01         a string
//                 | 0x50 ( 0x00 false | 0x01 true )
//                 | 0x60 number | 0x61                                          0x61: not a number
//   bounds        = ( 0x00 | 0x01 day ) ( 0x01 day | 0x02 )                     earliest, latest; 0x00 and 0x02: none
//   day           = u64 with the sign bit flipped
//   number        = u64 u16: the nearest float's bits (all flipped when negative, else the sign bit flipped), then
//                   0x8000 + what the integer exceeds that float by; so 1 and 1.0 are the same bytes
//
// clang-format on
//
// `ordered` sorts as ORDER BY does (Order in plenum/value.h), and equal values are equal bytes; no `ordered` begins
// another one.
//
// Ids are given out so that what is alike lies together: the first label of a new node chooses an extent of 4096
// consecutive node ids (a block), which is used up before the label takes the next free one. A node keeps its id
// whatever becomes of its labels.
//
// A property of a block lives in the block's row map while fewer than kColumnValuesMin elements of the block have it,
// and in a column of its own from then on. Each relationship has its start and end as properties; so there is one where
// there is a start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "plenum/value.h"

namespace plenum::storage {

inline constexpr unsigned kFormatVersion = 3;
inline constexpr std::uint8_t kRecordVersion = 1;
inline constexpr unsigned kNumberBits = 40;  // of a relationship within its type

inline constexpr unsigned kBlockBits = 12;
inline constexpr std::uint32_t kExtentsMax = (1U << (32 - kBlockBits)) - 1;  // so that one past a node's id is no 0
inline constexpr unsigned kRangeBits = 16;
inline constexpr unsigned kBlocksOfRange = 1U << (kRangeBits - kBlockBits);
inline constexpr unsigned kSegmentBitsMax = 16;
inline constexpr std::size_t kColumnValuesMin = 64;  // in a block, for a column

// Where an element is, by its number: the node's, or the relationship's within its type.
constexpr std::uint32_t BlockOf(std::uint64_t number) { return static_cast<std::uint32_t>(number >> kBlockBits); }
constexpr std::uint32_t SlotOf(std::uint64_t number) {
  return static_cast<std::uint32_t>(number & ((std::uint64_t{1} << kBlockBits) - 1));
}
constexpr std::uint64_t NumberAt(std::uint64_t block, std::uint32_t slot) { return block << kBlockBits | slot; }

inline constexpr std::uint16_t kEveryNode = 0xFFFF;  // as a label: that of every node there is
inline constexpr std::uint16_t kNamesEnd = 0xFF00;   // numbers of names are below
inline constexpr std::uint16_t kValidityProperty = 0xFFFF;
inline constexpr std::uint16_t kStartProperty = 0xFFFE;
inline constexpr std::uint16_t kEndProperty = 0xFFFD;

enum class Space : std::uint8_t { kLabels, kTypes, kKeys };

// What begins the keys of each kind of content, for statistics by kind.
enum class KeyKind : std::uint8_t {
  kMeta = 0x01,
  kCounter = 0x02,
  kNext = 0x03,
  kStatistics = 0x04,
  kName = 0x10,
  kIndexDefinition = 0x11,
  kSegmentBits = 0x12,
  kLabelSet = 0x20,
  kColumn = 0x30,
  kRowMap = 0x31,
  kLongText = 0x32,
  kSegment = 0x40,
  kChunk = 0x41,
  kCitation = 0x50,
  kCited = 0x51,
  kText = 0x52,
  kIndexEntry = 0x60,
};
std::string KindPrefix(KeyKind kind);

std::string CommitsKey();
std::string NodeCountKey();
std::string LabelCountKey(std::uint16_t label);
std::string TypeCountPrefix();  // of the counts of all types, the type following
std::string TypeCountKey(std::uint16_t type);
std::string LoopCountKey(std::uint16_t type);
std::string ParallelCountKey(std::uint16_t type);
std::string NextNodeKey(std::uint16_t home_label);  // kEveryNode: of nodes without a label
std::string NextRelationshipKey(std::uint16_t type);
std::string NextExtentKey();
std::string NextIndexKey();

std::string NamePrefix(Space space);
std::string NameKey(Space space, std::uint16_t number);
std::string SegmentBitsKey(std::uint16_t type, std::uint8_t direction);
// How the lists of a type and direction are cut into segments: log2 of the nodes of each.
struct SegmentCut {
  std::uint8_t bits = 0;
  std::optional<std::uint8_t> left_over;  // of another cut: nobody reads its segments, if there are any
};
std::string EncodeSegmentCut(const SegmentCut& cut);
std::optional<SegmentCut> DecodeSegmentCut(std::string_view value);  // absent: damaged

struct IndexDefinition {
  std::uint32_t index = 0;
  bool unique = true;
  bool dropped = false;
  std::uint16_t label = 0;
  std::uint16_t property = 0;
  std::string name = {};
  bool operator==(const IndexDefinition&) const = default;
};
std::string IndexDefinitionKey(std::uint32_t index);
std::string EncodeIndexDefinition(const IndexDefinition& definition);
std::optional<IndexDefinition> DecodeIndexDefinition(std::string_view key, std::string_view value);

std::string IndexPrefix(std::uint32_t index);
std::string IndexKey(std::uint32_t index, const Value& value);               // IsStorable(value)
std::string IndexKey(std::uint32_t index, const Value& value, NodeId node);  // of a range index
NodeId NodeOfRangeKey(std::string_view range_index_key);

std::string LabelSetPrefix(std::uint16_t label);
std::string LabelSetKey(std::uint16_t label, std::uint16_t range);

// Whose properties: those of all nodes, or of the relationships of one type.
struct Owner {
  std::optional<std::uint16_t> type;  // absent: nodes
  auto operator<=>(const Owner&) const = default;
};
std::string ColumnPrefix(Owner owner, std::uint16_t property);
std::string ColumnKey(Owner owner, std::uint16_t property, std::uint32_t block);
std::string RowMapPrefix(Owner owner);
std::string RowMapKey(Owner owner, std::uint32_t block);
std::string LongTextKey(Owner owner, std::uint16_t property, std::uint64_t id);

std::string SegmentPrefix(std::uint16_t type, std::uint8_t direction, unsigned bits);
std::string SegmentKey(std::uint16_t type, std::uint8_t direction, unsigned bits, std::uint32_t segment);
std::string ChunkPrefix(std::uint16_t type, std::uint8_t direction);
std::string ChunkKey(std::uint16_t type, std::uint8_t direction, std::uint32_t node, std::uint16_t chunk);

// The fact as it stands in the keys of citations. ElementBytes begin the facts of the element and of its properties.
using Element = std::variant<NodeId, RelationshipId>;
std::string ElementBytes(const Element& element);
std::string FactBytes(const Element& element, std::optional<std::uint16_t> property);
struct FactName {
  Element element;
  std::optional<std::uint16_t> property;
};
FactName NameOfFact(std::string_view fact);  // from its bytes
std::string CitationPrefix(std::string_view element_or_fact);
std::string CitationKey(std::string_view fact, std::uint32_t sequence);
std::string CitedPrefix(NodeId source);
std::string CitedKey(NodeId source, std::string_view fact, std::uint32_t sequence);
std::string TextKey(NodeId source);

// From a key back to what it names. The key must be of that kind.
std::uint16_t NumberOfName(std::string_view name_key);
std::uint32_t LastU32(std::string_view key);  // the block, the segment or the node at the end of a key
std::uint16_t RangeOfLabelSetKey(std::string_view label_set_key);
Owner OwnerOfKey(std::string_view property_key);  // of a column, a row map or a long text
struct ColumnName {
  Owner owner;
  std::uint16_t property = 0;
  std::uint32_t block = 0;
};
ColumnName NameOfColumn(std::string_view column_key);
struct TypeDirection {
  std::uint16_t type = 0;
  std::uint8_t direction = 0;
};
TypeDirection TypeDirectionOfKey(std::string_view segment_bits_key);
struct SegmentName {
  std::uint16_t type = 0;
  std::uint8_t direction = 0;
  std::uint8_t bits = 0;     // of a segment; 0 of a chunk
  std::uint32_t number = 0;  // the segment, or the node of a chunk
  std::uint16_t chunk = 0;
};
SegmentName NameOfSegment(std::string_view segment_or_chunk_key);

// The fact and the sequence of a citation's key, or of one among those that a source is cited for.
struct CitationPlace {
  std::string_view fact;  // a part of the key
  std::uint32_t sequence = 0;
};
CitationPlace PlaceOfCitationKey(std::string_view citation_key);
CitationPlace PlaceOfCitedKey(std::string_view cited_key);

// The `ordered` form of a value that IsStorable.
void AppendOrdered(std::string& out, const Value& value);

}  // namespace plenum::storage
