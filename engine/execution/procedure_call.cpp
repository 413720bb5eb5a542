// What goes into a procedure and what comes out of it is held to its declaration: the function behind it is the
// program's, not ours.
#include "engine/execution/procedure_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/value/sound.h"

namespace plenum::execution {
namespace {

// An integer where a float is declared becomes one.
Value AsDeclared(Value value, FieldType type) {
  if (type != FieldType::kFloat || value.kind() != Value::Kind::kInteger) return value;
  return Value(static_cast<double>(value.integer()));
}

std::string_view NotNull(const ProcedureField& field) { return field.nullable ? "" : " and not null"; }

Value CheckArgument(const Value& value, const ProcedureField& input, const Procedure& procedure) {
  if (plan::AcceptedKinds(input).contains(value.kind())) return AsDeclared(value, input.type);
  RaiseInvalidType(fmt::format("{} takes {}{} for {}, not {}", procedure.name, FieldTypeName(input.type),
                               NotNull(input), input.name, Described(value)));
}

[[noreturn]] void RaiseBadAnswer(const Procedure& procedure, std::string_view what) {
  Raise(ErrorType::kProcedureError, "InvalidProcedureResult",
        fmt::format("{} does not keep its declaration: {}", procedure.name, what));
}

void CheckAnswer(std::vector<List>& rows, const Procedure& procedure) {
  for (List& row : rows) {
    if (row.size() != procedure.outputs.size()) {
      RaiseBadAnswer(procedure, fmt::format("it answered a row of {} value(s), and has {} column(s)", row.size(),
                                            procedure.outputs.size()));
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      const ProcedureField& output = procedure.outputs[i];
      row[i] = AsDeclared(std::move(row[i]), output.type);
      if (!plan::GivenKinds(output).contains(row[i].kind())) {
        RaiseBadAnswer(procedure, fmt::format("the column {} is {}{}, and it answered {}", output.name,
                                              FieldTypeName(output.type), NotNull(output), Described(row[i])));
      }
      if (const auto fault = FaultOf(row[i])) {
        RaiseBadAnswer(procedure, fmt::format("the column {} {}", output.name, fault->message));
      }
    }
  }
}

Error Failed(const Procedure& procedure, std::string_view what) {
  return Error{.type = ErrorType::kProcedureError,
               .detail = "ProcedureFailed",
               .message = fmt::format("{} threw an exception: {}", procedure.name, what),
               .place = {}};
}

// Exceptions of the program's code end here. Its errors have no place in the statement's text but the call's.
Result<std::vector<List>> Invoke(const Procedure& procedure, const List& arguments) {
  try {
    Result<std::vector<List>> rows = procedure.function(arguments);
    if (rows) return rows;
    Error error = std::move(rows).error();
    error.place.reset();
    error.phase = Phase::kRuntime;
    return error;
  } catch (const std::exception& exception) {
    return Failed(procedure, exception.what());
  } catch (...) {
    return Failed(procedure, "not a std::exception");
  }
}

List ArgumentsOf(Evaluator& evaluator, const plan::CallProcedure& call, Row& row) {
  QueryContext& context = evaluator.context();
  const Procedure& procedure = *call.procedure.declaration;
  List arguments;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const plan::Expression& argument = call.arguments[i];
    const Value value = evaluator.Evaluate(argument, row);
    AtSpan(argument.span,
           [&] { arguments.push_back(Materialize(context, CheckArgument(value, procedure.inputs[i], procedure))); });
  }
  return arguments;
}

// All rows at once.
std::vector<List> AnswerOf(QueryContext& context, const plan::KnownProcedure& procedure, const List& arguments) {
  if (procedure.built_in) return CallCatalogProcedure(context, *procedure.built_in);
  context.transaction.LetGo();  // the procedure may take its time
  std::vector<List> rows = Take(Invoke(*procedure.declaration, arguments));
  CheckAnswer(rows, *procedure.declaration);
  return rows;
}

// Row by row, as they are found. What `visit` raises does not go through the procedure, nor is it an error of the call.
bool StreamGraphProcedure(QueryContext& context, const plan::CallProcedure& call, const List& arguments,
                          const AnswerVisit& visit) {
  context.transaction.LetGo();  // the algorithm may take its time
  bool wanted = true;
  std::exception_ptr raised;
  AtSpan(call.span, [&] {
    CallGraphProcedure(context, call.procedure, arguments, [&](const List& row) {
      try {
        wanted = visit(row);
      } catch (...) {
        raised = std::current_exception();
        wanted = false;
      }
      return wanted;
    });
  });
  if (raised) std::rethrow_exception(raised);
  return wanted;
}

}  // namespace

bool CallProcedure(Evaluator& evaluator, const plan::CallProcedure& call, Row& row, const AnswerVisit& visit) {
  QueryContext& context = evaluator.context();
  context.Poll();
  const List arguments = ArgumentsOf(evaluator, call, row);
  if (call.procedure.is_graph_procedure()) return StreamGraphProcedure(context, call, arguments, visit);
  const std::vector<List> rows = AtSpan(call.span, [&] { return AnswerOf(context, call.procedure, arguments); });
  const std::uint64_t before = context.memory_bytes;
  for (const List& answer : rows) context.Charge(answer, "a CALL");
  const std::uint64_t held = context.memory_bytes - before;
  const bool wanted = std::ranges::all_of(rows, visit);
  context.memory_bytes -= held;
  return wanted;
}

}  // namespace plenum::execution
