// The index from ids of import files to nodes, against std::map.
#include "engine/interchange/external_id.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <vector>

namespace plenum {
namespace {

TEST(ExternalIdIndexTest, IntegersAgreeWithAMap) {
  std::mt19937_64 random(2);
  std::map<std::int64_t, std::uint32_t> model;
  ExternalIdIndex index;
  for (std::uint32_t node = 0; node < 100'000; ++node) {
    const auto id = static_cast<std::int64_t>(node % 2 == 0 ? random() : random() % 50'000);
    EXPECT_EQ(index.Insert(id, NodeId{node}), model.try_emplace(id, node).second);
  }
  EXPECT_EQ(index.size(), model.size());
  for (const auto& [id, node] : model) ASSERT_EQ(index.Find(id), NodeId{node});
  EXPECT_EQ(index.Find(std::int64_t{-1}), std::nullopt);
}

// Dense ids from any number on, in any order, and then one that is far away.
TEST(ExternalIdIndexTest, CloseIntegersTakeFewBytes) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t first : {std::int64_t{0}, std::int64_t{-150'000}, kLeast, kGreatest - 299'999}) {
    std::vector<std::int64_t> ids;
    for (std::int64_t i = 0; i < 300'000; ++i) ids.push_back(first + i);
    std::mt19937_64 random(2);
    for (auto some = ids.begin(); some != ids.end(); some += 5'000) std::shuffle(some, some + 5'000, random);
    std::reverse(ids.begin() + 50'000, ids.end());
    ExternalIdIndex index;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ASSERT_TRUE(index.Insert(ids[i], NodeId{static_cast<std::uint32_t>(i)}));
      ASSERT_FALSE(index.Insert(ids[i], NodeId{7}));
    }
    EXPECT_LT(index.bytes(), ids.size() * 6);
    const std::int64_t far = first < 0 ? kGreatest : kLeast;
    EXPECT_EQ(index.Find(far), std::nullopt);
    EXPECT_TRUE(index.Insert(far, NodeId{5}));
    EXPECT_EQ(index.Find(far), NodeId{5});
    EXPECT_EQ(index.size(), ids.size() + 1);
    for (std::size_t i = 0; i < ids.size(); ++i) ASSERT_EQ(index.Find(ids[i]), NodeId{static_cast<std::uint32_t>(i)});
  }
}

TEST(ExternalIdIndexTest, TextsAgreeWithAMap) {
  std::mt19937_64 random(2);
  std::map<std::string, std::uint32_t> model;
  ExternalIdIndex index;
  for (std::uint32_t node = 0; node < 100'000; ++node) {
    const std::string id = std::to_string(random() % 80'000) + std::string(random() % 30, 'x');
    EXPECT_EQ(index.Insert(std::string_view(id), NodeId{node}), model.try_emplace(id, node).second);
  }
  for (const auto& [id, node] : model) ASSERT_EQ(index.Find(std::string_view(id)), NodeId{node});
  EXPECT_EQ(index.Find(std::string_view("no")), std::nullopt);
  EXPECT_EQ(index.size(), model.size());
  EXPECT_GT(index.bytes(), model.size() * 16);
}

TEST(ExternalIdIndexTest, EmptyTextAndZeroAreIds) {
  ExternalIdIndex texts;
  EXPECT_EQ(texts.Find(std::string_view("")), std::nullopt);
  EXPECT_TRUE(texts.Insert(std::string_view(""), NodeId{5}));
  EXPECT_EQ(texts.Find(std::string_view("")), NodeId{5});
  ExternalIdIndex integers;
  EXPECT_EQ(integers.Find(std::int64_t{0}), std::nullopt);
  EXPECT_TRUE(integers.Insert(std::int64_t{0}, NodeId{0}));
  EXPECT_EQ(integers.Find(std::int64_t{0}), NodeId{0});
}

TEST(ExternalIdTest, InMessages) {
  EXPECT_EQ(ToText(ExternalId(std::int64_t{7})), "7");
  EXPECT_EQ(ToText(ExternalId(std::string_view("ann"))), "'ann'");
}

}  // namespace
}  // namespace plenum
