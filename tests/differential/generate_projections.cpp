// What WITH and RETURN have in common: columns, aggregates, ORDER BY, and LIMIT where it is determined what is left.
#include <fmt/format.h>

#include <algorithm>

#include "tests/differential/generator.h"

namespace plenum::tests {

std::string Generator::Return(ProjectionPlace place) { return "RETURN " + Projection(place); }

std::string Generator::Projection(ProjectionPlace place) {
  if (!place.of_union && scope_.size() != 0 && !Has({Kind::kChosenPath}) && choices_.Percent(7)) return Star(place);
  const bool aggregates = choices_.Percent(place.last ? 40 : 30);

  std::vector<Column> columns = aggregates ? GroupedColumns(place) : PlainColumns(place);
  const bool determined = std::ranges::all_of(columns, [](const Column& each) { return IsDetermined(each.kind); });
  const bool distinct = !aggregates && determined && choices_.Percent(20);
  if (distinct || place.of_union) Generalize(columns);
  std::string text = distinct ? "DISTINCT " : "";
  for (const Column& column : columns) {
    text += (&column == &columns.front() ? "" : ", ") + column.text;
    if (!column.is_variable || place.last) text += " AS " + column.name;
  }
  query_.in_order = false;
  if (!place.of_union && choices_.Percent(place.last ? 35 : 20) && MaySort(columns)) {
    text += OrderBy(columns);
    query_.in_order = place.last;
    if (choices_.Percent(40)) {
      text += SkipAndLimit();
      Generalize(columns);
    }
  }
  if (!query_.in_order && text.find(" ORDER BY ") == std::string::npos && MaySort(columns) && choices_.Percent(8)) {
    text += OrderBy({columns.front()});  // of the order of rows alike in this nothing is asked
  }
  scope_ = {};
  for (const Column& column : columns) scope_.Add(column.name, column.kind, column.may_be_null);
  return text;
}

// Every variable, and perhaps another column.
std::string Generator::Star(ProjectionPlace place) {
  query_.in_order = false;
  for (const Variable& each : scope_.variables()) VariableColumn(each, place.last);
  if (choices_.Percent(50)) return "*";
  Column column = ColumnOf(1);
  column.name = New('v');
  scope_.Add(column.name, column.kind, column.may_be_null);
  return fmt::format("*, {} AS {}", column.text, column.name);
}

std::vector<Generator::Column> Generator::PlainColumns(ProjectionPlace place) {
  std::vector<Column> columns;
  if (!place.last) {
    for (const Variable& each : scope_.variables()) {
      if (each.kind != Kind::kChosenPath && choices_.Percent(70)) columns.push_back(VariableColumn(each, false));
    }
  }
  const std::size_t least = place.columns != 0 ? place.columns : choices_.Between(place.last ? 1 : 0, 3);
  const std::size_t most = place.last ? least : columns.size() + choices_.Below(2);
  while (columns.size() < most || columns.empty()) {
    Column column = ColumnOf(std::max(1, budget_ / 3));
    while (place.of_union && !IsDetermined(column.kind)) column = ColumnOf(1);
    column.name = place.last ? fmt::format("c{}", columns.size() + 1) : New('v');
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<Generator::Column> Generator::GroupedColumns(ProjectionPlace place) {
  const std::size_t count = place.columns != 0 ? place.columns : choices_.Between(1, 3);
  const std::size_t keys = std::min<std::size_t>(count - 1, choices_.Weighted({3, 5, 2}));
  std::vector<Column> columns;
  while (columns.size() < keys) {
    Column column = ColumnOf(1);
    if (!IsDetermined(column.kind)) continue;
    columns.push_back(std::move(column));
  }
  Generalize(columns);
  while (columns.size() < count) {
    Column column = Aggregate();
    while (place.of_union && !IsDetermined(column.kind)) column = CountColumn();
    columns.push_back(std::move(column));
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].name = place.last ? fmt::format("c{}", i + 1) : New('v');
    columns[i].is_variable = false;
  }
  return columns;
}

Generator::Column Generator::VariableColumn(const Variable& variable, bool last) {
  if (variable.kind == Kind::kBag) query_.open.list_order = true;
  if (variable.kind == Kind::kSomeOf) query_.open.number_kind = true;
  return {.text = variable.kind == Kind::kChosenPath ? fmt::format("length({})", variable.name) : variable.name,
          .name = variable.name,
          .kind = variable.kind == Kind::kChosenPath ? Kind::kInteger : variable.kind,
          .is_variable = !last,
          .may_be_null = variable.may_be_null};
}

Generator::Column Generator::ColumnOf(int budget) {
  static constexpr Kind kKinds[] = {Kind::kValue,   Kind::kInteger,  Kind::kNumber, Kind::kString, Kind::kValue,
                                    Kind::kBoolean, Kind::kIntegers, Kind::kMap,    Kind::kBag};
  if (scope_.size() != 0 && choices_.Percent(50)) return VariableColumn(choices_.OneOf(scope_.variables()), true);
  if (Has({Kind::kRelationship}) && choices_.Percent(8)) {
    return {.text = NodeOfRelationship(), .name = "", .kind = Kind::kNode, .may_be_null = true};
  }
  if (Has({Kind::kPath}) && choices_.Percent(12)) {
    return {.text = fmt::format("nodes({})", NameOf({Kind::kPath})), .name = "", .kind = Kind::kNodes};
  }
  return OfKind(kKinds[choices_.Weighted({30, 15, 10, 15, 10, 15, 5, 6, 5})], budget);
}

Generator::Column Generator::Aggregate() {
  switch (choices_.Weighted({55, 25, 20})) {
    case 0:
      return CountColumn();
    case 1:
      return NumberAggregate();
    default:
      return CollectColumn();
  }
}

Generator::Column Generator::CountColumn() {
  const auto variables = scope_.Of({Kind::kNode, Kind::kRelationship, Kind::kPath, Kind::kInteger});
  const std::string counted = !variables.empty() && choices_.Percent(65) ? choices_.OneOf(variables).name : Value(1);
  const std::string text = choices_.Pick({{45, [&] { return "count(*)"; }},
                                          {25, [&] { return fmt::format("count({})", counted); }},
                                          {25, [&] { return fmt::format("count(DISTINCT {})", counted); }},
                                          {5, [&] { return fmt::format("count({}) + 1", counted); }}});
  return {.text = text, .name = "", .kind = Kind::kInteger, .aggregates = true};
}

Generator::Column Generator::NumberAggregate() {
  const bool integers = choices_.Percent(50);
  const std::string distinct = choices_.Percent(25) ? "DISTINCT " : "";
  const std::string argument = distinct + (integers ? Integer(2) : Number(2));
  const Kind kind = integers ? Kind::kInteger : Kind::kSomeOf;
  if (!integers) query_.open.number_kind = true;
  const auto made = [&](const std::string& text, Kind of_kind) {
    return Column{.text = text, .name = "", .kind = of_kind, .aggregates = true};
  };
  switch (choices_.Weighted({30, 20, 15, 15, 8, 8})) {
    case 0:
      return made(fmt::format("sum({})", argument), kind);
    case 1:
      return made(fmt::format("avg({})", argument), Kind::kNumber);
    case 2:
      return made(fmt::format("min({})", argument), kind);
    case 3:
      return made(fmt::format("max({})", argument), kind);
    case 4:
      query_.open.number_kind = true;
      return made(fmt::format("percentileDisc({}, 0.5)", argument), Kind::kSomeOf);
    default:  // a sum of floats, whose last digits depend on the order of rows
      return made(fmt::format("round(stDev({}), 6)", argument), Kind::kNumber);
  }
}

Generator::Column Generator::CollectColumn() {
  const bool extreme = choices_.Percent(35);
  query_.open.number_kind = true;
  const std::string value = Value(1);
  if (extreme) {
    return {.text = fmt::format("{}({})", choices_.OneOf({"min", "max"}), value),
            .name = "",
            .kind = Kind::kSomeOf,
            .aggregates = true};
  }
  query_.open.list_order = true;
  const bool variable = Has({Kind::kNode, Kind::kRelationship, Kind::kInteger}) && choices_.Percent(50);
  const std::string collected = variable ? NameOf({Kind::kNode, Kind::kRelationship, Kind::kInteger}) : value;
  const std::string_view distinct = choices_.Percent(30) ? "DISTINCT " : "";
  if (choices_.Percent(25)) {
    return {.text = fmt::format("size(collect({}{}))", distinct, collected),
            .name = "",
            .kind = Kind::kInteger,
            .aggregates = true};
  }
  return {
      .text = fmt::format("collect({}{})", distinct, collected), .name = "", .kind = Kind::kBag, .aggregates = true};
}

bool Generator::MaySort(const std::vector<Column>& columns) const {
  return std::ranges::all_of(
      columns, [&](const Column& each) { return IsDetermined(each.kind) && !(ids_open_ && HasElements(each.kind)); });
}

std::string Generator::OrderBy(const std::vector<Column>& columns) {
  std::string text;
  for (const Column& column : columns) {
    text += (text.empty() ? " ORDER BY " : ", ") + column.name + (choices_.Percent(35) ? " DESC" : "");
  }
  return text;
}

std::string Generator::SkipAndLimit() {
  std::string text;
  if (choices_.Percent(35)) text += fmt::format(" SKIP {}", choices_.OneOf({"0", "1", "2", "$i"}));
  if (text.empty() || choices_.Percent(70))
    text += fmt::format(" LIMIT {}", choices_.OneOf({"1", "2", "3", "5", "$i + 1"}));
  return text;
}

void Generator::Generalize(std::vector<Column>& columns) {
  for (Column& column : columns) {
    column.kind = OneOfEqual(column.kind);
    if (column.kind == Kind::kSomeOf) query_.open.number_kind = true;
  }
}

}  // namespace plenum::tests
