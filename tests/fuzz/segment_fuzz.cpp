// Any bytes as a segment and an operand laid over it: whatever can be decoded can be asked everything, and what a fold
// makes of it is a segment again, which nothing laid over it changes.
//
//   cmake --preset fuzz && cmake --build --preset fuzz --target segment_fuzz
//   build/fuzz/tests/fuzz/segment_fuzz -use_value_profile=1 -max_total_time=60
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/storage/segment.h"
#include "engine/storage/segment_operand.h"

namespace {

using plenum::storage::FoldSegment;
using plenum::storage::Segment;

void Require(bool condition) {
  if (!condition) std::abort();
}

void AskEverything(const Segment& segment) {
  std::uint32_t position = 0;
  segment.ForEachList([&](std::uint32_t local, plenum::storage::ListView list) {
    Require(local < segment.node_count() && list.first == position);
    for (std::uint32_t i = 1; i < list.size; ++i) Require(list.targets[i - 1] <= list.targets[i]);
    for (; position < list.first + list.size; ++position) {
      Require(segment.NumberAt(position) >> 40 == 0);
      Require(segment.ValidityAt(position).has_value() || !segment.validity() ||
              segment.validity()->IsTimeless(position));
    }
  });
  Require(position == segment.edge_count());
  for (const plenum::storage::HubStub& hub : segment.hubs()) Require(segment.Hub(hub.local) == &hub);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr plenum::storage::Lanes kAllLanes{.numbers = true, .validity = true};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto segment = Segment::Decode(bytes, kAllLanes)) AskEverything(*segment);
  const std::size_t split = size == 0 ? 0 : data[0];
  if (split == 0 || split >= size) return 0;
  const std::string_view operand = bytes.substr(split);
  const auto base = Segment::Decode(bytes.substr(1, split - 1));
  const auto folded = base ? FoldSegment(bytes.substr(1, split - 1), std::span(&operand, 1))
                           : FoldSegment(std::nullopt, std::span(&operand, 1));
  if (!folded) return 0;
  const auto segment = Segment::Decode(*folded, kAllLanes);
  Require(segment != nullptr);
  AskEverything(*segment);
  Require(FoldSegment(*folded, {}) == folded);
  return 0;
}
