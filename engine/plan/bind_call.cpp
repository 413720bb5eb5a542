// Binding CALL: procedures with their arguments and columns, and subqueries that run once a row.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/plan/binding.h"
#include "engine/plan/near_miss.h"

namespace plenum::plan {
namespace {

using Kind = Value::Kind;

std::string ListOf(const std::vector<ProcedureField>& fields) {
  std::string list;
  for (const ProcedureField& field : fields) {
    list += fmt::format("{}{}: {}{}", list.empty() ? "" : ", ", field.name, FieldTypeName(field.type),
                        field.nullable ? "" : " NOT NULL");
  }
  return list;
}

std::string ArgumentsOf(const KnownProcedure& procedure) {
  const std::vector<ProcedureField>& inputs = procedure.declaration->inputs;
  if (inputs.empty()) return "no arguments";
  const std::size_t least = procedure.inputs_least();
  const std::string number = least == inputs.size() ? "" : fmt::format("{} to ", least);
  return fmt::format("{}{} argument(s), {}{}", number, inputs.size(), ListOf(inputs),
                     number.empty() ? "" : fmt::format(", where {} may be left out", inputs.back().name));
}

// Those that begin as `name` does, up to its last dot; where there are none, how names begin, up to their first dot.
std::vector<std::string> NamesAkin(std::string_view name, const std::vector<std::string_view>& names) {
  const std::string_view space = name.substr(0, name.rfind('.') + 1);
  std::vector<std::string> akin;
  std::vector<std::string> spaces;
  for (const std::string_view each : names) {
    if (!space.empty() && each.starts_with(space)) akin.emplace_back(each);
    const std::size_t dot = each.find('.');
    std::string begin = dot == std::string_view::npos ? std::string(each) : fmt::format("{}.…", each.substr(0, dot));
    if (spaces.empty() || spaces.back() != begin) spaces.push_back(std::move(begin));
  }
  return akin.empty() ? spaces : akin;
}

// The first whose last part is a part of `name`, case aside: graph.pageRank for pageRank and for gds.pageRank.stream.
std::optional<std::string_view> NameOfPart(std::string_view name, const std::vector<std::string_view>& names) {
  const std::string within = "." + LowerCase(name) + ".";
  const auto found = std::ranges::find_if(names, [&](std::string_view each) {
    return within.find(LowerCase(each.substr(each.rfind('.'))) + ".") != std::string::npos;
  });
  return found == names.end() ? std::nullopt : std::optional(*found);
}

// What to call instead of `name`: a near one, or all that are akin, where they are few; or what it is, when that is a
// function.
std::string WhatToCall(std::string_view name, const Procedures& registered) {
  constexpr std::size_t kListedMax = 30;
  if (FindFunction(name) || FindAggregate(name)) return fmt::format(": it is a function, so write RETURN {}(…)", name);
  const std::vector<std::string_view> names = ProcedureNames(registered);
  if (const auto whole = NameOfPart(name, names)) return fmt::format("; did you mean `{}`?", *whole);
  std::string suggestion = SuggestionFor(name, names);
  const std::vector<std::string> akin = NamesAkin(name, names);
  if (!suggestion.empty() || akin.size() > kListedMax) return suggestion;
  return fmt::format(": there are {}", fmt::join(akin, ", "));
}

std::vector<std::string_view> NamesIn(const std::vector<ProcedureField>& fields) {
  std::vector<std::string_view> names;
  for (const ProcedureField& field : fields) names.push_back(field.name);
  return names;
}

bool IsPlainVariable(const ast::ProjectionItem& item) {
  const auto* variable = std::get_if<ast::Variable>(&item.expression.node);
  return variable && (!item.alias || item.alias->text == variable->name);
}

// A WITH of nothing but variables, which may take them in from around CALL { }.
bool IsPlain(const ast::With& with) {
  const ast::Projection& projection = with.projection;
  const bool bare = !projection.distinct && projection.order_by.empty() && !projection.skip && !projection.limit;
  return bare && !with.where && std::ranges::all_of(projection.items, IsPlainVariable);
}

// What a column of a query may be, over all of its parts.
Variable TypeOfColumn(const Query& query, std::size_t column) {
  Variable found{.slot = 0, .type = {}, .element = {}};
  for (const SingleQuery& part : query.parts) {
    Variable here;
    if (const auto* project = std::get_if<Project>(&part.clauses.back().node)) {
      here.type = project->items[column].expression.type;
      here.element = project->items[column].expression.element;
    } else if (const auto* call = std::get_if<CallProcedure>(&part.clauses.back().node)) {
      here.type = GivenKinds(call->procedure.declaration->outputs[call->yields[column].output]);
    }
    found.type = found.type | here.type;
    found.element = found.element | here.element;
  }
  return found;
}

// Where the text says what column `column` is: its item, or with RETURN * and for a procedure's columns the clause.
Span PlaceOfColumn(const ast::Query& query, std::size_t column) {
  const ast::Clause& last = query.parts.front().clauses.back();
  const auto* ret = std::get_if<ast::Return>(&last.node);
  if (!ret || ret->projection.star) return last.span;
  const ast::ProjectionItem& item = ret->projection.items[column];
  return item.alias ? item.alias->span : item.expression.span;
}

}  // namespace

// ---- Procedures

KnownProcedure Binder::LookupProcedure(const ast::Name& name) const {
  if (auto known = FindProcedure(*procedures_, name.text)) return *std::move(known);
  Fail(ErrorType::kProcedureError, "ProcedureNotFound",
       fmt::format("there is no procedure `{}`{}", name.text, WhatToCall(name.text, *procedures_)), name.span);
}

Expression Binder::BindArgument(const ast::Expression& argument, const ProcedureField& input,
                                const Procedure& procedure) {
  Expression bound = Bind(argument);
  const std::string what = fmt::format("the argument {} of {}", input.name, procedure.name);
  CheckKind(bound, AcceptedKinds(input).Without(Kind::kNull), what);
  if (!input.nullable && bound.type == TypeSet(Kind::kNull)) {
    Fail(ErrorType::kSyntaxError, "InvalidArgumentType", fmt::format("{} cannot be null", what), argument.span);
  }
  return bound;
}

std::vector<Expression> Binder::BindArguments(const ast::CallProcedure& call, const KnownProcedure& procedure,
                                              bool standalone) {
  const Procedure& declaration = *procedure.declaration;
  const std::vector<ProcedureField>& inputs = declaration.inputs;
  const std::size_t least = procedure.inputs_least();
  const std::size_t given = call.arguments ? call.arguments->size() : 0;
  if (call.arguments && (given < least || given > inputs.size())) {
    Fail(ErrorType::kSyntaxError, "InvalidNumberOfArguments",
         fmt::format("{} takes {}, but {} argument(s) are given", declaration.name, ArgumentsOf(procedure), given),
         call.procedure.span);
  }
  const bool from_parameters = !call.arguments && standalone;
  if (!call.arguments && !standalone && least != 0) {
    Fail(ErrorType::kSyntaxError, "InvalidArgumentPassingMode",
         fmt::format("expected the arguments of {} in parentheses ({}): only a CALL that is the whole query may take "
                     "them from parameters of their names",
                     declaration.name, ListOf(inputs)),
         call.procedure.span);
  }
  std::vector<Expression> bound;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (i < given) {
      bound.push_back(BindArgument((*call.arguments)[i], inputs[i], declaration));
    } else if (from_parameters) {
      const bool optional = i >= least;
      bound.push_back(Make(call.procedure.span, TypeSet::Anything(), ParameterRef{inputs[i].name, optional}));
      if (!optional) required_parameters_.push_back({inputs[i].name, call.procedure.span});
    } else {
      bound.push_back(Make(call.procedure.span, Kind::kNull, Constant{}));
    }
  }
  return bound;
}

// A CALL that is the whole query gives every column when it does not say which.
std::vector<YieldedColumn> Binder::BindYields(const ast::CallProcedure& call, const Procedure& procedure,
                                              bool standalone) {
  const std::vector<ProcedureField>& outputs = procedure.outputs;
  std::vector<YieldedColumn> bound;
  const auto yield = [&](std::size_t output, const ast::Name& name) {
    bound.push_back({output, Declare(name, GivenKinds(outputs[output]))});
  };
  if (call.yields.empty()) {
    if (!standalone && !call.yield_nothing) {
      for (const ProcedureField& output : outputs) unyielded_.emplace(output.name, procedure.name);
    }
    if (!standalone || call.yield_nothing) return bound;
    for (std::size_t i = 0; i < outputs.size(); ++i) yield(i, {call.procedure.span, outputs[i].name});
    return bound;
  }
  for (const ast::YieldItem& item : call.yields) {
    const auto output = std::ranges::find(outputs, item.column.text, &ProcedureField::name);
    if (output == outputs.end()) {
      Fail(ErrorType::kSyntaxError, "UndefinedVariable",
           outputs.empty() ? fmt::format("{} gives no columns", procedure.name)
                           : fmt::format("{} has no column `{}`{}; it gives {}", procedure.name, item.column.text,
                                         SuggestionFor(item.column.text, NamesIn(outputs)), ListOf(outputs)),
           item.column.span);
    }
    yield(static_cast<std::size_t>(output - outputs.begin()), item.alias ? *item.alias : item.column);
  }
  return bound;
}

CallProcedure Binder::BindCall(const ast::CallProcedure& call, bool standalone) {
  CallProcedure bound{.span = call.procedure.span, .procedure = LookupProcedure(call.procedure)};
  const Procedure& procedure = *bound.procedure.declaration;
  bound.arguments = BindArguments(call, bound.procedure, standalone);
  bound.yields = BindYields(call, procedure, standalone);
  acts_ = acts_ || bound.yields.empty();
  if (call.where) bound.where = BindPredicate(*call.where);
  return bound;
}

Clause Binder::BindClauseNode(const ast::CallProcedure& call, Span span) { return {span, BindCall(call, false)}; }

SingleQuery Binder::BindStandaloneCall(const ast::Clause& clause, std::vector<std::string>& columns) {
  const auto& call = std::get<ast::CallProcedure>(clause.node);
  SingleQuery bound;
  CallProcedure whole = BindCall(call, true);
  for (std::size_t i = 0; i < whole.yields.size(); ++i) {
    const bool renamed = !call.yields.empty() && call.yields[i].alias;
    columns.push_back(renamed ? call.yields[i].alias->text
                              : whole.procedure.declaration->outputs[whole.yields[i].output].name);
    bound.result.push_back(whole.yields[i].slot);
  }
  bound.clauses.push_back({clause.span, std::move(whole)});
  return bound;
}

// ---- Subqueries

// The variables that CALL (x, y) { } names.
Scope Binder::Imports(const std::vector<ast::Name>& names) const {
  Scope imports;
  for (const ast::Name& name : names) {
    if (imports.emplace(name.text, Lookup(name.text, name.span)).second) continue;
    Fail(ErrorType::kSyntaxError, "VariableAlreadyBound", fmt::format("`{}` is imported twice", name.text), name.span);
  }
  return imports;
}

// Takes in what a first WITH of nothing but variables names; false when `first` is another clause.
bool Binder::ImportVariables(const ast::Clause& first, const Scope& importable) {
  const auto* with = std::get_if<ast::With>(&first.node);
  if (!with || !IsPlain(*with)) return false;
  std::vector<ast::Name> names;
  for (const ast::ProjectionItem& item : with->projection.items) {
    names.push_back({item.expression.span, std::get<ast::Variable>(item.expression.node).name});
  }
  scope_ = importable;
  Scope imports = Imports(names);
  if (with->projection.star) imports.insert(importable.begin(), importable.end());
  scope_ = std::move(imports);
  return true;
}

// A column becomes a variable, so it needs a name that says what it is.
void Binder::CheckColumnsHaveNames(const ast::Query& query) const {
  for (const ast::SingleQuery& part : query.parts) {
    const auto* ret = std::get_if<ast::Return>(&part.clauses.back().node);
    if (!ret) continue;
    for (const ast::ProjectionItem& item : ret->projection.items) {
      if (item.alias || std::holds_alternative<ast::Variable>(item.expression.node)) continue;
      Fail(ErrorType::kSyntaxError, "NoExpressionAlias",
           "what CALL { … } returns becomes a variable: write AS name behind it", item.expression.span);
    }
  }
}

Clause Binder::BindClauseNode(const ast::CallSubquery& call, Span span) {
  CheckColumnsHaveNames(*call.query);
  const bool scoped = call.imports || call.import_star;
  const Scope outer = scope_;
  Scope visible;
  if (call.import_star) visible = outer;
  if (call.imports) visible = Imports(*call.imports);
  scope_ = visible;
  const Scope imported = std::exchange(imported_, std::move(visible));
  const Scope* const outside = std::exchange(outside_, &outer);
  const bool returns_to_call = std::exchange(returns_to_call_, true);
  const bool writes = std::exchange(writes_, false);
  const bool acts = std::exchange(acts_, false);
  CallSubquery bound{.query = Box<Query>(BindQuery(*call.query, scoped ? nullptr : &outer))};
  bound.acts = writes_ || acts_;
  acts_ = bound.acts || acts;
  writes_ = writes_ || writes;
  returns_to_call_ = returns_to_call;
  outside_ = outside;
  imported_ = imported;
  scope_ = outer;
  for (std::size_t i = 0; i < bound.query->columns.size(); ++i) {
    const Variable type = TypeOfColumn(*bound.query, i);
    const ast::Name name{PlaceOfColumn(*call.query, i), bound.query->columns[i]};
    bound.columns.push_back(Declare(name, type.type, type.element));
  }
  return {span, std::move(bound)};
}

}  // namespace plenum::plan
