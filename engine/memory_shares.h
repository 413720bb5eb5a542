// How the memory that a database may take is shared out: half for what was read, half for one query's rows.
#pragma once

#include <algorithm>
#include <cstdint>

namespace plenum {

struct MemoryShares {
  std::uint64_t store_cache = 0;   // blocks of the store as they are on the disk
  std::uint64_t write_buffer = 0;  // commits that are in no file of the store yet
  std::uint64_t blocks = 0;        // decoded
  std::uint64_t rows = 0;          // 0: no limit
  std::uint64_t sort = 0;          // of these, for the entries of an index that is created
};

inline MemoryShares SharesOf(std::uint64_t memory_bytes_max) {
  constexpr std::uint64_t kMegabyte = 1 << 20;
  MemoryShares shares;
  shares.store_cache = std::clamp(memory_bytes_max / 16, kMegabyte, 32 * kMegabyte);
  shares.write_buffer = std::clamp(memory_bytes_max / 16, kMegabyte, 64 * kMegabyte);
  const std::uint64_t taken = shares.store_cache + shares.write_buffer;
  shares.blocks = std::max(memory_bytes_max / 2, taken + kMegabyte) - taken;
  shares.rows = (memory_bytes_max + 1) / 2;
  shares.sort = std::clamp(shares.rows / 4, kMegabyte, 8 * kMegabyte);
  return shares;
}

}  // namespace plenum
