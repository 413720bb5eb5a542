// Statements, and the printer's door.
#include "parser/print.h"
#include "parser/print/names.h"
#include "parser/print/printer.h"

namespace plenum {
namespace syntax {

void Printer::AddVariable(const ast::Name& name) { Add(SpellVariable(name.text)); }
void Printer::AddKey(const ast::Name& name) { Add(SpellKey(name.text)); }

void Printer::Write(const ast::Statement& statement) {
  if (statement.mode == ast::StatementMode::kExplain) Add("EXPLAIN ");
  if (statement.mode == ast::StatementMode::kProfile) Add("PROFILE ");
  Write(statement.node);
}

void Printer::Write(const ast::Retract& retract) {
  Add(retract.and_delete ? "RETRACT AND DELETE " : "RETRACT ");
  Write(retract.source);
}

void Printer::Write(const ast::SchemaStatement& schema) {
  using Kind = ast::SchemaStatement::Kind;
  switch (schema.kind) {
    case Kind::kCreateIndex:
    case Kind::kCreateConstraint:
      return WriteCreation(schema);
    case Kind::kDropIndex:
      Add("DROP INDEX ");
      break;
    case Kind::kDropConstraint:
      Add("DROP CONSTRAINT ");
      break;
    case Kind::kShowIndexes:
      return Add("SHOW INDEXES");
    case Kind::kShowConstraints:
      return Add("SHOW CONSTRAINTS");
  }
  if (!schema.name) return WriteWhom(schema);
  AddVariable(*schema.name);
  if (schema.if_exists) Add(" IF EXISTS");
}

void Printer::WriteCreation(const ast::SchemaStatement& schema) {
  const bool index = schema.kind == ast::SchemaStatement::Kind::kCreateIndex;
  Add("CREATE ");
  if (index && !schema.what.empty()) Add(schema.what + " ");
  Add(index ? "INDEX " : "CONSTRAINT ");
  if (schema.name) {
    AddVariable(*schema.name);
    Add(" ");
  }
  if (schema.if_not_exists) Add("IF NOT EXISTS ");
  WriteWhom(schema);
  if (index) return;
  Add(schema.what == "EXISTS" ? " IS NOT NULL" : " IS " + schema.what);
}

// FOR (n:Label) ON | REQUIRE …, or the older ON :Label(…)
void Printer::WriteWhom(const ast::SchemaStatement& schema) {
  if (!schema.variable) {
    Add("ON :");
    AddKey(*schema.label);
    return WriteKeys(schema);
  }
  Add(schema.relationship ? "FOR ()-[" : "FOR (");
  AddVariable(*schema.variable);
  Add(":");
  AddKey(*schema.label);
  Add(schema.relationship ? "]-() " : ") ");
  const bool index = schema.kind == ast::SchemaStatement::Kind::kCreateIndex;
  Add(index ? "ON " : "REQUIRE ");
  if (schema.what == "FULLTEXT") Add("EACH ");
  WriteKeys(schema);
}

void Printer::WriteKeys(const ast::SchemaStatement& schema) {
  const bool text = schema.variable && schema.what == "FULLTEXT";
  Add(text ? "[" : "(");
  for (const ast::Name& key : schema.properties) {
    if (&key != schema.properties.data()) Add(", ");
    if (schema.variable) {
      AddVariable(*schema.variable);
      Add(".");
    }
    AddKey(key);
  }
  Add(text ? "]" : ")");
}

void Printer::Write(const ast::TransactionStatement& transaction) {
  using Kind = ast::TransactionStatement::Kind;
  switch (transaction.kind) {
    case Kind::kBegin:
      return Add("BEGIN");
    case Kind::kBeginWrite:
      return Add("BEGIN WRITE");
    case Kind::kCommit:
      return Add("COMMIT");
    case Kind::kRollback:
      return Add("ROLLBACK");
    case Kind::kRollbackTo:
      Add("ROLLBACK TO ");
      break;
    case Kind::kSavepoint:
      Add("SAVEPOINT ");
      break;
  }
  AddVariable(*transaction.name);
}

void Printer::Write(const ast::TransferStatement& transfer) {
  Add(transfer.import ? "IMPORT " : "EXPORT ");
  Write(transfer.path);
  WritePart(" OPTIONS ", transfer.options);
}

}  // namespace syntax

namespace ast {
namespace {

template <class Node>
std::string PrintNode(const Node& node) {
  syntax::Printer printer;
  printer.Write(node);
  return printer.Take();
}

}  // namespace

std::string Print(const Statement& statement) { return PrintNode(statement); }
std::string Print(const Expression& expression) { return PrintNode(expression); }
std::string Print(const LabelExpression& labels) { return PrintNode(labels); }
std::string Print(const PathSelector& selector) { return PrintNode(selector); }
std::string Print(PathMode mode) {
  static constexpr const char* kWords[] = {"TRAIL", "WALK", "ACYCLIC", "SIMPLE"};
  return kWords[static_cast<std::size_t>(mode)];
}
std::string Print(BinaryOperator op) { return std::string(syntax::SpellingOf(op)); }

}  // namespace ast
}  // namespace plenum
