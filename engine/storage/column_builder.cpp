// See column_builder.h. What comes is kept by type as long as one type comes; the first value of another turns what is
// there into cells.
#include "engine/storage/column_builder.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "engine/storage/bit_lane.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/column_form.h"
#include "engine/storage/column_intervals.h"

namespace plenum::storage {
namespace {

// Where slots are spread so thin that a list of them is shorter than a bit each.
constexpr std::uint32_t kGapsMax = kBlockSlots / 16;

}  // namespace

void ColumnBuilder::Begin(std::uint32_t slot, ColumnKind kind) {
  assert(slot >= next_slot_ && slot < kBlockSlots);
  if (!kind_) kind_ = kind;
  if (*kind_ != kind && *kind_ != ColumnKind::kMixed) BecomeMixed();
  present_[slot / 64] |= std::uint64_t{1} << (slot % 64);
  next_slot_ = slot + 1;
  ++count_;
}

void ColumnBuilder::AddBoolean(std::uint32_t slot, bool boolean) {
  Begin(slot, ColumnKind::kBooleans);
  if (*kind_ == ColumnKind::kMixed) return AppendBooleanCell(text_, boolean);
  numbers_.push_back(boolean ? 1 : 0);
}

void ColumnBuilder::AddInteger(std::uint32_t slot, std::int64_t integer) {
  Begin(slot, ColumnKind::kIntegers);
  if (*kind_ == ColumnKind::kMixed) return AppendIntegerCell(text_, integer);
  numbers_.push_back(static_cast<std::uint64_t>(integer));
}

void ColumnBuilder::AddFloat(std::uint32_t slot, double real) {
  Begin(slot, ColumnKind::kFloats);
  if (*kind_ == ColumnKind::kMixed) return AppendFloatCell(text_, real);
  numbers_.push_back(std::bit_cast<std::uint64_t>(real));
}

void ColumnBuilder::AddDate(std::uint32_t slot, Date date) {
  Begin(slot, ColumnKind::kDates);
  if (*kind_ == ColumnKind::kMixed) return AppendDateCell(text_, date);
  numbers_.push_back(static_cast<std::uint64_t>(date.day));
}

void ColumnBuilder::AddText(std::uint32_t slot, std::string_view text) {
  if (IsLongString(text)) return AddLongString(slot);
  Begin(slot, ColumnKind::kStrings);
  if (*kind_ == ColumnKind::kMixed) return AppendTextCell(text_, text);
  text_ += text;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void ColumnBuilder::AddLongString(std::uint32_t slot) {
  Begin(slot, ColumnKind::kStrings);
  if (*kind_ == ColumnKind::kMixed) return AppendLongStringCell(text_);
  longs_.push_back({slot, static_cast<std::uint32_t>(ends_.size())});
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void ColumnBuilder::AddInterval(std::uint32_t slot, const Interval& interval) {
  const std::optional<IntervalEnds> ends = EndsOf(interval);
  Begin(slot, ends ? ColumnKind::kIntervals : ColumnKind::kMixed);
  if (*kind_ == ColumnKind::kMixed) return AppendIntervalCell(text_, interval);
  intervals_.push_back(*ends);
}

void ColumnBuilder::AddCell(std::uint32_t slot, std::string_view cell) {
  if (IsNullCell(cell)) return;
  if (kind_ == ColumnKind::kMixed) {
    Begin(slot, ColumnKind::kMixed);
    text_ += cell;
  } else if (IsLongCell(cell)) {
    AddLongString(slot);
  } else if (const std::optional<Interval> interval = IntervalOfCell(cell)) {
    AddInterval(slot, *interval);
  } else {
    AddValue(slot, ValueOfCell(cell));
  }
}

void ColumnBuilder::AddValue(std::uint32_t slot, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return;
    case Value::Kind::kBoolean:
      return AddBoolean(slot, value.boolean());
    case Value::Kind::kInteger:
      return AddInteger(slot, value.integer());
    case Value::Kind::kFloat:
      return AddFloat(slot, value.real());
    case Value::Kind::kDate:
      return AddDate(slot, value.date());
    case Value::Kind::kString:
      return AddText(slot, value.string());
    case Value::Kind::kInterval:
      return AddInterval(slot, value.interval());
    default:
      Begin(slot, ColumnKind::kMixed);
      AppendCell(text_, value);
  }
}

std::string_view ColumnBuilder::TextAt(std::size_t position) const {
  const std::uint32_t begin = position == 0 ? 0 : ends_[position - 1];
  return std::string_view(text_).substr(begin, ends_[position] - begin);
}

void ColumnBuilder::BecomeMixed() {
  std::string cells;
  for (const std::uint64_t number : numbers_) {
    switch (*kind_) {
      case ColumnKind::kBooleans:
        AppendBooleanCell(cells, number != 0);
        break;
      case ColumnKind::kFloats:
        AppendFloatCell(cells, std::bit_cast<double>(number));
        break;
      case ColumnKind::kDates:
        AppendDateCell(cells, Date{static_cast<std::int64_t>(number)});
        break;
      default:
        AppendIntegerCell(cells, static_cast<std::int64_t>(number));
    }
  }
  auto next_long = longs_.begin();
  for (std::uint32_t i = 0; i < ends_.size(); ++i) {
    if (next_long != longs_.end() && next_long->position == i) {
      AppendLongStringCell(cells);
      ++next_long;
    } else {
      AppendTextCell(cells, TextAt(i));
    }
  }
  for (const IntervalEnds& ends : intervals_) AppendIntervalCell(cells, IntervalOf(ends));
  text_ = std::move(cells);
  numbers_.clear();
  intervals_.clear();
  ends_.clear();
  longs_.clear();
  kind_ = ColumnKind::kMixed;
}

std::string ColumnBuilder::Finish() {
  std::string out;
  AppendByte(out, kColumnVersion);
  switch (kind_.value_or(ColumnKind::kMixed)) {
    case ColumnKind::kIntegers:
    case ColumnKind::kDates:
      AppendNumbers(out);
      break;
    case ColumnKind::kFloats:
      AppendFloats(out);
      break;
    case ColumnKind::kBooleans:
      AppendHead(out, ColumnForm::kBooleans);
      AppendPresence(out);
      AppendLane(out, numbers_, LaneWidthOf(numbers_));
      break;
    case ColumnKind::kStrings:
    case ColumnKind::kDictionary:
      AppendStrings(out);
      break;
    case ColumnKind::kIntervals:
      AppendHead(out, ColumnForm::kIntervals);
      AppendPresence(out);
      AppendIntervals(out, intervals_);
      break;
    case ColumnKind::kMixed:
      AppendHead(out, ColumnForm::kMixed);
      AppendPresence(out);
      out += text_;
  }
  count_ = 0;
  next_slot_ = 0;
  kind_.reset();
  present_.fill(0);
  numbers_.clear();
  intervals_.clear();
  text_.clear();
  ends_.clear();
  longs_.clear();
  return out;
}

void ColumnBuilder::AppendHead(std::string& out, ColumnForm form) const {
  AppendByte(out, form);
  AppendVarint(out, count_);
}

void ColumnBuilder::AppendPresence(std::string& out) const {
  std::uint32_t first = 0;
  while (first < next_slot_ && (present_[first / 64] >> (first % 64) & 1) == 0) ++first;
  if (first + count_ == next_slot_) {
    AppendByte(out, Presence::kRun);
    return AppendVarint(out, first);
  }
  if (count_ > kGapsMax) {
    AppendByte(out, Presence::kBits);
    out.append(reinterpret_cast<const char*>(present_.data()), sizeof present_);
    return;
  }
  AppendByte(out, Presence::kGaps);
  std::uint32_t next = 0;
  for (std::uint32_t slot = first; slot < next_slot_; ++slot) {
    if ((present_[slot / 64] >> (slot % 64) & 1) == 0) continue;
    AppendVarint(out, slot - next);
    next = slot + 1;
  }
}

void ColumnBuilder::AppendNumbers(std::string& out) const {
  const auto is_less = [](std::uint64_t a, std::uint64_t b) {
    return static_cast<std::int64_t>(a) < static_cast<std::int64_t>(b);
  };
  const auto [least_at, greatest_at] = std::minmax_element(numbers_.begin(), numbers_.end(), is_less);
  const std::uint64_t least = *least_at;
  const std::uint64_t range = *greatest_at - least;
  std::vector<std::uint64_t> deltas(numbers_.size() - 1);
  for (std::size_t i = 0; i < deltas.size(); ++i) deltas[i] = numbers_[i + 1] - numbers_[i];
  const std::uint64_t step = deltas.empty() ? 0 : *std::min_element(deltas.begin(), deltas.end(), is_less);
  for (std::uint64_t& delta : deltas) delta -= step;

  const unsigned delta_width = LaneWidthOf(deltas);
  std::string start;  // of the deltas
  AppendVarint(start, numbers_.front() - least);
  AppendSigned(start, static_cast<std::int64_t>(step));
  const bool by_deltas =
      start.size() + LaneBytes(deltas.size(), delta_width) < LaneBytes(numbers_.size(), LaneWidth(range));
  const bool dates = *kind_ == ColumnKind::kDates;
  const ColumnForm frame = dates ? ColumnForm::kDatesFrame : ColumnForm::kIntegersFrame;
  AppendHead(out, !by_deltas ? frame : dates ? ColumnForm::kDatesDeltas : ColumnForm::kIntegersDeltas);
  AppendSigned(out, static_cast<std::int64_t>(least));
  AppendVarint(out, range);
  AppendPresence(out);
  if (by_deltas) {
    out += start;
    return AppendLane(out, deltas, delta_width);
  }
  std::vector<std::uint64_t>& offsets = deltas;
  offsets.resize(numbers_.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) offsets[i] = numbers_[i] - least;
  AppendLane(out, offsets, LaneWidth(range));
}

void ColumnBuilder::AppendFloats(std::string& out) const {
  std::optional<double> least;
  std::optional<double> greatest;
  bool has_nan = false;
  for (const std::uint64_t bits : numbers_) {
    const auto real = std::bit_cast<double>(bits);
    has_nan = has_nan || std::isnan(real);
    if (std::isnan(real)) continue;
    if (!least || real < *least) least = real;
    if (!greatest || real > *greatest) greatest = real;
  }
  AppendHead(out, ColumnForm::kFloats);
  AppendByte(out, (least ? kZoneHasBounds : 0) | (has_nan ? kZoneHasNan : 0));
  if (least) {
    AppendBigEndian(out, std::bit_cast<std::uint64_t>(*least), 8);
    AppendBigEndian(out, std::bit_cast<std::uint64_t>(*greatest), 8);
  }
  AppendPresence(out);
  out.append(reinterpret_cast<const char*>(numbers_.data()), numbers_.size() * sizeof(std::uint64_t));
}

std::string EncodeColumn(std::span<const Value> values) {
  ColumnBuilder builder;
  for (std::uint32_t slot = 0; slot < values.size(); ++slot) builder.AddValue(slot, values[slot]);
  return builder.Finish();
}

}  // namespace plenum::storage
