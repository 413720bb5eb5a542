// See page_arena.h.
#include "engine/storage/page_arena.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <new>

namespace plenum::storage {
namespace {

std::size_t WholePages(std::size_t bytes) {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

// Memory of the system, of whole pages, aligned to `alignment`, a power of two not less than a page.
std::byte* MapAligned(std::size_t bytes, std::size_t alignment) {
  void* const mapped =
      ::mmap(nullptr, bytes + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* const begin = static_cast<std::byte*>(mapped);
  const std::size_t before = (alignment - reinterpret_cast<std::uintptr_t>(begin) % alignment) % alignment;
  if (before != 0) ::munmap(begin, before);
  ::munmap(begin + before + bytes, alignment - before);
  ::madvise(begin + before, bytes, MADV_HUGEPAGE);  // or not, as it likes
  return begin + before;
}

}  // namespace

PageArena::~PageArena() {
  for (const auto& [begin, region] : regions_) {
    assert(region.used_units == 0);
    ::munmap(begin, kRegionBytes);
  }
}

void PageArena::Deleter::operator()(std::byte* block) const {
  if (arena == nullptr) {
    ::operator delete(block);
  } else {
    arena->GiveBack(block, bytes);
  }
}

PageArena::Block PageArena::Allocate(PageArena* arena, std::size_t bytes) {
  if (arena == nullptr || bytes < kBytesMin) return Block(static_cast<std::byte*>(::operator new(bytes)), {});
  return Block(arena->Take(bytes), {arena, bytes});
}

std::byte* PageArena::Take(std::size_t bytes) {
  if (!InRegions(bytes)) return MapAligned(WholePages(bytes), kRegionBytes);
  const std::size_t units = (bytes + kUnitBytes - 1) / kUnitBytes;
  const std::lock_guard lock(mutex_);
  for (auto& [begin, region] : regions_) {
    if (region.longest_run < units) continue;
    const std::size_t first = FindRun(region, units);
    if (first == kUnits) continue;
    Mark(region, first, units, true);
    return begin + first * kUnitBytes;
  }
  const auto added = AddRegion();
  Mark(added->second, 0, units, true);
  return added->first;
}

void PageArena::GiveBack(std::byte* block, std::size_t bytes) {
  if (!InRegions(bytes)) {
    ::munmap(block, WholePages(bytes));
    return;
  }
  const std::lock_guard lock(mutex_);
  const auto at = std::prev(regions_.upper_bound(block));
  Region& region = at->second;
  const std::size_t first = static_cast<std::size_t>(block - at->first) / kUnitBytes;
  Mark(region, first, (bytes + kUnitBytes - 1) / kUnitBytes, false);
  region.longest_run = kUnits - region.used_units;
  if (region.used_units != 0 || regions_.size() == 1) return;
  ::munmap(at->first, kRegionBytes);
  regions_.erase(at);
}

// Where nothing is found, what was seen to be the longest run is noted.
std::size_t PageArena::FindRun(Region& region, std::size_t units) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (std::size_t unit = 0; unit < kUnits;) {
    const std::uint64_t rest = region.used[unit / 64] >> unit % 64;
    const std::size_t left = 64 - unit % 64;
    const auto free = std::min<std::size_t>(static_cast<std::size_t>(std::countr_zero(rest)), left);
    run += free;
    unit += free;
    if (run >= units) return unit - run;
    if (free == left) continue;  // the run may go on in the next word
    longest = std::max(longest, run);
    run = 0;
    unit += std::min<std::size_t>(static_cast<std::size_t>(std::countr_one(rest >> free)), left - free);
  }
  region.longest_run = std::max(longest, run);
  return kUnits;
}

void PageArena::Mark(Region& region, std::size_t first, std::size_t units, bool used) {
  for (std::size_t unit = first; unit < first + units; ++unit) {
    const std::uint64_t bit = std::uint64_t{1} << unit % 64;
    assert(((region.used[unit / 64] & bit) != 0) != used);
    region.used[unit / 64] ^= bit;
  }
  region.used_units = used ? region.used_units + units : region.used_units - units;
}

std::map<std::byte*, PageArena::Region>::iterator PageArena::AddRegion() {
  return regions_.emplace(MapAligned(kRegionBytes, kRegionBytes), Region{}).first;
}

std::size_t PageArena::region_bytes() const {
  const std::lock_guard lock(mutex_);
  return regions_.size() * kRegionBytes;
}

}  // namespace plenum::storage
