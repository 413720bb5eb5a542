// db.labels, db.relationshipTypes, db.propertyKeys. The catalog never forgets a name, so what is in use is told by the
// counters, and for property keys by reading elements until every name has been met.
#include <algorithm>
#include <set>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/procedure_call.h"

namespace plenum::execution {
namespace {

class KeySearch {
 public:
  explicit KeySearch(QueryContext& context) : context_(context) {
    for (const graph::KeyId key : context.transaction.Keys()) missing_.insert(key);
  }

  std::vector<std::string> Names() {
    SearchNodes();
    for (const graph::TypeId type : context_.transaction.Types()) SearchRelationships(type);
    return std::move(names_);
  }

 private:
  void Meet(const graph::Properties& properties) {
    for (const auto& [key, value] : properties) {
      if (missing_.erase(key) == 1) names_.push_back(context_.transaction.NameOf(key));
    }
  }

  void SearchNodes() {
    std::vector<NodeId> nodes;  // gathered first: a scan's visitor cannot report that time is over
    if (missing_.empty()) return;
    Take(context_.transaction.ScanNodes(std::nullopt, [&](NodeId node) {
      nodes.push_back(node);
      return true;
    }));
    for (const NodeId node : nodes) {
      if (missing_.empty()) return;
      context_.Poll();
      if (!context_.Doomed(node)) Meet(ReadNode(context_, node)->properties);
    }
  }

  void SearchRelationships(graph::TypeId type) {
    std::vector<RelationshipId> relationships;
    if (missing_.empty()) return;
    Take(context_.transaction.ScanRelationships(type, [&](RelationshipId relationship) {
      relationships.push_back(relationship);
      return true;
    }));
    for (const RelationshipId relationship : relationships) {
      if (missing_.empty()) return;
      context_.Poll();
      Meet(ReadRelationship(context_, relationship)->properties);
    }
  }

  QueryContext& context_;
  std::set<graph::KeyId> missing_;
  std::vector<std::string> names_;
};

std::vector<std::string> NamesInUse(QueryContext& context, plan::BuiltInProcedure procedure) {
  graph::Transaction& transaction = context.transaction;
  std::vector<std::string> names;
  switch (procedure) {
    case plan::BuiltInProcedure::kLabels:
      for (const graph::LabelId label : transaction.Labels()) {
        if (Take(transaction.CountNodes(label)) > 0) names.push_back(transaction.NameOf(label));
      }
      return names;
    case plan::BuiltInProcedure::kRelationshipTypes:
      for (const graph::TypeId type : transaction.Types()) {
        if (Take(transaction.CountRelationships(type)) > 0) names.push_back(transaction.NameOf(type));
      }
      return names;
    case plan::BuiltInProcedure::kPropertyKeys:
      return KeySearch(context).Names();
    default:
      break;
  }
  return names;
}

}  // namespace

std::vector<List> CallCatalogProcedure(QueryContext& context, plan::BuiltInProcedure procedure) {
  std::vector<std::string> names = NamesInUse(context, procedure);
  std::ranges::sort(names);
  std::vector<List> rows;
  for (std::string& name : names) rows.push_back({Value(std::move(name))});
  return rows;
}

}  // namespace plenum::execution
