// The part of sketch.h that draws patterns, clauses and statements.
#include "parser/parser.h"
#include "tests/parser/sketch.h"
#include "tests/parser/sketch_parts.h"

namespace plenum::ast {
namespace {

std::string NameOr(const std::optional<Name>& name) { return name ? name->text : ""; }

// The bracket's contents that nodes and relationships share, behind `out`.
template <class Element>
std::string Details(std::string out, const Element& element) {
  const auto add = [&out](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  };
  if (element.properties) add(Sketch(*element.properties));
  if (element.assertion) add(Sketch(*element.assertion));
  if (element.filter) add(Sketch(*element.filter));
  for (const Citation& citation : element.citations) add(Sketch(citation));
  if (element.where) add("WHERE " + Sketch(**element.where));
  return out;
}

std::string Bounds(const Repetition& repetition) {
  const std::string least = repetition.minimum ? std::to_string(*repetition.minimum) : "";
  const std::string most = repetition.maximum ? std::to_string(*repetition.maximum) : "";
  return repetition.braces ? "{" + least + "," + most + "}" : "*" + least + ".." + most;
}

std::string JointWord(Joint joint) {
  return joint == Joint::kNone ? "" : joint == Joint::kOverlapping ? " OVERLAPPING" : " CHRONOLOGICAL";
}

struct PathDrawing {
  std::string operator()(const NodePattern& node) const {
    std::string out = NameOr(node.variable);
    if (node.labels) out += ":" + Sketch(*node.labels);
    return "(" + Details(out, node) + ")";
  }
  std::string operator()(const RelationshipPattern& relationship) const {
    std::string out = NameOr(relationship.variable);
    if (relationship.types) out += ":" + Sketch(*relationship.types);
    const bool behind = relationship.repetition && relationship.repetition->braces;
    if (relationship.repetition && !behind) out += Bounds(*relationship.repetition);
    out = "[" + Details(out, relationship) + "]";
    out = (relationship.direction == Direction::kIncoming ? "<-" : "-") + out +
          (relationship.direction == Direction::kOutgoing ? "->" : "-");
    return behind ? out + Bounds(*relationship.repetition) : out;
  }
  std::string operator()(const QuantifiedGroup& group) const {
    return "(" + Sketch(*group.path) + JointWord(group.joint) + Part(" WHERE ", group.where) + ")" +
           Bounds(group.repetition);
  }
};

std::string SelectorWords(const PathSelector& selector) {
  constexpr const char* kKinds[] = {"",          "ANY SHORTEST ", "ALL SHORTEST ", "SHORTEST ",
                                    "SHORTEST ", "ANY ",          "CHEAPEST "};
  std::string out = kKinds[static_cast<int>(selector.kind)];
  if (selector.k) out += std::to_string(*selector.k) + " ";
  if (selector.kind == PathSelector::Kind::kShortestKGroups) out += "GROUPS ";
  return out;
}

std::string Words(const std::vector<Name>& names, const std::string& separator) {
  std::string out;
  for (const Name& name : names) out += (out.empty() ? "" : separator) + name.text;
  return out;
}

std::string Cited(const std::vector<Citation>& citations) {
  std::string out;
  for (const Citation& citation : citations) out += " " + Sketch(citation);
  return out;
}

std::string PropertyOf(const PropertyAccess& access) { return Sketch(*access.object) + "." + access.key.text; }

struct ItemDrawing {
  std::string operator()(const SetProperty& item) const {
    return PropertyOf(item.target) + " = " + Sketch(item.value) + Cited(item.citations);
  }
  std::string operator()(const SetAll& item) const {
    return item.variable.text + (item.add ? " += " : " = ") + Sketch(item.value);
  }
  std::string operator()(const SetLabels& item) const { return item.variable.text + ":" + Words(item.labels, ":"); }
  std::string operator()(const SetValidity& item) const {
    return item.variable.text + " " + Sketch(item.assertion) + Cited(item.citations);
  }
  std::string operator()(const SetCitations& item) const { return item.variable.text + Cited(item.citations); }
  std::string operator()(const RemoveProperty& item) const { return PropertyOf(item.target); }
  std::string operator()(const RemoveLabels& item) const { return item.variable.text + ":" + Words(item.labels, ":"); }
  std::string operator()(const RemoveValidity& item) const { return item.variable.text + " VALID"; }
  std::string operator()(const RemoveCitations& item) const {
    return item.variable.text + (item.key ? "." + item.key->text : "") + " CITE" + Part(" ", item.source);
  }
};

template <class Item>
std::string Items(const std::vector<Item>& items) {
  std::string out;
  for (const Item& item : items) out += (out.empty() ? "" : ", ") + std::visit(ItemDrawing{}, item.item);
  return out;
}

std::string ProjectionOf(const Projection& projection) {
  std::string out = projection.distinct ? " DISTINCT" : "";
  std::string before = " ";
  if (projection.star) {
    out += " *";
    before = ", ";
  }
  for (const ProjectionItem& item : projection.items) {
    out += before + Sketch(item.expression) + (item.alias ? " AS " + item.alias->text : "");
    before = ", ";
  }
  for (const SortItem& item : projection.order_by) {
    out += (&item == projection.order_by.data() ? " ORDER BY " : ", ") + Sketch(item.expression) +
           (item.descending ? " DESC" : "");
  }
  return out + Part(" SKIP ", projection.skip) + Part(" LIMIT ", projection.limit);
}

struct ClauseDrawing {
  std::string operator()(const Match& match) const {
    return (match.optional ? "OPTIONAL MATCH " : "MATCH ") + Sketch(match.pattern);
  }
  std::string operator()(const Unwind& unwind) const {
    return "UNWIND " + Sketch(unwind.list) + " AS " + unwind.variable.text;
  }
  std::string operator()(const CallProcedure& call) const {
    std::string out = "CALL " + call.procedure.text;
    if (call.arguments) out += "(" + Joined(*call.arguments, ", ") + ")";
    if (call.yield_star) out += " YIELD *";
    if (call.yield_nothing) out += " YIELD -";
    for (const YieldItem& item : call.yields) {
      out += (&item == call.yields.data() ? " YIELD " : ", ") + item.column.text +
             (item.alias ? " AS " + item.alias->text : "");
    }
    return out + Part(" WHERE ", call.where);
  }
  std::string operator()(const CallSubquery& call) const {
    std::string out = "CALL ";
    if (call.import_star) out += "(*) ";
    if (call.imports) out += "(" + Words(*call.imports, ", ") + ") ";
    return out + "{ " + Sketch(*call.query) + " }";
  }
  std::string operator()(const LoadCsv& load) const {
    return std::string("LOAD CSV ") + (load.headers ? "WITH HEADERS " : "") + "FROM " + Sketch(load.url) + " AS " +
           load.variable.text + Part(" FIELDTERMINATOR ", load.delimiter);
  }
  std::string operator()(const Create& create) const { return "CREATE " + Sketch(create.pattern); }
  std::string operator()(const Merge& merge) const {
    return "MERGE " + Sketch(merge.path) + (merge.on_create.empty() ? "" : " ON CREATE SET " + Items(merge.on_create)) +
           (merge.on_match.empty() ? "" : " ON MATCH SET " + Items(merge.on_match));
  }
  std::string operator()(const Set& set) const { return "SET " + Items(set.items); }
  std::string operator()(const Remove& remove) const { return "REMOVE " + Items(remove.items); }
  std::string operator()(const Delete& deletion) const {
    return (deletion.detach ? "DETACH DELETE " : "DELETE ") + Joined(deletion.targets, ", ");
  }
  std::string operator()(const Foreach& each) const {
    return "FOREACH (" + each.variable.text + " IN " + Sketch(each.list) + " | " + Joined(each.body, " ") + ")";
  }
  std::string operator()(const With& with) const {
    return "WITH" + ProjectionOf(with.projection) + Part(" WHERE ", with.where);
  }
  std::string operator()(const Return& returned) const { return "RETURN" + ProjectionOf(returned.projection); }
};

struct StatementDrawing {
  std::string operator()(const Query& query) const { return Sketch(query); }
  std::string operator()(const Retract& retract) const {
    return std::string("RETRACT ") + (retract.and_delete ? "AND DELETE " : "") + Sketch(retract.source);
  }
  std::string operator()(const SchemaStatement& schema) const {
    constexpr const char* kKinds[] = {"CREATE INDEX",    "DROP INDEX",   "CREATE CONSTRAINT",
                                      "DROP CONSTRAINT", "SHOW INDEXES", "SHOW CONSTRAINTS"};
    std::string out = kKinds[static_cast<int>(schema.kind)];
    const auto add = [&out](bool present, const std::string& part) { out += present ? " " + part : ""; };
    add(!schema.what.empty(), schema.what);
    add(schema.name.has_value(), NameOr(schema.name));
    add(schema.if_not_exists, "IF NOT EXISTS");
    add(schema.if_exists, "IF EXISTS");
    add(schema.label.has_value(), (schema.relationship ? "[" : "(") + NameOr(schema.variable) + ":" +
                                      NameOr(schema.label) + (schema.relationship ? "]" : ")"));
    add(!schema.properties.empty(), Words(schema.properties, ", "));
    return out;
  }
  std::string operator()(const TransactionStatement& transaction) const {
    constexpr const char* kKinds[] = {"BEGIN", "BEGIN WRITE", "COMMIT", "ROLLBACK", "ROLLBACK TO", "SAVEPOINT"};
    return kKinds[static_cast<int>(transaction.kind)] + (transaction.name ? " " + transaction.name->text : "");
  }
  std::string operator()(const TransferStatement& transfer) const {
    return (transfer.import ? "IMPORT " : "EXPORT ") + Sketch(transfer.path) + Part(" OPTIONS ", transfer.options);
  }
};

template <class T>
std::string SketchOrError(const Result<T>& result) {
  return result ? Sketch(*result) : "ERROR " + result.error().detail + ": " + result.error().message;
}

}  // namespace

std::string Sketch(const PathPattern& path) {
  std::string out = path.variable ? path.variable->text + " = " : "";
  const bool function = path.selector.function;
  if (function) {
    const bool all = path.selector.kind == PathSelector::Kind::kAllShortest;
    out += all ? "allShortestPaths(" : "shortestPath(";
  } else {
    out += SelectorWords(path.selector);
  }
  constexpr const char* kModes[] = {"", "WALK ", "ACYCLIC ", "SIMPLE "};
  out += kModes[static_cast<int>(path.mode)];
  for (const PathElement& element : path.elements) out += std::visit(PathDrawing{}, element);
  return out + (function ? ")" : "") + Part(" COST ", path.selector.weight);
}

std::string Sketch(const Pattern& pattern) {
  std::string out = Joined(pattern.paths, ", ");
  if (pattern.filter) out += " " + Sketch(*pattern.filter);
  return out + JointWord(pattern.joint) + Part(" WHERE ", pattern.where);
}

std::string Sketch(const Clause& clause) { return std::visit(ClauseDrawing{}, clause.node); }

std::string Sketch(const Query& query) {
  std::string out = query.why ? "WHY " : "";
  if (query.filter) out += Sketch(*query.filter) + " ";
  for (std::size_t i = 0; i < query.parts.size(); ++i) {
    if (i > 0) out += query.union_all[i - 1] ? " UNION ALL " : " UNION ";
    out += Joined(query.parts[i].clauses, " ");
  }
  return out;
}

std::string Sketch(const Statement& statement) {
  constexpr const char* kModes[] = {"", "EXPLAIN ", "PROFILE "};
  return kModes[static_cast<int>(statement.mode)] + std::visit(StatementDrawing{}, statement.node);
}

std::string SketchOf(std::string_view statement) { return SketchOrError(Parse(statement)); }
std::string SketchOfExpression(std::string_view expression) { return SketchOrError(ParseExpression(expression)); }

}  // namespace plenum::ast
