// Keys and aggregates of many groups at once, beside values compared and accumulated one by one.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/execution/aggregates.h"
#include "engine/execution/operators/aggregate_columns.h"
#include "engine/execution/operators/key_table.h"
#include "tests/execution/random_batch.h"

namespace plenum::execution {
namespace {

class GroupingTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { elements_ = new ElementsOfAllKinds; }
  static void TearDownTestSuite() { delete elements_; }

  static Batch All(std::size_t count) {
    Batch batch(0);
    batch.count = count;
    return batch;
  }

  static inline ElementsOfAllKinds* elements_ = nullptr;
};

TEST_F(GroupingTest, CellsAreTheSameWhereValuesAre) {
  const auto transaction = elements_->graph().Read();
  constexpr std::size_t kRows = 100;
  KeyCells cells;
  std::vector<KeyCell> keys(kRows * 8);
  std::vector<Value> values;
  std::vector<KeyCell> known;
  std::uint64_t seed = 0;
  for (const auto kind :
       {Vector::Kind::kValues, Vector::Kind::kNodes, Vector::Kind::kRelationships, Vector::Kind::kIntegers,
        Vector::Kind::kFloats, Vector::Kind::kBooleans, Vector::Kind::kTexts, Vector::Kind::kDates}) {
    Vector vector;
    RandomVectors(*elements_, ++seed).Fill(vector, kind, true);
    cells.Read(vector, All(kRows), 8, keys.data() + 3);
    for (std::size_t row = 0; row < kRows; ++row) {
      values.push_back(vector.ValueAt(row, *transaction));
      known.push_back(keys[row * 8 + 3]);
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t k = 0; k < values.size(); ++k) {
      ASSERT_EQ(known[i] == known[k], Order(values[i], values[k]) == 0) << ToText(values[i]) << ToText(values[k]);
    }
  }
}

TEST_F(GroupingTest, NumbersKeysAsTheyCome) {
  std::mt19937_64 random(1);
  KeyTable table(2);
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> model;
  for (int i = 0; i < 20'000; ++i) {
    const KeyCell key[] = {{random() % 300, KeyCell::Kind::kNode}, {random() % 30, KeyCell::Kind::kText}};
    const auto [place, added] = model.try_emplace({key[0].bits, key[1].bits}, static_cast<std::uint32_t>(model.size()));
    ASSERT_EQ(table.FindOrAdd(key), std::pair(place->second, added));
  }
  EXPECT_EQ(table.size(), model.size());
}

struct Question {
  plan::Aggregate aggregate;
  bool distinct;
};

// What each group comes to, or the first thing that is raised.
std::vector<std::string> OneByOne(const Question& question, const Vector& vector, const GroupedRows& rows,
                                  std::uint32_t groups, const graph::Transaction& transaction) {
  std::vector<std::unique_ptr<Accumulator>> accumulators;
  for (std::uint32_t g = 0; g < groups; ++g) {
    accumulators.push_back(MakeAccumulator(question.aggregate, question.distinct));
  }
  std::vector<std::string> results;
  try {
    for (std::size_t i = 0; i < rows.count; ++i) {
      const List arguments = {vector.ValueAt(rows.rows[i], transaction)};
      accumulators[rows.groups[i]]->Add(arguments, rows.times[i]);
    }
    for (const auto& accumulator : accumulators) results.push_back(ToText(accumulator->Result()));
  } catch (const EvaluationError& raised) {
    return {Describe(raised.error)};
  }
  return results;
}

std::vector<std::string> AtOnce(execution::Run& run, const Question& question, const Vector& vector, GroupedRows rows,
                                std::uint32_t groups) {
  plan::AggregateCall call;
  call.aggregate = question.aggregate;
  call.distinct = question.distinct;
  const auto column = MakeAggregateColumn(run, call);
  std::vector<std::string> results;
  try {
    for (std::uint32_t g = 0; g < groups; ++g) column->AddGroup();
    column->Add(rows, {&vector});
    for (std::uint32_t g = 0; g < groups; ++g) results.push_back(ToText(column->Result(g)));
  } catch (const EvaluationError& raised) {
    return {Describe(raised.error)};
  }
  return results;
}

TEST_F(GroupingTest, AggregatesOfManyGroupsAreThoseOfEach) {
  const auto transaction = elements_->graph().Read();
  const Map parameters;
  QueryContext context{.transaction = *transaction, .parameters = parameters};
  execution::Run run(context, Must(transaction->Snapshot()), 1);
  constexpr std::uint32_t kGroups = 7;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    using enum plan::Aggregate;
    const std::array aggregates = {kCount, kSum, kAverage, kMin, kMax, kCollect, kStandardDeviation};
    const Question question{aggregates[seed % aggregates.size()], seed / aggregates.size() % 2 == 0};
    RandomVectors random(*elements_, seed);
    Vector vector;
    random.Fill(vector, kPlainKinds[random.Below(6)], random.Below(2) == 0);
    std::uint16_t selection[kBatchRows];
    std::uint32_t groups[kBatchRows];
    std::uint64_t times[kBatchRows];
    const std::size_t count = random.Choose(selection);
    for (std::size_t i = 0; i < count; ++i) {
      groups[i] = static_cast<std::uint32_t>(random.Below(kGroups));
      times[i] = 1 + random.Below(3);
    }
    const GroupedRows rows{selection, groups, times, count};
    ASSERT_EQ(AtOnce(run, question, vector, rows, kGroups), OneByOne(question, vector, rows, kGroups, *transaction))
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace plenum::execution
