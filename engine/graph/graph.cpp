// The Graph: opens the catalog and begins transactions.
#include <chrono>
#include <utility>

#include "engine/graph/graph_core.h"
#include "engine/graph/index_sweeper.h"
#include "engine/graph/recut_segments.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {

struct Graph::State {
  State(storage::Store& store, GraphOptions options) : core(store, std::move(options)) {}
  GraphCore core;
};

namespace {

Result<std::shared_ptr<const ReadView>> ReadFirstView(storage::Store& store) {
  auto view = std::make_shared<ReadView>();
  view->snapshot = store.TakeSnapshot();
  storage::StoreTransaction reading(store, view->snapshot);
  Result<std::shared_ptr<const Catalog>> catalog = Catalog::Read(reading);
  if (!catalog) return std::move(catalog).error();
  view->catalog = *std::move(catalog);
  const Result<std::uint64_t> commits = reading.GetNumber(storage::CommitsKey());
  if (!commits) return commits.error();
  view->commit = *commits;
  const Result<std::uint64_t> extents = reading.GetNumber(storage::NextExtentKey());
  if (!extents) return extents.error();
  view->extents = *extents;
  return std::shared_ptr<const ReadView>(std::move(view));
}

}  // namespace

Graph::Graph(std::unique_ptr<State> state) : state_(std::move(state)) {}
Graph::~Graph() = default;

Result<std::unique_ptr<Graph>> Graph::Open(storage::Store& store, GraphOptions options) {
  auto view = ReadFirstView(store);
  if (!view) return std::move(view).error();
  auto state = std::make_unique<State>(store, std::move(options));
  for (const IndexDefinition& index : (*view)->catalog->indexes) {
    if (index.dropped && !store.read_only()) SweepIndex(store, index.index, state->core.tasks);
  }
  for (const auto& [list, bits] : (*view)->catalog->left_over_cuts) {
    if (store.read_only()) break;
    state->core.tasks.Add([&store, type = list.first, direction = list.second](const std::atomic<bool>& stop) {
      (void)SweepLeftOverCut(store, type, direction, stop);
    });
  }
  state->core.SetView(*std::move(view));
  return std::unique_ptr<Graph>(new Graph(std::move(state)));
}

GraphSnapshot Graph::Snapshot() { return {state_->core, state_->core.View()}; }

const BlockCache& Graph::blocks() const { return state_->core.cache; }

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
