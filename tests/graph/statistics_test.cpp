// Statistics beside commits: taken anew in the background when enough was written, stored, and found again.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "engine/graph/graph_statistics.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

constexpr std::uint16_t kPerson = 0;
constexpr std::uint16_t kCity = 1;
constexpr std::uint16_t kLivesIn = 0;
constexpr std::uint16_t kName = 0;

class StatisticsTest : public testing::Test {
 protected:
  // Names get their numbers in this order.
  StatisticsTest() {
    auto writer = graph_->Write();
    Must(writer->InternLabel("Person"));
    Must(writer->InternLabel("City"));
    Must(writer->InternType("LIVES_IN"));
    Must(writer->InternKey("name"));
    city_ = Must(writer->CreateNode({LabelId{kCity}}));
    Must(writer->Commit(false));
  }

  // So many people with different names, in the one city.
  void AddPeople(std::uint32_t count) {
    auto writer = graph_->Write();
    for (std::uint32_t i = 0; i < count; ++i) {
      const NodeId person = Must(writer->CreateNode({LabelId{kPerson}}));
      Must(writer->SetProperty(person, KeyId{kName}, Value("person " + std::to_string(people_++))));
      last_ = Must(writer->CreateRelationship(TypeId{kLivesIn}, person, city_));
    }
    Must(writer->Commit(false));
  }

  std::shared_ptr<const GraphStatistics> Known() { return Must(graph_->Read()->Statistics()); }
  // Waits until they are of a later commit than `commit`.
  std::shared_ptr<const GraphStatistics> KnownAfter(std::uint64_t commit) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < end) {
      auto known = Known();
      if (known->commit > commit) return known;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    throw std::runtime_error("no statistics were taken");
  }
  static std::uint64_t Between(const GraphStatistics& known, std::uint16_t start, std::uint16_t end) {
    return known.types.at(kLivesIn).between.at({start, end});
  }

  const ScratchDirectory scratch_{MemoryDirectory()};
  std::optional<OpenGraph> graph_{std::in_place, scratch_ / "database"};
  NodeId city_;
  RelationshipId last_;
  std::uint32_t people_ = 0;
};

TEST_F(StatisticsTest, AreTakenWhenEnoughWasWritten) {
  AddPeople(10);
  EXPECT_EQ(Known()->commit, 0U) << "a small graph needs none";
  AddPeople(1'000);
  const auto known = KnownAfter(0);
  EXPECT_EQ(known->elements, 1'011U + 1'010U);
  EXPECT_EQ(Between(*known, kPerson, kCity), 1'010U);
  EXPECT_EQ(Between(*known, storage::kEveryNode, storage::kEveryNode), 1'010U);
  EXPECT_FALSE(known->types.at(kLivesIn).between.contains({kCity, kPerson}));
  EXPECT_EQ(known->types.at(kLivesIn).degrees[0].nodes(), 1'010U);
  EXPECT_EQ(known->types.at(kLivesIn).degrees[1].greatest(), 1'010U);
  EXPECT_NEAR(static_cast<double>(known->labels.at({kPerson, kName}).Estimate()), 1'010, 80);
  ExpectNoProblems(graph_->store());
}

TEST_F(StatisticsTest, GrowWithTheGraphAndForgetWhatIsGone) {
  AddPeople(9'000);  // a hub, among others
  const std::uint64_t first = KnownAfter(0)->commit;
  AddPeople(100);
  EXPECT_EQ(Known()->commit, first) << "a hundredth more changes little";
  {
    auto writer = graph_->Write();
    std::vector<RelationshipId> all;
    Must(writer->ScanRelationships(TypeId{kLivesIn}, [&](RelationshipId each) {
      all.push_back(each);
      return true;
    }));
    for (const RelationshipId each : all) Must(writer->DeleteRelationship(each));
    Must(writer->Commit(false));
  }
  const auto known = KnownAfter(first);
  EXPECT_FALSE(known->types.contains(kLivesIn) && known->types.at(kLivesIn).degrees[0].nodes() > 0);
  graph_->Reopen();
  EXPECT_EQ(Known()->commit, known->commit);
  EXPECT_EQ(Known()->elements, 9'101U);
  EXPECT_TRUE(!Known()->types.contains(kLivesIn) || Known()->types.at(kLivesIn).between.empty());
  ExpectNoProblems(graph_->store());
}

TEST_F(StatisticsTest, AfterAnOpenWhatHasGrownMeanwhileCounts) {
  AddPeople(1'000);
  const std::uint64_t first = KnownAfter(0)->commit;
  for (int i = 0; i < 8; ++i) {
    AddPeople(100);
    graph_->Reopen();  // before a thousand writes in one go
  }
  AddPeople(1);
  EXPECT_GT(KnownAfter(first)->elements, 3'000U);
}

}  // namespace
}  // namespace plenum::graph
