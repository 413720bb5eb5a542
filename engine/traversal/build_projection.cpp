// A projection of a snapshot: see plenum/projection.h. Two passes over the lists of the nodes that are taken, for each
// direction: the first counts how long each row will be, the second fills it. Each row is one worker's, so that no two
// write to one place.
#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/start_nodes.h"
#include "engine/traversal/whole_graph.h"
#include "engine/traversal/workers.h"
#include "plenum/projection.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::string_view kName = "Projection::Build";
constexpr std::uint32_t kNotTaken = 0xFFFFFFFF;
constexpr std::uint64_t kGrain = 4096;     // rows a worker takes at once
constexpr std::uint64_t kWeightWork = 64;  // of looking one up, in entries of lists
// Of so many ids one is taken, or fewer: then indexes are searched for, and no table of all ids is worth its memory.
constexpr std::uint64_t kIdsForATable = 64;

bool IsContiguous(const std::vector<NodeId>& ids) {
  return ids.empty() || (ids.front().value == 0 && ids.back().value == ids.size() - 1);
}

}  // namespace

class ProjectionBuilder {
 public:
  ProjectionBuilder(const GraphSnapshot& snapshot, const ProjectionOptions& of, const RunOptions& options)
      : snapshot_(snapshot), of_(of), options_(options), workers_(options, WorkTotal(snapshot, of), 1) {}

  Result<Projection> Run() {
    projection_.form_ = {.undirected = of_.undirected,
                         .incoming = of_.incoming,
                         .weights = of_.weight.has_value(),
                         .relationships = of_.relationships};
    Status status = TakeNodes();
    if (status.ok()) status = ChooseTable();
    if (status.ok()) status = ChooseThreads();
    if (status.ok()) {
      status = FillRows(of_.undirected ? Direction::kEither : Direction::kOutgoing, projection_.outgoing_);
    }
    if (status.ok() && of_.incoming && !of_.undirected) status = FillRows(Direction::kIncoming, projection_.incoming_);
    if (!status.ok()) return std::move(status).error();
    projection_.edge_count_ = projection_.outgoing_.targets.size();
    if (of_.undirected) projection_.edge_count_ = (projection_.edge_count_ + loops_.load()) / 2;
    if (is_contiguous_) projection_.ids_ = std::vector<NodeId>();
    return std::move(projection_);
  }

 private:
  using Rows = Projection::Rows;

  static std::uint64_t WorkTotal(const GraphSnapshot& snapshot, const ProjectionOptions& of) {
    return std::uint64_t{snapshot.nodes_end()} * (of.incoming && !of.undirected ? 4 : 2);
  }

  struct Entry {
    std::uint32_t target = 0;
    RelationshipId relationship = {};
    double weight = 0;
  };
  // One worker's reading.
  struct Reading {
    Reading(const GraphSnapshot& snapshot, AdjacencyOptions options, Workers& of, unsigned number)
        : reader(snapshot), adjacency(reader, std::move(options)), workers(of), worker(number) {}

    // After so many entries of a list.
    bool GoesOn(std::uint64_t entries) {
      unpolled += entries + kListWork;
      if (unpolled >= kWorkOfPoll) goes_on = goes_on && workers.GoesOn(worker, std::exchange(unpolled, 0));
      return goes_on;
    }

    GraphReader reader;
    Adjacency adjacency;
    Workers& workers;
    const unsigned worker;
    std::uint64_t unpolled = 0;
    bool goes_on = true;  // else it was ended: by the poll, by another thread, or by what `status` says
    std::vector<Entry> row;
    Status status;

    static constexpr std::uint64_t kListWork = 16;  // many lie in one segment
    static constexpr std::uint64_t kWorkOfPoll = 4096;
  };

  // Counts on `bytes` more being held from now on.
  Status TakeMemory(std::uint64_t bytes) {
    bytes_ += bytes;
    return traversal::CheckMemory(kName, options_, bytes_);
  }

  Status TakeNodes() {
    std::vector<std::optional<LabelId>> labels(of_.labels.begin(), of_.labels.end());
    if (labels.empty()) labels.emplace_back();
    std::uint64_t count = 0;
    for (const std::optional<LabelId> label : labels) {
      const Result<std::uint64_t> with_label = snapshot_.CountNodes(label);
      if (!with_label) return with_label.error();
      count += *with_label;
    }
    if (Status status = TakeMemory(count * sizeof(NodeId)); !status.ok()) return status;
    std::vector<NodeId>& ids = projection_.ids_;
    ids.reserve(count);
    GraphReader reader(snapshot_);
    const auto take = [&](std::span<const NodeId> nodes) {
      ids.insert(ids.end(), nodes.begin(), nodes.end());
      return workers_.GoesOn(0, Workers::kListWork + nodes.size());
    };
    for (const std::optional<LabelId> label : labels) reader.ForEachNodeChunk(label, take);
    if (Status status = workers_.Poll(0); !status.ok()) return status;
    if (of_.labels.size() > 1) {
      std::ranges::sort(ids);
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    is_contiguous_ = IsContiguous(ids);
    takes_all_ = of_.labels.empty();
    return reader.status().ok() ? Status() : Status(reader.status().error());
  }

  // How indexes are found: not at all, by a table, or by a search.
  Status ChooseTable() {
    const std::vector<NodeId>& ids = projection_.ids_;
    const std::uint64_t nodes_end = snapshot_.nodes_end();
    if ((is_contiguous_ && takes_all_) || ids.size() * kIdsForATable < nodes_end) return {};
    if (Status status = TakeMemory(nodes_end * sizeof(std::uint32_t)); !status.ok()) return status;
    index_of_.assign(nodes_end, kNotTaken);
    return traversal::InPieces(workers_, ids.size(), [&](std::uint64_t i, std::uint64_t end) {
      for (; i < end; ++i) index_of_[ids[i].value] = static_cast<std::uint32_t>(i);
    });
  }

  std::uint32_t IndexOf(NodeId node) const {
    if (is_contiguous_ && takes_all_) return node.value;
    if (!index_of_.empty()) return index_of_[node.value];
    const auto found = std::ranges::lower_bound(projection_.ids_, node);
    if (found == projection_.ids_.end() || *found != node) return kNotTaken;
    return static_cast<std::uint32_t>(found - projection_.ids_.begin());
  }

  // As if nodes that are not taken had as many relationships as those that are.
  Status ChooseThreads() {
    const Result<std::uint64_t> entries =
        traversal::CountEntries(snapshot_, of_.types, of_.undirected ? Direction::kEither : Direction::kOutgoing);
    if (!entries) return entries.error();
    const double taken = static_cast<double>(projection_.ids_.size()) / std::max(1u, snapshot_.nodes_end());
    const auto work = static_cast<std::uint64_t>(taken * static_cast<double>(*entries)) + projection_.ids_.size();
    workers_.Grow(traversal::WithThreadsFor(options_, work).threads);
    return {};
  }

  Status FillRows(Direction direction, Rows& rows) {
    if (Status status = TakeMemory((projection_.ids_.size() + 1) * sizeof(std::uint64_t)); !status.ok()) return status;
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
      reading.adjacency.ForEachChunk(projection_.ids_[index], [&](std::span<const NodeId> nodes) {
        count += CountTaken(nodes);
        return reading.GoesOn(nodes.size());
      });
      rows.offsets[index + 1] = count;
    });
    if (status.ok()) status = MakeRoom(rows);
    if (!status.ok()) return status;
    if (!lists.relationships) {
      return ForEachNode(lists, [&](Reading& reading, std::uint32_t index) { FillTargets(reading, index, rows); });
    }
    return ForEachNode(lists, [&](Reading& reading, std::uint32_t index) {
      GatherRow(reading, projection_.ids_[index]);
      WriteRow(reading.row, index, rows);  // of which a part is missing where it was ended: nobody will read it
    });
  }

  // From how long each row is to where it begins, and arrays of as many entries.
  Status MakeRoom(Rows& rows) {
    Status status = traversal::InPieces(workers_, rows.offsets.size() - 1, [&](std::uint64_t i, std::uint64_t end) {
      for (; i < end; ++i) rows.offsets[i + 1] += rows.offsets[i];
    });
    if (!status.ok()) return status;
    const std::uint64_t bytes_an_entry =
        sizeof(std::uint32_t) + (of_.weight ? sizeof(double) : 0) + (of_.relationships ? sizeof(RelationshipId) : 0);
    if (status = TakeMemory(rows.offsets.back() * bytes_an_entry); !status.ok()) return status;
    rows.targets.resize(rows.offsets.back());
    if (of_.weight) rows.weights.resize(rows.targets.size());
    if (of_.relationships) rows.relationships.resize(rows.targets.size());
    return {};
  }

  // fill(Reading&, index) for each node, by all workers.
  template <class Fill>
  Status ForEachNode(const AdjacencyOptions& lists, Fill fill) {
    std::vector<std::unique_ptr<Reading>> readings;
    for (unsigned i = 0; i < workers_.count(); ++i) {
      readings.push_back(std::make_unique<Reading>(snapshot_, lists, workers_, i));
    }
    const auto fill_some = [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
      Reading& reading = *readings[worker];
      for (std::uint64_t i = begin; i < end && reading.goes_on; ++i) fill(reading, static_cast<std::uint32_t>(i));
      reading.reader.Release();
    };
    Status status = workers_.ForEachRange(projection_.ids_.size(), kGrain, fill_some);
    for (const auto& each : readings) {
      if (status.ok() && !each->reader.status().ok()) status = each->reader.status().error();
      if (status.ok()) status = std::move(each->status);
    }
    return status;
  }

  std::uint64_t CountTaken(std::span<const NodeId> nodes) const {
    if (takes_all_) return nodes.size();
    return static_cast<std::uint64_t>(
        std::ranges::count_if(nodes, [&](const NodeId& node) { return IndexOf(node) != kNotTaken; }));
  }

  // Where only targets are wanted.
  void FillTargets(Reading& reading, std::uint32_t index, Rows& rows) {
    const std::uint64_t first = rows.offsets[index];
    std::uint32_t* out = rows.targets.data() + first;
    std::size_t pieces = 0;
    reading.adjacency.ForEachChunk(projection_.ids_[index], [&](std::span<const NodeId> nodes) {
      ++pieces;
      for (const NodeId& node : nodes) {
        const std::uint32_t target = IndexOf(node);
        if (target != kNotTaken) *out++ = target;
      }
      return reading.GoesOn(nodes.size());
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
      for (std::size_t i = 0; i < chunk.nodes.size(); ++i) {
        const std::uint32_t target = IndexOf(chunk.nodes[i]);
        if (target == kNotTaken) continue;
        const RelationshipId relationship = chunk.relationships[i];
        if (of_.weight && !reading.GoesOn(kWeightWork)) return false;
        reading.row.push_back({target, relationship, of_.weight ? WeightOf(reading, relationship) : 0});
      }
      return reading.GoesOn(chunk.nodes.size());
    });
    std::ranges::sort(reading.row, {}, [](const Entry& entry) { return std::tuple(entry.target, entry.relationship); });
  }

  double WeightOf(Reading& reading, RelationshipId relationship) {
    const Value value = reading.reader.Property(relationship, *of_.weight);
    if (value.kind() == Value::Kind::kInteger) return static_cast<double>(value.integer());
    if (value.kind() == Value::Kind::kFloat) return value.real();
    if (!value.is_null() && reading.status.ok()) {
      reading.goes_on = false;
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
  const RunOptions& options_;
  Workers workers_;
  std::uint64_t bytes_ = 0;  // held
  Projection projection_;
  std::vector<std::uint32_t> index_of_;  // by node id; kNotTaken; empty: see IndexOf
  bool takes_all_ = true;
  bool is_contiguous_ = false;
  std::atomic<std::uint64_t> loops_{0};
};

Result<Projection> Projection::Build(const GraphSnapshot& snapshot, const ProjectionOptions& of,
                                     const RunOptions& options) {
  return traversal::WithinMemory(kName, [&] { return ProjectionBuilder(snapshot, of, options).Run(); });
}

}  // namespace plenum
