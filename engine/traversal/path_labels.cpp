// See path_labels.h.
#include "engine/traversal/path_labels.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace plenum::traversal {

std::vector<std::uint32_t> NodesTo(const PathLabels& labels, std::uint32_t end) {
  std::vector<std::uint32_t> nodes(labels[end].edges + std::size_t{1});
  for (std::size_t i = nodes.size(); i-- > 0; end = labels[end].parent) nodes[i] = end;
  return nodes;
}

std::uint64_t LightestEdge(const Projection& projection, std::uint32_t from, std::uint32_t to,
                           std::span<const std::uint64_t> barred) {
  const Projection::Rows& rows = projection.outgoing();
  const auto rank = [&](std::uint64_t place) {
    return std::pair(rows.weights[place], projection.form().relationships ? rows.relationships[place].value : place);
  };
  const auto row = projection.Outgoing(from);
  const auto parallel = std::ranges::equal_range(row, to);
  const std::uint64_t begin = rows.offsets[from] + static_cast<std::uint64_t>(parallel.begin() - row.begin());
  std::optional<std::uint64_t> lightest;
  for (std::uint64_t place = begin; place < begin + parallel.size(); ++place) {
    if (std::ranges::find(barred, place) != barred.end()) continue;
    if (!lightest || rank(place) < rank(*lightest)) lightest = place;
  }
  assert(lightest);
  return *lightest;
}

}  // namespace plenum::traversal
