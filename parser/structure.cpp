// Checks and completes nodes: groups in paths, the ends of queries, procedures within a query.
// Names and types are not looked at: whatever needs them belongs to the binder.
#include "parser/structure.h"

#include <string>
#include <utility>
#include <vector>

#include "parser/refusal.h"

namespace plenum::syntax {
namespace {

bool IsNode(const ast::PathElement& element) { return std::holds_alternative<ast::NodePattern>(element); }
bool IsGroup(const ast::PathElement& element) { return std::holds_alternative<ast::QuantifiedGroup>(element); }
bool IsQuantified(const ast::QuantifiedGroup& group) { return group.repetition.span.end != 0; }

void CheckSelector(const ast::PathPattern& path) {
  const bool cheapest = path.selector.kind == ast::PathSelector::Kind::kCheapest;
  if (cheapest && !path.selector.weight) {
    throw Refusal{path.span, "UnexpectedSyntax",
                  "expected COST after this pattern: what a relationship costs, as in ANY CHEAPEST (a)-[r:ROAD*]->(b) "
                  "COST r.length"};
  }
  if (!cheapest && path.selector.weight) {
    throw Refusal{path.selector.weight->operator*().span, "UnexpectedSyntax",
                  "COST belongs to ANY CHEAPEST: expected that before the pattern"};
  }
}

// The one group of ((a)-->(b)), a path in plain parentheses.
void TakeApart(ast::PathPattern& path) {
  auto& group = std::get<ast::QuantifiedGroup>(path.elements.front());
  if (IsQuantified(group)) return;
  const bool plain = path.elements.size() == 1 && group.joint == ast::Joint::kNone && !group.where;
  if (!plain) return;
  std::vector<ast::PathElement> elements = std::move(group.path->elements);
  path.elements = std::move(elements);
}

void CheckGroups(const ast::PathPattern& path) {
  for (const ast::PathElement& element : path.elements) {
    const auto* group = std::get_if<ast::QuantifiedGroup>(&element);
    if (group == nullptr || IsQuantified(*group)) continue;
    throw Refusal{{group->span.end - 1, group->span.end},
                  "UnexpectedSyntax",
                  "expected a quantifier after this group: {1,3}, {2}, + or *"};
  }
}

// Puts a node without a variable wherever a path begins or ends with a group, or a relationship touches one.
void SurroundGroups(ast::PathPattern& path) {
  std::vector<ast::PathElement> completed;
  completed.reserve(path.elements.size() + 2);
  const auto touches = [](const ast::PathElement& a, const ast::PathElement& b) {
    return !IsNode(a) && !IsNode(b) && !(IsGroup(a) && IsGroup(b));
  };
  const auto add_node = [&completed](std::uint32_t at) {
    ast::NodePattern node;
    node.span = {at, at};
    completed.emplace_back(std::move(node));
  };
  if (!IsNode(path.elements.front())) add_node(path.span.begin);
  for (ast::PathElement& element : path.elements) {
    if (!completed.empty() && touches(completed.back(), element)) {
      add_node(std::get<ast::QuantifiedGroup>(completed.back()).span.end);
    }
    completed.push_back(std::move(element));
  }
  if (!IsNode(completed.back())) add_node(path.span.end);
  path.elements = std::move(completed);
}

template <class... Kinds>
bool IsOneOf(const ast::Clause& clause) {
  return (std::holds_alternative<Kinds>(clause.node) || ...);
}
bool IsUpdate(const ast::Clause& clause) {
  return IsOneOf<ast::Create, ast::Merge, ast::Set, ast::Remove, ast::Delete, ast::Foreach>(clause);
}

const char* WordOf(const ast::Clause& clause) {
  if (IsOneOf<ast::Match>(clause)) return "MATCH";
  if (IsOneOf<ast::With>(clause)) return "WITH";
  if (IsOneOf<ast::Unwind>(clause)) return "UNWIND";
  if (IsOneOf<ast::LoadCsv>(clause)) return "LOAD CSV";
  return "CALL";
}

// Whether the rows of a part have columns: a RETURN's, or those of a procedure that is the whole part.
bool GivesColumns(const ast::SingleQuery& part) {
  const ast::Clause& last = part.clauses.back();
  return IsOneOf<ast::Return>(last) || (part.clauses.size() == 1 && IsOneOf<ast::CallProcedure>(last));
}

bool EndsWell(const ast::SingleQuery& part) {
  const ast::Clause& last = part.clauses.back();
  if (IsUpdate(last) || IsOneOf<ast::Return>(last)) return true;
  if (const auto* call = std::get_if<ast::CallProcedure>(&last.node)) {
    return part.clauses.size() == 1 || (call->yields.empty() && !call->yield_star);
  }
  // A subquery without RETURN is there for what it does, as a writing clause is.
  const auto* subquery = std::get_if<ast::CallSubquery>(&last.node);
  return subquery != nullptr && !GivesColumns(subquery->query->parts.back());
}

// Whether a procedure takes arguments, and so needs parentheses within a query, is the binder's to know.
void CheckProcedures(const ast::SingleQuery& part) {
  if (part.clauses.size() == 1) return;
  for (const ast::Clause& clause : part.clauses) {
    const auto* call = std::get_if<ast::CallProcedure>(&clause.node);
    if (call == nullptr || !call->yield_star) continue;
    throw Refusal{clause.span, "UnexpectedSyntax",
                  "YIELD * is for a CALL that is the whole query: expected the names of the columns here"};
  }
}

void CheckWholeQuery(const ast::Query& query) {
  for (const ast::SingleQuery& part : query.parts) {
    CheckProcedures(part);
    if (EndsWell(part)) continue;
    const ast::Clause& last = part.clauses.back();
    throw Refusal{last.span, "InvalidClauseComposition",
                  std::string("a query cannot end with ") + WordOf(last) +
                      ": expected RETURN, or a clause that writes, after it"};
  }
}

}  // namespace

void Finish(ast::PathPattern& path) {
  CheckSelector(path);
  if (IsGroup(path.elements.front())) TakeApart(path);
  bool any_group = false;
  for (const ast::PathElement& element : path.elements) any_group = any_group || IsGroup(element);
  if (!any_group) return;
  CheckGroups(path);
  SurroundGroups(path);
}

void CheckStatement(const ast::Statement& statement) {
  if (const auto* query = std::get_if<ast::Query>(&statement.node)) CheckWholeQuery(*query);
}

void Finish(ast::CallSubquery& call) { CheckWholeQuery(*call.query); }

void Finish(ast::Subquery& subquery) {
  for (const ast::SingleQuery& part : subquery.query->parts) {
    CheckProcedures(part);
    if (subquery.kind != ast::SubqueryKind::kCollect || IsOneOf<ast::Return>(part.clauses.back())) continue;
    throw Refusal{part.clauses.back().span, "InvalidClauseComposition",
                  "COLLECT { } collects what its query returns: expected RETURN after this clause"};
  }
}

}  // namespace plenum::syntax
