// Labels, nodes, relationships, groups and paths.
#include <utility>

#include "parser/print.h"
#include "parser/print/names.h"
#include "parser/print/printer.h"

namespace plenum::syntax {
namespace {

bool IsJoined(const ast::LabelExpression& labels) {
  return std::holds_alternative<ast::LabelAll>(labels.node) || std::holds_alternative<ast::LabelAny>(labels.node);
}

}  // namespace

// ---- Labels

void Printer::Write(const ast::LabelExpression& labels) {
  if (const auto* label = std::get_if<ast::Name>(&labels.node)) return AddKey(*label);
  if (const auto* any = std::get_if<ast::LabelAny>(&labels.node)) return Write(*any);
  if (const auto* all = std::get_if<ast::LabelAll>(&labels.node)) return Write(*all);
  if (const auto* negated = std::get_if<ast::LabelNot>(&labels.node)) return Write(*negated);
  Write(std::get<ast::LabelWildcard>(labels.node));
}

void Printer::Write(const ast::LabelWildcard&) { Add("%"); }

void Printer::Write(const ast::LabelNot& negated) {
  const bool grouped = IsJoined(*negated.operand);
  Add(grouped ? "!(" : "!");
  Write(negated.operand);
  if (grouped) Add(")");
}

void Printer::Write(const ast::LabelAll& all) { WriteJoined(all.operands, "&", false); }
void Printer::Write(const ast::LabelAny& any) { WriteJoined(any.operands, "|", true); }

void Printer::WriteJoined(const std::vector<ast::LabelExpression>& operands, std::string_view sign,
                          bool any_grouped_only) {
  for (const ast::LabelExpression& operand : operands) {
    const bool any = std::holds_alternative<ast::LabelAny>(operand.node);
    const bool grouped = any_grouped_only ? any : IsJoined(operand);
    if (&operand != operands.data()) Add(sign);
    if (grouped) Add("(");
    Write(operand);
    if (grouped) Add(")");
  }
}

// ---- Brackets

void Printer::WritePatternName(const std::optional<ast::Name>& variable,
                               const std::optional<ast::LabelExpression>& labels) {
  if (variable) Add(SpellPatternVariable(variable->text));
  WritePart(":", labels);
}

template <class Element>
void Printer::WriteDetails(const Element& element) {
  const auto write = [this](const auto& part) {
    Space();
    Write(part);
  };
  if (element.properties) write(*element.properties);
  if (element.assertion) write(*element.assertion);
  if (element.filter) write(*element.filter);
  for (const ast::Citation& citation : element.citations) write(citation);
  if (!element.where) return;
  Space();
  WritePart("WHERE ", element.where);
}

void Printer::Write(const ast::NodePattern& node) {
  Add("(");
  WritePatternName(node.variable, node.labels);
  WriteDetails(node);
  Add(")");
}

void Printer::Write(const ast::RelationshipPattern& relationship) {
  const bool quantified = relationship.repetition && relationship.repetition->braces;
  Add(relationship.direction == ast::Direction::kIncoming ? "<-" : "-");
  const std::size_t begin = out_.size();
  Add("[");
  WritePatternName(relationship.variable, relationship.types);
  if (relationship.repetition && !quantified) WriteStar(*relationship.repetition);
  WriteDetails(relationship);
  // Empty brackets are left out; but "(a)--+(b)" could be arithmetic.
  if (out_.size() == begin + 1 && !quantified) {
    out_.pop_back();
  } else {
    Add("]");
  }
  Add(relationship.direction == ast::Direction::kOutgoing ? "->" : "-");
  if (quantified) WriteQuantifier(*relationship.repetition);
}

void Printer::Write(const ast::QuantifiedGroup& group) {
  Add("(");
  WriteElements(*group.path);
  WriteJoint(group.joint);
  WritePart(" WHERE ", group.where);
  Add(")");
  WriteQuantifier(group.repetition);
}

// *, *n, *a.., *..b, *a..b
void Printer::WriteStar(const ast::Repetition& repetition) {
  Add("*");
  if (repetition.minimum) Add(std::to_string(*repetition.minimum));
  if (repetition.minimum == repetition.maximum) return;
  Add("..");
  if (repetition.maximum) Add(std::to_string(*repetition.maximum));
}

// +, *, {n}, {a,}, {a,b}
void Printer::WriteQuantifier(const ast::Repetition& repetition) {
  const std::int64_t minimum = repetition.minimum.value_or(1);
  if (!repetition.maximum && minimum <= 1) return Add(minimum == 0 ? "*" : "+");
  Add("{" + std::to_string(minimum));
  if (repetition.maximum != minimum) Add(",");
  if (repetition.maximum && *repetition.maximum != minimum) Add(std::to_string(*repetition.maximum));
  Add("}");
}

// ---- Paths

void Printer::WriteElements(const ast::PathPattern& path) { WriteList(path.elements, ""); }

void Printer::Write(const ast::PathSelector& selector) {
  using Kind = ast::PathSelector::Kind;
  const std::string count = selector.k ? std::to_string(*selector.k) + " " : "";
  switch (selector.kind) {
    case Kind::kEvery:
      return;
    case Kind::kAnyShortest:
      return Add("ANY SHORTEST ");
    case Kind::kAllShortest:
      return Add("ALL SHORTEST ");
    case Kind::kShortestK:
      return Add("SHORTEST " + count);
    case Kind::kShortestKGroups:
      return Add("SHORTEST " + count + "GROUPS ");
    case Kind::kAny:
      return Add("ANY " + count);
    case Kind::kCheapest:
      return Add("ANY CHEAPEST ");
  }
}

void Printer::Write(const ast::PathPattern& path) {
  if (path.variable) {
    AddVariable(*path.variable);
    Add(" = ");
  }
  if (path.selector.function) {
    const bool all = path.selector.kind == ast::PathSelector::Kind::kAllShortest;
    Add(all ? "allShortestPaths(" : "shortestPath(");
    WriteElements(path);
    return Add(")");
  }
  Write(path.selector);
  if (path.mode != ast::PathMode::kTrail) Add(ast::Print(path.mode) + " ");
  WriteElements(path);
  WritePart(" COST ", path.selector.weight);
}

void Printer::WriteJoint(ast::Joint joint) {
  if (joint == ast::Joint::kOverlapping) Add(" OVERLAPPING");
  if (joint == ast::Joint::kChronological) Add(" CHRONOLOGICAL");
}

void Printer::Write(const ast::Pattern& pattern) {
  WriteList(pattern.paths, ", ");
  WritePart(" ", pattern.filter);
  WriteJoint(pattern.joint);
  WritePart(" WHERE ", pattern.where);
}

}  // namespace plenum::syntax
