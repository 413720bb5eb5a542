// The functions behind CallValueFunction, one a name of the language. Private to this folder.
//
// CallValueFunction has checked the number of arguments and their kinds against the signature, and has answered null
// where an argument is null; only functions that its table marks as taking nulls see them. They raise EvaluationError.
#pragma once

#include <cstdint>
#include <span>

#include "plenum/value.h"

namespace plenum::execution::functions {

using Arguments = std::span<const Value>;

// list_functions.cpp
Value Size(Arguments arguments);  // of a list, or the code points of a string
Value Head(Arguments arguments);
Value Last(Arguments arguments);
Value Tail(Arguments arguments);
Value Reverse(Arguments arguments);
Value Range(Arguments arguments);
Value IsEmpty(Arguments arguments);

// conversion_functions.cpp
Value Coalesce(Arguments arguments);
Value ToBoolean(Arguments arguments);
Value ToBooleanOrNull(Arguments arguments);
Value ToInteger(Arguments arguments);
Value ToIntegerOrNull(Arguments arguments);
Value ToFloat(Arguments arguments);
Value ToFloatOrNull(Arguments arguments);
Value ToString(Arguments arguments);
Value ToStringOrNull(Arguments arguments);
Value ValueType(Arguments arguments);

// string_functions.cpp
Value ToUpper(Arguments arguments);
Value ToLower(Arguments arguments);
Value Trim(Arguments arguments);
Value LTrim(Arguments arguments);
Value RTrim(Arguments arguments);
Value Replace(Arguments arguments);
Value Split(Arguments arguments);
Value Substring(Arguments arguments);
Value Left(Arguments arguments);
Value Right(Arguments arguments);

// math_functions.cpp
Value IsNaN(Arguments arguments);
Value Abs(Arguments arguments);
Value Ceil(Arguments arguments);
Value Floor(Arguments arguments);
Value Sign(Arguments arguments);
Value Sqrt(Arguments arguments);
Value Exp(Arguments arguments);
Value Log(Arguments arguments);
Value Log10(Arguments arguments);
Value Pi(Arguments arguments);
Value E(Arguments arguments);
Value Sin(Arguments arguments);
Value Cos(Arguments arguments);
Value Tan(Arguments arguments);
Value Cot(Arguments arguments);
Value Asin(Arguments arguments);
Value Acos(Arguments arguments);
Value Atan(Arguments arguments);
Value Atan2(Arguments arguments);
Value Haversin(Arguments arguments);
Value Degrees(Arguments arguments);
Value Radians(Arguments arguments);

// rounding.cpp
Value Round(Arguments arguments);

// random_functions.cpp
Value Rand(Arguments arguments);
Value RandomUuid(Arguments arguments);

// date_functions.cpp
Value Timestamp(Arguments arguments);  // milliseconds since 1970-01-01T00:00Z
Value DateOf(Arguments arguments);     // date()
Value PartialDateOf(Arguments arguments);

}  // namespace plenum::execution::functions
