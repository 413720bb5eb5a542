// Aggregates of many groups at once: what count, sum and the like come to in each.
#pragma once

#include <memory>
#include <vector>

#include "engine/execution/expressions/kernel.h"
#include "engine/plan/bound_query.h"

namespace plenum::execution {

// Some rows of a batch, with the group that each belongs to and how often it comes.
struct GroupedRows {
  const std::uint16_t* rows = nullptr;
  const std::uint32_t* groups = nullptr;
  const std::uint64_t* times = nullptr;
  std::size_t count = 0;
  std::size_t current = 0;  // where one raises, its place
};
using Arguments = std::vector<const Vector*>;

// One aggregate of all groups. Belongs to its query.
class AggregateColumn {
 public:
  virtual ~AggregateColumn() = default;
  virtual void AddGroup() = 0;  // the next number, from 0 on
  // Raises as Accumulator::Add does; answers how many values more it keeps.
  virtual std::size_t Add(GroupedRows& rows, const Arguments& arguments) = 0;
  virtual Value Result(std::uint32_t group) const = 0;
};

std::unique_ptr<AggregateColumn> MakeAggregateColumn(Run& run, const plan::AggregateCall& call);

}  // namespace plenum::execution
