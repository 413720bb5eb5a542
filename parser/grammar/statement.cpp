// Statements: a query, RETRACT, the schema, transactions, files.
#include "parser/grammar/rules.h"

namespace plenum::syntax {
namespace {

using Schema = ast::SchemaStatement;
using SchemaKind = Schema::Kind;
using Transaction = ast::TransactionStatement;
using TransactionKind = Transaction::Kind;
using Transfer = ast::TransferStatement;

const Rule<ast::Retract> retract = "retract";
const Rule<Schema> schema = "schema";
const Rule<Transaction> transaction = "transaction";
const Rule<Transfer> transfer = "transfer";

// RETRACT [AND DELETE] (text | $parameter)
const auto key = named("a source's key: a text or a $parameter")[field<&ast::Retract::source>[text] |
                                                                 field<&ast::Retract::source>[parameter]];
const auto retract_def = record[keyword("RETRACT") > -flag<&ast::Retract::and_delete>()[keyword("AND DELETE")] > key];

// The variable of FOR (n:Label), again: no other may be used in the statement.
struct SameVariable : WithoutAttribute<SameVariable> {
  template <class C, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const C& context, Schema& node, Attribute&) const {
    ast::Name found;
    if (!name.parse(first, last, context, x3::unused, found)) return false;
    if (found.text != node.variable->text) {
      throw Refusal{
          found.span, "UndefinedVariable",
          "variable '" + found.text + "' is not defined: expected '" + node.variable->text + "', which FOR names"};
    }
    return true;
  }
};

// FOR '(' n:Label ')'  |  FOR '(' ')' '-' '[' r:TYPE ']' '-' '(' ')', with or without an arrow
const auto target = field<&Schema::variable>[name] > sign(":") > field<&Schema::label>[any_name];
const auto related = sign(")") >> flag<&Schema::relationship>()[x3::eps] > -sign("<") > sign("-") > sign("[") > target >
                     sign("]") > sign("-") > -sign(">") > sign("(") > sign(")");
const auto whom = sign("(") > (related | (target > sign(")")));
const auto label_alone = sign(":") > field<&Schema::label>[any_name];
const auto key_of_variable = SameVariable{} > sign(".") > field<&Schema::properties>[any_name];
const auto key_alone = field<&Schema::properties>[any_name];
const auto keys_of_variable = (sign("(") > key_of_variable % sign(",") > sign(")")) | key_of_variable;

const auto if_not_exists = flag<&Schema::if_not_exists>()[keyword("IF NOT EXISTS")];
const auto own_name = -(!quiet_keyword("IF NOT EXISTS") >> field<&Schema::name>[name]) >> -if_not_exists;

// CREATE [RANGE | FULLTEXT] INDEX [name] [IF NOT EXISTS] FOR … ON (n.key, …)      ON EACH [n.key, …] for full text
const auto index_kind =
    set<&Schema::what>("RANGE")[keyword("RANGE")] | set<&Schema::what>("FULLTEXT")[keyword("FULLTEXT")];
const auto indexed = (keyword("EACH") > sign("[") > key_of_variable % sign(",") > sign("]")) | keys_of_variable;
const auto index_for = keyword("FOR") > whom > keyword("ON") > indexed;
const auto index_on = keyword("ON") > label_alone > sign("(") > key_alone % sign(",") > sign(")");
const auto create_index = set<&Schema::kind>(SchemaKind::kCreateIndex)[keyword("CREATE") >> -index_kind >>
                                                                       keyword("INDEX") >> !quiet_sign("=")] >
                          own_name > (index_for | index_on);

// CREATE CONSTRAINT [name] [IF NOT EXISTS] FOR … REQUIRE n.key IS (UNIQUE | NOT NULL | [NODE | RELATIONSHIP] KEY)
const auto node_or_relationship = keyword("NODE") | keyword("RELATIONSHIP");
const auto required = set<&Schema::what>("UNIQUE")[-node_or_relationship >> keyword("UNIQUE")] |
                      set<&Schema::what>("EXISTS")[keyword("NOT NULL")] |
                      set<&Schema::what>("KEY")[-node_or_relationship >> keyword("KEY")];
const auto exists_key = set<&Schema::what>("EXISTS")[keyword("EXISTS")] > sign("(") > key_of_variable > sign(")");
const auto requirement = exists_key | (keys_of_variable > keyword("IS") > required);
const auto constraint_on = (keyword("FOR") > whom > keyword("REQUIRE")) | (keyword("ON") > whom > keyword("ASSERT"));
const auto create_constraint = set<&Schema::kind>(SchemaKind::kCreateConstraint)[keyword("CREATE CONSTRAINT")] >
                               own_name > constraint_on > requirement;

// DROP INDEX | CONSTRAINT name [IF EXISTS]      SHOW INDEXES | CONSTRAINTS
const auto existing = field<&Schema::name>[name] > -flag<&Schema::if_exists>()[keyword("IF EXISTS")];
const auto drop = (set<&Schema::kind>(SchemaKind::kDropIndex)[keyword("DROP INDEX")] > (index_on | existing)) |
                  (set<&Schema::kind>(SchemaKind::kDropConstraint)[keyword("DROP CONSTRAINT")] > existing);
const auto show =
    set<&Schema::kind>(SchemaKind::kShowIndexes)[keyword("SHOW INDEXES") | quiet_keyword("SHOW INDEX")] |
    set<&Schema::kind>(SchemaKind::kShowConstraints)[keyword("SHOW CONSTRAINTS") | quiet_keyword("SHOW CONSTRAINT")];
const auto schema_def = record[create_index | create_constraint | drop | show];

// BEGIN [WRITE] | COMMIT | ROLLBACK [TO [SAVEPOINT] name] | SAVEPOINT name
const auto transaction_def = record[set<&Transaction::kind>(TransactionKind::kBeginWrite)[keyword("BEGIN WRITE")] |
                                    set<&Transaction::kind>(TransactionKind::kBegin)[keyword("BEGIN")] |
                                    set<&Transaction::kind>(TransactionKind::kCommit)[keyword("COMMIT")] |
                                    (set<&Transaction::kind>(TransactionKind::kRollbackTo)[keyword("ROLLBACK TO")] >
                                     -(quiet_keyword("SAVEPOINT") >> &name) > field<&Transaction::name>[name]) |
                                    set<&Transaction::kind>(TransactionKind::kRollback)[keyword("ROLLBACK")] |
                                    (set<&Transaction::kind>(TransactionKind::kSavepoint)[keyword("SAVEPOINT")] >
                                     field<&Transaction::name>[name])];

// IMPORT [FROM] path [OPTIONS map]      EXPORT [TO] path [OPTIONS map]
const auto file =
    named("a file's path: a text or a $parameter")[field<&Transfer::path>[text] | field<&Transfer::path>[parameter]];
const auto options = keyword("OPTIONS") > (field<&Transfer::options>[map] | field<&Transfer::options>[parameter]);
const auto transfer_def = record[((flag<&Transfer::import>()[keyword("IMPORT")] > -quiet_keyword("FROM")) |
                                  (keyword("EXPORT") > -quiet_keyword("TO"))) > file > -options];

// statement = [EXPLAIN] retract | schema | transaction | transfer | [EXPLAIN | PROFILE] query
template <class R>
auto Node(const R& rule) {
  return field<&ast::Statement::node>[rule];
}
const auto explain = set<&ast::Statement::mode>(ast::StatementMode::kExplain)[keyword("EXPLAIN")];
const auto profile = set<&ast::Statement::mode>(ast::StatementMode::kProfile)[keyword("PROFILE")];
const auto statement_def = record[named(
    "a query or another statement")[(explain > (Node(retract) | Node(query))) | (profile > Node(query)) | Node(schema) |
                                    Node(query) | Node(retract) | Node(transaction) | Node(transfer)]];

}  // namespace

BOOST_SPIRIT_DEFINE(retract, schema, transaction, transfer, statement)

BOOST_SPIRIT_INSTANTIATE(StatementRule, Iterator, Context)

}  // namespace plenum::syntax
