// Memory for decoded segments, in pages of 2 MB where the system offers them: a walk that jumps from list to list over
// 100 MB meets fifty such pages, which the processor's translation buffer holds, instead of 25,000 small ones.
//
// Regions of 2 MB are taken from the system and cut into units of 1 KB; an allocation is a run of units, in the lowest
// region that has one. A region that is empty goes back to the system, but for one that is kept. What is smaller than
// kBytesMin is the heap's, what is larger than half a region has pages of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace plenum::storage {

// Any number of threads may use it.
class PageArena {
 public:
  PageArena() = default;
  ~PageArena();  // all was given back
  PageArena(const PageArena&) = delete;
  PageArena& operator=(const PageArena&) = delete;

  // Gives memory back to the arena it is from, or, of none, to the heap.
  struct Deleter {
    PageArena* arena = nullptr;
    std::size_t bytes = 0;
    void operator()(std::byte* block) const;
  };
  using Block = std::unique_ptr<std::byte[], Deleter>;

  // Aligned for any type; of no particular content. The arena outlives the block. Null stands for the heap.
  static Block Allocate(PageArena* arena, std::size_t bytes);

  // Taken from the system, and not given back.
  std::size_t region_bytes() const;

 private:
  static constexpr std::size_t kRegionBytes = std::size_t{2} << 20;
  static constexpr std::size_t kUnitBytes = 1024;
  static constexpr std::size_t kUnits = kRegionBytes / kUnitBytes;
  static constexpr std::size_t kBytesMin = 4 * kUnitBytes;
  static constexpr std::size_t kBytesMax = kRegionBytes / 2;

  struct Region {
    std::array<std::uint64_t, kUnits / 64> used{};  // a bit a unit
    std::size_t used_units = 0;
    std::size_t longest_run = kUnits;  // free units in a row: no run is longer, one may be as long
  };

  static bool InRegions(std::size_t bytes) { return bytes >= kBytesMin && bytes <= kBytesMax; }
  std::byte* Take(std::size_t bytes);
  void GiveBack(std::byte* block, std::size_t bytes);
  static std::size_t FindRun(Region& region, std::size_t units);  // kUnits: there is none
  static void Mark(Region& region, std::size_t first, std::size_t units, bool used);
  std::map<std::byte*, Region>::iterator AddRegion();

  mutable std::mutex mutex_;
  std::map<std::byte*, Region> regions_;  // by address
};

}  // namespace plenum::storage
