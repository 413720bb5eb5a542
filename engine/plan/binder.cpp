// The binder's door, its names and its errors.
#include "engine/plan/binder.h"

#include <fmt/format.h>

#include "engine/plan/binding.h"
#include "engine/plan/near_miss.h"
#include "engine/value/mutant.h"

namespace plenum::plan {

Result<Statement> Bind(const ast::Statement& statement, std::string_view text, const Procedures& procedures) {
  try {
    return Binder(text, procedures).BindStatement(statement);
  } catch (BindError& error) {
    return std::move(error.error);
  }
}

void Binder::Fail(ErrorType type, std::string detail, std::string message, Span span) const {
  throw BindError{Error{.type = type,
                        .detail = std::move(detail),
                        .message = std::move(message),
                        .phase = Phase::kCompile,
                        .place = PlaceIn(text_, span)}};
}

void Binder::NotYet(std::string_view what, Span span) const {
  Fail(ErrorType::kSyntaxError, "NotYetSupported", fmt::format("{} cannot be run yet", what), span);
}

Slot Binder::Declare(const ast::Name& name, TypeSet type, TypeSet element) {
  if (scope_.contains(name.text) && !IsMutant("name-bound-twice")) {
    Fail(ErrorType::kSyntaxError, "VariableAlreadyBound",
         fmt::format("the variable `{}` is already bound here: choose another name", name.text), name.span);
  }
  const Slot slot = NewSlot();
  scope_.emplace(name.text, Variable{slot, type, element});
  return slot;
}

const Variable* Binder::Find(std::string_view name) const {
  const auto found = scope_.find(name);
  return found == scope_.end() ? nullptr : &found->second;
}

const Variable& Binder::Lookup(std::string_view name, Span span) const {
  if (const Variable* variable = Find(name)) {
    if (reads_) reads_->insert(variable->slot);
    return *variable;
  }
  CheckGroupedAway(name, span);
  if (outside_ && outside_->contains(name)) {
    Fail(ErrorType::kSyntaxError, "UndefinedVariable",
         fmt::format("the variable `{0}` stands outside of CALL {{ … }}: import it with CALL ({0}) {{ … }}, or with a "
                     "first WITH of nothing but variables",
                     name),
         span);
  }
  if (const auto column = unyielded_.find(name); column != unyielded_.end()) {
    Fail(ErrorType::kSyntaxError, "UndefinedVariable",
         fmt::format(
             "the variable `{0}` is not defined here: the column of {1} becomes one by YIELD {0} behind its CALL", name,
             column->second),
         span);
  }
  std::vector<std::string_view> names;
  for (const auto& [known, variable] : scope_) names.push_back(known);
  Fail(ErrorType::kSyntaxError, "UndefinedVariable",
       fmt::format("the variable `{}` is not defined here{}", name, SuggestionFor(name, names)), span);
}

void Binder::CheckKind(const Expression& expression, TypeSet accepted, std::string_view what, ErrorType type) const {
  const TypeSet known = expression.type.Without(Value::Kind::kNull);
  if (known.empty() || !(known & accepted).empty()) return;
  Fail(type, "InvalidArgumentType", fmt::format("{} takes {}, but this is {}", what, NamesOf(accepted), NamesOf(known)),
       expression.span);
}

}  // namespace plenum::plan
