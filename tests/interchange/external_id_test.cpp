// The index from ids of import files to nodes, against std::map.
#include "engine/interchange/external_id.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

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
