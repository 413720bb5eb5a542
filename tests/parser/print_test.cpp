// What is printed parses to the same tree.
#include "parser/print.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/parser/random_tree.h"
#include "tests/parser/round_trip.h"

namespace plenum::ast {
namespace {

TEST(Print, RandomTreesComeBackTheSame) {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::uint8_t> bytes(random() % 400);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    ASSERT_EQ(FaultOfTree(RandomTree(bytes).MakeStatement()), "");
  }
}

}  // namespace
}  // namespace plenum::ast
