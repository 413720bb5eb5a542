// See label_set.h. Roaring is written by CRoaring. It is read here: within one range it is a single container, and
// CRoaring believes what a container says of itself, where bytes from a disk must be checked.
#include "engine/storage/label_set.h"

#include <roaring/roaring.h>

#include <array>
#include <cassert>
#include <cstring>
#include <vector>

#include "engine/storage/byte_code.h"

namespace plenum::storage {
namespace {

using Words = std::array<std::uint64_t, kLabelWords>;

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kOff = 0x00;
constexpr std::uint8_t kOn = 0x01;

constexpr std::uint32_t kListed = 256;  // up to so many nodes are listed in memory

// Of Roaring's portable form.
constexpr std::uint32_t kCookie = 12'346;
constexpr std::uint32_t kCookieWithRuns = 12'347;
constexpr std::uint32_t kArrayMax = 4096;  // a container of more is a bitset

std::uint32_t LittleEndian(ByteReader& reader, unsigned bytes) {
  std::uint32_t number = 0;
  for (unsigned i = 0; i < bytes; ++i) number |= std::uint32_t{reader.Byte()} << (8 * i);
  return number;
}

void Set(Words& words, std::uint32_t node) { words[node / 64] |= std::uint64_t{1} << (node % 64); }

std::uint32_t CountOf(std::span<const std::uint64_t> words) {
  std::uint32_t count = 0;
  for (const std::uint64_t word : words) count += static_cast<std::uint32_t>(std::popcount(word));
  return count;
}

void ReadRuns(ByteReader& reader, Words& words) {
  std::uint32_t next = 0;
  for (std::uint32_t runs = LittleEndian(reader, 2); runs > 0 && reader.ok(); --runs) {
    const std::uint32_t first = LittleEndian(reader, 2);
    const std::uint32_t end = first + LittleEndian(reader, 2) + 1;
    if (first < next || end > kLabelRange) return reader.Fail();
    for (std::uint32_t node = first; node < end;) {  // a word at a time where it is whole
      if (node % 64 == 0 && end - node >= 64) {
        words[node / 64] = ~std::uint64_t{0};
        node += 64;
      } else {
        Set(words, node++);
      }
    }
    next = end;
  }
}

void ReadArray(ByteReader& reader, std::uint32_t count, Words& words) {
  const std::string_view bytes = reader.Bytes(2 * count);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    Set(words, static_cast<std::uint8_t>(bytes[i]) | std::uint32_t{static_cast<std::uint8_t>(bytes[i + 1])} << 8);
  }
}

void ReadBitset(ByteReader& reader, Words& words) {
  const std::string_view bytes = reader.Bytes(sizeof words);
  if (reader.ok()) std::memcpy(words.data(), bytes.data(), sizeof words);
}

// One container, that of the numbers below 65,536, or none.
bool ReadRoaring(std::string_view roaring, Words& words) {
  ByteReader reader(roaring);
  const std::uint32_t cookie = LittleEndian(reader, 4);
  if (cookie == kCookie) {
    const std::uint32_t containers = LittleEndian(reader, 4);
    if (containers == 0) return reader.ok() && reader.AtEnd();
    if (containers != 1) return false;
  } else if (cookie != kCookieWithRuns) {  // whose upper half is the number of containers - 1
    return false;
  }
  const bool has_runs = cookie == kCookieWithRuns && reader.Byte() == 1;
  const std::uint32_t key = LittleEndian(reader, 2);
  const std::uint32_t count = LittleEndian(reader, 2) + 1;
  const std::uint32_t place = cookie == kCookie ? LittleEndian(reader, 4) : 0;  // of the container: right behind
  if (!reader.ok() || key != 0 || (cookie == kCookie && place != roaring.size() - reader.rest().size())) return false;
  if (has_runs) {
    ReadRuns(reader, words);
  } else if (count <= kArrayMax) {
    ReadArray(reader, count, words);
  } else {
    ReadBitset(reader, words);
  }
  return reader.ok() && reader.AtEnd() && CountOf(words) == count;
}

bool ReadWords(std::string_view bytes, Words& words) {
  return !bytes.empty() && static_cast<std::uint8_t>(bytes.front()) == kVersion && ReadRoaring(bytes.substr(1), words);
}

std::string EncodeNumbers(std::span<const std::uint32_t> nodes) {
  const std::unique_ptr<roaring_bitmap_t, decltype(&roaring_bitmap_free)> bitmap(
      roaring_bitmap_of_ptr(nodes.size(), nodes.data()), roaring_bitmap_free);
  roaring_bitmap_run_optimize(bitmap.get());
  std::string out(1 + roaring_bitmap_portable_size_in_bytes(bitmap.get()), '\0');
  out.front() = static_cast<char>(kVersion);
  roaring_bitmap_portable_serialize(bitmap.get(), out.data() + 1);
  return out;
}

void AppendOperand(std::string& out, std::uint8_t what, std::uint16_t node) {
  out.push_back(static_cast<char>(kVersion));
  out.push_back(static_cast<char>(what));
  AppendBigEndian(out, node, 2);
}

bool Apply(std::string_view operands, Words& words) {
  ByteReader reader(operands);
  while (!reader.AtEnd()) {
    const std::uint8_t version = reader.Byte();
    const std::uint8_t what = reader.Byte();
    const auto node = static_cast<std::uint32_t>(reader.BigEndian(2));
    if (!reader.ok() || version != kVersion || what > kOn) return false;
    const std::uint64_t bit = std::uint64_t{1} << (node % 64);
    words[node / 64] = what == kOff ? words[node / 64] & ~bit : words[node / 64] | bit;
  }
  return reader.ok();
}

}  // namespace

std::unique_ptr<const LabelSet> LabelSet::Decode(std::string_view bytes) {
  Words words{};
  if (!ReadWords(bytes, words)) return nullptr;
  std::unique_ptr<LabelSet> set(new LabelSet);
  set->FillFrom(words);
  return set;
}

void LabelSet::FillFrom(std::span<const std::uint64_t> words) {
  count_ = CountOf(words);
  words_ = std::make_unique_for_overwrite<std::uint64_t[]>(kLabelWords);
  std::copy(words.begin(), words.end(), words_.get());
  memory_bytes_ = kLabelWords * sizeof(std::uint64_t);
  if (count_ > kListed) return;
  auto nodes = std::make_unique_for_overwrite<std::uint16_t[]>(count_);
  std::uint16_t* next = nodes.get();
  ForEach([&](std::uint16_t node) { *next++ = node; });
  nodes_ = std::move(nodes);
  words_.reset();
  memory_bytes_ = count_ * sizeof(std::uint16_t);
}

void LabelSet::CopyBlock(std::uint32_t block, std::uint64_t* selection) const {
  assert(block < kLabelWords / 64);
  if (words_ != nullptr) {
    std::copy_n(words_.get() + block * 64, 64, selection);
    return;
  }
  std::fill_n(selection, 64, 0);
  const std::uint32_t begin = block * 4096;
  for (const std::uint16_t* node = std::lower_bound(nodes_.get(), nodes_.get() + count_, begin);
       node != nodes_.get() + count_ && *node < begin + 4096; ++node) {
    selection[(*node - begin) / 64] |= std::uint64_t{1} << (*node % 64);
  }
}

std::uint32_t LabelSet::CountInBlock(std::uint32_t block) const {
  std::array<std::uint64_t, 64> selection;
  CopyBlock(block, selection.data());
  return CountOf(selection);
}

std::string EncodeLabelSet(std::span<const std::uint16_t> nodes) {
  return EncodeNumbers(std::vector<std::uint32_t>(nodes.begin(), nodes.end()));
}

std::string EncodeLabelSetWords(std::span<const std::uint64_t> words) {
  assert(words.size() == kLabelWords);
  std::vector<std::uint32_t> nodes;
  nodes.reserve(CountOf(words));
  for (std::uint32_t w = 0; w < words.size(); ++w) {
    for (std::uint64_t word = words[w]; word != 0; word &= word - 1) {
      nodes.push_back(w * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
    }
  }
  return EncodeNumbers(nodes);
}

void AppendLabelOn(std::string& out, std::uint16_t node) { AppendOperand(out, kOn, node); }
void AppendLabelOff(std::string& out, std::uint16_t node) { AppendOperand(out, kOff, node); }

std::optional<std::string> FoldLabelSet(std::optional<std::string_view> base,
                                        std::span<const std::string_view> operands) {
  Words words{};
  if (base && !ReadWords(*base, words)) return std::nullopt;
  for (const std::string_view some : operands) {
    if (!Apply(some, words)) return std::nullopt;
  }
  return EncodeLabelSetWords(words);
}

}  // namespace plenum::storage
