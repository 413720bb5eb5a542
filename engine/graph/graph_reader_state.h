// The inside of a GraphReader (plenum/graph.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/graph/committed_reads.h"
#include "engine/graph/list_table.h"
#include "plenum/graph.h"

namespace plenum {

struct GraphReader::State {
  explicit State(const GraphSnapshot& of) : snapshot(of), reads(*of.core_, of.view_), scope(std::in_place, reads) {}

  void Fail(Error error) {
    if (status.ok()) status = std::move(error);
  }
  // The value, or nothing and a failure.
  template <class T>
  std::optional<T> Take(Result<T> result) {
    if (result) return *std::move(result);
    Fail(std::move(result).error());
    return std::nullopt;
  }
  // A bit a node of the range, set where it has the label (storage::kEveryNode: where it is there). Copied once.
  const std::uint64_t* LabelBits(std::uint16_t label, std::uint32_t range);
  bool HasLabel(NodeId node, std::uint16_t label);

  const GraphSnapshot snapshot;
  graph::CommittedReads reads;
  std::optional<graph::CommittedReads::Scope> scope;
  std::uint64_t scopes = 1;  // so far
  Status status;
  std::map<std::uint16_t, std::vector<std::unique_ptr<std::uint64_t[]>>> label_bits;  // by label and range
  std::vector<graph::ListTable*> tables;                                              // those in use
};

}  // namespace plenum
