// The syntax tree: what the text says, before any name is looked up.
//
// Plain structs and std::variant; every node that an error may point at carries its Span (byte offsets into the text).
// Nesting is bounded by the parser (kNestingMax and kHeightMax in parser.h), and chains of operators of one precedence
// level are flat, so recursion over a tree, destruction included, is bounded too. The tree of one statement is finished
// and immutable when Parse returns it. No Boost in here. Expressions are in ast_expression.h, the rest is here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parser/ast_expression.h"
#include "plenum/status.h"

namespace plenum::ast {

// ---- Time and evidence

struct Assertion {  // VALID FROM from UNTIL until | THROUGH until; an absent end is none. Both absent: never.
  Span span;
  std::optional<Expression> from;
  std::optional<Expression> until;
  bool through = false;  // `until` was written THROUGH: the last day it holds
};

struct ValidFilter {  // VALID AT ANY TIME | VALID [CERTAINLY | POSSIBLY] (AT when | DURING when [UNTIL until])
  enum class Kind : std::uint8_t { kAnyTime, kAt, kDuring };
  Span span;
  Kind kind{};
  bool certainly = false;
  std::optional<Expression> when;   // kAt, kDuring
  std::optional<Expression> until;  // kDuring … UNTIL
};

enum class Joint : std::uint8_t { kNone, kOverlapping, kChronological };

struct CitationRange {  // [first..end], code points, end exclusive
  Expression first;
  Expression end;
};
struct Citation {  // CITE source ['[' first '..' end ']' | QUOTE text]
  Span span;
  Expression source;  // Variable, PropertyAccess of a variable, or Parameter
  std::variant<std::monostate, CitationRange, Box<Expression>> where;  // the whole source, a range, or QUOTE's text
};

// ---- Patterns

struct NodePattern {  // (variable:Labels {properties} VALID … CITE … WHERE …)
  Span span;
  std::optional<Name> variable;
  std::optional<LabelExpression> labels;
  std::optional<Expression> properties;  // a MapLiteral or a Parameter
  std::optional<Assertion> assertion;
  std::optional<ValidFilter> filter;
  std::vector<Citation> citations;
  std::optional<Box<Expression>> where;
};

struct Repetition {  // *, *n, *a..b, {a,b}, +
  Span span;
  std::optional<std::int64_t> minimum;  // absent: 1, as in * and *..b within brackets
  std::optional<std::int64_t> maximum;  // absent: unbounded
  bool braces = false;                  // written after the arrow: {a,b}, + or *, GQL's quantifier
};

enum class Direction : std::uint8_t { kOutgoing, kIncoming, kEither };

struct RelationshipPattern {  // -[variable:TYPE*1..3 {properties} VALID … CITE … WHERE …]->
  Span span;
  Direction direction = Direction::kEither;
  std::optional<Name> variable;
  std::optional<LabelExpression> types;
  std::optional<Repetition> repetition;
  std::optional<Expression> properties;
  std::optional<Assertion> assertion;
  std::optional<ValidFilter> filter;
  std::vector<Citation> citations;
  std::optional<Box<Expression>> where;
};

struct QuantifiedGroup {  // ((a)-[:R]->(b) OVERLAPPING WHERE …){1,3}
  Span span;
  Box<PathPattern> path;
  Joint joint = Joint::kNone;
  std::optional<Box<Expression>> where;
  Repetition repetition;
};

using PathElement = std::variant<NodePattern, RelationshipPattern, QuantifiedGroup>;

enum class PathMode : std::uint8_t { kTrail, kWalk, kAcyclic, kSimple };
struct PathSelector {  // which of the matching paths
  enum class Kind : std::uint8_t { kEvery, kAnyShortest, kAllShortest, kShortestK, kShortestKGroups, kAny, kCheapest };
  Kind kind = Kind::kEvery;
  std::optional<std::int64_t> k;
  std::optional<Box<Expression>> weight;  // kCheapest
  bool function = false;                  // written shortestPath(…) or allShortestPaths(…)
};

// Nodes and relationships alternate, beginning and ending with a node; a group may stand wherever a relationship may,
// and beside another group.
struct PathPattern {
  Span span;
  std::optional<Name> variable;  // path = …
  PathSelector selector;
  PathMode mode = PathMode::kTrail;
  std::vector<PathElement> elements;
};

struct Pattern {  // path, path [filter] [joint] [WHERE …]
  Span span;
  std::vector<PathPattern> paths;
  std::optional<ValidFilter> filter;
  Joint joint = Joint::kNone;
  std::optional<Box<Expression>> where;
};

// ---- Clauses

struct Match {
  bool optional = false;
  Pattern pattern;
};
struct Unwind {
  Expression list;
  Name variable;
};

struct ProjectionItem {
  Expression expression;
  std::optional<Name> alias;  // absent: the column is the expression's text as written
};
struct SortItem {
  Expression expression;
  bool descending = false;
};
struct Projection {  // what WITH and RETURN share
  bool distinct = false;
  bool star = false;  // * first, then items
  std::vector<ProjectionItem> items;
  std::vector<SortItem> order_by;
  std::optional<Expression> skip;
  std::optional<Expression> limit;
};
struct With {
  Projection projection;
  std::optional<Expression> where;
};
struct Return {
  Projection projection;
};

struct Create {
  Pattern pattern;  // paths only
};
struct SetProperty {  // x.key = value [CITE …]; the object may be any expression
  PropertyAccess target;
  Expression value;
  std::vector<Citation> citations;
};
struct SetAll {  // x = map | x += map
  Name variable;
  Expression value;
  bool add = false;
};
struct SetLabels {  // x:A:B
  Name variable;
  std::vector<Name> labels;
};
struct SetValidity {  // x VALID … [CITE …]
  Name variable;
  Assertion assertion;
  std::vector<Citation> citations;
};
struct SetCitations {  // x CITE …
  Name variable;
  std::vector<Citation> citations;
};
struct SetItem {
  Span span;
  std::variant<SetProperty, SetAll, SetLabels, SetValidity, SetCitations> item;
};
struct Set {
  std::vector<SetItem> items;
};
struct Merge {
  PathPattern path;
  std::vector<SetItem> on_create;
  std::vector<SetItem> on_match;
};
struct RemoveProperty {
  PropertyAccess target;
};
struct RemoveLabels {
  Name variable;
  std::vector<Name> labels;
};
struct RemoveValidity {  // x VALID
  Name variable;
};
struct RemoveCitations {  // x CITE [source] | x.key CITE [source]
  Name variable;
  std::optional<Name> key;
  std::optional<Expression> source;
};
struct RemoveItem {
  Span span;
  std::variant<RemoveProperty, RemoveLabels, RemoveValidity, RemoveCitations> item;
};
struct Remove {
  std::vector<RemoveItem> items;
};
struct Delete {
  bool detach = false;
  std::vector<Expression> targets;
};

struct YieldItem {
  Name column;
  std::optional<Name> alias;
};
struct CallProcedure {
  Name procedure;                                    // with dots
  std::optional<std::vector<Expression>> arguments;  // absent: no parentheses written (standalone calls only)
  bool yield_star = false;
  bool yield_nothing = false;  // YIELD -
  std::vector<YieldItem> yields;
  std::optional<Expression> where;
};
struct CallSubquery {  // CALL { … } | CALL (x, y) { … }
  std::optional<std::vector<Name>> imports;
  bool import_star = false;  // CALL (*)
  Box<Query> query;
};
struct LoadCsv {  // LOAD CSV [WITH HEADERS] FROM url AS variable [FIELDTERMINATOR text]
  bool headers = false;
  Expression url;
  Name variable;
  std::optional<Expression> delimiter;
};
struct Clause;
struct Foreach {  // FOREACH (variable IN list | updating…)
  Name variable;
  Expression list;
  std::vector<Clause> body;
};

struct Clause {
  Span span;
  std::variant<Match, Unwind, CallProcedure, CallSubquery, LoadCsv, Create, Merge, Set, Remove, Delete, Foreach, With,
               Return>
      node;
};

struct SingleQuery {
  Span span;
  std::vector<Clause> clauses;  // one at least
};
struct Query {
  Span span;
  bool why = false;
  std::optional<ValidFilter> filter;
  std::vector<SingleQuery> parts;  // one at least
  std::vector<bool> union_all;     // between parts[i] and parts[i + 1]
};

// ---- Statements

struct Retract {  // RETRACT [AND DELETE] key
  bool and_delete = false;
  Expression source;
};
// Schema and session statements. The parser takes their whole syntax; what they ask for is in `words` as written.
struct SchemaStatement {  // CREATE / DROP INDEX | CONSTRAINT …, SHOW …
  enum class Kind : std::uint8_t {
    kCreateIndex,
    kDropIndex,
    kCreateConstraint,
    kDropConstraint,
    kShowIndexes,
    kShowConstraints
  };
  Kind kind{};
  std::optional<Name> name;
  bool if_not_exists = false;
  bool if_exists = false;
  bool relationship = false;  // FOR ()-[r:T]-() instead of FOR (n:L)
  std::optional<Name> variable;
  std::optional<Name> label;  // or type
  std::vector<Name> properties;
  std::string what;  // "RANGE", "FULLTEXT", "UNIQUE", "KEY", "EXISTS": upper case, empty for the default
};
struct TransactionStatement {
  enum class Kind : std::uint8_t { kBegin, kBeginWrite, kCommit, kRollback, kRollbackTo, kSavepoint };
  Kind kind{};
  std::optional<Name> name;
};
struct TransferStatement {  // IMPORT … | EXPORT …
  bool import = false;
  Expression path;
  std::optional<Expression> options;
};

enum class StatementMode : std::uint8_t { kRun, kExplain, kProfile };
struct Statement {
  Span span;
  StatementMode mode = StatementMode::kRun;
  std::variant<Query, Retract, SchemaStatement, TransactionStatement, TransferStatement> node;
};

}  // namespace plenum::ast
