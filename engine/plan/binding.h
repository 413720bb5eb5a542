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

// Where the elements of a declared path are written: their expressions are bound when all variables are declared.
struct GroupOrigin;
struct PathOrigin {
  std::vector<const ast::NodePattern*> nodes;                  // null: implied
  std::vector<const ast::RelationshipPattern*> relationships;  // null: a group
  std::vector<GroupOrigin> groups;
  Slot begin = 0;  // the slots of the path
  Slot end = 0;
};
struct GroupOrigin {
  const ast::QuantifiedGroup* group = nullptr;
  std::size_t position = 0;  // among the path's relationships
  PathOrigin path;
  Scope inside;  // the group's own variables, as they are in one round
};

// Where an expression stands decides whether an aggregate may stand in it.
enum class Aggregation { kForbidden, kAllowed, kInsideAggregate };

class Binder {
 public:
  Binder(std::string_view text, const Procedures& procedures) : text_(text), procedures_(&procedures) {}

  Statement BindStatement(const ast::Statement& statement);

 private:
  // ---- queries (bind_query.cpp)
  // `importable`: the variables that a first WITH may take in from around CALL { }.
  // ---- Schema (bind_schema.cpp).
  SchemaCommand BindSchema(const ast::SchemaStatement& schema, Span span);
  void CheckCreation(const ast::SchemaStatement& schema, Span span) const;

  Query BindQuery(const ast::Query& query, const Scope* importable = nullptr);
  SingleQuery BindSingleQuery(const ast::SingleQuery& part, const Scope* importable, std::vector<std::string>& columns);
  SingleQuery BindClauses(const ast::SingleQuery& part, const Scope* importable, std::vector<std::string>& columns);
  bool TakesMuchStack(const ast::Clause& clause) const;
  void CheckNumberOfClauses(const ast::SingleQuery& part);
  Clause BindClause(const ast::Clause& clause);
  void CheckUnion(const ast::Query& query) const;
  void CountStep(Span span);
  void CountSteps(const std::vector<ast::PathPattern>& paths);
  Clause BindClauseNode(const ast::Match& match, Span span);
  Clause BindClauseNode(const ast::Unwind& unwind, Span span);
  Clause BindClauseNode(const ast::CallProcedure& call, Span span);
  Clause BindClauseNode(const ast::CallSubquery& call, Span span);
  Clause BindClauseNode(const ast::LoadCsv& load, Span span);
  char BindFieldTerminator(const ast::Expression& text);
  Clause BindClauseNode(const ast::Create& create, Span span);
  Clause BindClauseNode(const ast::Merge& merge, Span span);
  Clause BindClauseNode(const ast::Set& set, Span span);
  Clause BindClauseNode(const ast::Remove& remove, Span span);
  Clause BindClauseNode(const ast::Delete& del, Span span);
  Clause BindClauseNode(const ast::Foreach& foreach, Span span);
  Clause BindClauseNode(const ast::With& with, Span span);
  Clause BindClauseNode(const ast::Return& ret, Span span);

  // ---- calls (bind_call.cpp)
  SingleQuery BindStandaloneCall(const ast::Clause& clause, std::vector<std::string>& columns);
  CallProcedure BindCall(const ast::CallProcedure& call, bool standalone);
  KnownProcedure LookupProcedure(const ast::Name& name) const;
  std::vector<Expression> BindArguments(const ast::CallProcedure& call, const KnownProcedure& procedure,
                                        bool standalone);
  Expression BindArgument(const ast::Expression& argument, const ProcedureField& input, const Procedure& procedure);
  std::vector<YieldedColumn> BindYields(const ast::CallProcedure& call, const Procedure& procedure, bool standalone);
  Scope Imports(const std::vector<ast::Name>& names) const;
  bool ImportVariables(const ast::Clause& first, const Scope& importable);
  void CheckColumnsHaveNames(const ast::Query& query) const;

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
  void BindConditions(const ast::Expression& where, Pattern& pattern);
  std::set<Slot> NotingReads(const std::function<void()>& bind);
  void DeclareWrittenVariable(const std::optional<ast::Name>& variable, Slot slot, TypeSet type);
  void CheckWrittenLabels(const ast::NodePattern& node) const;
  void CheckLength(const Pattern& pattern, Span span) const;
  NodePattern DeclareNode(const ast::NodePattern& node, PatternUse use, Pattern& pattern);
  NodePattern DeclareWrittenNode(const ast::NodePattern& node, bool alone, Pattern& pattern);
  RelationshipPattern DeclareRelationship(const ast::RelationshipPattern& relationship, PatternUse use,
                                          Pattern& pattern);
  Slot DeclareElement(const ast::Name& name, TypeSet type, TypeSet element, PatternUse use, Pattern& pattern,
                      bool& bound);
  void CheckWrittenRelationship(const ast::RelationshipPattern& relationship, PatternUse use);
  void CheckMatchedElement(const std::optional<ast::Assertion>& assertion,
                           const std::vector<ast::Citation>& citations) const;
  template <class Element>
  std::set<Slot> BindDeferrable(const std::function<void()>& bind, const Pattern& pattern, Element& to);
  template <class AstElement, class Element>
  std::set<Slot> BindElementExpressions(const AstElement& from, PatternUse use, const Pattern& pattern, Element& to);

  // ---- paths that are matched (bind_path.cpp)
  PathPattern DeclarePath(const ast::PathPattern& path, PatternUse use, Pattern& pattern, PathOrigin& origin);
  void DeclareElements(const std::vector<ast::PathElement>& elements, PatternUse use, Pattern& pattern,
                       PathPattern& path, PathOrigin& origin);
  void DeclareImpliedNode(Pattern& pattern, PathPattern& path, PathOrigin& origin);
  void DeclareGroup(const ast::QuantifiedGroup& group, PatternUse use, Pattern& pattern, PathPattern& path,
                    PathOrigin& origin);
  void CheckSelector(const ast::PathPattern& path) const;
  void CheckInterior(const PathPattern& path, Slot begin);
  void CheckJoin(const ast::Name& name, Slot slot) const;
  void CheckEnds(const PathPattern& path, const Subpath* chosen) const;
  void BindPath(const ast::PathPattern& path, const PathOrigin& origin, PatternUse use, Pattern& pattern,
                std::size_t position);
  std::set<Slot> BindPathElements(const PathOrigin& origin, PatternUse use, const Pattern& pattern, PathPattern& path);
  std::set<Slot> BindGroup(const GroupOrigin& origin, PatternUse use, const Pattern& pattern, Subpath& subpath);
  void AddNeeds(const std::set<Slot>& reads, const Pattern& pattern, const PathOrigin& own, Span span,
                Subpath& subpath) const;
  void MoveConditions(Pattern& pattern, const PathOrigin& origin, std::size_t position) const;

  // ---- patterns that are written (bind_written_pattern.cpp)
  void CheckWrittenPath(const ast::PathPattern& path) const;
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
  std::string WhatToWrite(std::string_view function) const;
  Expression BindOperand(const ast::Expression& operand, ast::BinaryOperator op);
  void CheckJoined(const Expression& left, const Expression& right) const;
  Expression BindExists(const ast::FunctionCall& call, Span span);
  Expression BindFilteredList(const ast::Expression& list);
  void WithLocals(std::initializer_list<const ast::Name*> variables, const std::function<void()>& bind);
  template <class Work>
  auto InBraces(Work work);
  Query BindInnerQuery(const ast::Query& query, bool collect);
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
  const Procedures* procedures_;
  Scope scope_;
  Slot next_slot_ = 0;
  std::size_t steps_ = 0;  // see kStepsMax
  bool writes_ = false;
  bool acts_ = false;  // writes, or calls a procedure for what it does
  std::vector<RequiredParameter> required_parameters_;
  std::map<std::string, std::string, std::less<>> unyielded_;  // columns that a CALL did not name, with its procedure
  std::size_t reading_clauses_ = 0;                            // in the part being bound, and in those around it
  // The pattern being bound.
  struct PatternState {
    std::set<Slot> relationships;  // that have been named
    std::set<Slot> searched;       // filled only where paths are searched for: no other element may be one of them
    std::optional<Slot> group;     // inside a group: its first slot
  };
  PatternState pattern_state_;
  std::set<Slot>* reads_ = nullptr;  // where it is set, the slots that expressions read are noted
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
  bool in_where_ = false;                     // with projected_: of WITH … WHERE
  std::size_t trials_around_ = 0;  // this binder only tries whether something was projected, in so many others
  std::set<std::string, std::less<>> ended_;  // variables of the part that a WITH did not pass on
  Scope imported_;                            // of a query in braces: the variables around it
  const Scope* outside_ = nullptr;            // of CALL { }: the variables around it, imported or not
  bool returns_to_call_ = false;              // RETURN gives columns to a CALL { } around
  bool predicate_position_ = false;           // a pattern may stand as a condition here
};

Expression Make(Span span, TypeSet type, auto node) {
  Expression expression{.span = span, .type = type};
  expression.node = std::move(node);
  return expression;
}

// The relationships of a path, in all its parts.
std::size_t LengthOf(const PathPattern& path);

// What can be written, deleted, cited, and asked for its labels or type.
inline constexpr TypeSet kElementTypes = Value::Kind::kNode | Value::Kind::kRelationship;

}  // namespace plenum::plan
