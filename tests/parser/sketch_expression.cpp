// The part of sketch.h that draws expressions, times and evidence.
#include <sstream>

#include "tests/parser/sketch.h"
#include "tests/parser/sketch_parts.h"

namespace plenum::ast {
namespace {

constexpr const char* kOperators[] = {"OR",        "XOR",      "AND", "=",  "<>", "<", "<=", ">", ">=", "STARTS WITH",
                                      "ENDS WITH", "CONTAINS", "=~",  "IN", "+",  "-", "*",  "/", "%",  "^"};

struct Drawing {
  std::string operator()(const Literal& literal) const { return std::visit(*this, literal.value); }
  std::string operator()(Null) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    std::ostringstream out;
    out << value;
    const std::string text = out.str();
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
  }
  std::string operator()(const std::string& value) const { return "'" + value + "'"; }
  std::string operator()(const Parameter& parameter) const { return "$" + parameter.name; }
  std::string operator()(const Variable& variable) const { return variable.name; }
  std::string operator()(const PropertyAccess& access) const {
    return "(. " + Sketch(*access.object) + " " + access.key.text + ")";
  }
  std::string operator()(const Subscript& subscript) const {
    return "([] " + Sketch(*subscript.object) + " " + Sketch(*subscript.index) + ")";
  }
  std::string operator()(const Slice& slice) const {
    return "([..] " + Sketch(*slice.object) + " " + Or(slice.first, "-") + " " + Or(slice.end, "-") + ")";
  }
  std::string operator()(const Unary& unary) const {
    const char* op = unary.op == UnaryOperator::kNot ? "NOT" : unary.op == UnaryOperator::kMinus ? "neg" : "pos";
    return std::string("(") + op + " " + Sketch(*unary.operand) + ")";
  }
  // (+ a b c); where the operators of a row differ: (a + b - c).
  std::string operator()(const Chain& chain) const {
    bool same = true;
    for (const Operation& operation : chain.rest) same = same && operation.op == chain.rest.front().op;
    std::string out = same ? std::string("(") + Name(chain.rest.front().op) + " " : "(";
    out += Sketch(*chain.first);
    for (const Operation& operation : chain.rest) {
      out += same ? " " : std::string(" ") + Name(operation.op) + " ";
      out += Sketch(*operation.operand);
    }
    return out + ")";
  }
  std::string operator()(const NullTest& test) const {
    return std::string(test.negated ? "(IS NOT NULL " : "(IS NULL ") + Sketch(*test.operand) + ")";
  }
  std::string operator()(const LabelTest& test) const {
    return "(: " + Sketch(*test.object) + " " + Sketch(test.labels) + ")";
  }
  std::string operator()(const FunctionCall& call) const {
    std::string out = call.name.text + "(" + (call.distinct ? "DISTINCT " : "") + (call.star ? "*" : "");
    return out + Joined(call.arguments, ", ") + ")";
  }
  std::string operator()(const Case& chosen) const {
    std::string out = "(CASE" + (chosen.subject ? " " + Sketch(**chosen.subject) : "");
    for (const CaseBranch& branch : chosen.branches) {
      out += " " + Sketch(*branch.when) + " -> " + Sketch(*branch.then);
    }
    return out + (chosen.otherwise ? " ELSE " + Sketch(**chosen.otherwise) : "") + ")";
  }
  std::string operator()(const ListLiteral& list) const { return "[" + Joined(list.elements, ", ") + "]"; }
  std::string operator()(const MapEntry& entry) const { return entry.key.text + ": " + Sketch(*entry.value); }
  std::string operator()(const MapLiteral& map) const {
    std::string out = "{";
    for (const MapEntry& entry : map.entries) out += (out.size() > 1 ? ", " : "") + (*this)(entry);
    return out + "}";
  }
  std::string operator()(MapProjectionAll) const { return ".*"; }
  std::string operator()(const ast::Name& key) const { return "." + key.text; }
  std::string operator()(const MapProjection& projection) const {
    std::string out = projection.variable.text + " {";
    for (const MapProjectionItem& item : projection.items) {
      out += (out.back() != '{' ? ", " : "") + std::visit(*this, item.item);
    }
    return out + "}";
  }
  std::string operator()(const ListComprehension& list) const {
    return "[" + list.variable.text + " IN " + Sketch(*list.list) + Part(" WHERE ", list.where) +
           Part(" | ", list.map) + "]";
  }
  std::string operator()(const Quantifier& quantifier) const {
    constexpr const char* kKinds[] = {"all", "any", "none", "single"};
    return std::string(kKinds[static_cast<int>(quantifier.kind)]) + "(" + quantifier.variable.text + " IN " +
           Sketch(*quantifier.list) + Part(" WHERE ", quantifier.where) + ")";
  }
  std::string operator()(const Reduce& reduce) const {
    return "reduce(" + reduce.accumulator.text + " = " + Sketch(*reduce.initial) + ", " + reduce.variable.text +
           " IN " + Sketch(*reduce.list) + " | " + Sketch(*reduce.step) + ")";
  }
  std::string operator()(const PatternComprehension& found) const {
    return "[" + Sketch(*found.pattern) + " | " + Sketch(*found.map) + "]";
  }
  std::string operator()(const PatternPredicate& predicate) const {
    return "(pattern " + Sketch(*predicate.path) + ")";
  }
  std::string operator()(const ShortestPath& shortest) const { return "(shortest " + Sketch(*shortest.path) + ")"; }
  std::string operator()(const Subquery& subquery) const {
    constexpr const char* kKinds[] = {"EXISTS", "COUNT", "COLLECT"};
    return std::string(kKinds[static_cast<int>(subquery.kind)]) + " { " + Sketch(*subquery.query) + " }";
  }

  std::string operator()(const LabelWildcard&) const { return "%"; }
  std::string operator()(const LabelNot& negated) const { return "!" + Sketch(*negated.operand); }
  std::string operator()(const LabelAll& all) const { return "(" + Joined(all.operands, "&") + ")"; }
  std::string operator()(const LabelAny& any) const { return "(" + Joined(any.operands, "|") + ")"; }

  static const char* Name(BinaryOperator op) { return kOperators[static_cast<int>(op)]; }
};

}  // namespace

std::string Sketch(const Expression& expression) { return std::visit(Drawing{}, expression.node); }

std::string Sketch(const LabelExpression& labels) {
  if (const auto* label = std::get_if<Name>(&labels.node)) return label->text;
  return std::visit(Drawing{}, labels.node);
}

std::string Sketch(const Assertion& assertion) {
  return "VALID" + Part(" FROM ", assertion.from) + Part(assertion.through ? " THROUGH " : " UNTIL ", assertion.until);
}

std::string Sketch(const ValidFilter& filter) {
  if (filter.kind == ValidFilter::Kind::kAnyTime) return "VALID AT ANY TIME";
  const char* kind = filter.kind == ValidFilter::Kind::kAt ? " AT " : " DURING ";
  return std::string("VALID") + (filter.certainly ? " CERTAINLY" : "") + kind + Sketch(*filter.when) +
         Part(" UNTIL ", filter.until);
}

std::string Sketch(const Citation& citation) {
  std::string out = "CITE " + Sketch(citation.source);
  if (const auto* range = std::get_if<CitationRange>(&citation.where)) {
    out += "[" + Sketch(range->first) + ".." + Sketch(range->end) + "]";
  } else if (const auto* quote = std::get_if<Box<Expression>>(&citation.where)) {
    out += " QUOTE " + Sketch(**quote);
  }
  return out;
}

}  // namespace plenum::ast
