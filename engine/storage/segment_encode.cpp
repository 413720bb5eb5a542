// See segment.h: from entries to the bytes of a segment.
#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/segment.h"
#include "engine/storage/segment_code.h"
#include "engine/storage/stream_vbyte.h"

namespace plenum::storage {
namespace {

void AppendBitmap(std::string& out, unsigned log2_nodes, std::span<const std::uint32_t> locals) {
  const std::size_t before = out.size();
  out.resize(before + BitmapBytes(log2_nodes));
  for (const std::uint32_t local : locals) {
    char& byte = out[before + local / 8];
    byte = static_cast<char>(static_cast<std::uint8_t>(byte) | 1U << local % 8);
  }
}

void AppendDegrees(std::string& out, std::span<const std::uint32_t> degrees, std::vector<std::uint32_t>& scratch) {
  scratch.resize(degrees.size());
  for (std::size_t i = 0; i < degrees.size(); ++i) scratch[i] = degrees[i] - 1;
  AppendStreamVByte(out, scratch, VByteLengths::kZeroToFour);
}

// `lists` of the grammar. Requires values that ascend in each list, none below base, and none 2^32 above it.
template <typename Number>
void AppendLists(std::string& out, std::span<const Number> values, Number base, std::span<const std::uint32_t> degrees,
                 std::vector<std::uint32_t>& scratch) {
  scratch.resize(values.size());
  for (std::size_t i = 1; i < values.size(); ++i) scratch[i] = static_cast<std::uint32_t>(values[i] - values[i - 1]);
  std::size_t first = 0;
  for (const std::uint32_t degree : degrees) {
    scratch[first] = static_cast<std::uint32_t>(values[first] - base);
    first += degree;
  }
  AppendStreamVByte(out, scratch, VByteLengths::kOneToFour);
}

void AppendTargets(std::string& out, std::span<const std::uint32_t> targets, std::span<const std::uint32_t> degrees,
                   std::vector<std::uint32_t>& scratch) {
  std::uint32_t base = targets.empty() ? 0 : targets.front();
  for (const std::uint32_t target : targets) base = std::min(base, target);
  AppendVarint(out, base);
  AppendLists(out, targets, base, degrees, scratch);
}

bool AreConsecutive(std::span<const std::uint64_t> numbers) {
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] != numbers[0] + i) return false;
  }
  return true;
}

std::pair<std::uint64_t, std::uint64_t> Extremes(std::span<const std::uint64_t> numbers) {
  std::uint64_t least = numbers.front();
  std::uint64_t greatest = least;
  for (const std::uint64_t number : numbers) {
    least = std::min(least, number);
    greatest = std::max(greatest, number);
  }
  return {least, greatest};
}

// Without branches: nothing may descend but from one list to the next.
bool AscendInLists(std::span<const std::uint64_t> numbers, std::span<const std::uint32_t> degrees) {
  std::size_t descents = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) descents += numbers[i] < numbers[i - 1] ? 1 : 0;
  std::size_t between_lists = 0;
  std::size_t first = degrees.empty() ? 0 : degrees.front();
  for (const std::uint32_t degree : degrees.subspan(degrees.empty() ? 0 : 1)) {
    between_lists += numbers[first] < numbers[first - 1] ? 1 : 0;
    first += degree;
  }
  return descents == between_lists;
}

// In which of the explicit forms the numbers are shortest, as flags.
std::uint8_t FormOf(const SegmentColumns& columns, std::uint64_t span) {
  if (span >> 32 != 0) return kExplicitNumbers | kWideNumbers;
  return AscendInLists(columns.numbers, columns.degrees) ? kExplicitNumbers | kAscendingNumbers : kExplicitNumbers;
}

void AppendNumbers(std::string& out, std::uint8_t flags, std::span<const std::uint64_t> numbers, std::uint64_t base,
                   std::span<const std::uint32_t> degrees, std::vector<std::uint32_t>& scratch) {
  std::string lane;
  AppendVarint(lane, base);
  if ((flags & kWideNumbers) != 0) {
    for (const std::uint64_t number : numbers) {
      const std::uint64_t over = number - base;
      for (unsigned shift = 0; shift < kNumberBits; shift += 8) lane.push_back(static_cast<char>(over >> shift));
    }
  } else if ((flags & kAscendingNumbers) != 0) {
    AppendLists(lane, numbers, base, degrees, scratch);
  } else {
    scratch.resize(numbers.size());
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto offset = static_cast<std::uint32_t>(numbers[i] - base);
      const std::uint32_t step = offset - before;
      scratch[i] = step << 1 ^ (step >> 31 != 0 ? ~std::uint32_t{0} : 0);
      before = offset;
    }
    AppendStreamVByte(lane, scratch, VByteLengths::kOneToFour);
  }
  AppendVarint(out, lane.size());
  out += lane;
}

void AppendHubs(std::string& out, std::span<const HubStub> hubs) {
  AppendVarint(out, hubs.size());
  for (const HubStub& hub : hubs) {
    AppendVarint(out, hub.local);
    AppendHubChunks(out, hub.chunks);
  }
}

void AppendValidity(std::string& out, const ValidityLane& validity) {
  ValidityLane::AppendBounds(out, validity.Bounds());
  std::string lane;
  validity.AppendTo(lane);
  AppendVarint(out, lane.size());
  out += lane;
}

// With the degrees of every local number, of which only those that are not 0 go on.
std::string EncodeDense(unsigned log2_nodes, SegmentColumns columns) {
  const std::size_t nodes = columns.degrees.size();
  std::vector<std::uint32_t> locals(nodes), degrees(nodes);
  std::size_t listed = 0;
  for (std::size_t local = 0; local < nodes; ++local) {
    locals[listed] = static_cast<std::uint32_t>(local);
    degrees[listed] = columns.degrees[local];
    listed += columns.degrees[local] != 0 ? 1 : 0;
  }
  columns.locals = std::span(locals).first(listed);
  columns.degrees = std::span(degrees).first(listed);
  return EncodeSegment(log2_nodes, columns);
}

}  // namespace

void AppendHubChunks(std::string& out, std::span<const HubStub::Chunk> chunks) {
  AppendVarint(out, chunks.size());
  for (const HubStub::Chunk& chunk : chunks) {
    AppendVarint(out, chunk.first_target);
    AppendVarint(out, chunk.first_number);
    AppendVarint(out, chunk.chunk);
  }
}

unsigned SegmentBits(std::uint64_t node_count, std::uint64_t edge_count) {
  constexpr unsigned kBitsMin = 4;
  constexpr unsigned kBitsUnknown = 12;
  if (edge_count == 0) return kBitsUnknown;
  unsigned bits = kSegmentBitsMax;
  while (bits > kBitsMin && (edge_count << bits) / std::max<std::uint64_t>(node_count, 1) > kSegmentEdgesAim) --bits;
  return bits;
}

std::string EncodeSegment(unsigned log2_nodes, const SegmentColumns& columns) {
  if (columns.locals.empty() && !columns.degrees.empty()) return EncodeDense(log2_nodes, columns);
  const std::size_t edge_count = columns.targets.size();
  assert(log2_nodes <= kSegmentBitsMax && columns.locals.size() == columns.degrees.size());
  assert(columns.locals.empty() || columns.locals.back() >> log2_nodes == 0);
  std::uint64_t base = columns.first_number;
  std::uint8_t flags = 0;
  if (!columns.numbers.empty()) {
    assert(columns.numbers.size() == edge_count);
    base = columns.numbers.front();
    if (!AreConsecutive(columns.numbers)) {
      const auto [least, greatest] = Extremes(columns.numbers);
      assert(greatest >> kNumberBits == 0);
      base = least;
      flags |= FormOf(columns, greatest - least);
    }
  }
  const bool dated = columns.validity != nullptr && !columns.validity->AllTimeless();
  assert(!dated || columns.validity->size() == edge_count);
  if (columns.locals.size() * 10 < std::size_t{1} << log2_nodes) flags |= kNodesAsGaps;
  if (!columns.hubs.empty()) flags |= kHubs;
  if (dated) flags |= kValidity;

  std::string out;
  out.reserve(64 + BitmapBytes(log2_nodes) + 2 * StreamVByteBytesMax(edge_count));
  out.push_back(kSegmentVersion);
  out.push_back(static_cast<char>(flags));
  out.push_back(static_cast<char>(log2_nodes));
  AppendVarint(out, columns.locals.size());
  AppendVarint(out, edge_count);
  if ((flags & kNodesAsGaps) != 0) {
    AppendAscending(out, columns.locals);
  } else {
    AppendBitmap(out, log2_nodes, columns.locals);
  }
  std::vector<std::uint32_t> scratch;
  AppendDegrees(out, columns.degrees, scratch);
  AppendTargets(out, columns.targets, columns.degrees, scratch);
  if (!columns.hubs.empty()) AppendHubs(out, columns.hubs);
  if ((flags & kExplicitNumbers) == 0) {
    AppendVarint(out, base);
  } else {
    AppendNumbers(out, flags, columns.numbers, base, columns.degrees, scratch);
  }
  if (dated) AppendValidity(out, *columns.validity);
  return out;
}

std::string EncodeSegment(unsigned log2_nodes, std::span<const SegmentEntry> entries, std::span<const HubStub> hubs) {
  assert(std::adjacent_find(entries.begin(), entries.end(), [](const SegmentEntry& a, const SegmentEntry& b) {
           return std::tie(a.local, a.target, a.number) >= std::tie(b.local, b.target, b.number);
         }) == entries.end());
  std::vector<std::uint32_t> locals, degrees, targets;
  std::vector<std::uint64_t> numbers;
  ValidityLane validity;
  targets.reserve(entries.size());
  numbers.reserve(entries.size());
  validity.Reserve(entries.size());
  for (const SegmentEntry& entry : entries) {
    if (locals.empty() || locals.back() != entry.local) {
      locals.push_back(entry.local);
      degrees.push_back(0);
    }
    ++degrees.back();
    targets.push_back(entry.target);
    numbers.push_back(entry.number);
    validity.Append(entry.validity);
  }
  return EncodeSegment(log2_nodes, SegmentColumns{.locals = locals,
                                                  .degrees = degrees,
                                                  .targets = targets,
                                                  .numbers = numbers,
                                                  .validity = &validity,
                                                  .hubs = hubs});
}

}  // namespace plenum::storage
