// Patterns: nodes, relationships, groups, paths.
#include "parser/grammar/rules.h"
#include "parser/lookahead.h"
#include "parser/refusal.h"

namespace plenum::syntax {
namespace {

// '|' between labels, unless it separates the parts of the brackets around it.
bool ReadLabelBar(Progress& progress, Iterator& first, char& out) {
  Iterator at = first;
  if (!TakeSign(progress, at, "|", "|", {}) || BarSeparates(progress, progress.Offset(at) - 1)) return false;
  TakeSign(progress, at, ":", {}, {});
  first = at;
  out = '|';
  return true;
}
constexpr Terminal<char, ReadLabelBar> label_bar;

// The subject is an Operands of labels; one alone is itself, several are joined.
template <class Joined, class Subject>
struct JoinedDirective : Directive<JoinedDirective<Joined, Subject>, Subject> {
  using Directive<JoinedDirective, Subject>::Directive;
  template <class C, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, ast::LabelExpression& node, Attribute&) const {
    Joined joined;
    if (!this->subject.parse(first, last, context, joined, x3::unused)) return false;
    if (joined.operands.size() == 1) {
      ast::LabelExpression only = std::move(joined.operands.front());
      node = std::move(only);
    } else {
      node.node = std::move(joined);
    }
    return true;
  }
};
template <class Joined>
struct JoinedMaker {
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return JoinedDirective<Joined, Subject>(subject);
  }
};
template <class Joined>
constexpr JoinedMaker<Joined> joined;

// After the subject the member To is as From.
template <auto From, auto To, class Subject>
struct CopyDirective : Directive<CopyDirective<From, To, Subject>, Subject> {
  using Directive<CopyDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    if (!this->subject.parse(first, last, context, node, x3::unused)) return false;
    node.*To = node.*From;
    return true;
  }
};
template <auto From, auto To, class Subject>
auto Copy(const Subject& subject) {
  return CopyDirective<From, To, Subject>(subject);
}

// Consumes nothing; true while the member is absent.
template <auto Member>
struct Absent : WithoutAttribute<Absent<Member>> {
  template <class C, class Record, class Attribute>
  bool parse(Iterator&, const Iterator&, const C&, Record& node, Attribute&) const {
    return !(node.*Member).has_value();
  }
};
template <auto Member>
constexpr Absent<Member> absent;

// Consume nothing; refuse what stands where a length of relationships should begin with '*', or counts below zero.
bool BeginsNoBareRange(const Progress& progress, std::size_t at) {
  if (!progress.text().substr(at).starts_with("..")) return true;
  throw Refusal{MakeSpan(at, at + 2), "InvalidRelationshipPattern",
                "a length of relationships begins with *: write *.. here"};
}
bool IsNotNegative(const Progress& progress, std::size_t at) {
  if (!progress.text().substr(at).starts_with('-')) return true;
  throw Refusal{MakeSpan(at, at + 1), "InvalidRelationshipPattern",
                "a length of relationships is not negative: write two whole numbers as in *1..3"};
}

const Rule<ast::LabelExpression, struct AllTag> labels_all = "labels_all";
const Rule<ast::LabelExpression, struct OneTag> labels_one = "labels_one";
const Rule<ast::LabelWildcard> wildcard = "wildcard";
const Rule<ast::LabelNot> labels_not = "labels_not";
const Rule<ast::NodePattern> node = "node";
const Rule<ast::RelationshipPattern> relationship = "relationship";
const Rule<ast::Repetition> star_range = "star_range";
const Rule<ast::Repetition, struct QuantifierTag> quantifier = "quantifier";
const Rule<ast::QuantifiedGroup> group = "group";
const Rule<ast::Expression, struct PropertiesTag> properties = "properties";
const Rule<ast::PathSelector> selector = "selector";
const Rule<ast::PathSelector, struct CostTag> cost = "cost";
const Rule<ast::PathSelector, struct FunctionTag> shortest_function = "shortest_function";

// labels = all { '|' all }   all = one { '&' one }   one = '!' one | name | '%' | '(' labels ')'
using L = ast::LabelExpression;
const auto labels_def =
    record[named("a label")[joined<ast::LabelAny>[field<&ast::LabelAny::operands>[labels_all] % label_bar]]];
const auto labels_all_def = record[joined<ast::LabelAll>[field<&ast::LabelAll::operands>[labels_one] %
                                                         (quiet_sign("&", "&") | quiet_sign(":"))]];
const auto labels_not_def = record[quiet_sign("!", "=") > field<&ast::LabelNot::operand>[labels_one]];
const auto wildcard_def = record[quiet_sign("%")];
const auto labels_one_def =
    record[nested[named("a label")[field<&L::node>[labels_not] | field<&L::node>[wildcard] |
                                   (quiet_sign("(") > whole[labels] > sign(")")) | field<&L::node>[any_name]]]];

// What the brackets of nodes and relationships have in common, in this order.
const auto properties_def = record[whole[map] | whole[parameter]];
const auto joint = set<&ast::Pattern::joint>(ast::Joint::kOverlapping)[keyword("OVERLAPPING")] |
                   set<&ast::Pattern::joint>(ast::Joint::kChronological)[keyword("CHRONOLOGICAL")];
template <class Element>
auto Details() {
  return -field<&Element::properties>[properties] >>
         -(field<&Element::assertion>[assertion] | field<&Element::filter>[filter]) >>
         *field<&Element::citations>[citation] >> -(keyword("WHERE") > field<&Element::where>[expression]);
}

// ( [variable] [:Labels] [properties] [VALID …] [CITE …] [WHERE …] )
using N = ast::NodePattern;
const auto node_def = record[sign("(") >> (-field<&N::variable>[pattern_variable] >>
                                           -(sign(":") > field<&N::labels>[labels]) >> Details<N>()) > sign(")")];

// * | *n | *[n]..[m]          {n} | {[n],[m]} | + | *
using Repeat = ast::Repetition;
const auto least = field<&Repeat::minimum>[count];
const auto most = field<&Repeat::maximum>[count];
const auto exactly = Copy<&Repeat::minimum, &Repeat::maximum>(least);
const auto dots = sign("..") >> ahead<IsNotNegative>;
const auto star_range_def =
    record[sign("*") >> ahead<IsNotNegative> >> -((least >> dots >> -most) | exactly | (dots >> -most))];
const auto braces = quiet_sign("{") > ((least >> sign(",") >> -most) | exactly |
                                       (set<&Repeat::minimum>(0)[sign(",")] > most)) > sign("}");
const auto quantifier_def =
    record[(braces | set<&Repeat::minimum>(1)[quiet_sign("+")] | set<&Repeat::minimum>(0)[quiet_sign("*")]) >>
           flag<&Repeat::braces>()[x3::eps]];

// -[…]-> | <-[…]- | -[…]- | <-[…]-> | --> | <-- | -- | <-->, then perhaps {n,m}, + or *
using R = ast::RelationshipPattern;
using To = ast::Direction;
const auto details = -field<&R::variable>[pattern_variable] >>
                     -(sign(":") > field<&R::types>[labels]) >> ahead<BeginsNoBareRange> >>
                     -field<&R::repetition>[star_range] >> Details<R>();
const auto line = sign("-") >> -(quiet_sign("[") > details > sign("]")) > sign("-");
const auto to_left = quiet_sign("<") >> line >
                     (set<&R::direction>(To::kEither)[quiet_sign(">")] | set<&R::direction>(To::kIncoming)[x3::eps]);
const auto to_right = line >
                      (set<&R::direction>(To::kOutgoing)[quiet_sign(">")] | set<&R::direction>(To::kEither)[x3::eps]);
const auto relationship_def = record[named(
    "a relationship")[(to_left | to_right) >> -(absent<&R::repetition> >> field<&R::repetition>[quantifier])]];

// ( elements [joint] [WHERE …] ) quantifier
using G = ast::QuantifiedGroup;
const auto group_joint = set<&G::joint>(ast::Joint::kOverlapping)[keyword("OVERLAPPING")] |
                         set<&G::joint>(ast::Joint::kChronological)[keyword("CHRONOLOGICAL")];
const auto group_def =
    record[sign("(") > field<&G::path>[plain_path] > -group_joint > -(keyword("WHERE") > field<&G::where>[expression]) >
           sign(")") > -field<&G::repetition>[quantifier]];

// elements = node { relationship node | group [node] }, a group standing where a relationship may
using P = ast::PathPattern;
const auto a_node = named("a node, as in (n:Label)")[field<&P::elements>[node]];
const auto a_group = ahead<OpensGroup> >> field<&P::elements>[group];
const auto groups = +a_group >> -a_node;
const auto elements = (groups | a_node) >> *(groups | (field<&P::elements>[relationship] > a_node));
const auto plain_path_def = record[elements];

// selector = (ALL SHORTEST | ANY SHORTEST | ANY [k] | ALL | [ANY] CHEAPEST) [PATHS] | SHORTEST k [PATHS] [GROUPS]
// CHEAPEST has COST behind its path.
using Selector = ast::PathSelector;
using Which = ast::PathSelector::Kind;
const auto path_word = quiet_keyword("PATHS") | quiet_keyword("PATH");
const auto group_word = quiet_keyword("GROUPS") | quiet_keyword("GROUP");
const auto of_paths = set<&Selector::kind>(Which::kAllShortest)[quiet_keyword("ALL SHORTEST")] |
                      set<&Selector::kind>(Which::kAnyShortest)[quiet_keyword("ANY SHORTEST")] |
                      set<&Selector::kind>(Which::kCheapest)[quiet_keyword("ANY CHEAPEST")] |
                      set<&Selector::kind>(Which::kCheapest)[quiet_keyword("CHEAPEST")] |
                      (set<&Selector::kind>(Which::kAny)[quiet_keyword("ANY")] >> -field<&Selector::k>[count]) |
                      quiet_keyword("ALL");
const auto shortest_k = set<&Selector::kind>(Which::kShortestK)[quiet_keyword("SHORTEST")] >
                        field<&Selector::k>[count] > -path_word >
                        -set<&Selector::kind>(Which::kShortestKGroups)[group_word];
const auto selector_def = record[(of_paths >> -path_word) | shortest_k];
const auto mode = (set<&P::mode>(ast::PathMode::kTrail)[quiet_keyword("TRAIL")] |
                   set<&P::mode>(ast::PathMode::kWalk)[quiet_keyword("WALK")] |
                   set<&P::mode>(ast::PathMode::kAcyclic)[quiet_keyword("ACYCLIC")] |
                   set<&P::mode>(ast::PathMode::kSimple)[quiet_keyword("SIMPLE")]) >>
                  -path_word;

// shortestPath(elements) | allShortestPaths(elements)
const auto shortest_function_def =
    record[(set<&Selector::kind>(Which::kAnyShortest)[quiet_keyword("SHORTESTPATH")] |
            set<&Selector::kind>(Which::kAllShortest)[quiet_keyword("ALLSHORTESTPATHS")]) >>
           flag<&Selector::function>()[x3::eps]];
const auto shortest_def = record[field<&P::selector>[shortest_function] >> sign("(") > elements > sign(")")];

const auto cost_def = record[quiet_keyword("COST") > field<&Selector::weight>[expression]];

// path = [variable '='] (shortestPath(…) | [selector] [mode] elements [COST expression])
const auto path_variable = ahead<BeginsAssignment> >> field<&P::variable>[name] >> sign("=", "~");
const auto selected = -field<&P::selector>[selector] >> -mode >> elements >> -field<&P::selector>[cost];
const auto path_def =
    record[named("a pattern, as in (a)-[:TYPE]->(b)")[-path_variable >> (whole[shortest] | selected)]];

// pattern = path { ',' path } [filter] [joint] [WHERE …]
using All = ast::Pattern;
const auto one_path = field<&All::paths>[path];
const auto conditions = -field<&All::filter>[filter] >> -joint >> -(keyword("WHERE") > field<&All::where>[expression]);
const auto paths_def = record[one_path % sign(",")];
const auto single_path_def = record[one_path >> conditions];
const auto pattern_def = record[(one_path % sign(",")) >> conditions];

}  // namespace

BOOST_SPIRIT_DEFINE(labels, labels_all, labels_one, labels_not, wildcard, properties, node, star_range, quantifier,
                    relationship, group, plain_path, selector, cost, shortest_function, shortest, path, paths,
                    single_path, pattern)

BOOST_SPIRIT_INSTANTIATE(LabelRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PlainPathRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(ShortestRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PathRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PathsRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(SinglePathRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PatternRule, Iterator, Context)

}  // namespace plenum::syntax
