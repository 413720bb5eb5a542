// Clauses that write. None depends on the order of its rows: what SET writes into a property comes from constants and
// from the element itself, and no clause writes one property through two variables, which may be one element; MERGE
// asks for constants; a CALL { } that writes reads nothing.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tests/differential/generator.h"
#include "tests/differential/vocabulary.h"

namespace plenum::tests {

std::string Generator::Update() {
  const bool elements = Has({Kind::kNode, Kind::kRelationship});
  return choices_.Pick({{30, [&] { return Create(); }},
                        {15, [&] { return Merge(); }},
                        {elements ? 28u : 0u, [&] { return Set(); }},
                        {elements ? 10u : 0u, [&] { return Remove(); }},
                        {elements ? 12u : 0u, [&] { return Delete(); }},
                        {8, [&] { return Foreach(); }},
                        {6, [&] { return WritingCall(); }}});
}

std::vector<Variable> Generator::ElementsThere() const {
  std::vector<Variable> there = scope_.Of({Kind::kNode});
  std::erase_if(there, [](const Variable& each) { return each.may_be_null; });
  return there;
}

// ---- CREATE

std::string Generator::Create() {
  row_ = scope_;  // not what the clause makes itself
  std::string text = "CREATE " + CreatedPath();
  if (choices_.Percent(20)) text += ", " + CreatedPath();
  ids_open_ = true;
  return text;
}

std::string Generator::CreatedPath() {
  const auto steps = choices_.Weighted({35, 50, 15});
  std::string text = CreatedNode(steps != 0 && choices_.Percent(60));
  for (std::size_t i = 0; i < steps; ++i) {
    const std::string name = choices_.Percent(40) ? New('r') : "";
    const std::string inside = fmt::format("[{}:{}{}{}]", name, choices_.OneOf(kTypes),
                                           choices_.Percent(35) ? CreatedProperties(true) : "", Validity());
    const bool outgoing = choices_.Percent(70);
    const std::string node = CreatedNode(choices_.Percent(40));
    text += outgoing ? "-" + inside + "->" + node : "<-" + inside + "-" + node;
    if (!name.empty()) scope_.Add(name, Kind::kRelationship);
  }
  return text;
}

std::string Generator::CreatedNode(bool join) {
  const std::vector<Variable> there = ElementsThere();
  if (join && !there.empty()) return "(" + choices_.OneOf(there).name + ")";
  const std::string name = choices_.Percent(60) ? New('n') : "";
  std::string text = "(" + name;
  if (choices_.Percent(75)) text += fmt::format(":{}", choices_.OneOf(kLabels));
  if (choices_.Percent(15)) text += ":B";
  if (choices_.Percent(55)) text += CreatedProperties(true);
  text += Validity();
  if (!name.empty()) scope_.Add(name, Kind::kNode);
  return text + ")";
}

// Of the row, or else constants.
std::string Generator::CreatedProperties(bool of_row) {
  std::set<std::string_view> keys;
  for (std::size_t i = choices_.Between(1, 2); i > 0; --i)
    keys.insert(choices_.OneOf({"n", "n", "x", "s", "v", "d", "l", "k"}));
  std::string text;
  for (std::string_view key : keys) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, WrittenValue(key, of_row));
  }
  return " {" + text + "}";
}

std::string Generator::WrittenValue(std::string_view key, bool of_row) {
  if (!of_row || key == "k" || choices_.Percent(50)) return PropertyLiteral(key);
  const Scope around = std::exchange(scope_, row_);
  subqueries_ += kSubqueriesMax;  // none inside: they would see what earlier rows wrote
  const std::string text = key == "n"   ? Integer(2)
                           : key == "x" ? Number(1)
                           : key == "s" ? Text(2)
                           : key == "v" ? Property(choices_.OneOf({"n", "x", "s", "d", "v"}))
                                        : Property(key);
  subqueries_ -= kSubqueriesMax;
  scope_ = around;
  return text;
}

std::string Generator::Validity() {
  if (!choices_.Percent(8)) return "";
  return choices_.OneOf({" VALID FROM '2020-01-01'", " VALID FROM '2019' UNTIL '2021'", " VALID UNTIL '2021-06'",
                         " VALID FROM '..' THROUGH '2022-01-01'"});
}

// ---- MERGE

std::string Generator::Merge() {
  const std::vector<Variable> there = ElementsThere();
  std::string text = "MERGE ";
  std::string name;
  const std::string type(choices_.OneOf(kTypes));
  switch (there.empty() ? 0 : choices_.Weighted({50, 25, 25})) {
    case 0: {
      name = New('n');
      const std::string_view key = choices_.OneOf({"n", "s", "k"});
      text += fmt::format("({}:{} {{{}: {}}})", name, choices_.OneOf(kLabels), key, PropertyLiteral(key));
      break;
    }
    case 1: {
      name = New('n');
      const std::string known = choices_.OneOf(there).name;
      text += fmt::format("({})-[:{}]->({}:{})", known, type, name, choices_.OneOf(kLabels));
      break;
    }
    default: {
      const std::string known = choices_.OneOf(there).name;
      text += fmt::format("({})-[:{}]->({})", known, type, choices_.OneOf(there).name);
    }
  }
  if (!name.empty()) {
    if (choices_.Percent(30)) text += fmt::format(" ON CREATE SET {}.x = {}", name, PropertyLiteral("x"));
    if (choices_.Percent(30)) text += fmt::format(" ON MATCH SET {}.v = {}", name, PropertyLiteral("v"));
    scope_.Add(name, Kind::kNode);
  }
  ids_open_ = true;
  return text;
}

// ---- SET, REMOVE

std::string Generator::Set() {
  const Kind kind = Has({Kind::kNode}) && choices_.Percent(75) ? Kind::kNode : Kind::kRelationship;
  const std::vector<Variable> targets = scope_.Of({kind});
  if (targets.empty()) return "SET " + SetItems(NameOf({Kind::kNode}), Kind::kNode);
  return "SET " + SetItems(choices_.OneOf(targets).name, kind);
}

std::string Generator::SetItems(const std::string& target, Kind kind) {
  row_ = {};
  row_.Add(target, kind);
  std::string text;
  switch (choices_.Weighted({45, 20, 8, 10, kind == Kind::kNode ? 20u : 0u, 8})) {
    case 0: {
      const std::string_view key = choices_.OneOf({"n", "n", "x", "s", "s", "v", "d", "l", "k"});
      text = fmt::format("{}.{} = {}", target, key, choices_.Percent(10) ? "null" : WrittenValue(key, true));
      break;
    }
    case 1: {
      const std::string number = PropertyLiteral("n");
      text = fmt::format("{}.n = {}, {}.v = {}", target, number, target, PropertyLiteral("v"));
      break;
    }
    case 2:
      text = fmt::format("{} = {}", target, choices_.OneOf({"{n: 1, s: 'a'}", "{}", "$m"}));
      break;
    case 3:
      text = fmt::format("{} += {}", target, choices_.OneOf({"{n: 2, x: 1.5}", "{s: null}", "$m"}));
      break;
    case 4:
      text = fmt::format("{}:{}", target, choices_.OneOf(kLabels));
      if (choices_.Percent(30)) text += ":C";
      break;
    default:
      text = target + choices_.OneOf({" VALID FROM '2020-01-01'", " VALID FROM '2018' UNTIL '2021'"});
  }
  return text;
}

std::string Generator::Remove() {
  const std::string name = NameOf({Kind::kNode, Kind::kRelationship});
  switch (choices_.Weighted({60, Has({Kind::kNode}) ? 30u : 0u, 10})) {
    case 0:
      return fmt::format("REMOVE {}.{}", name, choices_.OneOf({"n", "x", "s", "v", "k"}));
    case 1:
      return fmt::format("REMOVE {}:{}", NameOf({Kind::kNode}), choices_.OneOf(kLabels));
    default:
      return fmt::format("REMOVE {} VALID", name);
  }
}

// ---- DELETE, FOREACH, CALL

std::string Generator::Delete() {
  const bool relationship = Has({Kind::kRelationship}) && choices_.Percent(60);
  const bool path = Has({Kind::kPath}) && choices_.Percent(25);
  std::string text;
  if (path) {
    text = "DETACH DELETE " + NameOf({Kind::kPath});
  } else if (relationship || !Has({Kind::kNode})) {
    text = "DELETE " + NameOf({Kind::kRelationship});
  } else {
    text = (choices_.Percent(90) ? "DETACH DELETE " : "DELETE ") + NameOf({Kind::kNode});
  }
  // What may be deleted is not asked again.
  const std::vector<Variable> left = scope_.Of({Kind::kInteger, Kind::kString});
  scope_ = {};
  for (const Variable& each : left) scope_.Add(each.name, each.kind);
  return text;
}

std::string Generator::Foreach() {
  const Scope around = scope_;
  const std::string name = New('u');
  const std::string list(choices_.OneOf({"[0, 1, 2]", "[1, 1]", "range(1, 2)", "$l", "[]"}));
  const std::vector<Variable> targets = scope_.Of({Kind::kNode, Kind::kRelationship});
  scope_.Add(name, Kind::kInteger);
  std::string update;
  switch (choices_.Weighted({40, 25, targets.empty() ? 0u : 35u})) {
    case 0:
      update = Create();
      break;
    case 1:
      update = fmt::format("MERGE (:{} {{n: {}}})", choices_.OneOf(kLabels), name);
      break;
    default:
      update = fmt::format("SET {}.n = {}", choices_.OneOf(targets).name, name);
  }
  ids_open_ = true;
  scope_ = around;
  return fmt::format("FOREACH ({} IN {} | {})", name, list, update);
}

std::string Generator::WritingCall() {
  const Scope around = scope_;
  std::vector<Variable> imports = ElementsThere();
  if (imports.size() > 1) imports.resize(1);
  scope_ = {};
  for (const Variable& each : imports) scope_.Add(each.name, each.kind);
  const std::string import = imports.empty() ? "" : imports.front().name;
  const std::string update =
      imports.empty() || choices_.Percent(60) ? Create() : "SET " + SetItems(import, Kind::kNode);
  scope_ = around;
  return fmt::format("CALL ({}) {{ {} }}", import, update);
}

}  // namespace plenum::tests
