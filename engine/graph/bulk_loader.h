// Fills a new database from the start: no transactions, no reads, everything sorted once and written as finished files.
//
// For a store that holds nothing yet and that nobody else uses. Nothing is there before Finish returns; when anything
// fails, throw the store away. For all or nothing, load into a directory beside the one that is wanted and give it its
// name at the end (storage::PublishDirectory).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/graph/graph.h"

namespace plenum::graph {

class BulkLoader {
 public:
  // `memory_bytes_max`: what it may gather before it writes. A UsageError when the store holds a graph already.
  static Result<std::unique_ptr<BulkLoader>> Begin(storage::Store& store, std::uint64_t memory_bytes_max);
  ~BulkLoader();

  // The number of a name; the same one for the same name.
  Result<LabelId> InternLabel(std::string_view name);
  Result<TypeId> InternType(std::string_view name);
  Result<KeyId> InternKey(std::string_view name);
  // Before the first node. Two nodes of the label with the same value make Finish fail.
  Status DeclareKey(LabelId label, KeyId key);

  // Labels and properties may come in any order; of properties with the same key the last one stays, nulls are left
  // out. Values as for Transaction::SetProperty.
  Result<NodeId> AddNode(NodeRecord record);
  // Both ends must have been added before.
  Result<RelationshipId> AddRelationship(RelationshipRecord record);

  std::uint64_t node_count() const;
  Status Finish();

 private:
  struct State;
  explicit BulkLoader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace plenum::graph
