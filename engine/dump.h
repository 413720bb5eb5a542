// A graph as statements that build it again, as text.
#pragma once

#include <functional>
#include <string_view>

#include "engine/graph/graph.h"
#include "plenum/status.h"

namespace plenum {

// See Database::Dump. `transaction` reads; what it sees is written.
Status DumpGraph(graph::Transaction& transaction, const std::function<bool(std::string_view)>& write);

}  // namespace plenum
