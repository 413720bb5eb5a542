// Functions and operators on values alone (no graph): what `toUpper('a')`, `1 + 2` and `[1, 2][0]` give.
//
// All are pure but for rand, randomUUID, timestamp and date() of today. They raise EvaluationError. Nulls follow
// openCypher: a null argument gives null unless a function says otherwise.
#pragma once

#include <optional>
#include <span>

#include "engine/plan/functions.h"
#include "plenum/value.h"

namespace plenum::execution {

// Functions from kSize on in plan::Function.
Value CallValueFunction(plan::Function function, std::span<const Value> arguments);

// + of numbers, strings (with a number too), lists (with an element too), dates and so on, as openCypher 9 has it.
Value Add(const Value& a, const Value& b);
Value Subtract(const Value& a, const Value& b);
Value Multiply(const Value& a, const Value& b);
Value Divide(const Value& a, const Value& b);
Value Modulo(const Value& a, const Value& b);
Value Power(const Value& a, const Value& b);
Value Negate(const Value& a);

// Three-valued logic; an absent value is null.
Value FromTruth(std::optional<bool> truth);
std::optional<bool> ToTruth(const Value& value);  // raises TypeError InvalidArgumentType unless boolean or null
std::optional<bool> And(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> Or(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> Xor(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> Not(std::optional<bool> a);

Value StartsWith(const Value& text, const Value& prefix);  // null unless both are strings; likewise the next two
Value EndsWith(const Value& text, const Value& suffix);
Value Contains(const Value& text, const Value& part);
Value Matches(const Value& text, const Value& pattern);  // =~: the whole text, in linear time (RE2)
Value In(const Value& element, const Value& list);

Value ElementAt(const Value& object, const Value& index);  // list[i], map['key']
// list[first..end]; an absent bound is the list's own, a null bound gives null.
Value SliceOf(const Value& list, const std::optional<Value>& first, const std::optional<Value>& end);
Value ComponentOf(const Value& object, std::string_view key);  // map.key, date.year, interval.from, …; null gives null

}  // namespace plenum::execution
