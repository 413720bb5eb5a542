// The Graph: opens the catalog and begins transactions.
#include <chrono>
#include <utility>

#include "engine/graph/graph_core.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {

struct Graph::State {
  GraphCore core;
};

Graph::Graph(std::unique_ptr<State> state) : state_(std::move(state)) {}
Graph::~Graph() = default;

Result<std::unique_ptr<Graph>> Graph::Open(storage::Store& store, std::uint64_t cache_bytes_max) {
  storage::StoreTransaction reading(store, store.TakeSnapshot());
  Result<std::shared_ptr<const Catalog>> catalog = Catalog::Read(reading);
  if (!catalog) return std::move(catalog).error();
  auto state = std::unique_ptr<State>(new State{GraphCore(store, cache_bytes_max)});
  state->core.Publish(std::move(*catalog));
  return std::unique_ptr<Graph>(new Graph(std::move(state)));
}

std::unique_ptr<Transaction> Graph::BeginRead() {
  return std::unique_ptr<Transaction>(new Transaction(std::make_unique<Transaction::State>(state_->core, false)));
}

Result<std::unique_ptr<Transaction>> Graph::BeginWrite(std::uint32_t wait_ms, const std::atomic<bool>* cancel) {
  if (state_->core.store.read_only()) {
    return storage::RuntimeError(ErrorType::kUsageError,
                                 "the database is open read-only; open it for writing to change it");
  }
  if (!state_->core.queue.Enter(std::chrono::milliseconds(wait_ms), cancel)) {
    if (cancel && cancel->load(std::memory_order_relaxed)) {
      return storage::RuntimeError(ErrorType::kCancelled,
                                   "the query was cancelled while it waited for its turn to write");
    }
    return storage::RuntimeError(ErrorType::kTimeout, "another write transaction has been running for " +
                                                          std::to_string(wait_ms) +
                                                          " ms; commit it or roll it back, or wait longer");
  }
  return std::unique_ptr<Transaction>(new Transaction(std::make_unique<Transaction::State>(state_->core, true)));
}

}  // namespace plenum::graph
