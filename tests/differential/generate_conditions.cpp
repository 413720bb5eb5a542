// Conditions: what WHERE asks.
#include <fmt/format.h>

#include "tests/differential/generator.h"
#include "tests/differential/vocabulary.h"

namespace plenum::tests {

std::string Generator::Where(int budget) { return " WHERE " + Condition(std::min(budget, 4)); }

std::string Generator::Condition(int budget) {
  if (budget <= 1) return SimpleCondition();
  const auto less = [&] { return Condition(budget / 2); };
  const auto joined = [&](std::string_view by) {
    const std::string first = less();
    return fmt::format("({} {} {})", first, by, less());
  };
  return choices_.Pick({{60, [&] { return SimpleCondition(); }},
                        {14, [&] { return joined("AND"); }},
                        {10, [&] { return joined("OR"); }},
                        {3, [&] { return joined("XOR"); }},
                        {10, [&] { return "NOT " + less(); }},
                        {SubqueryWeight(16), [&] { return PatternCondition(budget); }},
                        {4, [&] { return QuantifiedCondition(budget); }}});
}

// As a value a pattern must stand within another condition.
std::string Generator::ConditionAsValue(int budget) {
  return choices_.Pick({{70, [&] { return SimpleCondition(); }},
                        {10, [&] { return "NOT " + Condition(budget / 2); }},
                        {SubqueryWeight(10), [&] { return "EXISTS { " + SubqueryBody(budget / 2) + " }"; }},
                        {10, [&] {
                           const std::string first = SimpleCondition();
                           return fmt::format("({} OR {})", first, Condition(budget / 2));
                         }}});
}

std::string Generator::SimpleCondition() {
  const unsigned with_elements = Has({Kind::kNode, Kind::kRelationship}) ? 1 : 0;
  const unsigned with_values = Has({Kind::kInteger, Kind::kNumber, Kind::kString, Kind::kValue, Kind::kSomeOf}) ? 1 : 0;
  return choices_.Pick({{30 * with_elements, [&] { return PropertyComparison(); }},
                        {10 * with_elements, [&] { return ElementComparison(); }},
                        {10 * with_elements, [&] { return LabelCondition(); }},
                        {6 * with_elements, [&] { return TimeCondition(); }},
                        {12 * with_values, [&] { return Comparison(); }},
                        {6, [&] { return ChainOfComparisons(); }},
                        {9, [&] { return Membership(); }},
                        {8, [&] { return NullTest(); }},
                        {8, [&] { return TextCondition(); }},
                        {3, [&] { return Boolean(); }},
                        {Has({Kind::kBag}) ? 15u : 0u, [&] { return BagCondition(); }}});
}

std::string Generator::PropertyComparison() {
  const std::string_view sign = choices_.OneOf({"=", "=", "<>", "<", "<=", ">", ">=", ">="});
  const std::string_view key = choices_.OneOf({"n", "n", "n", "x", "x", "s", "v", "k", "d", "b", "l"});
  const std::string first = Property(key);
  // An element alone would be compared with itself.
  const unsigned literals = scope_.Of({Kind::kNode, Kind::kRelationship}).size() > 1 ? 60 : 92;
  return fmt::format("{} {} {}", first, sign, choices_.Percent(literals) ? PropertyLiteral(key) : Property(key));
}

std::string Generator::Comparison() {
  const std::string name = NameOf({Kind::kInteger, Kind::kNumber, Kind::kString, Kind::kValue, Kind::kSomeOf});
  return fmt::format("{} {} {}", name, choices_.OneOf({"=", "<>", "<", ">=", ">"}), Value(1));
}

std::string Generator::ChainOfComparisons() {
  const std::string first = Integer(1);
  const std::string second = Integer(1);
  return fmt::format("{} {} {} {} {}", first, choices_.OneOf({"<", "<="}), second, choices_.OneOf({"<", "<=", "="}),
                     Integer(1));
}

std::string Generator::ElementComparison() {
  const Kind kind =
      !Has({Kind::kRelationship}) || (Has({Kind::kNode}) && choices_.Percent(75)) ? Kind::kNode : Kind::kRelationship;
  if (Has({Kind::kRelationship}) && Has({Kind::kNode}) && choices_.Percent(10)) {
    const std::string end = NodeOfRelationship();
    return fmt::format("{} = {}", end, NameOf({Kind::kNode}));
  }
  const std::string first = NameOf({kind});
  const std::string other = NameOf({kind});
  if (Has({Kind::kNodes}) && kind == Kind::kNode && choices_.Percent(30)) {
    return fmt::format("{} IN {}", first, NameOf({Kind::kNodes}));
  }
  if (choices_.Percent(10)) return fmt::format("{} <> {} <> {}", first, other, NameOf({kind}));
  if (!ids_open_ && choices_.Percent(25)) return fmt::format("id({}) < id({})", first, other);
  return fmt::format("{} {} {}", first, choices_.Percent(75) ? "<>" : "=", other);
}

std::string Generator::Membership() {
  return choices_.Pick({{30, [&] { return fmt::format("{} IN [0, 1, 2.5, 'a', null]", Value(1)); }},
                        {30,
                         [&] {
                           const std::string first = Integer(1);
                           return fmt::format("{} IN {}", first, Integers(1));
                         }},
                        {20, [&] { return fmt::format("{} IN ['a', 'b', '']", Text(1)); }},
                        {20, [&] { return fmt::format("{} IN {}", Integer(1), "$l"); }}});
}

std::string Generator::NullTest() {
  const std::string_view test = choices_.Percent(50) ? "IS NULL" : "IS NOT NULL";
  if (Has({Kind::kNode, Kind::kRelationship}) && choices_.Percent(40)) {
    return fmt::format("{} {}", NameOf({Kind::kNode, Kind::kRelationship}), test);
  }
  return fmt::format("{} {}", Property(choices_.OneOf({"n", "x", "s", "v", "k", "d"})), test);
}

std::string Generator::TextCondition() {
  const std::string text = choices_.Percent(80) ? Property(choices_.OneOf({"s", "s", "s", "v"})) : Text(2);
  return fmt::format("{} {}", text,
                     choices_.OneOf({"STARTS WITH 'a'", "ENDS WITH 'b'", "CONTAINS 'b'", "=~ '(?i)a.*'", "CONTAINS $s",
                                     "STARTS WITH ''"}));
}

std::string Generator::LabelCondition() {
  if (Has({Kind::kRelationship}) && (!Has({Kind::kNode}) || choices_.Percent(30))) {
    const std::string relationship = NameOf({Kind::kRelationship});
    if (choices_.Percent(40)) return relationship + ":(" + Types().substr(1) + ")";
    return fmt::format("type({}) = '{}'", relationship, choices_.OneOf(kTypes));
  }
  const std::string node = NameOf({Kind::kNode});
  if (choices_.Percent(15)) return fmt::format("'{}' IN labels({})", choices_.OneOf(kLabels), node);
  return node + ":(" + Labels().substr(1) + ")";  // within a list comprehension a | would be its own
}

std::string Generator::TimeCondition() {
  const std::string name = NameOf({Kind::kNode, Kind::kRelationship});
  switch (choices_.Below(4)) {
    case 0:
      return fmt::format("possibly({}, {})", name, Day());
    case 1:
      return fmt::format("certainly({}, {})", name, Day());
    case 2:
      return fmt::format("validity({}) IS NOT NULL", name);
    default:
      return fmt::format("validity({}).from {} date('2020-01-01')", name, choices_.OneOf({"<", ">="}));
  }
}

std::string Generator::PatternCondition(int budget) {
  const bool known = Has({Kind::kNode});
  return choices_.Pick({{known ? 40u : 0u, [&] { return PatternPredicate(); }},
                        {30, [&] { return "EXISTS { " + SubqueryBody(budget / 2) + " }"; }},
                        {20,
                         [&] {
                           const std::string count = "COUNT { " + SubqueryBody(budget / 2) + " }";
                           return count + choices_.OneOf({" > 0", " = 1", " > 1", " < 3"});
                         }},
                        {5, [&] { return fmt::format("{} IN {}", Value(1), CollectSubquery()); }},
                        {known ? 4u : 0u, [&] { return "exists(" + PatternPredicate() + ")"; }}});
}

std::string Generator::QuantifiedCondition(int budget) {
  const Scope around = scope_;
  const std::string name = New('x');
  const std::string_view which = choices_.OneOf({"all", "any", "none", "single"});
  std::string list;
  Kind kind = Kind::kInteger;
  if (Has({Kind::kRelationships}) && choices_.Percent(60)) {
    list = NameOf({Kind::kRelationships});
    kind = Kind::kRelationship;
  } else if (Has({Kind::kNodes}) && choices_.Percent(60)) {
    list = NameOf({Kind::kNodes});
    kind = Kind::kNode;
  } else if (Has({Kind::kPath}) && choices_.Percent(60)) {
    list = fmt::format("nodes({})", NameOf({Kind::kPath}));
    kind = Kind::kNode;
  } else {
    list = Integers(1);
  }
  scope_.Add(name, kind);
  const std::string condition = kind == Kind::kInteger
                                    ? fmt::format("{} > {}", name, Integer(budget / 2))
                                    : fmt::format("{}.n {} {}", name, choices_.OneOf({"=", "<", ">"}), Integer(1));
  scope_ = around;
  return fmt::format("{}({} IN {} WHERE {})", which, name, list, condition);
}

// Of a list in no order only what its order does not change.
std::string Generator::BagCondition() {
  const std::string bag = NameOf({Kind::kBag});
  switch (choices_.Below(3)) {
    case 0:
      return fmt::format("size({}) > {}", bag, choices_.Below(3));
    case 1:
      return fmt::format("{} IN {}", Value(1), bag);
    default:
      return fmt::format("any(x IN {} WHERE x = {})", bag, Value(1));
  }
}

}  // namespace plenum::tests
