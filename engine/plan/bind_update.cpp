// Binding the clauses that write: CREATE, MERGE, SET, REMOVE, DELETE, FOREACH.
#include <fmt/format.h>

#include "engine/plan/binding.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

std::vector<std::string> TextsOf(const std::vector<ast::Name>& names) {
  std::vector<std::string> texts;
  for (const ast::Name& name : names) texts.push_back(name.text);
  return texts;
}

}  // namespace

Expression Binder::BindElement(const ast::Name& variable) {
  Expression element = BindNode(ast::Variable{variable.text}, variable.span);
  CheckKind(element, kElementTypes, "an update");
  return element;
}

Clause Binder::BindClauseNode(const ast::Create& create, Span span) {
  writes_ = true;
  return {span, Create{BindWrittenPattern(create.pattern.paths, PatternUse::kCreate)}};
}

Clause Binder::BindClauseNode(const ast::Merge& merge, Span span) {
  writes_ = true;
  Merge bound{.pattern = BindWrittenPattern({merge.path}, PatternUse::kMerge)};
  CheckLength(bound.pattern, merge.path.span);
  bound.on_create = BindSetItems(merge.on_create);
  bound.on_match = BindSetItems(merge.on_match);
  return {span, std::move(bound)};
}

Clause Binder::BindClauseNode(const ast::Set& set, Span span) {
  writes_ = true;
  return {span, Update{BindSetItems(set.items)}};
}

std::vector<UpdateItem> Binder::BindSetItems(const std::vector<ast::SetItem>& items) {
  std::vector<UpdateItem> bound;
  for (const ast::SetItem& item : items) {
    std::visit([&](const auto& node) { BindUpdate(node, item.span, bound); }, item.item);
  }
  return bound;
}

void Binder::BindUpdate(const ast::SetProperty& set, Span span, std::vector<UpdateItem>& out) {
  Expression object = Bind(*set.target.object);
  CheckKind(object, kElementTypes, "SET");
  out.push_back(
      {span, SetProperty{std::move(object), set.target.key.text, Bind(set.value), BindCitations(set.citations)}});
}

void Binder::BindUpdate(const ast::SetAll& set, Span span, std::vector<UpdateItem>& out) {
  Expression value = Bind(set.value);
  CheckKind(value, kElementTypes | Kind::kMap, set.add ? "+=" : "=");
  out.push_back({span, SetAll{BindElement(set.variable), std::move(value), set.add}});
}

void Binder::BindUpdate(const ast::SetLabels& set, Span span, std::vector<UpdateItem>& out) {
  Expression node = BindElement(set.variable);
  CheckKind(node, Kind::kNode, "SET of a label");
  out.push_back({span, SetLabels{std::move(node), TextsOf(set.labels), false}});
}

void Binder::BindUpdate(const ast::SetValidity& set, Span span, std::vector<UpdateItem>& out) {
  out.push_back({span, SetValidity{BindElement(set.variable), BindAssertion(set.assertion)}});
  if (set.citations.empty()) return;
  out.push_back({span, AddCitations{BindElement(set.variable), BindCitations(set.citations)}});
}

void Binder::BindUpdate(const ast::SetCitations& set, Span span, std::vector<UpdateItem>& out) {
  out.push_back({span, AddCitations{BindElement(set.variable), BindCitations(set.citations)}});
}

void Binder::BindUpdate(const ast::RemoveProperty& removal, Span span, std::vector<UpdateItem>& out) {
  Expression object = Bind(*removal.target.object);
  CheckKind(object, kElementTypes, "REMOVE");
  out.push_back(
      {span, SetProperty{std::move(object), removal.target.key.text, Make(span, Kind::kNull, Constant{}), {}}});
}

void Binder::BindUpdate(const ast::RemoveLabels& removal, Span span, std::vector<UpdateItem>& out) {
  Expression node = BindElement(removal.variable);
  CheckKind(node, Kind::kNode, "REMOVE of a label");
  out.push_back({span, SetLabels{std::move(node), TextsOf(removal.labels), true}});
}

void Binder::BindUpdate(const ast::RemoveValidity& removal, Span span, std::vector<UpdateItem>& out) {
  out.push_back({span, SetValidity{BindElement(removal.variable), std::nullopt}});
}

void Binder::BindUpdate(const ast::RemoveCitations& removal, Span span, std::vector<UpdateItem>& out) {
  RemoveCitations bound{.object = BindElement(removal.variable)};
  if (removal.key) bound.key = removal.key->text;
  if (removal.source) bound.source = Bind(*removal.source);
  out.push_back({span, std::move(bound)});
}

Clause Binder::BindClauseNode(const ast::Remove& remove, Span span) {
  writes_ = true;
  Update bound;
  for (const ast::RemoveItem& item : remove.items) {
    std::visit([&](const auto& node) { BindUpdate(node, item.span, bound.items); }, item.item);
  }
  return {span, std::move(bound)};
}

Clause Binder::BindClauseNode(const ast::Delete& del, Span span) {
  writes_ = true;
  Delete bound{.detach = del.detach};
  for (const ast::Expression& target : del.targets) {
    bound.targets.push_back(Bind(target));
    const Expression& added = bound.targets.back();
    if (std::holds_alternative<LabelTest>(added.node)) {
      Fail(ErrorType::kSyntaxError, "InvalidDelete",
           "DELETE takes a whole node, relationship or path: to take a label away use REMOVE", target.span);
    }
    CheckKind(added, kElementTypes | Kind::kPath, "DELETE");
  }
  return {span, std::move(bound)};
}

// The list's variable and what the body makes end with the body.
Clause Binder::BindClauseNode(const ast::Foreach& foreach, Span span) {
  writes_ = true;
  const Scope outer = scope_;
  Foreach bound{.list = Bind(foreach.list)};
  CheckKind(bound.list, Kind::kList, "FOREACH");
  bound.element = Declare(foreach.variable, bound.list.element);
  SingleQuery body;
  for (const ast::Clause& clause : foreach.body) body.clauses.push_back(BindClause(clause));
  bound.body->parts.push_back(std::move(body));
  scope_ = outer;
  return {span, std::move(bound)};
}

}  // namespace plenum::plan
