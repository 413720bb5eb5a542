// How a ColumnBuilder writes strings: by a dictionary where that is shorter.
#include <algorithm>
#include <functional>

#include "engine/storage/bit_lane.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/column_builder.h"
#include "engine/storage/column_form.h"

namespace plenum::storage {
namespace {

// A text that is not less than any that begins with `text`; empty when there is none.
std::string AboveAll(std::string_view text) {
  std::string above(text);
  while (!above.empty() && above.back() == '\xFF') above.pop_back();
  if (!above.empty()) above.back() = static_cast<char>(above.back() + 1);
  return above;
}

// A hash table of a column's texts: 0 or 1 + the number that the text has.
class TextNumbers {
 public:
  std::uint16_t& PlaceOf(std::string_view text, const std::vector<std::string_view>& texts) {
    std::size_t place = std::hash<std::string_view>()(text) % kPlaces;
    while (numbers_[place] != 0 && texts[numbers_[place] - 1U] != text) place = (place + 1) % kPlaces;
    return numbers_[place];
  }

 private:
  static constexpr std::size_t kPlaces = 2 * kBlockSlots;
  std::array<std::uint16_t, kPlaces> numbers_{};
};

}  // namespace

struct ColumnBuilder::Dictionary {
  std::vector<std::string_view> texts;  // ascending
  std::vector<std::uint64_t> lengths;   // of those
  std::vector<std::uint64_t> codes;     // of what came
  std::size_t text_bytes = 0;
};

void ColumnBuilder::AppendStrings(std::string& out) const {
  if (const auto dictionary = MakeDictionary()) return AppendDictionary(out, *dictionary);
  std::vector<std::uint64_t> lengths(count_);
  std::string_view least = TextAt(0);
  std::string_view greatest = least;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::string_view text = TextAt(i);
    lengths[i] = text.size();
    if (text < least) least = text;
    if (text > greatest) greatest = text;
  }
  AppendHead(out, ColumnForm::kStrings);
  AppendTextZone(out, least, greatest);
  AppendPresence(out);
  AppendLongs(out);
  AppendLane(out, lengths, LaneWidthOf(lengths));
  out += text_;
}

void ColumnBuilder::AppendTextZone(std::string& out, std::string_view least, std::string_view greatest) const {
  const bool exact = std::max(least.size(), greatest.size()) <= kZoneTextBytes;
  const bool is_cut = greatest.size() > kZoneTextBytes;
  const std::string above(is_cut ? AboveAll(greatest.substr(0, kZoneTextBytes)) : std::string(greatest));
  if (!longs_.empty() || (is_cut && above.empty())) return AppendByte(out, 0);
  AppendByte(out, kZoneHasBounds | (exact ? kZoneIsExact : 0));
  least = least.substr(0, kZoneTextBytes);
  AppendVarint(out, least.size());
  out += least;
  AppendVarint(out, above.size());
  out += above;
}

void ColumnBuilder::AppendLongs(std::string& out) const {
  AppendVarint(out, longs_.size());
  std::uint32_t next = 0;
  for (const LongString& one : longs_) {
    AppendVarint(out, one.slot - next);
    next = one.slot + 1;
  }
}

// Absent when the texts are shorter written one by one; found out early, where most of them differ.
std::optional<ColumnBuilder::Dictionary> ColumnBuilder::MakeDictionary() const {
  Dictionary dictionary;
  dictionary.codes.reserve(count_);
  TextNumbers numbers;
  std::uint64_t longest = 0;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::string_view text = TextAt(i);
    longest = std::max<std::uint64_t>(longest, text.size());
    std::uint16_t& number = numbers.PlaceOf(text, dictionary.texts);
    if (number == 0) {
      dictionary.texts.push_back(text);
      dictionary.text_bytes += text.size();
      number = static_cast<std::uint16_t>(dictionary.texts.size());
      if (dictionary.text_bytes > text_.size() / 4 * 3) return std::nullopt;
    }
    dictionary.codes.push_back(number - 1U);
  }
  const std::size_t texts = dictionary.texts.size();
  const std::size_t plain_bytes = text_.size() + LaneBytes(count_, LaneWidth(longest));
  const std::size_t bytes =
      2 + dictionary.text_bytes + LaneBytes(texts, LaneWidth(longest)) + LaneBytes(count_, LaneWidth(texts - 1));
  if (bytes >= plain_bytes) return std::nullopt;

  std::vector<std::uint32_t> order(texts);
  for (std::uint32_t i = 0; i < texts; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return dictionary.texts[a] < dictionary.texts[b]; });
  std::vector<std::uint64_t> code_of(texts);
  for (std::uint32_t code = 0; code < texts; ++code) code_of[order[code]] = code;
  for (std::uint64_t& code : dictionary.codes) code = code_of[code];
  std::sort(dictionary.texts.begin(), dictionary.texts.end());
  for (const std::string_view text : dictionary.texts) dictionary.lengths.push_back(text.size());
  return dictionary;
}

void ColumnBuilder::AppendDictionary(std::string& out, const Dictionary& dictionary) const {
  AppendHead(out, ColumnForm::kDictionary);
  AppendTextZone(out, dictionary.texts.front(), dictionary.texts.back());
  AppendPresence(out);
  AppendLongs(out);
  AppendVarint(out, dictionary.texts.size());
  AppendLane(out, dictionary.lengths, LaneWidthOf(dictionary.lengths));
  for (const std::string_view text : dictionary.texts) out += text;
  AppendLane(out, dictionary.codes, LaneWidth(dictionary.texts.size() - 1));
}

}  // namespace plenum::storage
