// What a write transaction has changed and not committed yet, as reads want to find it: values by element, labels by
// node, lists by node. At the commit it becomes merge operands (commit.h).
//
// Savepoints nest. Going back to one undoes every change since, newest first, so that the cost is that of the changes
// taken back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {

using storage::Element;

// One list of relationships: those of a type that leave a node, or arrive at it.
struct ListName {
  TypeId type;
  Direction direction = Direction::kOutgoing;
  NodeId node;
  auto operator<=>(const ListName&) const = default;
};
struct ListNameHash {
  std::size_t operator()(const ListName& name) const;
};
struct ByRelationship {
  bool operator()(const Neighbour& a, const Neighbour& b) const { return a.relationship < b.relationship; }
};
// In the order in which they were created. A search tree, because one list may have a million of them.
using Neighbours = std::set<Neighbour, ByRelationship>;
struct OwnList {
  Neighbours added;
  Neighbours removed;  // committed ones only
};

struct ElementHash {
  std::size_t operator()(const Element& element) const;
};

class OwnWrites {
 public:
  using Values = std::vector<std::pair<std::uint16_t, Value>>;  // by property, in no order; null: removed
  using Changes = std::map<std::uint64_t, bool>;                // by id: there, or not any more

  // The value written last; null pointer where none was.
  const Value* FindValue(const Element& element, std::uint16_t property) const;
  const Values* FindValues(const Element& element) const;
  void SetValue(const Element& element, std::uint16_t property, Value value);

  // Whether the node has the label since; absent where that was not written.
  std::optional<bool> FindLabel(std::uint16_t label, NodeId node) const;
  const Changes* FindLabelChanges(std::uint16_t label) const;
  void SetLabel(std::uint16_t label, NodeId node, bool has);

  const OwnList* FindList(const ListName& name) const;
  void Add(const ListName& name, const Neighbour& neighbour);
  void Remove(const ListName& name, const Neighbour& neighbour);

  const Changes* FindRelationshipChanges(TypeId type) const;
  void SetRelationship(RelationshipId relationship, bool there);

  bool empty() const { return values_.empty() && labels_.empty() && lists_.empty() && relationships_.empty(); }
  std::size_t bytes() const { return bytes_ + undo_bytes_; }  // about what this takes in memory

  const auto& values() const { return values_; }
  const auto& labels() const { return labels_; }
  const auto& lists() const { return lists_; }

  void SetSavepoint() { savepoints_.push_back(undo_.size()); }
  // Both need a savepoint that is set. Rolling back ends it too.
  void RollbackToSavepoint();
  void ReleaseSavepoint();
  void Clear();

 private:
  struct ValueUndo {
    Element element;
    std::uint16_t property = 0;
    std::optional<Value> previous;
  };
  struct ChangeUndo {  // of a label, or of the relationships of a type
    bool is_label = false;
    std::uint16_t space = 0;  // label or type
    std::uint64_t id = 0;
    std::optional<bool> previous;
  };
  struct ListUndo {
    ListName name;
    Neighbour neighbour;
    enum class Kind : std::uint8_t { kAdded, kAddedTakenBack, kRemoved } kind = Kind::kAdded;
  };
  using Undo = std::variant<ValueUndo, ChangeUndo, ListUndo>;

  void SetChange(bool is_label, std::uint16_t space, std::uint64_t id, bool there);
  static std::size_t BytesOfUndo(const Undo& undo);
  void Note(Undo undo);
  void Take(ValueUndo& undo);
  void Take(ChangeUndo& undo);
  void Take(ListUndo& undo);

  std::unordered_map<Element, Values, ElementHash> values_;
  std::map<std::uint16_t, Changes> labels_;
  std::map<std::uint16_t, Changes> relationships_;
  std::unordered_map<ListName, OwnList, ListNameHash> lists_;
  std::vector<Undo> undo_;
  std::vector<std::size_t> savepoints_;  // the size of undo_ when each was set
  std::size_t bytes_ = 0;
  std::size_t undo_bytes_ = 0;
};

}  // namespace plenum::graph
