// Atoms: the expressions that no operator holds together.
#include "parser/grammar/rules.h"
#include "parser/lookahead.h"

namespace plenum::syntax {
namespace {

constexpr Terminal<ast::Literal, ReadLiteral> literal;
constexpr Terminal<ast::Parameter, ReadParameter> parameter_name;
constexpr Terminal<ast::Variable, ReadVariable> variable;

const Rule<ast::CaseBranch> case_branch = "case_branch";
const Rule<ast::Case> case_expression = "case_expression";
const Rule<ast::ListLiteral> list = "list";
const Rule<ast::MapEntry> map_entry = "map_entry";
const Rule<ast::MapLiteral> map_literal = "map_literal";
const Rule<ast::MapProjectionAll> all_properties = "all_properties";
const Rule<ast::MapProjectionItem> map_projection_item = "map_projection_item";
const Rule<ast::MapProjection> map_projection = "map_projection";
const Rule<ast::ListComprehension> list_comprehension = "list_comprehension";
const Rule<ast::PatternComprehension> pattern_comprehension = "pattern_comprehension";
const Rule<ast::PatternPredicate> pattern_predicate = "pattern_predicate";
const Rule<ast::ShortestPath> shortest_path = "shortest_path";
const Rule<ast::Quantifier> quantifier = "quantifier";
const Rule<ast::Reduce> reduce = "reduce";
const Rule<ast::FunctionCall> function_call = "function_call";
const Rule<ast::Subquery> subquery = "subquery";

// CASE [subject] { WHEN condition THEN result } [ELSE result] END
using Case = ast::Case;
using Branch = ast::CaseBranch;
const auto case_branch_def =
    record[keyword("WHEN") > field<&Branch::when>[expression] > keyword("THEN") > field<&Branch::then>[expression]];
const auto case_expression_def =
    record[keyword("CASE") > -field<&Case::subject>[expression] > +field<&Case::branches>[case_branch] >
           -(keyword("ELSE") > field<&Case::otherwise>[expression]) > keyword("END")];

// [a, b]   {key: value}   variable {.key, .*, key: value, variable}
const auto list_def = record[sign("[") > -(field<&ast::ListLiteral::elements>[expression] % sign(",")) > sign("]")];
const auto map_entry_def =
    record[field<&ast::MapEntry::key>[any_name] >> sign(":") > field<&ast::MapEntry::value>[expression]];
const auto map_literal_def = record[sign("{") > -(field<&ast::MapLiteral::entries>[map_entry] % sign(",")) > sign("}")];
using Item = ast::MapProjectionItem;
const auto all_properties_def = record[sign(".") >> sign("*")];
const auto map_projection_item_def =
    record[field<&Item::item>[all_properties] | (sign(".") > field<&Item::item>[any_name]) |
           field<&Item::item>[map_entry] | field<&Item::item>[variable]];
using Projection = ast::MapProjection;
const auto map_projection_def = record[field<&Projection::variable>[name] >> quiet_sign("{") >
                                       -(field<&Projection::items>[map_projection_item] % sign(",")) > sign("}")];

// [x IN list WHERE condition | result]   [pattern filter joint WHERE condition | result]
using Listed = ast::ListComprehension;
const auto list_comprehension_def =
    record[sign("[") > field<&Listed::variable>[name] > keyword("IN") > field<&Listed::list>[expression] >
           -(keyword("WHERE") > field<&Listed::where>[expression]) > -(sign("|") > field<&Listed::map>[expression]) >
           sign("]")];
using Found = ast::PatternComprehension;
const auto pattern_comprehension_def =
    record[sign("[") > field<&Found::pattern>[single_path] > sign("|") > field<&Found::map>[expression] > sign("]")];

// (a)-[:T]->()   shortestPath((a)-[*]-(b))
const auto pattern_predicate_def = record[field<&ast::PatternPredicate::path>[plain_path]];
const auto shortest_path_def = record[field<&ast::ShortestPath::path>[shortest]];

// all(x IN list WHERE condition)   reduce(sum = 0, x IN list | sum + x)
using Q = ast::Quantifier;
using Kind = ast::QuantifierKind;
const auto quantifier_word =
    set<&Q::kind>(Kind::kAll)[quiet_keyword("ALL")] | set<&Q::kind>(Kind::kAny)[quiet_keyword("ANY")] |
    set<&Q::kind>(Kind::kNone)[quiet_keyword("NONE")] | set<&Q::kind>(Kind::kSingle)[quiet_keyword("SINGLE")];
const auto quantifier_def =
    record[quantifier_word >> quiet_sign("(") >> field<&Q::variable>[name] >> keyword("IN") >
           field<&Q::list>[expression] > -(keyword("WHERE") > field<&Q::where>[expression]) > sign(")")];
const auto reduce_def =
    record[quiet_keyword("REDUCE") >> quiet_sign("(") >> field<&ast::Reduce::accumulator>[name] >> sign("=", "~") >
           field<&ast::Reduce::initial>[expression] > sign(",") > field<&ast::Reduce::variable>[name] > keyword("IN") >
           field<&ast::Reduce::list>[expression] > sign("|") > field<&ast::Reduce::step>[expression] > sign(")")];

// name([DISTINCT] arguments)   count(*)
using Call = ast::FunctionCall;
const auto arguments = field<&Call::arguments>[expression] % sign(",");
const auto function_call_def =
    record[field<&Call::name>[callee] >> sign("(") >
           (flag<&Call::star>()[sign("*")] | (flag<&Call::distinct>()[keyword("DISTINCT")] > arguments) | -arguments) >
           sign(")")];

// EXISTS { … }   COUNT { … }   COLLECT { … }
using Sub = ast::Subquery;
using SubKind = ast::SubqueryKind;
const auto subquery_word = set<&Sub::kind>(SubKind::kExists)[quiet_keyword("EXISTS")] |
                           set<&Sub::kind>(SubKind::kCount)[quiet_keyword("COUNT")] |
                           set<&Sub::kind>(SubKind::kCollect)[quiet_keyword("COLLECT")];
const auto subquery_def = record[subquery_word >> quiet_sign("{") > field<&Sub::query>[braced] > sign("}")];

using E = ast::Expression;
template <class R>
auto Node(const R& rule) {
  return field<&E::node>[rule];
}
const auto parenthesis = (ahead<OpensPattern> >> Node(pattern_predicate)) | whole[grouped];
const auto bracket = (ahead<OpensListComprehension> >> Node(list_comprehension)) |
                     (ahead<OpensPatternComprehension> >> Node(pattern_comprehension)) | Node(list);
const auto named_call = Node(quantifier) | Node(reduce) | Node(shortest_path) | Node(function_call);
const auto named_braces = Node(subquery) | Node(map_projection);
// Each alternative is told by its first characters; looking costs less than making room for a node and giving it up.
const auto atom_def =
    record[Node(literal) | Node(parameter_name) | Node(case_expression) | parenthesis | bracket | Node(map_literal) |
           (ahead<BeginsCall> >> named_call) | (ahead<BeginsBraces> >> named_braces) | Node(variable)];
const auto call_def = record[Node(function_call)];
const auto map_def = record[Node(map_literal)];

}  // namespace

BOOST_SPIRIT_DEFINE(case_branch, case_expression, list, map_entry, map_literal, all_properties, map_projection_item,
                    map_projection, list_comprehension, pattern_comprehension, pattern_predicate, shortest_path,
                    quantifier, reduce, function_call, subquery, atom, call, map)

BOOST_SPIRIT_INSTANTIATE(AtomRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(CallRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(MapRule, Iterator, Context)

}  // namespace plenum::syntax
