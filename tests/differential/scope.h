// The variables that may stand at a place of a random statement, and what they hold.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace plenum::tests {

enum class Kind : std::uint8_t {
  kNode,
  kRelationship,
  kNodes,  // lists in the order of a path
  kRelationships,
  kPath,
  kChosenPath,  // any of several: only its length is determined
  kInteger,
  kNumber,
  kString,
  kBoolean,
  kValue,     // what a property may hold
  kSomeOf,    // a value up to what is one in DISTINCT: may be 1 or 1.0
  kIntegers,  // a list of integers
  kMap,
  kBag,  // a list in any order, of values as in kSomeOf
};

struct Variable {
  std::string name;
  Kind kind;
  bool may_be_null = false;  // though it is an element
};

// What is left of a kind where one of several equal values is taken, as in DISTINCT and in groups.
Kind OneOfEqual(Kind kind);
// Whether all of its values may be told apart: sorted, and made one where they are alike.
bool IsDetermined(Kind kind);
bool IsElement(Kind kind);
// Whether it has elements, so that its order may be that of ids.
bool HasElements(Kind kind);

class Scope {
 public:
  void Add(std::string name, Kind kind, bool may_be_null = false) {
    variables_.push_back({std::move(name), kind, may_be_null});
  }
  const std::vector<Variable>& variables() const { return variables_; }
  std::vector<Variable> Of(std::initializer_list<Kind> kinds) const;
  bool Has(std::initializer_list<Kind> kinds) const { return !Of(kinds).empty(); }
  std::size_t size() const { return variables_.size(); }
  // Elements from place `first` on may be null from now on.
  void MayBeNullFrom(std::size_t first);

 private:
  std::vector<Variable> variables_;
};

}  // namespace plenum::tests
