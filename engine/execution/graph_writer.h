// Writing what a clause says into the graph, for one row.
#pragma once

#include <map>
#include <vector>

#include "engine/execution/evaluator.h"

namespace plenum::execution {

class GraphWriter {
 public:
  explicit GraphWriter(QueryContext& context) : context_(context), evaluator_(context) {}

  // CREATE: every element of the pattern that is not bound, with all that is written in it; variables into `row`.
  void Create(const plan::Pattern& pattern, Row& row);

  // SET and REMOVE. Updates of null do nothing.
  void Apply(const std::vector<plan::UpdateItem>& items, Row& row);

  // DELETE: relationships at once, nodes when Finish is called, for a node may lose its relationships later in the
  // clause; in FOREACH and CALL { }, until the outermost has finished (LateDeletes).
  void Delete(const Value& target, bool detach, Span span);
  void FinishDelete();
  bool Dooms(NodeId node) const { return doomed_.contains(node); }
  bool DoomsAny() const { return !doomed_.empty(); }

  // MERGE: a null property can be neither found nor written; raises SemanticError.
  void CheckMergeable(const plan::Pattern& pattern, Row& row);
  // Citations of MERGE are added to what it matched, too.
  void AddCitations(const plan::Pattern& pattern, Row& row);

 private:
  void CheckMergeable(const std::optional<plan::Expression>& properties, Row& row);
  void CreateNode(const plan::NodePattern& pattern, Row& row);
  void CreateRelationship(const plan::RelationshipPattern& pattern, const plan::NodePattern& before,
                          const plan::NodePattern& behind, Row& row);
  void ApplyItem(const plan::SetProperty& item, Row& row);
  void ApplyItem(const plan::SetAll& item, Row& row);
  void ApplyItem(const plan::SetLabels& item, Row& row);
  void ApplyItem(const plan::SetValidity& item, Row& row);
  void ApplyItem(const plan::AddCitations& item, Row& row);
  void ApplyItem(const plan::RemoveCitations& item, Row& row);

  void SetProperty(const Value& element, std::string_view key, const Value& value);
  void SetProperties(const Value& element, const Map& properties);
  Map PatternProperties(const std::optional<plan::Expression>& properties, Row& row);
  void Cite(const graph::Fact& fact, const std::vector<plan::Citation>& citations, Row& row);
  graph::Citation EvaluateCitation(const plan::Citation& citation, Row& row);
  NodeId EvaluateSource(const plan::Expression& source, Row& row);
  std::pair<std::uint32_t, std::uint32_t> FindQuote(NodeId source, const std::string& quote);
  void CheckSpan(NodeId source, std::int64_t first, std::int64_t end);
  void DetachDelete(NodeId node);
  void DeleteRelationship(RelationshipId relationship);

  QueryContext& context_;
  Evaluator evaluator_;
  std::map<NodeId, Span> doomed_;  // and where the query says so
};

// While it lives, nodes that DELETE finds with relationships are left to `writer`, whose FinishDelete tries again: so
// it is for all that FOREACH and CALL { } do. To everything else they are gone (QueryContext::Doomed). Within another
// one it does nothing, for the outermost takes them.
class LateDeletes {
 public:
  LateDeletes(QueryContext& context, GraphWriter& writer) : context_(context), outer_(context.late_deletes) {
    if (!outer_) context_.late_deletes = &writer;
  }
  ~LateDeletes() { context_.late_deletes = outer_; }
  LateDeletes(const LateDeletes&) = delete;
  LateDeletes& operator=(const LateDeletes&) = delete;

 private:
  QueryContext& context_;
  GraphWriter* const outer_;
};

// The fact that an element is, or one property of it.
graph::Fact FactOf(const Value& element, std::optional<graph::KeyId> property = std::nullopt);

// Whether there is something to update: null is nothing; what is no node and no relationship raises TypeError.
bool IsElement(const Value& value);

}  // namespace plenum::execution
