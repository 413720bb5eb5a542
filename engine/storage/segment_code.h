// What the sources that write and read the bytes of segments (segment.h) share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/segment.h"

namespace plenum::storage {

inline constexpr std::uint8_t kSegmentVersion = 0x01;

enum SegmentFlag : std::uint8_t {
  kNodesAsGaps = 1,
  kHubs = 2,
  kValidity = 4,
  kExplicitNumbers = 8,
  kAscendingNumbers = 16,  // only with kExplicitNumbers
  kWideNumbers = 32,       // only with kExplicitNumbers, not with kAscendingNumbers
};

constexpr std::size_t BitmapBytes(unsigned log2_nodes) {
  return log2_nodes < 3 ? 1 : std::size_t{1} << (log2_nodes - 3);
}

// `varint:n n × ( varint:target varint:number varint:chunk )`; reading gives nothing when it is damaged.
void AppendHubChunks(std::string& out, std::span<const HubStub::Chunk> chunks);
std::optional<std::vector<HubStub::Chunk>> ReadHubChunks(ByteReader& bytes);

}  // namespace plenum::storage
