// Time and evidence. Only a few kinds of expression may stand here as they are; all others in parentheses.
#include <variant>

#include "parser/print/printer.h"

namespace plenum::syntax {
namespace {

template <class Node>
bool Is(const ast::Expression& expression) {
  return std::holds_alternative<Node>(expression.node);
}

bool IsText(const ast::Expression& expression) {
  const auto* literal = std::get_if<ast::Literal>(&expression.node);
  return literal != nullptr && std::holds_alternative<std::string>(literal->value);
}

bool IsCount(const ast::Expression& expression) {
  const auto* literal = std::get_if<ast::Literal>(&expression.node);
  const auto* integer = literal == nullptr ? nullptr : std::get_if<std::int64_t>(&literal->value);
  return integer != nullptr && *integer >= 0;
}

// variable{.key} or $parameter
bool IsReference(const ast::Expression& expression) {
  if (Is<ast::Parameter>(expression)) return true;
  const ast::Expression* root = &expression;
  while (const auto* access = std::get_if<ast::PropertyAccess>(&root->node)) root = &*access->object;
  return Is<ast::Variable>(*root);
}

}  // namespace

void Printer::WriteWhen(const ast::Expression& when) {
  const bool bare = IsText(when) || IsReference(when) || Is<ast::FunctionCall>(when);
  bare ? Write(when) : WriteGrouped(when);
}

void Printer::WriteBound(const ast::Expression& bound) {
  IsCount(bound) || IsReference(bound) ? Write(bound) : WriteGrouped(bound);
}

void Printer::WriteQuote(const ast::Expression& quote) {
  IsText(quote) || IsReference(quote) ? Write(quote) : WriteGrouped(quote);
}

void Printer::Write(const ast::Assertion& assertion) {
  Add("VALID");
  if (assertion.from) {
    Add(" FROM ");
    WriteWhen(*assertion.from);
  }
  if (assertion.until) {
    Add(assertion.through ? " THROUGH " : " UNTIL ");
    WriteWhen(*assertion.until);
  }
}

void Printer::Write(const ast::ValidFilter& filter) {
  if (filter.kind == ast::ValidFilter::Kind::kAnyTime) return Add("VALID AT ANY TIME");
  Add(filter.certainly ? "VALID CERTAINLY" : "VALID");
  Add(filter.kind == ast::ValidFilter::Kind::kAt ? " AT " : " DURING ");
  WriteWhen(*filter.when);
  if (!filter.until) return;
  Add(" UNTIL ");
  WriteWhen(*filter.until);
}

void Printer::Write(const ast::Citation& citation) {
  Add("CITE ");
  Write(citation.source);
  if (const auto* range = std::get_if<ast::CitationRange>(&citation.where)) {
    Add("[");
    WriteBound(range->first);
    Add("..");
    WriteBound(range->end);
    Add("]");
  } else if (const auto* quote = std::get_if<ast::Box<ast::Expression>>(&citation.where)) {
    Add(" QUOTE ");
    WriteQuote(**quote);
  }
}

}  // namespace plenum::syntax
