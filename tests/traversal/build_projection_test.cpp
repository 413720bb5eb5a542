// Projections of a database beside those of the same edges.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "plenum/projection.h"
#include "tests/traversal/multigraph_database.h"

namespace plenum {
namespace {

constexpr std::uint32_t kGraphs = 1'000;

void ExpectSame(const Projection::Rows& rows, const Projection::Rows& expected) {
  ASSERT_EQ(rows.offsets, expected.offsets);
  ASSERT_EQ(rows.targets, expected.targets);
  ASSERT_EQ(rows.weights, expected.weights);
  ASSERT_EQ(rows.relationships, expected.relationships);
}

// The nodes of the database that are taken, in the order of their ids.
std::vector<std::uint32_t> Taken(const MultigraphDatabase& database, const ProjectionOptions& of) {
  std::vector<std::uint32_t> taken;
  for (std::uint32_t i = 0; i < database.nodes.size(); ++i) {
    if (of.labels.empty() || i % 3 == 0) taken.push_back(i);
  }
  std::ranges::sort(taken, {}, [&](std::uint32_t i) { return database.nodes[i]; });
  return taken;
}

Projection Expected(const MultigraphDatabase& database, std::uint32_t g, const ProjectionOptions& of) {
  std::map<std::uint32_t, std::uint32_t> index;
  for (const std::uint32_t i : Taken(database, of)) index.emplace(i, static_cast<std::uint32_t>(index.size()));
  std::vector<Projection::Edge> edges;
  for (const Projection::Edge& edge : database.graphs[g].edges) {
    if (!index.contains(edge.from) || !index.contains(edge.to)) continue;
    edges.push_back({index[edge.from], index[edge.to], edge.weight, edge.relationship});
  }
  return Projection::FromEdges(static_cast<std::uint32_t>(index.size()), edges,
                               {.undirected = of.undirected,
                                .incoming = of.incoming,
                                .weights = of.weight.has_value(),
                                .relationships = of.relationships});
}

TEST(BuildProjection, HasTheRowsOfItsEdges) {
  MultigraphDatabase database(0, kGraphs);
  const KeyId weight = database.SetWeights();
  const GraphSnapshot snapshot = database.Snapshot();
  for (std::uint32_t g = 0; g < kGraphs; ++g) {
    ProjectionOptions of{
        .types = {database.types[g]}, .undirected = g % 2 == 0, .incoming = g % 3 == 0, .relationships = g % 5 < 2};
    if (g % 7 < 2) of.labels = {database.label};
    if (g % 11 < 5) of.weight = weight;
    const Projection built = Must(Projection::Build(snapshot, of, {.threads = 1 + g % 2}));
    const Projection expected = Expected(database, g, of);
    ASSERT_EQ(built.node_count(), expected.node_count());
    ASSERT_EQ(built.edge_count(), expected.edge_count()) << g;
    ASSERT_NO_FATAL_FAILURE(ExpectSame(built.outgoing(), expected.outgoing())) << g;
    ASSERT_NO_FATAL_FAILURE(ExpectSame(built.incoming(), expected.incoming())) << g;
    for (std::uint32_t i = 0; i < built.node_count(); ++i) {
      const NodeId node = database.nodes[Taken(database, of)[i]];
      ASSERT_EQ(built.IdOf(i), node);
      ASSERT_EQ(built.IndexOf(node), i);
    }
  }
}

TEST(BuildProjection, AWeightThatIsNoNumberIsNamed) {
  MultigraphDatabase database(5, 1);
  database.SetWeights("heavy");
  const GraphSnapshot snapshot = database.Snapshot();
  const auto built = Projection::Build(snapshot, {.weight = snapshot.FindKey("weight")});
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().type, ErrorType::kTypeError);
  EXPECT_NE(
      built.error().message.find("relationship " + std::to_string(database.graphs[0].edges[0].relationship.value)),
      std::string::npos);
}

// A node with so many relationships that looking up their weights takes a while; and a label that few nodes have.
class BuildOfAHub : public testing::Test {
 protected:
  static constexpr std::uint32_t kNodes = 20'000, kLabelled = 10;

  BuildOfAHub() {
    auto writer = graph_.Write();
    label_ = Must(writer->InternLabel("Few"));
    weight_ = Must(writer->InternKey("weight"));
    const TypeId type = Must(writer->InternType("KNOWS"));
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      const bool labelled = i % (kNodes / kLabelled) == 0;
      const NodeId node = Must(writer->CreateNode(labelled ? std::vector{label_} : std::vector<LabelId>{}));
      const RelationshipId relationship = Must(writer->CreateRelationship(type, {0}, node));
      Must(writer->SetProperty(relationship, weight_, Value(std::int64_t{i})));
    }
    Must(writer->Commit(false));
  }

  graph::OpenGraph graph_{":memory:", std::uint64_t{64} << 20};
  LabelId label_;
  KeyId weight_;
};

TEST_F(BuildOfAHub, EndsWithTheErrorOfThePoll) {
  const RunOptions stop{.poll = [](double) -> Status { return Error{ErrorType::kCancelled, "", "stopped"}; }};
  for (const std::optional<KeyId> weight : {std::optional<KeyId>(), std::optional(weight_)}) {
    const auto built = Projection::Build(graph_->Snapshot(), {.weight = weight}, stop);
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().type, ErrorType::kCancelled);
  }
}

TEST_F(BuildOfAHub, OfFewNodesTakesLittle) {
  const auto built = Must(Projection::Build(graph_->Snapshot(), {.labels = {label_}}, {.memory_bytes_max = 1'000}));
  EXPECT_EQ(built.node_count(), kLabelled);
  EXPECT_EQ(built.edge_count(), kLabelled);
  EXPECT_EQ(built.Outgoing(0).size(), kLabelled);
  const auto refused = Projection::Build(graph_->Snapshot(), {.labels = {label_}}, {.memory_bytes_max = 150});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().type, ErrorType::kResourceExhausted);
}

TEST_F(BuildOfAHub, TakesWhatItSays) {
  const GraphSnapshot snapshot = graph_->Snapshot();
  ASSERT_GT(snapshot.nodes_end(), kNodes);  // so indexes are looked up
  const std::uint64_t ids = 4 * kNodes, offsets = 8 * kNodes + 8, targets = 4 * kNodes,
                      table = 4 * snapshot.nodes_end();
  Must(Projection::Build(snapshot, {}, {.memory_bytes_max = ids + offsets + targets + table}));
  EXPECT_FALSE(Projection::Build(snapshot, {}, {.memory_bytes_max = ids + offsets + targets + table - 1}));
  EXPECT_EQ(Must(Projection::Build(snapshot, {})).memory_bytes(), ids + offsets + targets + 8);  // one empty row's
}

}  // namespace
}  // namespace plenum
