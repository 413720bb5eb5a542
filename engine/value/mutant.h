// Mutants: faults planted on purpose, to see whether the tests catch them (mutation testing: DeMillo, Lipton and
// Sayward 1978). They are built only where PLENUM_MUTANTS is defined, and the environment variable PLENUM_MUTANT names
// the one that is alive; in every other build the tests of a mutant are constants, and nothing of it is left.
// `./dev mutants` runs the tests against each.
#pragma once

#include <string_view>

#ifdef PLENUM_MUTANTS
#include <cstdlib>
#endif

namespace plenum {

#ifdef PLENUM_MUTANTS
inline bool IsMutant(std::string_view name) {
  static const char* const alive = std::getenv("PLENUM_MUTANT");
  return alive && name == alive;
}
#else
constexpr bool IsMutant(std::string_view) { return false; }
#endif

}  // namespace plenum
