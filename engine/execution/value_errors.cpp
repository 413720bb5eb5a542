// The errors that operators and functions on values have in common.
#include "engine/execution/value_errors.h"

#include <utility>

#include "engine/execution/evaluation_error.h"

namespace plenum::execution {

// Cut between code points: a message is UTF-8 too.
std::string Shortened(std::string text) {
  constexpr std::size_t kShownBytesMax = 60;
  if (text.size() <= kShownBytesMax) return text;
  std::size_t end = kShownBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text + "…";
}

void CheckListSize(std::size_t elements) {
  if (elements <= kListElementsMax) return;
  Raise(ErrorType::kResourceExhausted, "ListTooLong",
        "a list of " + std::to_string(elements) + " elements is longer than the limit of " +
            std::to_string(kListElementsMax) + "; UNWIND smaller lists instead");
}

void CheckTextSize(std::size_t bytes) {
  if (bytes <= kTextBytesMax) return;
  Raise(ErrorType::kResourceExhausted, "StringTooLong",
        "a String of " + std::to_string(bytes) + " bytes is longer than the limit of " + std::to_string(kTextBytesMax));
}

Value CheckNesting(Value value) {
  if (value.nesting() <= kValueNestingMax) return value;
  Raise(ErrorType::kResourceExhausted, "NestingTooDeep",
        "lists and maps may be nested " + std::to_string(kValueNestingMax) + " deep, no deeper");
}

std::string Described(const Value& value) {
  if (value.is_null()) return "null";
  return std::string(KindName(value.kind())) + " " + Shortened(ToText(value));
}

void RaiseInvalidType(std::string message) { Raise(ErrorType::kTypeError, "InvalidArgumentType", std::move(message)); }

void RaiseOutOfRange(std::string message) { Raise(ErrorType::kArgumentError, "NumberOutOfRange", std::move(message)); }

void RaiseOverflow(std::string_view what, std::string_view advice) {
  Raise(ErrorType::kArithmeticError, "IntegerOverflow",
        std::string(what) + " does not fit in a 64-bit integer; " + std::string(advice));
}

}  // namespace plenum::execution
