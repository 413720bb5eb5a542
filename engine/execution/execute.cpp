// Running a statement: the rows its pipeline pushes out, made whole.
#include "engine/execution/execute.h"

#include <new>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/pipeline.h"
#include "engine/execution/schema_command.h"

namespace plenum::execution {

Result<QueryResult> Execute(const plan::Statement& statement, graph::Transaction& transaction,
                            const ExecuteOptions& options) {
  QueryContext context{.transaction = transaction,
                       .parameters = options.parameters,
                       .cancel = options.cancel,
                       .deadline = options.deadline,
                       .memory_bytes_max = options.memory_bytes_max,
                       .threads = options.threads,
                       .load_csv_directory = options.load_csv_directory};
  const graph::Transaction::ReadingScope reading(transaction);
  try {
    if (statement.schema) return RunSchemaCommand(context, *statement.schema);
    std::vector<std::vector<Value>> rows;
    Row row(statement.row_width);
    RunQuery(context, statement.query, row, [&](std::vector<Value>& columns) {
      if (statement.query.columns.empty()) return true;
      context.Poll();
      // As they are now: a later part of a UNION may change them.
      for (Value& value : columns) value = Materialize(context, value);
      context.Charge(columns, "the answer");
      rows.push_back(std::move(columns));
      return true;
    });
    return QueryResult(statement.query.columns, std::move(rows), context.statistics);
  } catch (EvaluationError& error) {
    return std::move(error.error);
  } catch (const std::bad_alloc&) {
    return Error{.type = ErrorType::kResourceExhausted,
                 .detail = "",
                 .message = "there was no memory left for this query",
                 .place = {}};
  }
}

}  // namespace plenum::execution
