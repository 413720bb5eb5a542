// Whole queries: the questions of the example dataset, over a database in memory, from text to the last row.
//
// Each answer is compared with the one that the dataset's questions.md gives, outside the clock. The working directory
// must be the repository's root.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "plenum/plenum.h"
#include "tests/datasets/dataset.h"
#include "tests/query_file.h"

namespace plenum::bench {
namespace {

// Ends the program with the error: there is nothing to measure without the dataset.
template <class T>
T Require(Result<T> result) {
  if (result) return std::move(result).value();
  std::cerr << Describe(result.error()) << '\n';
  std::exit(1);
}

const std::vector<tests::QueryCase>& Questions() {
  static const auto questions =
      Require(tests::ReadQueryCases(Require(tests::ReadFile(tests::kBeijing / "questions.md"))));
  return questions;
}

Database& Dataset() {
  static Database database = Require(tests::LoadDataset(tests::kBeijing));
  return database;
}

void EachQuestion(benchmark::internal::Benchmark* benchmark) {
  for (std::size_t i = 0; i < Questions().size(); ++i) benchmark->Arg(static_cast<std::int64_t>(i));
}

void BM_DemoQuestion(benchmark::State& state) {
  const tests::QueryCase& question = Questions()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(question.question);
  auto answer = Dataset().Query(question.query);
  if (!answer) return state.SkipWithError(Describe(answer.error(), question.query).c_str());
  if (tests::TableOf(*answer) != question.answer) return state.SkipWithError("not the answer that questions.md gives");
  std::int64_t rows = 0;
  for (auto _ : state) {
    auto result = Dataset().Query(question.query);
    while (result->Next()) ++rows;
  }
  state.SetItemsProcessed(rows);
}
BENCHMARK(BM_DemoQuestion)->ArgName("question")->Apply(EachQuestion)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace plenum::bench
