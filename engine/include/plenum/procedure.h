// Procedures of your own: functions of your program that statements call.
//
//   plenum::Procedure squares{
//       .name = "my.squares",
//       .inputs = {{"until", plenum::FieldType::kInteger, false}},
//       .outputs = {{"number", plenum::FieldType::kInteger}, {"square", plenum::FieldType::kInteger}},
//       .function = [](const plenum::List& arguments) -> plenum::Result<std::vector<plenum::List>> {
//         std::vector<plenum::List> rows;
//         for (std::int64_t i = 1; i <= arguments[0].integer(); ++i) rows.push_back({i, i * i});
//         return rows;
//       }};
//   if (plenum::Status registered = db.Register(std::move(squares)); !registered.ok()) …
//   db.Query("CALL my.squares(3) YIELD number, square RETURN sum(square)");
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

// What a field of a procedure may hold.
enum class FieldType : std::uint8_t {
  kAnything,
  kBoolean,
  kInteger,
  kFloat,   // an integer is taken too, and becomes a float
  kNumber,  // an integer or a float, as it is
  kString,
  kList,
  kMap,
  kNode,
  kRelationship,
  kPath,
  kDate,
  kPartialDate,
  kInterval,
};

// "ANY", "BOOLEAN", "INTEGER", …, "PARTIALDATE", "INTERVAL".
std::string_view FieldTypeName(FieldType type);

struct ProcedureField {
  std::string name;
  FieldType type = FieldType::kAnything;
  bool nullable = true;  // null is among its values
};

// Given one argument an input, answers with rows of one value an output. An error becomes the error of the statement,
// with its own type, detail and message.
//
// The arguments have been checked against the declaration; nodes, relationships and paths among them are whole. A node
// or relationship in an answer stands for the one of its id in the graph.
using ProcedureFunction = std::function<Result<std::vector<List>>(const List& arguments)>;

struct Procedure {
  std::string name;  // as CALL writes it, with dots: "my.squares"; upper and lower case differ
  std::vector<ProcedureField> inputs;
  std::vector<ProcedureField> outputs;  // none: it is called for what it does, and each row goes on once
  ProcedureFunction function;
};

}  // namespace plenum
