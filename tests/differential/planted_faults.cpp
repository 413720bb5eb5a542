// Faults in rows, in what is written, in errors, and in what a statement is taken to mean.
#include "tests/differential/planted_faults.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>

#include "tests/must.h"

namespace plenum::tests {
namespace {

using Rows = std::vector<std::vector<Value>>;

Executor WithFaultInRows(const Executor& sound, const std::function<void(Rows&)>& harm) {
  return [=](const plan::Statement& statement, graph::Transaction& transaction,
             const execution::ExecuteOptions& options) -> Result<QueryResult> {
    Result<QueryResult> result = sound(statement, transaction, options);
    if (!result) return result;
    Rows rows;
    while (result->Next()) rows.push_back(result->row());
    harm(rows);
    return QueryResult(result->columns(), std::move(rows), result->statistics());
  };
}

// Replaces the first value of this kind.
void Replace(Rows& rows, Value::Kind kind, const std::function<Value(const Value&)>& by) {
  for (std::vector<Value>& row : rows) {
    const auto found = std::ranges::find(row, kind, &Value::kind);
    if (found == row.end()) continue;
    *found = by(*found);
    return;
  }
}

// Runs a statement that asks for something slightly different. `harm` is given the clauses of its own parts, not those
// of subqueries.
Executor WithFaultInClauses(const Executor& sound, const std::function<void(plan::Clause&)>& harm) {
  return
      [=](const plan::Statement& statement, graph::Transaction& transaction, const execution::ExecuteOptions& options) {
        plan::Statement changed = statement;
        for (plan::SingleQuery& part : changed.query.parts) std::ranges::for_each(part.clauses, harm);
        return sound(changed, transaction, options);
      };
}

Executor WithFaultInMatch(const Executor& sound, const std::function<void(plan::Match&)>& harm) {
  return WithFaultInClauses(sound, [=](plan::Clause& clause) {
    if (auto* const match = std::get_if<plan::Match>(&clause.node)) harm(*match);
  });
}

Executor WithFaultInPaths(const Executor& sound, const std::function<void(plan::PathPattern&)>& harm) {
  return WithFaultInMatch(sound, [=](plan::Match& match) { std::ranges::for_each(match.pattern.paths, harm); });
}

Executor WithFaultInProjection(const Executor& sound, const std::function<void(plan::Project&)>& harm) {
  return WithFaultInClauses(sound, [=](plan::Clause& clause) {
    if (auto* const project = std::get_if<plan::Project>(&clause.node)) harm(*project);
  });
}

// Without repetitions: walks along these need not end.
void AllowWalks(plan::PathPattern& path) {
  const bool plain = std::ranges::none_of(path.relationships, [](const plan::RelationshipPattern& each) {
    return each.repetition.has_value() || each.subpath.has_value();
  });
  if (plain) path.mode = ast::PathMode::kWalk;
}

using NodeProperties = std::map<std::pair<NodeId, KeyId>, Value>;

NodeProperties PropertiesIn(graph::Transaction& transaction) {
  std::vector<NodeId> nodes;
  Must(transaction.ScanNodes(std::nullopt, [&](NodeId node) {
    nodes.push_back(node);
    return true;
  }));
  NodeProperties properties;
  for (NodeId node : nodes) {
    const auto record = Must(transaction.GetNode(node));
    for (const auto& [key, value] : record->properties) properties[{node, key}] = value;
  }
  return properties;
}

// Forgets the first property of a node that the statement wrote.
Result<QueryResult> WriteAllButAProperty(const Executor& sound, const plan::Statement& statement,
                                         graph::Transaction& transaction, const execution::ExecuteOptions& options) {
  const NodeProperties before = PropertiesIn(transaction);
  Result<QueryResult> result = sound(statement, transaction, options);
  if (!result || result->statistics().properties_set == 0) return result;
  for (const auto& [place, value] : PropertiesIn(transaction)) {
    const auto old = before.find(place);
    if (old != before.end() && Order(old->second, value) == 0) continue;
    Must(transaction.SetProperty(place.first, place.second, old == before.end() ? Value() : old->second));
    break;
  }
  return result;
}

std::vector<PlantedFault> FaultsInAnswers(const Executor& sound) {
  const auto in_rows = [&](std::string name, const std::function<void(Rows&)>& harm) {
    return PlantedFault{std::move(name), WithFaultInRows(sound, harm)};
  };
  return {
      in_rows("RowDropped",
              [](Rows& rows) {
                if (!rows.empty()) rows.pop_back();
              }),
      in_rows("RowDoubled",
              [](Rows& rows) {
                if (!rows.empty()) rows.push_back(rows.front());
              }),
      in_rows("NullForFalse",
              [](Rows& rows) {
                Replace(rows, Value::Kind::kBoolean, [](const Value& was) { return was.boolean() ? was : Value(); });
              }),
      in_rows("CountOffByOne",
              [](Rows& rows) {
                if (rows.size() != 1) return;
                Replace(rows, Value::Kind::kInteger, [](const Value& was) { return Value(was.integer() + 1); });
              }),
      in_rows("WrongOrder", [](Rows& rows) { std::ranges::reverse(rows); }),
      {"PropertyNotWritten",
       [=](const plan::Statement& statement, graph::Transaction& transaction,
           const execution::ExecuteOptions& options) {
         return WriteAllButAProperty(sound, statement, transaction, options);
       }},
      {"ExceptionThrown",
       [=](const plan::Statement& statement, graph::Transaction& transaction,
           const execution::ExecuteOptions& options) {
         if (statement.query.columns.size() > 2) throw std::out_of_range("a column");
         return sound(statement, transaction, options);
       }},
      {"ErrorSwallowed",
       [=](const plan::Statement& statement, graph::Transaction& transaction,
           const execution::ExecuteOptions& options) -> Result<QueryResult> {
         Result<QueryResult> result = sound(statement, transaction, options);
         return result ? std::move(result) : QueryResult(statement.query.columns, {}, {});
       }},
  };
}

std::vector<PlantedFault> FaultsInMeaning(const Executor& sound) {
  return {
      {"RelationshipMetTwice", WithFaultInPaths(sound, AllowWalks)},
      {"DirectionIgnored", WithFaultInPaths(sound,
                                            [](plan::PathPattern& path) {
                                              for (auto& each : path.relationships) {
                                                each.direction = ast::Direction::kEither;
                                              }
                                            })},
      {"TypesIgnored", WithFaultInPaths(sound,
                                        [](plan::PathPattern& path) {
                                          for (auto& each : path.relationships) each.types.reset();
                                        })},
      {"LabelsOfTheLastNodeIgnored",
       WithFaultInPaths(sound, [](plan::PathPattern& path) { path.nodes.back().labels.reset(); })},
      {"ValidTimeIgnored", WithFaultInPaths(sound,
                                            [](plan::PathPattern& path) {
                                              for (auto& each : path.relationships) each.filter.reset();
                                            })},
      {"LongestRoundLeftOut", WithFaultInPaths(sound,
                                               [](plan::PathPattern& path) {
                                                 for (auto& each : path.relationships) {
                                                   auto& repeated = each.repetition;
                                                   if (repeated && repeated->maximum > repeated->minimum) {
                                                     --*repeated->maximum;
                                                   }
                                                 }
                                               })},
      {"ConditionLost", WithFaultInMatch(sound,
                                         [](plan::Match& match) {
                                           if (!match.pattern.conditions.empty()) match.pattern.conditions.pop_back();
                                         })},
      {"OptionalLost", WithFaultInMatch(sound, [](plan::Match& match) { match.optional = false; })},
      {"DistinctLost", WithFaultInProjection(sound, [](plan::Project& project) { project.distinct = false; })},
      {"LimitLost", WithFaultInProjection(sound, [](plan::Project& project) { project.limit.reset(); })},
      {"WhereOfWithLost", WithFaultInProjection(sound, [](plan::Project& project) { project.where.reset(); })},
  };
}

}  // namespace

std::vector<PlantedFault> PlantedFaults(const Executor& sound) {
  std::vector<PlantedFault> faults = FaultsInAnswers(sound);
  std::ranges::move(FaultsInMeaning(sound), std::back_inserter(faults));
  return faults;
}

}  // namespace plenum::tests
