// The clauses that write.
#include "parser/print/names.h"
#include "parser/print/printer.h"

namespace plenum::syntax {
namespace {

// Whether the text of a target would begin with variable:Label, which SET and REMOVE take for labels.
bool BeginsWithLabelTest(const ast::Expression& object) {
  const ast::Expression* root = &object;
  for (;;) {
    if (std::holds_alternative<ast::LabelTest>(root->node)) return true;
    if (const auto* access = std::get_if<ast::PropertyAccess>(&root->node)) {
      root = &*access->object;
    } else if (const auto* subscript = std::get_if<ast::Subscript>(&root->node)) {
      root = &*subscript->object;
    } else if (const auto* slice = std::get_if<ast::Slice>(&root->node)) {
      root = &*slice->object;
    } else {
      return false;
    }
  }
}

}  // namespace

void Printer::Write(const ast::Create& create) {
  Add("CREATE ");
  Write(create.pattern);
}

void Printer::Write(const ast::Merge& merge) {
  Add("MERGE ");
  Write(merge.path);
  if (!merge.on_create.empty()) Add(" ON CREATE SET ");
  WriteList(merge.on_create, ", ");
  if (!merge.on_match.empty()) Add(" ON MATCH SET ");
  WriteList(merge.on_match, ", ");
}

void Printer::Write(const ast::Set& set) {
  Add("SET ");
  WriteList(set.items, ", ");
}

void Printer::Write(const ast::SetItem& item) { Write(item.item); }

void Printer::WriteTarget(const ast::PropertyAccess& target) {
  if (!BeginsWithLabelTest(*target.object)) return Write(target);
  WriteGrouped(*target.object);
  Add(".");
  AddKey(target.key);
}

void Printer::Write(const ast::SetProperty& set) {
  WriteTarget(set.target);
  Add(" = ");
  Write(set.value);
  if (!set.citations.empty()) Space();
  WriteList(set.citations, " ");
}

void Printer::Write(const ast::SetAll& set) {
  AddVariable(set.variable);
  Add(set.add ? " += " : " = ");
  Write(set.value);
}

void Printer::WriteLabelNames(const std::vector<ast::Name>& labels) {
  for (const ast::Name& label : labels) {
    Add(":");
    AddKey(label);
  }
}

void Printer::Write(const ast::SetLabels& set) {
  AddVariable(set.variable);
  WriteLabelNames(set.labels);
}

void Printer::Write(const ast::SetValidity& set) {
  AddVariable(set.variable);
  Add(" ");
  Write(set.assertion);
  if (!set.citations.empty()) Space();
  WriteList(set.citations, " ");
}

void Printer::Write(const ast::SetCitations& set) {
  AddVariable(set.variable);
  Add(" ");
  WriteList(set.citations, " ");
}

void Printer::Write(const ast::Remove& remove) {
  Add("REMOVE ");
  WriteList(remove.items, ", ");
}

void Printer::Write(const ast::RemoveItem& item) { Write(item.item); }
void Printer::Write(const ast::RemoveProperty& removal) { WriteTarget(removal.target); }

void Printer::Write(const ast::RemoveLabels& removal) {
  AddVariable(removal.variable);
  WriteLabelNames(removal.labels);
}

void Printer::Write(const ast::RemoveValidity& removal) {
  AddVariable(removal.variable);
  Add(" VALID");
}

// A source named as a clause would be that clause.
void Printer::Write(const ast::RemoveCitations& removal) {
  AddVariable(removal.variable);
  if (removal.key) {
    Add(".");
    AddKey(*removal.key);
  }
  Add(" CITE");
  if (!removal.source) return;
  Add(" ");
  const auto* variable = std::get_if<ast::Variable>(&removal.source->node);
  variable != nullptr ? Add(SpellSource(variable->name)) : Write(*removal.source);
}

void Printer::Write(const ast::Delete& deletion) {
  Add(deletion.detach ? "DETACH DELETE " : "DELETE ");
  WriteList(deletion.targets, ", ");
}

void Printer::Write(const ast::Foreach& foreach) {
  Add("FOREACH (");
  AddVariable(foreach.variable);
  Add(" IN ");
  Write(foreach.list);
  Add(" | ");
  WriteList(foreach.body, " ");
  Add(")");
}

}  // namespace plenum::syntax
