// One walk over the bound query gathers the names it reads and the names it writes; then the catalog is asked.
#include "engine/plan/notifications.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/plan/near_miss.h"
#include "engine/plan/walk.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

constexpr std::size_t kNotificationsMax = 10;

// Names of one kind: those read, with the place of the first, and those written.
struct Names {
  std::map<std::string, Span, std::less<>> read;
  std::set<std::string, std::less<>> written;

  void Read(const std::string& name, Span span) {
    const auto [known, added] = read.emplace(name, span);
    if (!added && span.begin < known->second.begin) known->second = span;
  }
};

bool IsElement(TypeSet type) {
  const TypeSet known = type.Without(Kind::kNull);
  return !known.empty() && (known | Kind::kNode | Kind::kRelationship) == (Kind::kNode | Kind::kRelationship);
}

class NameFinder {
 public:
  explicit NameFinder(std::string_view text) : text_(text) {}

  Names labels;
  Names types;
  Names keys;
  bool writes_any_key = false;  // properties are set from a whole map, whose keys only a row tells

  void Visit(const Query& query) {
    for (const SingleQuery& part : query.parts) {
      for (const Clause& clause : part.clauses) {
        std::visit([this](const auto& node) { Visit(node); }, clause.node);
      }
    }
  }

 private:
  // ---- Clauses
  void Visit(const Match& match) { Visit(match.pattern, false); }
  void Visit(const Unwind& unwind) { Visit(unwind.list); }
  void Visit(const LoadCsv& load) { Visit(load.url); }
  void Visit(const Project& project) {
    for (const ProjectionItem& item : project.items) Visit(item.expression);
    for (const AggregateCall& call : project.aggregates) Visit(call.arguments);
    for (const SortItem& item : project.order_by) Visit(item.expression);
    Visit(project.where);
  }
  void Visit(const Create& create) { Visit(create.pattern, true); }
  void Visit(const Merge& merge) {
    Visit(merge.pattern, true);
    Visit(merge.on_create);
    Visit(merge.on_match);
  }
  void Visit(const Update& update) { Visit(update.items); }
  void Visit(const std::vector<UpdateItem>& items) {
    for (const UpdateItem& item : items) {
      std::visit([this](const auto& node) { VisitUpdate(node); }, item.item);
    }
  }
  void Visit(const Delete& del) { Visit(del.targets); }
  void Visit(const CallProcedure& call) {
    Visit(call.arguments);
    Visit(call.where);
  }
  void Visit(const CallSubquery& call) { Visit(*call.query); }
  void Visit(const Foreach& foreach) {
    Visit(foreach.list);
    Visit(*foreach.body);
  }

  void VisitUpdate(const SetProperty& set) {
    if (!IsNull(set.value)) keys.written.insert(set.key);
    Visit(set.object);
    Visit(set.value);
    Visit(set.citations);
  }
  void VisitUpdate(const SetAll& set) {
    VisitWrittenMap(set.value);
    Visit(set.object);
  }
  void VisitUpdate(const SetLabels& set) {
    if (!set.remove) labels.written.insert(set.labels.begin(), set.labels.end());
    Visit(set.object);
  }
  void VisitUpdate(const SetValidity& set) {
    Visit(set.object);
    Visit(set.assertion);
  }
  void VisitUpdate(const AddCitations& add) {
    Visit(add.object);
    Visit(add.citations);
  }
  void VisitUpdate(const RemoveCitations& removal) {
    Visit(removal.object);
    Visit(removal.source);
  }

  static bool IsNull(const Expression& expression) {
    const auto* constant = std::get_if<Constant>(&expression.node);
    return constant && constant->value.is_null();
  }

  void VisitWrittenMap(const Expression& value) {
    if (const auto* map = std::get_if<MakeMap>(&value.node)) {
      for (const auto& [key, entry] : map->entries) keys.written.insert(key);
    } else {
      writes_any_key = true;
    }
    Visit(value);
  }

  // ---- Patterns
  void Visit(const Pattern& pattern, bool written) {
    for (const PathPattern& path : pattern.paths) VisitPath(path, written);
    for (const Condition& condition : pattern.conditions) Visit(condition.expression);
  }

  void VisitPath(const PathPattern& path, bool written) {
    for (const NodePattern& node : path.nodes) VisitElement(node, node.labels, labels, written);
    for (const RelationshipPattern& relationship : path.relationships) {
      VisitElement(relationship, relationship.types, types, written);
      if (!relationship.subpath) continue;
      VisitPath((*relationship.subpath)->body, written);
      Visit((*relationship.subpath)->conditions);
    }
  }

  template <class Element>
  void VisitElement(const Element& element, const std::optional<ast::LabelExpression>& of_element, Names& names,
                    bool written) {
    if (of_element) VisitLabels(*of_element, names, written);
    if (element.properties && written) VisitWrittenMap(*element.properties);
    if (element.properties && !written) VisitProperties(*element.properties);
    Visit(element.filter);
    Visit(element.where);
    Visit(element.assertion);
    Visit(element.citations);
  }

  void VisitProperties(const Expression& properties) {
    if (const auto* map = std::get_if<MakeMap>(&properties.node)) {
      for (const auto& [key, value] : map->entries) keys.Read(key, SpanBefore(key, value.span));
    }
    Visit(properties);
  }

  void VisitLabels(const ast::LabelExpression& expression, Names& names, bool written) {
    if (const auto* name = std::get_if<ast::Name>(&expression.node)) {
      if (written) names.written.insert(name->text);
      if (!written) names.Read(name->text, name->span);
    } else if (const auto* any = std::get_if<ast::LabelAny>(&expression.node)) {
      for (const ast::LabelExpression& operand : any->operands) VisitLabels(operand, names, written);
    } else if (const auto* all = std::get_if<ast::LabelAll>(&expression.node)) {
      for (const ast::LabelExpression& operand : all->operands) VisitLabels(operand, names, written);
    } else if (const auto* negated = std::get_if<ast::LabelNot>(&expression.node)) {
      VisitLabels(*negated->operand, names, written);
    }
  }

  // ---- Time and evidence
  void Visit(const std::optional<ValidFilter>& filter) {
    if (!filter) return;
    Visit(filter->when);
    Visit(filter->until);
  }
  void Visit(const std::optional<Assertion>& assertion) {
    if (!assertion) return;
    Visit(assertion->from);
    Visit(assertion->until);
  }
  void Visit(const std::vector<Citation>& citations) {
    for (const Citation& citation : citations) {
      Visit(citation.source);
      Visit(citation.first);
      Visit(citation.end);
      Visit(citation.quote);
    }
  }

  // ---- Expressions
  void Visit(const std::optional<Expression>& expression) {
    if (expression) Visit(*expression);
  }
  void Visit(const std::vector<Expression>& expressions) {
    for (const Expression& expression : expressions) Visit(expression);
  }
  void Visit(const Expression& expression) {
    if (const auto* access = std::get_if<PropertyAccess>(&expression.node)) {
      if (IsElement(access->object->type)) keys.Read(access->key, SpanAtEnd(access->key, expression.span));
    } else if (const auto* test = std::get_if<LabelTest>(&expression.node)) {
      const bool relationship = test->object->type.Without(Kind::kNull) == Kind::kRelationship;
      const bool node = test->object->type.Without(Kind::kNull) == Kind::kNode;
      if (relationship || node) VisitLabels(test->labels, relationship ? types : labels, false);
    } else if (const auto* subquery = std::get_if<Subquery>(&expression.node)) {
      Visit(*subquery->query);
    }
    ForEachChild(expression, [this](const Expression& child) { Visit(child); });
  }

  // The place of a key, which the bound query does not keep, from that of what it belongs to.
  Span SpanAtEnd(std::string_view key, Span whole) const {
    if (whole.end >= key.size() && text_.substr(whole.end - key.size(), key.size()) == key) {
      whole.begin = whole.end - static_cast<std::uint32_t>(key.size());
    }
    return whole;
  }
  Span SpanBefore(std::string_view key, Span value) const {
    const std::size_t end = text_.substr(0, value.begin).find_last_not_of(" \t\r\n:") + 1;
    if (end < key.size() || text_.substr(end - key.size(), key.size()) != key) return value;
    return {static_cast<std::uint32_t>(end - key.size()), static_cast<std::uint32_t>(end)};
  }

  std::string_view text_;
};

struct Wording {
  std::string_view code;
  std::string_view says;  // before the name
};

// `find` tells the number of a name, `all` gives every number there is.
template <class Find, class All>
void AddUnknown(const Names& names, const Wording& wording, const graph::Transaction& transaction, Find find, All all,
                std::vector<Notification>& out) {
  std::vector<std::pair<std::string_view, Span>> unknown;
  for (const auto& [name, span] : names.read) {
    if (!names.written.contains(name) && !find(name)) unknown.emplace_back(name, span);
  }
  if (unknown.empty()) return;
  std::ranges::sort(unknown, {}, [](const auto& use) { return use.second.begin; });
  unknown.resize(std::min(unknown.size(), kNotificationsMax));
  std::vector<std::string_view> candidates;
  for (const auto id : all()) candidates.push_back(transaction.NameOf(id));
  if (candidates.empty()) return;  // a graph that is being made
  for (const auto& [name, span] : unknown) {
    out.push_back({.code = std::string(wording.code),
                   .message = fmt::format("{} `{}`{}", wording.says, name, SuggestionFor(name, candidates)),
                   .place = {.span = span}});
  }
}

}  // namespace

std::vector<Notification> FindNotifications(const Statement& statement, std::string_view text,
                                            const graph::Transaction& transaction) {
  NameFinder finder(text);
  finder.Visit(statement.query);
  std::vector<Notification> found;
  AddUnknown(
      finder.labels, {"UnknownLabel", "no node has the label"}, transaction,
      [&](const std::string& name) { return transaction.FindLabel(name); }, [&] { return transaction.Labels(); },
      found);
  AddUnknown(
      finder.types, {"UnknownRelationshipType", "no relationship has the type"}, transaction,
      [&](const std::string& name) { return transaction.FindType(name); }, [&] { return transaction.Types(); }, found);
  if (!finder.writes_any_key) {
    AddUnknown(
        finder.keys, {"UnknownPropertyKey", "no node and no relationship has the property"}, transaction,
        [&](const std::string& name) { return transaction.FindKey(name); }, [&] { return transaction.Keys(); }, found);
  }
  std::ranges::sort(found, {}, [](const Notification& notification) { return notification.place.span.begin; });
  if (found.size() > kNotificationsMax) found.resize(kNotificationsMax);
  for (Notification& notification : found) notification.place = PlaceIn(text, notification.place.span);
  return found;
}

}  // namespace plenum::plan
