// The request is read into a declaration and a table; the function looks through the table.
#include "engine/shell/table_procedure.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace plenum::shell {
namespace {

using Kind = Value::Kind;

Error Refused(std::string message) {
  return Error{.type = ErrorType::kUsageError, .detail = "InvalidRequest", .message = std::move(message), .place = {}};
}

// The list at `key` of a request.
Result<List> ListAt(const Map& request, std::string_view key) {
  const auto found = request.find(key);
  if (found == request.end() || found->second.kind() != Kind::kList) {
    return Refused(fmt::format("a procedure needs \"{}\", an array", key));
  }
  return found->second.list();
}

Result<FieldType> ReadType(std::string_view name) {
  for (const FieldType type :
       {FieldType::kAnything, FieldType::kBoolean, FieldType::kInteger, FieldType::kFloat, FieldType::kNumber,
        FieldType::kString, FieldType::kList, FieldType::kMap, FieldType::kDate}) {
    if (FieldTypeName(type) == name) return type;
  }
  return Refused(fmt::format("no type '{}' of a procedure's field: INTEGER, STRING?, …", name));
}

// ["name","STRING?"]
Result<ProcedureField> ReadField(const Value& field) {
  const bool pair = field.kind() == Kind::kList && field.list().size() == 2 &&
                    std::ranges::all_of(field.list(), [](const Value& part) { return part.kind() == Kind::kString; });
  if (!pair) return Refused("a field of a procedure is a name and a type: [\"name\",\"STRING?\"]");
  std::string_view type = field.list()[1].string();
  const bool nullable = type.ends_with('?');
  if (nullable) type.remove_suffix(1);
  const Result<FieldType> read = ReadType(type);
  if (!read) return read.error();
  return ProcedureField{.name = field.list()[0].string(), .type = *read, .nullable = nullable};
}

Result<std::vector<ProcedureField>> ReadFields(const Map& request, std::string_view key) {
  const Result<List> list = ListAt(request, key);
  if (!list) return list.error();
  std::vector<ProcedureField> fields;
  for (const Value& field : *list) {
    Result<ProcedureField> read = ReadField(field);
    if (!read) return std::move(read).error();
    fields.push_back(*std::move(read));
  }
  return fields;
}

// Where the columns of `fields` stand in the table.
Result<std::vector<std::size_t>> PlacesOf(const std::vector<ProcedureField>& fields, const List& columns) {
  std::vector<std::size_t> places;
  for (const ProcedureField& field : fields) {
    const auto found = std::ranges::find_if(
        columns, [&](const Value& column) { return column.kind() == Kind::kString && column.string() == field.name; });
    if (found == columns.end()) return Refused(fmt::format("the field {} is no column of the table", field.name));
    places.push_back(static_cast<std::size_t>(found - columns.begin()));
  }
  return places;
}

List Cells(const List& row, const std::vector<std::size_t>& places) {
  List cells;
  for (const std::size_t place : places) cells.push_back(row[place]);
  return cells;
}

// Rows as arguments and answer.
using Table = std::vector<std::pair<List, List>>;

Result<Table> ReadTable(const Map& request, const Procedure& procedure) {
  const Result<List> columns = ListAt(request, "columns");
  if (!columns) return columns.error();
  const Result<List> rows = ListAt(request, "rows");
  if (!rows) return rows.error();
  const auto in = PlacesOf(procedure.inputs, *columns);
  if (!in) return in.error();
  const auto out = PlacesOf(procedure.outputs, *columns);
  if (!out) return out.error();
  Table table;
  for (const Value& row : *rows) {
    if (row.kind() != Kind::kList || row.list().size() != columns->size()) {
      return Refused("each of a procedure's \"rows\" is an array as long as \"columns\"");
    }
    table.emplace_back(Cells(row.list(), *in), Cells(row.list(), *out));
  }
  return table;
}

// Order's equivalence: null with null, 1 with 1.0.
bool Same(const List& a, const List& b) {
  return std::ranges::equal(a, b, [](const Value& x, const Value& y) { return Order(x, y) == 0; });
}

}  // namespace

Result<Procedure> ReadTableProcedure(const Map& request) {
  const auto name = request.find("name");
  if (name == request.end() || name->second.kind() != Kind::kString) {
    return Refused("a procedure needs \"name\", a string");
  }
  auto inputs = ReadFields(request, "in");
  if (!inputs) return std::move(inputs).error();
  auto outputs = ReadFields(request, "out");
  if (!outputs) return std::move(outputs).error();
  Procedure procedure{
      .name = name->second.string(), .inputs = *std::move(inputs), .outputs = *std::move(outputs), .function = {}};
  auto table = ReadTable(request, procedure);
  if (!table) return std::move(table).error();
  procedure.function = [table = *std::move(table)](const List& arguments) -> Result<std::vector<List>> {
    std::vector<List> answer;
    for (const auto& [in, out] : table) {
      if (Same(in, arguments)) answer.push_back(out);
    }
    return answer;
  };
  return procedure;
}

}  // namespace plenum::shell
