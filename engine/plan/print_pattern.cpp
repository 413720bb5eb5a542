// Bound patterns as text, with their times and citations.
#include "engine/plan/bound_printer.h"
#include "parser/print.h"

namespace plenum::plan {

void BoundPrinter::Write(const Pattern& pattern) {
  ++depth_;
  for (const PathPattern& path : pattern.paths) {
    BeginLine();
    Write(path);
    EndLine();
  }
  for (const Condition& condition : pattern.conditions) {
    BeginLine();
    Add("where ");
    Write(condition.expression);
    AddSlots(", reads", condition.reads);
    EndLine();
  }
  if (!pattern.introduced.empty()) {
    BeginLine();
    AddSlots("introduces", pattern.introduced);
    EndLine();
  }
  --depth_;
}

void BoundPrinter::Write(const PathPattern& path) {
  if (path.slot) {
    AddSlot(*path.slot);
    Add(": Path = ");
  }
  if (path.mode != ast::PathMode::kTrail) Add(ast::Print(path.mode) + " ");
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    if (i > 0) Write(path.relationships[i - 1]);
    Write(path.nodes[i]);
  }
}

template <class Element>
void BoundPrinter::WriteDetails(const Element& element) {
  WritePart(" ", element.properties);
  WritePart(" ", element.assertion);
  WritePart(" ", element.filter);
  WriteCitations(element.citations);
  WritePart(" where ", element.where);
  if (element.deferred) Add(" deferred");
}

void BoundPrinter::Write(const NodePattern& node) {
  Add("(");
  AddSlot(node.slot);
  if (node.labels) Add(":" + ast::Print(*node.labels));
  if (node.bound) Add(" bound");
  if (node.repeated) Add(" repeated");
  WriteDetails(node);
  Add(")");
}

// In place of a relationship.
void BoundPrinter::Write(const Subpath& subpath) {
  if (subpath.selector) {
    Add("chosen " + ast::Print({.kind = *subpath.selector, .k = static_cast<std::int64_t>(subpath.count)}));
  } else {
    Add("group");
    Write(subpath.rounds);
    Add(" ");
  }
  Write(subpath.body);
  for (const Expression& condition : subpath.conditions) {
    Add(" where ");
    Write(condition);
  }
  for (const Subpath::Gathered& gathered : subpath.gathered) {
    Add(&gathered == subpath.gathered.data() ? ", gathers " : " and ");
    AddSlot(gathered.each);
    Add(" in ");
    AddSlot(gathered.list);
  }
  if (!subpath.needs.empty()) AddSlots(", needs", subpath.needs);
}

void BoundPrinter::Write(const RelationshipPattern& relationship) {
  if (relationship.subpath) {
    Add("-[");
    AddSlot(relationship.slot);
    WritePart(" ", relationship.subpath);
    return Add("]-");
  }
  Add(relationship.direction == ast::Direction::kIncoming ? "<-[" : "-[");
  AddSlot(relationship.slot);
  if (relationship.types) Add(":" + ast::Print(*relationship.types));
  WritePart("", relationship.repetition);
  if (relationship.bound) Add(" bound");
  WriteDetails(relationship);
  WritePart(" through nodes ", relationship.node_filter);
  Add(relationship.direction == ast::Direction::kOutgoing ? "]->" : "]-");
}

void BoundPrinter::Write(const Repetition& repetition) {
  Add("*" + std::to_string(repetition.minimum) + "..");
  if (repetition.maximum) Add(std::to_string(*repetition.maximum));
}

void BoundPrinter::Write(const Assertion& assertion) {
  Add("valid");
  WritePart(" from ", assertion.from);
  WritePart(assertion.through ? " through " : " until ", assertion.until);
}

void BoundPrinter::Write(const ValidFilter& filter) {
  Add(filter.certainly ? "valid certainly" : "valid");
  switch (filter.kind) {
    case ast::ValidFilter::Kind::kAnyTime:
      return Add(" at any time");
    case ast::ValidFilter::Kind::kAt:
      return WritePart(" at ", filter.when);
    case ast::ValidFilter::Kind::kDuring:
      WritePart(" during ", filter.when);
      WritePart(" until ", filter.until);
  }
}

void BoundPrinter::Write(const Citation& citation) {
  Add("cite ");
  Write(citation.source);
  WritePart(" from ", citation.first);
  WritePart(" to ", citation.end);
  WritePart(" quote ", citation.quote);
}

void BoundPrinter::WriteCitations(const std::vector<Citation>& citations) {
  for (const Citation& citation : citations) {
    Add(" ");
    Write(citation);
  }
}

}  // namespace plenum::plan
