// What a statement keeps of what it has read, and when it gives it back: decoded data stays within its budget, whoever
// else reads meanwhile. Where a reader holds on to too much, others are refused a place for what they decode.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>
#include <string_view>

#include "engine/execution/execute.h"
#include "engine/execution/query_context.h"
#include "engine/graph/block_cache.h"
#include "engine/plan/binder.h"
#include "parser/parser.h"
#include "tests/graph/open_graph.h"

namespace plenum::execution {
namespace {

constexpr std::uint32_t kNodes = 60'000;
constexpr std::size_t kBytes = 400'000;  // a fraction of what is there, decoded

class StatementMemoryTest : public testing::Test {
 protected:
  StatementMemoryTest() {
    auto writer = graph_.Write();
    const graph::LabelId label = Must(writer->InternLabel("P"));
    const graph::TypeId type = Must(writer->InternType("R"));
    key_ = Must(writer->InternKey("x"));
    std::mt19937_64 random(1);
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      const NodeId node = Must(writer->CreateNode({label}));
      Must(writer->SetProperty(node, key_, static_cast<std::int64_t>(random() >> 1)));
      Must(writer->CreateRelationship(type, node, NodeId{static_cast<std::uint32_t>(random() % (i + 1))}));
    }
    Must(writer->Commit(false));
  }

  Result<QueryResult> Run(graph::Transaction& transaction, std::string_view text,
                          const plan::Procedures& procedures = {}) {
    const auto parsed = Must(Parse(text));
    const plan::Statement statement = Must(plan::Bind(parsed, text, procedures));
    const Map no_parameters;
    return Execute(statement, transaction, {.parameters = no_parameters});
  }

  // As another does, in a transaction of its own.
  void ReadProperties(std::uint32_t first, std::uint32_t end) {
    const auto reader = graph_.Read();
    for (std::uint32_t i = first; i < end; i += 16) Must(reader->GetProperty(NodeId{i}, key_));
  }
  // More than the budget, and half of it: who holds on to what was there meanwhile makes that others are refused.
  void ReadALot() {
    for (int again = 0; again < 2; ++again) ReadProperties(0, kNodes);
  }
  std::uint64_t Refused() { return graph_->blocks().counts().refused_full; }

  graph::OpenGraph graph_{":memory:", kBytes};
  graph::KeyId key_;
};

TEST_F(StatementMemoryTest, SortingGroupsByAPropertyStaysWithinTheBudget) {
  const auto reader = graph_.Read();
  const auto rows = Run(*reader, "MATCH (p:P)-[:R]->(q) WITH p, count(q) AS d ORDER BY p.x LIMIT 10 RETURN d");
  Must(rows);
  EXPECT_GT(graph_->blocks().counts().evicted, 10U);
  EXPECT_EQ(Refused(), 0U);
}

TEST_F(StatementMemoryTest, AProcedureFindsTheMemoryFree) {
  int calls = 0;
  const Procedure procedure{.name = "my.read", .inputs = {}, .outputs = {}, .function = [&](const List&) {
                              ++calls;
                              ReadALot();
                              return Result<std::vector<List>>(std::vector<List>());
                            }};
  const auto reader = graph_.Read();
  Must(Run(*reader, "MATCH (p:P)-[:R]->(q) WITH p LIMIT 20 CALL my.read() RETURN count(*)",
           {{procedure.name, std::make_shared<const Procedure>(procedure)}}));
  EXPECT_EQ(calls, 20);
  EXPECT_EQ(Refused(), 0U);
}

TEST_F(StatementMemoryTest, NothingIsKeptBetweenTwoStatements) {
  const auto reader = graph_.Read();
  for (int again = 0; again < 3; ++again) {
    Must(Run(*reader, "MATCH (p:P)-[:R]->(q) RETURN id(p) LIMIT 1000"));
    ReadALot();
    EXPECT_EQ(Refused(), 0U);
    EXPECT_LE(graph_->blocks().bytes(), kBytes + kBytes / 10);
  }
}

// Also while the statement itself reads nothing.
TEST_F(StatementMemoryTest, APollGivesWay) {
  const auto reader = graph_.Read();
  const graph::Transaction::ReadingScope reading(*reader);
  std::vector<graph::Neighbour> neighbours;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    Must(reader->AppendNeighbours(NodeId{i}, graph::Direction::kOutgoing, std::nullopt, neighbours));
  }
  const Map no_parameters;
  QueryContext context{.transaction = *reader, .parameters = no_parameters};
  constexpr std::uint32_t kAtOnce = 1000;
  for (std::uint32_t i = 0; graph_->blocks().retired_bytes() <= kBytes / 16; i += kAtOnce) {
    ASSERT_LT(i, 10 * kNodes);
    ReadProperties(i % kNodes, i % kNodes + kAtOnce);
  }
  context.Poll();
  ReadProperties(0, kNodes);  // the first of these frees what has waited
  const std::uint64_t refused = Refused();
  ReadALot();
  EXPECT_EQ(Refused(), refused);
}

}  // namespace
}  // namespace plenum::execution
