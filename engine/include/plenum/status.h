// Errors as values: Error, Status (success or an Error) and Result<T> (a T or an Error).
//
// Every function of Plenum's public interface that can fail returns one of these; no exception crosses a folder's
// border. The names of types, phases and details follow openCypher (SyntaxError at compile time: UndefinedVariable, …),
// so that a program may branch on them; the message is for people. Member names of Result are those of std::expected
// (C++23).
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace plenum {

// A range of bytes in a query's text, end exclusive.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

// What kind of thing went wrong. The first group are openCypher's error types, the second are the database's own.
enum class ErrorType : std::uint8_t {
  kSyntaxError,
  kSemanticError,
  kTypeError,
  kArgumentError,
  kArithmeticError,
  kEntityNotFound,
  kParameterMissing,
  kProcedureError,
  kConstraintVerificationFailed,
  kPropertyNotFound,
  kLabelNotFound,

  kUsageError,         // the caller's request makes no sense here (read-only, closed, a wrong option)
  kNotFound,           // a file, directory or source that is not there
  kDatabaseLocked,     // another process holds the database
  kFormatError,        // not a database, or one of another format version
  kCorruption,         // stored bytes that cannot be what was written
  kIoError,            // the operating system refused
  kCancelled,          // stopped from another thread
  kTimeout,            // ran past its deadline
  kResourceExhausted,  // memory or another limit
};

// "SyntaxError", "TypeError", …: stable, part of the interface.
std::string_view ErrorTypeName(ErrorType type);

// When an error was found: before any data was touched, or while the query ran.
enum class Phase : std::uint8_t { kCompile, kRuntime };

// Where in the query's text. Line and column count from 1; the column counts code points.
struct Place {
  Span span;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct Error {
  ErrorType type = ErrorType::kUsageError;
  std::string detail;   // one word, as openCypher's TCK writes it: "UndefinedVariable"; may be empty for the database's
                        // own types
  std::string message;  // for people: what is wrong, what was expected, what to do
  Phase phase = Phase::kRuntime;
  std::optional<Place> place;  // absent when the error is not about a place in the text
};

// The place of `span` in `text`: line and column of its first byte. Offsets past the end mean the end.
Place PlaceIn(std::string_view text, Span span);

// The error as a person reads it: "TypeError (InvalidArgumentType) at line 1, column 8: message", then, where it has a
// place, the line of `text` and a caret under the span. Ends without a line break.
std::string Describe(const Error& error, std::string_view text = {});

// What a program may want to know of a statement that did run: most likely a mistake, but none of the language.
struct Notification {
  std::string code;     // one word that stays the same between versions: "UnknownLabel"
  std::string message;  // for people, as an error's
  Place place;
};

// The notification as a person reads it, laid out like an error: "Warning (UnknownLabel) at line 1, column 10: …".
std::string Describe(const Notification& notification, std::string_view text = {});

// Success, or an Error. Cheap to pass by value: one pointer, null on success.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::make_unique<Error>(std::move(error))) {}
  Status(Status&&) noexcept = default;
  Status& operator=(Status&&) noexcept = default;

  bool ok() const { return error_ == nullptr; }
  explicit operator bool() const { return ok(); }
  const Error& error() const& { return assert(error_), *error_; }
  Error&& error() && { return assert(error_), std::move(*error_); }

 private:
  std::unique_ptr<Error> error_;
};

// A T, or an Error.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return assert(has_value()), std::get<0>(state_); }
  const T& value() const& { return assert(has_value()), std::get<0>(state_); }
  T&& value() && { return assert(has_value()), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const& { return assert(!has_value()), std::get<1>(state_); }
  Error&& error() && { return assert(!has_value()), std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace plenum
