// The map of options that procedures over the graph take last: read key by key, each with its type; a key that nobody
// has asked for is an error, so that a slip of the pen is not taken for a default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/execution/query_context.h"
#include "plenum/graph.h"
#include "plenum/paths.h"
#include "plenum/projection.h"

namespace plenum::execution {

class ProcedureOptions {
 public:
  // `given`: a map, or null for none. It and `procedure`, its name for messages, outlive this.
  ProcedureOptions(const QueryContext& context, std::string_view procedure, const Value& given)
      : context_(context), procedure_(procedure), given_(given) {}

  // The value of the key, or the default where it is absent or null. Raise TypeError InvalidArgumentType.
  bool Boolean(std::string_view key, bool otherwise);
  double Number(std::string_view key, double otherwise);
  std::optional<std::uint64_t> Count(std::string_view key);  // not negative, else ArgumentError NumberOutOfRange
  std::uint32_t CountOr(std::string_view key, std::uint32_t otherwise);  // what is larger becomes the largest
  std::uint32_t MaxLength() { return CountOr("maxLength", kAnyHops); }
  PathMode Mode();  // mode: TRAIL where it is absent
  std::optional<std::vector<NodeId>> Nodes(std::string_view key);

  // Of the graph, for searches: labels (one at most), types, direction ('out', 'in' or 'both'), validAt, certainly.
  AdjacencyOptions Along(Direction otherwise);
  // For projections: labels, types, validAt, certainly; and apart, direction ('out' or 'both'), weight and
  // defaultWeight.
  ProjectionOptions Part();
  bool Undirected(bool otherwise);
  void ReadWeight(ProjectionOptions& part);
  void RequireWeight(ProjectionOptions& part);  // ArgumentError MissingOption where weight is absent

  // Raises ArgumentError UnknownOption for a key that was not read.
  void Finish() const;

 private:
  const Value* Find(std::string_view key);
  std::vector<std::string> Names(std::string_view key);  // a string, or a list of strings
  std::vector<LabelId> Labels();
  std::vector<TypeId> Types();
  std::optional<Direction> WrittenDirection(bool with_incoming);
  std::optional<std::int64_t> ValidAt();
  bool Certainly(const std::optional<std::int64_t>& valid_at);
  [[noreturn]] void RaiseWrongType(std::string_view key, std::string_view wanted, const Value& value) const;

  const QueryContext& context_;
  const std::string_view procedure_;
  const Value& given_;
  std::vector<std::string> known_;
};

// The ids in a list of nodes; raises TypeError InvalidArgumentType, which `taker` begins, for anything else.
std::vector<NodeId> NodesIn(const Value& nodes, std::string_view taker);

}  // namespace plenum::execution
