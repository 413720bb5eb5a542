// The relationships of a bulk load: sorted, numbered in the order of (type, start, end), and written.
//
// So numbers are dense in the order of outgoing lists, and the columns of a type lie in the order of its expansion.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/bulk_nodes.h"
#include "engine/graph/bulk_output.h"
#include "engine/graph/graph.h"
#include "engine/storage/record_sorter.h"
#include "engine/value/plain_value.h"

namespace plenum::graph {

// Relationships on their way: made by any thread, given to the loader whole.
class RelationshipBatch {
 public:
  // Keys ascend strictly; nulls are left out. Values are storable. `type` is a number that the caller has for types;
  // the loader is told what it stands for when it is given the batch.
  void Add(std::uint16_t type, NodeId start, NodeId end, std::span<const BulkNodes::PlainProperty> properties,
           const std::optional<Interval>& validity, std::span<const Citation> citations);

  void Reserve(std::size_t relationships) { batch_.entries.reserve(relationships); }
  std::size_t size() const { return batch_.entries.size(); }

 private:
  friend class BulkLoader;
  friend class BulkRelationships;
  storage::RecordSorter::Batch batch_;
  std::vector<std::uint16_t> types_with_validity_;
};

// So many of so many steps are done.
using BulkProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

class BulkRelationships {
 public:
  BulkRelationships(BulkOutput& output, const BulkNodes& nodes, std::string directory, std::uint64_t memory_bytes_max);

  // Each relationship of type t of the batch is one of type `types[t]`.
  Status Add(RelationshipBatch batch, std::span<const TypeId> types);

  // After the last: writes all of them, several types at a time where memory holds everything.
  Status Write(unsigned threads, const BulkProgress& progress);

  // Of each type that has relationships, after Write.
  struct TypeStatistics {
    std::uint64_t count = 0;
    std::uint64_t loops = 0;
    std::uint64_t parallel = 0;  // those with the start and end of an earlier one
    std::uint8_t segment_bits = 0;
    GraphStatistics::OfType known;
  };
  std::map<TypeId, TypeStatistics> TakeStatistics() { return std::move(statistics_); }

 private:
  class TypeWriter;
  void Advance(std::uint64_t relationships);
  std::uint64_t IncomingBytesMax(TypeId type) const;
  Status WriteType(TypeId type, TypeStatistics& statistics);

  BulkOutput& output_;
  const BulkNodes& nodes_;
  std::string directory_;
  std::uint64_t memory_bytes_max_;
  std::uint64_t free_bytes_ = 0;  // for each thread that writes a type
  storage::RecordSorter sorter_;
  std::map<TypeId, TypeStatistics> statistics_;
  std::map<TypeId, bool> with_validity_;
  const BulkProgress* progress_ = nullptr;
  std::mutex progress_mutex_;
  std::uint64_t written_ = 0;  // relationships, in each direction
};

}  // namespace plenum::graph
