// Rows are compared as a multiset of canonical texts; where they are ordered, also place by place by ORDER BY's order,
// for which values of several texts may be alike.
#include "tests/differential/compare.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <iterator>

#include "tests/differential/canonical_graph.h"

namespace plenum::tests {
namespace {

constexpr std::chrono::seconds kDeadline{2};
constexpr std::uint64_t kMemoryBytesMax = std::uint64_t{256} << 20;

bool IsGivingUp(ErrorType type) { return type == ErrorType::kTimeout || type == ErrorType::kResourceExhausted; }

void TakeDown(QueryResult result, const ElementNames& names, LeftOpen open, Observation& observation) {
  observation.columns = result.columns();
  observation.statistics = result.statistics();
  while (result.Next()) {
    std::vector<std::string> texts;
    for (const Value& value : result.row()) texts.push_back(CanonicalText(value, names, open));
    observation.row_texts.push_back(fmt::format("{}", fmt::join(texts, " | ")));
    observation.rows.push_back(result.row());
  }
}

// The lines that only one has, at most so many; both are sorted.
std::string LinesOfOne(const std::vector<std::string>& has, const std::vector<std::string>& has_not) {
  static constexpr std::size_t kLinesMax = 12;
  std::vector<std::string> lines;
  std::ranges::set_difference(has, has_not, std::back_inserter(lines));
  const std::size_t more = lines.size() > kLinesMax ? lines.size() - kLinesMax : 0;
  lines.resize(lines.size() - more);
  std::string text;
  for (const std::string& line : lines) text += "    " + line + "\n";
  return more == 0 ? text : text + fmt::format("    and {} more\n", more);
}

std::string DifferenceOfLines(std::string_view of_what, std::vector<std::string> first,
                              std::vector<std::string> second) {
  std::ranges::sort(first);
  std::ranges::sort(second);
  if (first == second) return "";
  return fmt::format("{}, {} and {}:\n  only the first has\n{}  only the second has\n{}", of_what, first.size(),
                     second.size(), LinesOfOne(first, second), LinesOfOne(second, first));
}

std::string DifferenceOfOrder(const Observation& first, const Observation& second) {
  for (std::size_t i = 0; i < first.rows.size(); ++i) {
    const bool alike = std::ranges::equal(first.rows[i], second.rows[i],
                                          [](const Value& a, const Value& b) { return Order(a, b) == 0; });
    if (alike) continue;
    return fmt::format("the order of rows: row {} is\n    {}\n  and in the second\n    {}\n", i + 1, first.row_texts[i],
                       second.row_texts[i]);
  }
  return "";
}

// No exception may come out of an executor: one that does is an error like no other.
Result<QueryResult> Run(const Executor& executor, const plan::Statement& statement, graph::Transaction& transaction,
                        const execution::ExecuteOptions& options) {
  std::string what;
  try {
    return executor(statement, transaction, options);
  } catch (const std::exception& thrown) {
    what = thrown.what();
  } catch (...) {
    what = "of another kind";
  }
  return Error{.detail = "an exception: " + what, .message = "", .place = {}};
}

std::string StatisticsText(const QueryStatistics& statistics) {
  return fmt::format("nodes +{} -{}, relationships +{} -{}, properties {}, labels +{} -{}", statistics.nodes_created,
                     statistics.nodes_deleted, statistics.relationships_created, statistics.relationships_deleted,
                     statistics.properties_set, statistics.labels_added, statistics.labels_removed);
}

std::string OutcomeText(const Observation& observation) {
  if (!observation.error.empty()) return observation.error;
  return fmt::format("an answer of {} rows", observation.rows.size());
}

}  // namespace

Observation Observe(const Executor& executor, StoredGraph& graph, const plan::Statement& statement,
                    const GeneratedQuery& query) {
  StoredGraph::Visit visit(graph, statement.writes);
  graph::Transaction& transaction = visit.transaction();
  const execution::ExecuteOptions options{.parameters = query.parameters,
                                          .cancel = nullptr,
                                          .deadline = std::chrono::steady_clock::now() + kDeadline,
                                          .memory_bytes_max = kMemoryBytesMax,
                                          .threads = 1,
                                          .load_csv_directory = {}};
  Observation observation;
  Result<QueryResult> result = Run(executor, statement, transaction, options);
  if (!result) {
    observation.error = fmt::format("{} {}", ErrorTypeName(result.error().type), result.error().detail);
    observation.gave_up = IsGivingUp(result.error().type);
    return observation;
  }
  TakeDown(*std::move(result), graph.names(), query.open, observation);
  if (statement.writes) observation.graph = CanonicalGraph(transaction, graph.names(), query.open);
  return observation;
}

std::string Difference(const Observation& first, const Observation& second, const GeneratedQuery& query) {
  if (first.gave_up || second.gave_up) return "";
  if (first.error != second.error) {
    return fmt::format("the first gives {}, the second {}\n", OutcomeText(first), OutcomeText(second));
  }
  if (first.columns != second.columns) {
    return fmt::format("the columns are {}, in the second {}\n", fmt::join(first.columns, ", "),
                       fmt::join(second.columns, ", "));
  }
  std::string difference = DifferenceOfLines("rows", first.row_texts, second.row_texts);
  if (difference.empty() && query.in_order) difference = DifferenceOfOrder(first, second);
  const std::string first_statistics = StatisticsText(first.statistics);
  const std::string second_statistics = StatisticsText(second.statistics);
  if (first_statistics != second_statistics) {
    difference += fmt::format("the statistics are {}, in the second {}\n", first_statistics, second_statistics);
  }
  return difference + DifferenceOfLines("nodes and relationships afterwards", first.graph, second.graph);
}

}  // namespace plenum::tests
