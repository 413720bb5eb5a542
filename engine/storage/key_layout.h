// Every byte that a database of format 1 holds, specified here and nowhere else.
//
// u8 … u64 and the numbered fields are unsigned, most significant byte first, so that keys sort as what they name.
// `varint`, `signed` as in byte_code.h; `text` is UTF-8.
//
//   key           = 0x01 meta | 0x02 counter | 0x03 next
//                 | 0x10 u8:space u16:number                       value: text             a name of the catalog
//                 | 0x11 u16:label u16:property                    value: (empty)          a declared key
//                 | 0x20 u32:node                                  value: node-record
//                 | 0x21 u16:label u32:node                        value: (empty)          the nodes of a label
//                 | 0x22 u16:label u16:property ordered            value: u32:node         the index of a declared key
//                 | 0x30 relationship                              value: relationship-record
//                 | 0x31 u32:node u8:direction u16:type u32:other u40:number  value: (empty)     adjacency, both ways
//                 | 0x40 fact u32:sequence                         value: citation         in the order they were added
//                 | 0x41 u32:source fact u32:sequence              value: (empty)          what a source is cited for
//                 | 0x50 u32:node                                  value: source-text
//   meta          = 0x00                                           value: u64              commits so far
//   counter       = 0x00                                           value: u64              nodes
//                 | 0x01 u16:label                                 value: u64              nodes with the label
//                 | 0x02 u16:type                                  value: u64              relationships of the type
//   next          = 0x00                                           value: u64              the next node
//                 | 0x01 u16:type                                  value: u64              the next number in the type
//   space         = 0x00 labels | 0x01 relationship types | 0x02 property keys
//   direction     = 0x00 outgoing | 0x01 incoming                  a self-loop has a key in each
//   relationship  = u16:type u40:number
//   fact          = ( 0x00 u32:node | 0x01 relationship ) ( 0x00 | 0x01 u16:property )
//
//   node-record   = 0x01 varint:n n × varint:label validity properties         labels ascending; 0x01: version
//   relationship-record = 0x01 u32:start u32:end validity properties
//   citation      = 0x01 u32:source ( 0x00 | 0x01 u32:first u32:end )           code points, end exclusive
//   source-text   = 0x01 sha256 (32 bytes, of the text) text
//   validity      = 0x00 timeless | 0x01 interval
//   properties    = varint:n n × ( varint:key value )                           ascending by key
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
// `ordered` sorts as ORDER BY does (Order in plenum/value.h), and equal values are equal bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "plenum/value.h"

namespace plenum::storage {

inline constexpr unsigned kFormatVersion = 1;
inline constexpr std::uint8_t kRecordVersion = 1;
inline constexpr unsigned kNumberBits = 40;  // of a relationship within its type

enum class Space : std::uint8_t { kLabels, kTypes, kKeys };

std::string CommitsKey();
std::string NodeCountKey();
std::string LabelCountKey(std::uint16_t label);
std::string TypeCountKey(std::uint16_t type);
std::string NextNodeKey();
std::string NextRelationshipKey(std::uint16_t type);

std::string NamePrefix(Space space);
std::string NameKey(Space space, std::uint16_t number);
std::string DeclaredKeyPrefix();
std::string DeclaredKeyKey(std::uint16_t label, std::uint16_t property);

std::string NodePrefix();
std::string NodeKey(NodeId node);
std::string LabelPrefix(std::uint16_t label);
std::string LabelKey(std::uint16_t label, NodeId node);
std::string IndexPrefix(std::uint16_t label, std::uint16_t property);
std::string IndexKey(std::uint16_t label, std::uint16_t property, const Value& value);  // IsStorable(value)

std::string RelationshipPrefix(std::uint16_t type);
std::string RelationshipKey(RelationshipId relationship);
std::string AdjacencyPrefix(NodeId node);
std::string AdjacencyPrefix(NodeId node, std::uint8_t direction);
std::string AdjacencyPrefix(NodeId node, std::uint8_t direction, std::uint16_t type);
std::string AdjacencyKey(NodeId node, std::uint8_t direction, NodeId other, RelationshipId relationship);

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
struct DeclaredKey {
  std::uint16_t label = 0;
  std::uint16_t property = 0;
};
DeclaredKey DeclaredKeyOfKey(std::string_view declared_key_key);
NodeId NodeOfKey(std::string_view node_or_label_key);
RelationshipId RelationshipOfKey(std::string_view relationship_key);
struct AdjacencyEntry {
  RelationshipId relationship;
  NodeId other;
};
AdjacencyEntry EntryOfAdjacencyKey(std::string_view adjacency_key);

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
