// Indexes and constraints: CREATE, DROP and SHOW.
#include <fmt/format.h>

#include "engine/plan/binding.h"

namespace plenum::plan {

using Kind = ast::SchemaStatement::Kind;

SchemaCommand Binder::BindSchema(const ast::SchemaStatement& schema, Span span) {
  SchemaCommand command{.tolerant = schema.if_exists || schema.if_not_exists, .span = span};
  command.unique = schema.kind == Kind::kCreateConstraint || schema.kind == Kind::kDropConstraint ||
                   schema.kind == Kind::kShowConstraints;
  if (schema.name) command.name = schema.name->text;
  if (schema.label) command.label = schema.label->text;
  if (!schema.properties.empty()) command.key = schema.properties.front().text;
  switch (schema.kind) {
    case Kind::kCreateIndex:
    case Kind::kCreateConstraint:
      CheckCreation(schema, span);
      command.kind = SchemaCommand::Kind::kCreate;
      writes_ = true;
      break;
    case Kind::kDropIndex:
    case Kind::kDropConstraint:
      if (schema.properties.size() > 1) NotYet("an index on several properties", span);
      command.kind = SchemaCommand::Kind::kDrop;
      writes_ = true;
      break;
    case Kind::kShowIndexes:
    case Kind::kShowConstraints:
      command.kind = SchemaCommand::Kind::kShow;
  }
  return command;
}

void Binder::CheckCreation(const ast::SchemaStatement& schema, Span span) const {
  if (schema.relationship) NotYet("an index or constraint on relationships", span);
  if (schema.properties.size() > 1) NotYet("an index or constraint on several properties", span);
  if (schema.what == "FULLTEXT") NotYet("a full text index", span);
  if (schema.what == "EXISTS") NotYet("a constraint that a property exists", span);
  if (schema.what == "KEY") NotYet("a constraint IS KEY (IS UNIQUE is)", span);
}

}  // namespace plenum::plan
