// Random segments: sparse and dense, with self-loops, parallel relationships, dates and hubs, some at an edge of what
// is allowed.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/storage/segment.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {

using EntryKey = std::tuple<std::uint32_t, std::uint32_t, std::uint64_t>;  // local, target, number

// What a segment should be after some changes, obviously.
struct SegmentModel {
  std::map<EntryKey, std::optional<Interval>> entries;
  std::map<std::uint32_t, std::vector<HubStub::Chunk>> hubs;

  std::vector<SegmentEntry> Entries() const {
    std::vector<SegmentEntry> all;
    for (const auto& [key, validity] : entries) {
      all.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), validity});
    }
    return all;
  }
  std::vector<HubStub> Hubs() const {
    std::vector<HubStub> all;
    for (const auto& [local, chunks] : hubs) all.push_back({local, chunks});
    return all;
  }
  std::string Encode(unsigned log2_nodes) const { return EncodeSegment(log2_nodes, Entries(), Hubs()); }
};

class RandomSegments {
 public:
  explicit RandomSegments(unsigned seed) : values_(seed), random_(seed) {}

  int Below(int end) { return values_.Below(end); }
  std::uint64_t Bits(unsigned count) { return random_() >> (64 - count); }

  // Numbers as they come about: in the order of the lists, ascending in each list, near, far apart.
  enum class Numbers : std::uint8_t { kImplicit, kAscending, kNear, kWide };

  SegmentModel Any(unsigned log2_nodes, std::size_t entries, Numbers numbers, bool dated) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::size_t i = 0; i < entries; ++i) {
      pairs.emplace_back(Local(log2_nodes), Target());
      if (Below(8) == 0) pairs.push_back(pairs[Bits(32) % pairs.size()]);  // parallel
    }
    std::sort(pairs.begin(), pairs.end());
    SegmentModel model;
    const std::uint64_t base = Below(3) == 0 ? 0 : Bits(30);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const std::uint64_t number = base + Number(numbers, i, pairs[i].second);
      model.entries[{pairs[i].first, pairs[i].second, number}] = dated ? Validity() : std::nullopt;
    }
    if (Below(3) == 0) {
      for (int i = Below(3); i >= 0; --i) model.hubs[Local(log2_nodes)] = Chunks();
    }
    return model;
  }

  std::uint32_t Local(unsigned log2_nodes) {
    return log2_nodes == 0 ? 0 : static_cast<std::uint32_t>(Bits(log2_nodes));
  }
  // Few enough that equal ones come about; the last there can be among them.
  std::uint32_t Target() {
    switch (Below(4)) {
      case 0:
        return static_cast<std::uint32_t>(Below(50));
      case 1:
        return 0xFFFFFFFF - static_cast<std::uint32_t>(Below(3));
      default:
        return static_cast<std::uint32_t>(Bits(20));
    }
  }
  std::optional<Interval> Validity() {
    switch (Below(5)) {
      case 0:
        return std::nullopt;
      case 1:
        while (true) {
          const Value value = values_.Scalar();
          if (value.kind() == Value::Kind::kInterval) return value.interval();
        }
      case 2:
        return Interval{PartialDate{Edge(), Edge()}, std::nullopt};
      default: {
        const std::int64_t from = Below(40000) - 20000;
        const std::int64_t until = from + Below(5000);
        return Interval{PartialDate{from, from}, PartialDate{until, until}};
      }
    }
  }
  std::vector<HubStub::Chunk> Chunks() {
    std::vector<HubStub::Chunk> chunks;
    for (int i = 0; i <= Below(4); ++i) {
      chunks.push_back({static_cast<std::uint32_t>(1000 * i), Bits(40), static_cast<std::uint16_t>(Bits(16))});
    }
    return chunks;
  }

 private:
  std::uint64_t Number(Numbers numbers, std::size_t position, std::uint32_t target) {
    switch (numbers) {
      case Numbers::kImplicit:
        return position;
      case Numbers::kAscending:
        return target / 2 + position;
      case Numbers::kNear:
        return Bits(20);
      case Numbers::kWide:
        return Bits(39);
    }
    return 0;
  }
  std::int64_t Edge() {
    constexpr std::int64_t kEdges[] = {-2147483648, -2147483647, 2147483646, 2147483647, 0, std::int64_t{1} << 40};
    return kEdges[Below(6)];
  }

  RandomValues values_;
  std::mt19937_64 random_;
};

// Whether the segment says what the model does, in every way it can be asked.
inline testing::AssertionResult Matches(const Segment& segment, const SegmentModel& model) {
  const std::vector<SegmentEntry> entries = model.Entries();
  if (segment.edge_count() != entries.size()) return testing::AssertionFailure() << segment.edge_count() << " edges";
  std::uint32_t position = 0;
  for (std::uint32_t local = 0; local < segment.node_count(); ++local) {
    const ListView list = segment.List(local);
    if (list.size != 0 && list.first != position) return testing::AssertionFailure() << "a list begins elsewhere";
    for (const std::uint32_t target : list) {
      const SegmentEntry& entry = entries[position];
      if (entry.local != local || entry.target != target) {
        return testing::AssertionFailure() << "position " << position << " is " << local << " to " << target;
      }
      if (segment.has_numbers() && segment.NumberAt(position) != entry.number) {
        return testing::AssertionFailure() << "position " << position << " has number " << segment.NumberAt(position);
      }
      if ((segment.validity() != nullptr || segment.AllTimeless()) && segment.ValidityAt(position) != entry.validity) {
        return testing::AssertionFailure() << "position " << position << " has another validity";
      }
      ++position;
    }
    const auto hub = model.hubs.find(local);
    const HubStub* stub = segment.Hub(local);
    if ((stub != nullptr) != (hub != model.hubs.end()) || (stub != nullptr && stub->chunks != hub->second)) {
      return testing::AssertionFailure() << "the hub " << local << " is not as it was";
    }
  }
  if (position != entries.size()) return testing::AssertionFailure() << position << " edges in lists";
  return testing::AssertionSuccess();
}

}  // namespace plenum::storage
