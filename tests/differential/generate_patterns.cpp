// Patterns. Their lengths are bounded, but over the rarest type: a random graph has many paths.
#include <fmt/format.h>

#include <algorithm>

#include "tests/differential/generator.h"
#include "tests/differential/vocabulary.h"

namespace plenum::tests {

std::string Generator::Paths(int steps) {
  if (choices_.Percent(4)) return ChosenPath();
  if (choices_.Percent(5)) return ModePath(steps);
  const auto paths = static_cast<int>(1 + choices_.Weighted({65, 25, 10}));
  std::string text;
  for (int i = 0; i < paths; ++i) {
    const int here = i + 1 == paths ? steps : static_cast<int>(choices_.Below(static_cast<std::size_t>(steps) + 1));
    steps -= here;
    if (i != 0) text += ", ";
    text += Path(here, NewVariables::kYes, choices_.Percent(i == 0 ? 70 : 85));
  }
  return text;
}

std::string Generator::Path(int steps, NewVariables make, bool join) {
  if (make == NewVariables::kNo || !choices_.Percent(8)) return Steps(steps, make, join);
  const std::string name = New('p');
  const std::string text = name + " = " + Steps(steps, make, join);
  scope_.Add(name, Kind::kPath);
  return text;
}

// A path that a selector chooses. Where it may be any of several, nothing is named but its ends and itself.
std::string Generator::ChosenPath() {
  const std::size_t which = choices_.Below(9);
  static constexpr std::string_view kSelectors[] = {"ANY SHORTEST ", "SHORTEST 1 ",        "SHORTEST 2 ",
                                                    "ALL SHORTEST ", "SHORTEST 2 GROUPS ", "ANY ",
                                                    "ANY 2 ",        "shortestPath(",      "allShortestPaths("};
  const bool function = which >= 7;
  const bool all = which == 3 || which == 4 || which == 8;
  const bool any = which == 5 || which == 6;
  const std::string_view mode =
      function || choices_.Percent(80) ? "" : choices_.OneOf({"TRAIL ", "ACYCLIC ", "SIMPLE "});
  const std::string first = Node(NewVariables::kYes, choices_.Percent(50));
  const std::string_view length = choices_.OneOf({"*", "*..3", "*1..2"});
  const std::string arrow =
      Arrow(fmt::format("[{}{}]", Types(), which == 4 || any ? std::string_view("*..3") : length));
  const std::string last = Node(NewVariables::kYes, choices_.Percent(30));
  const std::string path =
      fmt::format("{}{}{}{}{}{}", kSelectors[which], mode, first, arrow, last, function ? ")" : "");
  if (any) return path;
  const std::string name = New('p');
  scope_.Add(name, all ? Kind::kPath : Kind::kChosenPath);
  return name + " = " + path;
}

std::string Generator::ModePath(int steps) {
  const std::string_view mode = choices_.OneOf({"WALK ", "TRAIL ", "ACYCLIC ", "SIMPLE "});
  const std::string name = New('p');
  walks_ = mode == "WALK ";
  const std::string text = fmt::format("{} = {}{}", name, mode, Steps(steps, NewVariables::kYes, false));
  walks_ = false;
  scope_.Add(name, Kind::kPath);
  return text;
}

std::string Generator::Steps(int steps, NewVariables make, bool join) {
  std::string text = Node(make, join);
  for (int i = 0; i < steps; ++i) {
    if (make == NewVariables::kYes && choices_.Percent(3)) {
      text += " " + Group() + " ";
    } else {
      text += Step(make);
    }
    text += Node(make, i + 1 == steps && choices_.Percent(15));
  }
  return text;
}

std::string Generator::Node(NewVariables make, bool join) {
  const bool known = Has({Kind::kNode});
  if (known && (join || choices_.Percent(8))) return KnownNode();
  const bool named = make == NewVariables::kYes && choices_.Percent(70);
  const std::string name = named ? New('n') : "";
  std::string text = "(" + name;
  if (choices_.Percent(30)) text += Labels();
  if (choices_.Percent(4)) text += InlineProperties(true);
  if (choices_.Percent(3)) text += " " + ValidFilter();
  if (named && choices_.Percent(6)) text += InlineCondition(name, Kind::kNode);
  if (named) scope_.Add(name, Kind::kNode);
  return text + ")";
}

std::string Generator::KnownNode() {
  const std::string name = NameOf({Kind::kNode});
  return fmt::format("({}{})", name, choices_.Percent(10) ? Labels() : "");
}

std::string Generator::Step(NewVariables make) {
  if (choices_.Percent(9)) return RepeatedStep(make);
  return Arrow(choices_.Percent(12) ? "" : RelationshipDetails(make));
}

std::string Generator::Arrow(std::string_view inside) {
  switch (choices_.Weighted({50, 22, 28})) {
    case 0:
      return fmt::format("-{}->", inside);
    case 1:
      return fmt::format("<-{}-", inside);
    default:
      return fmt::format("-{}-", inside);
  }
}

std::string Generator::RelationshipDetails(NewVariables make) {
  if (known_ != 0 && choices_.Percent(4)) {  // one that an earlier clause found
    const Variable& known = scope_.variables()[choices_.Below(known_)];
    if (known.kind == Kind::kRelationship) {
      known_ = 0;  // once
      return "[" + known.name + "]";
    }
  }
  const bool named = make == NewVariables::kYes && choices_.Percent(40);
  const std::string name = named ? New('r') : "";
  std::string text = "[" + name;
  if (choices_.Percent(65)) text += Types();
  if (choices_.Percent(4)) text += InlineProperties(false);
  if (choices_.Percent(4)) text += " " + ValidFilter();
  if (named && choices_.Percent(6)) text += InlineCondition(name, Kind::kRelationship);
  if (named) scope_.Add(name, Kind::kRelationship);
  return text + "]";
}

std::string Generator::RepeatedStep(NewVariables make) {
  if (!walks_ && !ids_open_ && choices_.Percent(12)) return Arrow(choices_.OneOf({"[:T*]", "[:T*0..]", "[:T*2..]"}));
  if (choices_.Percent(25)) {
    return Arrow("[" + Types() + "]") + choices_.OneOf({"{1,2}", "{2}", "{0,1}", "{,2}"});
  }
  const bool named = make == NewVariables::kYes && choices_.Percent(40);
  const std::string name = named ? New('r') : "";
  const std::string types = Types();
  const std::string_view range = choices_.OneOf({"*1..2", "*2", "*..2", "*0..1", "*1..3", "*0..2"});
  const std::string properties = choices_.Percent(8) ? InlineProperties(false) : "";
  if (named) scope_.Add(name, Kind::kRelationships);
  return Arrow(fmt::format("[{}{}{}{}]", name, types, range, properties));
}

// A piece that is repeated; outside of it, its variables are lists.
std::string Generator::Group() {
  const std::string first = New('n');
  const std::string relationship = New('r');
  const std::string last = New('n');
  std::string text = fmt::format("(({}){}({})", first, Arrow("[" + relationship + Types() + "]"), last);
  if (choices_.Percent(40)) {
    const Scope around = scope_;
    scope_ = {};
    scope_.Add(first, Kind::kNode);
    scope_.Add(relationship, Kind::kRelationship);
    scope_.Add(last, Kind::kNode);
    text += " WHERE " + PropertyComparison();
    scope_ = around;
  }
  scope_.Add(first, Kind::kNodes);
  scope_.Add(relationship, Kind::kRelationships);
  scope_.Add(last, Kind::kNodes);
  return text + ")" + choices_.OneOf({"{1,2}", "{2}", "{0,2}"});
}

std::string Generator::Labels() {
  const std::string_view one = kLabels[choices_.Weighted({5, 3, 1})];
  const std::string_view other = choices_.OneOf(kLabels);
  switch (choices_.Weighted({70, 10, 5, 3, 5, 2, 2, 1})) {
    case 0:
      return fmt::format(":{}", one);
    case 1:
      return fmt::format(":{}|{}", one, other);
    case 2:
      return fmt::format(":{}&{}", one, other);
    case 3:
      return fmt::format(":{}:{}", one, other);
    case 4:
      return fmt::format(":!{}", one);
    case 5:
      return ":%";
    case 6:
      return fmt::format(":({}|{})&!B", one, other);
    default:
      return ":Nowhere";
  }
}

std::string Generator::Types() {
  return choices_.OneOf(
      {":R", ":R", ":R", ":R", ":R", ":R|S", ":R|S", ":S", ":S", ":T", ":!R", ":%", ":R|S|T", ":!T", ":R&!S"});
}

std::string Generator::InlineProperties(bool of_node) {
  const std::string_view key = choices_.OneOf({"n", "x", "s", "v", of_node ? "k" : "n"});
  return fmt::format(" {{{}: {}}}", key, PropertyLiteral(key));
}

std::string Generator::InlineCondition(const std::string& variable, Kind kind) {
  const Scope around = scope_;
  scope_ = {};
  scope_.Add(variable, kind);
  const std::string text = " WHERE " + PropertyComparison();
  scope_ = around;
  return text;
}

std::string Generator::ValidFilter() {
  switch (choices_.Weighted({30, 15, 15, 15, 10, 15})) {
    case 0:
      return "VALID AT " + Day();
    case 1:
      return "VALID CERTAINLY AT " + Day();
    case 2:
      return "VALID POSSIBLY AT " + Day();
    case 3:
      return "VALID DURING " + Day();
    case 4:
      return "VALID DURING '2019-06-01' UNTIL '2020-08-01'";
    default:
      return "VALID AT ANY TIME";
  }
}

std::string Generator::PatternPredicate() {
  return Path(static_cast<int>(1 + choices_.Weighted({75, 25})), NewVariables::kNo, true);
}

std::string Generator::SubqueryBody(int budget) {
  const Scope around = scope_;
  ++subqueries_;
  const auto steps = static_cast<int>(1 + choices_.Weighted({70, 30}));
  const bool join = choices_.Percent(85);
  const bool query = choices_.Percent(30);
  std::string text = choices_.Percent(4) ? ValidFilter() + " " : "";
  if (query) text += "MATCH ";

  text += Path(steps, NewVariables::kYes, join);
  if (choices_.Percent(40)) text += Where(std::min(budget, 2));
  if (query && choices_.Percent(60))
    text += " RETURN " + std::string(choices_.Percent(40) ? "DISTINCT " : "") + Value(1) + " AS c";
  --subqueries_;
  scope_ = around;
  return text;
}

}  // namespace plenum::tests
