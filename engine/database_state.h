// What a Database and a Transaction hold: shared by the files of the façade, seen by nobody else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/procedure_registry.h"
#include "engine/storage/store.h"
#include "plenum/plenum.h"

namespace plenum {

struct Database::State {
  OpenOptions options;  // load_csv_directory resolved
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<graph::Graph> graph;
  ProcedureRegistry procedures;
};

struct Transaction::State {
  std::unique_ptr<graph::Transaction> transaction;  // null when it has ended
  const OpenOptions* options = nullptr;             // the database's
  const ProcedureRegistry* procedures = nullptr;    // the database's
  std::vector<std::string> savepoints;              // by name, the latest last
};

}  // namespace plenum
