// Bound expressions as text, each operator in parentheses; slots and types.
#include "engine/plan/bound_printer.h"
#include "parser/print.h"

namespace plenum::plan {

void BoundPrinter::AddSlots(std::string_view before, const std::vector<Slot>& slots) {
  Add(before);
  for (const Slot slot : slots) {
    Add(" ");
    AddSlot(slot);
  }
}

// "Integer or Null", "List of String", "Any"
void BoundPrinter::AddType(TypeSet type, TypeSet element) {
  if (type == TypeSet::Anything()) return Add("Any");
  if (type == TypeSet::Anything().Without(Value::Kind::kNull)) return Add("Any but Null");
  bool first = true;
  const auto last = static_cast<unsigned>(Value::Kind::kInterval);
  // Null last: it is seldom what one looks for.
  for (unsigned i = 1; i <= last + 1; ++i) {
    const auto kind = static_cast<Value::Kind>(i <= last ? i : 0);
    if (!type.contains(kind)) continue;
    if (!first) Add(" or ");
    first = false;
    Add(KindName(kind));
    if (kind != Value::Kind::kList || element == TypeSet::Anything()) continue;
    Add(" of (");
    AddType(element);
    Add(")");
  }
  if (first) Add("nothing");
}

// `element` stands for each of a list.
void BoundPrinter::WriteElementOf(Slot element, const Expression& list) {
  AddSlot(element);
  Add(": ");
  AddType(list.element);
  Add(" in ");
  Write(list);
}

void BoundPrinter::Write(const Expression& expression) {
  std::visit([this](const auto& node) { this->Write(node); }, expression.node);
}

void BoundPrinter::Write(const Constant& constant) { Add(ToText(constant.value)); }
void BoundPrinter::Write(const ParameterRef& parameter) { Add("$" + parameter.name); }
void BoundPrinter::Write(const SlotRef& reference) { AddSlot(reference.slot); }

void BoundPrinter::Write(const PropertyAccess& access) {
  Write(access.object);
  Add("." + access.key);
}

void BoundPrinter::Write(const Subscript& subscript) {
  Write(subscript.object);
  Add("[");
  Write(subscript.index);
  Add("]");
}

void BoundPrinter::Write(const Slice& slice) {
  Write(slice.object);
  Add("[");
  WritePart("", slice.first);
  Add("..");
  WritePart("", slice.end);
  Add("]");
}

void BoundPrinter::Write(const LabelTest& test) {
  Add("(");
  Write(test.object);
  Add(":" + ast::Print(test.labels) + ")");
}

void BoundPrinter::Write(const Unary& unary) {
  const bool negation = unary.op == ast::UnaryOperator::kNot;
  Add(negation ? "(NOT " : unary.op == ast::UnaryOperator::kMinus ? "(-" : "(+");
  Write(unary.operand);
  Add(")");
}

void BoundPrinter::Write(const Chain& chain) {
  Add("(");
  Write(chain.first);
  for (const Operation& operation : chain.rest) {
    Add(" " + ast::Print(operation.op) + " ");
    Write(operation.operand);
  }
  Add(")");
}

void BoundPrinter::Write(const NullTest& test) {
  Add("(");
  Write(test.operand);
  Add(test.negated ? " IS NOT NULL)" : " IS NULL)");
}

void BoundPrinter::Write(const Call& call) {
  Add(SignatureOf(call.function).name);
  Add("(");
  WriteList(call.arguments);
  Add(")");
}

void BoundPrinter::Write(const Case& choice) {
  Add("(CASE");
  WritePart(" ", choice.subject);
  for (const CaseBranch& branch : choice.branches) {
    Add(" WHEN ");
    Write(branch.when);
    Add(" THEN ");
    Write(branch.then);
  }
  WritePart(" ELSE ", choice.otherwise);
  Add(")");
}

void BoundPrinter::Write(const MakeList& list) {
  Add("[");
  WriteList(list.elements);
  Add("]");
}

void BoundPrinter::Write(const MakeMap& map) {
  Add("{");
  WriteEntries(map.entries);
  Add("}");
}

void BoundPrinter::Write(const MapProjection& projection) {
  Add("(");
  Write(projection.object);
  Add(projection.all ? " {.*; " : " {");
  WriteEntries(projection.entries);
  Add("})");
}

void BoundPrinter::WriteEntries(const NamedExpressions& entries) {
  for (const auto& entry : entries) {
    if (&entry != entries.data()) Add(", ");
    Add(entry.first + ": ");
    Write(entry.second);
  }
}

void BoundPrinter::Write(const ListComprehension& comprehension) {
  Add("[");
  WriteElementOf(comprehension.element, *comprehension.list);
  WritePart(" where ", comprehension.where);
  WritePart(" | ", comprehension.map);
  Add("]");
}

void BoundPrinter::Write(const Quantifier& quantifier) {
  switch (quantifier.kind) {
    case ast::QuantifierKind::kAll:
      Add("all(");
      break;
    case ast::QuantifierKind::kAny:
      Add("any(");
      break;
    case ast::QuantifierKind::kNone:
      Add("none(");
      break;
    case ast::QuantifierKind::kSingle:
      Add("single(");
      break;
  }
  WriteElementOf(quantifier.element, *quantifier.list);
  WritePart(" where ", quantifier.where);
  Add(")");
}

void BoundPrinter::Write(const Reduce& reduce) {
  Add("reduce(");
  AddSlot(reduce.accumulator);
  Add(" = ");
  Write(reduce.initial);
  Add(", ");
  WriteElementOf(reduce.element, *reduce.list);
  Add(" | ");
  Write(reduce.step);
  Add(")");
}

// Its clauses stand on lines of their own within the line of the expression.
void BoundPrinter::Write(const Subquery& subquery) {
  switch (subquery.kind) {
    case ast::SubqueryKind::kExists:
      Add("exists {");
      break;
    case ast::SubqueryKind::kCount:
      Add("count {");
      break;
    case ast::SubqueryKind::kCollect:
      Add("collect {");
      break;
  }
  AddSlots(" reads", subquery.reads);
  EndLine();
  ++depth_;
  Write(subquery.query);
  --depth_;
  BeginLine();
  Add("}");
}

}  // namespace plenum::plan
