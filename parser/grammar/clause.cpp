// Queries and the clauses that read, project and call.
#include "parser/grammar/rules.h"

namespace plenum::syntax {
namespace {

const Rule<ast::Match> match = "match";
const Rule<ast::Unwind> unwind = "unwind";
const Rule<ast::Projection> projection = "projection";
const Rule<ast::ProjectionItem> projection_item = "projection_item";
const Rule<ast::SortItem> sort_item = "sort_item";
const Rule<ast::With> with = "with";
const Rule<ast::Return> returning = "return";
const Rule<ast::YieldItem> yield_item = "yield_item";
const Rule<std::vector<ast::Expression>> arguments = "arguments";
const Rule<ast::CallProcedure> call_procedure = "call_procedure";
const Rule<std::vector<ast::Name>> imports = "imports";
const Rule<ast::CallSubquery> call_subquery = "call_subquery";
const Rule<ast::LoadCsv> load_csv = "load_csv";
const Rule<ast::Clause> clause = "clause";
const Rule<ast::Clause, struct ReturnTag> last_clause = "last_clause";
const Rule<ast::SingleQuery> part = "part";
// A pattern alone, as in EXISTS { (a)-->(b) WHERE … }, is a query of one MATCH.
const Rule<ast::Match, struct BareTag> bare_match = "bare_match";
const Rule<ast::Clause, struct BareTag> bare_clause = "bare_clause";
const Rule<ast::SingleQuery, struct BareTag> bare_part = "bare_part";

// [OPTIONAL] MATCH pattern { ',' pattern } [filter] [joint] [WHERE …]
const auto match_def = record[((flag<&ast::Match::optional>()[keyword("OPTIONAL")] > keyword("MATCH")) |
                               keyword("MATCH")) > field<&ast::Match::pattern>[pattern]];

// UNWIND list AS x
const auto unwind_def = record[keyword("UNWIND") > field<&ast::Unwind::list>[expression] > keyword("AS") >
                               field<&ast::Unwind::variable>[name]];

// [DISTINCT] items [ORDER BY …] [SKIP n] [LIMIT n]
using Items = ast::Projection;
using Item = ast::ProjectionItem;
using Sort = ast::SortItem;
const auto projection_item_def =
    record[field<&Item::expression>[expression] >> -(keyword("AS") > field<&Item::alias>[name])];
const auto order =
    keyword("ASCENDING") | keyword("ASC") | flag<&Sort::descending>()[keyword("DESCENDING") | keyword("DESC")];
const auto sort_item_def = record[field<&Sort::expression>[expression] >> -order];
const auto item = field<&Items::items>[projection_item];
const auto items = (flag<&Items::star>()[sign("*")] >> *(sign(",") > item)) | item % sign(",");
const auto projection_def = record[-flag<&Items::distinct>()[keyword("DISTINCT")] > items >
                                   -(keyword("ORDER BY") > field<&Items::order_by>[sort_item] % sign(",")) >
                                   -((keyword("SKIP") | quiet_keyword("OFFSET")) > field<&Items::skip>[expression]) >
                                   -(keyword("LIMIT") > field<&Items::limit>[expression])];
const auto with_def = record[keyword("WITH") > field<&ast::With::projection>[projection] >
                             -(keyword("WHERE") > field<&ast::With::where>[expression])];
const auto returning_def = record[keyword("RETURN") > field<&ast::Return::projection>[projection]];

// CALL procedure [ '(' arguments ')' ] [YIELD (* | - | column [AS x] { ',' … }) [WHERE …]]
using Call = ast::CallProcedure;
const auto yield_item_def =
    record[field<&ast::YieldItem::column>[name] >> -(keyword("AS") > field<&ast::YieldItem::alias>[name])];
const auto yielded = flag<&Call::yield_star>()[sign("*")] | flag<&Call::yield_nothing>()[quiet_sign("-")] |
                     field<&Call::yields>[yield_item] % sign(",");
const auto call_procedure_def =
    record[keyword("CALL") >> field<&Call::procedure>[dotted_name] >> -field<&Call::arguments>[arguments] >>
           -(keyword("YIELD") > yielded > -(keyword("WHERE") > field<&Call::where>[expression]))];
const auto arguments_def = record[sign("(") > -(append[expression] % sign(",")) > sign(")")];

// CALL [ '(' (* | [x { ',' y }]) ')' ] '{' query '}'
using Sub = ast::CallSubquery;
const auto imports_def = record[-(append[name] % sign(","))];
const auto imported = flag<&Sub::import_star>()[sign("*")] | field<&Sub::imports>[imports];
const auto call_subquery_def =
    record[keyword("CALL") >> -(sign("(") > imported > sign(")")) >> sign("{") > field<&Sub::query>[query] > sign("}")];

// LOAD CSV [WITH HEADERS] FROM url AS x [FIELDTERMINATOR text]
using Csv = ast::LoadCsv;
const auto load_csv_def =
    record[keyword("LOAD CSV") > -flag<&Csv::headers>()[keyword("WITH HEADERS")] > keyword("FROM") >
           field<&Csv::url>[expression] > keyword("AS") > field<&Csv::variable>[name] >
           -(keyword("FIELDTERMINATOR") > field<&Csv::delimiter>[text])];

// part = { clause } [RETURN …]
template <class R>
auto Node(const R& rule) {
  return field<&ast::Clause::node>[rule];
}
const auto clause_def = record[named("a clause")[Node(match) | Node(with) | Node(unwind) | Node(call_subquery) |
                                                 Node(call_procedure) | Node(load_csv) | whole[update]]];
const auto last_clause_def = record[named("a clause")[Node(returning)]];
const auto clauses = field<&ast::SingleQuery::clauses>[clause];
const auto last = field<&ast::SingleQuery::clauses>[last_clause];
const auto part_def = record[(+clauses >> -last) | last];

// query = [WHY] [filter] part { UNION [ALL | DISTINCT] part }
using Q = ast::Query;
const auto union_word = push<&Q::union_all>(true)[quiet_keyword("UNION ALL")] |
                        push<&Q::union_all>(false)[quiet_keyword("UNION DISTINCT") | keyword("UNION")];
const auto parts = field<&Q::parts>[part] >> *(union_word > field<&Q::parts>[part]);
const auto query_def = record[-flag<&Q::why>()[keyword("WHY")] >> -field<&Q::filter>[filter] >> parts];

const auto bare_match_def = record[field<&ast::Match::pattern>[pattern]];
const auto bare_clause_def = record[Node(bare_match)];
const auto bare_part_def = record[field<&ast::SingleQuery::clauses>[bare_clause]];
// A subquery within an expression counts as a level of its own: it needs the stack of two.
const auto braced_def = record[nested[-field<&Q::filter>[filter] >> (parts | field<&Q::parts>[bare_part])]];

}  // namespace

BOOST_SPIRIT_DEFINE(match, unwind, projection, projection_item, sort_item, with, returning, yield_item, arguments,
                    call_procedure, imports, call_subquery, load_csv, clause, last_clause, part, query, bare_match,
                    bare_clause, bare_part, braced)

BOOST_SPIRIT_INSTANTIATE(QueryRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(BracedRule, Iterator, Context)

}  // namespace plenum::syntax
