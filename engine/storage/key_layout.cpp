// Writes and reads the keys that key_layout.h specifies.
#include "engine/storage/key_layout.h"

#include <cassert>
#include <utility>

#include "engine/storage/byte_code.h"

namespace plenum::storage {
namespace {

enum Kind : std::uint8_t {
  kMeta = 0x01,
  kCounter = 0x02,
  kNext = 0x03,
  kName = 0x10,
  kDeclaredKey = 0x11,
  kNode = 0x20,
  kLabel = 0x21,
  kIndex = 0x22,
  kRelationship = 0x30,
  kAdjacency = 0x31,
  kCitation = 0x40,
  kCited = 0x41,
  kText = 0x50,
};

constexpr unsigned kRelationshipBytes = 7;  // u16:type u40:number, as they stand together in a RelationshipId
constexpr std::uint64_t kNumberMask = (std::uint64_t{1} << kNumberBits) - 1;

// A key, field by field.
class KeyWriter {
 public:
  explicit KeyWriter(Kind kind) { key_.push_back(static_cast<char>(kind)); }
  KeyWriter& U8(std::uint8_t number) { return Field(number, 1); }
  KeyWriter& U16(std::uint16_t number) { return Field(number, 2); }
  KeyWriter& U32(std::uint32_t number) { return Field(number, 4); }
  KeyWriter& U40(std::uint64_t number) { return Field(number & kNumberMask, 5); }
  KeyWriter& Relationship(RelationshipId id) { return Field(id.value, kRelationshipBytes); }
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

}  // namespace

std::string CommitsKey() { return KeyWriter(kMeta).U8(0).Take(); }
std::string NodeCountKey() { return KeyWriter(kCounter).U8(0).Take(); }
std::string LabelCountKey(std::uint16_t label) { return KeyWriter(kCounter).U8(1).U16(label).Take(); }
std::string TypeCountKey(std::uint16_t type) { return KeyWriter(kCounter).U8(2).U16(type).Take(); }
std::string NextNodeKey() { return KeyWriter(kNext).U8(0).Take(); }
std::string NextRelationshipKey(std::uint16_t type) { return KeyWriter(kNext).U8(1).U16(type).Take(); }

std::string NamePrefix(Space space) { return KeyWriter(kName).U8(static_cast<std::uint8_t>(space)).Take(); }
std::string NameKey(Space space, std::uint16_t number) {
  return KeyWriter(kName).U8(static_cast<std::uint8_t>(space)).U16(number).Take();
}
std::string DeclaredKeyPrefix() { return KeyWriter(kDeclaredKey).Take(); }
std::string DeclaredKeyKey(std::uint16_t label, std::uint16_t property) {
  return KeyWriter(kDeclaredKey).U16(label).U16(property).Take();
}

std::string NodePrefix() { return KeyWriter(kNode).Take(); }
std::string NodeKey(NodeId node) { return KeyWriter(kNode).U32(node.value).Take(); }
std::string LabelPrefix(std::uint16_t label) { return KeyWriter(kLabel).U16(label).Take(); }
std::string LabelKey(std::uint16_t label, NodeId node) { return KeyWriter(kLabel).U16(label).U32(node.value).Take(); }
std::string IndexPrefix(std::uint16_t label, std::uint16_t property) {
  return KeyWriter(kIndex).U16(label).U16(property).Take();
}
std::string IndexKey(std::uint16_t label, std::uint16_t property, const Value& value) {
  std::string key = IndexPrefix(label, property);
  AppendOrdered(key, value);
  return key;
}

std::string RelationshipPrefix(std::uint16_t type) { return KeyWriter(kRelationship).U16(type).Take(); }
std::string RelationshipKey(RelationshipId relationship) {
  return KeyWriter(kRelationship).Relationship(relationship).Take();
}
std::string AdjacencyPrefix(NodeId node) { return KeyWriter(kAdjacency).U32(node.value).Take(); }
std::string AdjacencyPrefix(NodeId node, std::uint8_t direction) {
  return KeyWriter(kAdjacency).U32(node.value).U8(direction).Take();
}
std::string AdjacencyPrefix(NodeId node, std::uint8_t direction, std::uint16_t type) {
  return KeyWriter(kAdjacency).U32(node.value).U8(direction).U16(type).Take();
}
std::string AdjacencyKey(NodeId node, std::uint8_t direction, NodeId other, RelationshipId relationship) {
  const auto type = static_cast<std::uint16_t>(relationship.value >> kNumberBits);
  return KeyWriter(kAdjacency).U32(node.value).U8(direction).U16(type).U32(other.value).U40(relationship.value).Take();
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
  return KeyWriter(kCitation).Append(element_or_fact).Take();
}
std::string CitationKey(std::string_view fact, std::uint32_t sequence) {
  return KeyWriter(kCitation).Append(fact).U32(sequence).Take();
}
std::string CitedPrefix(NodeId source) { return KeyWriter(kCited).U32(source.value).Take(); }
std::string CitedKey(NodeId source, std::string_view fact, std::uint32_t sequence) {
  return KeyWriter(kCited).U32(source.value).Append(fact).U32(sequence).Take();
}
std::string TextKey(NodeId source) { return KeyWriter(kText).U32(source.value).Take(); }

std::uint16_t NumberOfName(std::string_view name_key) {
  assert(name_key.size() == 4);
  return static_cast<std::uint16_t>(ReadBigEndian(name_key.substr(2)));
}

DeclaredKey DeclaredKeyOfKey(std::string_view declared_key_key) {
  assert(declared_key_key.size() == 5);
  return {static_cast<std::uint16_t>(ReadBigEndian(declared_key_key.substr(1, 2))),
          static_cast<std::uint16_t>(ReadBigEndian(declared_key_key.substr(3)))};
}

NodeId NodeOfKey(std::string_view node_or_label_key) {
  assert(node_or_label_key.size() >= 5);
  return {static_cast<std::uint32_t>(ReadBigEndian(node_or_label_key.substr(node_or_label_key.size() - 4)))};
}

RelationshipId RelationshipOfKey(std::string_view relationship_key) {
  assert(relationship_key.size() == 1 + kRelationshipBytes);
  return {ReadBigEndian(relationship_key.substr(1))};
}

AdjacencyEntry EntryOfAdjacencyKey(std::string_view adjacency_key) {
  assert(adjacency_key.size() == 17);
  const std::uint64_t type = ReadBigEndian(adjacency_key.substr(6, 2));
  const std::uint64_t number = ReadBigEndian(adjacency_key.substr(12, 5));
  const auto other = static_cast<std::uint32_t>(ReadBigEndian(adjacency_key.substr(8, 4)));
  return {{type << kNumberBits | number}, {other}};
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
