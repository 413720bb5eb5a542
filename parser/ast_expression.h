// The syntax tree's expressions, with the labels and types that stand in them. Include ast.h, which has the whole tree.
//
// A value of a tree may hold others of its own kind in a Box; nothing else in a tree is on the heap but the insides of
// strings and vectors.
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

}  // namespace plenum::ast
