// Binding expressions: names to slots, functions to signatures, and the types that can be known before a row is seen.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binding.h"
#include "engine/plan/near_miss.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

bool IsConstant(const Expression& expression) { return std::holds_alternative<Constant>(expression.node); }

Value ToValue(const ast::Scalar& scalar) {
  return std::visit(
      [](const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, ast::Null>) {
          return Value();
        } else {
          return Value(value);
        }
      },
      scalar);
}

}  // namespace

Expression Binder::Bind(const ast::Expression& expression) {
  const bool predicate = std::exchange(predicate_position_, false);
  if (!predicate && std::holds_alternative<ast::PatternPredicate>(expression.node)) {
    Fail(ErrorType::kSyntaxError, "UnexpectedSyntax",
         "a pattern is a condition, not a value: use it after WHERE, or write EXISTS { … }, COUNT { … } or [pattern | "
         "value]",
         expression.span);
  }
  if (const ProjectionItem* item = ProjectedAs(expression)) {
    return Make(expression.span, item->expression.type, SlotRef{item->slot});
  }
  return std::visit([&](const auto& node) { return BindNode(node, expression.span); }, expression.node);
}

std::optional<Box<Expression>> Binder::BindBox(const std::optional<ast::Box<ast::Expression>>& expression) {
  if (!expression) return std::nullopt;
  return BindBox(*expression);
}

Expression Binder::BindPredicate(const ast::Expression& expression, std::string_view taker) {
  predicate_position_ = true;
  Expression bound = Bind(expression);
  predicate_position_ = false;
  CheckKind(bound, Kind::kBoolean, taker, ErrorType::kSyntaxError,
            taker == "OR" ? ": compare each side, or write x IN [a, b]" : "");
  return bound;
}

Expression Binder::BindNode(const ast::Literal& literal, Span span) {
  Value value = ToValue(literal.value);
  const TypeSet type = value.kind();
  return Make(span, type, Constant{std::move(value)});
}

Expression Binder::BindNode(const ast::Parameter& parameter, Span span) {
  return Make(span, TypeSet::Anything(), ParameterRef{parameter.name});
}

Expression Binder::BindNode(const ast::Variable& name, Span span) {
  const Variable& variable = Lookup(name.name, span);
  Expression bound = Make(span, variable.type, SlotRef{variable.slot});
  bound.element = variable.element;
  return bound;
}

Expression Binder::BindNode(const ast::PropertyAccess& access, Span span) {
  Expression object = Bind(*access.object);
  CheckKind(object, kElementTypes | Kind::kMap | Kind::kDate | Kind::kPartialDate | Kind::kInterval,
            fmt::format("the property `.{}`", access.key.text),
            object.type == Kind::kPath ? ErrorType::kSyntaxError : ErrorType::kTypeError);
  return Make(span, TypeSet::Anything(), PropertyAccess{std::move(object), access.key.text});
}

Expression Binder::BindNode(const ast::Subscript& subscript, Span span) {
  Box<Expression> object = BindBox(subscript.object);
  Box<Expression> index = BindBox(subscript.index);
  constexpr TypeSet kKeyed = kElementTypes | Kind::kMap;
  CheckKind(*object, kKeyed | Kind::kList, "[ ]");
  const bool list = object->type.contains(Kind::kList);
  const bool keyed = !(object->type & kKeyed).empty();
  if (list != keyed) {
    CheckKind(*index, list ? Kind::kInteger : Kind::kString,
              list ? "the [ ] of a List" : "the [ ] of a Map or element");
  }
  return Make(span, TypeSet::Anything(), Subscript{std::move(object), std::move(index)});
}

Expression Binder::BindNode(const ast::Slice& slice, Span span) {
  Box<Expression> object = BindBox(slice.object);
  CheckKind(*object, Kind::kList, "a slice");
  Slice bound{std::move(object), BindBox(slice.first), BindBox(slice.end)};
  for (const auto* end : {&bound.first, &bound.end}) {
    if (*end) CheckKind(***end, Kind::kInteger, "an end of a slice");
  }
  return Make(span, Kind::kList, std::move(bound));
}

Expression Binder::BindNode(const ast::NullTest& test, Span span) {
  return Make(span, Kind::kBoolean, NullTest{BindBox(test.operand), test.negated});
}

Expression Binder::BindNode(const ast::LabelTest& test, Span span) {
  Box<Expression> object = BindBox(test.object);
  CheckKind(*object, kElementTypes, "a label test");
  return Make(span, Kind::kBoolean, LabelTest{std::move(object), test.labels});
}

Expression Binder::BindNode(const ast::Case& expression, Span span) {
  Case bound;
  TypeSet type;
  bound.subject = BindBox(expression.subject);
  for (const ast::CaseBranch& branch : expression.branches) {
    Expression when = expression.subject ? Bind(*branch.when) : BindPredicate(*branch.when);
    Expression then = Bind(*branch.then);
    type = type | then.type;
    bound.branches.push_back({std::move(when), std::move(then)});
  }
  bound.otherwise = BindBox(expression.otherwise);
  type = type | (bound.otherwise ? (*bound.otherwise)->type : TypeSet(Kind::kNull));
  return Make(span, type, std::move(bound));
}

Expression Binder::BindNode(const ast::ListLiteral& list, Span span) {
  MakeList bound;
  TypeSet element;
  for (const ast::Expression& item : list.elements) {
    bound.elements.push_back(Bind(item));
    element = element | bound.elements.back().type;
  }
  Expression made = Make(span, Kind::kList, Constant{});
  if (std::ranges::all_of(bound.elements, IsConstant)) {  // made once, not for each row
    List values;
    for (const Expression& item : bound.elements) values.push_back(std::get<Constant>(item.node).value);
    made.node = Constant{Value(std::move(values))};
  } else {
    made.node = std::move(bound);
  }
  made.element = element;
  return made;
}

Expression Binder::BindNode(const ast::MapLiteral& map, Span span) {
  MakeMap bound;
  for (const ast::MapEntry& entry : map.entries) bound.entries.emplace_back(entry.key.text, Bind(*entry.value));
  return Make(span, Kind::kMap, std::move(bound));
}

Expression Binder::BindNode(const ast::MapProjection& projection, Span span) {
  MapProjection bound;
  bound.object = Box<Expression>(BindNode(ast::Variable{projection.variable.text}, projection.variable.span));
  CheckKind(*bound.object, kElementTypes | Kind::kMap, "a map projection");
  for (const ast::MapProjectionItem& item : projection.items) {
    if (std::holds_alternative<ast::MapProjectionAll>(item.item)) {
      bound.all = true;
    } else if (const auto* key = std::get_if<ast::Name>(&item.item)) {
      bound.entries.emplace_back(key->text,
                                 Make(item.span, TypeSet::Anything(), PropertyAccess{bound.object, key->text}));
    } else if (const auto* entry = std::get_if<ast::MapEntry>(&item.item)) {
      bound.entries.emplace_back(entry->key.text, Bind(*entry->value));
    } else {
      const auto& variable = std::get<ast::Variable>(item.item);
      bound.entries.emplace_back(variable.name, BindNode(variable, item.span));
    }
  }
  return Make(span, Kind::kMap, std::move(bound));
}

// Binds what goes over a list's elements: its variables hide others of their names, and no aggregate may stand there.
void Binder::WithLocals(std::initializer_list<const ast::Name*> variables, const std::function<void()>& bind) {
  const Scope outer = scope_;
  const Aggregation aggregation = std::exchange(aggregation_, Aggregation::kForbidden);
  const Project* const projected = projected_;
  for (const ast::Name* variable : variables) {
    scope_.erase(variable->text);
    // A column that reads a hidden variable cannot be told by its text here.
    if (before_projection_ && before_projection_->contains(variable->text)) projected_ = nullptr;
  }
  bind();
  projected_ = projected;
  aggregation_ = aggregation;
  scope_ = outer;
}

Expression Binder::BindFilteredList(const ast::Expression& list) {
  Expression bound = Bind(list);
  CheckKind(bound, Kind::kList, "x IN …");
  return bound;
}

Expression Binder::BindNode(const ast::ListComprehension& comprehension, Span span) {
  ListComprehension bound;
  bound.list = Box<Expression>(BindFilteredList(*comprehension.list));
  WithLocals({&comprehension.variable}, [&] {
    bound.element = Declare(comprehension.variable, bound.list->element);
    if (comprehension.where) bound.where = BindPredicate(**comprehension.where);
    bound.map = BindBox(comprehension.map);
  });
  Expression made = Make(span, Kind::kList, std::move(bound));
  const auto& node = std::get<ListComprehension>(made.node);
  made.element = node.map ? (*node.map)->type : node.list->element;
  return made;
}

Expression Binder::BindNode(const ast::Quantifier& quantifier, Span span) {
  Quantifier bound{.kind = quantifier.kind};
  bound.list = Box<Expression>(BindFilteredList(*quantifier.list));
  WithLocals({&quantifier.variable}, [&] {
    bound.element = Declare(quantifier.variable, bound.list->element);
    if (quantifier.where) bound.where = BindPredicate(**quantifier.where);
  });
  return Make(span, Kind::kBoolean, std::move(bound));
}

Expression Binder::BindNode(const ast::Reduce& reduce, Span span) {
  Reduce bound;
  bound.initial = BindBox(reduce.initial);
  bound.list = Box<Expression>(BindFilteredList(*reduce.list));
  WithLocals({&reduce.accumulator, &reduce.variable}, [&] {
    bound.accumulator = Declare(reduce.accumulator, TypeSet::Anything());
    bound.element = Declare(reduce.variable, bound.list->element);
    bound.step = BindBox(reduce.step);
  });
  return Make(span, TypeSet::Anything(), std::move(bound));
}

}  // namespace plenum::plan
