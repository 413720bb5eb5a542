// What is known of a whole graph beside its exact counts, for choosing between plans: degrees, how many relationships
// of a type go between nodes of which labels, how many different values a property has (statistics_code.h).
//
// Bulk loading gathers it on the way. Commits do not keep it up: when they have written enough it is taken anew, of one
// snapshot, in the background (StatisticsKeeper). So it is right for some moment, and old by a bounded share of the
// graph.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "engine/graph/label_sets.h"
#include "engine/storage/statistics_code.h"
#include "engine/storage/store.h"
#include "engine/storage/write_set.h"

namespace plenum::graph {

struct GraphStatistics {
  struct OfType {
    storage::Degrees degrees[2];                               // by Direction
    LabelSetPairs::Counts between;                             // by the labels of start and end, kEveryNode among them
    std::map<std::uint16_t, storage::DistinctCount> distinct;  // by property
  };
  using OfLabels = std::map<std::pair<std::uint16_t, std::uint16_t>, storage::DistinctCount>;  // by label and property

  std::uint64_t commit = 0;    // of how many commits
  std::uint64_t elements = 0;  // nodes and relationships that there were
  OfLabels labels;
  std::map<std::uint16_t, OfType> types;  // those with relationships

  // None, with a commit number of 0, where none were ever taken.
  static Result<GraphStatistics> Read(const storage::Snapshot& snapshot);
  // What one key of them says. False when it is damaged.
  bool Add(std::string_view key, std::string_view value);
  void Put(storage::WriteSet& writes) const;
};

// Goes over all of the snapshot, which is of commit number `commit`: about 25 ns a relationship and 50 ns a value.
// Takes as much memory as the nodes' sets of labels need, at most 5 bytes a node, mostly far less. Cancelled when
// `stop` becomes true.
Result<GraphStatistics> TakeStatistics(const storage::Snapshot& snapshot, std::uint64_t commit,
                                       const std::atomic<bool>& stop);

}  // namespace plenum::graph
