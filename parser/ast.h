// The syntax tree: what the text says, before any name is looked up.
//
// Plain structs and std::variant; every node that an error may point at carries its Span (byte offsets into the text).
// Nesting is bounded by the parser (kNestingMax in parser.h), and chains of operators of one precedence level are flat,
// so recursion over a tree, destruction included, is bounded too. The tree of one statement is finished and immutable
// when Parse returns it. No Boost in here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plenum/status.h"

namespace plenum::ast {

// A value that may be recursive: owned, deep-copied, never empty.
template <class T>
class Box {
 public:
  Box() : value_(std::make_unique<T>()) {}
  Box(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Box(const Box& other) : value_(std::make_unique<T>(*other.value_)) {}
  Box(Box&&) noexcept = default;
  Box& operator=(Box other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

struct Name {  // a variable, label, type, key, function or procedure name, unescaped
  Span span;
  std::string text;
};

struct Expression;
struct PathPattern;
struct Pattern;
struct Query;

// ---- Expressions
// ------------------------------------------------------------------------------------------------------

struct Null {};
using Scalar = std::variant<Null, bool, std::int64_t, double, std::string>;
struct Literal {
  Scalar value;
};
struct Parameter {
  std::string name;  // without '$'
};
struct Variable {
  std::string name;
};
struct PropertyAccess {  // object.key
  Box<Expression> object;
  Name key;
};
struct Subscript {  // object[index]
  Box<Expression> object;
  Box<Expression> index;
};
struct Slice {  // object[first..end]
  Box<Expression> object;
  std::optional<Box<Expression>> first;
  std::optional<Box<Expression>> end;
};

enum class UnaryOperator : std::uint8_t { kNot, kPlus, kMinus };
struct Unary {
  UnaryOperator op{};
  Box<Expression> operand;
};

enum class BinaryOperator : std::uint8_t {
  kOr,
  kXor,
  kAnd,  // one level each
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,  // comparison: a < b < c is a < b AND b < c
  kStartsWith,
  kEndsWith,
  kContains,
  kMatches,
  kIn,  // one level; kMatches is =~
  kAdd,
  kSubtract,  // one level; || is kAdd too
  kMultiply,
  kDivide,
  kModulo,  // one level
  kPower,
};
struct Operation {
  Span op_span;
  BinaryOperator op{};
  Box<Expression> operand;
};
// Operators of one precedence level, from left to right: first op₁ operand₁ op₂ operand₂ …; at least one operation.
struct Chain {
  Box<Expression> first;
  std::vector<Operation> rest;
};
struct NullTest {  // operand IS [NOT] NULL
  Box<Expression> operand;
  bool negated = false;
};

// Labels of a node or types of a relationship: A, A&B (also A:B), A|B (also A|:B), !A, %, parentheses.
struct LabelExpression;
struct LabelWildcard {};  // %: any label at all
struct LabelNot {
  Box<LabelExpression> operand;
};
struct LabelAll {  // every operand; two or more
  std::vector<LabelExpression> operands;
};
struct LabelAny {  // at least one operand; two or more
  std::vector<LabelExpression> operands;
};
struct LabelExpression {
  Span span;
  std::variant<Name, LabelWildcard, LabelNot, LabelAll, LabelAny> node;
};
struct LabelTest {  // object:Label
  Box<Expression> object;
  LabelExpression labels;
};

struct FunctionCall {  // name(arguments); the name may have dots
  Name name;
  bool distinct = false;
  bool star = false;  // count(*)
  std::vector<Expression> arguments;
};
struct CaseBranch {
  Box<Expression> when;
  Box<Expression> then;
};
struct Case {
  std::optional<Box<Expression>> subject;  // CASE subject WHEN …
  std::vector<CaseBranch> branches;
  std::optional<Box<Expression>> otherwise;
};
struct ListLiteral {
  std::vector<Expression> elements;
};
struct MapEntry {
  Name key;
  Box<Expression> value;
};
struct MapLiteral {
  std::vector<MapEntry> entries;
};
struct MapProjectionAll {};  // .*
struct MapProjectionItem {   // .key | key: value | variable (a Variable's own name as key)
  std::variant<MapProjectionAll, Name, MapEntry, Variable> item;
  Span span;
};
struct MapProjection {  // variable {items}
  Name variable;
  std::vector<MapProjectionItem> items;
};
struct ListComprehension {  // [variable IN list WHERE where | map]
  Name variable;
  Box<Expression> list;
  std::optional<Box<Expression>> where;
  std::optional<Box<Expression>> map;
};
enum class QuantifierKind : std::uint8_t { kAll, kAny, kNone, kSingle };
struct Quantifier {  // all(variable IN list WHERE where)
  QuantifierKind kind{};
  Name variable;
  Box<Expression> list;
  std::optional<Box<Expression>> where;
};
struct Reduce {  // reduce(accumulator = initial, variable IN list | step)
  Name accumulator;
  Box<Expression> initial;
  Name variable;
  Box<Expression> list;
  Box<Expression> step;
};
struct PatternComprehension {  // [path = pattern filter joint WHERE where | map]; the pattern holds all but map
  Box<Pattern> pattern;
  Box<Expression> map;
};
struct PatternPredicate {  // (a)-[:T]->() as a condition
  Box<PathPattern> path;
};
struct ShortestPath {  // shortestPath((a)-[*]-(b)), allShortestPaths(…) as an expression; the selector tells which
  Box<PathPattern> path;
};
enum class SubqueryKind : std::uint8_t { kExists, kCount, kCollect };
struct Subquery {  // EXISTS { … }: a whole query, or a pattern (then the query is one Match without Return)
  SubqueryKind kind{};
  Box<Query> query;
};

struct Expression {
  Span span;
  std::variant<Literal, Parameter, Variable, PropertyAccess, Subscript, Slice, Unary, Chain, NullTest, LabelTest,
               FunctionCall, Case, ListLiteral, MapLiteral, MapProjection, ListComprehension, Quantifier, Reduce,
               PatternComprehension, PatternPredicate, ShortestPath, Subquery>
      node;
};

// ---- Time and evidence
// ------------------------------------------------------------------------------------------------

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
// ---------------------------------------------------------------------------------------------------------

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
  std::optional<std::int64_t> minimum;  // absent as written: 1 for * and +, 0 for {,b}
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
// ----------------------------------------------------------------------------------------------------------

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
// -------------------------------------------------------------------------------------------------------

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
