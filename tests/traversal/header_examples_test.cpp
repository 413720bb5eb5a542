// The examples at the head of the public headers, as they stand there.
#include <gtest/gtest.h>

#include <iostream>

#include "plenum/algorithms.h"
#include "plenum/paths.h"
#include "plenum/projection.h"
#include "plenum/search.h"
#include "plenum/triads.h"
#include "plenum/triangles.h"
#include "tests/graph/open_graph.h"
#include "tests/must.h"

namespace {

// projection.h
int CoresOfPeople(const plenum::GraphSnapshot& snapshot) {
  plenum::ProjectionOptions people{
      .labels = {*snapshot.FindLabel("Person")}, .types = {*snapshot.FindType("KNOWS")}, .undirected = true};
  auto projection = plenum::Projection::Build(snapshot, people);
  if (!projection) {
    std::cerr << plenum::Describe(projection.error()) << '\n';
    return 1;
  }
  auto cores = plenum::CoreNumbers(*projection);
  return cores && cores->core_max == 2 ? 0 : 1;
}

// algorithms.h
int PrintRanks(const plenum::Projection& projection) {
  auto ranks = plenum::PageRank(projection, {.tolerance = 1e-8}, {.threads = 2});
  if (!ranks) {
    std::cerr << plenum::Describe(ranks.error()) << '\n';
    return 1;
  }
  for (std::uint32_t index = 0; index < projection.node_count(); ++index) {
    std::cout << projection.IdOf(index).value << ' ' << ranks->rank[index] << '\n';
  }
  return 0;
}

class HeaderExamples : public testing::Test {
 protected:
  HeaderExamples() {
    auto writer = graph_.Write();
    const plenum::LabelId person = Must(writer->InternLabel("Person"));
    knows_ = Must(writer->InternType("KNOWS"));
    for (plenum::NodeId* node : {&ada_, &bob_, &eve_}) *node = Must(writer->CreateNode({person}));
    Must(writer->CreateRelationship(knows_, ada_, bob_));
    Must(writer->CreateRelationship(knows_, bob_, eve_));
    Must(writer->CreateRelationship(knows_, eve_, ada_));
    Must(writer->Commit(false));
  }

  plenum::graph::OpenGraph graph_{":memory:"};
  plenum::NodeId ada_, bob_, eve_;
  plenum::TypeId knows_;
};

TEST_F(HeaderExamples, OfProjectionsAndAlgorithms) {
  const plenum::GraphSnapshot snapshot = graph_->Snapshot();
  EXPECT_EQ(CoresOfPeople(snapshot), 0);
  EXPECT_EQ(PrintRanks(plenum::Must(plenum::Projection::Build(snapshot, {.incoming = true}))), 0);
}

TEST_F(HeaderExamples, OfSearches) {
  const plenum::GraphSnapshot snapshot = graph_->Snapshot();
  const plenum::NodeId ada = ada_, bob = bob_;
  const plenum::TypeId knows = knows_;
  auto steps = plenum::Distances(snapshot, ada, {.types = {knows}, .direction = plenum::Direction::kEither});
  if (steps) std::cout << (*steps)[bob.value] << '\n';
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[bob.value], 1u);
}

TEST_F(HeaderExamples, OfPaths) {
  auto& db = graph_;
  const plenum::NodeId ada = ada_, eve = eve_;
  plenum::GraphReader reader(db->Snapshot());
  plenum::PathFinder knows(reader, {.types = {*reader.snapshot().FindType("KNOWS")}});
  auto friends_of_friends = knows.CountWithin(ada, {.least = 1, .most = 2});
  auto paths = knows.FindShortestPaths(ada, eve);
  std::size_t nodes = 0;
  if (paths && paths->found()) {
    paths->ForEach([&](const plenum::PathView& path) {
      nodes += path.nodes.size();
      return true;
    });
  }
  EXPECT_EQ(friends_of_friends.value_or(0), 2u);
  EXPECT_EQ(nodes, 3u);
}

TEST_F(HeaderExamples, OfTrianglesAndTriads) {
  const plenum::GraphSnapshot snapshot = graph_->Snapshot();
  {
    const auto projection = plenum::Must(plenum::Projection::Build(snapshot, {.undirected = true}));
    auto triangles = plenum::TrianglesPerNode(projection);
    double clustering = triangles->LocalClustering(0);
    EXPECT_EQ(clustering, 1);
  }
  const auto projection = plenum::Must(plenum::Projection::Build(snapshot, {.incoming = true}));
  auto census = plenum::CountTriads(projection);
  std::uint64_t cycles = (*census)[plenum::Triad::k030C];
  EXPECT_EQ(cycles, 1u);
}

}  // namespace
