// The records of nodes and relationships, and citations, as bytes and back (storage/key_layout.h has the forms).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/graph/graph.h"

namespace plenum::graph {

std::string EncodeNode(const NodeRecord& record);
std::string EncodeRelationship(const RelationshipRecord& record);
std::string EncodeCitation(const Citation& citation);

// Absent where the bytes cannot be what was written. A relationship's type is in its key, not in the bytes.
std::optional<NodeRecord> DecodeNode(std::string_view bytes);
std::optional<RelationshipRecord> DecodeRelationship(TypeId type, std::string_view bytes);
std::optional<Citation> DecodeCitation(std::string_view bytes);

}  // namespace plenum::graph
