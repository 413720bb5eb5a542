// Random choices, the same for the same seed on every machine and library.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <random>
#include <string>

namespace plenum::tests {

// One way to go on, and how often it is taken in comparison with the others.
struct Alternative {
  unsigned weight;
  std::function<std::string()> make;
};

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : random_(seed) {}

  std::size_t Below(std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>(random_() % count); }
  std::size_t Between(std::size_t least, std::size_t most) { return least + Below(most - least + 1); }
  bool Percent(unsigned share) { return random_() % 100 < share; }

  template <class Container>
  const auto& OneOf(const Container& values) {
    return *(std::begin(values) + static_cast<std::ptrdiff_t>(Below(std::size(values))));
  }
  template <class T>
  T OneOf(std::initializer_list<T> values) {
    return values.begin()[Below(values.size())];
  }

  // The place of one of the weights; one of them at least is not 0.
  std::size_t Weighted(std::initializer_list<unsigned> weights) {
    return Place(weights, [](unsigned w) { return w; });
  }
  std::string Pick(std::initializer_list<Alternative> alternatives) {
    return alternatives.begin()[Place(alternatives, [](const Alternative& one) { return one.weight; })].make();
  }

 private:
  template <class Container, class Weight>
  std::size_t Place(const Container& all, Weight weight) {
    std::size_t sum = 0;
    for (const auto& one : all) sum += weight(one);
    assert(sum != 0);
    std::size_t left = Below(sum);
    std::size_t place = 0;
    for (const auto& one : all) {
      if (left < weight(one)) return place;
      left -= weight(one);
      ++place;
    }
    return 0;
  }

  std::mt19937_64 random_;
};

}  // namespace plenum::tests
