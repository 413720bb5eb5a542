// See schema_command.h.
#include "engine/execution/schema_command.h"

#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"

namespace plenum::execution {
namespace {

using Index = graph::Transaction::Index;

std::string_view WhatOf(const plan::SchemaCommand& command) { return command.unique ? "constraint" : "index"; }

// The one that the command names, by its name or by what it is on.
std::optional<Index> Find(const graph::Transaction& transaction, const plan::SchemaCommand& command) {
  for (Index& index : transaction.Indexes()) {
    if (index.unique != command.unique) continue;
    const bool same_place =
        transaction.NameOf(index.label) == command.label && transaction.NameOf(index.key) == command.key;
    if (command.key.empty() ? index.name == command.name : same_place) return std::move(index);
  }
  return std::nullopt;
}

// As the graph asks.
Status CheckStopped(QueryContext& context) {
  try {
    context.Poll();
  } catch (EvaluationError& error) {
    return std::move(error.error);
  }
  return {};
}

void Create(QueryContext& context, const plan::SchemaCommand& command) {
  graph::Transaction& transaction = context.transaction;
  if (const auto there = Find(transaction, command)) {
    if (command.tolerant) return;
    Raise(ErrorType::kUsageError, "IndexAlreadyExists",
          fmt::format("there is a {} on :{}({}) already, `{}`: add IF NOT EXISTS to keep it", WhatOf(command),
                      command.label, command.key, there->name));
  }
  const graph::LabelId label = Take(transaction.InternLabel(command.label));
  const graph::KeyId key = Take(transaction.InternKey(command.key));
  const auto poll = [&] { return CheckStopped(context); };
  Take(transaction.CreateIndex(label, key, command.unique, command.name, poll));
  ++(command.unique ? context.statistics.constraints_added : context.statistics.indexes_added);
}

void Drop(QueryContext& context, const plan::SchemaCommand& command) {
  const auto index = Find(context.transaction, command);
  if (!index) {
    if (command.tolerant) return;
    const std::string named = command.key.empty() ? fmt::format("with the name '{}'", command.name)
                                                  : fmt::format("on :{}({})", command.label, command.key);
    Raise(ErrorType::kUsageError, "IndexNotFound",
          fmt::format("there is no {0} {1}: SHOW {2} lists those there are", WhatOf(command), named,
                      command.unique ? "CONSTRAINTS" : "INDEXES"));
  }
  Take(context.transaction.DropIndex(index->label, index->key, index->unique));
  ++(command.unique ? context.statistics.constraints_removed : context.statistics.indexes_removed);
}

// SHOW INDEXES lists those of constraints too: nodes are found by them as by any other.
std::vector<std::vector<Value>> Show(const QueryContext& context, const plan::SchemaCommand& command) {
  const graph::Transaction& transaction = context.transaction;
  std::vector<std::vector<Value>> rows;
  for (const Index& index : transaction.Indexes()) {
    if (command.unique && !index.unique) continue;
    rows.push_back({index.name, index.unique ? "UNIQUE" : "RANGE", transaction.NameOf(index.label),
                    transaction.NameOf(index.key)});
  }
  return rows;
}

}  // namespace

QueryResult RunSchemaCommand(QueryContext& context, const plan::SchemaCommand& command) {
  return AtSpan(command.span, [&] {
    switch (command.kind) {
      case plan::SchemaCommand::Kind::kCreate:
        Create(context, command);
        return QueryResult({}, {}, context.statistics);
      case plan::SchemaCommand::Kind::kDrop:
        Drop(context, command);
        return QueryResult({}, {}, context.statistics);
      case plan::SchemaCommand::Kind::kShow:
        break;
    }
    return QueryResult({"name", "kind", "label", "property"}, Show(context, command), {});
  });
}

}  // namespace plenum::execution
