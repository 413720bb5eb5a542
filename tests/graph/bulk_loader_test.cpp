// What a bulk load was given is what transactions then read, wherever it came to lie.
#include "engine/graph/bulk_loader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/graph/graph_statistics.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/statistics_code.h"
#include "engine/storage/store.h"
#include "tests/graph/bulk_world.h"
#include "tests/graph/model.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

constexpr std::uint64_t kMuch = std::uint64_t{1} << 28;
constexpr std::uint64_t kLittle = 200'000;  // bytes of memory: many runs

const std::vector<LabelId> kLabels{{0}, {1}, {2}};
const std::vector<TypeId> kTypes{{0}, {1}, {2}};

struct BulkLoading : testing::Test {
  BulkLoading() : store_(Must(storage::OpenStore(scratch_ / "database"))) {}

  BulkLoader::Options Options(std::uint64_t memory = kMuch, unsigned threads = 1) const {
    return {.memory_bytes_max = memory, .threads = threads, .directory = scratch_.path().string()};
  }
  Model LoadWorld(const World& world, BulkLoader::Options options) {
    Loaded loaded = Load(*store_, world, std::move(options));
    Must(loaded.status);
    return std::move(loaded.model);
  }
  bool Has(const std::string& key) const {
    std::string value;
    return Must(store_->TakeSnapshot()->Get(key, value));
  }
  std::string ValueAt(const std::string& key) const {
    std::string value;
    return Must(store_->TakeSnapshot()->Get(key, value)) ? value : "nothing";
  }
  std::map<std::string, std::string> Everything() const {
    std::map<std::string, std::string> all;
    const auto snapshot = store_->TakeSnapshot();
    const auto cursor = snapshot->NewCursor();
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) all.emplace(cursor->key(), cursor->value());
    Must(cursor->status());
    return all;
  }

  const ScratchDirectory scratch_{MemoryDirectory()};
  std::unique_ptr<storage::Store> store_;
};

TEST_F(BulkLoading, TransactionsReadWhatWasLoaded) {
  for (const std::uint64_t memory : {kMuch, kLittle, std::uint64_t{5'000}}) {
    SCOPED_TRACE(memory);
    const ScratchDirectory scratch(MemoryDirectory());
    store_.reset();
    store_ = Must(storage::OpenStore(scratch / "database"));
    const World world = World::Random(static_cast<unsigned>(memory), 900, 2'500);
    const Model model = LoadWorld(world, Options(memory, 2));
    ExpectNoProblems(*store_);
    store_.reset();
    OpenGraph graph(scratch / "database");
    auto reader = graph.Read();
    ASSERT_NO_FATAL_FAILURE(model.ExpectSame(*reader, kLabels, kTypes, LabelId{0}, KeyId{0}));
    EXPECT_EQ(reader->NameOf(KeyId{2}), "z");
    EXPECT_TRUE(reader->HasKey(LabelId{0}, KeyId{0}));
  }
}

TEST_F(BulkLoading, TransactionsGoOnWhereTheLoadEnded) {
  const World world = World::Random(7, 300, 900);
  Model model = LoadWorld(world, Options());
  store_.reset();
  OpenGraph graph(scratch_ / "database");
  auto writer = graph.Write();
  const std::pair<NodeId, ModelNode> last = *model.nodes.rbegin();
  for (const LabelId label : kLabels) {
    const NodeId made = Must(writer->CreateNode({label}));
    ASSERT_FALSE(model.nodes.contains(made));
    EXPECT_TRUE(model.nodes.contains(NodeId{made.value - 1})) << "it goes on in the block of its label";
    model.nodes[made].labels = {label};
  }
  const RelationshipId made = Must(writer->CreateRelationship(kTypes[1], last.first, NodeId{0}));
  EXPECT_TRUE(model.relationships.contains(RelationshipId{made.value - 1}));
  model.relationships[made] = {kTypes[1], last.first, NodeId{0}, {}, std::nullopt};
  Must(writer->SetProperty(last.first, KeyId{2}, "set"));
  model.nodes[last.first].properties[KeyId{2}] = "set";
  Must(writer->Commit(false));
  auto reader = graph.Read();
  model.ExpectSame(*reader, kLabels, kTypes, LabelId{0}, KeyId{0});
}

// Byte by byte, while memory is enough for the blocks that are open.
TEST_F(BulkLoading, NeitherThreadsNorMemoryNorBatchesChangeWhatIsWritten) {
  const World world = World::Random(3, 6'000, 20'000);
  LoadWorld(world, Options());
  const auto expected = Everything();
  for (const auto& [memory, threads, batch] :
       {std::tuple(kMuch, 3U, std::size_t{77}), std::tuple(40 * kLittle, 1U, std::size_t{100}),
        std::tuple(40 * kLittle, 2U, std::size_t{5'000})}) {
    const ScratchDirectory scratch(MemoryDirectory());
    store_ = Must(storage::OpenStore(scratch / "database"));
    Must(Load(*store_, world, Options(memory, threads), batch).status);
    EXPECT_TRUE(Everything() == expected) << memory << " bytes, " << threads << " threads";
    store_.reset();
  }
}

TEST_F(BulkLoading, TheFirstLabelChoosesTheBlock) {
  auto loader = Must(BulkLoader::Begin(*store_, Options()));
  const LabelId a = Must(loader->InternLabel("A"));
  const LabelId b = Must(loader->InternLabel("B"));
  const auto add = [&](std::vector<LabelId> labels) { return Must(loader->AddNode(labels, {}, std::nullopt)).value; };
  EXPECT_EQ(add({a}), 0U);
  EXPECT_EQ(add({b, a}), 4096U);
  EXPECT_EQ(add({}), 8192U);
  EXPECT_EQ(add({a, b}), 1U);
  EXPECT_EQ(add({b}), 4097U);
  for (std::uint32_t i = 2; i < 4096; ++i) ASSERT_EQ(add({a}), i);
  EXPECT_EQ(add({a}), 3U * 4096);
  EXPECT_EQ(loader->node_count(), 4096U + 4);
  EXPECT_TRUE(loader->HasNode(NodeId{4097}));
  EXPECT_FALSE(loader->HasNode(NodeId{4098}));
  EXPECT_FALSE(loader->HasNode(NodeId{1U << 31}));
  Must(loader->Finish());
  store_.reset();
  OpenGraph graph(scratch_ / "database");
  auto writer = graph.Write();
  EXPECT_EQ(Must(writer->CreateNode({b})).value, 4098U);
  EXPECT_EQ(Must(writer->CreateNode({})).value, 8193U);
  EXPECT_EQ(Must(writer->CreateNode({a})).value, 3U * 4096 + 1);
  EXPECT_EQ(Must(writer->CountNodes(a)), 4096U + 3);
}

// Labels spread over a whole range of 65,536 nodes and beyond it.
TEST_F(BulkLoading, LabelsOverManyBlocks) {
  auto loader = Must(BulkLoader::Begin(*store_, Options()));
  const LabelId labels[] = {Must(loader->InternLabel("A")), Must(loader->InternLabel("B"))};
  std::map<LabelId, std::vector<NodeId>> expected;
  for (int i = 0; i < 150'000; ++i) {
    const std::vector<LabelId> given = i % 7 == 0 ? std::vector{labels[0], labels[1]} : std::vector{labels[i % 2]};
    const NodeId node = Must(loader->AddNode(given, {}, std::nullopt));
    for (const LabelId label : given) expected[label].push_back(node);
  }
  Must(loader->Finish());
  store_.reset();
  OpenGraph graph(scratch_ / "database");
  auto reader = graph.Read();
  for (auto& [label, nodes] : expected) {
    std::ranges::sort(nodes);
    std::vector<NodeId> found;
    Must(reader->ScanNodes(label, [&](NodeId node) { return found.push_back(node), true; }));
    EXPECT_TRUE(found == nodes);
  }
}

TEST_F(BulkLoading, PropertiesThatFewHaveStayInTheRowMap) {
  World world{.labels = {"A"}, .types = {"R"}, .keys = {"common", "rare"}};
  for (int i = 0; i < 64; ++i) {
    world.nodes.push_back({.labels = {LabelId{0}}, .properties = {{KeyId{0}, Value(i)}}});
    world.relationships.push_back({.start = 0, .end = 0, .properties = {{KeyId{0}, Value(i)}}});
    if (i == 0) continue;
    world.nodes.back().properties[KeyId{1}] = "x";
    world.relationships.back().properties[KeyId{1}] = "x";
  }
  const Model model = LoadWorld(world, Options());
  for (const storage::Owner owner : {storage::Owner{}, storage::Owner{0}}) {
    EXPECT_TRUE(Has(storage::RowMapKey(owner, 0)));
    EXPECT_TRUE(Has(storage::ColumnKey(owner, 0, 0)));
    EXPECT_FALSE(Has(storage::ColumnKey(owner, 1, 0)));
  }
  EXPECT_TRUE(Has(storage::ColumnKey(storage::Owner{0}, storage::kStartProperty, 0)));
  store_.reset();
  OpenGraph graph(scratch_ / "database");
  model.ExpectSame(*graph.Read(), {LabelId{0}}, {TypeId{0}}, LabelId{0}, KeyId{9});
}

// Both ways, with parallel relationships at the borders of chunks, and validities.
TEST_F(BulkLoading, ListsOfHubsLieInChunks) {
  for (const bool with_validity : {false, true}) {
    SCOPED_TRACE(with_validity);
    const ScratchDirectory scratch(MemoryDirectory());
    store_.reset();
    store_ = Must(storage::OpenStore(scratch / "database"));
    World world{.labels = {"A"}, .types = {"OUT", "IN"}};
    world.nodes.resize(9'000);
    constexpr std::size_t kHub = 5;
    for (std::size_t i = 0; i < 40'000; ++i) {
      const std::size_t other = i * 7 % 9'000;
      WorldRelationship added{.type = static_cast<std::uint16_t>(i % 2), .start = kHub, .end = other};
      if (added.type == 1) std::swap(added.start, added.end);
      if (with_validity && i % 3 == 0) added.validity = Interval{PartialDate{static_cast<int>(i), {}}, std::nullopt};
      world.relationships.push_back(added);
    }
    for (std::size_t i = 0; i < 8'192; ++i) world.relationships.push_back({.type = 0, .start = 6, .end = i});
    const Model model = LoadWorld(world, Options(with_validity ? kMuch : kMuch / 100));
    EXPECT_TRUE(Has(storage::ChunkKey(0, 0, kHub, 1)));
    EXPECT_FALSE(Has(storage::ChunkKey(0, 0, kHub, 2)));
    EXPECT_TRUE(Has(storage::ChunkKey(1, 1, kHub, 1)));
    EXPECT_FALSE(Has(storage::ChunkKey(0, 0, 6, 0)));
    ExpectNoProblems(*store_);
    store_.reset();
    OpenGraph graph(scratch / "database", 64 << 20);
    auto reader = graph.Read();
    std::map<std::tuple<NodeId, TypeId, Direction>, std::vector<std::pair<RelationshipId, NodeId>>> expected;
    for (const auto& [id, each] : model.relationships) {
      expected[{each.start, each.type, Direction::kOutgoing}].emplace_back(id, each.end);
      expected[{each.end, each.type, Direction::kIncoming}].emplace_back(id, each.start);
      ASSERT_EQ(Must(reader->GetValidity(id)), each.validity);
    }
    for (auto& [list, neighbours] : expected) {
      std::vector<std::pair<RelationshipId, NodeId>> found;
      const auto read =
          NeighboursOf(*reader, std::get<NodeId>(list), std::get<Direction>(list), std::get<TypeId>(list));
      for (const Neighbour& each : read) found.emplace_back(each.relationship, each.node);
      std::ranges::sort(found);
      ASSERT_EQ(found, neighbours);
    }
  }
}

std::string BigEndian(std::uint64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFF);
  return bytes;
}

TEST_F(BulkLoading, StatisticsAreThoseOfTheGraph) {
  const World world = World::Random(12, 3'000, 9'000);
  const Model model = LoadWorld(world, Options(kLittle, 2));
  for (const TypeId type : kTypes) {
    std::uint64_t loops = 0;
    std::uint64_t parallel = 0;
    std::set<std::pair<NodeId, NodeId>> pairs;
    std::map<NodeId, std::uint64_t> degree[2];
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint64_t> between;
    for (const auto& [id, each] : model.relationships) {
      if (each.type != type) continue;
      loops += each.start == each.end ? 1 : 0;
      parallel += pairs.emplace(each.start, each.end).second ? 0 : 1;
      ++degree[0][each.start];
      ++degree[1][each.end];
      std::vector<std::uint16_t> starts{storage::kEveryNode};
      std::vector<std::uint16_t> ends{storage::kEveryNode};
      for (const LabelId label : model.nodes.at(each.start).labels) starts.push_back(label.value);
      for (const LabelId label : model.nodes.at(each.end).labels) ends.push_back(label.value);
      for (const std::uint16_t start : starts) {
        for (const std::uint16_t end : ends) ++between[{start, end}];
      }
    }
    EXPECT_EQ(ValueAt(storage::LoopCountKey(type.value)), BigEndian(loops));
    EXPECT_EQ(ValueAt(storage::ParallelCountKey(type.value)), BigEndian(parallel));
    for (std::uint8_t direction = 0; direction < 2; ++direction) {
      storage::Degrees degrees;
      for (const auto& [node, count] : degree[direction]) degrees.Add(count);
      EXPECT_EQ(storage::Degrees::Decode(ValueAt(storage::DegreesKey(type.value, direction))), degrees);
    }
    for (const auto& [labels, count] : between) {
      EXPECT_EQ(ValueAt(storage::LabelPairCountKey(labels.first, type.value, labels.second)), BigEndian(count));
    }
  }
}

// One set of labels in a block, a few, and more than 256.
TEST_F(BulkLoading, LabelPairsAreCountedHoweverManySetsThereAre) {
  constexpr std::size_t kNodes = 20'000;
  World world{.types = {"R"}};
  for (int i = 0; i < 14; ++i) world.labels.push_back("L" + std::to_string(i));
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint64_t> between;
  for (std::size_t i = 0; i < kNodes; ++i) {
    WorldNode node{.labels = {LabelId{0}}};
    const std::size_t bits = i < 4'096 ? 0 : i < 8'192 ? i % 200 : i;
    for (std::uint16_t label = 1; label < 14; ++label) {
      if ((bits >> (label - 1) & 1) != 0) node.labels.push_back({label});
    }
    const WorldRelationship added{.type = 0, .start = i, .end = i * 7 % (i + 1)};
    world.nodes.push_back(std::move(node));
    for (const LabelId start : world.nodes[added.start].labels) {
      for (const LabelId end : world.nodes[added.end].labels) ++between[{start.value, end.value}];
    }
    world.relationships.push_back(added);
  }
  LoadWorld(world, Options());
  for (const auto& [labels, count] : between) {
    ASSERT_EQ(ValueAt(storage::LabelPairCountKey(labels.first, 0, labels.second)), BigEndian(count));
  }
  EXPECT_EQ(ValueAt(storage::LabelPairCountKey(storage::kEveryNode, 0, 0)), BigEndian(kNodes));
}

TEST_F(BulkLoading, DistinctValuesAreCounted) {
  World world{.labels = {"A", "B"}, .types = {"R"}, .keys = {"few", "many"}};
  for (int i = 0; i < 20'000; ++i) {
    world.nodes.push_back({.labels = {LabelId{static_cast<std::uint16_t>(i % 2)}},
                           .properties = {{KeyId{0}, Value(i / 2 % 7)}, {KeyId{1}, Value(std::to_string(i))}}});
    world.relationships.push_back({.start = 0, .end = 0, .properties = {{KeyId{0}, Value(i % 100)}}});
  }
  LoadWorld(world, Options());
  const auto estimate = [&](const std::string& key) {
    const auto count = storage::DistinctCount::Decode(ValueAt(key));
    return count ? count->Estimate() : 0;
  };
  EXPECT_EQ(estimate(storage::DistinctOfLabelKey(0, 0)), 7U);
  EXPECT_EQ(estimate(storage::DistinctOfLabelKey(1, 0)), 7U);
  EXPECT_NEAR(static_cast<double>(estimate(storage::DistinctOfLabelKey(1, 1))), 10'000, 800);
  EXPECT_EQ(estimate(storage::DistinctOfTypeKey(0, 0)), 100U);
}

// Long strings, hubs, values of mixed types and all that World::Random makes: what loading gathers on the way is what
// going over the stored graph finds.
TEST_F(BulkLoading, StatisticsAreThoseThatAScanTakes) {
  World world = World::Random(7, 3'000, 9'000);
  for (std::size_t i = 0; i < 9'000; ++i) world.relationships.push_back({.type = 0, .start = 5, .end = i % 50});
  for (std::size_t i = 0; i < 100; ++i) {
    world.nodes[i * 3].properties = {{KeyId{0}, Value(std::string(970 + i, 'x'))}};
  }
  LoadWorld(world, Options());
  storage::WriteSet scanned;
  Must(TakeStatistics(*store_->TakeSnapshot(), 1, std::atomic<bool>(false))).Put(scanned);
  EXPECT_GT(scanned.writes().size(), 50U);
  std::size_t stored = 0;
  for (const auto& [key, value] : Everything()) {
    if (static_cast<storage::KeyKind>(key.front()) != storage::KeyKind::kStatistics) continue;
    ++stored;
    const auto found = scanned.Find(key);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->value, value) << static_cast<int>(key[1]);
  }
  EXPECT_EQ(stored, scanned.writes().size());
}

TEST_F(BulkLoading, RepeatedKeysAreAnError) {
  for (const std::uint64_t memory : {kLittle, kMuch}) {
    auto store = Must(storage::OpenStore(":memory:"));
    World world{.labels = {"Person"}, .types = {}, .keys = {"name"}, .declared = {{LabelId{0}, KeyId{0}}}};
    for (int i = 0; i < 30'000; ++i) {
      world.nodes.push_back({.labels = {LabelId{0}}, .properties = {{KeyId{0}, Value(i % 29'998)}}});
    }
    const Status status = Load(*store, world, Options(memory)).status;
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kConstraintVerificationFailed);
    EXPECT_EQ(status.error().message,
              "2 of the nodes labelled Person repeat the name of another, which is declared a key and must be unique");
  }
}

TEST_F(BulkLoading, RefusesWhatCannotBe) {
  auto store = Must(storage::OpenStore(":memory:"));
  auto loader = Must(BulkLoader::Begin(*store, Options()));
  const LabelId label = Must(loader->InternLabel("A"));
  const KeyId key = Must(loader->InternKey("x"));
  const Value map = Map{};
  const BulkLoader::PlainProperty property{key, &map};
  EXPECT_EQ(loader->AddNode({}, {&property, 1}, std::nullopt).error().detail, "InvalidPropertyType");
  EXPECT_EQ(loader->node_count(), 0U);
  Must(loader->AddNode({}, {}, std::nullopt));
  EXPECT_EQ(loader->DeclareKey(label, key).error().type, ErrorType::kUsageError);
  Must(loader->Finish());
  EXPECT_EQ(BulkLoader::Begin(*store, Options()).error().type, ErrorType::kUsageError);
}

TEST_F(BulkLoading, NothingIsThereBeforeItIsFinished) {
  {
    auto loader = Must(BulkLoader::Begin(*store_, Options(5'000)));
    for (int i = 0; i < 10'000; ++i) Must(loader->AddNode({}, {}, std::nullopt));
  }
  EXPECT_TRUE(Everything().empty());
}

}  // namespace
}  // namespace plenum::graph
