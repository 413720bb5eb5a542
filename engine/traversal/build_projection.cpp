// A projection of a snapshot: see plenum/projection.h. Two passes over the lists of the nodes that are taken, the first
// counts how long each row will be, the second fills it: each row is one worker's, so that no two write to one place.
#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/traversal/workers.h"
#include "plenum/projection.h"

namespace plenum {
namespace {

constexpr std::uint32_t kNotTaken = 0xFFFFFFFF;
constexpr std::uint64_t kGrain = 4096;  // rows a worker takes at once

bool IsContiguous(const std::vector<NodeId>& ids) {
  return ids.empty() || (ids.front().value == 0 && ids.back().value == ids.size() - 1);
}

}  // namespace

class ProjectionBuilder {
 public:
  ProjectionBuilder(const GraphSnapshot& snapshot, const ProjectionOptions& of, const RunOptions& options)
      : snapshot_(snapshot), of_(of), workers_(options, std::uint64_t{snapshot.nodes_end()} * 4) {}

  Result<Projection> Run() {
    projection_.form_ = {.undirected = of_.undirected,
                         .incoming = of_.incoming,
                         .weights = of_.weight.has_value(),
                         .relationships = of_.relationships};
    Status status = TakeNodes();
    if (status.ok()) {
      status = FillRows(of_.undirected ? Direction::kEither : Direction::kOutgoing, projection_.outgoing_);
    }
    if (status.ok() && of_.incoming && !of_.undirected) status = FillRows(Direction::kIncoming, projection_.incoming_);
    if (!status.ok()) return std::move(status).error();
    projection_.edge_count_ = projection_.outgoing_.targets.size();
    if (of_.undirected) projection_.edge_count_ = (projection_.edge_count_ + loops_.load()) / 2;
    if (is_contiguous_) projection_.ids_.clear();
    return std::move(projection_);
  }

 private:
  using Rows = Projection::Rows;
  struct Entry {
    std::uint32_t target = 0;
    RelationshipId relationship = {};
    double weight = 0;
  };
  // One worker's reading.
  struct Reading {
    Reading(const GraphSnapshot& snapshot, AdjacencyOptions options)
        : reader(snapshot), adjacency(reader, std::move(options)) {}
    GraphReader reader;
    Adjacency adjacency;
    std::vector<Entry> row;
    Status status;
  };

  Status TakeNodes() {
    GraphReader reader(snapshot_);
    std::vector<NodeId>& ids = projection_.ids_;
    const auto take = [&](std::span<const NodeId> nodes) { ids.insert(ids.end(), nodes.begin(), nodes.end()); };
    if (of_.labels.empty()) reader.ForEachNodeChunk(std::nullopt, take);
    for (const LabelId label : of_.labels) reader.ForEachNodeChunk(label, take);
    if (of_.labels.size() > 1) {
      std::ranges::sort(ids);
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    is_contiguous_ = IsContiguous(ids);
    takes_all_ = of_.labels.empty();
    index_of_.assign(snapshot_.nodes_end(), kNotTaken);
    for (std::uint32_t i = 0; i < ids.size(); ++i) index_of_[ids[i].value] = i;
    return reader.status().ok() ? Status() : Status(reader.status().error());
  }

  Status FillRows(Direction direction, Rows& rows) {
    const AdjacencyOptions lists{.types = of_.types,
                                 .direction = direction,
                                 .valid_at = of_.valid_at,
                                 .certainly = of_.certainly,
                                 .relationships = of_.relationships || of_.weight.has_value()};
    AdjacencyOptions counted = lists;
    counted.relationships = false;
    rows.offsets.assign(projection_.ids_.size() + 1, 0);
    Status status = ForEachNode(counted, [&](Reading& reading, std::uint32_t index) {
      std::uint64_t count = 0;
      reading.adjacency.ForEachChunk(projection_.ids_[index],
                                     [&](std::span<const NodeId> nodes) { count += CountTaken(nodes); });
      rows.offsets[index + 1] = count;
    });
    if (!status.ok()) return status;
    std::partial_sum(rows.offsets.begin(), rows.offsets.end(), rows.offsets.begin());
    rows.targets.resize(rows.offsets.back());
    if (of_.weight) rows.weights.resize(rows.targets.size());
    if (of_.relationships) rows.relationships.resize(rows.targets.size());
    if (!lists.relationships) {
      return ForEachNode(lists, [&](Reading& reading, std::uint32_t index) { FillTargets(reading, index, rows); });
    }
    return ForEachNode(lists, [&](Reading& reading, std::uint32_t index) {
      GatherRow(reading, projection_.ids_[index]);
      WriteRow(reading.row, index, rows);
    });
  }

  // fill(Reading&, index) for each node, by all workers.
  template <class Fill>
  Status ForEachNode(const AdjacencyOptions& lists, Fill fill) {
    std::vector<std::unique_ptr<Reading>> readings;
    for (unsigned i = 0; i < workers_.count(); ++i) readings.push_back(std::make_unique<Reading>(snapshot_, lists));
    Status status = workers_.ForEachRange(projection_.ids_.size(), kGrain,
                                          [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
                                            Reading& reading = *readings[worker];
                                            for (std::uint64_t i = begin; i < end && reading.status.ok(); ++i) {
                                              fill(reading, static_cast<std::uint32_t>(i));
                                            }
                                            reading.reader.Release();
                                          });
    for (const auto& each : readings) {
      if (status.ok() && !each->reader.status().ok()) status = each->reader.status().error();
      if (status.ok()) status = std::move(each->status);
    }
    return status;
  }

  std::uint64_t CountTaken(std::span<const NodeId> nodes) const {
    if (takes_all_) return nodes.size();
    return static_cast<std::uint64_t>(
        std::ranges::count_if(nodes, [&](const NodeId& node) { return index_of_[node.value] != kNotTaken; }));
  }

  // Where only targets are wanted.
  void FillTargets(Reading& reading, std::uint32_t index, Rows& rows) {
    const std::uint64_t first = rows.offsets[index];
    std::uint32_t* out = rows.targets.data() + first;
    std::size_t pieces = 0;
    reading.adjacency.ForEachChunk(projection_.ids_[index], [&](std::span<const NodeId> nodes) {
      ++pieces;
      for (const NodeId& node : nodes) {
        const std::uint32_t target = is_contiguous_ && takes_all_ ? node.value : index_of_[node.value];
        if (target != kNotTaken) *out++ = target;
      }
    });
    const std::span<std::uint32_t> row(rows.targets.data() + first, out);
    if (pieces > 1) std::ranges::sort(row);
    CountLoops(index, row);
  }

  void CountLoops(std::uint32_t index, std::span<const std::uint32_t> row) {
    if (!of_.undirected) return;
    const auto [first, end] = std::equal_range(row.begin(), row.end(), index);
    if (first != end) loops_.fetch_add(static_cast<std::uint64_t>(end - first), std::memory_order_relaxed);
  }

  void GatherRow(Reading& reading, NodeId node) {
    reading.row.clear();
    reading.adjacency.ForEachRelationshipChunk(node, [&](const RelationshipChunk& chunk) {
      for (std::size_t i = 0; i < chunk.nodes.size() && reading.status.ok(); ++i) {
        const std::uint32_t target = index_of_[chunk.nodes[i].value];
        if (target == kNotTaken) continue;
        const RelationshipId relationship = chunk.relationships[i];
        reading.row.push_back({target, relationship, of_.weight ? WeightOf(reading, relationship) : 0});
      }
    });
    std::ranges::sort(reading.row, {}, [](const Entry& entry) { return std::tuple(entry.target, entry.relationship); });
  }

  double WeightOf(Reading& reading, RelationshipId relationship) {
    const Value value = reading.reader.Property(relationship, *of_.weight);
    if (value.kind() == Value::Kind::kInteger) return static_cast<double>(value.integer());
    if (value.kind() == Value::Kind::kFloat) return value.real();
    if (!value.is_null() && reading.status.ok()) {
      reading.status =
          Error{.type = ErrorType::kTypeError,
                .detail = "InvalidArgumentType",
                .message = "the weight of relationship " + std::to_string(relationship.value) +
                           " is no number; take a property whose values are integers or floats, or none at all",
                .place = {}};
    }
    return of_.default_weight;
  }

  void WriteRow(std::span<const Entry> row, std::uint32_t index, Rows& rows) {
    std::uint64_t at = rows.offsets[index];
    for (const Entry& entry : row) {
      rows.targets[at] = entry.target;
      if (of_.weight) rows.weights[at] = entry.weight;
      if (of_.relationships) rows.relationships[at] = entry.relationship;
      ++at;
    }
    CountLoops(index, {rows.targets.data() + rows.offsets[index], rows.targets.data() + at});
  }

  const GraphSnapshot& snapshot_;
  const ProjectionOptions& of_;
  traversal::Workers workers_;
  Projection projection_;
  std::vector<std::uint32_t> index_of_;  // by node id; kNotTaken
  bool takes_all_ = true;
  bool is_contiguous_ = false;
  std::atomic<std::uint64_t> loops_{0};
};

Result<Projection> Projection::Build(const GraphSnapshot& snapshot, const ProjectionOptions& of,
                                     const RunOptions& options) {
  return ProjectionBuilder(snapshot, of, options).Run();
}

}  // namespace plenum
