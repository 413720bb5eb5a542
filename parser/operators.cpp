// Reads operators, and folds a flat row of operands and operators into a tree.
// Heights are added up on the way, so a tree too high is refused before it is built.
#include "parser/operators.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "parser/parser.h"
#include "parser/tokens.h"

namespace plenum::syntax {
namespace {

using Op = ast::BinaryOperator;

struct Spelling {
  std::string_view text;
  Op op;
};
// Of two that begin alike the longer stands first.
constexpr Spelling kSigns[] = {
    {"=~", Op::kMatches}, {"<>", Op::kNotEqual}, {"<=", Op::kLessOrEqual}, {">=", Op::kGreaterOrEqual},
    {"||", Op::kAdd},     {"=", Op::kEqual},     {"<", Op::kLess},         {">", Op::kGreater},
    {"+", Op::kAdd},      {"-", Op::kSubtract},  {"*", Op::kMultiply},     {"/", Op::kDivide},
    {"%", Op::kModulo},   {"^", Op::kPower}};
constexpr Spelling kWords[] = {{"AND", Op::kAnd},           {"OR", Op::kOr},
                               {"XOR", Op::kXor},           {"IN", Op::kIn},
                               {"CONTAINS", Op::kContains}, {"STARTS WITH", Op::kStartsWith},
                               {"ENDS WITH", Op::kEndsWith}};

enum class Level : std::uint8_t { kOr, kXor, kAnd, kNot, kComparison, kPredicate, kSum, kProduct, kPower };

Level LevelOf(Op op) {
  switch (op) {
    case Op::kOr:
      return Level::kOr;
    case Op::kXor:
      return Level::kXor;
    case Op::kAnd:
      return Level::kAnd;
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessOrEqual:
    case Op::kGreater:
    case Op::kGreaterOrEqual:
      return Level::kComparison;
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kContains:
    case Op::kMatches:
    case Op::kIn:
      return Level::kPredicate;
    case Op::kAdd:
    case Op::kSubtract:
      return Level::kSum;
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kModulo:
      return Level::kProduct;
    case Op::kPower:
      return Level::kPower;
  }
  return Level::kPower;
}

Level LevelOf(const OperatorToken& token) {
  switch (token.kind) {
    case TokenKind::kBinary:
      return LevelOf(token.op);
    case TokenKind::kNot:
      return Level::kNot;
    case TokenKind::kIsNull:
    case TokenKind::kIsNotNull:
      break;
  }
  return Level::kPredicate;
}

Level Tighter(Level level) { return static_cast<Level>(static_cast<std::uint8_t>(level) + 1); }

// Puts one node above `operand`.
template <class Node>
void Raise(Operand& operand, Span span, Node node) {
  if (++operand.height > kHeightMax) RefuseNesting(span, kHeightMax);
  operand.expression.span = span;
  operand.expression.node = std::move(node);
}

// Precedence climbing. An operand is taken up by the tightest operator beside it, so each is moved once or twice
// however many levels there are.
class Folding {
 public:
  explicit Folding(FlatExpression&& flat) : flat_(std::move(flat)) {}

  // The next expression of `loosest` or tighter operators.
  Operand Climb(Level loosest) {
    Operand left = BeginsWithNot() ? Negation(loosest) : std::move(flat_.operands[operand_++]);
    while (token_ < flat_.tokens.size() && LevelOf(flat_.tokens[token_]) >= loosest) {
      const OperatorToken& token = flat_.tokens[token_];
      if (token.kind == TokenKind::kBinary) {
        left = Row(std::move(left), LevelOf(token));
      } else {
        ++token_;
        const Span span = {left.expression.span.begin, token.span.end};
        Raise(left, span, ast::NullTest{std::move(left.expression), token.kind == TokenKind::kIsNotNull});
      }
    }
    return left;
  }

 private:
  bool BeginsWithNot() const { return token_ < flat_.tokens.size() && flat_.tokens[token_].kind == TokenKind::kNot; }

  bool BinaryOf(Level level) const {
    return token_ < flat_.tokens.size() && flat_.tokens[token_].kind == TokenKind::kBinary &&
           LevelOf(flat_.tokens[token_]) == level;
  }

  Operand Row(Operand left, Level level) {
    ast::Chain chain{std::move(left.expression), {}};
    Span span = chain.first->span;
    std::uint32_t height = left.height;
    while (BinaryOf(level)) {
      const OperatorToken& token = flat_.tokens[token_++];
      Operand right = Climb(Tighter(level));
      span.end = right.expression.span.end;
      height = std::max(height, right.height);
      chain.rest.push_back({token.span, token.op, std::move(right.expression)});
    }
    left.height = height;
    Raise(left, span, std::move(chain));
    return left;
  }

  Operand Negation(Level loosest) {
    if (loosest > Level::kNot) {
      throw Refusal{flat_.tokens[token_].span, "UnexpectedSyntax",
                    "NOT binds looser than the operator before it: expected a value, or parentheses as in 'a = (NOT "
                    "b)'"};
    }
    const std::size_t begin = token_;
    while (BeginsWithNot()) ++token_;
    std::size_t end = token_;
    Operand operand = Climb(Level::kComparison);
    while (end-- > begin) {
      const Span span = {flat_.tokens[end].span.begin, operand.expression.span.end};
      Raise(operand, span, ast::Unary{ast::UnaryOperator::kNot, std::move(operand.expression)});
    }
    return operand;
  }

  FlatExpression flat_;
  std::size_t token_ = 0;
  std::size_t operand_ = 0;
};

void Apply(Operand& operand, Suffix&& suffix) {
  const Span span = {operand.expression.span.begin, suffix.span.end};
  if (auto* key = std::get_if<ast::Name>(&suffix.node)) {
    Raise(operand, span, ast::PropertyAccess{std::move(operand.expression), std::move(*key)});
  } else if (auto* labels = std::get_if<ast::LabelExpression>(&suffix.node)) {
    Raise(operand, span, ast::LabelTest{std::move(operand.expression), std::move(*labels)});
  } else {
    auto& subscripts = std::get<Subscripts>(suffix.node);
    if (subscripts.slice) {
      ast::Slice slice{std::move(operand.expression), {}, {}};
      if (subscripts.first) slice.first = std::move(*subscripts.first);
      if (subscripts.end) slice.end = std::move(*subscripts.end);
      Raise(operand, span, std::move(slice));
    } else {
      Raise(operand, span, ast::Subscript{std::move(operand.expression), std::move(*subscripts.first)});
    }
  }
}

// The one integer that is read without its sign: 2^63 (see ReadLiteral). In parentheses it may have its sign already.
bool IsUnsignedSmallestInteger(const ast::Expression& expression, const Progress& progress) {
  const auto* literal = std::get_if<ast::Literal>(&expression.node);
  const auto* integer = literal == nullptr ? nullptr : std::get_if<std::int64_t>(&literal->value);
  if (integer == nullptr || *integer != std::numeric_limits<std::int64_t>::min()) return false;
  const char begin = progress.text()[expression.span.begin];
  return begin >= '0' && begin <= '9';
}

void TakeSignOfSmallestInteger(OperandParts& parts) {
  const bool signed_directly =
      parts.suffixes.empty() && !parts.signs.empty() && parts.signs.back().op == ast::UnaryOperator::kMinus;
  if (!signed_directly) {
    throw Refusal{parts.atom.span, "IntegerOverflow",
                  "9223372036854775808 does not fit into 64 bits: integers go from -9223372036854775808 to "
                  "9223372036854775807"};
  }
  parts.atom.span.begin = parts.signs.back().span.begin;
  parts.signs.pop_back();
}

}  // namespace

bool ReadNot(Progress& progress, Iterator& first, OperatorToken& out) {
  const Iterator at = progress.Skip(first);
  if (!TakeKeyword(progress, first, "NOT", true)) return false;
  out = {MakeSpan(progress.Offset(at), progress.Offset(first)), TokenKind::kNot, {}};
  return true;
}

bool ReadBinaryOperator(Progress& progress, Iterator& first, OperatorToken& out) {
  const Iterator at = progress.Skip(first);
  const std::string_view rest = progress.text().substr(progress.Offset(at));
  const auto found = [&](Op op) {
    out = {MakeSpan(progress.Offset(at), progress.Offset(first)), TokenKind::kBinary, op};
    return true;
  };
  for (const Spelling& spelling : kSigns) {
    if (!rest.starts_with(spelling.text)) continue;
    first = at + spelling.text.size();
    return found(spelling.op);
  }
  for (const Spelling& spelling : kWords) {
    if (TakeKeyword(progress, first, spelling.text, true)) return found(spelling.op);
  }
  progress.Missed(at, "an operator");
  return false;
}

bool ReadNullTest(Progress& progress, Iterator& first, OperatorToken& out) {
  const Iterator at = progress.Skip(first);
  const bool is_null = TakeKeyword(progress, first, "IS NULL", true);
  if (!is_null && !TakeKeyword(progress, first, "IS NOT NULL", true)) {
    return false;
  }
  out = {
      MakeSpan(progress.Offset(at), progress.Offset(first)), is_null ? TokenKind::kIsNull : TokenKind::kIsNotNull, {}};
  return true;
}

bool ReadSign(Progress& progress, Iterator& first, Sign& out) {
  const Iterator at = progress.Skip(first);
  const bool minus = TakeSign(progress, first, "-", {}, {});
  if (!minus && !TakeSign(progress, first, "+", {}, {})) return false;
  out = {MakeSpan(progress.Offset(at), progress.Offset(first)),
         minus ? ast::UnaryOperator::kMinus : ast::UnaryOperator::kPlus};
  return true;
}

Operand Assemble(OperandParts&& parts, const Progress& progress) {
  if (IsUnsignedSmallestInteger(parts.atom, progress)) TakeSignOfSmallestInteger(parts);
  Operand operand{std::move(parts.atom), progress.height + 1};
  if (operand.height > kHeightMax) RefuseNesting(operand.expression.span, kHeightMax);
  for (Suffix& suffix : parts.suffixes) Apply(operand, std::move(suffix));
  while (!parts.signs.empty()) {
    const Sign sign = parts.signs.back();
    parts.signs.pop_back();
    Raise(operand, {sign.span.begin, operand.expression.span.end}, ast::Unary{sign.op, std::move(operand.expression)});
  }
  return operand;
}

Operand Fold(FlatExpression&& flat) {
  if (flat.tokens.empty()) return std::move(flat.operands.front());
  return Folding(std::move(flat)).Climb(Level::kOr);
}

}  // namespace plenum::syntax
