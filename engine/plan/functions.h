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

struct FunctionSignature {
  std::string_view name;  // as documentation writes it; names compare without case
  Function function{};
  std::uint8_t arguments_min = 0;
  std::uint8_t arguments_max = 0;  // 255: any number
  std::vector<TypeSet> arguments;  // accepted kinds by position (null is always accepted); the last one repeats
  TypeSet result = TypeSet::Anything();
  bool constant = true;  // the same arguments give the same value (not rand)
};

// The signature of a function, or null. Compared without case.
const FunctionSignature* FindFunction(std::string_view name);

// Names of all functions, for completion and near-miss suggestions, aggregates included.
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
  TypeSet argument = TypeSet::Anything();
};
const AggregateSignature* FindAggregate(std::string_view name);

}  // namespace plenum::plan
