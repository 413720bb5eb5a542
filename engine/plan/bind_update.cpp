// Binding the clauses that write: CREATE, MERGE, SET, REMOVE, DELETE.
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
    UpdateItem& added = bound.emplace_back(UpdateItem{.span = item.span});
    if (const auto* property = std::get_if<ast::SetProperty>(&item.item)) {
      Expression object = Bind(*property->target.object);
      CheckKind(object, kElementTypes, "SET");
      added.item = SetProperty{std::move(object), property->target.key.text, Bind(property->value),
                               BindCitations(property->citations)};
    } else if (const auto* all = std::get_if<ast::SetAll>(&item.item)) {
      Expression value = Bind(all->value);
      CheckKind(value, kElementTypes | Kind::kMap, all->add ? "+=" : "=");
      added.item = SetAll{BindElement(all->variable), std::move(value), all->add};
    } else if (const auto* labels = std::get_if<ast::SetLabels>(&item.item)) {
      added.item = SetLabels{BindElement(labels->variable), TextsOf(labels->labels), false};
    } else if (const auto* validity = std::get_if<ast::SetValidity>(&item.item)) {
      added.item = SetValidity{BindElement(validity->variable), BindAssertion(validity->assertion)};
      if (!validity->citations.empty()) {
        bound.push_back({item.span, AddCitations{BindElement(validity->variable), BindCitations(validity->citations)}});
      }
    } else if (const auto* citations = std::get_if<ast::SetCitations>(&item.item)) {
      added.item = AddCitations{BindElement(citations->variable), BindCitations(citations->citations)};
    }
  }
  return bound;
}

Clause Binder::BindClauseNode(const ast::Remove& remove, Span span) {
  writes_ = true;
  Update bound;
  for (const ast::RemoveItem& item : remove.items) {
    UpdateItem& added = bound.items.emplace_back(UpdateItem{.span = item.span});
    if (const auto* property = std::get_if<ast::RemoveProperty>(&item.item)) {
      Expression object = Bind(*property->target.object);
      CheckKind(object, kElementTypes, "REMOVE");
      added.item =
          SetProperty{std::move(object), property->target.key.text, Make(item.span, Kind::kNull, Constant{}), {}};
    } else if (const auto* labels = std::get_if<ast::RemoveLabels>(&item.item)) {
      added.item = SetLabels{BindElement(labels->variable), TextsOf(labels->labels), true};
    } else if (const auto* validity = std::get_if<ast::RemoveValidity>(&item.item)) {
      added.item = SetValidity{BindElement(validity->variable), std::nullopt};
    } else if (const auto* citations = std::get_if<ast::RemoveCitations>(&item.item)) {
      RemoveCitations removal{.object = BindElement(citations->variable)};
      if (citations->key) removal.key = citations->key->text;
      if (citations->source) removal.source = Bind(*citations->source);
      added.item = std::move(removal);
    }
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

}  // namespace plenum::plan
