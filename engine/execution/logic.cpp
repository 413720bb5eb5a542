// Three-valued logic, and IN, which is an OR of comparisons.
#include "engine/execution/functions.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

using Kind = Value::Kind;

Value FromTruth(std::optional<bool> truth) { return truth ? Value(*truth) : Value(); }

std::optional<bool> ToTruth(const Value& value) {
  if (value.is_null()) return {};
  if (value.kind() == Kind::kBoolean) return value.boolean();
  RaiseInvalidType("a Boolean was expected, not " + Described(value));
}

std::optional<bool> And(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || (b == false && !IsMutant("null-and-false"))) return false;
  if (!a || !b) return {};
  return true;
}

std::optional<bool> Or(std::optional<bool> a, std::optional<bool> b) {
  if (a == true || (b == true && !IsMutant("null-or-true"))) return true;
  if (!a || !b) return {};
  return false;
}

std::optional<bool> Xor(std::optional<bool> a, std::optional<bool> b) {
  if (!a || !b) return {};
  return *a != *b;
}

std::optional<bool> Not(std::optional<bool> a) {
  if (!a) return IsMutant("not-null") ? std::optional(true) : std::nullopt;
  return !*a;
}

Value In(const Value& element, const Value& list) {
  if (list.is_null()) return {};
  if (list.kind() != Kind::kList) RaiseInvalidType("IN takes a List on its right, not " + Described(list));
  bool unknown = false;
  for (const Value& other : list.list()) {
    const std::optional<bool> equal = Equal(element, other);
    if (equal == true) return true;
    unknown = unknown || !equal;
  }
  return unknown && !IsMutant("in-null-false") ? Value() : Value(false);
}

}  // namespace plenum::execution
