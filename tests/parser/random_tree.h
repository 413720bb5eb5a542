// Syntax trees made of bytes: any bytes give a tree that the parser could have made, and every kind of node is within
// reach. The same bytes give the same tree; when they are used up, the smallest choice is taken everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "parser/ast.h"

namespace plenum::ast {

class RandomTree {
 public:
  explicit RandomTree(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  Statement MakeStatement();
  Expression MakeExpression();

 private:
  // ---- choices
  std::size_t Below(std::size_t count);  // 0 when the bytes are used up
  bool Sometimes() { return Below(4) == 1; }
  bool Often() { return Below(2) == 1; }
  template <class T>
  T OneOf(std::initializer_list<T> values) {
    return values.begin()[Below(values.size())];
  }
  template <class Make>
  auto Maybe(Make make) {
    using Made = std::invoke_result_t<Make>;
    return Sometimes() ? std::optional<Made>(make()) : std::nullopt;
  }
  template <class Make>
  auto Several(std::size_t least, Make make) {
    std::vector<std::invoke_result_t<Make>> made;
    for (std::size_t count = least + Below(3); made.size() < count;) made.push_back(make());
    return made;
  }
  template <class Node>
  static Expression As(Node node) {
    Expression expression;
    expression.node = std::move(node);
    return expression;
  }

  // ---- names and values (random_expression.cpp)
  std::string MakeText();
  Name MakeName() { return {{}, MakeText()}; }
  std::int64_t MakeCount();
  Literal MakeLiteral();
  Expression MakeTextLiteral() { return As(Literal{MakeText()}); }
  Expression MakeParameter() { return As(Parameter{MakeText()}); }
  Expression MakeTextOrParameter() { return Often() ? MakeParameter() : MakeTextLiteral(); }

  // ---- expressions (random_expression.cpp)
  Box<Expression> MakeBox() { return MakeExpression(); }
  Expression MakeLeaf();
  Expression MakeInner();
  Expression MakeOperator();
  Expression MakePostfix();
  Expression MakeBraced();
  Expression MakeWithPattern();
  Chain MakeChain();
  FunctionCall MakeCall();
  Case MakeCase();
  MapLiteral MakeMap();
  MapProjection MakeMapProjection();
  Expression MakeReference();  // variable{.key} or $parameter
  Expression MakeMapOrParameter();
  PropertyAccess MakeProperty() { return {MakeBox(), MakeName()}; }

  // ---- patterns, time and evidence (random_pattern.cpp)
  LabelExpression MakeLabels();
  PathPattern MakePlainPath(bool predicate);
  PathPattern MakeShortestPath();
  PathPattern MakePath();
  PathSelector MakeSelector();
  NodePattern MakeNode();
  RelationshipPattern MakeRelationship();
  QuantifiedGroup MakeGroup();
  Repetition MakeStar();
  Repetition MakeQuantifier();
  Joint MakeJoint() { return OneOf({Joint::kNone, Joint::kOverlapping, Joint::kChronological}); }
  Pattern MakePattern(std::size_t paths);
  Pattern MakePaths();
  template <class Element>
  void AddDetails(Element& element);
  Assertion MakeAssertion();
  ValidFilter MakeFilter();
  Citation MakeCitation();

  // ---- queries and statements (random_query.cpp)
  enum class Place { kStatement, kCall, kBraces, kCollect };
  Query MakeQuery(Place place);
  SingleQuery MakePart(Place place);
  Clause MakeClause();
  Clause MakeUpdate();
  Clause MakeReturn();
  CallProcedure MakeProcedure(bool alone);
  CallSubquery MakeSubqueryCall();
  Projection MakeProjection();
  SetItem MakeSetItem();
  RemoveItem MakeRemoveItem();
  SchemaStatement MakeSchema();
  SchemaStatement MakeIndexOrConstraint();
  TransactionStatement MakeTransaction();

  // Everything that nests goes through here: below some depth there are leaves only.
  class Deeper {
   public:
    explicit Deeper(std::size_t& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    std::size_t& depth_;
  };

  std::span<const std::uint8_t> bytes_;
  std::size_t depth_ = 0;
};

}  // namespace plenum::ast
