// The table of functions and aggregates.
//
// Accepted kinds are what openCypher 9 accepts. Functions that openCypher checks only while a query runs (the
// conversions, range) accept anything here and check for themselves; so do those that take every kind.
#include "engine/plan/functions.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <unordered_map>

namespace plenum::plan {
namespace {

using Kind = Value::Kind;
using Accepted = std::vector<TypeSet>;

constexpr TypeSet kAnything = TypeSet::Anything();
constexpr TypeSet kNull = Kind::kNull;
constexpr TypeSet kBoolean = Kind::kBoolean;
constexpr TypeSet kInteger = Kind::kInteger;
constexpr TypeSet kFloat = Kind::kFloat;
constexpr TypeSet kNumber = kInteger | kFloat;
constexpr TypeSet kString = Kind::kString;
constexpr TypeSet kList = Kind::kList;
constexpr TypeSet kMap = Kind::kMap;
constexpr TypeSet kNode = Kind::kNode;
constexpr TypeSet kRelationship = Kind::kRelationship;
constexpr TypeSet kElement = kNode | kRelationship;
constexpr TypeSet kPath = Kind::kPath;
constexpr TypeSet kDate = Kind::kDate;
constexpr TypeSet kWhen = kDate | Kind::kPartialDate | kString;
constexpr TypeSet kInterval = Kind::kInterval;

// A function of a fixed number of arguments, null when one of them is.
FunctionSignature Row(std::string_view name, Function function, Accepted accepted, TypeSet result) {
  const auto count = static_cast<std::uint8_t>(accepted.size());
  return {name, function, count, count, std::move(accepted), result | kNull};
}

// Likewise, with arguments that may be left out at the end; `max` may be more than `accepted` names.
FunctionSignature Optional(std::string_view name, Function function, std::uint8_t min, std::uint8_t max,
                           Accepted accepted, TypeSet result) {
  return {name, function, min, max, std::move(accepted), result | kNull};
}

// Never null.
FunctionSignature Always(std::string_view name, Function function, Accepted accepted, TypeSet result) {
  const auto count = static_cast<std::uint8_t>(accepted.size());
  return {name, function, count, count, std::move(accepted), result};
}

FunctionSignature Inconstant(FunctionSignature signature) {
  signature.constant = false;
  return signature;
}

std::vector<FunctionSignature> GraphFunctions() {
  using enum Function;
  const TypeSet dated = kElement | kInterval;
  return {
      Row("id", kId, {kElement}, kInteger),
      Row("elementId", kElementId, {kElement}, kString),
      Row("labels", kLabels, {kNode}, kList),
      Row("type", kType, {kRelationship}, kString),
      Row("properties", kProperties, {kElement | kMap}, kMap),
      Row("keys", kKeys, {kElement | kMap}, kList),
      Row("startNode", kStartNode, {kRelationship}, kNode),
      Row("endNode", kEndNode, {kRelationship}, kNode),
      Row("nodes", kNodes, {kPath}, kList),
      Row("relationships", kRelationships, {kPath}, kList),
      Row("length", kLength, {kPath}, kInteger),
      Row("validity", kValidity, {kElement}, kInterval),
      Optional("citations", kCitations, 1, 2, {kElement, kString}, kList),
      Row("certainly", kCertainly, {dated, kWhen}, kBoolean),
      Row("possibly", kPossibly, {dated, kWhen}, kBoolean),
      Optional("overlap", kOverlap, 1, kAnyNumber, {dated | kPath}, kInterval),
      Row("gap", kGap, {dated, dated}, kInteger),
      Row("days", kDays, {kInterval}, kInteger),
      Always("exists", kExists, {kAnything}, kBoolean),
  };
}

std::vector<FunctionSignature> ListAndTextFunctions() {
  using enum Function;
  return {
      Row("size", kSize, {kString | kList}, kInteger),
      Row("head", kHead, {kList}, kAnything),
      Row("last", kLast, {kList}, kAnything),
      Row("tail", kTail, {kList}, kList),
      Row("reverse", kReverse, {kString | kList}, kString | kList),
      Optional("range", kRange, 2, 3, {kAnything}, kList),
      Optional("coalesce", kCoalesce, 1, kAnyNumber, {kAnything}, kAnything),
      Row("toBoolean", kToBoolean, {kAnything}, kBoolean),
      Row("toBooleanOrNull", kToBooleanOrNull, {kAnything}, kBoolean),
      Row("toInteger", kToInteger, {kAnything}, kInteger),
      Row("toIntegerOrNull", kToIntegerOrNull, {kAnything}, kInteger),
      Row("toFloat", kToFloat, {kAnything}, kFloat),
      Row("toFloatOrNull", kToFloatOrNull, {kAnything}, kFloat),
      Row("toString", kToString, {kAnything}, kString),
      Row("toStringOrNull", kToStringOrNull, {kAnything}, kString),
      Row("toUpper", kToUpper, {kString}, kString),
      Row("toLower", kToLower, {kString}, kString),
      Optional("trim", kTrim, 1, 2, {kString}, kString),
      Optional("lTrim", kLTrim, 1, 2, {kString}, kString),
      Optional("rTrim", kRTrim, 1, 2, {kString}, kString),
      Row("replace", kReplace, {kString, kString, kString}, kString),
      Row("split", kSplit, {kString, kString | kList}, kList),
      Optional("substring", kSubstring, 2, 3, {kString, kInteger}, kString),
      Row("left", kLeft, {kString, kInteger}, kString),
      Row("right", kRight, {kString, kInteger}, kString),
      Row("char_length", kCharLength, {kString}, kInteger),
      Row("isEmpty", kIsEmpty, {kString | kList | kMap}, kBoolean),
  };
}

std::vector<FunctionSignature> MathFunctions() {
  using enum Function;
  return {
      Row("isNaN", kIsNaN, {kNumber}, kBoolean),
      Row("abs", kAbs, {kNumber}, kNumber),
      Row("ceil", kCeil, {kNumber}, kFloat),
      Row("floor", kFloor, {kNumber}, kFloat),
      Optional("round", kRound, 1, 3, {kNumber, kInteger, kString}, kFloat),
      Row("sign", kSign, {kNumber}, kInteger),
      Row("sqrt", kSqrt, {kNumber}, kFloat),
      Row("exp", kExp, {kNumber}, kFloat),
      Row("log", kLog, {kNumber}, kFloat),
      Row("log10", kLog10, {kNumber}, kFloat),
      Always("pi", kPi, {}, kFloat),
      Always("e", kE, {}, kFloat),
      Inconstant(Always("rand", kRand, {}, kFloat)),
      Row("sin", kSin, {kNumber}, kFloat),
      Row("cos", kCos, {kNumber}, kFloat),
      Row("tan", kTan, {kNumber}, kFloat),
      Row("cot", kCot, {kNumber}, kFloat),
      Row("asin", kAsin, {kNumber}, kFloat),
      Row("acos", kAcos, {kNumber}, kFloat),
      Row("atan", kAtan, {kNumber}, kFloat),
      Row("atan2", kAtan2, {kNumber, kNumber}, kFloat),
      Row("haversin", kHaversin, {kNumber}, kFloat),
      Row("degrees", kDegrees, {kNumber}, kFloat),
      Row("radians", kRadians, {kNumber}, kFloat),
  };
}

std::vector<FunctionSignature> TimeAndTypeFunctions() {
  using enum Function;
  return {
      Inconstant(Always("timestamp", kTimestamp, {}, kInteger)),
      Inconstant(Always("randomUUID", kRandomUuid, {}, kString)),
      Always("valueType", kValueType, {kAnything}, kString),
      Optional("date", kDate, 0, 1, {kString | kMap | TypeSet(Kind::kDate)}, Kind::kDate),
      Row("partialDate", kPartialDate, {kWhen}, Kind::kPartialDate),
  };
}

const std::vector<FunctionSignature>& Signatures() {
  static const std::vector<FunctionSignature> signatures = [] {
    std::vector<FunctionSignature> all;
    for (auto group : {GraphFunctions, ListAndTextFunctions, MathFunctions, TimeAndTypeFunctions}) {
      for (auto& signature : group()) all.push_back(std::move(signature));
    }
    for (std::size_t i = 0; i < all.size(); ++i) assert(static_cast<std::size_t>(all[i].function) == i);
    return all;
  }();
  return signatures;
}

// Other spellings of the same functions, as GQL and openCypher's dialects have them.
struct Spelling {
  std::string_view name;
  Function function;
};
constexpr std::array<Spelling, 8> kSpellings = {{
    {"btrim", Function::kTrim},
    {"ceiling", Function::kCeil},
    {"character_length", Function::kCharLength},
    {"element_id", Function::kElementId},
    {"ln", Function::kLog},
    {"lower", Function::kToLower},
    {"path_length", Function::kLength},
    {"upper", Function::kToUpper},
}};

constexpr std::array<AggregateSignature, 10> kAggregates = {{
    {"count", Aggregate::kCount, 1, kAnything, kInteger},
    {"sum", Aggregate::kSum, 1, kNumber, kNumber},
    {"avg", Aggregate::kAverage, 1, kNumber, kFloat | kNull},
    {"min", Aggregate::kMin, 1, kAnything, kAnything},
    {"max", Aggregate::kMax, 1, kAnything, kAnything},
    {"collect", Aggregate::kCollect, 1, kAnything, kList},
    {"stDev", Aggregate::kStandardDeviation, 1, kNumber, kFloat},
    {"stDevP", Aggregate::kStandardDeviationP, 1, kNumber, kFloat},
    {"percentileDisc", Aggregate::kPercentileDisc, 2, kNumber, kNumber | kNull},
    {"percentileCont", Aggregate::kPercentileCont, 2, kNumber, kFloat | kNull},
}};

// Names are ASCII, so that their case needs no Unicode tables.
std::string Folded(std::string_view name) {
  std::string folded(name);
  for (char& letter : folded) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return folded;
}

}  // namespace

const FunctionSignature* FindFunction(std::string_view name) {
  static const std::unordered_map<std::string, const FunctionSignature*> by_name = [] {
    std::unordered_map<std::string, const FunctionSignature*> map;
    for (const auto& signature : Signatures()) map.emplace(Folded(signature.name), &signature);
    for (const auto& [spelling, function] : kSpellings) map.emplace(spelling, &SignatureOf(function));
    return map;
  }();
  const auto found = by_name.find(Folded(name));
  return found == by_name.end() ? nullptr : found->second;
}

const FunctionSignature& SignatureOf(Function function) { return Signatures()[static_cast<std::size_t>(function)]; }

const std::vector<std::string_view>& FunctionNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const auto& signature : Signatures()) all.push_back(signature.name);
    for (const auto& spelling : kSpellings) all.push_back(spelling.name);
    for (const auto& signature : kAggregates) all.push_back(signature.name);
    std::ranges::sort(all);
    return all;
  }();
  return names;
}

const AggregateSignature* FindAggregate(std::string_view name) {
  const std::string folded = Folded(name);
  const auto* found =
      std::ranges::find_if(kAggregates, [&](const auto& signature) { return Folded(signature.name) == folded; });
  return found == kAggregates.end() ? nullptr : found;
}

std::string_view NameOf(Aggregate aggregate) {
  if (aggregate == Aggregate::kCountStar) aggregate = Aggregate::kCount;
  return std::ranges::find(kAggregates, aggregate, &AggregateSignature::aggregate)->name;
}

}  // namespace plenum::plan
