// Header fields: "name:type", "name:type[]", "name", "name:ID(space)", ":START_ID(space)", ":LABEL", …
#include "engine/interchange/csv_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace plenum {
namespace {

struct RoleName {
  std::string_view name;
  ColumnRole role;
  bool in_nodes;
  bool in_relationships;
};
constexpr std::array kRoleNames = {
    RoleName{"ID", ColumnRole::kId, true, false},
    RoleName{"LABEL", ColumnRole::kLabel, true, false},
    RoleName{"START_ID", ColumnRole::kStartId, false, true},
    RoleName{"END_ID", ColumnRole::kEndId, false, true},
    RoleName{"TYPE", ColumnRole::kType, false, true},
    RoleName{"VALID_FROM", ColumnRole::kValidFrom, true, true},
    RoleName{"VALID_UNTIL", ColumnRole::kValidUntil, true, true},
    RoleName{"VALID_THROUGH", ColumnRole::kValidThrough, true, true},
    RoleName{"CITE", ColumnRole::kCite, true, true},
    RoleName{"IGNORE", ColumnRole::kIgnore, true, true},
};

struct TypeName {
  std::string_view name;
  ColumnType type;
};
constexpr std::array kTypeNames = {
    TypeName{"string", ColumnType::kString}, TypeName{"int", ColumnType::kInteger},
    TypeName{"long", ColumnType::kInteger},  TypeName{"float", ColumnType::kFloat},
    TypeName{"double", ColumnType::kFloat},  TypeName{"boolean", ColumnType::kBoolean},
    TypeName{"date", ColumnType::kDate},
};

// Whether it may name something in parentheses: an id space, or a label.
bool TakesName(ColumnRole role) {
  return role == ColumnRole::kId || role == ColumnRole::kStartId || role == ColumnRole::kEndId ||
         role == ColumnRole::kCite;
}

bool MayRepeat(ColumnRole role) { return role == ColumnRole::kIgnore || role == ColumnRole::kCite; }

std::string_view NameOf(ColumnRole role) {
  for (const RoleName& known : kRoleNames) {
    if (known.role == role) return known.name;
  }
  return "property";
}

// "ID(Person)": the word and what is in the parentheses.
struct TypeText {
  std::string_view word;
  std::optional<std::string_view> id_space;
  bool is_array = false;
};
TypeText Take(std::string_view type) {
  TypeText text{.word = type, .id_space = {}};
  const std::size_t opening = type.find('(');
  if (opening != std::string_view::npos && type.ends_with(')')) {
    text.word = type.substr(0, opening);
    text.id_space = type.substr(opening + 1, type.size() - opening - 2);
  } else if (type.ends_with("[]")) {
    text.word.remove_suffix(2);
    text.is_array = true;
  }
  return text;
}

// What is wrong with a header, without its place.
using Problem = std::optional<std::string>;

Problem ReadRole(const RoleName& known, const TypeText& type, TableKind kind, Column& column) {
  if (!(kind == TableKind::kNodes ? known.in_nodes : known.in_relationships)) {
    return fmt::format(":{} has no meaning in a file of {}", known.name,
                       kind == TableKind::kNodes ? "nodes" : "relationships");
  }
  if (type.is_array || (type.id_space && !TakesName(known.role))) {
    return fmt::format(":{} takes no {}", known.name, type.is_array ? "[]" : "(…)");
  }
  if (!column.name.empty() && known.role != ColumnRole::kId && known.role != ColumnRole::kIgnore) {
    return fmt::format(":{} takes no name before it", known.name);
  }
  column.role = known.role;
  column.id_space = type.id_space.value_or("");
  if (known.role == ColumnRole::kCite && column.id_space.empty()) column.id_space = "Source";
  return std::nullopt;
}

Problem ReadProperty(std::string_view type_text, const TypeText& type, Column& column) {
  const auto known = std::ranges::find(kTypeNames, type.word, &TypeName::name);
  if (known == kTypeNames.end() || type.id_space) {
    return fmt::format(
        "'{}' is no type: expected string, int, long, float, double, boolean or date (or one of these "
        "with []), or one of ID, LABEL, START_ID, END_ID, TYPE, VALID_FROM, VALID_UNTIL, VALID_THROUGH, "
        "CITE, IGNORE in capitals",
        type_text);
  }
  if (column.name.empty()) return fmt::format("':{}' has no name: expected a property's name before it", type_text);
  column.type = known->type;
  column.is_array = type.is_array;
  return std::nullopt;
}

Problem ReadColumn(std::string_view field, TableKind kind, Column& column) {
  const std::size_t colon = field.rfind(':');
  column.name = field.substr(0, colon);
  if (colon == std::string_view::npos) {
    return column.name.empty() ? Problem("a column has no name: write :IGNORE to skip it") : std::nullopt;
  }
  const std::string_view type_text = field.substr(colon + 1);
  const TypeText type = Take(type_text);
  const auto role = std::ranges::find(kRoleNames, type.word, &RoleName::name);
  if (role != kRoleNames.end()) return ReadRole(*role, type, kind, column);
  return ReadProperty(type_text, type, column);
}

std::size_t CountOf(const std::vector<Column>& columns, ColumnRole role) {
  return static_cast<std::size_t>(std::ranges::count(columns, role, &Column::role));
}

Problem CheckRoles(const std::vector<Column>& columns, TableKind kind) {
  for (const RoleName& known : kRoleNames) {
    if (!MayRepeat(known.role) && CountOf(columns, known.role) > 1) {
      return fmt::format(":{} is there twice", known.name);
    }
  }
  std::vector<ColumnRole> needed = {ColumnRole::kId};
  if (kind == TableKind::kRelationships) needed = {ColumnRole::kStartId, ColumnRole::kEndId};
  for (const ColumnRole role : needed) {
    if (CountOf(columns, role) == 0) return fmt::format("expected a column :{0} or :{0}(space)", NameOf(role));
  }
  if (CountOf(columns, ColumnRole::kValidUntil) + CountOf(columns, ColumnRole::kValidThrough) > 1) {
    return "expected :VALID_UNTIL (the first day it no longer holds) or :VALID_THROUGH (the last day it holds), not "
           "both";
  }
  return std::nullopt;
}

Problem CheckNames(const std::vector<Column>& columns) {
  std::vector<std::string_view> names;
  for (const Column& column : columns) {
    if (column.role != ColumnRole::kIgnore && !column.name.empty()) names.push_back(column.name);
  }
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice != names.end()) return fmt::format("the property '{}' is there twice", *twice);
  return std::nullopt;
}

}  // namespace

Result<std::vector<Column>> ParseHeader(const std::vector<CsvField>& fields, TableKind kind, std::string_view place) {
  std::vector<Column> columns;
  Problem problem;
  for (const CsvField& field : fields) {
    problem = ReadColumn(field.text, kind, columns.emplace_back());
    if (problem) break;
  }
  if (!problem) problem = CheckRoles(columns, kind);
  if (!problem) problem = CheckNames(columns);
  if (problem) return Error{.type = ErrorType::kUsageError, .message = fmt::format("{}: header: {}", place, *problem)};
  return columns;
}

}  // namespace plenum
