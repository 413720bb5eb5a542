// The logical plan: a query as operators that rows flow through, from the first to the last.
//
// A plan is made from a bound query (planner.h), made better by rewrites (rewrites.h), each of which gives a plan of
// the same answers, and run by execution, one operator a step. It is finished and immutable then, and points into the
// bound statement, which must outlive it.
//
// Rows are a bag: each stands for as many equal ones as its multiplicity says. Variables are the slots of the bound
// query; a step says which it reads and fills, so that what nothing reads later need not be there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/plan/bound_query.h"
#include "engine/plan/match_order.h"

namespace plenum::plan {

struct Step;

struct Pipeline {
  std::vector<Step> steps;
};

// For each row: once with each node that may be `node`.
struct ScanNodes {
  Span span;  // of the node's pattern
  Slot node = 0;
  StartAt access;
};

// One or the other way along relationships, from a node that is filled. For each row: once for each relationship.
struct Expand {
  Span span;  // of the pattern of the node that it leads to
  // An earlier relationship of the same MATCH, which must not be used again: told by its id, or by where it leads.
  struct Earlier {
    Slot relationship = 0;
    Slot start = 0;  // where the pattern's arrow begins, or what stands on its left
    Slot end = 0;
    bool either = false;   // the pattern has no arrow
    bool by_ends = false;  // not its id is looked at: of the relationships between its ends, one less is left
  };
  Slot from = 0;
  Slot relationship = 0;
  Slot to = 0;
  ast::Direction direction{};                       // as seen from `from`
  std::vector<graph::TypeId> types;                 // ascending
  const ast::LabelExpression* to_labels = nullptr;  // that the other end must have
  bool into = false;                                // `to` is filled: only what leads there
  std::vector<Earlier> earlier;
  bool fills_relationship = true;
  bool fills_to = true;  // unless `into`
  // Where nothing is filled, rows are not repeated.
  enum class Counting : std::uint8_t {
    kNot,          // something is filled
    kTimes,        // a row's multiplicity grows by how many relationships there are
    kTimesOrOnce,  // likewise; where there are none it stays
    kSome,         // rows with one at least go on, as they are
    kNone          // rows without any
  };
  Counting counting = Counting::kNot;
};

// Rows whose node has the labels.
struct FilterLabels {
  Slot node = 0;
  const ast::LabelExpression* labels = nullptr;
};

// Rows whose element has the properties of a map.
struct FilterProperties {
  Slot element = 0;
  const Expression* properties = nullptr;
};

// Rows whose element passes a filter on valid time.
struct FilterValid {
  Slot element = 0;
  const ValidFilter* filter = nullptr;
};

// Rows for which all conditions are true.
struct Filter {
  std::vector<const Expression*> conditions;
};

// Rows that are equal become one, of their multiplicities' sum.
struct MergeRows {
  std::vector<Slot> keys;  // all that is read later
};

// OPTIONAL MATCH: for each row the rows of `inner`; where there are none, the row itself, once, with nulls.
struct Optional {
  Slot ordinal = 0;  // filled for `inner` with which row it is, of those that it is given at once
  std::unique_ptr<Pipeline> inner;
  std::vector<Slot> introduced;  // null then
};

// Rows for which `inner` has a row, or has none.
struct Exists {
  Slot ordinal = 0;  // as Optional's
  std::unique_ptr<Pipeline> inner;
  bool negated = false;
};

struct UnwindList {
  const Unwind* unwind = nullptr;
};

// Computes columns.
struct Compute {
  std::vector<const ProjectionItem*> items;
};

// One row a group: its keys, its aggregates, and of its first row what else is read later.
struct Group {
  const Project* project = nullptr;
};

struct Distinct {
  std::vector<Slot> columns;
};

struct Sort {
  const std::vector<SortItem>* items = nullptr;
};

struct SkipAndLimit {
  const Expression* skip = nullptr;
  const Expression* limit = nullptr;
};

struct Step {
  std::variant<ScanNodes, Expand, FilterLabels, FilterProperties, FilterValid, Filter, MergeRows, Optional, Exists,
               UnwindList, Compute, Group, Distinct, Sort, SkipAndLimit>
      node;
  std::set<Slot> live = {};  // what is read behind this step
};

// The pipeline within a step; null where there is none.
Pipeline* InnerOf(Step& step);

// What is joined by UNION: the rows of one part after another.
struct Plan {
  std::vector<Pipeline> parts;
  std::vector<const SingleQuery*> queries;  // of each part: its result
  bool distinct = false;                    // UNION: of equal rows, in all parts, the first
  std::vector<std::string> columns;
  Slot row_width = 0;
};

}  // namespace plenum::plan
