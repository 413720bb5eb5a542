// See statistics_code.h. HyperLogLog: Flajolet, Fusy, Gandouet, Meunier, 2007; with linear counting where it is small.
#include "engine/storage/statistics_code.h"

#include <algorithm>
#include <cmath>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::storage {
namespace {

constexpr std::uint8_t kVersion = 1;
enum Statistic : char { kDegrees = 0, kLabelPairs = 1, kDistinct = 2, kBasis = 3 };
enum DistinctForm : std::uint8_t { kExact = 0, kEstimated = 1 };

std::string KeyOf(Statistic statistic) { return KindPrefix(KeyKind::kStatistics) + static_cast<char>(statistic); }

std::uint64_t Mix(std::uint64_t word) {
  word ^= word >> 32;
  word *= 0xD6E8FEB86659FD93u;
  word ^= word >> 32;
  word *= 0xD6E8FEB86659FD93u;
  return word ^ word >> 32;
}

}  // namespace

std::string DegreesKey(std::uint16_t type, std::uint8_t direction) {
  std::string key = KeyOf(kDegrees);
  AppendBigEndian(key, type, 2);
  AppendBigEndian(key, direction, 1);
  return key;
}

std::string LabelPairCountKey(std::uint16_t start_label, std::uint16_t type, std::uint16_t end_label) {
  std::string key = KeyOf(kLabelPairs);
  AppendBigEndian(key, start_label, 2);
  AppendBigEndian(key, type, 2);
  AppendBigEndian(key, end_label, 2);
  return key;
}

std::string DistinctOfLabelKey(std::uint16_t label, std::uint16_t property) {
  std::string key = KeyOf(kDistinct) + '\0';
  AppendBigEndian(key, label, 2);
  AppendBigEndian(key, property, 2);
  return key;
}

std::string DistinctOfTypeKey(std::uint16_t type, std::uint16_t property) {
  std::string key = KeyOf(kDistinct) + '\1';
  AppendBigEndian(key, type, 2);
  AppendBigEndian(key, property, 2);
  return key;
}

std::string StatisticsBasisKey() { return KeyOf(kBasis); }

std::optional<StatisticName> NameOfStatistic(std::string_view key) {
  using Kind = StatisticName::Kind;
  ByteReader reader(key);
  StatisticName name;
  const auto u16 = [&] { return static_cast<std::uint16_t>(reader.BigEndian(2)); };
  if (reader.Byte() != static_cast<std::uint8_t>(KeyKind::kStatistics)) return std::nullopt;
  switch (reader.Byte()) {
    case kDegrees:
      name.kind = Kind::kDegrees;
      name.type = u16();
      name.direction = reader.Byte();
      if (name.direction > 1) return std::nullopt;
      break;
    case kLabelPairs:
      name.kind = Kind::kLabelPairs;
      name.start_label = u16();
      name.type = u16();
      name.end_label = u16();
      break;
    case kDistinct: {
      const std::uint8_t owner = reader.Byte();
      if (owner > 1) return std::nullopt;
      name.kind = owner == 0 ? Kind::kDistinctOfLabel : Kind::kDistinctOfType;
      (owner == 0 ? name.start_label : name.type) = u16();
      name.property = u16();
      break;
    }
    case kBasis:
      break;
    default:
      return std::nullopt;
  }
  if (!reader.ok() || !reader.AtEnd()) return std::nullopt;
  return name;
}

void Degrees::Add(std::uint64_t degree) {
  const auto place = static_cast<std::size_t>(std::bit_width(degree)) - 1;
  if (histogram_.size() <= place) histogram_.resize(place + 1);
  ++histogram_[place];
  ++nodes_;
  greatest_ = std::max(greatest_, degree);
}

std::string Degrees::Encode() const {
  std::string bytes(1, static_cast<char>(kVersion));
  AppendVarint(bytes, nodes_);
  AppendVarint(bytes, greatest_);
  AppendVarint(bytes, histogram_.size());
  for (const std::uint64_t count : histogram_) AppendVarint(bytes, count);
  return bytes;
}

std::optional<Degrees> Degrees::Decode(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kVersion) return std::nullopt;
  Degrees degrees;
  degrees.nodes_ = reader.Varint();
  degrees.greatest_ = reader.Varint();
  for (std::uint64_t left = reader.Count(); left > 0; --left) degrees.histogram_.push_back(reader.Varint());
  if (!reader.ok() || !reader.AtEnd()) return std::nullopt;
  return degrees;
}

std::uint64_t HashOfBytes(std::string_view bytes) {
  std::uint64_t hash = bytes.size() * 0x9E3779B97F4A7C15u;
  std::uint64_t word = 0;
  while (bytes.size() >= sizeof word) {
    std::memcpy(&word, bytes.data(), sizeof word);
    hash = Mix(hash ^ word);
    bytes.remove_prefix(sizeof word);
  }
  word = 0;
  if (!bytes.empty()) std::memcpy(&word, bytes.data(), bytes.size());
  return Mix(hash ^ word);
}

// Twice as many slots as hashes at most, so that a search ends soon.
void DistinctCount::AddExact(std::uint64_t hash) {
  if (slots_.empty()) slots_.resize(16);
  hash = std::max<std::uint64_t>(hash, 1);
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
  if (slots_[at] == hash) return;
  slots_[at] = hash;
  if (++exact_ * 2 < slots_.size()) return;
  const std::vector<std::uint64_t> old = std::exchange(slots_, {});
  if (exact_ > kExactMax) {
    registers_ = std::make_unique<Registers>();
  } else {
    slots_.resize(old.size() * 2);
  }
  exact_ = 0;
  for (const std::uint64_t each : old) {
    if (each != 0) Add(each);
  }
}

void DistinctCount::Add(const DistinctCount& other) {
  for (const std::uint64_t hash : other.slots_) {
    if (hash != 0) Add(hash);
  }
  if (!other.registers_) return;
  if (!registers_) {
    const std::vector<std::uint64_t> old = std::exchange(slots_, {});
    registers_ = std::make_unique<Registers>();
    for (const std::uint64_t hash : old) {
      if (hash != 0) AddToRegisters(hash);
    }
  }
  for (std::size_t i = 0; i < kRegisters; ++i) (*registers_)[i] = std::max((*registers_)[i], (*other.registers_)[i]);
}

std::uint64_t DistinctCount::Estimate() const {
  if (!registers_) return exact_;
  constexpr auto kCount = static_cast<double>(kRegisters);
  double sum = 0;
  std::size_t untouched = 0;
  for (const std::uint8_t reg : *registers_) {
    sum += std::ldexp(1.0, -reg);
    untouched += reg == 0 ? 1 : 0;
  }
  double estimate = 0.7213 / (1 + 1.079 / kCount) * kCount * kCount / sum;
  if (estimate <= 2.5 * kCount && untouched != 0) {
    estimate = kCount * std::log(kCount / static_cast<double>(untouched));
  }
  return static_cast<std::uint64_t>(std::llround(estimate));
}

std::string DistinctCount::Encode() const {
  std::string bytes(1, static_cast<char>(kVersion));
  if (registers_) {
    bytes.push_back(static_cast<char>(kEstimated));
    bytes.append(reinterpret_cast<const char*>(registers_->data()), registers_->size());
    return bytes;
  }
  bytes.push_back(static_cast<char>(kExact));
  AppendVarint(bytes, exact_);
  std::vector<std::uint64_t> hashes;
  std::ranges::copy_if(slots_, std::back_inserter(hashes), [](std::uint64_t hash) { return hash != 0; });
  std::ranges::sort(hashes);
  for (const std::uint64_t hash : hashes) AppendBigEndian(bytes, hash, 8);
  return bytes;
}

std::optional<DistinctCount> DistinctCount::Decode(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kVersion) return std::nullopt;
  DistinctCount count;
  if (reader.Byte() == kEstimated) {
    const std::string_view registers = reader.Bytes(kRegisters);
    if (!reader.ok() || !reader.AtEnd()) return std::nullopt;
    count.registers_ = std::make_unique<Registers>();
    std::memcpy(count.registers_->data(), registers.data(), kRegisters);
    return count;
  }
  for (std::uint64_t left = reader.Count(); left > 0; --left) count.Add(reader.BigEndian(8));
  if (!reader.ok() || !reader.AtEnd()) return std::nullopt;
  return count;
}

}  // namespace plenum::storage
