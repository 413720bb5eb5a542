// What people read of a check.
#include "engine/shell/inspection.h"

#include <gtest/gtest.h>

namespace plenum::shell {
namespace {

TEST(Inspection, SaysThatAllIsWell) {
  CheckReport report;
  report.nodes = 1;
  report.relationships = 2'000;
  EXPECT_EQ(
      CheckText(report, 0.5),
      "ok: 1 node, 2,000 relationships, 0 properties, 0 index entries, 0 citations, 0 source texts in 500.0 ms\n");
}

TEST(Inspection, TellsProblemsAndHowManyThereAre) {
  CheckReport report;
  report.problems = {"node 1 is wrong", "node 2\nis wrong"};
  report.problem_count = 1'003;
  EXPECT_EQ(CheckText(report, 2),
            "node 1 is wrong\nnode 2␊is wrong\n… and 1,001 more\n"
            "1,003 problems: 0 nodes, 0 relationships, 0 properties, 0 index entries, 0 citations, 0 source texts in "
            "2.00 s\n");
}

DatabaseStatistics Small() {
  DatabaseStatistics statistics;
  statistics.nodes = 3;
  statistics.relationships = 4;
  statistics.labels = {{"Person", 3}};
  TypeStatistics knows;
  knows.type = "KNOWS";
  knows.relationships = 4;
  knows.loops = 1;
  knows.outgoing = {
      .nodes = 2, .greatest_degree = 3, .disk_bytes = 10, .memory_bytes = 18, .memory_bytes_with_numbers = 34};
  statistics.types = {knows};
  statistics.properties = {{"", "name", 3}, {"KNOWS", "since", 1}};
  statistics.indexes = {{"Person", "name", true, 3}};
  statistics.storage = {{"columns", 2, 500, 3'000'000, 1536}, {"indexes", 3, 60, 40, 0}};
  return statistics;
}

TEST(Inspection, ShowsStatisticsAsTables) {
  const std::string text = StatisticsText(Small(), 0);
  EXPECT_EQ(text.rfind("3 nodes, 4 relationships\nNodes by label\n┌", 0), 0U) << text;
  for (const char* line :
       {"│ Person │     3 │", "│ KNOWS │             4 │          1 │        0 │          2 │    3 │        0 │    0 │",
        "│ KNOWS │ outgoing  │ 2.50    │ 4.50      │ 8.50           │", "│ nodes │ name     │      3 │",
        "│ KNOWS │ since    │      1 │", "│ Person │ name     │ unique │       3 │",
        "│ columns │    2 │ 500 B   │ 2.9 MB  │ 1.5 KB    │", "│ indexes │    3 │ 60 B    │ 40 B    │           │",
        "│ all     │    5 │ 560 B   │ 2.9 MB  │ 1.5 KB    │"}) {
    EXPECT_NE(text.find(std::string(line) + "\n"), std::string::npos) << line << " is not in\n" << text;
  }
}

TEST(Inspection, ShowsNoTableOfNothing) {
  EXPECT_EQ(StatisticsText({}, 0).find("by label"), std::string::npos);
  EXPECT_EQ(StatisticsText({}, 0).rfind("0 nodes, 0 relationships\nBytes by kind\n", 0), 0U);
}

TEST(Inspection, WritesStatisticsAsJson) {
  DatabaseStatistics statistics = Small();
  statistics.types.clear();
  EXPECT_EQ(StatisticsJson(statistics),
            R"({"indexes":[{"entries":3,"label":"Person","property":"name","unique":true}],)"
            R"("labels":[{"label":"Person","nodes":3}],"nodes":3,)"
            R"("properties":[{"property":"name","type":null,"values":3},)"
            R"({"property":"since","type":"KNOWS","values":1}],"relationships":4,)"
            R"("storage":[{"bytes":500,"disk_bytes":3000000,"keys":2,"kind":"columns","memory_bytes":1536},)"
            R"({"bytes":60,"disk_bytes":40,"keys":3,"kind":"indexes","memory_bytes":0}],"types":[]})"
            "\n");
}

}  // namespace
}  // namespace plenum::shell
