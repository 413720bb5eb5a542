// Kernels beside their slow twin, which evaluates row by row: the same values, the same rows, the same errors.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/execution/expressions/families.h"
#include "tests/execution/random_batch.h"

namespace plenum::execution {
namespace {

// a and b are of any kind; m and n nodes, r a relationship.
constexpr std::string_view kExpressions[] = {
    "a = b",
    "a <> b",
    "a < b",
    "a <= b",
    "a > b",
    "a >= b",
    "a < b <= a",
    "a = b = true",
    "n = m",
    "n <> m",
    "r = r",
    "n < m",
    "n = a",
    "a = 1",
    "1 < a",
    "a = 'text 1'",
    "a >= 0.5",
    "a < date('1970-01-05')",
    "a AND b",
    "a OR b",
    "a XOR b",
    "NOT a",
    "a = 1 AND b = 1",
    "a = 1 OR b = 1",
    "a = 1 XOR b = 1",
    "NOT a = b",
    "a = 1 AND b > 0 AND n = m",
    "a IS NULL",
    "a IS NOT NULL",
    "n IS NULL",
    "a <> 0 AND 6 / a > 1",
    "a IS NULL OR a + 1 > 1",
    "a + b",
    "a - b",
    "a * b",
    "a / b",
    "a % b",
    "a ^ b",
    "a + 1 - b",
    "a + b + 'x'",
    "-a",
    "a IN [1, 2]",
    "a IN ['text 1', 'text 2']",
    "a IN [1, 'text 1', 2.5]",
    "a IN [1, null]",
    "a IN []",
    "a IN [b, 1]",
    "a IN $list",
    "a IN b",
    "a IN null",
    "a STARTS WITH 'text'",
    "a ENDS WITH '1'",
    "a CONTAINS b",
    "a =~ 'text.*'",
    "CASE a WHEN 1 THEN b ELSE a END",
    "CASE WHEN a = 1 THEN 'one' WHEN a > 1 THEN b END",
    "CASE WHEN a IS NULL THEN n ELSE m END",
    "CASE WHEN a = 1 THEN r ELSE 1 END",
    "CASE a WHEN b THEN 1 WHEN null THEN 2 ELSE n.text END",
    "coalesce(a, b, 1)",
    "coalesce(a, 1 / b)",
    "coalesce(a, r)",
    "coalesce(n.rare, n.number, b)",
    "n.number",
    "n.real",
    "n.text",
    "n.truth",
    "n.day",
    "n.kind",
    "n.mixed",
    "n.rare",
    "n.list",
    "n.nothing",
    "r.number",
    "r.text",
    "r.mixed",
    "r.rare",
    "a.number",
    "n.day.year",
    "n.number > 8",
    "n.number = m.number",
    "n.number + r.number",
    "n.text = m.text",
    "n.text < r.text",
    "n.kind = 5",
    "n.kind = 'later'",
    "n.kind < m.kind",
    "n.real >= n.number",
    "n.day = m.day",
    "n.truth",
    "n.truth AND m.truth",
    "n.list[0]",
    "n:P",
    "n:P|Q",
    "n:!P",
    "n:Unknown",
    "r:R",
    "r:R|S",
    "a:P",
    "id(n)",
    "id(r)",
    "id(a)",
    "type(r)",
    "type(r) = 'R'",
    "labels(n)",
    "startNode(r) = n",
    "endNode(r).number",
    "keys(n)",
    "size(n.text)",
    "toUpper(n.text)",
    "toString(a)",
    "abs(a)",
    "size(a)",
    "[a, n.number, 1]",
    "{x: a, y: n.text}",
    "{x: a}.x",
    "[x IN [1, 2] WHERE x = a | x + b]",
    "n.number IN [1, 2, 3]",
    "all(x IN [a] WHERE x = 1)",
    "$one + a",
    "$one = a",
    "$missing = a",
    "$text = n.text",
    "1 / 0 = a",
    "a = 1 AND 1 / 0 = 1",
    "exists { (n)-[:R]->(m) }",
};

class KernelTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { elements_ = new ElementsOfAllKinds; }
  static void TearDownTestSuite() { delete elements_; }

  // Of all rows that count: kinds, values; or what is raised.
  template <class Of>
  static std::vector<std::string> Outcome(Of of) {
    raised_ = false;
    try {
      return of();
    } catch (const EvaluationError& raised) {
      raised_ = true;
      return {Describe(raised.error)};
    }
  }

  static std::vector<std::string> Values(Kernel& kernel, const Batch& batch, execution::Run& run) {
    return Outcome([&] {
      std::vector<std::string> texts;
      const Vector& vector = kernel.Compute(batch);
      for (std::size_t i = 0; i < batch.count; ++i) {
        const Value value = vector.ValueAt(batch.Row(i), run.query.transaction);
        texts.push_back(std::string(KindName(value.kind())) + " " + ToText(value));
      }
      return texts;
    });
  }

  static std::vector<std::string> Selected(Kernel& kernel, const Batch& batch) {
    return Outcome([&] {
      std::uint16_t rows[kBatchRows];
      std::vector<std::string> texts;
      const std::size_t count = kernel.Select(batch, rows);
      for (std::size_t i = 0; i < count; ++i) texts.push_back(std::to_string(rows[i]));
      return texts;
    });
  }

  static inline bool raised_ = false;  // by what Outcome was last asked of
  static inline ElementsOfAllKinds* elements_ = nullptr;
};

TEST_F(KernelTest, AgreeWithTheEvaluator) {
  const Map parameters = {{"one", 1}, {"text", "text 1"}, {"list", List{1, 2, 3}}, {"any", List{}}};
  const auto transaction = elements_->graph().Read();
  QueryContext context{.transaction = *transaction, .parameters = parameters};
  std::uint64_t seed = 0;
  for (const std::string_view expression : kExpressions) {
    const std::string text = "UNWIND $any AS a UNWIND $any AS b MATCH (n)-[r]->(m) RETURN a, b, n, r, m, " +
                             std::string(expression) + " AS x";
    const auto parsed = Must(Parse(text));
    const plan::Statement statement = Must(plan::Bind(parsed, text, {}));
    const auto& items = std::get<plan::Project>(statement.query.parts.front().clauses.back().node).items;
    const auto slot = [&](std::size_t i) { return std::get<plan::SlotRef>(items[i].expression.node).slot; };
    execution::Run run(context, Must(transaction->Snapshot()), statement.row_width);
    const auto kernel = MakeKernel(run, items.back().expression);
    const auto part = MakePart(run, items.back().expression);
    const auto twin = MakeRowKernel(run, items.back().expression);
    for (int round = 0; round < 24; ++round) {
      RandomVectors random(*elements_, ++seed);
      std::array<Vector, 5> vectors;
      random.Fill(vectors[0], kPlainKinds[random.Below(6)], random.Below(2) == 0);
      random.Fill(vectors[1], kPlainKinds[random.Below(6)], random.Below(2) == 0);
      random.Fill(vectors[2], Vector::Kind::kNodes, random.Below(2) == 0);
      random.Fill(vectors[3], Vector::Kind::kRelationships, random.Below(2) == 0);
      random.Fill(vectors[4], Vector::Kind::kNodes, random.Below(2) == 0);
      std::uint16_t selection[kBatchRows];
      Batch batch(run.width);
      for (std::size_t i = 0; i < vectors.size(); ++i) batch.vectors[slot(i)] = &vectors[i];
      batch.count = random.Choose(selection);
      batch.selection = selection;
      const auto expected = Values(*twin, batch, run);
      const bool raises = raised_;
      ASSERT_EQ(Values(*kernel, batch, run), expected) << expression << ", seed " << seed;
      // Where nothing is raised, it is not thanks to the evaluator.
      if (!raises) {
        ASSERT_EQ(Values(*part, batch, run), expected) << expression << ", seed " << seed;
      }
      ASSERT_EQ(Selected(*kernel, batch), Selected(*twin, batch)) << expression << ", seed " << seed;
    }
  }
}

}  // namespace
}  // namespace plenum::execution
