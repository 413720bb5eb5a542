// The grammar of random statements (query_generator.h): its functions give texts. Where one has a budget, it is spent
// on operators, steps or clauses within; functions that make variables add them to the scope.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/differential/choices.h"
#include "tests/differential/query_generator.h"
#include "tests/differential/scope.h"

namespace plenum::tests {

class Generator {
 public:
  Generator(std::uint64_t seed, int budget, Ids ids) : choices_(seed), budget_(budget), ids_open_(ids == Ids::kOpen) {}
  GeneratedQuery Make();

 private:
  struct Column {
    std::string text;
    std::string name;
    Kind kind;
    bool aggregates = false;
    bool is_variable = false;  // written without AS
    bool may_be_null = false;
  };
  struct ProjectionPlace {
    bool last = false;        // RETURN, not WITH
    bool of_union = false;    // rows that are alike become one
    std::size_t columns = 0;  // so many; 0: any number
  };

  // ---- statements (query_generator.cpp)
  std::string CountingQuery();
  std::string AggregatingQuery();
  std::string ReadingQuery();
  std::string UnionQuery();
  std::string WritingQuery();

  // ---- clauses (generate_clauses.cpp)
  std::string ReadingClauses(int budget);
  std::string ReadingClause(int budget);
  std::string Match(int budget);
  std::string OptionalMatch(int budget);
  std::string Unwind();
  std::string With(int budget);
  std::string CallSubquery(int budget);
  std::string SubqueryReturn(const std::vector<Variable>& imports, const std::string& name, Kind& kind);
  std::string ImportingWith(const std::vector<Variable>& imports);
  std::string SortedCollect();
  std::string Call();

  // ---- projections (generate_projections.cpp)
  std::string Return(ProjectionPlace place);
  std::string Projection(ProjectionPlace place);
  Column ColumnOf(int budget);
  Column VariableColumn(const Variable& variable, bool last);
  Column Aggregate();
  Column CountColumn();
  Column NumberAggregate();
  Column CollectColumn();
  std::string Star(ProjectionPlace place);
  std::string OrderBy(const std::vector<Column>& columns);
  std::string SkipAndLimit();
  bool MaySort(const std::vector<Column>& columns) const;
  std::vector<Column> PlainColumns(ProjectionPlace place);
  std::vector<Column> GroupedColumns(ProjectionPlace place);
  void Generalize(std::vector<Column>& columns);

  // ---- patterns (generate_patterns.cpp)
  enum class NewVariables : bool { kNo, kYes };
  std::string Paths(int steps);
  std::string Path(int steps, NewVariables make, bool join);
  std::string ChosenPath();
  std::string ModePath(int steps);
  std::string Steps(int steps, NewVariables make, bool join);
  std::string Node(NewVariables make, bool join);
  std::string KnownNode();
  std::string Step(NewVariables make);
  std::string RelationshipDetails(NewVariables make);
  std::string RepeatedStep(NewVariables make);
  std::string Group();
  std::string Arrow(std::string_view inside);
  std::string Labels();
  std::string Types();
  std::string InlineProperties(bool of_node);
  std::string InlineCondition(const std::string& variable, Kind kind);
  std::string ValidFilter();
  std::string PatternPredicate();
  std::string SubqueryBody(int budget);  // of EXISTS and COUNT

  // ---- conditions (generate_conditions.cpp)
  std::string Where(int budget);
  std::string Condition(int budget);
  std::string ConditionAsValue(int budget);
  std::string SimpleCondition();
  std::string Comparison();
  std::string ChainOfComparisons();
  std::string ElementComparison();
  std::string PropertyComparison();
  std::string Membership();
  std::string NullTest();
  std::string TextCondition();
  std::string LabelCondition();
  std::string TimeCondition();
  std::string PatternCondition(int budget);
  std::string QuantifiedCondition(int budget);
  std::string BagCondition();

  // ---- expressions (generate_expressions.cpp)
  std::string Property(std::string_view keys);  // of one of these, of an element of the scope
  std::string Integer(int budget);
  std::string IntegerTerm();
  std::string IntegerOfElement();
  std::string Number(int budget);
  std::string Text(int budget);
  std::string Boolean();
  std::string Value(int budget);
  std::string Integers(int budget);
  std::string AnyList(int budget);
  std::string MapOf(int budget);
  std::string Case(int budget);
  std::string TimeValue();
  std::string NodeOfRelationship();
  std::string PropertyLiteral(std::string_view key);
  std::string Day();
  std::string ListComprehension(int budget);
  std::string PatternComprehension();
  std::string CollectSubquery();
  Column OfKind(Kind kind, int budget);

  // ---- clauses that write (generate_updates.cpp)
  std::string Update();
  std::string Create();
  std::string CreatedPath();
  std::string CreatedNode(bool join);
  std::string CreatedProperties(bool of_row);
  std::string Validity();
  std::string Merge();
  std::string Set();
  std::string SetItems(const std::string& target, Kind kind);
  std::string Remove();
  std::string Delete();
  std::string Foreach();
  std::string WritingCall();
  std::string WrittenValue(std::string_view key, bool of_row);
  std::vector<Variable> ElementsThere() const;  // those that are never null

  std::string New(char letter) { return std::string(1, letter) + std::to_string(++names_); }
  std::string NameOf(std::initializer_list<Kind> kinds) { return choices_.OneOf(scope_.Of(kinds)).name; }
  bool Has(std::initializer_list<Kind> kinds) const { return scope_.Has(kinds); }

  static constexpr int kSubqueriesMax = 2;  // within each other
  // How often a subquery is written where one may be: seldom within another one.
  unsigned SubqueryWeight(unsigned weight) const {
    return subqueries_ == 0 ? weight : subqueries_ < kSubqueriesMax ? weight / 4 : 0;
  }

  Choices choices_;
  int budget_;
  Scope scope_;
  GeneratedQuery query_;
  int names_ = 0;
  Scope row_;              // what the values that a clause writes may be made of
  std::size_t known_ = 0;  // so many variables of the scope were there before this MATCH
  int subqueries_ = 0;     // how many are around this place
  bool walks_ = false;     // in a path that must have an end
  bool ids_open_;          // ids, and so the order of elements, are not determined: some are of new elements
};

}  // namespace plenum::tests
