// How evaluation fails inside this folder: by exception, caught at its door (execute.h), so that the code that computes
// reads as what it computes. No exception leaves the folder.
#pragma once

#include <string>
#include <utility>

#include "plenum/status.h"

namespace plenum::execution {

struct EvaluationError {
  Error error;
};

[[noreturn]] inline void Raise(ErrorType type, std::string detail, std::string message) {
  throw EvaluationError{Error{.type = type, .detail = std::move(detail), .message = std::move(message), .place = {}}};
}

// What `work` gives. An error in it that has no place yet is at `span`: so the innermost place stays.
template <class Work>
decltype(auto) AtSpan(Span span, Work work) {
  try {
    return work();
  } catch (EvaluationError& error) {
    if (!error.error.place) error.error.place = Place{.span = span};
    throw;
  }
}

// The value of a result, or its error raised.
template <class T>
T Take(Result<T> result) {
  if (!result) throw EvaluationError{std::move(result).error()};
  return std::move(result).value();
}
inline void Take(Status status) {
  if (!status.ok()) throw EvaluationError{std::move(status).error()};
}

}  // namespace plenum::execution
