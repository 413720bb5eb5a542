// The graph as the layers above see it: nodes, relationships, their properties, validity and citations, read and
// written inside a transaction.
//
// One Graph a database. Any number of read transactions and at most one write transaction at a time; a transaction
// belongs to one thread at a time. Everything read is what was committed when the transaction began, plus its own
// writes. Failing calls leave the transaction as it was.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/storage/key_layout.h"
#include "plenum/graph.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum::storage {
class Store;
class StoreTransaction;
}  // namespace plenum::storage

namespace plenum::graph {

using plenum::KeyId;
using plenum::LabelId;
using plenum::TypeId;
using plenum::TypeOf;

// A relationship's id is its type and its number within the type.
inline RelationshipId RelationshipOf(TypeId type, std::uint64_t number) {
  return {std::uint64_t{type.value} << storage::kNumberBits | number};
}
inline std::uint64_t NumberOf(RelationshipId relationship) {
  return relationship.value & ((std::uint64_t{1} << storage::kNumberBits) - 1);
}

using Properties = std::vector<std::pair<KeyId, Value>>;  // sorted by key, no nulls

struct NodeRecord {
  std::vector<LabelId> labels;  // sorted
  Properties properties;
  std::optional<Interval> validity;  // absent: timeless
};
struct RelationshipRecord {
  TypeId type;
  NodeId start;
  NodeId end;
  Properties properties;
  std::optional<Interval> validity;
};

enum class Direction : std::uint8_t { kOutgoing, kIncoming };

struct Neighbour {
  RelationshipId relationship;
  NodeId node;  // at the other end; the same node for a self-loop
};

using ElementId = std::variant<NodeId, RelationshipId>;

// What a citation is about: a node, a relationship, or one property of either.
struct Fact {
  ElementId element;
  std::optional<KeyId> property;
  bool operator==(const Fact&) const = default;
};
// Where a fact is said: a span of a source in Unicode code points, end exclusive; no span means the whole source.
struct Citation {
  NodeId source;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> span;
  bool operator==(const Citation&) const = default;
};

struct GraphStatistics;

// The value of `key` in sorted properties; null when absent.
const Value& PropertyOf(const Properties& properties, KeyId key);

class Transaction {
 public:
  // While one lives, what is read of relationships stays in memory from one call to the next, so that lists are found
  // faster. For the time that a statement runs: a transaction that waits for anything else has none, or has called
  // LetGo. They nest; the transaction must outlive them.
  class ReadingScope {
   public:
    explicit ReadingScope(Transaction& transaction);
    ~ReadingScope();
    ReadingScope(const ReadingScope&) = delete;
    ReadingScope& operator=(const ReadingScope&) = delete;

   private:
    Transaction& transaction_;
  };

  ~Transaction();  // a write transaction that was not committed is rolled back
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  bool writable() const;
  // What was committed when it began, to be read without it. A UsageError once it has written: that would be missing.
  Result<GraphSnapshot> Snapshot() const;
  std::uint64_t changes() const;  // grows with each write and each undo of writes

  // ---- The catalog. Find…: the number of a name, if it has one. Intern…: gives it one when it has none (writes).
  std::optional<LabelId> FindLabel(std::string_view name) const;
  std::optional<TypeId> FindType(std::string_view name) const;
  std::optional<KeyId> FindKey(std::string_view name) const;
  Result<LabelId> InternLabel(std::string_view name);
  Result<TypeId> InternType(std::string_view name);
  Result<KeyId> InternKey(std::string_view name);
  const std::string& NameOf(LabelId label) const;
  const std::string& NameOf(TypeId type) const;
  const std::string& NameOf(KeyId key) const;
  std::vector<LabelId> Labels() const;  // every name there ever was, ascending by number; likewise the next two
  std::vector<TypeId> Types() const;
  std::vector<KeyId> Keys() const;

  // ---- Reads. Records are shared and immutable; they stay as they were read when the element is written later.
  // Null when there is no such element (never was, or deleted).
  Result<std::shared_ptr<const NodeRecord>> GetNode(NodeId node);
  Result<std::shared_ptr<const RelationshipRecord>> GetRelationship(RelationshipId relationship);
  Result<bool> HasLabel(NodeId node, LabelId label);
  Result<std::vector<LabelId>> LabelsOf(NodeId node);  // ascending
  // Single values, for who does not need the whole record. Null, or absent, also where there is no such element.
  Result<bool> Exists(const ElementId& element);
  Result<Value> GetProperty(const ElementId& element, KeyId key);
  Result<std::optional<Interval>> GetValidity(const ElementId& element);
  Result<std::optional<std::pair<NodeId, NodeId>>> EndsOf(RelationshipId relationship);  // start, end

  // Every node (with `label`, when given), ascending by id; every relationship of a type. `visit` answers whether to go
  // on; it must not write.
  Status ScanNodes(std::optional<LabelId> label, const std::function<bool(NodeId)>& visit);
  Status ScanRelationships(TypeId type, const std::function<bool(RelationshipId)>& visit);

  // Appends to `out` the relationships of these types (of every type, when absent) that leave `node` (kOutgoing) or
  // arrive at it (kIncoming); with `other`, those at whose other end it stands, which are searched for and not picked
  // out of all. A self-loop is met once in each direction. Type by type, else in no order.
  Status AppendNeighbours(NodeId node, Direction direction, std::optional<std::span<const TypeId>> types,
                          std::vector<Neighbour>& out, std::optional<NodeId> other = std::nullopt);
  Result<bool> HasRelationships(NodeId node);  // of any type, in either direction

  // Within a ReadingScope, between two calls. Release lets go of what was kept if others need the memory. Reads and
  // writes begin with it, so it is for who polls and does neither; it costs next to nothing. LetGo always does: for who
  // is about to wait, or to work for long.
  void Release();
  void LetGo();

  // Counts, exact, this transaction's own writes included.
  Result<std::uint64_t> CountNodes(std::optional<LabelId> label);
  Result<std::uint64_t> CountRelationships(std::optional<TypeId> type);

  // Of a type: relationships that end where they start.
  Result<std::uint64_t> CountLoops(TypeId type);

  // What is known beside these (graph_statistics.h): of some earlier commit, or of a later one.
  Result<std::shared_ptr<const GraphStatistics>> Statistics() const;

  // ---- Indexes on (label, property). A unique one makes the property a key of the label: no two of its nodes may have
  // equal values, and the node is found by its value. A range one finds the nodes by a value, or by a range of them.
  // Creating one indexes the nodes there are, however many, in bounded memory; a violation is a
  // ConstraintVerificationFailed error that names both nodes. Creating what is there, or dropping what is not, does
  // nothing. `name` is unique among the indexes; without one it is made of the label and the key. `poll`, which may be
  // empty, is asked now and then whether to go on: an error ends the call. The entries of an index that was dropped, or
  // came to nothing, are deleted in the background.
  using Poll = std::function<Status()>;
  Status CreateIndex(LabelId label, KeyId key, bool unique, std::string_view name = {}, const Poll& poll = {});
  Status DropIndex(LabelId label, KeyId key, bool unique);
  struct Index {
    std::string name;
    LabelId label;
    KeyId key;
    bool unique = false;
  };
  std::vector<Index> Indexes() const;  // those in use, as they were created
  Status DeclareKey(LabelId label, KeyId key) { return CreateIndex(label, key, true); }
  bool HasKey(LabelId label, KeyId key) const;
  bool HasRangeIndex(LabelId label, KeyId key) const;
  Result<std::optional<NodeId>> SeekKey(LabelId label, KeyId key, const Value& value);
  // The nodes whose value lies in the range, in the order of ORDER BY; equal values by id. With one bound alone, values
  // that < can compare with it; no bound: all. A UsageError without such an index. `visit` answers whether to go on; it
  // must not write.
  struct ValueRange {
    std::optional<Value> least;
    std::optional<Value> greatest;
    bool with_least = true;
    bool with_greatest = true;
  };
  Status SeekRange(LabelId label, KeyId key, const ValueRange& range, const std::function<bool(NodeId)>& visit);

  // ---- Writes. A null value removes the property. Values that cannot be stored (nodes, paths, maps, lists that hold
  // such or null) are a TypeError InvalidPropertyType.
  Result<NodeId> CreateNode(const std::vector<LabelId>& labels);
  Result<RelationshipId> CreateRelationship(TypeId type, NodeId start, NodeId end);
  Status SetProperty(const ElementId& element, KeyId key, const Value& value);
  Status AddLabel(NodeId node, LabelId label);
  Status RemoveLabel(NodeId node, LabelId label);
  Status SetValidity(const ElementId& element, const std::optional<Interval>& validity);
  // Deletes a node that has no relationships left (else ConstraintVerificationFailed DeleteConnectedNode), or a
  // relationship; properties and citations go with it. Deleting what is gone already does nothing.
  Status DeleteNode(NodeId node);
  Status DeleteRelationship(RelationshipId relationship);

  // ---- Evidence. Adding a citation that is there already does nothing. In the order they were added.
  Status AddCitation(const Fact& fact, const Citation& citation);
  Status RemoveCitations(const Fact& fact, std::optional<NodeId> source);  // of one source, or all
  Result<std::vector<Citation>> Citations(const Fact& fact);
  // Whether anything is cited of nodes (no type), or of the relationships of a type; properties included.
  Result<bool> HasCitations(std::optional<TypeId> type);
  // What the source is cited for, each fact once.
  Result<std::vector<Fact>> FactsCiting(NodeId source);
  // The text of a source, kept apart from the graph, with the SHA-256 of its bytes in hexadecimal.
  struct SourceText {
    std::string text;
    std::string sha256;
  };
  Status AttachText(NodeId source, std::string_view text);
  Result<std::optional<SourceText>> GetText(NodeId source);
  Result<bool> HasCitedSpans(NodeId source);  // whether a fact is cited to a span of the source: reads its citations

  // ---- Nested undo, for one statement inside a longer transaction: catalog, counters and caches included. Rolling
  // back ends the savepoint, as releasing it does.
  void SetSavepoint();
  void RollbackToSavepoint();
  void ReleaseSavepoint();

  // Makes everything visible and, with `sync`, durable when it returns; ends the transaction. Without `sync`, a crash
  // may lose the latest commits, never an earlier one alone.
  Status Commit(bool sync);
  void Rollback();

 private:
  friend class Graph;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct GraphOptions {
  std::uint64_t cache_bytes_max = std::uint64_t{256} << 20;  // for what was read, decoded
  // For sorting the entries of an index that is created: few enough that nobody who cancels waits for it. What is
  // beyond lies in files without a name in `sort_directory`; where that is empty, everything is sorted in memory.
  std::uint64_t sort_bytes_max = std::uint64_t{8} << 20;
  std::string sort_directory = {};
  std::uint64_t commit_entries_max = 10'000;  // of an index that is created: more than these go to the store before
};

class BlockCache;

class Graph {
 public:
  // Reads the catalog. The store must outlive the graph.
  static Result<std::unique_ptr<Graph>> Open(storage::Store& store, GraphOptions options = {});
  ~Graph();

  std::unique_ptr<Transaction> BeginRead();
  GraphSnapshot Snapshot();  // the newest committed state
  // What is decoded and shared by all who read, for who measures what it takes (block_cache.h).
  const BlockCache& blocks() const;
  // Waits for the running write transaction to end, up to `wait_ms`; then a Timeout error. Gives up with Cancelled when
  // `cancel`, which may be null, becomes true. A store opened read-only
  // answers with a UsageError.
  Result<std::unique_ptr<Transaction>> BeginWrite(std::uint32_t wait_ms = 10'000,
                                                  const std::atomic<bool>* cancel = nullptr);

 private:
  struct State;
  explicit Graph(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace plenum::graph
