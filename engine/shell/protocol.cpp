// Requests are read with the library's own JSON, so that a parameter is a Value as soon as its line is read.
#include "engine/shell/protocol.h"

#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <iterator>

#include "engine/shell/table_procedure.h"
#include "plenum/json.h"

namespace plenum::shell {
namespace {

std::string ErrorObject(std::string_view phase, const Error& error) {
  std::string out = R"({"error":{"phase":)";
  AppendJsonString(phase, out);
  out += R"(,"type":)";
  AppendJsonString(ErrorTypeName(error.type), out);
  out += R"(,"detail":)";
  AppendJsonString(error.detail, out);
  out += R"(,"message":)";
  AppendJsonString(error.message, out);
  if (error.place)
    fmt::format_to(std::back_inserter(out), R"(,"line":{},"column":{})", error.place->line, error.place->column);
  return out + "}}";
}

std::string ErrorObject(const Error& error) {
  return ErrorObject(error.phase == Phase::kCompile ? "compile" : "runtime", error);
}

std::string Refuse(std::string message) {
  return ErrorObject({ErrorType::kUsageError, "InvalidRequest", std::move(message), Phase::kRuntime, {}});
}

const Value* Find(const Map& map, std::string_view key, Value::Kind kind) {
  auto found = map.find(key);
  return found == map.end() || found->second.kind() != kind ? nullptr : &found->second;
}

void AppendStatistics(const QueryStatistics& changed, std::string& out) {
  fmt::format_to(std::back_inserter(out),
                 R"("stats":{{"nodesCreated":{},"nodesDeleted":{},"relationshipsCreated":{},"relationshipsDeleted":{},)"
                 R"("propertiesSet":{},"labelsAdded":{},"labelsRemoved":{},"indexesAdded":{},"indexesRemoved":{},)"
                 R"("constraintsAdded":{},"constraintsRemoved":{}}})",
                 changed.nodes_created, changed.nodes_deleted, changed.relationships_created,
                 changed.relationships_deleted, changed.properties_set, changed.labels_added, changed.labels_removed,
                 changed.indexes_added, changed.indexes_removed, changed.constraints_added,
                 changed.constraints_removed);
}

template <class Items, class Append>
void AppendArray(const Items& items, Append append, std::string& out) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    append(item, out);
  }
  out += ']';
}

void AppendNotification(const Notification& notification, std::string& out) {
  out += R"({"code":)";
  AppendJsonString(notification.code, out);
  out += R"(,"message":)";
  AppendJsonString(notification.message, out);
  fmt::format_to(std::back_inserter(out), R"(,"line":{},"column":{}}})", notification.place.line,
                 notification.place.column);
}

void AppendNotifications(const std::vector<Notification>& notifications, std::string& out) {
  if (notifications.empty()) return;
  out += R"(,"notifications":)";
  AppendArray(notifications, AppendNotification, out);
}

std::string AnswerObject(QueryResult& answer) {
  std::string out = R"({"columns":)";
  AppendArray(answer.columns(), AppendJsonString, out);
  out += R"(,"rows":[)";
  for (bool first = true; answer.Next(); first = false) {
    if (!first) out += ',';
    AppendArray(answer.row(), AppendJson, out);
  }
  out += "],";
  AppendStatistics(answer.statistics(), out);
  return out;
}

}  // namespace

Protocol::Protocol(Database database, bool in_memory, OpenOptions open, QueryOptions query)
    : database_(std::move(database)), in_memory_(in_memory), open_(open), query_(std::move(query)) {
  session_.emplace(database_);
}

std::string Protocol::Reset() {
  if (!in_memory_) return Refuse("reset would erase the database: it is answered only where none was named");
  Result<Database> fresh = Database::Open(":memory:", open_);
  if (!fresh) return ErrorObject(fresh.error());
  session_.reset();
  database_ = *std::move(fresh);
  session_.emplace(database_);
  return R"({"ok":true})";
}

std::string Protocol::Query(const Map& request) {
  const Value* text = Find(request, "text", Value::Kind::kString);
  if (text == nullptr) return Refuse("a query needs \"text\", a string");
  auto parameters = request.find("params");
  query_.parameters.clear();
  if (parameters != request.end()) {
    if (parameters->second.kind() != Value::Kind::kMap) return Refuse("\"params\" must be an object");
    query_.parameters = parameters->second.map();
  }
  const Value* timing = Find(request, "timing", Value::Kind::kBoolean);
  auto begin = std::chrono::steady_clock::now();
  Result<QueryResult> answer = session_->Query(text->string(), query_);
  std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - begin;
  if (!answer) return ErrorObject(answer.error());
  std::string out = AnswerObject(*answer);
  AppendNotifications(answer->notifications(), out);
  if (timing != nullptr && timing->boolean()) out += fmt::format(R"(,"us":{:.3f})", elapsed.count());
  return out + '}';
}

std::string Protocol::Register(const Map& request) {
  Result<Procedure> procedure = ReadTableProcedure(request);
  if (!procedure) return ErrorObject(procedure.error());
  const Status registered = database_.Register(*std::move(procedure));
  return registered.ok() ? R"({"ok":true})" : ErrorObject(registered.error());
}

std::string Protocol::Answer(std::string_view line) {
  Result<Value> request = ParseJson(line);
  if (!request) return Refuse("the line is no JSON value: " + request.error().message);
  if (request->kind() != Value::Kind::kMap) return Refuse("a request is an object with \"op\"");
  const Value* op = Find(request->map(), "op", Value::Kind::kString);
  if (op == nullptr) return Refuse("a request needs \"op\", a string: hello, reset, query or procedure");
  if (op->string() == "hello") return fmt::format(R"({{"name":"plenum","version":"{}"}})", Version());
  if (op->string() == "reset") return Reset();
  if (op->string() == "query") return Query(request->map());
  if (op->string() == "procedure") return Register(request->map());
  return ErrorObject("unsupported", {ErrorType::kUsageError,
                                     "",
                                     "no op '" + op->string() + "': hello, reset, query or procedure",
                                     Phase::kRuntime,
                                     {}});
}

int RunProtocol(Protocol protocol, Output& out) {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (out.error() == 0 && std::getline(std::cin, line)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    out.Write(protocol.Answer(line) + '\n');
    out.Flush();
  }
  return out.error() == 0 ? 0 : 1;
}

}  // namespace plenum::shell
