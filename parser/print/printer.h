// The printer's state, the text so far, and one Write for each kind of node. What they write can be read on after
// whatever stands before it and before whatever follows it in the grammar; where that takes a choice, it is said.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/ast.h"
#include "parser/operators.h"

namespace plenum::syntax {

class Printer {
 public:
  void Write(const ast::Statement& statement);
  void Write(const ast::Expression& expression);
  void Write(const ast::PathSelector& selector);
  void Write(const ast::LabelExpression& labels);

  std::string Take() { return std::move(out_); }

 private:
  // ---- expressions (expression.cpp)
  void WriteAtLeast(Level level, const ast::Expression& expression);
  void WriteGrouped(const ast::Expression& expression);
  void WriteFirst(const ast::Chain& chain, Level level);
  void WriteOperand(std::string_view op, const ast::Expression& operand, Level level);
  void Write(const ast::Literal& literal);
  void Write(const ast::Parameter& parameter);
  void Write(const ast::Variable& variable);
  void Write(const ast::PropertyAccess& access);
  void Write(const ast::Subscript& subscript);
  void Write(const ast::Slice& slice);
  void Write(const ast::Unary& unary);
  void Write(const ast::Chain& chain);
  void Write(const ast::NullTest& test);
  void Write(const ast::LabelTest& test);
  void Write(const ast::FunctionCall& call);
  void Write(const ast::Case& choice);
  void Write(const ast::CaseBranch& branch);
  void Write(const ast::ListLiteral& list);
  void Write(const ast::MapLiteral& map);
  void Write(const ast::MapEntry& entry);
  void Write(const ast::MapProjection& projection);
  void Write(const ast::MapProjectionAll& all);
  void Write(const ast::MapProjectionItem& item);
  void Write(const ast::ListComprehension& comprehension);
  void Write(const ast::Quantifier& quantifier);
  void Write(const ast::Reduce& reduce);
  void Write(const ast::PatternComprehension& comprehension);
  void Write(const ast::PatternPredicate& predicate);
  void Write(const ast::ShortestPath& path);
  void Write(const ast::Subquery& subquery);

  // ---- labels, patterns (pattern.cpp)
  void Write(const ast::LabelWildcard& any);
  void Write(const ast::LabelNot& negated);
  void Write(const ast::LabelAll& all);
  void Write(const ast::LabelAny& any);
  void WriteJoined(const std::vector<ast::LabelExpression>& operands, std::string_view sign, bool any_grouped_only);
  void Write(const ast::Pattern& pattern);
  void Write(const ast::PathPattern& path);
  void WriteElements(const ast::PathPattern& path);
  void Write(const ast::NodePattern& node);
  void Write(const ast::RelationshipPattern& relationship);
  void Write(const ast::QuantifiedGroup& group);
  void WriteStar(const ast::Repetition& repetition);
  void WriteQuantifier(const ast::Repetition& repetition);
  void WriteJoint(ast::Joint joint);
  void WritePatternName(const std::optional<ast::Name>& variable, const std::optional<ast::LabelExpression>& labels);
  template <class Element>
  void WriteDetails(const Element& element);

  // ---- time and evidence (time.cpp)
  void Write(const ast::Assertion& assertion);
  void Write(const ast::ValidFilter& filter);
  void Write(const ast::Citation& citation);
  void WriteWhen(const ast::Expression& when);
  void WriteBound(const ast::Expression& bound);
  void WriteQuote(const ast::Expression& quote);

  // ---- queries and clauses (query.cpp, update.cpp)
  void Write(const ast::Query& query);
  void Write(const ast::SingleQuery& part);
  void Write(const ast::Clause& clause);
  void Write(const ast::Match& match);
  void Write(const ast::Unwind& unwind);
  void Write(const ast::CallProcedure& call);
  void WriteYield(const ast::CallProcedure& call);
  void Write(const ast::YieldItem& item);
  void Write(const ast::CallSubquery& call);
  void Write(const ast::LoadCsv& load);
  void Write(const ast::Projection& projection);
  void Write(const ast::ProjectionItem& item);
  void Write(const ast::SortItem& item);
  void Write(const ast::With& with);
  void Write(const ast::Return& returned);
  void Write(const ast::Create& create);
  void Write(const ast::Merge& merge);
  void Write(const ast::Set& set);
  void Write(const ast::SetItem& item);
  void Write(const ast::SetProperty& set);
  void Write(const ast::SetAll& set);
  void Write(const ast::SetLabels& set);
  void Write(const ast::SetValidity& set);
  void Write(const ast::SetCitations& set);
  void Write(const ast::Remove& remove);
  void Write(const ast::RemoveItem& item);
  void Write(const ast::RemoveProperty& removal);
  void Write(const ast::RemoveLabels& removal);
  void Write(const ast::RemoveValidity& removal);
  void Write(const ast::RemoveCitations& removal);
  void Write(const ast::Delete& deletion);
  void Write(const ast::Foreach& foreach);
  void WriteTarget(const ast::PropertyAccess& target);
  void WriteLabelNames(const std::vector<ast::Name>& labels);

  // ---- statements (statement.cpp)
  void Write(const ast::Retract& retract);
  void Write(const ast::SchemaStatement& schema);
  void WriteCreation(const ast::SchemaStatement& schema);
  void WriteWhom(const ast::SchemaStatement& schema);
  void WriteKeys(const ast::SchemaStatement& schema);
  void Write(const ast::TransactionStatement& transaction);
  void Write(const ast::TransferStatement& transfer);

  // ---- what they are made of
  void Add(std::string_view text) { out_ += text; }
  // A blank, but none right behind a bracket that has just been opened.
  void Space() {
    if (!out_.empty() && out_.back() != '(' && out_.back() != '[') out_ += ' ';
  }
  void AddVariable(const ast::Name& name);
  void AddKey(const ast::Name& name);

  template <class T>
  void Write(const ast::Box<T>& box) {
    Write(*box);
  }
  template <class... Kinds>
  void Write(const std::variant<Kinds...>& node) {
    std::visit([this](const auto& kind) { this->Write(kind); }, node);
  }
  // `before` and the part, if there is one.
  template <class T>
  void WritePart(std::string_view before, const std::optional<T>& part) {
    if (!part) return;
    Add(before);
    Write(*part);
  }
  template <class T>
  void WriteList(const std::vector<T>& parts, std::string_view separator) {
    for (const T& part : parts) {
      if (&part != parts.data()) Add(separator);
      Write(part);
    }
  }

  std::string out_;
};

}  // namespace plenum::syntax
