// Expressions by the kind of their values.
#include <fmt/format.h>

#include "tests/differential/generator.h"
#include "tests/differential/literal_text.h"
#include "tests/differential/vocabulary.h"

namespace plenum::tests {

Generator::Column Generator::OfKind(Kind kind, int budget) {
  const auto made = [&](std::string text) { return Column{.text = std::move(text), .name = "", .kind = kind}; };
  switch (kind) {
    case Kind::kInteger:
      return made(Integer(budget));
    case Kind::kNumber:
      return made(Number(budget));
    case Kind::kString:
      return made(Text(budget));
    case Kind::kBoolean:
      return made(ConditionAsValue(budget));
    case Kind::kIntegers:
      return made(Integers(budget));
    case Kind::kMap:
      return made(MapOf(budget));
    case Kind::kBag:
      query_.open.list_order = true;
      query_.open.number_kind = true;
      return made(choices_.Percent(50) ? PatternComprehension() : CollectSubquery());
    default:
      return made(choices_.Percent(90) ? Value(budget) : AnyList(budget));
  }
}

std::string Generator::Property(std::string_view key) {
  if (!Has({Kind::kNode, Kind::kRelationship})) return PropertyLiteral(key);
  return fmt::format("{}.{}", NameOf({Kind::kNode, Kind::kRelationship}), key);
}

// A value that the key often has.
std::string Generator::PropertyLiteral(std::string_view key) {
  switch (key.front()) {
    case 'n':
      return choices_.OneOf({"0", "1", "2", "3", "$i"});
    case 'x':
      return choices_.OneOf({"0", "1", "1.0", "2", "2.5", "-1", "$x"});
    case 's':
      return choices_.OneOf({"''", "'a'", "'ab'", "'b'", "$s"});
    case 'b':
      return choices_.OneOf({"true", "false"});
    case 'd':
      return choices_.OneOf({"date('2020-06-01')", "date('2021-01-01')", "partialDate('2020')", "$d"});
    case 'l':
      return choices_.OneOf({"[]", "[1]", "[1, 2]", "$l"});
    case 'k':
      return choices_.OneOf({"0", "1", "2", "3", "4.0", "5", "'k1'", "'k2'", "3.5"});
    default:
      return PropertyLiteral(kKeys[choices_.Below(6)]);
  }
}

std::string Generator::Day() {
  return choices_.OneOf({"'2018-06-01'", "'2019'", "'2020-06'", "'2020-06-01'", "'2021-06-01'", "'2022'", "$when",
                         "(date('2020-01-01'))", "'2023'"});
}

std::string Generator::Integer(int budget) {
  if (budget <= 1) return IntegerTerm();
  const auto less = [&] { return Integer(budget / 2); };
  const auto of_two = [&](std::string_view sign) {
    const std::string first = less();
    return fmt::format("({} {} {})", first, sign, less());
  };
  return choices_.Pick({{50, [&] { return IntegerTerm(); }},
                        {9, [&] { return of_two("+"); }},
                        {5, [&] { return of_two("-"); }},
                        {4, [&] { return of_two("*"); }},
                        {3, [&] { return fmt::format("({} / 2)", less()); }},
                        {3, [&] { return fmt::format("({} % 3)", less()); }},
                        {3, [&] { return of_two("/"); }},
                        {2, [&] { return fmt::format("-({})", less()); }},
                        {3, [&] { return fmt::format("abs({})", less()); }},
                        {4, [&] { return fmt::format("coalesce({}, 7)", less()); }},
                        {4, [&] { return fmt::format("size({})", Integers(budget / 2)); }},
                        {2, [&] { return fmt::format("toInteger(toString({}))", less()); }},
                        {3,
                         [&] {
                           const std::string name = New('x');
                           const std::string list = Integers(budget / 2);
                           return fmt::format("reduce(total = 0, {} IN {} | total + {})", name, list, name);
                         }},
                        {4,
                         [&] {
                           const std::string when = Condition(1);
                           const std::string then = less();
                           return fmt::format("CASE WHEN {} THEN {} ELSE {} END", when, then, less());
                         }},
                        {SubqueryWeight(5), [&] { return "COUNT { " + SubqueryBody(budget / 2) + " }"; }},
                        {SubqueryWeight(2), [&] { return fmt::format("size({})", PatternComprehension()); }}});
}

std::string Generator::IntegerTerm() {
  const bool elements = Has({Kind::kNode, Kind::kRelationship});
  return choices_.Pick({{25, [&] { return fmt::format("{}", choices_.Below(4)); }},
                        {4, [&] { return "$i"; }},
                        {elements ? 35u : 0u, [&] { return Property("n"); }},
                        {elements ? 8u : 0u, [&] { return IntegerOfElement(); }},
                        {Has({Kind::kInteger}) ? 30u : 0u, [&] { return NameOf({Kind::kInteger}); }},
                        {Has({Kind::kPath, Kind::kChosenPath}) ? 15u : 0u,
                         [&] {
                           return fmt::format("length({})", NameOf({Kind::kPath, Kind::kChosenPath}));
                         }},
                        {scope_.Of({Kind::kNode}).size() > 1 ? 3u : 0u,
                         [&] {
                           const std::string first = NameOf({Kind::kNode});
                           const std::string last = NameOf({Kind::kNode});
                           return fmt::format("length(shortestPath(({})-[:R|S*..4]-({})))", first, last);
                         }},
                        {Has({Kind::kNodes, Kind::kRelationships, Kind::kBag}) ? 15u : 0u, [&] {
                           return fmt::format("size({})", NameOf({Kind::kNodes, Kind::kRelationships, Kind::kBag}));
                         }}});
}

std::string Generator::IntegerOfElement() {
  const std::string name = NameOf({Kind::kNode, Kind::kRelationship});
  switch (choices_.Below(6)) {
    case 0:
      return ids_open_ ? fmt::format("size(keys({}))", name) : fmt::format("id({})", name);
    case 1:
      return fmt::format("size(keys({}))", name);
    case 2:
      return fmt::format("days(validity({}))", name);
    case 3:
      return fmt::format("validity({}).from.year", name);
    case 4:
      return fmt::format("size({}.s)", name);

    default:
      return fmt::format("size(properties({}).l)", name);
  }
}

std::string Generator::Number(int budget) {
  if (budget <= 1) return choices_.Percent(70) ? Property("x") : PropertyLiteral("x");
  const auto less = [&] { return Number(budget / 2); };
  return choices_.Pick({{40, [&] { return Property("x"); }},
                        {15, [&] { return Integer(budget / 2); }},
                        {Has({Kind::kNumber}) ? 20u : 0u, [&] { return NameOf({Kind::kNumber}); }},
                        {8,
                         [&] {
                           const std::string first = less();
                           return fmt::format("({} + {})", first, less());
                         }},
                        {6,
                         [&] {
                           const std::string first = less();
                           return fmt::format("({} * {})", first, Integer(1));
                         }},
                        {5, [&] { return fmt::format("({} / 2)", less()); }},
                        {4, [&] { return fmt::format("toFloat({})", Integer(1)); }},
                        {4, [&] { return fmt::format("abs({})", Property("v")); }},
                        {4, [&] { return fmt::format("round({} / 3.0, 2)", less()); }},
                        {3, [&] { return fmt::format("floor({})", less()); }},
                        {2, [&] { return fmt::format("sqrt(abs({}))", less()); }},
                        {2, [&] { return fmt::format("toFloat({})", Property("s")); }},
                        {3, [&] { return fmt::format("({} ^ 2)", less()); }}});
}

std::string Generator::Text(int budget) {
  if (budget <= 1) {
    if (Has({Kind::kString}) && choices_.Percent(40)) return NameOf({Kind::kString});
    return choices_.Percent(70) ? Property("s") : PropertyLiteral("s");
  }
  const auto less = [&] { return Text(budget / 2); };
  return choices_.Pick(
      {{35, [&] { return Text(1); }},
       {10, [&] { return fmt::format("toString({})", Integer(budget / 2)); }},
       {Has({Kind::kRelationship}) ? 15u : 0u, [&] { return fmt::format("type({})", NameOf({Kind::kRelationship})); }},
       {Has({Kind::kNode}) ? 8u : 0u, [&] { return fmt::format("head(labels({}))", NameOf({Kind::kNode})); }},
       {6, [&] { return fmt::format("toUpper({})", less()); }},
       {6,
        [&] {
          const std::string first = less();
          return fmt::format("({} + {})", first, less());
        }},
       {4, [&] { return fmt::format("substring({}, 1)", less()); }},
       {4, [&] { return fmt::format("left({}, 1)", less()); }},
       {2, [&] { return fmt::format("trim({})", less()); }},
       {2, [&] { return fmt::format("({} || 'z')", less()); }},
       {3, [&] { return fmt::format("replace({}, 'a', 'xy')", less()); }},
       {3, [&] { return fmt::format("reverse({})", less()); }},
       {5, [&] { return fmt::format("coalesce({}, '?')", less()); }},
       {4, [&] { return fmt::format("toUpper({})", Property("v")); }},
       {3, [&] { return fmt::format("valueType({})", Value(1)); }}});
}

std::string Generator::Boolean() { return choices_.OneOf({"true", "false", "null", "$nothing IS NULL", "1 < $i"}); }

std::string Generator::Value(int budget) {
  const bool elements = Has({Kind::kNode, Kind::kRelationship});
  if (budget <= 1) {
    if (Has({Kind::kValue}) && choices_.Percent(40)) return NameOf({Kind::kValue});
    return choices_.Percent(85) ? Property(choices_.OneOf(kKeys)) : PropertyLiteral("v");
  }
  const auto less = [&] { return Value(budget / 2); };
  return choices_.Pick({{45, [&] { return Value(1); }},
                        {8, [&] { return Integer(budget); }},
                        {8, [&] { return Number(budget); }},
                        {8, [&] { return Text(budget); }},
                        {2, [&] { return "null"; }},
                        {5,
                         [&] {
                           const std::string first = less();
                           return fmt::format("coalesce({}, {})", first, less());
                         }},
                        {6, [&] { return Case(budget); }},
                        {3, [&] { return fmt::format("head({})", AnyList(budget / 2)); }},
                        {3,
                         [&] {
                           return fmt::format("{}[{}]", AnyList(budget / 2), choices_.OneOf({"0", "1", "-1"}));
                         }},
                        {2, [&] { return fmt::format("({}).n", MapOf(1)); }},
                        {elements ? 6u : 0u, [&] { return TimeValue(); }},
                        {2, [&] { return fmt::format("last({})", Integers(budget / 2)); }},
                        {2, [&] { return fmt::format("isEmpty({})", Property("l")); }},
                        {2, [&] { return fmt::format("toBoolean({})", Property("s")); }},
                        {3,
                         [&] {
                           return fmt::format("date('2020-06-01').{}", choices_.OneOf({"month", "week"}));
                         }},

                        {elements ? 2u : 0u, [&] {
                           return fmt::format("{}['v']", NameOf({Kind::kNode, Kind::kRelationship}));
                         }}});
}

std::string Generator::TimeValue() {
  const std::string first = NameOf({Kind::kNode, Kind::kRelationship});
  const std::string second = NameOf({Kind::kNode, Kind::kRelationship});
  switch (choices_.Below(5)) {
    case 0:
      return fmt::format("overlap({}, {})", first, second);
    case 1:
      return fmt::format("gap({}, {})", first, second);
    case 2:
      return fmt::format("certainly({}, {})", first, Day());
    default:
      return fmt::format("validity({})", first);
  }
}

std::string Generator::NodeOfRelationship() {
  return fmt::format("{}({})", choices_.OneOf({"startNode", "endNode"}), NameOf({Kind::kRelationship}));
}

std::string Generator::Case(int budget) {
  if (choices_.Percent(40)) {
    const std::string subject = Value(1);
    const std::string when = PropertyLiteral("v");
    return fmt::format("CASE {} WHEN {} THEN {} WHEN null THEN 'none' END", subject, when, Value(budget / 2));
  }
  const std::string when = Condition(1);
  const std::string then = Value(budget / 2);
  return fmt::format("CASE WHEN {} THEN {} ELSE {} END", when, then, Value(1));
}

std::string Generator::Integers(int budget) {
  return choices_.Pick({{25,
                         [&] {
                           return choices_.OneOf({"[0, 1, 2]", "[1, 2]", "[3]", "[]", "[1, 1, 2]", "[2, null]"});
                         }},
                        {10, [&] { return "$l"; }},
                        {15, [&] { return Property("l"); }},
                        {12, [&] { return fmt::format("range(0, {})", choices_.Below(4)); }},
                        {Has({Kind::kIntegers}) ? 20u : 0u, [&] { return NameOf({Kind::kIntegers}); }},
                        {budget > 1 ? 10u : 0u, [&] { return ListComprehension(budget / 2); }},
                        {budget > 1 ? 4u : 0u, [&] { return fmt::format("tail({})", Integers(budget / 2)); }},
                        {budget > 1 ? 4u : 0u, [&] { return fmt::format("reverse({})", Integers(budget / 2)); }},
                        {budget > 1 ? 4u : 0u, [&] { return fmt::format("{}[..2]", Integers(1)); }},
                        {budget > 1 ? 4u : 0u, [&] {
                           const std::string first = Integers(1);
                           return fmt::format("({} + {})", first, Integers(1));
                         }}});
}

std::string Generator::ListComprehension(int budget) {
  const Scope around = scope_;
  const std::string name = New('x');
  const std::string list = Integers(budget / 2);
  scope_.Add(name, Kind::kInteger);
  const std::string where = choices_.Percent(50) ? fmt::format(" WHERE {} > {}", name, IntegerTerm()) : "";
  const std::string map = choices_.Percent(60) ? " | " + Integer(budget) : "";
  scope_ = around;
  return fmt::format("[{} IN {}{}{}]", name, list, where, map);
}

std::string Generator::AnyList(int budget) {
  return choices_.Pick(
      {{30, [&] { return Integers(budget); }},
       {Has({Kind::kNode}) ? 15u : 0u, [&] { return fmt::format("labels({})", NameOf({Kind::kNode})); }},
       {Has({Kind::kNode, Kind::kRelationship}) ? 10u : 0u,
        [&] {
          return fmt::format("keys({})", NameOf({Kind::kNode, Kind::kRelationship}));
        }},
       {Has({Kind::kRelationships}) ? 20u : 0u,
        [&] { return fmt::format("[x IN {} | x.n]", NameOf({Kind::kRelationships})); }},
       {Has({Kind::kNodes}) ? 20u : 0u, [&] { return fmt::format("[x IN {} | x.v]", NameOf({Kind::kNodes})); }},
       {Has({Kind::kPath}) ? 20u : 0u,
        [&] { return fmt::format("[x IN relationships({}) | type(x)]", NameOf({Kind::kPath})); }},
       {Has({Kind::kPath}) ? 20u : 0u, [&] { return fmt::format("[x IN nodes({}) | x.k]", NameOf({Kind::kPath})); }},
       {5, [&] { return fmt::format("split({}, 'a')", Text(1)); }},
       {15, [&] {
          const std::string first = Value(budget / 2);
          return fmt::format("[{}, {}]", first, Value(1));
        }}});
}

std::string Generator::MapOf(int budget) {
  const bool elements = Has({Kind::kNode, Kind::kRelationship});
  const auto name = [&] { return NameOf({Kind::kNode, Kind::kRelationship}); };
  return choices_.Pick({{20,
                         [&] {
                           const std::string first = Integer(budget / 2);
                           return "{n: " + first + ", other: " + Value(budget / 2) + "}";
                         }},
                        {5, [&] { return "$m"; }},
                        {elements ? 15u : 0u, [&] { return "properties(" + name() + ")"; }},
                        {elements ? 15u : 0u, [&] { return name() + " {.n, .s}"; }},
                        {elements ? 10u : 0u, [&] { return name() + " {.*}"; }},
                        {elements ? 15u : 0u, [&] {
                           const std::string of = name();
                           return of + " {.v, other: " + Value(budget / 2) + "}";
                         }}});
}

std::string Generator::PatternComprehension() {
  const Scope around = scope_;
  ++subqueries_;
  std::string text = "[" + Steps(static_cast<int>(choices_.Between(1, 2)), NewVariables::kYes, true);
  if (choices_.Percent(40)) text += Where(1);
  text += " | " + Value(1) + "]";
  --subqueries_;
  scope_ = around;
  return text;
}

std::string Generator::CollectSubquery() {
  const Scope around = scope_;
  ++subqueries_;
  std::string text = "COLLECT { MATCH " + Steps(1, NewVariables::kYes, true);
  if (choices_.Percent(40)) text += Where(1);
  text += " RETURN " + Value(1) + " AS c }";
  --subqueries_;
  scope_ = around;
  return text;
}

}  // namespace plenum::tests
