// Sameness of syntax trees: the same nodes with the same contents, wherever in a text they stood.
//
// Compares every member of every node but the spans. It finds the members by itself: a node that gets another member
// needs no line here.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "parser/ast.h"

namespace plenum::ast {

// Stands for a value of any type, so that a node's members can be counted by how many it can be made of.
struct AnyMember {
  template <class T>
  operator T() const {
    throw *this;
  }
};

template <class Node, class... Members>
constexpr std::size_t CountMembers() {
  if constexpr (requires { Node{Members{}..., AnyMember{}}; }) {
    return CountMembers<Node, Members..., AnyMember>();
  } else {
    return sizeof...(Members);
  }
}

// References to the members of a node, in order. A wrong count does not compile.
template <class Node>
auto MembersOf(const Node& node) {
  constexpr std::size_t kCount = CountMembers<Node>();
  static_assert(kCount <= 10, "a node with more members needs another case here");
  if constexpr (kCount == 0) {
    return std::tuple<>();
  } else if constexpr (kCount == 1) {
    const auto& [a] = node;
    return std::tie(a);
  } else if constexpr (kCount == 2) {
    const auto& [a, b] = node;
    return std::tie(a, b);
  } else if constexpr (kCount == 3) {
    const auto& [a, b, c] = node;
    return std::tie(a, b, c);
  } else if constexpr (kCount == 4) {
    const auto& [a, b, c, d] = node;
    return std::tie(a, b, c, d);
  } else if constexpr (kCount == 5) {
    const auto& [a, b, c, d, e] = node;
    return std::tie(a, b, c, d, e);
  } else if constexpr (kCount == 6) {
    const auto& [a, b, c, d, e, f] = node;
    return std::tie(a, b, c, d, e, f);
  } else if constexpr (kCount == 7) {
    const auto& [a, b, c, d, e, f, g] = node;
    return std::tie(a, b, c, d, e, f, g);
  } else if constexpr (kCount == 8) {
    const auto& [a, b, c, d, e, f, g, h] = node;
    return std::tie(a, b, c, d, e, f, g, h);
  } else if constexpr (kCount == 9) {
    const auto& [a, b, c, d, e, f, g, h, i] = node;
    return std::tie(a, b, c, d, e, f, g, h, i);
  } else {
    const auto& [a, b, c, d, e, f, g, h, i, j] = node;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
  }
}

class SameTree {
 public:
  template <class T>
  bool operator()(const T& a, const T& b) const {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::string>) {
      return a == b;
    } else {
      return AllSame(MembersOf(a), MembersOf(b));
    }
  }
  bool operator()(const Span&, const Span&) const { return true; }
  template <class T>
  bool operator()(const Box<T>& a, const Box<T>& b) const {
    return (*this)(*a, *b);
  }
  template <class T>
  bool operator()(const std::optional<T>& a, const std::optional<T>& b) const {
    return a.has_value() == b.has_value() && (!a || (*this)(*a, *b));
  }
  template <class T>
  bool operator()(const std::vector<T>& a, const std::vector<T>& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), *this);
  }
  template <class... Kinds>
  bool operator()(const std::variant<Kinds...>& a, const std::variant<Kinds...>& b) const {
    return a.index() == b.index() &&
           std::visit([&](const auto& kind) { return (*this)(kind, *std::get_if<std::decay_t<decltype(kind)>>(&b)); },
                      a);
  }

 private:
  template <class... Members>
  bool AllSame(const std::tuple<const Members&...>& a, const std::tuple<const Members&...>& b) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return ((*this)(std::get<I>(a), std::get<I>(b)) && ...); }
    (std::index_sequence_for<Members...>());
  }
};

// Whether two trees are the same but for their spans.
template <class Node>
bool Equal(const Node& a, const Node& b) {
  return SameTree{}(a, b);
}

}  // namespace plenum::ast
