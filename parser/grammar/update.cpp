// The clauses that write: CREATE, MERGE, SET, REMOVE, DELETE, FOREACH.
#include "parser/grammar/rules.h"
#include "parser/lookahead.h"

namespace plenum::syntax {
namespace {

const Rule<ast::Create> create = "create";
const Rule<ast::Merge> merge = "merge";
const Rule<ast::Set> setting = "set";
const Rule<ast::SetItem> set_item = "set_item";
const Rule<ast::SetProperty> set_property = "set_property";
const Rule<ast::SetAll> set_all = "set_all";
const Rule<ast::SetLabels> set_labels = "set_labels";
const Rule<ast::SetValidity> set_validity = "set_validity";
const Rule<ast::SetCitations> set_citations = "set_citations";
const Rule<ast::Remove> remove = "remove";
const Rule<ast::RemoveItem> remove_item = "remove_item";
const Rule<ast::RemoveProperty> remove_property = "remove_property";
const Rule<ast::RemoveLabels> remove_labels = "remove_labels";
const Rule<ast::RemoveValidity> remove_validity = "remove_validity";
const Rule<ast::RemoveCitations> remove_citations = "remove_citations";
const Rule<ast::Delete> deletion = "delete";
const Rule<ast::Foreach> foreach = "foreach";

// The subject is an operand that must be a property: n.key, or (expression).key.
template <class Subject>
struct PropertyDirective : x3::parser<PropertyDirective<Subject>> {
  using attribute_type = ast::PropertyAccess;
  static constexpr bool has_attribute = true;
  Subject subject;

  explicit PropertyDirective(const Subject& s) : subject(s) {}
  template <class C, class Record>
  bool parse(Iterator& first, const Iterator& last, const C& context, Record&, ast::PropertyAccess& out) const {
    ast::Expression target;
    if (!subject.parse(first, last, context, x3::unused, target)) return false;
    auto* property = std::get_if<ast::PropertyAccess>(&target.node);
    if (property == nullptr) {
      throw Refusal{
          target.span, "UnexpectedSyntax",
          "expected a property here, as in n.key, or after a variable :Label, VALID, CITE and in SET = or +=; "
          "to delete the element itself write DELETE"};
    }
    ast::PropertyAccess found = std::move(*property);
    out = std::move(found);
    return true;
  }
};
const PropertyDirective<OperandRule> property(operand);

// CREATE pattern
const auto create_def = record[keyword("CREATE") > field<&ast::Create::pattern>[paths]];

// SET item { ',' item }
//   item = property = value [cite] | x = map | x += map | x:A:B | x assert [cite] | x cite
const auto label_names = [](auto label) { return +(sign(":") > label); };
using Property = ast::SetProperty;
const auto set_property_def = record[field<&Property::target>[property] > sign("=", "~") >
                                     field<&Property::value>[expression] > *field<&Property::citations>[citation]];
using All = ast::SetAll;
const auto set_all_def = record[field<&All::variable>[name] >> (sign("=", "~") | flag<&All::add>()[sign("+=")]) >
                                field<&All::value>[expression]];
using Labels = ast::SetLabels;
const auto set_labels_def = record[field<&Labels::variable>[name] >> label_names(field<&Labels::labels>[any_name])];
using Validity = ast::SetValidity;
const auto set_validity_def = record[field<&Validity::variable>[name] >> &keyword("VALID") >
                                     field<&Validity::assertion>[assertion] > *field<&Validity::citations>[citation]];
using Cited = ast::SetCitations;
const auto set_citations_def = record[field<&Cited::variable>[name] >> +field<&Cited::citations>[citation]];
template <class R>
auto SetNode(const R& rule) {
  return field<&ast::SetItem::item>[rule];
}
const auto set_item_def = record[SetNode(set_all) | SetNode(set_labels) | SetNode(set_validity) |
                                 SetNode(set_citations) | SetNode(set_property)];
const auto setting_def = record[keyword("SET") > field<&ast::Set::items>[set_item] % sign(",")];

// MERGE path { ON CREATE SET … | ON MATCH SET … }
using M = ast::Merge;
const auto merge_def = record[keyword("MERGE") > field<&M::path>[path] >
                              *((keyword("ON CREATE SET") > field<&M::on_create>[set_item] % sign(",")) |
                                (keyword("ON MATCH SET") > field<&M::on_match>[set_item] % sign(",")))];

// REMOVE item { ',' item }      item = property | x:A:B | x VALID | (x | x.key) CITE [source]
const auto remove_property_def = record[field<&ast::RemoveProperty::target>[property]];
const auto remove_labels_def =
    record[field<&ast::RemoveLabels::variable>[name] >> label_names(field<&ast::RemoveLabels::labels>[any_name])];
const auto remove_validity_def = record[field<&ast::RemoveValidity::variable>[name] >> keyword("VALID")];
using Uncited = ast::RemoveCitations;
const auto remove_citations_def =
    record[field<&Uncited::variable>[name] >> -(sign(".") >> field<&Uncited::key>[any_name]) >> keyword("CITE") >>
           -(!ahead<BeginsNamedClause> >> field<&Uncited::source>[source])];
template <class R>
auto RemoveNode(const R& rule) {
  return field<&ast::RemoveItem::item>[rule];
}
const auto remove_item_def = record[RemoveNode(remove_labels) | RemoveNode(remove_validity) |
                                    RemoveNode(remove_citations) | RemoveNode(remove_property)];
const auto remove_def = record[keyword("REMOVE") > field<&ast::Remove::items>[remove_item] % sign(",")];

// [DETACH] DELETE expression { ',' expression }
using Deletion = ast::Delete;
const auto deletion_def = record[((flag<&Deletion::detach>()[keyword("DETACH")] > keyword("DELETE")) |
                                  keyword("DELETE")) > field<&Deletion::targets>[expression] % sign(",")];

// FOREACH '(' x IN list '|' { update } ')'
using Each = ast::Foreach;
const auto foreach_def = record[keyword("FOREACH") >> sign("(") > field<&Each::variable>[name] > keyword("IN") >
                                field<&Each::list>[expression] > sign("|") > +field<&Each::body>[update] > sign(")")];

template <class R>
auto Node(const R& rule) {
  return field<&ast::Clause::node>[rule];
}
const auto update_def = record[named("a clause that writes")[Node(create) | Node(merge) | Node(setting) | Node(remove) |
                                                             Node(deletion) | Node(foreach)]];

}  // namespace

BOOST_SPIRIT_DEFINE(create, merge, setting, set_item, set_property, set_all, set_labels, set_validity, set_citations,
                    remove, remove_item, remove_property, remove_labels, remove_validity, remove_citations, deletion,
                    foreach, update)

BOOST_SPIRIT_INSTANTIATE(UpdateRule, Iterator, Context)

}  // namespace plenum::syntax
