// The bound query: what the text means. Names are resolved to slots, functions to their signatures, and each expression
// has the set of types its values may have.
//
// Every variable of a statement, hidden ones included, has a slot of its own in one row that is as wide as the
// statement has variables; only parts of a UNION, of which one runs after another, share theirs. A clause reads slots
// that clauses before it filled and fills new ones; subqueries share their statement's row. A bound query is finished
// and immutable when Bind returns it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/plan/functions.h"
#include "engine/plan/procedures.h"
#include "engine/plan/types.h"
#include "parser/ast.h"
#include "plenum/value.h"

namespace plenum::plan {

using ast::Box;
using Slot = std::uint32_t;

struct Expression;
struct Query;
struct Pattern;

// ---- Expressions
// ------------------------------------------------------------------------------------------------------

struct Constant {
  Value value;
};
struct ParameterRef {
  std::string name;
  bool optional = false;  // null where it is not given
};
struct SlotRef {
  Slot slot = 0;
};
struct PropertyAccess {
  Box<Expression> object;
  std::string key;
};
struct Subscript {
  Box<Expression> object;
  Box<Expression> index;
};
struct Slice {
  Box<Expression> object;
  std::optional<Box<Expression>> first;
  std::optional<Box<Expression>> end;
};
struct LabelTest {
  Box<Expression> object;
  ast::LabelExpression labels;
};
struct Unary {
  ast::UnaryOperator op{};
  Box<Expression> operand;
};
struct Operation {
  ast::BinaryOperator op{};
  Box<Expression> operand;
};
struct Chain {  // as ast::Chain: operators of one level, from left to right
  Box<Expression> first;
  std::vector<Operation> rest;
};
struct NullTest {
  Box<Expression> operand;
  bool negated = false;
};
struct Call {
  Function function{};
  std::vector<Expression> arguments;
};
struct CaseBranch {
  Box<Expression> when;
  Box<Expression> then;
};
struct Case {
  std::optional<Box<Expression>> subject;
  std::vector<CaseBranch> branches;
  std::optional<Box<Expression>> otherwise;
};
struct MakeList {
  std::vector<Expression> elements;
};
using NamedExpressions = std::vector<std::pair<std::string, Expression>>;
struct MakeMap {
  NamedExpressions entries;
};
struct MapProjection {
  Box<Expression> object;
  bool all = false;
  NamedExpressions entries;
};
struct ListComprehension {
  Slot element = 0;
  Box<Expression> list;
  std::optional<Box<Expression>> where;
  std::optional<Box<Expression>> map;
};
struct Quantifier {
  ast::QuantifierKind kind{};
  Slot element = 0;
  Box<Expression> list;
  std::optional<Box<Expression>> where;
};
struct Reduce {
  Slot accumulator = 0;
  Box<Expression> initial;
  Slot element = 0;
  Box<Expression> list;
  Box<Expression> step;
};
struct Subquery {  // kCollect gathers the query's only column; pattern predicates are kExists, pattern comprehensions
                   // kCollect
  ast::SubqueryKind kind{};
  Box<Query> query;
  std::vector<Slot> reads;  // variables around it
};

struct Expression {
  Span span;
  TypeSet type = TypeSet::Anything();
  TypeSet element = TypeSet::Anything();  // of a list's elements
  std::variant<Constant, ParameterRef, SlotRef, PropertyAccess, Subscript, Slice, LabelTest, Unary, Chain, NullTest,
               Call, Case, MakeList, MakeMap, MapProjection, ListComprehension, Quantifier, Reduce, Subquery>
      node;
};

// ---- Time and evidence

struct Assertion {
  Span span;
  std::optional<Expression> from;
  std::optional<Expression> until;
  bool through = false;
};
struct ValidFilter {
  Span span;
  ast::ValidFilter::Kind kind{};
  bool certainly = false;
  std::optional<Expression> when;
  std::optional<Expression> until;
};
struct Citation {
  Span span;
  Expression source;
  std::optional<Expression> first;  // both, or neither
  std::optional<Expression> end;
  std::optional<Expression> quote;
};

// ---- Patterns
// ---------------------------------------------------------------------------------------------------------

struct NodePattern {
  Span span;
  Slot slot = 0;          // hidden when the pattern names no variable
  bool bound = false;     // filled before this clause
  bool repeated = false;  // written before, in the same CREATE or MERGE
  bool deferred = false;  // its expressions read other elements of the pattern: tested when all are matched
  std::optional<ast::LabelExpression> labels;
  std::optional<Expression> properties;  // a map
  std::optional<ValidFilter> filter;     // the narrowest that applies
  std::optional<Expression> where;
  std::optional<Assertion> assertion;  // writing only, as is
  std::vector<Citation> citations;
};

struct Repetition {
  std::int64_t minimum = 1;
  std::optional<std::int64_t> maximum;
};
struct Subpath;

struct RelationshipPattern {
  Span span;
  Slot slot = 0;
  bool bound = false;
  bool deferred = false;
  ast::Direction direction{};
  std::optional<ast::LabelExpression> types;
  std::optional<Repetition> repetition;    // the slot then holds a list of relationships
  std::optional<ValidFilter> node_filter;  // of the nodes that a repetition walks through
  std::optional<Expression> properties;
  std::optional<ValidFilter> filter;
  std::optional<Expression> where;
  std::optional<Assertion> assertion;
  std::vector<Citation> citations;
  // What stands here is no relationship but a stretch of the path; the slot holds all its relationships, in order.
  std::optional<Box<Subpath>> subpath;
};

// nodes[0] relationships[0] nodes[1] …; one node more than relationships.
struct PathPattern {
  Span span;
  std::optional<Slot> slot;
  ast::PathMode mode = ast::PathMode::kTrail;
  std::vector<NodePattern> nodes;
  std::vector<RelationshipPattern> relationships;
};

// A quantified group, ((a)-[:R]->(b) WHERE …){1,3}: each round walks `body` once, beginning where the last one ended.
// Or a whole path of which a selector chooses (ANY SHORTEST …): one round, and for each pair of ends the paths chosen.
struct Subpath {
  PathPattern body;
  Repetition rounds{.minimum = 1, .maximum = 1};
  std::optional<ast::PathSelector::Kind> selector;
  std::uint64_t count = 1;             // with a selector: of paths, or of groups of equal length
  std::vector<Expression> conditions;  // of each round; they are tested before a selector chooses
  struct Gathered {
    Slot each = 0;  // of an element of the body, in one round
    Slot list = 0;  // of its values in all rounds, in order
  };
  std::vector<Gathered> gathered;  // none with a selector
  std::vector<Slot> needs;         // elsewhere in the pattern, filled before: its conditions read them
};

struct Condition {
  Expression expression;
  std::vector<Slot> reads;
};

struct Pattern {
  std::vector<PathPattern> paths;
  std::vector<Condition> conditions;  // of its WHERE, split at AND: all must be true
  std::vector<Slot> introduced;       // slots that only this pattern fills: null where an OPTIONAL MATCH finds nothing
};

// ---- Clauses
// ----------------------------------------------------------------------------------------------------------

struct Match {
  bool optional = false;
  Pattern pattern;
};
struct Unwind {
  Expression list;
  Slot slot = 0;
};

struct LoadCsv {
  Expression url;
  bool headers = false;  // the slot then holds a map, else a list
  char delimiter = ',';
  Slot slot = 0;
};

struct AggregateCall {
  Aggregate aggregate{};
  bool distinct = false;
  std::vector<Expression> arguments;  // none for count(*)
  Slot slot = 0;                      // where the expression around it reads the result
  Span span;
};
struct ProjectionItem {
  std::string name;
  Expression expression;  // aggregates in it are read from their slots
  Slot slot = 0;
  bool aggregates = false;  // it contains an aggregate: not a grouping key
};
struct SortItem {
  Expression expression;
  bool descending = false;
};
struct Project {  // WITH and RETURN
  std::vector<ProjectionItem> items;
  std::vector<AggregateCall> aggregates;
  bool grouping = false;  // there is an aggregate: rows are grouped by the items without one
  bool distinct = false;
  std::vector<SortItem> order_by;
  std::optional<Expression> skip;
  std::optional<Expression> limit;
  std::optional<Expression> where;  // WITH … WHERE
};

struct Create {
  Pattern pattern;
};
struct SetProperty {
  Expression object;
  std::string key;
  Expression value;
  std::vector<Citation> citations;
};
struct SetAll {
  Expression object;
  Expression value;
  bool add = false;
};
struct SetLabels {
  Expression object;
  std::vector<std::string> labels;
  bool remove = false;
};
struct SetValidity {  // no assertion: REMOVE x VALID
  Expression object;
  std::optional<Assertion> assertion;
};
struct AddCitations {
  Expression object;
  std::vector<Citation> citations;
};
struct RemoveCitations {
  Expression object;
  std::optional<std::string> key;
  std::optional<Expression> source;
};
struct UpdateItem {
  Span span;
  std::variant<SetProperty, SetAll, SetLabels, SetValidity, AddCitations, RemoveCitations> item;
};
struct Update {  // SET and REMOVE
  std::vector<UpdateItem> items;
};
struct Merge {
  Pattern pattern;  // one path
  std::vector<UpdateItem> on_create;
  std::vector<UpdateItem> on_match;
};
struct Delete {
  bool detach = false;
  std::vector<Expression> targets;
};

struct YieldedColumn {
  std::size_t output = 0;  // which of the procedure's
  Slot slot = 0;
};
struct CallProcedure {
  Span span;  // of the procedure's name
  KnownProcedure procedure;
  std::vector<Expression> arguments;  // one an input
  std::vector<YieldedColumn> yields;  // none: it is called for what it does, and each row goes on once
  std::optional<Expression> where;    // YIELD … WHERE
};
struct CallSubquery {
  Box<Query> query;
  std::vector<Slot> columns;  // of the query's columns, in order; none: each row goes on once
  bool acts = false;          // it writes somewhere, or calls a procedure for what it does: complete whatever follows
};
struct Foreach {
  Expression list;
  Slot element = 0;
  Box<Query> body;  // updating clauses, without columns
};

struct Clause {
  Span span;
  std::variant<Match, Unwind, LoadCsv, Project, Create, Update, Merge, Delete, CallProcedure, CallSubquery, Foreach>
      node;
};

struct SingleQuery {
  std::vector<Clause> clauses;
  std::vector<Slot> result;  // the columns of its RETURN, in order; empty without one
};
struct Query {
  std::vector<SingleQuery> parts;
  std::vector<bool> union_all;  // between parts[i] and parts[i + 1]
  std::vector<std::string> columns;
};

// A parameter that must be given: CALL without parentheses takes its arguments from parameters of their names.
struct RequiredParameter {
  std::string name;
  Span span;
};

// CREATE, DROP and SHOW of range indexes, or of the unique ones that constraints keep.
struct SchemaCommand {
  enum class Kind : std::uint8_t { kCreate, kDrop, kShow };
  Kind kind = Kind::kShow;
  bool unique = false;    // a constraint
  bool tolerant = false;  // IF EXISTS, IF NOT EXISTS
  std::string name;       // empty: CREATE makes one, DROP finds it by label and key
  std::string label;
  std::string key;
  Span span;
};

struct Statement {
  ast::StatementMode mode = ast::StatementMode::kRun;
  std::optional<ast::TransactionStatement> transaction;  // in place of a query
  std::optional<SchemaCommand> schema;                   // likewise
  Query query;
  Slot row_width = 0;   // slots of the statement's row
  bool writes = false;  // it has an updating clause somewhere
  std::vector<RequiredParameter> required_parameters;
};

}  // namespace plenum::plan
