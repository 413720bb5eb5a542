// Executors that are wrong in one way each: the comparison must find every one of them.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "tests/differential/compare.h"

namespace plenum::tests {

struct PlantedFault {
  std::string name;
  Executor executor;

  friend void PrintTo(const PlantedFault& fault, std::ostream* out) { *out << fault.name; }  // in names of tests
};

// Each runs `sound`, and does some harm to what it is asked, or to what it answered or wrote.
std::vector<PlantedFault> PlantedFaults(const Executor& sound);

}  // namespace plenum::tests
