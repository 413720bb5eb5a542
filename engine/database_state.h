// What a Database holds: shared by the files of the façade, seen by nobody else.
#pragma once

#include <memory>

#include "engine/graph/graph.h"
#include "engine/procedure_registry.h"
#include "engine/storage/store.h"
#include "plenum/plenum.h"

namespace plenum {

struct Database::State {
  OpenOptions options;
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<graph::Graph> graph;
  ProcedureRegistry procedures;
};

}  // namespace plenum
