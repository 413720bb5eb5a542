// The functions of the language by name: arity and types, for the binder; what they do is in execution.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/plan/types.h"

namespace plenum::plan {

// One enumerator a function, in the order of the table in functions.cpp.
enum class Function : std::uint16_t {
  // of graph elements: these need the graph
  kId,
  kElementId,
  kLabels,
  kType,
  kProperties,
  kKeys,
  kStartNode,
  kEndNode,
  kNodes,
  kRelationships,
  kLength,
  kValidity,
  kCitations,
  kCertainly,
  kPossibly,
  kOverlap,
  kGap,
  kDays,
  kExists,
  // of values alone: see execution/functions.h
  kSize,
  kHead,
  kLast,
  kTail,
  kReverse,
  kRange,
  kCoalesce,
  kToBoolean,
  kToBooleanOrNull,
  kToInteger,
  kToIntegerOrNull,
  kToFloat,
  kToFloatOrNull,
  kToString,
  kToStringOrNull,
  kToUpper,
  kToLower,
  kTrim,
  kLTrim,
  kRTrim,
  kReplace,
  kSplit,
  kSubstring,
  kLeft,
  kRight,
  kCharLength,
  kIsEmpty,
  kIsNaN,
  kAbs,
  kCeil,
  kFloor,
  kRound,
  kSign,
  kSqrt,
  kExp,
  kLog,
  kLog10,
  kPi,
  kE,
  kRand,
  kSin,
  kCos,
  kTan,
  kCot,
  kAsin,
  kAcos,
  kAtan,
  kAtan2,
  kHaversin,
  kDegrees,
  kRadians,
  kTimestamp,
  kRandomUuid,
  kValueType,
  kDate,
  kPartialDate,
};

inline constexpr std::uint8_t kAnyNumber = 255;

struct FunctionSignature {
  std::string_view name;  // as documentation writes it; names compare without case
  Function function{};
  std::uint8_t arguments_min = 0;
  std::uint8_t arguments_max = 0;        // kAnyNumber: as many as one likes
  std::vector<TypeSet> arguments;        // accepted kinds by position (null is always accepted); the last one repeats
  TypeSet result = TypeSet::Anything();  // with null, unless no call gives null
  bool constant = true;                  // the same arguments give the same value: not rand, nor date without any
};

// The signature of a function, or null. Compared without case.
const FunctionSignature* FindFunction(std::string_view name);

// The signature of a function that is known already.
const FunctionSignature& SignatureOf(Function function);

// Names of all functions, sorted, for completion and near-miss suggestions; other spellings and aggregates included.
const std::vector<std::string_view>& FunctionNames();

// Aggregates: count, sum, avg, min, max, collect, stDev, stDevP, percentileDisc, percentileCont.
enum class Aggregate : std::uint8_t {
  kCount,
  kCountStar,
  kSum,
  kAverage,
  kMin,
  kMax,
  kCollect,
  kStandardDeviation,
  kStandardDeviationP,
  kPercentileDisc,
  kPercentileCont
};
struct AggregateSignature {
  std::string_view name;
  Aggregate aggregate{};
  std::uint8_t arguments = 1;
  TypeSet argument = TypeSet::Anything();  // accepted kinds (null is always accepted), the percentile's second one too
  TypeSet result = TypeSet::Anything();
};

// The signature of an aggregate, or null. Compared without case; count(*) is found as "count" and told by its star.
const AggregateSignature* FindAggregate(std::string_view name);

// The name of an aggregate that is known already; that of count(*) is count.
std::string_view NameOf(Aggregate aggregate);

}  // namespace plenum::plan
