// Single elements and names, read without a query.
#include "plenum/graph_reader.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>
#include <vector>

#include "tests/graph/open_graph.h"

namespace plenum::graph {
namespace {

TEST(GraphReader, MayScanWithinAScanAndLeaveIt) {
  OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const LabelId person = Must(writer->InternLabel("Person"));
  for (int i = 0; i < 5; ++i) Must(writer->CreateNode({person}));
  for (int i = 0; i < 500; ++i) Must(writer->CreateNode({}));
  Must(writer->Commit(false));
  GraphReader reader(graph->Snapshot());
  int scans = 0;
  reader.ForEachNodeChunk(person, [&](std::span<const NodeId> people) {
    reader.ForEachNodeChunk(std::nullopt, [](std::span<const NodeId> all) { EXPECT_EQ(all.size(), 505u); });
    EXPECT_EQ(std::vector(people.begin(), people.end()), (std::vector<NodeId>{{0}, {1}, {2}, {3}, {4}}));
    ++scans;
    return false;
  });
  EXPECT_EQ(scans, 1);
}

TEST(GraphReader, LabelsAndPropertiesAreThoseOfTheSnapshot) {
  OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const LabelId person = Must(writer->InternLabel("Person"));
  const KeyId name = Must(writer->InternKey("name"));
  const TypeId knows = Must(writer->InternType("KNOWS"));
  const NodeId ada = Must(writer->CreateNode({person}));
  const NodeId bob = Must(writer->CreateNode({}));
  const RelationshipId between = Must(writer->CreateRelationship(knows, ada, bob));
  Must(writer->SetProperty(ada, name, Value("Ada")));
  Must(writer->SetProperty(between, name, Value("friends")));
  const Interval since{.from = PartialDate{100, 100}, .until = std::nullopt};
  Must(writer->SetValidity(between, since));
  Must(writer->Commit(false));
  const GraphSnapshot before = graph->Snapshot();
  writer = graph.Write();
  Must(writer->SetProperty(ada, name, Value("Augusta Ada")));
  Must(writer->AddLabel(bob, person));
  Must(writer->DeleteRelationship(between));
  Must(writer->Commit(false));
  const GraphSnapshot after = graph->Snapshot();

  const auto persons = [&](GraphReader& reader) {
    std::vector<NodeId> nodes;
    reader.ForEachNodeChunk(person, [&](auto chunk) { nodes.insert(nodes.end(), chunk.begin(), chunk.end()); });
    return nodes;
  };
  GraphReader old(before);
  EXPECT_EQ(old.Property(ada, name).string(), "Ada");
  EXPECT_EQ(old.Property(between, name).string(), "friends");
  EXPECT_EQ(old.Validity(between), since);
  EXPECT_TRUE(old.Property(bob, name).is_null());
  EXPECT_EQ(persons(old), std::vector{ada});
  EXPECT_FALSE(old.HasLabel(bob, person));
  EXPECT_TRUE(old.Exists(bob));
  EXPECT_EQ(Must(before.CountRelationships(knows)), 1u);
  GraphReader fresh(after);
  EXPECT_EQ(fresh.Property(ada, name).string(), "Augusta Ada");
  EXPECT_TRUE(fresh.Property(between, name).is_null());
  EXPECT_EQ(persons(fresh), (std::vector{ada, bob}));
  EXPECT_EQ(Must(after.CountNodes(person)), 2u);
  EXPECT_EQ(Must(after.CountNodes()), 2u);
  EXPECT_EQ(Must(after.CountRelationships(knows)), 0u);
  EXPECT_EQ(after.commit(), before.commit() + 1);
  EXPECT_EQ(after.FindType("KNOWS"), knows);
  EXPECT_FALSE(after.FindType("KNOWN"));
}

TEST(GraphReader, TellsNamesAndWholeElements) {
  OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const LabelId person = Must(writer->InternLabel("Person"));
  const LabelId scholar = Must(writer->InternLabel("Scholar"));
  const KeyId name = Must(writer->InternKey("name"));
  const KeyId born = Must(writer->InternKey("born"));
  Must(writer->InternType("HOLDS"));
  const TypeId knows = Must(writer->InternType("KNOWS"));
  const NodeId ada = Must(writer->CreateNode({scholar, person}));
  const NodeId bob = Must(writer->CreateNode({}));
  const RelationshipId between = Must(writer->CreateRelationship(knows, ada, bob));
  Must(writer->SetProperty(ada, name, Value("Ada")));
  Must(writer->SetProperty(ada, born, Value(std::int64_t{1815})));
  Must(writer->SetValidity(ada, Interval{.from = PartialDate{-56'000, -56'000}, .until = std::nullopt}));
  Must(writer->SetProperty(between, name, Value("friends")));
  Must(writer->Commit(false));

  const GraphSnapshot snapshot = graph->Snapshot();
  EXPECT_EQ(snapshot.NameOf(scholar), "Scholar");
  EXPECT_EQ(snapshot.NameOf(knows), "KNOWS");
  EXPECT_EQ(snapshot.NameOf(born), "born");
  EXPECT_EQ(snapshot.Labels(), (std::vector{person, scholar}));
  EXPECT_EQ(snapshot.Types().size(), 2u);
  EXPECT_EQ(snapshot.Keys(), (std::vector{name, born}));
  GraphReader reader(snapshot);
  EXPECT_EQ(reader.Labels(ada), (std::vector{person, scholar}));
  EXPECT_TRUE(reader.Labels(bob).empty());
  const PropertyList properties = reader.Properties(ada);
  ASSERT_EQ(properties.size(), 2u);  // validity is none of them
  EXPECT_EQ(properties[0].first, name);
  EXPECT_EQ(properties[1].second.integer(), 1815);
  EXPECT_EQ(reader.Properties(between).size(), 1u);  // nor are the ends
  EXPECT_EQ(reader.Ends(between), std::pair(ada, bob));
  EXPECT_EQ(TypeOf(between), knows);
  EXPECT_TRUE(reader.status().ok());
}

TEST(GraphReader, OfWhatIsNotThereSaysNothing) {
  OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const LabelId person = Must(writer->InternLabel("Person"));
  const KeyId name = Must(writer->InternKey("name"));
  const TypeId knows = Must(writer->InternType("KNOWS"));
  const NodeId ada = Must(writer->CreateNode({person}));
  Must(writer->SetProperty(ada, name, Value("Ada")));
  Must(writer->CreateRelationship(knows, ada, ada));
  Must(writer->Commit(false));
  GraphReader reader(graph->Snapshot());
  for (const NodeId node : {NodeId{ada.value + 1}, NodeId{5'000}, NodeId{std::numeric_limits<std::uint32_t>::max()}}) {
    EXPECT_FALSE(reader.Exists(node));
    EXPECT_TRUE(reader.Labels(node).empty());
    EXPECT_TRUE(reader.Properties(node).empty());
    EXPECT_TRUE(reader.Property(node, name).is_null());
    EXPECT_FALSE(reader.Validity(node));
  }
  for (const std::uint64_t id : {std::uint64_t{1}, std::uint64_t{7} << 40, ~std::uint64_t{0}}) {
    EXPECT_FALSE(reader.Ends({id}));
    EXPECT_TRUE(reader.Properties(RelationshipId{id}).empty());
  }
  EXPECT_TRUE(reader.status().ok());
}

TEST(GraphReader, FindsANodeByItsKey) {
  OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const LabelId person = Must(writer->InternLabel("Person"));
  const KeyId name = Must(writer->InternKey("name"));
  const KeyId born = Must(writer->InternKey("born"));
  Must(writer->CreateIndex(person, name, true));
  Must(writer->CreateIndex(person, born, false));
  const NodeId ada = Must(writer->CreateNode({person}));
  Must(writer->SetProperty(ada, name, Value("Ada")));
  Must(writer->Commit(false));
  GraphReader before(graph->Snapshot());
  writer = graph.Write();
  Must(writer->SetProperty(ada, name, Value("Augusta")));
  Must(writer->Commit(false));
  GraphReader after(graph->Snapshot());
  EXPECT_EQ(before.FindNode(person, name, Value("Ada")), ada);
  EXPECT_FALSE(before.FindNode(person, name, Value("Augusta")));
  EXPECT_EQ(after.FindNode(person, name, Value("Augusta")), ada);
  EXPECT_FALSE(after.FindNode(person, name, Value()));
  EXPECT_TRUE(after.status().ok());
  EXPECT_FALSE(after.FindNode(person, born, Value(std::int64_t{1815})));  // a range index finds no one node
  ASSERT_FALSE(after.status().ok());
  EXPECT_EQ(after.status().error().detail, "NoSuchIndex");
}

}  // namespace
}  // namespace plenum::graph
