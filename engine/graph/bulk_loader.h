// Fills a new database from the start: no transactions, no reads, everything sorted once and written as finished files.
//
// For a store that holds nothing yet and that nobody else uses. Nodes come first, then relationships, which are
// numbered in the order of (type, start, end). Nothing is there before Finish returns; when anything fails, throw the
// store away. For all or nothing, load into a directory beside the one that is wanted and give it its name at the end
// (storage::PublishDirectory). What is loaded does not depend on the number of threads or the memory, but where memory
// is so short that blocks of nodes are closed early: then there are gaps between ids.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/graph/bulk_relationships.h"
#include "engine/graph/graph.h"

namespace plenum::graph {

class BulkLoader {
 public:
  struct Options {
    std::uint64_t memory_bytes_max = std::uint64_t{1} << 30;  // what it may gather before it writes
    unsigned threads = 1;
    std::string directory;  // where what does not fit into memory may lie, in files without a name
  };
  // A UsageError when the store holds a graph already.
  static Result<std::unique_ptr<BulkLoader>> Begin(storage::Store& store, Options options);
  ~BulkLoader();

  // The number of a name; the same one for the same name.
  Result<LabelId> InternLabel(std::string_view name);
  Result<TypeId> InternType(std::string_view name);
  Result<KeyId> InternKey(std::string_view name);
  // Before the first node. Two nodes of the label with the same value make BeginRelationships fail.
  Status DeclareKey(LabelId label, KeyId key);

  // The first label chooses where the node lies. Keys of properties ascend strictly; nulls are left out; a value that
  // Transaction::SetProperty refuses is refused.
  using PlainProperty = BulkNodes::PlainProperty;
  Result<NodeId> AddNode(std::span<const LabelId> labels, std::span<const PlainProperty> properties,
                         const std::optional<Interval>& validity);
  // Of one fact together, one after the other. The source must have been added.
  Status AddCitation(NodeId node, std::uint32_t sequence, const Citation& citation);
  std::uint64_t node_count() const;
  bool HasNode(NodeId node) const;
  std::uint64_t kept_bytes() const;  // of memory, that stays taken after the last node

  // After the last node. From here on the loader gathers up to `memory_bytes_max`.
  Status BeginRelationships(std::uint64_t memory_bytes_max);
  // Each relationship of type t in the batch becomes one of type types[t]. Their ends must have been added, and their
  // values be storable.
  Status AddRelationships(RelationshipBatch batch, std::span<const TypeId> types);

  // `progress`, which may be empty, is told by any thread, one at a time, how far it is.
  Status Finish(const BulkProgress& progress = {});

 private:
  struct State;
  explicit BulkLoader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace plenum::graph
