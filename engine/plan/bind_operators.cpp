// Binding operators and function calls: what they accept is checked here as far as the text tells.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binding.h"
#include "engine/plan/foreign_functions.h"
#include "engine/plan/near_miss.h"
#include "engine/value/mutant.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;
using Op = ast::BinaryOperator;

constexpr TypeSet kNumbers = Kind::kInteger | Kind::kFloat;

bool IsLogical(Op op) { return op <= Op::kAnd; }
bool IsArithmetic(Op op) { return op >= Op::kAdd; }
bool IsSubset(TypeSet a, TypeSet b) { return !a.empty() && (a | b) == b; }

std::string_view Symbol(Op op) {
  static constexpr std::string_view kSymbols[] = {
      "OR",        "XOR",      "AND", "=",  "<>", "<", "<=", ">", ">=", "STARTS WITH",
      "ENDS WITH", "CONTAINS", "=~",  "IN", "+",  "-", "*",  "/", "%",  "^"};
  return kSymbols[static_cast<std::size_t>(op)];
}

std::string ArgumentCount(const FunctionSignature& signature) {
  const unsigned min = signature.arguments_min;
  const unsigned max = signature.arguments_max;
  if (max == 0) return "no argument";
  if (min == max) return fmt::format("{} {}", min, min == 1 ? "argument" : "arguments");
  if (max == kAnyNumber) return fmt::format("{} or more arguments", min);
  return fmt::format("{} {} {} arguments", min, min + 1 == max ? "or" : "to", max);
}

// Why a function that takes a path was given something else.
std::string_view LengthNote(Function function, TypeSet argument) {
  const TypeSet sized = Kind::kString | Kind::kList;
  return function == Function::kLength && !(argument & sized).empty() ? ": use size(x) for texts and lists" : "";
}

}  // namespace

Expression Binder::BindNode(const ast::Unary& unary, Span span) {
  if (unary.op == ast::UnaryOperator::kNot) {
    return Make(span, Kind::kBoolean, Unary{unary.op, Box<Expression>(BindPredicate(*unary.operand, "NOT"))});
  }
  Box<Expression> operand = BindBox(unary.operand);
  CheckKind(*operand, kNumbers, unary.op == ast::UnaryOperator::kMinus ? "-" : "+");
  const TypeSet type = IsSubset(operand->type, kNumbers) ? operand->type : TypeSet::Anything();
  return Make(span, type, Unary{unary.op, std::move(operand)});
}

// What an operand may be, where any other kind could only be a mistake.
Expression Binder::BindOperand(const ast::Expression& operand, Op op) {
  if (IsLogical(op)) return BindPredicate(operand, Symbol(op));
  Expression bound = Bind(operand);
  if (op == Op::kMultiply || op == Op::kDivide || op == Op::kModulo || op == Op::kPower) {
    CheckKind(bound, kNumbers, Symbol(op));
  }
  return bound;
}

Expression Binder::BindNode(const ast::Chain& chain, Span span) {
  const Op first_op = chain.rest.front().op;
  Chain bound;
  bound.first = Box<Expression>(BindOperand(*chain.first, first_op));
  bool numbers = IsSubset(bound.first->type, kNumbers);
  TypeSet numeric = bound.first->type;
  for (const ast::Operation& operation : chain.rest) {
    Expression operand = BindOperand(*operation.operand, operation.op);
    if (operation.op == Op::kIn) CheckKind(operand, Kind::kList, "IN");
    if (operation.op == Op::kAdd && TextOf(operation.op_span) == "||")
      CheckJoined(bound.rest.empty() ? *bound.first : operand, operand);
    numbers = numbers && IsSubset(operand.type, kNumbers);
    numeric = numeric | operand.type;
    bound.rest.push_back({operation.op, std::move(operand)});
  }
  if (!IsArithmetic(first_op)) return Make(span, Kind::kBoolean, std::move(bound));
  if (first_op == Op::kPower)
    return Make(span, numbers ? TypeSet(Kind::kFloat) : TypeSet::Anything(), std::move(bound));
  return Make(span, numbers ? numeric : TypeSet::Anything(), std::move(bound));
}

// || joins texts and lists; who comes from another language may mean OR.
void Binder::CheckJoined(const Expression& left, const Expression& right) const {
  for (const Expression* operand : {&left, &right}) {
    const TypeSet known = operand->type.Without(Kind::kNull);
    if (known.empty() || !(known & (Kind::kString | Kind::kList)).empty()) continue;
    Fail(ErrorType::kSyntaxError, "InvalidArgumentType",
         fmt::format("|| joins Strings or Lists, but this is {}: write OR between two conditions", NamesOf(known)),
         operand->span);
  }
}

Expression Binder::BindExists(const ast::FunctionCall& call, Span span) {
  if (call.arguments.size() == 1) {
    const ast::Expression& argument = call.arguments.front();
    if (std::holds_alternative<ast::PatternPredicate>(argument.node)) return BindPredicate(argument);
    return Make(span, Kind::kBoolean, NullTest{Box<Expression>(Bind(argument)), true});
  }
  Fail(ErrorType::kSyntaxError, "InvalidNumberOfArguments", "exists takes one argument: a property or a pattern", span);
}

// In place of a function that is none: what another language's is here, or a near one.
std::string Binder::WhatToWrite(std::string_view function) const {
  const std::string_view here = SpellingOfFunction(function);
  if (!here.empty()) return fmt::format(": write {}", here);
  if (FindProcedure(*procedures_, function)) return fmt::format(": it is a procedure, so write CALL {}(…)", function);
  return SuggestionFor(function, FunctionNames());
}

Expression Binder::BindNode(const ast::FunctionCall& call, Span span) {
  if (const AggregateSignature* aggregate = FindAggregate(call.name.text)) return BindAggregate(call, *aggregate, span);
  const FunctionSignature* signature = FindFunction(call.name.text);
  if (!signature) {
    Fail(ErrorType::kSyntaxError, "UnknownFunction",
         fmt::format("there is no function `{}`{}", call.name.text, WhatToWrite(call.name.text)), call.name.span);
  }
  if (signature->function == Function::kExists) return BindExists(call, span);
  const std::size_t count = call.arguments.size();
  if (call.distinct || call.star || count < signature->arguments_min ||
      (signature->arguments_max != kAnyNumber && count > signature->arguments_max)) {
    Fail(ErrorType::kSyntaxError, "InvalidNumberOfArguments",
         fmt::format("{} takes {}, not {}", signature->name, ArgumentCount(*signature),
                     call.star       ? "*"
                     : call.distinct ? "DISTINCT"
                                     : fmt::format("{}", count)),
         span);
  }
  Call bound{.function = signature->function};
  for (std::size_t i = 0; i < count; ++i) {
    bound.arguments.push_back(Bind(call.arguments[i]));
    if (signature->arguments.empty()) continue;
    const Expression& argument = bound.arguments.back();
    CheckKind(argument, signature->arguments[std::min(i, signature->arguments.size() - 1)], signature->name,
              ErrorType::kSyntaxError, LengthNote(signature->function, argument.type));
  }
  return Make(span, signature->result, std::move(bound));
}

Expression Binder::BindAggregate(const ast::FunctionCall& call, const AggregateSignature& signature, Span span) {
  if (aggregation_ == Aggregation::kInsideAggregate && !IsMutant("aggregate-nested")) {
    Fail(ErrorType::kSyntaxError, "NestedAggregation",
         fmt::format("{} stands inside another aggregate: aggregate twice by way of a WITH", signature.name), span);
  }
  if (aggregation_ == Aggregation::kForbidden || !aggregates_) {
    // After grouping, a variable that it reads is there no more: that is wrong first. In WHERE it could not stand
    // anyway.
    const auto* projected = std::exchange(projected_, nullptr);
    const Scope scope = scope_;
    if (in_where_ && before_projection_) scope_.insert(before_projection_->begin(), before_projection_->end());
    for (const ast::Expression& argument : call.arguments) Bind(argument);
    scope_ = scope;
    projected_ = projected;
    Fail(ErrorType::kSyntaxError, "InvalidAggregation",
         fmt::format(
             "{} is an aggregate: it may stand in WITH and RETURN only, and not inside another aggregate or a list "
             "comprehension",
             signature.name),
         span);
  }
  const bool star = call.star && signature.aggregate == Aggregate::kCount;
  if (call.star != star || (!star && call.arguments.size() != signature.arguments)) {
    Fail(ErrorType::kSyntaxError, "InvalidNumberOfArguments",
         fmt::format("{} takes {}, not {}", signature.name,
                     signature.arguments == 1 ? "1 argument" : fmt::format("{} arguments", signature.arguments),
                     call.star ? "*" : fmt::format("{}", call.arguments.size())),
         span);
  }
  AggregateCall bound{.aggregate = star ? Aggregate::kCountStar : signature.aggregate,
                      .distinct = call.distinct,
                      .arguments = {},
                      .slot = NewSlot(),
                      .span = span};
  aggregation_ = Aggregation::kInsideAggregate;
  for (const ast::Expression& argument : call.arguments) {
    bound.arguments.push_back(Bind(argument));
    const auto* inner = std::get_if<Call>(&bound.arguments.back().node);
    if (inner && inner->function == Function::kRand) {
      Fail(ErrorType::kSyntaxError, "NonConstantExpression",
           "rand() gives another value each time: it cannot be aggregated", argument.span);
    }
  }
  aggregation_ = Aggregation::kAllowed;
  const Slot slot = bound.slot;
  aggregates_->push_back(std::move(bound));
  return Make(span, signature.result, SlotRef{slot});
}

}  // namespace plenum::plan
