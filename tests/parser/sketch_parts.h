// Small pieces that the drawings of sketch.h are made of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/parser/sketch.h"

namespace plenum::ast {

std::string Sketch(const Assertion& assertion);
std::string Sketch(const ValidFilter& filter);
std::string Sketch(const Citation& citation);

inline const Expression& Unboxed(const Expression& expression) { return expression; }
inline const Expression& Unboxed(const Box<Expression>& expression) { return *expression; }

// `before` and the expression, or nothing when there is none.
template <class E>
std::string Part(const std::string& before, const std::optional<E>& expression) {
  return expression ? before + Sketch(Unboxed(*expression)) : std::string();
}

template <class E>
std::string Or(const std::optional<E>& expression, const std::string& otherwise) {
  return expression ? Sketch(Unboxed(*expression)) : otherwise;
}

template <class T>
std::string Joined(const std::vector<T>& parts, const std::string& separator) {
  std::string out;
  for (const T& part : parts) out += (&part == parts.data() ? "" : separator) + Sketch(part);
  return out;
}

}  // namespace plenum::ast
