// See segment.h: from the bytes of a segment to arrays. Nothing of what the bytes say is used before it is checked, and
// memory is asked for only in proportion to how many bytes there are.
#include "engine/storage/segment.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <tuple>
#include <utility>

#include "engine/storage/key_layout.h"
#include "engine/storage/segment_code.h"
#include "engine/storage/stream_vbyte.h"

namespace plenum::storage {
namespace {

constexpr std::uint32_t kCellNodes = Segment::kCellNodes;

std::size_t CellCount(std::size_t nodes) { return (nodes + kCellNodes - 1) / kCellNodes; }

constexpr std::uint64_t kNumberEnd = std::uint64_t{1} << kNumberBits;

// From `lists` of the grammar to values less their base, in place. The greatest of them; 2^32 or more: damaged.
std::uint64_t SumInLongLists(std::span<std::uint32_t> values, std::span<const std::uint32_t> degrees) {
  std::uint64_t greatest = 0;
  std::uint32_t* at = values.data();
  for (const std::uint32_t degree : degrees) {
    std::uint64_t sum = 0;
    for (std::uint32_t* const end = at + degree; at != end; ++at) *at = static_cast<std::uint32_t>(sum += *at);
    greatest = std::max(greatest, sum);
  }
  return greatest;
}

// The same where most lists are so short that guessing where each ends would take longer than the sums.
std::uint64_t SumInShortLists(std::span<std::uint32_t> values, std::span<const std::uint32_t> degrees) {
  std::vector<std::uint8_t> begins(values.size());
  std::size_t first = 0;
  for (const std::uint32_t degree : degrees) {
    begins[first] = 1;
    first += degree;
  }
  std::uint64_t greatest = 0;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum = (sum & (std::uint64_t{begins[i]} - 1)) + values[i];
    values[i] = static_cast<std::uint32_t>(sum);
    greatest = std::max(greatest, sum);
  }
  return greatest;
}

std::uint64_t SumInLists(std::span<std::uint32_t> values, std::span<const std::uint32_t> degrees) {
  return values.size() < 8 * degrees.size() ? SumInShortLists(values, degrees) : SumInLongLists(values, degrees);
}

}  // namespace

std::optional<std::vector<HubStub::Chunk>> ReadHubChunks(ByteReader& bytes) {
  std::vector<HubStub::Chunk> chunks;
  for (std::uint64_t count = bytes.Count(); count > 0 && bytes.ok(); --count) {
    const std::uint64_t target = bytes.Varint();
    const std::uint64_t number = bytes.Varint();
    const std::uint64_t chunk = bytes.Varint();
    if (target >> 32 != 0 || number >= kNumberEnd || chunk >> 16 != 0) return std::nullopt;
    chunks.push_back({static_cast<std::uint32_t>(target), number, static_cast<std::uint16_t>(chunk)});
  }
  return bytes.ok() ? std::optional(std::move(chunks)) : std::nullopt;
}

// Reads one segment from front to back. Each step is false when the bytes are damaged.
class SegmentDecoder {
 public:
  SegmentDecoder(std::string_view bytes, Lanes asked, PageArena* arena, Segment& segment)
      : bytes_(bytes), asked_(asked), arena_(arena), segment_(segment) {}

  bool Run() {
    return ReadHeader() && ReadNodes() && ReadDegrees() && ReadTargets() && ReadHubs() && ReadNumbers() &&
           ReadValidity() && bytes_.AtEnd();
  }

 private:
  bool ReadHeader();
  bool ReadNodes();
  bool ReadBitmap();
  bool ReadDegrees();
  void Allocate();
  void FillOffsets();
  void FillRanks(std::span<std::uint64_t> cells);
  bool ReadTargets();
  bool ReadHubs();
  bool ReadNumbers();
  bool ReadNumberOffsets();
  bool ReadWideNumbers();
  bool ReadValidity();
  bool Has(SegmentFlag flag) const { return (flags_ & flag) != 0; }
  // The block's next piece. They are taken widest first, so each lies aligned.
  template <typename T>
  T* Take(std::size_t count) {
    T* const piece = reinterpret_cast<T*>(segment_.block_.get() + taken_);
    taken_ += count * sizeof(T);
    return piece;
  }

  ByteReader bytes_;
  Lanes asked_;
  PageArena* const arena_;
  Segment& segment_;
  std::uint8_t flags_ = 0;
  std::vector<std::uint32_t> locals_;   // the nodes that have a list
  std::vector<std::uint32_t> degrees_;  // theirs
  std::size_t taken_ = 0;
  std::uint32_t* targets_ = nullptr;
  std::uint32_t* number_offsets_ = nullptr;
  std::uint64_t* wide_numbers_ = nullptr;
};

bool SegmentDecoder::ReadHeader() {
  if (bytes_.Byte() != kSegmentVersion) return false;
  flags_ = bytes_.Byte();
  segment_.log2_nodes_ = bytes_.Byte();
  const std::uint64_t listed = bytes_.Varint();
  const std::uint64_t edges = bytes_.Varint();
  if (!bytes_.ok() || segment_.log2_nodes_ > kSegmentBitsMax) return false;
  if (listed > segment_.node_count() || edges < listed || edges >> 32 != 0) return false;
  if (StreamVByteBytesMin(listed) + StreamVByteBytesMin(edges) > bytes_.rest().size()) return false;
  segment_.listed_nodes_ = static_cast<std::uint32_t>(listed);
  segment_.edge_count_ = static_cast<std::uint32_t>(edges);
  segment_.has_validity_ = Has(kValidity);
  const std::uint8_t form = flags_ & (kExplicitNumbers | kAscendingNumbers | kWideNumbers);
  return flags_ < 2 * kWideNumbers &&
         (form == 0 || form == kExplicitNumbers || form == (kExplicitNumbers | kAscendingNumbers) ||
          form == (kExplicitNumbers | kWideNumbers));
}

bool SegmentDecoder::ReadNodes() {
  locals_.resize(segment_.listed_nodes_);
  return Has(kNodesAsGaps) ? ReadAscending(bytes_, locals_, segment_.node_count()) : ReadBitmap();
}

bool SegmentDecoder::ReadBitmap() {
  std::string_view bitmap = bytes_.Bytes(BitmapBytes(segment_.log2_nodes_));
  std::size_t count = 0;
  for (std::uint32_t first = 0; !bitmap.empty(); first += 64) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(bitmap.size(), sizeof(word));
    std::memcpy(&word, bitmap.data(), size);
    bitmap.remove_prefix(size);
    for (; word != 0; word &= word - 1) {
      const std::uint32_t local = first + static_cast<std::uint32_t>(std::countr_zero(word));
      if (count == locals_.size() || local >= segment_.node_count()) return false;
      locals_[count++] = local;
    }
  }
  return bytes_.ok() && count == locals_.size();
}

bool SegmentDecoder::ReadDegrees() {
  degrees_.resize(segment_.listed_nodes_);
  if (!ReadStreamVByte(bytes_, degrees_, VByteLengths::kZeroToFour)) return false;
  std::uint64_t sum = 0;
  for (std::uint32_t& degree : degrees_) sum += std::uint64_t{degree++} + 1;
  if (sum != segment_.edge_count_) return false;
  Allocate();
  return true;
}

// An offset for every node is the faster form; the other is taken where many nodes have no list, or where the offsets
// would take more than the targets.
void SegmentDecoder::Allocate() {
  const std::size_t nodes = segment_.node_count();
  const std::size_t listed = segment_.listed_nodes_;
  const std::size_t edges = segment_.edge_count_;
  const std::size_t cell_count = CellCount(nodes);
  const bool ranks = (listed < nodes / 2 || edges < nodes) && edges >> 16 == 0;
  const bool offsets = asked_.numbers && Has(kExplicitNumbers) && !Has(kWideNumbers);
  const bool wide = asked_.numbers && Has(kWideNumbers);
  std::size_t size = edges * sizeof(std::uint32_t);
  size += ranks ? cell_count * sizeof(std::uint64_t) + (listed + 1) * sizeof(std::uint16_t)
                : (nodes + 1) * sizeof(std::uint32_t);
  size += (offsets ? edges * sizeof(std::uint32_t) : 0) + (wide ? edges * sizeof(std::uint64_t) : 0);
  segment_.block_ = PageArena::Allocate(arena_, size);
  segment_.bytes_ = sizeof(Segment) + size;

  std::uint64_t* const cells = ranks ? Take<std::uint64_t>(cell_count) : nullptr;
  if (wide) wide_numbers_ = Take<std::uint64_t>(edges);
  segment_.targets_ = targets_ = Take<std::uint32_t>(edges);
  if (offsets) number_offsets_ = Take<std::uint32_t>(edges);
  if (!ranks) return FillOffsets();
  std::fill_n(cells, cell_count, 0);
  for (const std::uint32_t local : locals_) cells[local / kCellNodes] |= std::uint64_t{1} << local % kCellNodes;
  FillRanks({cells, cell_count});
}

void SegmentDecoder::FillOffsets() {
  auto* const offsets = Take<std::uint32_t>(std::size_t{segment_.node_count()} + 1);
  std::uint32_t* at = offsets;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < locals_.size(); ++i) {
    for (std::uint32_t* const end = offsets + locals_[i]; at <= end; ++at) *at = first;
    first += degrees_[i];
  }
  std::fill(at, offsets + segment_.node_count() + 1, first);
  segment_.offsets_ = offsets;
}

void SegmentDecoder::FillRanks(std::span<std::uint64_t> cells) {
  std::uint64_t ones = 0;
  for (std::uint64_t& cell : cells) {
    const std::uint32_t here = Segment::CountOnes(cell);
    cell |= ones << kCellNodes;
    ones += here;
  }
  auto* const offsets = Take<std::uint16_t>(locals_.size() + 1);
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < locals_.size(); ++i) {
    offsets[i] = static_cast<std::uint16_t>(first);
    first += degrees_[i];
  }
  offsets[locals_.size()] = static_cast<std::uint16_t>(first);
  segment_.cells_ = cells.data();
  segment_.short_offsets_ = offsets;
}

bool SegmentDecoder::ReadTargets() {
  const std::uint64_t base = bytes_.Varint();
  const std::span<std::uint32_t> targets{targets_, segment_.edge_count_};
  if (!ReadStreamVByte(bytes_, targets, VByteLengths::kOneToFour) || base >> 32 != 0) return false;
  if ((base + SumInLists(targets, degrees_)) >> 32 != 0) return false;
  for (std::uint32_t& target : targets) target += static_cast<std::uint32_t>(base);
  return true;
}

bool SegmentDecoder::ReadHubs() {
  if (!Has(kHubs)) return true;
  std::uint64_t next = 0;
  for (std::uint64_t count = bytes_.Count(); count > 0; --count) {
    const std::uint64_t local = bytes_.Varint();
    auto chunks = ReadHubChunks(bytes_);
    if (!chunks || chunks->empty() || local < next || local >= segment_.node_count()) return false;
    segment_.hubs_.push_back({static_cast<std::uint32_t>(local), std::move(*chunks)});
    next = local + 1;
  }
  for (const HubStub& hub : segment_.hubs_) {
    segment_.bytes_ += sizeof(HubStub) + hub.chunks.capacity() * sizeof(HubStub::Chunk);
  }
  return bytes_.ok();
}

bool SegmentDecoder::ReadNumbers() {
  const std::uint64_t length = Has(kExplicitNumbers) ? bytes_.Varint() : 0;
  const std::size_t before = bytes_.rest().size();
  const std::uint64_t base = bytes_.Varint();
  if (!bytes_.ok() || base >= kNumberEnd) return false;
  segment_.first_number_ = base;
  segment_.has_numbers_ = asked_.numbers || !Has(kExplicitNumbers);
  if (!Has(kExplicitNumbers)) return base + segment_.edge_count_ <= kNumberEnd;
  const std::size_t of_base = before - bytes_.rest().size();
  if (length < of_base) return false;
  if (!asked_.numbers) {
    bytes_.Bytes(length - of_base);
    return bytes_.ok();
  }
  return (Has(kWideNumbers) ? ReadWideNumbers() : ReadNumberOffsets()) && before - bytes_.rest().size() == length;
}

bool SegmentDecoder::ReadNumberOffsets() {
  const std::span<std::uint32_t> offsets{number_offsets_, segment_.edge_count_};
  if (!ReadStreamVByte(bytes_, offsets, VByteLengths::kOneToFour)) return false;
  std::uint64_t greatest = 0;
  if (Has(kAscendingNumbers)) {
    greatest = SumInLists(offsets, degrees_);
  } else {
    std::uint32_t sum = 0;
    for (std::uint32_t& offset : offsets) {
      sum += offset >> 1 ^ ((offset & 1) != 0 ? ~std::uint32_t{0} : 0);
      offset = sum;
    }
    for (const std::uint32_t offset : offsets) greatest = std::max<std::uint64_t>(greatest, offset);
  }
  segment_.number_offsets_ = number_offsets_;
  return greatest >> 32 == 0 && segment_.first_number_ + greatest < kNumberEnd;
}

bool SegmentDecoder::ReadWideNumbers() {
  const std::string_view lane = bytes_.Bytes(std::uint64_t{segment_.edge_count_} * (kNumberBits / 8));
  if (!bytes_.ok()) return false;
  bool fits = true;
  for (std::uint32_t i = 0; i < segment_.edge_count_; ++i) {
    std::uint64_t over = 0;
    std::memcpy(&over, lane.data() + std::size_t{i} * (kNumberBits / 8), kNumberBits / 8);
    wide_numbers_[i] = segment_.first_number_ + over;
    fits &= wide_numbers_[i] < kNumberEnd;
  }
  segment_.wide_numbers_ = wide_numbers_;
  return fits;
}

bool SegmentDecoder::ReadValidity() {
  ValidityBounds& bounds = segment_.validity_bounds_;
  bounds.any_from = ValidityBounds::kAlways;
  bounds.any_until = ValidityBounds::kNever;
  if (!segment_.has_validity_) return true;
  bounds = {bytes_.Signed(), bytes_.Signed(), bytes_.Signed(), bytes_.Signed()};
  const std::string_view lane = bytes_.Bytes(bytes_.Varint());
  if (!bytes_.ok() || !asked_.validity) return bytes_.ok();
  segment_.validity_ = ValidityLane::Decode(lane, segment_.edge_count_);
  if (segment_.validity_) segment_.bytes_ += segment_.validity_->bytes();
  return segment_.validity_.has_value();
}

std::uint16_t HubStub::ChunkOf(std::uint32_t target, std::uint64_t number) const {
  const auto next = std::upper_bound(chunks.begin(), chunks.end(), std::tie(target, number),
                                     [](const std::tuple<std::uint32_t, std::uint64_t>& entry, const Chunk& chunk) {
                                       return entry < std::tie(chunk.first_target, chunk.first_number);
                                     });
  return next == chunks.begin() ? next->chunk : std::prev(next)->chunk;
}

std::unique_ptr<const Segment> Segment::Decode(std::string_view bytes, Lanes asked, PageArena* arena) {
  std::unique_ptr<Segment> segment(new Segment);
  if (!SegmentDecoder(bytes, asked, arena, *segment).Run()) return nullptr;
  return segment;
}

const HubStub* Segment::FindHub(std::uint32_t local) const {
  const auto at = std::lower_bound(hubs_.begin(), hubs_.end(), local,
                                   [](const HubStub& hub, std::uint32_t wanted) { return hub.local < wanted; });
  return at != hubs_.end() && at->local == local ? &*at : nullptr;
}

}  // namespace plenum::storage
