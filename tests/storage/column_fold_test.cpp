// Operands of columns, and that folds agree with a plain array through every grouping.
#include "engine/storage/column_fold.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/storage/column.h"
#include "engine/storage/column_builder.h"
#include "tests/storage/column_forms.h"
#include "tests/storage/damage.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {
namespace {

TEST(ColumnFold, OperandGoldenBytes) {
  std::string operands;
  AppendColumnSet(operands, 300, 1);
  AppendColumnSet(operands, 1, {});
  AppendColumnSet(operands, 2, std::string(1025, 'x'));
  EXPECT_EQ(Hex(operands), "01 AC 02 03 02 01 01 00 01 02 0A");
}

// Operands in random groups, each group the concatenation of its operands.
std::vector<std::string> RandomOperands(RandomValues& random, const Form& form, Values& model) {
  std::vector<std::string> groups(1);
  for (int i = random.Below(300); i > 0; --i) {
    if (random.Below(4) == 0) groups.emplace_back();
    const auto slot = static_cast<std::uint32_t>(random.Below(random.Below(2) == 0 ? 4096 : 5));
    Value value = form.value(random, static_cast<int>(slot));
    if (random.Below(4) == 0) value = {};
    if (random.Below(100) == 0) value = random.Any();
    AppendColumnSet(groups.back(), slot, value);
    model[slot] = value;
  }
  return groups;
}

TEST(ColumnFold, AgreesWithAModel) {
  RandomValues random(18);
  for (const Form& form : kForms) {
    SCOPED_TRACE(form.name);
    Values model(kBlockSlots);
    std::optional<std::string> column;
    for (int round = 0; round < 12; ++round) {
      if (round == 6) column = EncodeColumn(model = RandomColumn(form, random, round % 4));
      const std::vector<std::string> groups = RandomOperands(random, form, model);
      const std::vector<std::string_view> operands(groups.begin(), groups.end());
      column = FoldColumn(column, operands);
      ASSERT_TRUE(column.has_value());
      ExpectHolds(*column, model);
      EXPECT_EQ(*column, EncodeColumn(model));  // it is as if never written otherwise
    }
  }
}

TEST(ColumnFold, WhatIsLeftOfNothingIsAnEmptyColumn) {
  std::string operand;
  AppendColumnSet(operand, 0, {});
  const std::string_view operands[] = {operand};
  EXPECT_EQ(FoldColumn(std::nullopt, operands), EncodeColumn({}));
  EXPECT_EQ(FoldColumn(EncodeColumn(Values{"a"}), operands), EncodeColumn({}));
}

TEST(ColumnFold, DamageIsReported) {
  RandomValues random(19);
  const std::string base = EncodeColumn(Values{1, 2, "three"});
  std::string operands;
  for (int i = 0; i < 20; ++i) AppendColumnSet(operands, static_cast<std::uint32_t>(300 * (i % 13)), random.Any());
  ForEachDamage(operands, 3000, random, [&](std::string_view damaged) {
    const std::string_view some[] = {damaged};
    const auto folded = FoldColumn(base, some);
    if (folded) {
      EXPECT_NE(Column::Decode(*folded), nullptr);
    }
  });
  const std::string_view good[] = {operands};
  EXPECT_FALSE(FoldColumn(base.substr(0, 5), good).has_value());
  EXPECT_FALSE(FoldColumn(std::string_view(), good).has_value());
  const std::string cut = operands.substr(0, operands.size() - 1);
  const std::string_view bad[] = {operands, cut};
  EXPECT_FALSE(FoldColumn(base, bad).has_value());
}

}  // namespace
}  // namespace plenum::storage
