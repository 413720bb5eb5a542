// A small graph of every kind of thing, which a bulk load is given and the model (model.h) then expects to find.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/bulk_loader.h"
#include "tests/graph/model.h"

namespace plenum::graph {

struct WorldNode {
  std::vector<LabelId> labels;
  std::map<KeyId, Value> properties;
  std::optional<Interval> validity;
  std::vector<std::pair<std::size_t, std::optional<std::pair<std::uint32_t, std::uint32_t>>>> citations;  // of nodes
};
struct WorldRelationship {
  std::uint16_t type = 0;
  std::size_t start = 0;  // places in World::nodes
  std::size_t end = 0;
  std::map<KeyId, Value> properties;
  std::optional<Interval> validity;
  std::vector<std::pair<std::size_t, std::optional<std::pair<std::uint32_t, std::uint32_t>>>> citations;
};

struct World {
  std::vector<std::string> labels, types, keys;       // names, by number
  std::optional<std::pair<LabelId, KeyId>> declared;  // a key
  std::vector<WorldNode> nodes;
  std::vector<WorldRelationship> relationships;

  // With labels A, B and C, types R, S and T (S without a validity), keys x, y and z, where (A, x) is declared a key
  // and z is rare.
  static World Random(unsigned seed, int nodes, int relationships);
};

// Loads all of it, the relationships in batches of `batch` and with an eighth of the memory. The model that answers
// holds what must be there when the status is OK.
struct Loaded {
  Model model;
  Status status;
};
Loaded Load(storage::Store& store, const World& world, BulkLoader::Options options, std::size_t batch = 100);

}  // namespace plenum::graph
