// The state of printing a bound statement, and one Write for each kind of clause and expression: a kind that is missing
// here does not compile.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/bound_query.h"

namespace plenum::plan {

class BoundPrinter {
 public:
  void Write(const Statement& statement);
  void Write(const Expression& expression);

  std::string Take() { return std::move(out_); }

 private:
  // ---- queries and clauses (print.cpp)
  void Write(const SchemaCommand& command);
  void Write(const Query& query);
  void Write(const Match& match);
  void Write(const Unwind& unwind);
  void Write(const LoadCsv& load);
  void Write(const Project& project);
  void Write(const AggregateCall& call);
  void Write(const ProjectionItem& item);
  void Write(const Create& create);
  void Write(const Merge& merge);
  void Write(const Delete& deletion);
  void Write(const Update& update);
  void Write(const CallProcedure& call);
  void Write(const CallSubquery& call);
  void Write(const Foreach& foreach);
  void WriteItems(std::string_view before, const std::vector<UpdateItem>& items);
  void Write(const SetProperty& set);
  void Write(const SetAll& set);
  void Write(const SetLabels& set);
  void Write(const SetValidity& set);
  void Write(const AddCitations& cite);
  void Write(const RemoveCitations& removal);

  // ---- patterns, time and evidence (print_pattern.cpp)
  void Write(const Pattern& pattern);
  void Write(const PathPattern& path);
  void Write(const NodePattern& node);
  void Write(const RelationshipPattern& relationship);
  void Write(const Subpath& subpath);
  template <class Element>
  void WriteDetails(const Element& element);
  void Write(const Repetition& repetition);
  void Write(const Assertion& assertion);
  void Write(const ValidFilter& filter);
  void Write(const Citation& citation);
  void WriteCitations(const std::vector<Citation>& citations);

  // ---- expressions (print_expression.cpp)
  void Write(const Constant& constant);
  void Write(const ParameterRef& parameter);
  void Write(const SlotRef& reference);
  void Write(const PropertyAccess& access);
  void Write(const Subscript& subscript);
  void Write(const Slice& slice);
  void Write(const LabelTest& test);
  void Write(const Unary& unary);
  void Write(const Chain& chain);
  void Write(const NullTest& test);
  void Write(const Call& call);
  void Write(const Case& choice);
  void Write(const MakeList& list);
  void Write(const MakeMap& map);
  void Write(const MapProjection& projection);
  void Write(const ListComprehension& comprehension);
  void Write(const Quantifier& quantifier);
  void Write(const Reduce& reduce);
  void Write(const Subquery& subquery);
  void WriteEntries(const NamedExpressions& entries);
  void WriteElementOf(Slot element, const Expression& list);

  // ---- what they are made of
  void Add(std::string_view text) { out_ += text; }
  void AddSlot(Slot slot) { out_ += '#' + std::to_string(slot); }
  void AddSlots(std::string_view before, const std::vector<Slot>& slots);
  void AddType(TypeSet type, TypeSet element = TypeSet::Anything());
  void BeginLine() { out_.append(2 * depth_, ' '); }
  void EndLine() { out_ += '\n'; }

  template <class T>
  void Write(const Box<T>& box) {
    Write(*box);
  }
  template <class T>
  void WritePart(std::string_view before, const std::optional<T>& part) {
    if (!part) return;
    Add(before);
    Write(*part);
  }
  template <class T>
  void WriteList(const std::vector<T>& parts) {
    for (const T& part : parts) {
      if (&part != parts.data()) Add(", ");
      Write(part);
    }
  }
  // A line of its own, if there is such a part.
  template <class T>
  void WriteLine(std::string_view before, const std::optional<T>& part) {
    if (!part) return;
    BeginLine();
    WritePart(before, part);
    EndLine();
  }

  std::string out_;
  std::size_t depth_ = 0;  // of the line that is being written
};

}  // namespace plenum::plan
