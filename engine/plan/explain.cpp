// EXPLAIN, clause by clause.
#include "engine/plan/explain.h"

#include <fmt/format.h>

#include "engine/plan/match_order.h"

namespace plenum::plan {
namespace {

class Explainer {
 public:
  Explainer(std::string_view text, graph::Transaction& transaction) : text_(text), transaction_(transaction) {}

  std::vector<std::string> Lines(const Query& query) {
    DescribeQuery(query);
    return std::move(lines_);
  }

 private:
  void DescribeQuery(const Query& query) {
    for (std::size_t i = 0; i < query.parts.size(); ++i) {
      if (i > 0) Add(query.union_all[i - 1] ? "union all" : "union, rows that differ");
      for (const Clause& clause : query.parts[i].clauses) {
        std::visit([&](const auto& node) { Describe(node); }, clause.node);
      }
    }
  }

  // What runs once a row of the clause around it stands further right.
  void DescribeInner(const Query& query) {
    indentation_ += "  ";
    DescribeQuery(query);
    indentation_.resize(indentation_.size() - 2);
  }

  void Add(const std::string& line) { lines_.push_back(indentation_ + line); }
  std::string_view TextOf(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  std::string_view TextOf(const Expression& expression) const { return TextOf(expression.span); }

  void Describe(const Match& match) {
    Add(match.optional ? "optional match" : "match");
    DescribePattern(match.pattern);
  }

  void DescribePattern(const Pattern& pattern) {
    const MatchOrder order = OrderMatch(pattern, transaction_);
    for (const MatchStep& step : order.steps) {
      std::visit([&](const auto& action) { DescribeStep(pattern, action); }, step.action);
      for (const Expression* condition : step.conditions) Add(fmt::format("  filter      {}", TextOf(*condition)));
    }
    for (const Expression* condition : order.conditions) Add(fmt::format("  filter      {}", TextOf(*condition)));
  }

  void DescribeStep(const Pattern& pattern, const StartAt& start) {
    const NodePattern& node = pattern.paths[start.path].nodes[start.node];
    switch (start.access) {
      case StartAt::Access::kBound:
        return Add(fmt::format("  bound node  {}", TextOf(node.span)));
      case StartAt::Access::kKey:
        return Add(fmt::format("  key seek    {} by :{}({})", TextOf(node.span), start.label, start.key));
      case StartAt::Access::kRange:
        return Add(fmt::format("  index {}  {} by :{}({})", start.equal ? "seek" : "scan", TextOf(node.span),
                               start.label, start.key));
      case StartAt::Access::kLabel:
        return Add(fmt::format("  label scan  {} by :{}", TextOf(node.span), start.label));
      case StartAt::Access::kAllNodes:
        return Add(fmt::format("  all nodes   {}", TextOf(node.span)));
    }
  }

  void DescribeStep(const Pattern& pattern, const StartAtRelationship& start) {
    Add(fmt::format("  bound       {}", TextOf(pattern.paths[start.path].relationships[start.relationship].span)));
  }

  void DescribeStep(const Pattern& pattern, const ExpandAlong& expand) {
    const PathPattern& path = pattern.paths[expand.path];
    const RelationshipPattern& relationship = path.relationships[expand.relationship];
    const std::string_view end = expand.forward ? "left" : "right";
    if (relationship.subpath && (*relationship.subpath)->selector) {
      return Add(fmt::format("  search      {}, from the {}", TextOf(path.span), end));
    }
    const NodePattern& before = path.nodes[expand.relationship];
    const NodePattern& behind = path.nodes[expand.relationship + 1];
    Add(fmt::format("  expand      {}{}{}, from the {}", TextOf(before.span), TextOf(relationship.span),
                    TextOf(behind.span), end));
  }

  void Describe(const Unwind& unwind) { Add(fmt::format("unwind        {}", TextOf(unwind.list))); }

  void Describe(const LoadCsv& load) {
    Add(fmt::format("load csv      {}{}", TextOf(load.url), load.headers ? ", with headers" : ""));
  }

  void Describe(const Project& project) {
    std::string columns;
    for (const ProjectionItem& item : project.items)
      columns += fmt::format("{}{}", columns.empty() ? "" : ", ", item.name);
    Add(fmt::format("{}{}", project.grouping ? "aggregate     " : "project       ", columns));
    if (project.distinct) Add("  distinct");
    for (const SortItem& item : project.order_by) {
      Add(fmt::format("  sort by     {}{}", TextOf(item.expression), item.descending ? " descending" : ""));
    }
    if (project.skip) Add(fmt::format("  skip        {}", TextOf(*project.skip)));
    if (project.limit) Add(fmt::format("  limit       {}", TextOf(*project.limit)));
    if (project.where) Add(fmt::format("  filter      {}", TextOf(*project.where)));
  }

  void Describe(const Create& create) {
    for (const PathPattern& path : create.pattern.paths) Add(fmt::format("create        {}", TextOf(path.span)));
  }
  void Describe(const Merge& merge) {
    Add(fmt::format("merge         {}", TextOf(merge.pattern.paths.front().span)));
    DescribePattern(merge.pattern);
    for (const UpdateItem& item : merge.on_create) Add(fmt::format("  on create   {}", TextOf(item.span)));
    for (const UpdateItem& item : merge.on_match) Add(fmt::format("  on match    {}", TextOf(item.span)));
  }
  void Describe(const Update& update) {
    for (const UpdateItem& item : update.items) Add(fmt::format("update        {}", TextOf(item.span)));
  }
  void Describe(const Delete& del) {
    for (const Expression& target : del.targets)
      Add(fmt::format("{}{}", del.detach ? "detach delete " : "delete        ", TextOf(target)));
  }

  void Describe(const CallProcedure& call) {
    const Procedure& procedure = *call.procedure.declaration;
    std::string columns;
    for (const YieldedColumn& column : call.yields) {
      columns += fmt::format("{}{}", columns.empty() ? "" : ", ", procedure.outputs[column.output].name);
    }
    Add(fmt::format("call          {}{}{}", procedure.name, columns.empty() ? "" : ", yields ", columns));
    if (call.where) Add(fmt::format("  filter      {}", TextOf(*call.where)));
  }
  void Describe(const CallSubquery& call) {
    std::string columns;
    for (const std::string& column : call.query->columns) {
      columns += fmt::format("{}{}", columns.empty() ? "" : ", ", column);
    }
    Add(columns.empty() ? "subquery" : fmt::format("subquery      {}", columns));
    DescribeInner(*call.query);
  }
  void Describe(const Foreach& foreach) {
    Add(fmt::format("foreach       {}", TextOf(foreach.list)));
    DescribeInner(*foreach.body);
  }

  std::string_view text_;
  graph::Transaction& transaction_;
  std::string indentation_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> Explain(const Statement& statement, std::string_view text, graph::Transaction& transaction) {
  return Explainer(text, transaction).Lines(statement.query);
}

}  // namespace plenum::plan
