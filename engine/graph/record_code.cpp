// See record_code.h.
#include "engine/graph/record_code.h"

#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {
namespace {

using storage::AppendBigEndian;
using storage::AppendVarint;
using storage::ByteReader;

std::string NewRecord() { return std::string(1, static_cast<char>(storage::kRecordVersion)); }

void AppendValidity(std::string& out, const std::optional<Interval>& validity) {
  out.push_back(validity ? '\1' : '\0');
  if (validity) storage::AppendInterval(out, *validity);
}

void AppendProperties(std::string& out, const Properties& properties) {
  AppendVarint(out, properties.size());
  for (const auto& [key, value] : properties) {
    AppendVarint(out, key.value);
    storage::AppendValue(out, value);
  }
}

std::optional<Interval> ReadValidity(ByteReader& reader) {
  if (reader.Byte() == 0) return std::nullopt;
  return reader.ReadInterval();
}

Properties ReadProperties(ByteReader& reader) {
  Properties properties;
  const std::uint64_t count = reader.Count();
  properties.reserve(count);
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    const KeyId key{static_cast<std::uint16_t>(reader.Varint())};
    properties.emplace_back(key, reader.ReadValue());
  }
  return properties;
}

bool IsWhole(const ByteReader& reader) { return reader.ok() && reader.AtEnd(); }

}  // namespace

std::string EncodeNode(const NodeRecord& record) {
  std::string out = NewRecord();
  AppendVarint(out, record.labels.size());
  for (const LabelId label : record.labels) AppendVarint(out, label.value);
  AppendValidity(out, record.validity);
  AppendProperties(out, record.properties);
  return out;
}

std::string EncodeRelationship(const RelationshipRecord& record) {
  std::string out = NewRecord();
  AppendBigEndian(out, record.start.value, 4);
  AppendBigEndian(out, record.end.value, 4);
  AppendValidity(out, record.validity);
  AppendProperties(out, record.properties);
  return out;
}

std::string EncodeCitation(const Citation& citation) {
  std::string out = NewRecord();
  AppendBigEndian(out, citation.source.value, 4);
  out.push_back(citation.span ? '\1' : '\0');
  if (!citation.span) return out;
  AppendBigEndian(out, citation.span->first, 4);
  AppendBigEndian(out, citation.span->second, 4);
  return out;
}

std::optional<NodeRecord> DecodeNode(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != storage::kRecordVersion) return std::nullopt;
  NodeRecord record;
  const std::uint64_t labels = reader.Count();
  record.labels.reserve(labels);
  for (std::uint64_t i = 0; i < labels && reader.ok(); ++i) {
    record.labels.push_back({static_cast<std::uint16_t>(reader.Varint())});
  }
  record.validity = ReadValidity(reader);
  record.properties = ReadProperties(reader);
  if (!IsWhole(reader)) return std::nullopt;
  return record;
}

std::optional<RelationshipRecord> DecodeRelationship(TypeId type, std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != storage::kRecordVersion) return std::nullopt;
  RelationshipRecord record;
  record.type = type;
  record.start.value = static_cast<std::uint32_t>(reader.BigEndian(4));
  record.end.value = static_cast<std::uint32_t>(reader.BigEndian(4));
  record.validity = ReadValidity(reader);
  record.properties = ReadProperties(reader);
  if (!IsWhole(reader)) return std::nullopt;
  return record;
}

std::optional<Citation> DecodeCitation(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != storage::kRecordVersion) return std::nullopt;
  Citation citation;
  citation.source.value = static_cast<std::uint32_t>(reader.BigEndian(4));
  if (reader.Byte() != 0) {
    const auto first = static_cast<std::uint32_t>(reader.BigEndian(4));
    citation.span = {first, static_cast<std::uint32_t>(reader.BigEndian(4))};
  }
  if (!IsWhole(reader)) return std::nullopt;
  return citation;
}

}  // namespace plenum::graph
