// Clauses that read.
#include <fmt/format.h>

#include "tests/differential/generator.h"

namespace plenum::tests {

std::string Generator::ReadingClauses(int budget) {
  std::string text = choices_.Percent(88) ? Match(budget) : Unwind();
  for (int left = budget - 3; left > 0; left -= 2) {
    if (choices_.Percent(50)) text += " " + ReadingClause(left);
  }
  return text;
}

std::string Generator::ReadingClause(int budget) {
  return choices_.Pick({{25, [&] { return Match(budget / 2); }},
                        {20, [&] { return OptionalMatch(budget / 2); }},
                        {10, [&] { return Unwind(); }},
                        {30, [&] { return With(budget); }},
                        {12, [&] { return CallSubquery(budget); }},
                        {3, [&] { return Call(); }}});
}

std::string Generator::Match(int budget) {
  const auto steps_max = static_cast<std::size_t>(std::clamp(budget, 1, 4));
  const auto steps = static_cast<int>(std::min(steps_max, 1 + choices_.Weighted({45, 30, 15, 10})));
  known_ = scope_.size();
  std::string text = "MATCH " + Paths(steps);
  known_ = 0;
  if (choices_.Percent(4)) text += " " + ValidFilter();
  if (choices_.Percent(42)) text += Where(budget);
  return text;
}

std::string Generator::OptionalMatch(int budget) {
  const std::size_t known = scope_.size();
  std::string text = "OPTIONAL " + Match(std::min(budget, 2));
  scope_.MayBeNullFrom(known);
  return text;
}

std::string Generator::Unwind() {
  const std::string name = New('u');
  if (Has({Kind::kBag}) && choices_.Percent(50)) {
    const std::string bag = NameOf({Kind::kBag});
    scope_.Add(name, Kind::kSomeOf);
    query_.open.number_kind = true;
    return fmt::format("UNWIND {} AS {}", bag, name);
  }
  if (Has({Kind::kNodes}) && choices_.Percent(30)) {
    const std::string nodes = NameOf({Kind::kNodes});
    scope_.Add(name, Kind::kNode, true);
    return fmt::format("UNWIND {} AS {}", nodes, name);
  }
  if (Has({Kind::kRelationships}) && choices_.Percent(30)) {
    const std::string relationships = NameOf({Kind::kRelationships});
    scope_.Add(name, Kind::kRelationship, true);
    return fmt::format("UNWIND {} AS {}", relationships, name);
  }
  const bool integers = choices_.Percent(70);
  const std::string list = integers ? Integers(2) : AnyList(2);
  scope_.Add(name, integers ? Kind::kInteger : Kind::kValue);
  return fmt::format("UNWIND {} AS {}", list, name);
}

std::string Generator::With(int budget) {
  std::string text = "WITH " + Projection({.last = false});
  if (choices_.Percent(30)) text += Where(budget / 2);
  return text;
}

// CALL { }: what it answers joins the row, and its own variables are gone.
std::string Generator::CallSubquery(int budget) {
  const Scope around = scope_;
  std::vector<Variable> imports = scope_.Of({Kind::kNode, Kind::kRelationship, Kind::kInteger});
  if (imports.size() > 2) imports.resize(2);
  scope_ = {};
  for (const Variable& each : imports) scope_.Add(each.name, each.kind, each.may_be_null);
  const bool in_parentheses = imports.empty() || choices_.Percent(70);
  std::string text = "CALL ";
  if (in_parentheses && imports.size() == around.size() && choices_.Percent(40)) {
    text += "(*) { ";
  } else if (in_parentheses) {
    text += "(";
    for (const Variable& each : imports) text += (&each == &imports.front() ? "" : ", ") + each.name;
    text += ") { ";
  } else {
    text += "{ " + ImportingWith(imports) + " ";
  }
  const std::string name = New('v');
  Kind kind = Kind::kInteger;
  const Scope inside = scope_;
  text += Match(std::min(budget, 2));
  text += SubqueryReturn(imports, name, kind);
  if (kind == Kind::kInteger && in_parentheses && choices_.Percent(20)) {
    scope_ = inside;
    text += choices_.Percent(50) ? " UNION ALL " : " UNION ";
    text += Match(1) + " RETURN ";
    text += CountColumn().text + " AS " + name;
  }
  scope_ = around;
  scope_.Add(name, kind, true);
  return text + " }";
}

std::string Generator::SubqueryReturn(const std::vector<Variable>& imports, const std::string& name, Kind& kind) {
  const bool variable = scope_.size() > imports.size() && choices_.Percent(40);
  const Column column = variable ? VariableColumn(scope_.variables().back(), false) : Aggregate();
  kind = column.kind;
  const std::string text = fmt::format(" RETURN {} AS {}", column.text, name);
  if (!variable || !MaySort({column}) || choices_.Percent(60)) return text;
  kind = OneOfEqual(kind);
  return text + " ORDER BY " + name + SkipAndLimit();
}

std::string Generator::ImportingWith(const std::vector<Variable>& imports) {
  std::string text = "WITH ";
  for (const Variable& each : imports) text += (&each == &imports.front() ? "" : ", ") + each.name;
  return text;
}

// Rows that were ordered are collected in this order.
std::string Generator::SortedCollect() {
  const bool integers = choices_.Percent(40);
  const std::string sorted = integers ? Integer(2) : Value(2);
  query_.open.number_kind = true;
  const std::string direction = choices_.Percent(40) ? " DESC" : "";
  return fmt::format("WITH {} AS sorted ORDER BY sorted{} RETURN collect(sorted) AS c1", sorted, direction);
}

std::string Generator::Call() {
  const std::string name = New('v');
  scope_.Add(name, Kind::kString);
  return choices_.OneOf(
             {"CALL db.labels() YIELD label AS ", "CALL db.relationshipTypes() YIELD relationshipType AS "}) +
         name;
}

}  // namespace plenum::tests
