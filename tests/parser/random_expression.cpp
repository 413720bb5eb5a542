// Random names, values and expressions.
#include <limits>
#include <utility>

#include "parser/parser.h"
#include "tests/parser/random_tree.h"

namespace plenum::ast {
namespace {

constexpr std::size_t kDepthMax = 12;

// Names and texts that are hard to print.
const std::string kTexts[] = {"x",
                              "a",
                              "名前",
                              "two words",
                              "`",
                              "a`b",
                              "",
                              "1a",
                              "a.b",
                              "a..b",
                              ".",
                              "it's",
                              "\\",
                              "\"",
                              std::string("\0\x01\x1f\x7f", 4),
                              "line\nbreak\r\t",
                              "//",
                              "/*",
                              "(",
                              "]",
                              "|",
                              "é😀",
                              "shortestPath",
                              "allShortestPaths",
                              "date.truncate",
                              "exists.x"};

}  // namespace

std::size_t RandomTree::Below(std::size_t count) {
  if (bytes_.empty()) return 0;
  const std::size_t choice = bytes_.front() % count;
  bytes_ = bytes_.subspan(1);
  return choice;
}

std::string RandomTree::MakeText() {
  if (!Sometimes()) return OneOf({"x", "y", "n"});
  if (Often()) return kTexts[Below(std::size(kTexts))];
  std::string word(Keywords()[Below(Keywords().size())]);
  if (Often()) {
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return word;
}

std::int64_t RandomTree::MakeCount() {
  return OneOf(
      {std::int64_t{1}, std::int64_t{0}, std::int64_t{2}, std::int64_t{30}, std::numeric_limits<std::int64_t>::max()});
}

Literal RandomTree::MakeLiteral() {
  switch (Below(6)) {
    case 0:
      return {MakeCount()};
    case 1:
      return {OneOf({0.0, 1.0, 0.5, 0.1, 1e21, 1e-7, 12345678.9, 5e-324, std::numeric_limits<double>::max(),
                     std::numeric_limits<double>::min()})};
    case 2:
      return {MakeText()};
    case 3:
      return {Often()};
    case 4:
      return {Null{}};
    default:
      return {std::numeric_limits<std::int64_t>::min()};
  }
}

Expression RandomTree::MakeExpression() {
  const Deeper deeper(depth_);
  return depth_ > kDepthMax ? MakeLeaf() : Below(3) == 0 ? MakeLeaf() : MakeInner();
}

Expression RandomTree::MakeLeaf() {
  switch (Below(4)) {
    case 0:
    case 1:
      return As(Variable{MakeText()});
    case 2:
      return As(MakeLiteral());
    default:
      return MakeParameter();
  }
}

Expression RandomTree::MakeInner() {
  switch (Below(6)) {
    case 0:
    case 1:
      return MakeOperator();
    case 2:
      return MakePostfix();
    case 3:
      return MakeBraced();
    case 4:
      return MakeWithPattern();
    default:
      return Often() ? As(MakeCall()) : As(MakeCase());
  }
}

Expression RandomTree::MakeOperator() {
  switch (Below(4)) {
    case 0:
      return As(Unary{OneOf({UnaryOperator::kNot, UnaryOperator::kPlus, UnaryOperator::kMinus}), MakeBox()});
    case 1:
      return As(NullTest{MakeBox(), Often()});
    default:
      return As(MakeChain());
  }
}

Chain RandomTree::MakeChain() {
  using Op = BinaryOperator;
  const std::vector<Op> levels[] = {
      {Op::kOr},
      {Op::kXor},
      {Op::kAnd},
      {Op::kEqual, Op::kNotEqual, Op::kLess, Op::kLessOrEqual, Op::kGreater, Op::kGreaterOrEqual},
      {Op::kStartsWith, Op::kEndsWith, Op::kContains, Op::kMatches, Op::kIn},
      {Op::kAdd, Op::kSubtract},
      {Op::kMultiply, Op::kDivide, Op::kModulo},
      {Op::kPower}};
  const std::vector<Op>& level = levels[Below(std::size(levels))];
  Chain chain{MakeBox(), {}};
  chain.rest = Several(1, [&] { return Operation{{}, level[Below(level.size())], MakeBox()}; });
  return chain;
}

Expression RandomTree::MakePostfix() {
  switch (Below(4)) {
    case 0:
      return As(MakeProperty());
    case 1:
      return As(Subscript{MakeBox(), MakeBox()});
    case 2:
      return As(Slice{MakeBox(), Maybe([&] { return MakeBox(); }), Maybe([&] { return MakeBox(); })});
    default:
      return As(LabelTest{MakeBox(), MakeLabels()});
  }
}

FunctionCall RandomTree::MakeCall() {
  FunctionCall call{MakeName()};
  call.star = Sometimes();
  if (call.star) return call;
  call.distinct = Sometimes();
  call.arguments = Several(call.distinct ? 1 : 0, [&] { return MakeExpression(); });
  return call;
}

Case RandomTree::MakeCase() {
  return {Maybe([&] { return MakeBox(); }),
          Several(1,
                  [&] {
                    return CaseBranch{MakeBox(), MakeBox()};
                  }),
          Maybe([&] { return MakeBox(); })};
}

Expression RandomTree::MakeBraced() {
  switch (Below(6)) {
    case 0:
      return As(ListLiteral{Several(0, [&] { return MakeExpression(); })});
    case 1:
      return As(MakeMap());
    case 2:
      return As(MakeMapProjection());
    case 3:
      return As(
          ListComprehension{MakeName(), MakeBox(), Maybe([&] { return MakeBox(); }), Maybe([&] { return MakeBox(); })});
    case 4:
      return As(Quantifier{
          OneOf({QuantifierKind::kAll, QuantifierKind::kAny, QuantifierKind::kNone, QuantifierKind::kSingle}),
          MakeName(), MakeBox(), Maybe([&] { return MakeBox(); })});
    default:
      return As(Reduce{MakeName(), MakeBox(), MakeName(), MakeBox(), MakeBox()});
  }
}

MapLiteral RandomTree::MakeMap() {
  return {Several(0, [&] { return MapEntry{MakeName(), MakeBox()}; })};
}

MapProjection RandomTree::MakeMapProjection() {
  const auto item = [&]() -> MapProjectionItem {
    switch (Below(4)) {
      case 0:
        return {MapProjectionAll{}, {}};
      case 1:
        return {MakeName(), {}};
      case 2:
        return {Variable{MakeText()}, {}};
      default:
        return {MapEntry{MakeName(), MakeBox()}, {}};
    }
  };
  return {MakeName(), Several(0, item)};
}

Expression RandomTree::MakeWithPattern() {
  switch (Below(4)) {
    case 0:
      return As(PatternPredicate{MakePlainPath(true)});
    case 1:
      return As(PatternComprehension{MakePattern(1), MakeBox()});
    case 2:
      return As(ShortestPath{MakeShortestPath()});
    default:
      break;
  }
  const auto kind = OneOf({SubqueryKind::kExists, SubqueryKind::kCount, SubqueryKind::kCollect});
  return As(Subquery{kind, MakeQuery(kind == SubqueryKind::kCollect ? Place::kCollect : Place::kBraces)});
}

Expression RandomTree::MakeReference() {
  if (Sometimes()) return MakeParameter();
  Expression reference = As(Variable{MakeText()});
  for (std::size_t keys = Below(3); keys > 0; --keys) reference = As(PropertyAccess{std::move(reference), MakeName()});
  return reference;
}

Expression RandomTree::MakeMapOrParameter() { return Sometimes() ? MakeParameter() : As(MakeMap()); }

}  // namespace plenum::ast
