// One committed state of the graph, read without the query language: names, labels, properties, validity, the ends of
// relationships, the node that has a key. Lists of neighbours are graph.h's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "plenum/segment_arrays.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

namespace graph {
class Graph;
class GraphCore;
class PropertyReader;
struct ReadView;
class Transaction;
}  // namespace graph

// One committed state of a graph. Cheap to copy; immutable; any thread may use it. What is committed later is not seen,
// and what is deleted later is still there. A snapshot that is kept for long keeps the store from forgetting what it
// sees.
class GraphSnapshot {
 public:
  std::uint64_t commit() const;     // which state: commits count from 1 since the database was made
  std::uint32_t nodes_end() const;  // every node's id is below: how long an array by node must be

  // Absent: no node, relationship or property was ever called so.
  std::optional<LabelId> FindLabel(std::string_view name) const;
  std::optional<TypeId> FindType(std::string_view name) const;
  std::optional<KeyId> FindKey(std::string_view name) const;
  // Every one there ever was, ascending.
  std::vector<LabelId> Labels() const;
  std::vector<TypeId> Types() const;
  std::vector<KeyId> Keys() const;
  // Of an id of this database. The texts live as long as some snapshot of this state.
  std::string_view NameOf(LabelId label) const;
  std::string_view NameOf(TypeId type) const;
  std::string_view NameOf(KeyId key) const;

  // Exact, in the time of one read of the store.
  Result<std::uint64_t> CountNodes(std::optional<LabelId> label = std::nullopt) const;
  Result<std::uint64_t> CountRelationships(TypeId type) const;

 private:
  friend class Adjacency;
  friend class GraphReader;
  friend class graph::Graph;
  friend class graph::Transaction;
  GraphSnapshot(graph::GraphCore& core, std::shared_ptr<const graph::ReadView> view);

  graph::GraphCore* core_;
  std::shared_ptr<const graph::ReadView> view_;
};

using PropertyList = std::vector<std::pair<KeyId, Value>>;

// One thread's reading of a snapshot. What cannot be read (a damaged file, a disk that fails) reads as if it were not
// there and leaves an error in status(): look at it at the end of a piece of work, and before answering.
//
// What a reader has met stays in memory until Release, so that spans and lists stay good: do not keep one idle.
class GraphReader {
 public:
  explicit GraphReader(const GraphSnapshot& snapshot);
  ~GraphReader();  // after everything that reads through it
  GraphReader(const GraphReader&) = delete;
  GraphReader& operator=(const GraphReader&) = delete;

  const GraphSnapshot& snapshot() const;
  const Status& status() const;  // of the first read that failed

  bool Exists(NodeId node);
  bool HasLabel(NodeId node, LabelId label);
  std::vector<LabelId> Labels(NodeId node);  // ascending
  // The node with this label whose property has this value, where the property is the label's key (CREATE CONSTRAINT …
  // IS UNIQUE); else a UsageError NoSuchIndex, told by status(). One read of the store.
  std::optional<NodeId> FindNode(LabelId label, KeyId key, const Value& value);
  // visit(std::span<const NodeId>): every node, or every one with the label, ascending, up to 65,536 at once. `visit`
  // may answer with a bool: false ends the scan. It may scan, too. The spans live until it returns.
  template <class Visit>
  void ForEachNodeChunk(std::optional<LabelId> label, Visit&& visit) {
    std::vector<NodeId> nodes;
    for (std::uint32_t range = 0; range < node_ranges(); ++range) {
      ReadNodesOfRange(label, range, nodes);
      if (!nodes.empty() && !detail::GoesOn(visit, std::span<const NodeId>(nodes))) return;
    }
  }

  // The same for who goes on later: `nodes` becomes those of the range, 0 … node_ranges() - 1, ascending.
  std::uint32_t node_ranges() const;
  void ReadNodesOfRange(std::optional<LabelId> label, std::uint32_t range, std::vector<NodeId>& nodes);

  // The same as bits: of the 65,536 nodes of the range, the i-th bit (from the least significant of the first word on)
  // says whether node i is there and has the label. Good as long as the reader.
  const std::uint64_t* NodeBits(std::optional<LabelId> label, std::uint32_t range);

  // Null where there is no such element, or it has no such property.
  Value Property(NodeId node, KeyId key);
  Value Property(RelationshipId relationship, KeyId key);
  // All that there are, ascending by key; none where there is no such element.
  PropertyList Properties(NodeId node);
  PropertyList Properties(RelationshipId relationship);
  // Where the relationship starts, and where it ends. Absent: there is no such one.
  std::optional<std::pair<NodeId, NodeId>> Ends(RelationshipId relationship);
  // Absent: timeless, or no such element.
  std::optional<Interval> Validity(NodeId node);
  std::optional<Interval> Validity(RelationshipId relationship);

  // Between two pieces of work: everything that was read before may go from memory; spans and lists from before are no
  // longer good, Adjacency objects are. Costs nothing while nobody needs the memory, so call it as often as you poll.
  void Release();

 private:
  friend class Adjacency;
  friend class graph::PropertyReader;
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace plenum
