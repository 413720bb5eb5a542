// A store and its graph for one test; reopened in place where the store is on disk.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "engine/graph/graph.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/must.h"

namespace plenum::graph {

class OpenGraph {
 public:
  explicit OpenGraph(std::string path, std::uint64_t cache_bytes_max = 1 << 20)
      : path_(std::move(path)), cache_bytes_max_(cache_bytes_max) {
    Reopen();
  }

  void Reopen() {
    graph_.reset();
    store_.reset();
    auto store = storage::OpenStore(path_);
    if (!store) throw std::runtime_error(Describe(store.error()));
    store_ = std::move(*store);
    auto graph = Graph::Open(*store_, {.cache_bytes_max = cache_bytes_max_});
    if (!graph) throw std::runtime_error(Describe(graph.error()));
    graph_ = std::move(*graph);
  }

  std::unique_ptr<Transaction> Read() { return graph_->BeginRead(); }
  std::unique_ptr<Transaction> Write() {
    auto transaction = graph_->BeginWrite();
    if (!transaction) throw std::runtime_error(Describe(transaction.error()));
    return std::move(*transaction);
  }
  Graph* operator->() { return graph_.get(); }
  storage::Store& store() { return *store_; }

 private:
  const std::string path_;
  const std::uint64_t cache_bytes_max_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Graph> graph_;
};

}  // namespace plenum::graph
