// WITH and RETURN: grouping, columns, DISTINCT, ORDER BY, SKIP, LIMIT, WHERE, in this order.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/execution/aggregates.h"
#include "engine/execution/evaluation_error.h"
#include "engine/execution/pipeline.h"
#include "engine/execution/value_order.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

struct Group {
  Row row;  // the first of the group, for what stands beside an aggregate
  std::vector<std::unique_ptr<Accumulator>> accumulators;
};

struct SortedRow {
  List keys;
  Row row;
};

class ProjectStage : public Stage {
 public:
  ProjectStage(QueryContext& context, const plan::Project& project, Stage& next)
      : project_(project), evaluator_(context), next_(next) {}

  bool Push(Row& row) override {
    Begin(row);
    evaluator_.context().Poll();
    if (!project_.grouping) return PushProjected(row);
    AddToGroup(row);
    return true;
  }

  void Finish() override {
    if (!begun_) BeginWithoutRows();
    if (project_.grouping) FinishGroups();
    FinishSorting();
  }

 private:
  // No row came: SKIP and LIMIT must make sense all the same.
  void BeginWithoutRows() {
    Row row = *evaluator_.context().outer_row;
    Begin(row);
  }

  // SKIP and LIMIT are one number for the whole query.
  void Begin(Row& row) {
    if (begun_) return;
    begun_ = true;
    skip_ = EvaluateCount(project_.skip, 0, row);
    limit_ = EvaluateCount(project_.limit, -1, row);
  }

  std::int64_t EvaluateCount(const std::optional<plan::Expression>& expression, std::int64_t otherwise, Row& row) {
    if (!expression) return otherwise;
    return AtSpan(expression->span, [&] { return CheckCount(evaluator_.Evaluate(*expression, row)); });
  }

  static std::int64_t CheckCount(const Value& count) {
    if (count.kind() != Value::Kind::kInteger) {
      Raise(ErrorType::kSyntaxError, "InvalidArgumentType",
            fmt::format("SKIP and LIMIT take an integer, not {}", ToText(count)));
    }
    if (count.integer() < 0) {
      Raise(ErrorType::kSyntaxError, "NegativeIntegerArgument", "SKIP and LIMIT take a number that is not negative");
    }
    return count.integer();
  }

  Group NewGroup(const Row& row) {
    Group group{.row = row, .accumulators = {}};
    for (const plan::AggregateCall& call : project_.aggregates) {
      group.accumulators.push_back(MakeAccumulator(call.aggregate, call.distinct));
    }
    return group;
  }

  void AddToGroup(Row& row) {
    List keys;
    for (const plan::ProjectionItem& item : project_.items) {
      if (!item.aggregates) keys.push_back(evaluator_.Evaluate(item.expression, row));
    }
    auto group = groups_.find(keys);
    if (group == groups_.end()) {
      evaluator_.context().Charge(row, "an aggregation");
      group = groups_.emplace(std::move(keys), NewGroup(row)).first;
    }
    for (std::size_t i = 0; i < project_.aggregates.size(); ++i) {
      const plan::AggregateCall& call = project_.aggregates[i];
      List arguments;
      for (const plan::Expression& argument : call.arguments) arguments.push_back(evaluator_.Evaluate(argument, row));
      const std::size_t kept = AtSpan(call.span, [&] { return group->second.accumulators[i]->Add(arguments, 1); });
      evaluator_.context().Charge(kept * sizeof(Value), "an aggregation");
    }
  }

  void FinishGroups() {
    const bool keyless = std::ranges::all_of(project_.items, &plan::ProjectionItem::aggregates);
    if (groups_.empty() && keyless && !IsMutant("no-rows-no-group")) {  // no rows at all still make one group
      const Row& row = *evaluator_.context().outer_row;
      groups_.emplace(List(), NewGroup(row));
    }
    evaluator_.context().transaction.LetGo();  // a percentile sorts what it has gathered
    for (auto& [keys, group] : groups_) {
      evaluator_.context().Poll();
      auto key = keys.begin();
      for (const plan::ProjectionItem& item : project_.items) {
        if (!item.aggregates) group.row[item.slot] = *key++;
      }
      for (std::size_t i = 0; i < project_.aggregates.size(); ++i) {
        const plan::AggregateCall& call = project_.aggregates[i];
        group.row[call.slot] = AtSpan(call.span, [&] { return group.accumulators[i]->Result(); });
      }
      if (!PushProjected(group.row)) break;
    }
  }

  bool PushProjected(Row& row) {
    for (const plan::ProjectionItem& item : project_.items) {
      const bool filled = project_.grouping && !item.aggregates;  // the group's key
      if (!filled) row[item.slot] = evaluator_.Evaluate(item.expression, row);
    }
    if (project_.distinct && !IsNew(row)) return true;
    if (project_.order_by.empty()) return Deliver(row);
    List keys;
    for (const plan::SortItem& item : project_.order_by) keys.push_back(evaluator_.Evaluate(item.expression, row));
    evaluator_.context().Charge(row, "ORDER BY");
    sorted_.push_back({std::move(keys), row});
    return true;
  }

  bool IsNew(const Row& row) {
    List columns;
    for (const plan::ProjectionItem& item : project_.items) columns.push_back(row[item.slot]);
    evaluator_.context().Charge(columns, "DISTINCT");
    return seen_.insert(std::move(columns)).second;
  }

  void FinishSorting() {
    if (sorted_.empty()) return;
    evaluator_.context().transaction.LetGo();  // sorting may take its time
    std::ranges::stable_sort(sorted_, [&](const SortedRow& a, const SortedRow& b) {
      for (std::size_t i = 0; i < a.keys.size(); ++i) {
        const auto order = Order(a.keys[i], b.keys[i]);
        if (order != 0) return project_.order_by[i].descending ? order > 0 : order < 0;
      }
      return false;
    });
    for (SortedRow& sorted : sorted_) {
      evaluator_.context().Poll();
      if (!Deliver(sorted.row)) return;
    }
  }

  bool Deliver(Row& row) {
    if (skip_ > 0) {
      --skip_;
      if (limit_ > 0 && IsMutant("limit-counts-skipped")) --limit_;
      return true;
    }
    if (limit_ == 0) return false;
    if (limit_ > 0) --limit_;
    if (!evaluator_.Holds(project_.where, row)) return limit_ != 0;
    return next_.Push(row) && limit_ != 0;
  }

  const plan::Project& project_;
  Evaluator evaluator_;
  Stage& next_;
  bool begun_ = false;
  std::int64_t skip_ = 0;
  std::int64_t limit_ = -1;  // none
  std::map<List, Group, ListOrder> groups_;
  std::set<List, ListOrder> seen_;
  std::vector<SortedRow> sorted_;
};

}  // namespace

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Project& project, Stage& next) {
  return std::make_unique<ProjectStage>(context, project, next);
}

}  // namespace plenum::execution
