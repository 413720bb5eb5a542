// Bound statements as text: queries and clauses, one line each, what they are made of a step further in.
#include "engine/plan/print.h"

#include "engine/plan/bound_printer.h"
#include "parser/print.h"

namespace plenum::plan {

std::string Print(const Statement& statement) {
  BoundPrinter printer;
  printer.Write(statement);
  return printer.Take();
}

std::string Print(const Expression& expression) {
  BoundPrinter printer;
  printer.Write(expression);
  return printer.Take();
}

void BoundPrinter::Write(const Statement& statement) {
  if (statement.transaction) return Add(ast::Print(ast::Statement{.node = *statement.transaction}) + "\n");
  if (statement.schema) return Write(*statement.schema);
  Add("slots: " + std::to_string(statement.row_width) + (statement.writes ? ", writes" : ""));
  for (const RequiredParameter& parameter : statement.required_parameters) Add(", needs $" + parameter.name);
  EndLine();
  Write(statement.query);
}

void BoundPrinter::Write(const SchemaCommand& command) {
  static constexpr std::string_view kKinds[] = {"create", "drop", "show"};
  Add(std::string(kKinds[static_cast<std::size_t>(command.kind)]) + (command.unique ? " unique" : " index"));
  if (!command.name.empty()) Add(" " + command.name);
  if (!command.key.empty()) Add(" on :" + command.label + "(" + command.key + ")");
  Add(command.tolerant ? ", tolerant\n" : "\n");
}

void BoundPrinter::Write(const Query& query) {
  for (std::size_t i = 0; i < query.parts.size(); ++i) {
    if (i > 0) {
      BeginLine();
      Add(query.union_all[i - 1] ? "union all\n" : "union\n");
    }
    for (const Clause& clause : query.parts[i].clauses) {
      BeginLine();
      std::visit([this](const auto& node) { this->Write(node); }, clause.node);
    }
    if (query.parts[i].result.empty()) continue;
    BeginLine();
    AddSlots("result", query.parts[i].result);
    EndLine();
  }
}

void BoundPrinter::Write(const Match& match) {
  Add(match.optional ? "optional match\n" : "match\n");
  Write(match.pattern);
}

void BoundPrinter::Write(const Unwind& unwind) {
  Add("unwind ");
  WriteElementOf(unwind.slot, unwind.list);
  EndLine();
}

void BoundPrinter::Write(const LoadCsv& load) {
  Add("load csv ");
  AddSlot(load.slot);
  Add(load.headers ? ": Map from " : ": List from ");
  Write(load.url);
  if (load.delimiter != ',') {
    Add(", fields end with ");
    Write(Constant{Value(std::string(1, load.delimiter))});
  }
  EndLine();
}

void BoundPrinter::Write(const Project& project) {
  Add("project");
  if (project.distinct) Add(" distinct");
  if (project.grouping) Add(" grouped");
  EndLine();
  ++depth_;
  for (const AggregateCall& call : project.aggregates) Write(call);
  for (const ProjectionItem& item : project.items) Write(item);
  for (const SortItem& item : project.order_by) {
    BeginLine();
    Add("order by ");
    Write(item.expression);
    Add(item.descending ? " descending\n" : "\n");
  }
  WriteLine("skip ", project.skip);
  WriteLine("limit ", project.limit);
  WriteLine("where ", project.where);
  --depth_;
}

void BoundPrinter::Write(const AggregateCall& call) {
  BeginLine();
  AddSlot(call.slot);
  Add(" = ");
  Add(NameOf(call.aggregate));
  Add(call.aggregate == Aggregate::kCountStar ? "(*" : call.distinct ? "(distinct " : "(");
  WriteList(call.arguments);
  Add(")\n");
}

void BoundPrinter::Write(const ProjectionItem& item) {
  BeginLine();
  AddSlot(item.slot);
  Add(" " + item.name + ": ");
  AddType(item.expression.type, item.expression.element);
  Add(" = ");
  Write(item.expression);
  Add(item.aggregates ? ", of aggregates\n" : "\n");
}

void BoundPrinter::Write(const Create& create) {
  Add("create\n");
  Write(create.pattern);
}

void BoundPrinter::Write(const Merge& merge) {
  Add("merge\n");
  Write(merge.pattern);
  ++depth_;
  WriteItems("on create ", merge.on_create);
  WriteItems("on match ", merge.on_match);
  --depth_;
}

void BoundPrinter::Write(const Delete& deletion) {
  Add(deletion.detach ? "detach delete " : "delete ");
  WriteList(deletion.targets);
  EndLine();
}

void BoundPrinter::Write(const Update& update) {
  Add("update\n");
  ++depth_;
  WriteItems("", update.items);
  --depth_;
}

void BoundPrinter::Write(const CallProcedure& call) {
  Add("call " + call.procedure.declaration->name + "(");
  WriteList(call.arguments);
  Add(")");
  for (const YieldedColumn& column : call.yields) {
    Add(&column == call.yields.data() ? " yields " : ", ");
    AddSlot(column.slot);
    Add(" " + call.procedure.declaration->outputs[column.output].name);
  }
  WritePart(" where ", call.where);
  EndLine();
}

void BoundPrinter::Write(const CallSubquery& call) {
  Add("call");
  AddSlots(", fills", call.columns);
  Add(call.acts ? ", acts\n" : "\n");
  ++depth_;
  Write(call.query);
  --depth_;
}

void BoundPrinter::Write(const Foreach& foreach) {
  Add("foreach ");
  WriteElementOf(foreach.element, foreach.list);
  EndLine();
  ++depth_;
  Write(foreach.body);
  --depth_;
}

void BoundPrinter::WriteItems(std::string_view before, const std::vector<UpdateItem>& items) {
  for (const UpdateItem& item : items) {
    BeginLine();
    Add(before);
    std::visit([this](const auto& node) { this->Write(node); }, item.item);
    EndLine();
  }
}

void BoundPrinter::Write(const SetProperty& set) {
  Write(set.object);
  Add("." + set.key + " = ");
  Write(set.value);
  WriteCitations(set.citations);
}

void BoundPrinter::Write(const SetAll& set) {
  Write(set.object);
  Add(set.add ? " += " : " = ");
  Write(set.value);
}

void BoundPrinter::Write(const SetLabels& set) {
  Add(set.remove ? "remove " : "set ");
  Write(set.object);
  for (const std::string& label : set.labels) Add(":" + label);
}

void BoundPrinter::Write(const SetValidity& set) {
  Write(set.object);
  set.assertion ? WritePart(" ", set.assertion) : Add(" timeless");
}

void BoundPrinter::Write(const AddCitations& cite) {
  Write(cite.object);
  WriteCitations(cite.citations);
}

void BoundPrinter::Write(const RemoveCitations& removal) {
  Add("remove ");
  Write(removal.object);
  if (removal.key) Add("." + *removal.key);
  Add(" cite");
  WritePart(" ", removal.source);
}

}  // namespace plenum::plan
