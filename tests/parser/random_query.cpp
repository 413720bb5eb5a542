// Random clauses, queries and statements.
#include <utility>

#include "tests/parser/random_tree.h"

namespace plenum::ast {
namespace {

template <class Node>
Clause ClauseOf(Node node) {
  return {{}, std::move(node)};
}

}  // namespace

// ---- Queries

Query RandomTree::MakeQuery(Place place) {
  const Deeper deeper(depth_);
  Query query;
  query.why = (place == Place::kStatement || place == Place::kCall) && Sometimes();
  query.filter = Maybe([&] { return MakeFilter(); });
  query.parts.push_back(MakePart(place));
  while (depth_ < 8 && Sometimes()) {
    query.union_all.push_back(Often());
    query.parts.push_back(MakePart(place));
  }
  return query;
}

// How a query may end depends on where it stands.
SingleQuery RandomTree::MakePart(Place place) {
  SingleQuery part;
  if (place != Place::kCollect && Sometimes()) {
    part.clauses.push_back(ClauseOf(MakeProcedure(true)));
    return part;
  }
  if (depth_ < 10) part.clauses = Several(0, [&] { return MakeClause(); });
  if (place == Place::kBraces && !part.clauses.empty() && Often()) return part;
  const bool update = place != Place::kCollect && depth_ < 10 && Sometimes();
  part.clauses.push_back(update ? MakeUpdate() : MakeReturn());
  return part;
}

Clause RandomTree::MakeReturn() { return ClauseOf(Return{MakeProjection()}); }

Clause RandomTree::MakeClause() {
  switch (Below(7)) {
    case 0:
      return ClauseOf(Match{Sometimes(), MakePattern(1 + Below(2))});
    case 1:
      return ClauseOf(Unwind{MakeExpression(), MakeName()});
    case 2:
      return ClauseOf(With{MakeProjection(), Maybe([&] { return MakeExpression(); })});
    case 3:
      return ClauseOf(MakeProcedure(false));
    case 4:
      return ClauseOf(MakeSubqueryCall());
    case 5:
      return ClauseOf(LoadCsv{Often(), MakeExpression(), MakeName(), Maybe([&] { return MakeTextLiteral(); })});
    default:
      return MakeUpdate();
  }
}

CallProcedure RandomTree::MakeProcedure(bool alone) {
  CallProcedure call{MakeName()};
  if (!alone || Often()) call.arguments = Several(0, [&] { return MakeExpression(); });
  call.yield_star = alone && Sometimes();
  if (!call.yield_star) {
    call.yields = Several(0, [&] { return YieldItem{MakeName(), Maybe([&] { return MakeName(); })}; });
  }
  call.yield_nothing = !call.yield_star && call.yields.empty() && Often();
  if (call.yield_star || call.yield_nothing || !call.yields.empty()) {
    call.where = Maybe([&] { return MakeExpression(); });
  }
  return call;
}

CallSubquery RandomTree::MakeSubqueryCall() {
  CallSubquery call;
  call.import_star = Sometimes();
  if (!call.import_star && Often()) call.imports = Several(0, [&] { return MakeName(); });
  call.query = MakeQuery(Place::kCall);
  return call;
}

Projection RandomTree::MakeProjection() {
  const auto item = [&] { return ProjectionItem{MakeExpression(), Maybe([&] { return MakeName(); })}; };
  Projection projection;
  projection.distinct = Sometimes();
  projection.star = Sometimes();
  projection.items = Several(projection.star ? 0 : 1, item);
  if (Sometimes()) projection.order_by = Several(1, [&] { return SortItem{MakeExpression(), Often()}; });
  projection.skip = Maybe([&] { return MakeExpression(); });
  projection.limit = Maybe([&] { return MakeExpression(); });
  return projection;
}

// ---- Updates

Clause RandomTree::MakeUpdate() {
  const Deeper deeper(depth_);
  const auto items = [&] { return Several(1, [&] { return MakeSetItem(); }); };
  switch (Below(depth_ < 8 ? 6 : 5)) {
    case 0:
      return ClauseOf(Create{MakePaths()});
    case 1: {
      Merge merge{MakePath(), {}, {}};
      if (Often()) merge.on_create = items();
      if (Often()) merge.on_match = items();
      return ClauseOf(std::move(merge));
    }
    case 2:
      return ClauseOf(Set{items()});
    case 3:
      return ClauseOf(Remove{Several(1, [&] { return MakeRemoveItem(); })});
    case 4:
      return ClauseOf(Delete{Often(), Several(1, [&] { return MakeExpression(); })});
    default:
      return ClauseOf(Foreach{MakeName(), MakeExpression(), Several(1, [&] { return MakeUpdate(); })});
  }
}

SetItem RandomTree::MakeSetItem() {
  const auto citations = [&](std::size_t least) { return Several(least, [&] { return MakeCitation(); }); };
  switch (Below(5)) {
    case 0:
      return {{}, SetProperty{MakeProperty(), MakeExpression(), citations(0)}};
    case 1:
      return {{}, SetAll{MakeName(), MakeExpression(), Often()}};
    case 2:
      return {{}, SetLabels{MakeName(), Several(1, [&] { return MakeName(); })}};
    case 3:
      return {{}, SetValidity{MakeName(), MakeAssertion(), citations(0)}};
    default:
      return {{}, SetCitations{MakeName(), citations(1)}};
  }
}

RemoveItem RandomTree::MakeRemoveItem() {
  switch (Below(4)) {
    case 0:
      return {{}, RemoveProperty{MakeProperty()}};
    case 1:
      return {{}, RemoveLabels{MakeName(), Several(1, [&] { return MakeName(); })}};
    case 2:
      return {{}, RemoveValidity{MakeName()}};
    default:
      return {{},
              RemoveCitations{MakeName(), Maybe([&] { return MakeName(); }), Maybe([&] { return MakeReference(); })}};
  }
}

// ---- Statements

SchemaStatement RandomTree::MakeIndexOrConstraint() {
  using Kind = SchemaStatement::Kind;
  SchemaStatement schema;
  const bool index = Often();
  schema.kind = index ? Kind::kCreateIndex : Kind::kCreateConstraint;
  schema.what = index ? OneOf({"", "RANGE", "FULLTEXT"}) : OneOf({"UNIQUE", "EXISTS", "KEY"});
  schema.name = Maybe([&] { return MakeName(); });
  schema.if_not_exists = Sometimes();
  schema.label = MakeName();
  schema.properties = Several(1, [&] { return MakeName(); });
  if (index && Sometimes()) return schema;  // ON :Label(key)
  schema.variable = MakeName();
  schema.relationship = Sometimes();
  return schema;
}

SchemaStatement RandomTree::MakeSchema() {
  using Kind = SchemaStatement::Kind;
  if (Often()) return MakeIndexOrConstraint();
  SchemaStatement schema;
  schema.kind = OneOf({Kind::kShowIndexes, Kind::kShowConstraints, Kind::kDropIndex, Kind::kDropConstraint});
  if (schema.kind == Kind::kShowIndexes || schema.kind == Kind::kShowConstraints) return schema;
  if (schema.kind == Kind::kDropIndex && Often()) {
    schema.label = MakeName();
    schema.properties = Several(1, [&] { return MakeName(); });
  } else {
    schema.name = MakeName();
    schema.if_exists = Often();
  }
  return schema;
}

TransactionStatement RandomTree::MakeTransaction() {
  using Kind = TransactionStatement::Kind;
  TransactionStatement transaction;
  transaction.kind =
      OneOf({Kind::kBegin, Kind::kBeginWrite, Kind::kCommit, Kind::kRollback, Kind::kRollbackTo, Kind::kSavepoint});
  const bool named = transaction.kind == Kind::kRollbackTo || transaction.kind == Kind::kSavepoint;
  if (named) transaction.name = MakeName();
  return transaction;
}

Statement RandomTree::MakeStatement() {
  Statement statement;
  switch (Below(16)) {
    case 12:
      statement.node = Retract{Often(), MakeTextOrParameter()};
      if (Often()) statement.mode = StatementMode::kExplain;
      break;
    case 13:
      statement.node = MakeSchema();
      break;
    case 14:
      statement.node = MakeTransaction();
      break;
    case 15:
      statement.node = TransferStatement{Often(), MakeTextOrParameter(), Maybe([&] { return MakeMapOrParameter(); })};
      break;
    default:
      statement.node = MakeQuery(Place::kStatement);
      statement.mode = OneOf({StatementMode::kRun, StatementMode::kExplain, StatementMode::kProfile});
  }
  return statement;
}

}  // namespace plenum::ast
