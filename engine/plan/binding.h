// The binder's own state and passes, one .cpp each: expressions, patterns, projections, updates, whole queries.
//
// Inside the binder an error is an exception (BindError), caught in Bind. Recursion follows the syntax tree, whose
// depth the parser bounds.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/bound_query.h"

namespace plenum::plan {

struct BindError {
  Error error;
};

// A variable in scope.
struct Variable {
  Slot slot = 0;
  TypeSet type = TypeSet::Anything();
  TypeSet element = TypeSet::Anything();  // of a list's elements
};
using Scope = std::map<std::string, Variable, std::less<>>;

// Where an expression stands decides whether an aggregate may stand in it.
enum class Aggregation { kForbidden, kAllowed, kInsideAggregate };

class Binder {
 public:
  explicit Binder(std::string_view text) : text_(text) {}

  Statement BindStatement(const ast::Statement& statement);

 private:
  // ---- queries (bind_query.cpp)
  Query BindQuery(const ast::Query& query);
  SingleQuery BindSingleQuery(const ast::SingleQuery& part, std::vector<std::string>& columns);
  Clause BindClause(const ast::Clause& clause);
  void CheckUnion(const ast::Query& query) const;
  void CountStep(Span span);
  void CountSteps(const std::vector<ast::PathPattern>& paths);
  Clause BindClauseNode(const ast::Match& match, Span span);
  Clause BindClauseNode(const ast::Unwind& unwind, Span span);
  Clause BindClauseNode(const ast::CallProcedure& call, Span span);
  Clause BindClauseNode(const ast::CallSubquery& call, Span span);
  Clause BindClauseNode(const ast::LoadCsv& load, Span span);
  Clause BindClauseNode(const ast::Create& create, Span span);
  Clause BindClauseNode(const ast::Merge& merge, Span span);
  Clause BindClauseNode(const ast::Set& set, Span span);
  Clause BindClauseNode(const ast::Remove& remove, Span span);
  Clause BindClauseNode(const ast::Delete& del, Span span);
  Clause BindClauseNode(const ast::Foreach& foreach, Span span);
  Clause BindClauseNode(const ast::With& with, Span span);
  Clause BindClauseNode(const ast::Return& ret, Span span);

  // ---- projections (bind_projection.cpp)
  Project BindProjection(const ast::Projection& projection, const std::optional<ast::Expression>& where, bool is_return,
                         Span span);

  const ProjectionItem* ProjectedAs(const ast::Expression& expression);
  void AddEveryVariable(bool is_return, Span span, Project& out);
  void AddItem(const ast::ProjectionItem& item, bool is_return, Project& out);
  void CheckGrouping(const Project& project, const Scope& before) const;
  void CheckGroupedExpression(const Expression& expression, const Project& project, const std::set<Slot>& before) const;
  void BindTail(const ast::Projection& projection, const std::optional<ast::Expression>& where, Project& out);
  std::optional<Expression> BindRowCount(const std::optional<ast::Expression>& expression, std::string_view clause);

  // ---- patterns (bind_pattern.cpp)
  enum class PatternUse { kMatch, kPredicate, kCreate, kMerge };  // a predicate introduces no variables
  Pattern BindPattern(const ast::Pattern& pattern, PatternUse use);
  Pattern BindWrittenPattern(const std::vector<ast::PathPattern>& paths, PatternUse use);
  PathPattern DeclarePath(const ast::PathPattern& path, PatternUse use, Pattern& pattern);
  void BindConditions(const ast::Expression& where, Pattern& pattern);
  void DeclareWrittenVariable(const std::optional<ast::Name>& variable, Slot slot, TypeSet type);
  void CheckWrittenLabels(const ast::NodePattern& node) const;
  void CheckLength(const Pattern& pattern, Span span) const;
  void CheckPath(const ast::PathPattern& path) const;
  NodePattern DeclareNode(const ast::NodePattern& node, PatternUse use, Pattern& pattern);
  NodePattern DeclareWrittenNode(const ast::NodePattern& node, bool alone, Pattern& pattern);
  RelationshipPattern DeclareRelationship(const ast::RelationshipPattern& relationship, PatternUse use,
                                          Pattern& pattern);
  Slot DeclareElement(const ast::Name& name, TypeSet type, TypeSet element, PatternUse use, Pattern& pattern,
                      bool& bound);
  void CheckWrittenRelationship(const ast::RelationshipPattern& relationship, PatternUse use);
  template <class AstElement, class Element>
  void BindElementExpressions(const AstElement& from, PatternUse use, const Pattern& pattern, Element& to);
  template <class AstElement, class Element>
  void BindWrittenElement(const AstElement& from, PatternUse use, const Pattern& pattern, Element& to);
  std::optional<Expression> BindPatternProperties(const std::optional<ast::Expression>& properties, PatternUse use);
  ValidFilter BindFilter(const ast::ValidFilter& filter);
  void PushFilter(const ast::ValidFilter& filter);
  std::optional<ValidFilter> NarrowestFilter(const std::optional<ast::ValidFilter>& own);
  Assertion BindAssertion(const ast::Assertion& assertion);
  std::vector<Citation> BindCitations(const std::vector<ast::Citation>& citations);
  Expression BindWhen(const ast::Expression& when);

  // ---- updates (bind_update.cpp)
  std::vector<UpdateItem> BindSetItems(const std::vector<ast::SetItem>& items);
  void BindUpdate(const ast::SetProperty& set, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::SetAll& set, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::SetLabels& set, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::SetValidity& set, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::SetCitations& set, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::RemoveProperty& removal, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::RemoveLabels& removal, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::RemoveValidity& removal, Span span, std::vector<UpdateItem>& out);
  void BindUpdate(const ast::RemoveCitations& removal, Span span, std::vector<UpdateItem>& out);
  Expression BindElement(const ast::Name& variable);

  // ---- expressions (bind_expression.cpp, bind_operators.cpp, bind_subquery.cpp)
  Expression Bind(const ast::Expression& expression);
  Box<Expression> BindBox(const ast::Box<ast::Expression>& expression) { return Box<Expression>(Bind(*expression)); }
  std::optional<Box<Expression>> BindBox(const std::optional<ast::Box<ast::Expression>>& expression);
  // Must be able to be a boolean; `taker` is what takes it, for the message.
  Expression BindPredicate(const ast::Expression& expression, std::string_view taker = "a condition");
  Expression BindNode(const ast::Literal& literal, Span span);
  Expression BindNode(const ast::Parameter& parameter, Span span);
  Expression BindNode(const ast::Variable& variable, Span span);
  Expression BindNode(const ast::PropertyAccess& access, Span span);
  Expression BindNode(const ast::Subscript& subscript, Span span);
  Expression BindNode(const ast::Slice& slice, Span span);
  Expression BindNode(const ast::Unary& unary, Span span);
  Expression BindNode(const ast::Chain& chain, Span span);
  Expression BindNode(const ast::NullTest& test, Span span);
  Expression BindNode(const ast::LabelTest& test, Span span);
  Expression BindNode(const ast::FunctionCall& call, Span span);
  Expression BindNode(const ast::Case& expression, Span span);
  Expression BindNode(const ast::ListLiteral& list, Span span);
  Expression BindNode(const ast::MapLiteral& map, Span span);
  Expression BindNode(const ast::MapProjection& projection, Span span);
  Expression BindNode(const ast::ListComprehension& comprehension, Span span);
  Expression BindNode(const ast::Quantifier& quantifier, Span span);
  Expression BindNode(const ast::Reduce& reduce, Span span);
  Expression BindNode(const ast::PatternComprehension& comprehension, Span span);
  Expression BindNode(const ast::PatternPredicate& predicate, Span span);
  Expression BindNode(const ast::ShortestPath& path, Span span);
  Expression BindNode(const ast::Subquery& subquery, Span span);
  Expression BindAggregate(const ast::FunctionCall& call, const AggregateSignature& signature, Span span);
  Expression BindOperand(const ast::Expression& operand, ast::BinaryOperator op);
  void CheckJoined(const Expression& left, const Expression& right) const;
  Expression BindExists(const ast::FunctionCall& call, Span span);
  Expression BindFilteredList(const ast::Expression& list);
  void WithLocals(std::initializer_list<const ast::Name*> variables, const std::function<void()>& bind);
  template <class Work>
  auto InBraces(Work work);
  Query BindInnerQuery(const ast::Query& query, bool collect);
  Expression PatternSubquery(const ast::Pattern& pattern, const ast::Expression* map, Span span);
  void CheckKind(const Expression& expression, TypeSet accepted, std::string_view what,
                 ErrorType type = ErrorType::kSyntaxError, std::string_view advice = {}) const;

  // ---- names
  Slot NewSlot() { return next_slot_++; }
  Slot Declare(const ast::Name& name, TypeSet type, TypeSet element = TypeSet::Anything());
  const Variable* Find(std::string_view name) const;
  const Variable& Lookup(std::string_view name, Span span) const;
  std::string TextOf(Span span) const { return std::string(text_.substr(span.begin, span.end - span.begin)); }

  void CheckGroupedAway(std::string_view name, Span span) const;
  std::string WhyUndefined(std::string_view name) const;
  [[noreturn]] void Fail(ErrorType type, std::string detail, std::string message, Span span) const;
  [[noreturn]] void NotYet(std::string_view what, Span span) const;

  std::string_view text_;
  Scope scope_;
  Slot next_slot_ = 0;
  std::size_t steps_ = 0;  // see kStepsMax
  bool writes_ = false;
  std::set<Slot> seen_relationships_;  // of the pattern being bound
  std::set<Slot>* reads_ = nullptr;    // where it is set, the slots that expressions read are noted
  struct ScopedFilter {
    ValidFilter filter;
    std::set<Slot> reads;
  };
  std::vector<ScopedFilter> filters_;  // of the statement and the clauses around, the narrowest last

  // While a projection's items are bound: where aggregates go.
  Aggregation aggregation_ = Aggregation::kForbidden;
  std::vector<AggregateCall>* aggregates_ = nullptr;
  // After grouping or DISTINCT, what was projected is read by its name, or by saying the same again.
  const Project* projected_ = nullptr;
  const Scope* before_projection_ = nullptr;  // with projected_: what was in scope before
  bool grouped_ = false;                      // with projected_: there was an aggregate
  std::set<std::string, std::less<>> ended_;  // variables of the part that a WITH did not pass on
  Scope imported_;                            // of a query in braces: the variables around it
  bool predicate_position_ = false;           // a pattern may stand as a condition here
};

Expression Make(Span span, TypeSet type, auto node) {
  Expression expression{.span = span, .type = type};
  expression.node = std::move(node);
  return expression;
}

// What can be written, deleted, cited, and asked for its labels or type.
inline constexpr TypeSet kElementTypes = Value::Kind::kNode | Value::Kind::kRelationship;

}  // namespace plenum::plan
