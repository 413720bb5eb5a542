// See journal_check.h.
//
//   journal = { block of 32 KiB }; the last block may be shorter
//   block   = { record } zeros, fewer than a record's head
//   record  = u32 checksum, u16 length, u8 kind, bytes             least significant byte first
//   kind    = 1 whole | 2 first part | 3 a part in between | 4 last part
//
// Whole records, and the parts of one laid end to end, begin with u64 sequence, u32 count: the writes in it are
// numbered from `sequence` on. Numbers only rise, by more than the count where a bulk write took some.
#include "engine/storage/journal_check.h"

#include <cstdint>
#include <fstream>
#include <string_view>

namespace plenum::storage {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{32} << 10;
constexpr std::size_t kHeadBytes = 7;
constexpr std::size_t kNumbersBytes = 12;  // sequence and count

enum Kind : std::uint8_t { kZero, kWhole, kFirst, kBetween, kLast };

std::uint64_t ReadLittleEndian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

// Walks over the records and remembers which numbers have been.
class Walk {
 public:
  std::optional<std::string> Block(std::string_view block) {
    std::size_t at = 0;
    while (!zeros_ && at + kHeadBytes <= block.size()) {
      const std::string_view head = block.substr(at, kHeadBytes);
      const std::uint64_t length = ReadLittleEndian(head.substr(4, 2));
      const auto kind = static_cast<Kind>(head[6]);
      zeros_ = length == 0 && kind == kZero;
      if (zeros_) break;
      if (at + kHeadBytes + length > block.size()) return std::nullopt;  // torn
      if (!Record(kind, block.substr(at + kHeadBytes, length))) return "has records that are not in their order";
      at += kHeadBytes + length;
    }
    const bool hole = zeros_ && at < block.size() && block.find_first_not_of('\0', at) != std::string_view::npos;
    return hole ? std::optional<std::string>("has zeros among its records") : std::nullopt;
  }

 private:
  bool Record(Kind kind, std::string_view bytes) {
    if (kind == kWhole || kind == kFirst) {
      if (bytes.size() < kNumbersBytes) return true;  // its numbers go on in the next part
      const std::uint64_t sequence = ReadLittleEndian(bytes.substr(0, 8));
      if (sequence < next_) return false;
      next_ = sequence + ReadLittleEndian(bytes.substr(8, 4));
    }
    return true;
  }

  std::uint64_t next_ = 0;  // the least that the next number can be
  bool zeros_ = false;
};

}  // namespace

std::optional<std::string> FaultInJournal(const std::filesystem::path& journal) {
  std::ifstream file(journal, std::ios::binary);
  std::string block(kBlockBytes, '\0');
  Walk walk;
  while (file.read(block.data(), static_cast<std::streamsize>(kBlockBytes)) || file.gcount() > 0) {
    auto fault = walk.Block(std::string_view(block).substr(0, static_cast<std::size_t>(file.gcount())));
    if (fault) return fault;
  }
  return std::nullopt;
}

}  // namespace plenum::storage
