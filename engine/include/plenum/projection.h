// A part of a graph in plain arrays: for algorithms that read all of it, or read it many times.
//
//   plenum::ProjectionOptions people{.labels = {*snapshot.FindLabel("Person")},
//                                    .types = {*snapshot.FindType("KNOWS")},
//                                    .undirected = true};
//   auto projection = plenum::Projection::Build(snapshot, people);
//   if (!projection) {
//     std::cerr << plenum::Describe(projection.error()) << '\n';
//     return 1;
//   }
//   auto cores = plenum::CoreNumbers(*projection);
//
// Its nodes are numbered 0, 1, 2, … in the order of their ids: an index. Algorithms speak of indexes; IdOf and IndexOf
// lead from one to the other. Immutable once made: any thread may read it at any time. It holds what the graph was when
// it was made, and needs the database no longer.
//
// It takes 4 bytes a relationship, 8 more for weights, 8 more for the relationships' ids; twice that if undirected, or
// with the rows of what arrives. And it takes 12 bytes a node (8 where every id up to the last is taken), and 8 more
// with the rows of what arrives.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "plenum/graph.h"
#include "plenum/run_options.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

// What of a graph goes into a projection.
struct ProjectionOptions {
  std::vector<LabelId> labels = {};  // nodes with any of these; empty: every node
  std::vector<TypeId> types = {};    // relationships of these between such nodes; empty: every type
  bool undirected = false;
  bool incoming = false;  // rows of what arrives too, which some algorithms ask for; an undirected one has them anyway
  // Only relationships that hold on this day, as in AdjacencyOptions.
  std::optional<std::int64_t> valid_at = std::nullopt;
  bool certainly = false;
  // The property that is a relationship's weight, a number; `default_weight` where it has none. Absent: no weights.
  std::optional<KeyId> weight = std::nullopt;
  double default_weight = 1;
  bool relationships = false;  // keep their ids

  bool operator==(const ProjectionOptions&) const = default;
};

class Projection {
 public:
  struct Edge {
    std::uint32_t from = 0;  // indexes
    std::uint32_t to = 0;
    double weight = 1;
    RelationshipId relationship = {};
  };
  // Which arrays there are.
  struct Form {
    bool undirected = false;  // every edge is in the rows of both its ends; a self-loop once
    bool incoming = false;    // rows of the edges that arrive, too; an undirected one has them without asking
    bool weights = false;
    bool relationships = false;
  };

  // Of a snapshot, by options.threads. Every list is read twice, first to count; so is every list of what arrives. To
  // build takes 4 bytes more for each id that the snapshot may have, where some nodes are left out but not nearly all.
  // Beside what RunOptions::memory_bytes_max counts, each thread takes what an Adjacency does, and 24 bytes an entry of
  // the longest row where weights or ids are asked for. Errors: a TypeError where a weight is no number, which names
  // the relationship; those of RunOptions; what the store says.
  static Result<Projection> Build(const GraphSnapshot& snapshot, const ProjectionOptions& of,
                                  const RunOptions& options = {});

  // Of the edges given, between nodes 0 to node_count - 1, whose ids are the same numbers. Parallel edges and
  // self-loops stay. Requires that both ends of every edge are below node_count.
  static Projection FromEdges(std::uint32_t node_count, std::span<const Edge> edges, Form form);

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(outgoing_.offsets.size() - 1); }
  // As they are in the graph: an undirected one is counted once.
  std::uint64_t edge_count() const { return edge_count_; }
  const Form& form() const { return form_; }
  std::uint64_t memory_bytes() const;  // that it takes

  NodeId IdOf(std::uint32_t index) const { return ids_.empty() ? NodeId{index} : ids_[index]; }
  std::optional<std::uint32_t> IndexOf(NodeId node) const;

  // The other ends of the edges that leave a node (of all its edges, if undirected), ascending; one for each edge.
  std::span<const std::uint32_t> Outgoing(std::uint32_t index) const { return outgoing_.Row(outgoing_.targets, index); }
  // Of the edges that arrive. Requires form().incoming or form().undirected.
  std::span<const std::uint32_t> Incoming(std::uint32_t index) const {
    return incoming().Row(incoming().targets, index);
  }
  // In the order of Outgoing. Requires form().weights.
  std::span<const double> OutgoingWeights(std::uint32_t index) const { return outgoing_.Row(outgoing_.weights, index); }
  std::span<const double> IncomingWeights(std::uint32_t index) const {
    return incoming().Row(incoming().weights, index);
  }
  // In the order of Outgoing. Requires form().relationships.
  std::span<const RelationshipId> OutgoingRelationships(std::uint32_t index) const {
    return outgoing_.Row(outgoing_.relationships, index);
  }

  // Compressed sparse rows, as they are: one more offset than nodes.
  struct Rows {
    std::vector<std::uint64_t> offsets = {0};
    std::vector<std::uint32_t> targets;
    std::vector<double> weights;                // empty, or one for each target
    std::vector<RelationshipId> relationships;  // empty, or one for each target

    template <class T>
    std::span<const T> Row(const std::vector<T>& lane, std::uint32_t index) const {
      return {lane.data() + offsets[index], lane.data() + offsets[index + 1]};
    }
  };
  const Rows& outgoing() const { return outgoing_; }
  const Rows& incoming() const { return form_.undirected ? outgoing_ : incoming_; }

 private:
  friend class ProjectionBuilder;
  Projection() = default;

  Form form_;
  std::uint64_t edge_count_ = 0;
  std::vector<NodeId> ids_;  // ascending; empty: each index is its id
  Rows outgoing_;
  Rows incoming_;
};

}  // namespace plenum
