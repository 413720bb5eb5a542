// Operators: what the grammar reads in one flat row, put into a tree by precedence.
//
// One rule reads NOT, operands and operators from left to right, and the precedence levels are sorted out here. That
// keeps the grammar's recursion at one level for a pair of brackets (ten levels of rules would need ten times the
// stack) and makes chains of one level flat, whatever their length. Levels, loosest first:
//   OR | XOR | AND | NOT | = <> < <= > >= | STARTS WITH, ENDS WITH, CONTAINS, =~, IN, IS [NOT] NULL | + - || | * / % |
//   ^
// then, within an operand: unary + and -, then .key [index] [a..b] :Label.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "parser/ast.h"
#include "parser/progress.h"

namespace plenum::syntax {

struct Sign {  // unary + or -
  Span span;
  ast::UnaryOperator op{};
};
struct Subscripts {  // [index], [first..end]
  std::optional<ast::Expression> first;
  std::optional<ast::Expression> end;
  bool slice = false;
};
struct Suffix {
  Span span;
  std::variant<ast::Name, Subscripts, ast::LabelExpression> node;
};
struct OperandParts {
  std::vector<Sign> signs;
  ast::Expression atom;
  std::vector<Suffix> suffixes;
};
struct Operand {
  ast::Expression expression;
  std::uint32_t height = 0;
};

enum class TokenKind : std::uint8_t { kNot, kBinary, kIsNull, kIsNotNull };
struct OperatorToken {
  Span span;
  TokenKind kind{};
  ast::BinaryOperator op{};  // of kBinary
};
struct FlatExpression {
  std::vector<OperatorToken> tokens;  // NOTs before an operand, then null tests, then the operator before the next
  std::vector<Operand> operands;
};

// Reads NOT; or what may follow an operand: a binary operator, IS NULL, IS NOT NULL.
bool ReadNot(Progress& progress, Iterator& first, OperatorToken& out);
bool ReadBinaryOperator(Progress& progress, Iterator& first, OperatorToken& out);
bool ReadNullTest(Progress& progress, Iterator& first, OperatorToken& out);
bool ReadSign(Progress& progress, Iterator& first, Sign& out);

// Both throw a Refusal: for a NOT where it binds too loosely, an integer too large, a tree too high. The height of
// `progress` is that of the highest expression within the operand's parts.
Operand Assemble(OperandParts&& parts, const Progress& progress);
Operand Fold(FlatExpression&& flat);

}  // namespace plenum::syntax
