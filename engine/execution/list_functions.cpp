// Functions on lists; size, reverse and isEmpty take strings too.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"
#include "engine/value/utf8.h"

namespace plenum::execution::functions {
namespace {

using Kind = Value::Kind;

std::string ReversedText(std::string_view text) {
  std::string reversed(text.size(), '\0');
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t length = CodePointLength(text, begin);
    text.copy(&reversed[text.size() - begin - length], length, begin);
    begin += length;
  }
  return reversed;
}

// openCypher checks range's arguments while the query runs, and calls it an ArgumentError.
std::int64_t RangeArgument(const Value& argument, std::string_view what) {
  if (argument.kind() == Kind::kInteger) return argument.integer();
  Raise(ErrorType::kArgumentError, "InvalidArgumentType",
        "range() takes an Integer as its " + std::string(what) + ", not " + Described(argument));
}

}  // namespace

Value Size(Arguments arguments) {
  const Value& object = arguments[0];
  if (object.kind() == Kind::kList) return static_cast<std::int64_t>(object.list().size());
  return static_cast<std::int64_t>(CountCodePoints(object.string()));
}

Value Head(Arguments arguments) {
  const List& list = arguments[0].list();
  return list.empty() ? Value() : list.front();
}

Value Last(Arguments arguments) {
  const List& list = arguments[0].list();
  return list.empty() ? Value() : list.back();
}

Value Tail(Arguments arguments) {
  const List& list = arguments[0].list();
  return list.empty() ? Value(List{}) : Value(List(list.begin() + 1, list.end()));
}

Value Reverse(Arguments arguments) {
  const Value& object = arguments[0];
  if (object.kind() == Kind::kString) return ReversedText(object.string());
  return List(object.list().rbegin(), object.list().rend());
}

Value Range(Arguments arguments) {
  const std::int64_t first = RangeArgument(arguments[0], "start");
  const std::int64_t last = RangeArgument(arguments[1], "end");
  const std::int64_t step = arguments.size() > 2 ? RangeArgument(arguments[2], "step") : 1;
  if (step == 0) RaiseOutOfRange("range() takes any step but 0");
  if (step > 0 ? first > last : first < last) return List{};

  // Unsigned, where neither the distance nor the step's size can overflow.
  const auto from = static_cast<std::uint64_t>(first);
  const auto to = static_cast<std::uint64_t>(last);
  const auto stride = static_cast<std::uint64_t>(step);
  const std::uint64_t steps = step > 0 ? (to - from) / stride : (from - to) / (0 - stride);
  CheckListSize(std::max(steps, steps + 1));  // steps + 1 is 0 for all the integers there are
  List list;
  list.reserve(steps + 1);
  for (std::uint64_t i = 0; i <= steps; ++i) list.emplace_back(static_cast<std::int64_t>(from + i * stride));
  return list;
}

Value IsEmpty(Arguments arguments) {
  const Value& object = arguments[0];
  switch (object.kind()) {
    case Kind::kString:
      return object.string().empty();
    case Kind::kList:
      return object.list().empty();
    default:
      return object.map().empty();
  }
}

}  // namespace plenum::execution::functions
