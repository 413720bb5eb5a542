// See column.h. What is known of the whole column is read first (ReadColumnHead), then laid out in one piece of memory.
#include "engine/storage/column.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "engine/storage/bit_lane.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/column_filter.h"
#include "engine/storage/column_head.h"

namespace plenum::storage {
namespace {

using SlotBits = std::array<std::uint64_t, kBlockWords>;

constexpr SlotBits kNoSlots{};

constexpr SlotBits AllSlots() {
  SlotBits bits{};
  bits.fill(~std::uint64_t{0});
  return bits;
}
constexpr SlotBits kAllSlots = AllSlots();

std::uint32_t WidthFor(std::uint64_t greatest) {
  if (greatest <= std::numeric_limits<std::uint8_t>::max()) return 1;
  if (greatest <= std::numeric_limits<std::uint16_t>::max()) return 2;
  return greatest <= std::numeric_limits<std::uint32_t>::max() ? 4 : 8;
}

}  // namespace

// Reads one column: first all that its memory's size depends on, then the rest into place.
class ColumnLoader {
 public:
  explicit ColumnLoader(std::string_view bytes) : reader_(bytes) {}

  std::unique_ptr<const Column> Load();

 private:
  void ReadPresence();
  void ReadGaps(std::uint64_t count, SlotBits& bits);
  void ReadLongs();
  void LoadNumbers();
  void ReadDeltas(std::span<std::uint64_t> offsets);
  void LoadFloats();
  void LoadBooleans();
  void LoadDictionary();
  void LoadStrings();
  void LoadIntervals();
  void LoadMixed();

  void Allocate(std::uint32_t lane_width, std::size_t starts, std::size_t text_bytes, std::uint32_t lanes = 1);
  template <class T>
  void Place(std::span<const std::uint64_t> numbers);
  void PlaceNumbers(std::span<const std::uint64_t> numbers);
  void PlaceStretches(std::span<const std::uint64_t> lengths, std::string_view text);
  template <class Visit>
  void ForEachSlot(Visit visit) const;
  std::span<std::uint64_t> Numbers(std::size_t count) { return std::span(numbers_).first(count); }
  std::uint32_t count() const { return column_->zone_.count; }

  ByteReader reader_;
  ColumnHead head_;
  SlotBits present_{};
  SlotBits longs_{};
  std::optional<std::uint32_t> run_;  // the first slot, when they are consecutive
  std::uint32_t end_ = 0;             // after the last slot
  std::uint32_t long_count_ = 0;
  std::unique_ptr<Column> column_;
  std::array<std::uint64_t, kBlockSlots> numbers_;  // as they come from a lane
  // Into the column's memory.
  char* lane_ = nullptr;
  std::uint32_t* starts_ = nullptr;
  char* text_ = nullptr;
};

std::unique_ptr<const Column> ColumnLoader::Load() {
  head_ = ReadColumnHead(reader_);
  if (!reader_.ok()) return nullptr;
  column_.reset(new Column);
  column_->zone_ = head_.zone;
  ReadPresence();
  if (!reader_.ok()) return nullptr;
  column_->lane_slots_ = (end_ + 63) / 64 * 64;
  switch (head_.zone.kind) {
    case ColumnKind::kIntegers:
    case ColumnKind::kDates:
      LoadNumbers();
      break;
    case ColumnKind::kFloats:
      LoadFloats();
      break;
    case ColumnKind::kBooleans:
      LoadBooleans();
      break;
    case ColumnKind::kDictionary:
      LoadDictionary();
      break;
    case ColumnKind::kStrings:
      LoadStrings();
      break;
    case ColumnKind::kIntervals:
      LoadIntervals();
      break;
    case ColumnKind::kMixed:
      LoadMixed();
      break;
  }
  if (!reader_.ok() || !reader_.AtEnd()) return nullptr;
  return std::move(column_);
}

void ColumnLoader::ReadPresence() {
  switch (static_cast<Presence>(reader_.Byte())) {
    case Presence::kRun: {
      const std::uint64_t first = reader_.Varint();
      if (first > kBlockSlots - count()) return reader_.Fail();
      run_ = static_cast<std::uint32_t>(first);
      end_ = *run_ + count();
      for (std::uint32_t slot = *run_; slot < end_; ++slot) present_[slot / 64] |= std::uint64_t{1} << (slot % 64);
      return;
    }
    case Presence::kBits: {
      const std::string_view bits = reader_.Bytes(sizeof present_);
      if (!reader_.ok()) return;
      std::memcpy(present_.data(), bits.data(), sizeof present_);
      std::uint32_t slots = 0;
      for (std::uint32_t w = 0; w < kBlockWords; ++w) {
        slots += static_cast<std::uint32_t>(std::popcount(present_[w]));
        if (present_[w] != 0) end_ = w * 64 + static_cast<std::uint32_t>(std::bit_width(present_[w]));
      }
      if (slots != count()) reader_.Fail();
      return;
    }
    case Presence::kGaps:
      return ReadGaps(count(), present_);
  }
  reader_.Fail();
}

void ColumnLoader::ReadGaps(std::uint64_t count, SlotBits& bits) {
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < count && reader_.ok(); ++i) {
    const std::uint64_t gap = reader_.Varint();
    if (gap >= kBlockSlots - next) return reader_.Fail();
    const std::uint64_t slot = next + gap;
    bits[slot / 64] |= std::uint64_t{1} << (slot % 64);
    next = slot + 1;
  }
  end_ = std::max(end_, static_cast<std::uint32_t>(next));
}

void ColumnLoader::ReadLongs() {
  const std::uint64_t count = reader_.Count();
  if (count > kBlockSlots) return reader_.Fail();
  long_count_ = static_cast<std::uint32_t>(count);
  ReadGaps(count, longs_);
  for (std::uint32_t w = 0; w < kBlockWords; ++w) {
    if ((longs_[w] & ~present_[w]) != 0) return reader_.Fail();
  }
}

// One piece for all, each part beginning at a multiple of eight bytes.
void ColumnLoader::Allocate(std::uint32_t lane_width, std::size_t starts, std::size_t text_bytes, std::uint32_t lanes) {
  const bool has_booleans = head_.zone.kind == ColumnKind::kBooleans;
  const std::size_t lane_words =
      has_booleans ? column_->lane_slots_ / 64 : column_->lane_slots_ / 8 * lane_width * lanes;
  const std::size_t present_words = count() == kBlockSlots ? 0 : kBlockWords;
  const std::size_t long_words = long_count_ == 0 ? 0 : kBlockWords;
  const std::size_t start_words = (starts + 1) / 2;
  const std::size_t words = present_words + long_words + lane_words + start_words + (text_bytes + 7) / 8;
  column_->memory_ = std::make_unique_for_overwrite<std::uint64_t[]>(words);
  column_->memory_bytes_ = words * sizeof(std::uint64_t);

  std::uint64_t* next = column_->memory_.get();
  column_->present_ = present_words == 0 ? kAllSlots.data() : next;
  if (present_words != 0) next = std::copy(present_.begin(), present_.end(), next);
  column_->longs_ = long_words == 0 ? kNoSlots.data() : next;
  if (long_words != 0) next = std::copy(longs_.begin(), longs_.end(), next);
  column_->lane_ = lane_ = reinterpret_cast<char*>(next);
  column_->lane_width_ = static_cast<std::uint8_t>(lane_width);
  std::memset(lane_, 0, lane_words * sizeof(std::uint64_t));
  next += lane_words;
  column_->starts_ = starts_ = reinterpret_cast<std::uint32_t*>(next);
  column_->text_ = text_ = reinterpret_cast<char*>(next + start_words);
}

template <class Visit>
void ColumnLoader::ForEachSlot(Visit visit) const {
  std::uint32_t position = 0;
  if (run_) {
    for (; position < count(); ++position) visit(position, *run_ + position);
    return;
  }
  for (std::uint32_t w = 0; w < kBlockWords; ++w) {
    for (std::uint64_t word = present_[w]; word != 0; word &= word - 1) {
      visit(position++, w * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
    }
  }
}

template <class T>
void ColumnLoader::Place(std::span<const std::uint64_t> numbers) {
  T* lane = reinterpret_cast<T*>(lane_);
  ForEachSlot([&](std::uint32_t position, std::uint32_t slot) { lane[slot] = static_cast<T>(numbers[position]); });
}

void ColumnLoader::PlaceNumbers(std::span<const std::uint64_t> numbers) {
  switch (column_->lane_width_) {
    case 1:
      return Place<std::uint8_t>(numbers);
    case 2:
      return Place<std::uint16_t>(numbers);
    case 4:
      return Place<std::uint32_t>(numbers);
    default:
      return Place<std::uint64_t>(numbers);
  }
}

void ColumnLoader::LoadNumbers() {
  const std::span<std::uint64_t> offsets = Numbers(count());
  if (head_.form == ColumnForm::kIntegersDeltas || head_.form == ColumnForm::kDatesDeltas) {
    ReadDeltas(offsets);
  } else {
    ReadLane(reader_, offsets);
  }
  if (!reader_.ok()) return;
  const auto [least, greatest] = std::minmax_element(offsets.begin(), offsets.end());
  if (*least != 0 || *greatest != head_.range) return reader_.Fail();
  const bool dates = head_.zone.kind == ColumnKind::kDates;
  column_->base_ = static_cast<std::uint64_t>(dates ? head_.zone.least.date().day : head_.zone.least.integer());
  Allocate(WidthFor(head_.range), 0, 0);
  PlaceNumbers(offsets);
}

void ColumnLoader::ReadDeltas(std::span<std::uint64_t> offsets) {
  std::uint64_t offset = reader_.Varint();
  const auto step = static_cast<std::uint64_t>(reader_.Signed());
  ReadLane(reader_, offsets.subspan(1));
  if (!reader_.ok()) return;
  offsets[0] = offset;
  for (std::uint64_t& next : offsets.subspan(1)) next = offset += step + next;
}

void ColumnLoader::LoadFloats() {
  const std::string_view bytes = reader_.Bytes(std::uint64_t{count()} * sizeof(double));
  if (!reader_.ok()) return;
  const std::span<std::uint64_t> floats = Numbers(count());
  std::memcpy(floats.data(), bytes.data(), bytes.size());
  Allocate(sizeof(double), 0, 0);
  Place<std::uint64_t>(floats);
}

void ColumnLoader::LoadBooleans() {
  const std::span<std::uint64_t> booleans = Numbers(count());
  ReadLane(reader_, booleans);
  if (!reader_.ok() || *std::max_element(booleans.begin(), booleans.end()) > 1) return reader_.Fail();
  Allocate(0, 0, 0);
  auto* words = reinterpret_cast<std::uint64_t*>(lane_);
  ForEachSlot(
      [&](std::uint32_t position, std::uint32_t slot) { words[slot / 64] |= booleans[position] << (slot % 64); });
}

void ColumnLoader::LoadDictionary() {
  ReadLongs();
  const std::uint64_t size = reader_.Varint();
  if (!reader_.ok() || size == 0 || size > count()) return reader_.Fail();
  const std::span<std::uint64_t> lengths = Numbers(size);
  ReadLane(reader_, lengths);
  if (!reader_.ok() || *std::max_element(lengths.begin(), lengths.end()) > kLongStringBytes) return reader_.Fail();
  std::uint64_t text_bytes = 0;
  for (const std::uint64_t length : lengths) text_bytes += length;
  const std::string_view text = reader_.Bytes(text_bytes);
  if (!reader_.ok()) return;

  Allocate(WidthFor(size - 1), size + 1, text_bytes);
  std::memcpy(text_, text.data(), text_bytes);
  std::uint32_t start = 0;
  for (std::uint32_t code = 0; code < size; ++code) {
    starts_[code] = start;
    start += static_cast<std::uint32_t>(lengths[code]);
  }
  starts_[size] = start;
  column_->dictionary_size_ = static_cast<std::uint32_t>(size);
  for (std::uint32_t code = 1; code < size; ++code) {
    if (column_->DictionaryText(code - 1) >= column_->DictionaryText(code)) return reader_.Fail();
  }
  const std::span<std::uint64_t> codes = Numbers(count());
  ReadLane(reader_, codes);
  if (!reader_.ok() || *std::max_element(codes.begin(), codes.end()) >= size) return reader_.Fail();
  PlaceNumbers(codes);
}

void ColumnLoader::LoadStrings() {
  ReadLongs();
  const std::span<std::uint64_t> lengths = Numbers(count());
  ReadLane(reader_, lengths);
  if (!reader_.ok() || *std::max_element(lengths.begin(), lengths.end()) > kLongStringBytes) return reader_.Fail();
  std::uint64_t text_bytes = 0;
  for (const std::uint64_t length : lengths) text_bytes += length;
  const std::string_view text = reader_.Bytes(text_bytes);
  if (reader_.ok()) PlaceStretches(lengths, text);
}

void ColumnLoader::LoadIntervals() {
  const IntervalFrame frame = ReadIntervalFrame(reader_);
  if (!reader_.ok()) return;
  column_->frame_ = frame;
  Allocate(WidthFor(frame.top()), 0, 0, 2 + (frame.froms_differ ? 1 : 0) + (frame.untils_differ ? 1 : 0));
  const bool has_lane[] = {true, frame.froms_differ, true, frame.untils_differ};
  const std::span<std::uint64_t> numbers = Numbers(count());
  const char* lane = lane_;
  for (std::size_t i = 0; i < 4; ++i) {
    if (has_lane[i]) {
      ReadIntervalLane(reader_, frame, numbers);
      if (!reader_.ok()) return;
      PlaceNumbers(numbers);
      lane = std::exchange(lane_, lane_ + column_->lane_slots_ * column_->lane_width_);
    }
    column_->ends_[i] = lane;
  }
}

void ColumnLoader::LoadMixed() {
  const std::string_view cells = reader_.rest();
  const std::span<std::uint64_t> lengths = Numbers(count());
  for (std::uint64_t& length : lengths) {
    const std::string_view cell = TakeCell(reader_);
    if (!reader_.ok() || IsNullCell(cell)) return reader_.Fail();
    length = cell.size();
  }
  std::uint32_t position = 0;
  std::uint64_t start = 0;
  ForEachSlot([&](std::uint32_t, std::uint32_t slot) {
    if (IsLongCell(cells.substr(start))) {
      longs_[slot / 64] |= std::uint64_t{1} << (slot % 64);
      ++long_count_;
    }
    start += lengths[position++];
  });
  if (start > std::numeric_limits<std::uint32_t>::max()) return reader_.Fail();
  PlaceStretches(lengths, cells.substr(0, start));
}

// The texts or cells of the slots; an empty slot has an empty one.
void ColumnLoader::PlaceStretches(std::span<const std::uint64_t> lengths, std::string_view text) {
  const std::uint32_t slots = std::exchange(column_->lane_slots_, 0);
  Allocate(0, slots + 1, text.size());
  if (!text.empty()) std::memcpy(text_, text.data(), text.size());
  std::uint32_t next = 0;  // slot
  std::uint32_t start = 0;
  ForEachSlot([&](std::uint32_t position, std::uint32_t slot) {
    for (; next <= slot; ++next) starts_[next] = start;
    start += static_cast<std::uint32_t>(lengths[position]);
  });
  for (; next <= slots; ++next) starts_[next] = start;
}

std::unique_ptr<const Column> Column::Decode(std::string_view bytes) { return ColumnLoader(bytes).Load(); }

}  // namespace plenum::storage
