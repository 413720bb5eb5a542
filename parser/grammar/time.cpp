// Time and evidence: VALID …, CITE …
#include "parser/grammar/rules.h"
#include "parser/lookahead.h"

namespace plenum::syntax {
namespace {

const Rule<ast::Expression, struct WhenTag> when = "when";
const Rule<ast::Expression, struct BoundTag> bound = "bound";
const Rule<ast::Expression, struct QuoteTag> quote = "quote";
const Rule<ast::CitationRange> range = "range";

// when = text | $parameter | function(args) | variable{.key} | '(' expression ')'
const auto when_def = record[named("a date, as a text, a $parameter, a variable, a function or an expression in ( )")
                                 [whole[text] | whole[parameter] | whole[grouped] |
                                  (!ahead<NamesBeforePattern> >> whole[call]) | whole[property_path]]];

// assert = VALID (FROM when [UNTIL when | THROUGH when] | UNTIL when | THROUGH when)
using A = ast::Assertion;
const auto ending =
    (keyword("UNTIL") > field<&A::until>[when]) | (flag<&A::through>()[keyword("THROUGH")] > field<&A::until>[when]);
const auto assertion_def = record[keyword("VALID") >> ((keyword("FROM") > field<&A::from>[when] > -ending) | ending)];

// filter = VALID AT ANY TIME | VALID [CERTAINLY | POSSIBLY] (AT when | DURING when [UNTIL when])
using F = ast::ValidFilter;
using Kind = ast::ValidFilter::Kind;
const auto at_any_time = set<&F::kind>(Kind::kAnyTime)[keyword("AT ANY TIME")];
const auto how_sure = flag<&F::certainly>()[keyword("CERTAINLY")] | keyword("POSSIBLY");
const auto at_time = set<&F::kind>(Kind::kAt)[keyword("AT")] > field<&F::when>[when];
const auto during = set<&F::kind>(Kind::kDuring)[keyword("DURING")] > field<&F::when>[when] >
                    -(keyword("UNTIL") > field<&F::until>[when]);
const auto filter_def = record[keyword("VALID") >> (at_any_time | (-how_sure >> (at_time | during)))];

// cite = CITE source [ '[' first '..' end ']' | QUOTE text ]
using C = ast::Citation;
const auto source_def = record[named("a source: a variable or a $parameter")[whole[parameter] | whole[property_path]]];
const auto bound_def = record[named(
    "an offset in code points")[whole[integer] | whole[parameter] | whole[property_path] | whole[grouped]]];
const auto quote_def =
    record[named("the quoted words")[whole[text] | whole[parameter] | whole[property_path] | whole[grouped]]];
const auto range_def = record[sign("[") > field<&ast::CitationRange::first>[bound] > sign("..") >
                              field<&ast::CitationRange::end>[bound] > sign("]")];
const auto citation_def = record[keyword("CITE") > field<&C::source>[source] >
                                 -(field<&C::where>[range] | (keyword("QUOTE") > field<&C::where>[quote]))];

}  // namespace

BOOST_SPIRIT_DEFINE(when, assertion, filter, source, bound, quote, range, citation)

BOOST_SPIRIT_INSTANTIATE(AssertionRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(FilterRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(CitationRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(SourceRule, Iterator, Context)

}  // namespace plenum::syntax
