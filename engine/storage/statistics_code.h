// Statistics of a graph, which a planner reads: how they are stored. In the notation of key_layout.h:
//
//   key           = 0x04 0x00 u16:type u8:direction              value: degrees
//                 | 0x04 0x01 u16:label u16:type u16:label       value: u64      relationships of the type from nodes
//                                                                with the one label to nodes with the other; label
//                                                                0xFFFF: any node
//                 | 0x04 0x02 owner u16:property                 value: distinct owner: 0x00 u16:label | 0x01 u16:type
//                 | 0x04 0x03                                    value: basis
//   degrees       = 0x01 varint:nodes varint:greatest varint:n n × varint        0x01: version; nodes with at least one
//                                                                relationship; the greatest degree; how many nodes have
//                                                                1, 2…3, 4…7, … relationships
//   distinct      = 0x01 ( 0x00 varint:n n × u64 | 0x01 2048 × u8 )              hashes of all values, ascending; or
//   the
//                                                                registers of a HyperLogLog
//   basis         = u64:commits u64:elements                     what all of them were taken of: after how many
//   commits,
//                                                                when there were so many nodes and relationships
//
// The hash of a value is that of its cell (cell.h), of a long string that of its text: HashOfBytes.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::storage {

std::string DegreesKey(std::uint16_t type, std::uint8_t direction);
std::string LabelPairCountKey(std::uint16_t start_label, std::uint16_t type, std::uint16_t end_label);
std::string DistinctOfLabelKey(std::uint16_t label, std::uint16_t property);
std::string DistinctOfTypeKey(std::uint16_t type, std::uint16_t property);
std::string StatisticsBasisKey();

// What one of these keys names; what a kind has no use for is 0.
struct StatisticName {
  enum class Kind : std::uint8_t { kDegrees, kLabelPairs, kDistinctOfLabel, kDistinctOfType, kBasis };
  Kind kind = Kind::kBasis;
  std::uint16_t type = 0;
  std::uint8_t direction = 0;
  std::uint16_t start_label = 0;  // of kDistinctOfLabel the label
  std::uint16_t end_label = 0;
  std::uint16_t property = 0;
};
std::optional<StatisticName> NameOfStatistic(std::string_view key);  // absent: the key is none of them

// The degrees of nodes in one type and direction.
class Degrees {
 public:
  void Add(std::uint64_t degree);  // of a node; not 0

  std::uint64_t nodes() const { return nodes_; }
  std::uint64_t greatest() const { return greatest_; }
  // [i]: how many nodes have 2^i … 2^(i+1) - 1 relationships.
  const std::vector<std::uint64_t>& histogram() const { return histogram_; }

  std::string Encode() const;
  static std::optional<Degrees> Decode(std::string_view bytes);
  bool operator==(const Degrees&) const = default;

 private:
  std::uint64_t nodes_ = 0;
  std::uint64_t greatest_ = 0;
  std::vector<std::uint64_t> histogram_;
};

std::uint64_t HashOfBytes(std::string_view bytes);

// How many different values there are: exactly up to a few hundred, then by HyperLogLog, within about 3 % mostly.
class DistinctCount {
 public:
  static constexpr std::size_t kExactMax = 256;
  static constexpr unsigned kRegisterBits = 11;

  void Add(std::uint64_t hash) {
    if (registers_) {
      AddToRegisters(hash);
    } else {
      AddExact(hash);
    }
  }
  void Add(const DistinctCount& other);
  std::uint64_t Estimate() const;

  std::string Encode() const;
  static std::optional<DistinctCount> Decode(std::string_view bytes);

 private:
  static constexpr std::size_t kRegisters = std::size_t{1} << kRegisterBits;
  using Registers = std::array<std::uint8_t, kRegisters>;

  void AddExact(std::uint64_t hash);
  void AddToRegisters(std::uint64_t hash) {
    const std::uint64_t rest = hash << kRegisterBits | std::uint64_t{1} << (kRegisterBits - 1);  // a last one to find
    const auto rank = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
    std::uint8_t& reg = (*registers_)[hash >> (64 - kRegisterBits)];
    if (reg < rank) reg = rank;
  }

  std::vector<std::uint64_t> slots_;  // of hashes, by linear probing; 0: free (the hash 0 is taken for 1)
  std::size_t exact_ = 0;
  std::unique_ptr<Registers> registers_;
};

}  // namespace plenum::storage
