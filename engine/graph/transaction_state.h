// The inside of a Transaction. Its methods are defined by subject: transaction.cpp (life, catalog, savepoints),
// reads.cpp, neighbours.cpp, scans.cpp, node_writes.cpp, relationship_writes.cpp, indexes.cpp, index_build.cpp,
// citations.cpp, source_texts.cpp.
//
// Reads look at what the transaction itself wrote first, then at what was committed when it began. What it writes to
// labels, properties and adjacency is kept as such (own_writes.h) and becomes operands of the store at the commit
// (commit.h); what has a key of its own in the store (names, index entries, citations, texts) goes to the store's
// transaction at once. Counters are gathered as differences and become bytes at the commit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/catalog.h"
#include "engine/graph/committed_reads.h"
#include "engine/graph/graph.h"
#include "engine/graph/graph_core.h"
#include "engine/graph/list_table.h"
#include "engine/graph/own_writes.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {

class Commit;

struct Transaction::State {
  static constexpr std::size_t kWriteBytesMax = std::size_t{2} << 30;

  // By the key of the counter in the store; what is to be added to it.
  using Counters = std::map<std::string, std::int64_t>;
  struct Savepoint {
    CatalogView::Mark catalog;
    Counters counters;
  };
  State(GraphCore& shared_core, bool may_write);

  // ---- The catalog (transaction.cpp).
  Result<std::uint16_t> Intern(Space space, std::string_view name);

  // What each public call that reads does first, and scans do for each part: it gives way to who needs the memory, and
  // then holds what it reads until it ends.
  class Call {
   public:
    explicit Call(State& state) : scope_((state.Release(), state.reads)) {}

   private:
    CommittedReads::Scope scope_;
  };

  // ---- Reading (reads.cpp): with what this transaction wrote.
  Status CheckOpen() const { return committed ? HasBeenCommitted() : Status(); }
  static Status HasBeenCommitted();  // a UsageError
  Result<bool> HasLabel(std::uint16_t label, NodeId node);
  Result<bool> HasNode(NodeId node) { return HasLabel(storage::kEveryNode, node); }
  Result<std::vector<LabelId>> LabelsOf(NodeId node);
  Result<Value> ValueOf(const Element& element, std::uint16_t property);
  Result<PropertyValues> ValuesOf(const Element& element);
  Result<std::optional<std::pair<NodeId, NodeId>>> EndsOf(RelationshipId relationship);  // absent: there is none
  Result<bool> Exists(const Element& element);
  Result<std::uint64_t> ReadStoredNumber(const std::string& key) { return store.GetNumber(key); }
  Result<std::uint64_t> ReadCounter(const std::string& key);

  // ---- Relationships (neighbours.cpp). What is committed of them is read through `lists` where that pays.
  Status AppendNeighbours(const ListName& name, std::optional<NodeId> other, std::vector<Neighbour>& out);
  Status AppendCommitted(const ListName& name, std::optional<NodeId> other, std::vector<Neighbour>& out);
  // One of the two lists that hold what this transaction wrote between two nodes, which in it `leads_to` one of them.
  struct OwnBetween {
    const OwnList* list = nullptr;  // null: it wrote nothing there
    NodeId leads_to;
  };
  OwnBetween FindBetween(const ListName& name, NodeId other) const;
  void AppendAdded(const ListName& name, std::optional<NodeId> other, std::vector<Neighbour>& out) const;
  ListTable* FindTable(TypeId type, Direction direction);
  void Release() {
    if (kept && reads.ShouldRelease()) LetGo();
  }
  void LetGo();
  Result<bool> HasRelationships(NodeId node);
  // Whether any relationship of the type goes from one node to the other.
  Result<bool> AreConnected(TypeId type, NodeId start, NodeId end);

  // ---- Scanning (scans.cpp). One range of nodes, or block of relationships, ascending.
  Status AppendLabelled(std::uint16_t label, std::uint16_t range, std::vector<NodeId>& out);
  Status AppendRelationships(TypeId type, std::uint32_t block, std::vector<RelationshipId>& out);
  std::uint64_t NodesEnd() const;                                 // every node's id is below
  Result<std::uint64_t> NumbersEnd(const std::string& next_key);  // likewise every number

  // ---- Writing (node_writes.cpp, relationship_writes.cpp).
  Status CheckWritable();                                 // before each write
  Status CheckNode(NodeId node);                          // EntityNotFound when it is gone
  Status CheckRelationship(RelationshipId relationship);  // likewise
  Status CheckElement(const Element& element);
  Result<NodeId> TakeNodeId(std::uint16_t home_label);
  void SetLabel(std::uint16_t label, NodeId node, bool has);
  Status RemoveLabel(NodeId node, LabelId label);
  Status EraseValues(const Element& element);
  Status SetValue(const Element& element, KeyId key, const Value& value);
  Status SetValidity(const Element& element, const std::optional<Interval>& validity);
  void SetRelationship(RelationshipId relationship, NodeId start, NodeId end, bool there);
  Status CountRelationship(RelationshipId relationship, NodeId start, NodeId end, bool there);
  Result<std::uint64_t> TakeNumber(const std::string& next_key, std::uint64_t number_max);
  Status WriteNumbers();  // counters and next numbers, at the commit
  void Publish(const graph::Commit& commit);
  void RecutLargeSegments();  // of types that this transaction has changed
  void SweepDropped();        // the indexes that this transaction has dropped, or built for nobody

  // ---- Indexes (indexes.cpp). Checks first, then changes, so that a violation leaves nothing behind.
  Status CheckUnique(const IndexDefinition& index, const Value& value, NodeId node);
  void WriteEntry(const IndexDefinition& index, const Value& value, NodeId node);
  void EraseEntry(const IndexDefinition& index, const Value& value, NodeId node);
  Error KeyTaken(const IndexDefinition& index, const Value& value, NodeId holder, NodeId node) const;
  std::string NameOfIndex(const IndexDefinition& index) const;

  // ---- Building one (index_build.cpp).
  using VisitValue = std::function<Status(NodeId node, const Value& value)>;
  Status VisitValues(const IndexDefinition& index, const Poll& poll, const VisitValue& visit);
  Status BuildIndex(const IndexDefinition& index, const Poll& poll);
  void RenewSnapshot();

  // ---- Citations (citations.cpp) and texts (source_texts.cpp).
  struct StoredCitation {
    std::string fact;  // its bytes in keys
    std::uint32_t sequence = 0;
    Citation citation;
  };
  Result<std::vector<StoredCitation>> CitationsUnder(const std::string& element_or_fact);
  Result<std::vector<std::string>> CitationKeysOf(NodeId source);
  Result<bool> HasCitedSpan(NodeId source);
  Status CheckFact(const Fact& fact);
  Status EraseCitationsUnder(const std::string& element_or_fact, std::optional<NodeId> source);
  Status EraseCitationsOf(NodeId source);

  GraphCore& core;
  const bool writes;
  std::uint64_t change_count = 0;
  bool ended = false;
  bool committed = false;
  std::shared_ptr<const ReadView> view;
  CommittedReads reads;
  OwnWrites own;
  storage::StoreTransaction store;
  CatalogView catalog;
  Counters counters;                             // what they change by
  std::map<std::string, std::uint64_t> counted;  // what they are with this commit
  std::vector<Savepoint> savepoints;
  // What was committed of the lists of one type and direction, found without a search. Own writes are not in it.
  struct Lists {
    std::uint64_t lists_read = 0;      // before there was a table
    std::unique_ptr<ListTable> table;  // null: not enough of them were read yet
  };
  std::vector<Lists> lists;                   // by type and direction
  int reading_scopes = 0;                     // that live
  std::optional<CommittedReads::Scope> kept;  // what tables hold; only within a ReadingScope
  std::vector<std::uint32_t> built_indexes;   // whose entries are in the store before the commit
};

}  // namespace plenum::graph
