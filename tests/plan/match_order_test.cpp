// The order in which patterns are matched, as EXPLAIN shows it: by key and label before all nodes, conditions at once.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plenum/plenum.h"

namespace plenum {
namespace {

std::vector<std::string> Plan(Database& database, const std::string& query) {
  std::vector<std::string> lines;
  auto result = database.Query("EXPLAIN " + query);
  EXPECT_TRUE(result) << result.error().message;
  while (result && result->Next()) lines.push_back(result->Get(0).string());
  return lines;
}

class MatchOrderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto made = database_.Query(
        "UNWIND range(1, 20) AS i CREATE (p:Person {n: i}) WITH p, i WHERE i <= 2 CREATE (p)-[:LIVES_IN]->(:City {n: "
        "i})");
    ASSERT_TRUE(made) << made.error().message;
  }
  Database database_ = std::move(Database::Open(":memory:")).value();
};

TEST_F(MatchOrderTest, StartsAtTheRarestLabelAndGoesOnFromThere) {
  EXPECT_EQ(
      Plan(database_, "MATCH (p:Person)-[:LIVES_IN]->(c:City) RETURN p"),
      (std::vector<std::string>{"match", "  label scan  (c:City) by :City",
                                "  expand      (p:Person)-[:LIVES_IN]->(c:City), from the right", "project       p"}));
}

TEST_F(MatchOrderTest, TestsAConditionAsSoonAsWhatItReadsIsMatched) {
  EXPECT_EQ(Plan(database_, "MATCH (c:City)<-[:LIVES_IN]-(p) WHERE p.n = 1 AND c.n = 2 RETURN 1"),
            (std::vector<std::string>{"match", "  label scan  (c:City) by :City", "  filter      c.n = 2",
                                      "  expand      (c:City)<-[:LIVES_IN]-(p), from the left", "  filter      p.n = 1",
                                      "project       1"}));
}

TEST_F(MatchOrderTest, StartsAtWhatIsBound) {
  EXPECT_EQ(Plan(database_, "MATCH ()-[r:LIVES_IN]->() MATCH (a)-[r]->(b:City) RETURN a"),
            (std::vector<std::string>{"match", "  all nodes   ()", "  expand      ()-[r:LIVES_IN]->(), from the left",
                                      "match", "  bound       -[r]->", "project       a"}));
}

}  // namespace
}  // namespace plenum
