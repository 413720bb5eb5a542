// A process killed in the middle of its commits: every commit that it was told is durable is there, and none in part.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

constexpr int kNodesPerCommit = 3;

// Commits for ever: each time a few nodes in a ring, all with the number of the commit; tells `acknowledge` of each.
[[noreturn]] void CommitForEver(const std::string& path, int acknowledge) {
  OpenGraph graph(path);
  for (std::int64_t commit = 1;; ++commit) {
    auto writer = graph.Write();
    const LabelId label = Must(writer->InternLabel("N"));
    const TypeId type = Must(writer->InternType("R"));
    const KeyId key = Must(writer->InternKey("commit"));
    std::vector<NodeId> nodes;
    for (int i = 0; i < kNodesPerCommit; ++i) {
      nodes.push_back(Must(writer->CreateNode({label})));
      Must(writer->SetProperty(nodes.back(), key, commit));
    }
    for (int i = 0; i < kNodesPerCommit; ++i) {
      Must(writer->CreateRelationship(type, nodes[static_cast<std::size_t>(i)],
                                      nodes[static_cast<std::size_t>((i + 1) % kNodesPerCommit)]));
    }
    Must(writer->Commit(true));
    if (::write(acknowledge, &commit, sizeof commit) != sizeof commit) ::_exit(1);
  }
}

// Whole rings and exact counts; the number of nodes.
std::uint64_t CheckRings(OpenGraph& graph) {
  auto reader = graph.Read();
  std::uint64_t nodes = 0;
  Must(reader->ScanNodes(std::nullopt, [&](NodeId node) {
    ++nodes;
    EXPECT_EQ(NeighboursOf(*reader, node, Direction::kOutgoing).size(), 1U);
    EXPECT_EQ(NeighboursOf(*reader, node, Direction::kIncoming).size(), 1U);
    EXPECT_EQ(PropertyOf(Must(reader->GetNode(node))->properties, KeyId{0}).kind(), Value::Kind::kInteger);
    return true;
  }));
  EXPECT_EQ(nodes % kNodesPerCommit, 0U);
  EXPECT_EQ(Must(reader->CountNodes(std::nullopt)), nodes);
  EXPECT_EQ(Must(reader->CountNodes(reader->FindLabel("N"))), nodes);
  EXPECT_EQ(Must(reader->CountRelationships(std::nullopt)), nodes);
  return nodes;
}

TEST(Crash, AcknowledgedCommitsSurviveAKill) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "database";
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 8; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    if (child == 0) CommitForEver(path, pipe_ends[1]);
    ::close(pipe_ends[1]);
    std::int64_t commit = 0;
    for (int i = 0; i < 10 + 7 * round; ++i) {
      ASSERT_EQ(::read(pipe_ends[0], &commit, sizeof commit), static_cast<ssize_t>(sizeof commit));
      ++acknowledged;
    }
    ::kill(child, SIGKILL);
    while (::read(pipe_ends[0], &commit, sizeof commit) == static_cast<ssize_t>(sizeof commit)) ++acknowledged;
    ::waitpid(child, nullptr, 0);
    ::close(pipe_ends[0]);
    // In a process of its own, so that this one, which forks, never has the database's threads.
    const pid_t checker = ::fork();
    if (checker == 0) {
      OpenGraph graph(path);
      const std::uint64_t nodes = CheckRings(graph);
      ExpectNoProblems(graph.store());
      const bool all = nodes / kNodesPerCommit == acknowledged || nodes / kNodesPerCommit == acknowledged + 1;
      ::_exit(all && !testing::Test::HasFailure() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(checker, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "after " << acknowledged << " commits";
    // The one that was done but not told of counts from now on.
    const pid_t counter = ::fork();
    if (counter == 0) {
      OpenGraph graph(path);
      const auto nodes = Must(graph.Read()->CountNodes(std::nullopt));
      ::_exit(nodes / kNodesPerCommit == acknowledged ? 0 : 1);
    }
    ::waitpid(counter, &status, 0);
    if (WEXITSTATUS(status) == 1) ++acknowledged;
  }
}

}  // namespace
}  // namespace plenum::graph
