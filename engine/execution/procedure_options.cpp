// See procedure_options.h.
#include "engine/execution/procedure_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/plan/near_miss.h"

namespace plenum::execution {
namespace {

using Kind = Value::Kind;

// A number that no label, type or key has: what is asked for is not in the graph, and so nothing is found.
constexpr std::uint16_t kNoName = 0xFF00;

// graph.shortestPath for graph.weightedShortestPath.
std::string Unweighted(std::string_view procedure) {
  constexpr std::string_view kWeighted = "weighted";
  std::string name(procedure);
  const std::size_t at = name.find(kWeighted);
  name.erase(at, kWeighted.size());
  name[at] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[at])));
  return name;
}

constexpr std::pair<std::string_view, PathMode> kModes[] = {{"walk", PathMode::kWalk},
                                                            {"trail", PathMode::kTrail},
                                                            {"simple", PathMode::kSimple},
                                                            {"acyclic", PathMode::kAcyclic}};

}  // namespace

const Value* ProcedureOptions::Find(std::string_view key) {
  known_.emplace_back(key);
  if (given_.is_null()) return nullptr;
  const auto found = given_.map().find(key);
  return found == given_.map().end() || found->second.is_null() ? nullptr : &found->second;
}

void ProcedureOptions::RaiseWrongType(std::string_view key, std::string_view wanted, const Value& value) const {
  RaiseInvalidType(fmt::format("{} takes {} for its option {}, not {}", procedure_, wanted, key, Described(value)));
}

void ProcedureOptions::Finish() const {
  if (given_.is_null()) return;
  for (const auto& [key, value] : given_.map()) {
    if (std::ranges::find(known_, key) != known_.end()) continue;
    Raise(ErrorType::kArgumentError, "UnknownOption",
          fmt::format("{} has no option '{}'; it has {}", procedure_, Shortened(key), fmt::join(known_, ", ")));
  }
}

bool ProcedureOptions::Boolean(std::string_view key, bool otherwise) {
  const Value* value = Find(key);
  if (value == nullptr) return otherwise;
  if (value->kind() != Kind::kBoolean) RaiseWrongType(key, "true or false", *value);
  return value->boolean();
}

double ProcedureOptions::Number(std::string_view key, double otherwise) {
  const Value* value = Find(key);
  if (value == nullptr) return otherwise;
  if (value->kind() == Kind::kInteger) return static_cast<double>(value->integer());
  if (value->kind() != Kind::kFloat) RaiseWrongType(key, "a number", *value);
  return value->real();
}

std::optional<std::uint64_t> ProcedureOptions::Count(std::string_view key) {
  const Value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind() != Kind::kInteger) RaiseWrongType(key, "an integer", *value);
  if (value->integer() < 0) {
    RaiseOutOfRange(fmt::format("{} takes no negative number for its option {}", procedure_, key));
  }
  return static_cast<std::uint64_t>(value->integer());
}

std::uint32_t ProcedureOptions::CountOr(std::string_view key, std::uint32_t otherwise) {
  const std::uint64_t count = Count(key).value_or(otherwise);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

PathMode ProcedureOptions::Mode() {
  const Value* value = Find("mode");
  if (value == nullptr) return PathMode::kTrail;
  const std::string text = value->kind() == Kind::kString ? plan::LowerCase(value->string()) : "";
  for (const auto& [name, mode] : kModes) {
    if (text == name) return mode;
  }
  RaiseWrongType("mode", "'WALK', 'TRAIL', 'SIMPLE' or 'ACYCLIC'", *value);
}

std::optional<std::vector<NodeId>> ProcedureOptions::Nodes(std::string_view key) {
  const Value* value = Find(key);
  if (value == nullptr) return std::nullopt;
  return NodesIn(*value, fmt::format("the option {} of {}", key, procedure_));
}

std::vector<std::string> ProcedureOptions::Names(std::string_view key) {
  const Value* value = Find(key);
  if (value == nullptr) return {};
  if (value->kind() == Kind::kString) return {value->string()};
  if (value->kind() != Kind::kList) RaiseWrongType(key, "a string or a list of strings", *value);
  std::vector<std::string> names;
  for (const Value& each : value->list()) {
    if (each.kind() != Kind::kString) RaiseWrongType(key, "a string or a list of strings", *value);
    names.push_back(each.string());
  }
  return names;
}

std::vector<LabelId> ProcedureOptions::Labels() {
  std::vector<LabelId> labels;
  for (const std::string& name : Names("labels")) {
    labels.push_back(context_.transaction.FindLabel(name).value_or(LabelId{kNoName}));
  }
  return labels;
}

std::vector<TypeId> ProcedureOptions::Types() {
  std::vector<TypeId> types;
  for (const std::string& name : Names("types")) {
    types.push_back(context_.transaction.FindType(name).value_or(TypeId{kNoName}));
  }
  return types;
}

std::optional<Direction> ProcedureOptions::WrittenDirection(bool with_incoming) {
  const Value* value = Find("direction");
  if (value == nullptr) return std::nullopt;
  const std::string_view text = value->kind() == Kind::kString ? std::string_view(value->string()) : "";
  if (text == "out") return Direction::kOutgoing;
  if (text == "both") return Direction::kEither;
  if (with_incoming && text == "in") return Direction::kIncoming;
  RaiseWrongType("direction", with_incoming ? "'out', 'in' or 'both'" : "'out' or 'both'", *value);
}

// One day: a text such as '2019', which may be any day of that year, would silently be its first.
std::optional<std::int64_t> ProcedureOptions::ValidAt() {
  const Value* value = Find("validAt");
  if (value == nullptr) return std::nullopt;
  if (value->kind() == Kind::kDate) return value->date().day;
  if (value->kind() != Kind::kString && value->kind() != Kind::kPartialDate) {
    RaiseWrongType("validAt", "a date", *value);
  }
  const bool text = value->kind() == Kind::kString;
  const PartialDate date = text ? Take(ParsePartialDate(value->string())) : value->partial_date();
  if (date.earliest && date.earliest == date.latest) return date.earliest;
  Raise(ErrorType::kArgumentError, "InvalidArgument",
        fmt::format("{} takes one day for its option validAt, such as '2019-06-15', not {}", procedure_,
                    Described(*value)));
}

bool ProcedureOptions::Certainly(const std::optional<std::int64_t>& valid_at) {
  const bool certainly = Boolean("certainly", false);
  if (!certainly || valid_at) return certainly;
  Raise(ErrorType::kArgumentError, "InvalidArgument",
        fmt::format("{} has the option certainly without validAt, the day on which relationships are to hold",
                    procedure_));
}

ProjectionOptions ProcedureOptions::Part() {
  ProjectionOptions options{.labels = Labels(), .types = Types()};
  options.valid_at = ValidAt();
  options.certainly = Certainly(options.valid_at);
  return options;
}

bool ProcedureOptions::Undirected(bool otherwise) {
  const auto direction = WrittenDirection(false);
  return direction ? *direction == Direction::kEither : otherwise;
}

void ProcedureOptions::ReadWeight(ProjectionOptions& part) {
  if (const Value* key = Find("weight")) {
    if (key->kind() != Kind::kString) RaiseWrongType("weight", "the name of a property", *key);
    part.weight = context_.transaction.FindKey(key->string()).value_or(KeyId{kNoName});
  }
  part.default_weight = Number("defaultWeight", part.default_weight);
  if (part.default_weight >= 0) return;
  RaiseOutOfRange(fmt::format("{} takes a number of 0 or more for its option defaultWeight, not {}", procedure_,
                              FloatToText(part.default_weight)));
}

void ProcedureOptions::RequireWeight(ProjectionOptions& part) {
  ReadWeight(part);
  if (part.weight) return;
  Raise(ErrorType::kArgumentError, "MissingOption",
        fmt::format("{0} needs the option weight, the name of the property that says how long a relationship is, as "
                    "in {{weight: 'km'}}; where each counts as one, call {1}",
                    procedure_, Unweighted(procedure_)));
}

AdjacencyOptions ProcedureOptions::Along(Direction otherwise) {
  const std::vector<LabelId> labels = Labels();
  if (labels.size() > 1) {
    Raise(ErrorType::kArgumentError, "InvalidArgument",
          fmt::format("{} takes one label, not {}: the nodes on the way must have it", procedure_, labels.size()));
  }
  AdjacencyOptions options{.types = Types(), .direction = WrittenDirection(true).value_or(otherwise)};
  if (!labels.empty()) options.label = labels.front();
  options.valid_at = ValidAt();
  options.certainly = Certainly(options.valid_at);
  return options;
}

std::vector<NodeId> NodesIn(const Value& nodes, std::string_view taker) {
  const auto raise = [&](std::string_view what) {
    RaiseInvalidType(fmt::format("{} takes a list of nodes, not {}", taker, what));
  };
  if (nodes.kind() != Kind::kList) raise(Described(nodes));
  std::vector<NodeId> ids;
  for (const Value& node : nodes.list()) {
    if (node.kind() != Kind::kNode) raise(fmt::format("one with {} in it", Described(node)));
    ids.push_back(node.node().id);
  }
  return ids;
}

}  // namespace plenum::execution
