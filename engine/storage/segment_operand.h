// Changes of a segment (or hub chunk), written without reading it, and how the store lays them over it.
//
// An operand is begun once, then appended to; operands one after the other are again an operand. Changes apply in the
// order they were written, each by its (local, target, number), so writing one twice is writing it once. Bytes:
// `operand` in segment.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/segment.h"

namespace plenum::storage {

// An operand that changes nothing yet. `log2_nodes` must be that of the segment.
std::string BeginSegmentOperand(unsigned log2_nodes);

// Of a relationship that is there already, changes the validity.
void AppendAdd(std::string& operand, const SegmentEntry& entry);
void AppendRemove(std::string& operand, std::uint32_t local, std::uint32_t target, std::uint64_t number);
// Nothing where the relationship is not there.
void AppendSetValidity(std::string& operand, std::uint32_t local, std::uint32_t target, std::uint64_t number,
                       const std::optional<Interval>& validity);
// The node's list leaves the segment, what was appended for it before included; from here on it is in those chunks.
// No chunks: the node is a hub no more, its list is empty until something is added.
void AppendHubStub(std::string& operand, std::uint32_t local, std::span<const HubStub::Chunk> chunks);

// The segment with the operands laid over it, oldest first; nothing when any of them is damaged, or of another
// log2_nodes. Never nothing for what the functions above and EncodeSegment made. A segment from which all was removed
// is a valid empty one. Requires a base or an operand.
std::optional<std::string> FoldSegment(std::optional<std::string_view> base,
                                       std::span<const std::string_view> operands);

}  // namespace plenum::storage
