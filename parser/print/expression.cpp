// Expressions: parentheses by the levels of operators.h, and where a bracket would be taken for another kind.
#include <limits>

#include "parser/print/names.h"
#include "parser/print/printer.h"

namespace plenum::syntax {
namespace {

struct LevelOfNode {
  Level operator()(const ast::Chain& chain) const { return LevelOf(chain.rest.front().op); }
  Level operator()(const ast::NullTest&) const { return Level::kPredicate; }
  Level operator()(const ast::Unary& unary) const {
    return unary.op == ast::UnaryOperator::kNot ? Level::kNot : Level::kSign;
  }
  Level operator()(const ast::PropertyAccess&) const { return Level::kPostfix; }
  Level operator()(const ast::Subscript&) const { return Level::kPostfix; }
  Level operator()(const ast::Slice&) const { return Level::kPostfix; }
  Level operator()(const ast::LabelTest&) const { return Level::kPostfix; }
  // The smallest integer is the one literal with a sign.
  Level operator()(const ast::Literal& literal) const {
    const auto* integer = std::get_if<std::int64_t>(&literal.value);
    const bool smallest = integer != nullptr && *integer == std::numeric_limits<std::int64_t>::min();
    return smallest ? Level::kSign : Level::kAtom;
  }
  // Whatever follows a path could be its next relationship, but a word cannot.
  Level operator()(const ast::PatternPredicate&) const { return Level::kNot; }
  template <class Other>
  Level operator()(const Other&) const {
    return Level::kAtom;
  }
};

Level LevelOfExpression(const ast::Expression& expression) { return std::visit(LevelOfNode{}, expression.node); }

template <class Node>
bool Is(const ast::Expression& expression) {
  return std::holds_alternative<Node>(expression.node);
}

// "(…) - [" and "(…) < -[" would be a node and the beginning of a relationship; so would "(…) - -(" and "(…) < --(".
bool CouldGoOnAsPath(std::string_view before, std::string_view op, std::string_view operand) {
  if (!before.ends_with(')')) return false;
  if (op == "-") return operand.starts_with('[') || operand.starts_with("-(");
  return op == "<" && (operand.starts_with("-[") || operand.starts_with("--("));
}

std::string_view WordOf(ast::QuantifierKind kind) {
  switch (kind) {
    case ast::QuantifierKind::kAll:
      return "all";
    case ast::QuantifierKind::kAny:
      return "any";
    case ast::QuantifierKind::kNone:
      return "none";
    case ast::QuantifierKind::kSingle:
      break;
  }
  return "single";
}

std::string_view WordOf(ast::SubqueryKind kind) {
  switch (kind) {
    case ast::SubqueryKind::kExists:
      return "EXISTS";
    case ast::SubqueryKind::kCount:
      return "COUNT";
    case ast::SubqueryKind::kCollect:
      break;
  }
  return "COLLECT";
}

}  // namespace

void Printer::Write(const ast::Expression& expression) { Write(expression.node); }

void Printer::WriteAtLeast(Level level, const ast::Expression& expression) {
  if (LevelOfExpression(expression) < level) return WriteGrouped(expression);
  Write(expression);
}

void Printer::WriteGrouped(const ast::Expression& expression) {
  Add("(");
  Write(expression);
  Add(")");
}

void Printer::Write(const ast::Literal& literal) { Add(SpellScalar(literal.value)); }
void Printer::Write(const ast::Parameter& parameter) { Add(SpellParameter(parameter.name)); }
void Printer::Write(const ast::Variable& variable) { Add(SpellVariable(variable.name)); }

void Printer::Write(const ast::PropertyAccess& access) {
  WriteAtLeast(Level::kPostfix, *access.object);
  Add(".");
  AddKey(access.key);
}

void Printer::Write(const ast::Subscript& subscript) {
  WriteAtLeast(Level::kPostfix, *subscript.object);
  Add("[");
  Write(subscript.index);
  Add("]");
}

void Printer::Write(const ast::Slice& slice) {
  WriteAtLeast(Level::kPostfix, *slice.object);
  Add("[");
  WritePart("", slice.first);
  Add("..");
  WritePart("", slice.end);
  Add("]");
}

void Printer::Write(const ast::Unary& unary) {
  const bool negation = unary.op == ast::UnaryOperator::kNot;
  Add(negation ? "NOT " : unary.op == ast::UnaryOperator::kMinus ? "-" : "+");
  WriteAtLeast(negation ? Level::kNot : Level::kSign, *unary.operand);
}

void Printer::Write(const ast::Chain& chain) {
  const Level level = LevelOf(chain.rest.front().op);
  WriteFirst(chain, level);
  for (const ast::Operation& operation : chain.rest) {
    WriteOperand(SpellingOf(operation.op), *operation.operand, Tighter(level));
  }
}

// A chain of the same level would become one with this.
void Printer::WriteFirst(const ast::Chain& chain, Level level) {
  if (Is<ast::Chain>(*chain.first) && LevelOfExpression(*chain.first) == level) return WriteGrouped(*chain.first);
  WriteAtLeast(level, *chain.first);
}

void Printer::WriteOperand(std::string_view op, const ast::Expression& operand, Level level) {
  const std::size_t before = out_.size();
  Space();
  Add(op);
  Space();
  const std::size_t begin = out_.size();
  WriteAtLeast(level, operand);
  const std::string_view text = out_;
  if (!CouldGoOnAsPath(text.substr(0, before), op, text.substr(begin))) return;
  out_.insert(begin, 1, '(');
  Add(")");
}

void Printer::Write(const ast::NullTest& test) {
  WriteAtLeast(Level::kPredicate, *test.operand);
  Add(test.negated ? " IS NOT NULL" : " IS NULL");
}

// A second test would be one more label of the first; and in a comprehension a '|' between labels would end them.
void Printer::Write(const ast::LabelTest& test) {
  if (Is<ast::LabelTest>(*test.object)) {
    WriteGrouped(*test.object);
  } else {
    WriteAtLeast(Level::kPostfix, *test.object);
  }
  const bool alternatives = std::holds_alternative<ast::LabelAny>(test.labels.node);
  Add(alternatives ? ":(" : ":");
  Write(test.labels);
  if (alternatives) Add(")");
}

void Printer::Write(const ast::FunctionCall& call) {
  Add(SpellFunction(call.name.text));
  Add(call.star ? "(*" : call.distinct ? "(DISTINCT " : "(");
  WriteList(call.arguments, ", ");
  Add(")");
}

void Printer::Write(const ast::Case& choice) {
  Add("CASE");
  WritePart(" ", choice.subject);
  WriteList(choice.branches, "");
  WritePart(" ELSE ", choice.otherwise);
  Add(" END");
}

void Printer::Write(const ast::CaseBranch& branch) {
  Add(" WHEN ");
  Write(branch.when);
  Add(" THEN ");
  Write(branch.then);
}

// [x IN xs] would be a comprehension, [x IN xs, y] is none.
void Printer::Write(const ast::ListLiteral& list) {
  Add("[");
  const std::size_t begin = out_.size();
  WriteList(list.elements, ", ");
  if (list.elements.size() == 1 && BeginsWithNameIn(std::string_view(out_).substr(begin))) {
    out_.insert(begin, 1, '(');
    Add(")");
  }
  Add("]");
}

void Printer::Write(const ast::MapLiteral& map) {
  Add("{");
  WriteList(map.entries, ", ");
  Add("}");
}

void Printer::Write(const ast::MapEntry& entry) {
  AddKey(entry.key);
  Add(": ");
  Write(entry.value);
}

void Printer::Write(const ast::MapProjection& projection) {
  Add(SpellProjected(projection.variable.text));
  Add(" {");
  WriteList(projection.items, ", ");
  Add("}");
}

void Printer::Write(const ast::MapProjectionAll&) { Add(".*"); }

void Printer::Write(const ast::MapProjectionItem& item) {
  if (const auto* key = std::get_if<ast::Name>(&item.item)) {
    Add(".");
    AddKey(*key);
  } else if (const auto* entry = std::get_if<ast::MapEntry>(&item.item)) {
    Write(*entry);
  } else if (const auto* variable = std::get_if<ast::Variable>(&item.item)) {
    Write(*variable);
  } else {
    Write(std::get<ast::MapProjectionAll>(item.item));
  }
}

void Printer::Write(const ast::ListComprehension& comprehension) {
  Add("[");
  AddVariable(comprehension.variable);
  Add(" IN ");
  Write(comprehension.list);
  WritePart(" WHERE ", comprehension.where);
  WritePart(" | ", comprehension.map);
  Add("]");
}

void Printer::Write(const ast::Quantifier& quantifier) {
  Add(WordOf(quantifier.kind));
  Add("(");
  AddVariable(quantifier.variable);
  Add(" IN ");
  Write(quantifier.list);
  WritePart(" WHERE ", quantifier.where);
  Add(")");
}

void Printer::Write(const ast::Reduce& reduce) {
  Add("reduce(");
  AddVariable(reduce.accumulator);
  Add(" = ");
  Write(reduce.initial);
  Add(", ");
  AddVariable(reduce.variable);
  Add(" IN ");
  Write(reduce.list);
  Add(" | ");
  Write(reduce.step);
  Add(")");
}

void Printer::Write(const ast::PatternComprehension& comprehension) {
  Add("[");
  Write(comprehension.pattern);
  Add(" | ");
  Write(comprehension.map);
  Add("]");
}

void Printer::Write(const ast::PatternPredicate& predicate) { Write(predicate.path); }
void Printer::Write(const ast::ShortestPath& path) { Write(path.path); }

void Printer::Write(const ast::Subquery& subquery) {
  Add(WordOf(subquery.kind));
  Add(" { ");
  Write(subquery.query);
  Add(" }");
}

}  // namespace plenum::syntax
