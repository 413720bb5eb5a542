// Executors that are wrong in one way each: the comparison must find every one of them.
#pragma once

#include <string>
#include <vector>

#include "tests/differential/compare.h"

namespace plenum::tests {

struct PlantedFault {
  std::string name;
  Executor executor;
};

// Each runs `sound`, and does some harm to what it answered or wrote.
std::vector<PlantedFault> PlantedFaults(const Executor& sound);

}  // namespace plenum::tests
