// A statement's whole way: text → syntax tree → bound query → rows.
#include "engine/statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "engine/execution/execute.h"
#include "engine/execution/execute_plan.h"
#include "engine/memory_shares.h"
#include "engine/plan/binder.h"
#include "engine/plan/explain.h"
#include "engine/plan/notifications.h"
#include "engine/plan/planner.h"
#include "engine/value/sound.h"
#include "engine/value/utf8.h"
#include "parser/parser.h"

namespace plenum {
namespace {

Error AtPlace(Error error, std::string_view text) {
  if (error.place) error.place = PlaceIn(text, error.place->span);
  return error;
}

Status CheckText(std::string_view text) {
  if (text.size() > kQueryBytesMax) {
    return Error{.type = ErrorType::kSyntaxError,
                 .detail = "QueryTooLong",
                 .message = fmt::format("the statement has {} bytes; {} are allowed: pass data as parameters",
                                        text.size(), kQueryBytesMax),
                 .phase = Phase::kCompile,
                 .place = {}};
  }
  const auto bad = FindInvalidUtf8(text);
  if (!bad) return {};
  const auto at = static_cast<std::uint32_t>(*bad);
  return Error{.type = ErrorType::kSyntaxError,
               .detail = "InvalidUnicodeCharacter",
               .message = fmt::format("the text is not UTF-8: byte {} begins no character", *bad),
               .phase = Phase::kCompile,
               .place = PlaceIn(text.substr(0, at), {at, at})};
}

Status CheckParameters(const Map& parameters) {
  for (const auto& [name, value] : parameters) {
    if (auto fault = FaultOf(value)) {
      return Error{.type = ErrorType::kArgumentError,
                   .detail = std::move(fault->detail),
                   .message = fmt::format("the parameter ${} {}", name, fault->message),
                   .place = {}};
    }
  }
  return {};
}

Status CheckRequiredParameters(const plan::Statement& statement, std::string_view text, const Map& parameters) {
  if (statement.mode == ast::StatementMode::kExplain) return {};
  for (const plan::RequiredParameter& required : statement.required_parameters) {
    if (parameters.contains(required.name)) continue;
    return Error{
        .type = ErrorType::kParameterMissing,
        .detail = "MissingParameter",
        .message = fmt::format("a CALL without parentheses takes its arguments from parameters of their names, "
                               "and ${0} is not given: give it, or write the arguments in parentheses",
                               required.name),
        .phase = Phase::kCompile,
        .place = PlaceIn(text, required.span)};
  }
  return {};
}

unsigned ThreadsOf(const OpenOptions& open) {
  return open.threads != 0 ? open.threads : std::max(1u, std::thread::hardware_concurrency());
}

QueryResult ExplainRows(const plan::Statement& statement, std::string_view text, graph::Transaction& transaction) {
  std::vector<std::vector<Value>> rows;
  for (std::string& line : plan::Explain(statement, text, transaction)) rows.push_back({Value(std::move(line))});
  return QueryResult({"plan"}, std::move(rows), {});
}

// By operators over batches where there are those for every clause.
Result<QueryResult> RunQuery(const plan::Statement& statement, graph::Transaction& transaction,
                             const execution::ExecuteOptions& options) {
  if (transaction.changes() == 0) {
    if (const auto plan = plan::MakePlan(statement, transaction, {})) {
      return execution::ExecutePlan(*plan, transaction, options);
    }
  }
  return execution::Execute(statement, transaction, options);
}

}  // namespace

Result<plan::Statement> Prepare(std::string_view text, const QueryOptions& options,
                                const plan::Procedures& procedures) {
  if (Status status = CheckText(text); !status.ok()) return std::move(status).error();
  if (Status status = CheckParameters(options.parameters); !status.ok()) return std::move(status).error();
  Result<ast::Statement> parsed = Parse(text);
  if (!parsed) return std::move(parsed).error();
  Result<plan::Statement> bound = plan::Bind(*parsed, text, procedures);
  if (!bound) return bound;
  Status complete = CheckRequiredParameters(*bound, text, options.parameters);
  if (!complete.ok()) return std::move(complete).error();
  return bound;
}

Deadline DeadlineOf(const QueryOptions& options) {
  if (options.timeout.count() <= 0) return std::nullopt;
  return std::chrono::steady_clock::now() + options.timeout;
}

Result<QueryResult> Run(const plan::Statement& statement, std::string_view text, graph::Transaction& transaction,
                        const QueryOptions& options, Deadline deadline, const OpenOptions& open) {
  // Before anything is written: what the statement itself makes is new to the graph.
  std::vector<Notification> notifications = plan::FindNotifications(statement, text, transaction);
  const execution::ExecuteOptions execute{.parameters = options.parameters,
                                          .cancel = options.cancel,
                                          .deadline = deadline,
                                          .memory_bytes_max = SharesOf(open.memory_bytes_max).rows,
                                          .threads = ThreadsOf(open),
                                          .load_csv_directory = open.load_csv_directory};
  Result<QueryResult> result = statement.mode == ast::StatementMode::kExplain
                                   ? ExplainRows(statement, text, transaction)
                                   : RunQuery(statement, transaction, execute);
  if (!result) return AtPlace(std::move(result).error(), text);
  result->set_notifications(std::move(notifications));
  return result;
}

std::uint32_t WriteWait(Deadline deadline) {
  static constexpr std::chrono::milliseconds kWaitMax{10'000};
  if (!deadline) return kWaitMax.count();
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
  return static_cast<std::uint32_t>(std::clamp(left, std::chrono::milliseconds{0}, kWaitMax).count());
}

bool Writes(const plan::Statement& statement) {
  return statement.writes && statement.mode != ast::StatementMode::kExplain;
}

}  // namespace plenum
