// Building an index over the nodes that there are: the same whether its entries are part of the commit or go to the
// store before it, and sorted in memory or outside; whole or absent, whatever happens; nothing left behind.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "engine/storage/key_layout.h"
#include "engine/storage/memory_store.h"
#include "engine/storage/runtime_error.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/storage/forwarding_store.h"
#include "tests/storage/random_values.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

using storage::KeyKind;

constexpr std::uint64_t kAll = UINT64_MAX;

// Refuses every write from some write on, as a store whose write failed must; notes the largest. Statistics, which are
// written in the background, do not count.
class FailingStore final : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Status Apply(const storage::WriteSet& writes, bool sync) override {
    if (writes_left == 0) return storage::RuntimeError(ErrorType::kIoError, "the disk is full");
    const std::string statistics = storage::KindPrefix(KeyKind::kStatistics);
    if (!writes.empty() && !writes.writes().begin()->first.starts_with(statistics)) {
      --writes_left;
      bytes_max = std::max<std::size_t>(bytes_max, writes.bytes());
    }
    return ForwardingStore::Apply(writes, sync);
  }

  std::atomic<std::uint64_t> writes_left = kAll;
  std::atomic<std::size_t> bytes_max = 0;
};

enum class Kind { kDirectory, kMemory, kMap };

class IndexBuild : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::kMap) {
      store_ = storage::MakeMemoryStore();
    } else {
      store_ = Must(storage::OpenStore(GetParam() == Kind::kMemory ? ":memory:" : directory_ / "graph"));
    }
    Open(0);
    auto writer = Write();
    label_ = Must(writer->InternLabel("L"));
    key_ = Must(writer->InternKey("k"));
    Must(writer->Commit(false));
  }

  // Of a new index, how many entries may be part of the commit. No transaction may be open.
  void Open(std::uint64_t commit_entries_max) {
    graph_.reset();
    failing_ = std::make_unique<FailingStore>(*store_);
    graph_ = Must(Graph::Open(*failing_, {.cache_bytes_max = 1 << 20,
                                          .sort_bytes_max = 16 << 10,
                                          .sort_directory = directory_.path().string(),
                                          .commit_entries_max = commit_entries_max}));
  }
  std::unique_ptr<Transaction> Write() { return Must(graph_->BeginWrite()); }

  // Nodes with the number as their key, some with a text of that number.
  void Fill(Transaction& transaction, std::int64_t first, std::int64_t end) {
    for (std::int64_t i = first; i < end; ++i) {
      const NodeId node = Must(transaction.CreateNode({label_}));
      Must(transaction.SetProperty(node, key_, i % 7 == 0 ? Value("n" + std::to_string(i)) : Value(i)));
    }
  }
  void FillAndCommit(std::int64_t nodes) {
    auto writer = Write();
    Fill(*writer, 0, nodes);
    Must(writer->Commit(false));
  }

  // What the index holds against what its nodes have.
  void ExpectLikeAScan(Transaction& transaction, bool unique) const {
    std::vector<std::pair<Value, NodeId>> wanted;
    Must(transaction.ScanNodes(label_, [&](NodeId node) {
      const Value value = Must(transaction.GetProperty(node, key_));
      const bool is_nan = value.kind() == Value::Kind::kFloat && value.real() != value.real();
      if (!value.is_null() && !is_nan) wanted.emplace_back(value, node);
      return true;
    }));
    if (unique) {
      for (const auto& [value, node] : wanted) ASSERT_EQ(Must(transaction.SeekKey(label_, key_, value)), node);
      return;
    }
    std::ranges::stable_sort(wanted, [](const auto& a, const auto& b) { return Order(a.first, b.first) < 0; });
    std::vector<NodeId> expected;
    for (const auto& [value, node] : wanted) expected.push_back(node);
    std::vector<NodeId> found;
    Must(transaction.SeekRange(label_, key_, {}, [&](NodeId node) { return found.push_back(node), true; }));
    ASSERT_EQ(found, expected);
  }

  std::set<std::uint32_t> Indexes(KeyKind kind) const {
    std::set<std::uint32_t> indexes;
    const auto snapshot = store_->TakeSnapshot();
    const auto cursor = snapshot->NewCursor();
    const storage::KeyRange range = storage::PrefixRange(storage::KindPrefix(kind));
    for (cursor->Seek(range.begin); cursor->Valid() && cursor->key() < range.end; cursor->Next()) {
      indexes.insert(storage::LastU32(cursor->key().substr(0, 5)));
    }
    return indexes;
  }
  // That sooner or later the store knows of these indexes only.
  void ExpectLeft(const std::set<std::uint32_t>& indexes) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (Indexes(KeyKind::kIndexDefinition) != indexes && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(Indexes(KeyKind::kIndexDefinition), indexes);
    EXPECT_EQ(Indexes(KeyKind::kIndexEntry), indexes);
    ExpectNoProblems(*store_);
  }

  const ScratchDirectory directory_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<FailingStore> failing_;
  std::unique_ptr<Graph> graph_;
  LabelId label_;
  KeyId key_;
};

std::string NameOf(const testing::TestParamInfo<Kind>& tested) {
  constexpr const char* kNames[] = {"Directory", "Memory", "Map"};
  return kNames[static_cast<int>(tested.param)];
}
INSTANTIATE_TEST_SUITE_P(Stores, IndexBuild, testing::Values(Kind::kDirectory, Kind::kMemory, Kind::kMap), NameOf);

// Over what was committed and what the transaction has changed since; then it follows what is written.
TEST_P(IndexBuild, HoldsWhatAScanFinds) {
  RandomValues random(5);
  for (const std::uint64_t commit_entries_max : {kAll, std::uint64_t{0}, std::uint64_t{2'500}}) {
    SCOPED_TRACE(commit_entries_max);
    Open(commit_entries_max);
    auto writer = Write();
    std::vector<NodeId> nodes;
    const auto change = [&](int times) {
      for (int i = 0; i < times; ++i) {
        const NodeId node = random.Below(2) == 0 && !nodes.empty()
                                ? nodes[static_cast<std::size_t>(random.Below(static_cast<int>(nodes.size())))]
                                : nodes.emplace_back(Must(writer->CreateNode({label_})));
        Must(writer->SetProperty(node, key_, random.Below(6) == 0 ? Value() : random.Any()));
        if (random.Below(9) == 0) Must(writer->RemoveLabel(node, label_));
        if (random.Below(9) == 0) Must(writer->AddLabel(node, label_));
      }
      Must(writer->DeleteNode(nodes.back()));
      nodes.pop_back();
    };
    change(3000);
    Must(writer->Commit(false));
    writer = Write();
    change(1000);
    Must(writer->CreateIndex(label_, key_, false));
    ExpectLikeAScan(*writer, false);
    change(500);
    ExpectLikeAScan(*writer, false);
    Must(writer->Commit(false));
    ExpectLikeAScan(*graph_->BeginRead(), false);
    ExpectNoProblems(*store_);
    writer = Write();
    Must(writer->DropIndex(label_, key_, false));
    Must(writer->Commit(false));
  }
  ExpectLeft({});
}

TEST_P(IndexBuild, KeepsAKeyUniqueFromThenOn) {
  FillAndCommit(3000);
  auto writer = Write();
  Fill(*writer, 3000, 3500);
  Must(writer->CreateIndex(label_, key_, true));
  ExpectLikeAScan(*writer, true);
  const NodeId node = Must(writer->CreateNode({label_}));
  EXPECT_EQ(writer->SetProperty(node, key_, 8).error().detail, "CreateBlockedByConstraint");
  EXPECT_EQ(writer->SetProperty(node, key_, 3499.0).error().detail, "CreateBlockedByConstraint");
  Must(writer->Commit(true));
  ExpectLikeAScan(*graph_->BeginRead(), true);
  ExpectLeft({0});
  writer.reset();
  Open(0);
  ExpectLikeAScan(*graph_->BeginRead(), true);
}

// The first node, by id, that repeats the value of another.
TEST_P(IndexBuild, AViolationNamesTheSameTwoNodesHoweverItIsBuilt) {
  {
    auto writer = Write();
    Fill(*writer, 0, 2000);
    for (const std::int64_t repeated : {1802, 5, 900, 5, 1802}) Fill(*writer, repeated, repeated + 1);
    Must(writer->Commit(false));
  }
  for (const std::uint64_t commit_entries_max : {kAll, std::uint64_t{0}}) {
    Open(commit_entries_max);
    auto writer = Write();
    const NodeId node = Must(writer->CreateNode({label_}));
    Must(writer->SetProperty(node, key_, 10'000));
    const Status status = writer->CreateIndex(label_, key_, true);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kConstraintVerificationFailed);
    EXPECT_EQ(status.error().message,
              "nodes 1802 and 2000 would both be :L with k = 1802, which is declared a key and must be unique");
    EXPECT_FALSE(writer->HasKey(label_, key_));
    Must(writer->CreateIndex(label_, key_, false));  // the transaction goes on
    ExpectLikeAScan(*writer, false);
    Must(writer->DropIndex(label_, key_, false));
    Must(writer->Commit(false));
    ExpectLeft({});
  }
}

TEST_P(IndexBuild, SavepointsAndRollbacksTakeItAway) {
  FillAndCommit(1000);
  auto writer = Write();
  writer->SetSavepoint();
  Must(writer->CreateIndex(label_, key_, false));
  Fill(*writer, 1000, 1010);
  writer->RollbackToSavepoint();
  EXPECT_FALSE(writer->HasRangeIndex(label_, key_));
  Must(writer->CreateIndex(label_, key_, false));
  writer->SetSavepoint();
  Fill(*writer, 1000, 1020);
  ExpectLikeAScan(*writer, false);
  writer->RollbackToSavepoint();
  ExpectLikeAScan(*writer, false);
  Must(writer->Commit(false));
  ExpectLikeAScan(*graph_->BeginRead(), false);
  ExpectLeft({1});
  writer = Write();
  Must(writer->CreateIndex(label_, key_, true));
  writer->Rollback();
  EXPECT_FALSE(graph_->BeginRead()->HasKey(label_, key_));
  ExpectLeft({1});
  writer.reset();
  Open(0);
  writer = Write();
  Must(writer->CreateIndex(label_, key_, true));
  Must(writer->Commit(false));
  ExpectLeft({1, 3});
}

TEST_P(IndexBuild, DroppedInItsOwnTransactionItLeavesNothing) {
  FillAndCommit(500);
  auto writer = Write();
  Must(writer->CreateIndex(label_, key_, false));
  Must(writer->DropIndex(label_, key_, false));
  EXPECT_FALSE(writer->HasRangeIndex(label_, key_));
  Must(writer->Commit(false));
  ExpectLeft({});
}

// Names that came to nothing with the transaction, too.
TEST_P(IndexBuild, NobodyElseSeesItBeforeTheCommit) {
  FillAndCommit(500);
  const auto before = graph_->BeginRead();
  auto writer = Write();
  Fill(*writer, 500, 600);
  const LabelId other = Must(writer->InternLabel("Other"));
  for (int i = 0; i < 20; ++i) Must(writer->SetProperty(Must(writer->CreateNode({other})), key_, i));
  Must(writer->CreateIndex(label_, key_, false));
  Must(writer->CreateIndex(other, key_, true));
  EXPECT_EQ(Indexes(KeyKind::kIndexEntry), (std::set<std::uint32_t>{0, 1}));
  const auto meanwhile = graph_->BeginRead();
  for (Transaction* reader : {before.get(), meanwhile.get()}) {
    EXPECT_TRUE(reader->Indexes().empty());
    EXPECT_EQ(Must(reader->CountNodes(label_)), 500U);
  }
  ExpectNoProblems(*store_);
  writer->Rollback();
  ExpectLeft({});
}

TEST_P(IndexBuild, EndsWhenItIsToldTo) {
  FillAndCommit(5000);
  int polls = 0;
  Must(Write()->CreateIndex(label_, key_, false, {}, [&] { return ++polls, Status(); }));
  EXPECT_GT(polls, 6);  // among the nodes, and among the entries
  for (int last = 0; last < polls; ++last) {
    auto writer = Write();
    int left = last;
    const auto poll = [&]() -> Status {
      if (left-- > 0) return {};
      return storage::RuntimeError(ErrorType::kCancelled, "enough");
    };
    const Status status = writer->CreateIndex(label_, key_, false, {}, poll);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kCancelled);
    EXPECT_FALSE(writer->HasRangeIndex(label_, key_));
    Must(writer->Commit(false));
  }
  ExpectLeft({});
}

// The store fails at one of its writes, and is opened again: as after a kill between two of them.
TEST_P(IndexBuild, IsWholeOrAbsentWhereverItsWritesEnd) {
  constexpr std::int64_t kNodes = 12'000;
  FillAndCommit(kNodes);
  bool done = false;
  for (std::uint64_t writes = 0; !done; ++writes) {
    SCOPED_TRACE(writes);
    {
      auto writer = Write();
      failing_->writes_left = writes;
      done = writer->CreateIndex(label_, key_, true).ok() && writer->Commit(true).ok();
      EXPECT_TRUE(done || !Indexes(KeyKind::kIndexEntry).empty() || writes == 0);
    }
    Open(0);
    EXPECT_EQ(graph_->BeginRead()->HasKey(label_, key_), done);
    ExpectNoProblems(*store_);
    if (!done) ExpectLeft({});
  }
  EXPECT_GT(failing_->writes_left, 0U);
  EXPECT_EQ(Indexes(KeyKind::kIndexDefinition).size(), 1U);
  ExpectLikeAScan(*graph_->BeginRead(), true);
}

TEST_P(IndexBuild, WritesInBoundedParts) {
  constexpr std::int64_t kNodes = 60'000;
  FillAndCommit(kNodes);
  failing_->bytes_max = 0;
  auto writer = Write();
  Must(writer->CreateIndex(label_, key_, false));
  Must(writer->Commit(false));
  const std::size_t early_bytes_max = failing_->bytes_max;
  writer.reset();
  Open(kAll);
  writer = Write();
  Must(writer->CreateIndex(label_, key_, true));
  Must(writer->Commit(false));
  EXPECT_LT(early_bytes_max, failing_->bytes_max / 4) << "of what the whole index takes at once";
}

}  // namespace
}  // namespace plenum::graph
