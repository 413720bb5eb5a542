// A priority queue: the least first, each item with four children (Johnson, "Priority Queues with Update and Finding
// Minimum Spanning Trees", 1975), which lie in one or two cache lines. There is no decrease-key: a search pushes a node
// again and skips what is out of date, which is cheaper than to know where each node is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace plenum::traversal {

// Item: has operator<, and is cheap to copy.
template <class Item>
class QuaternaryHeap {
 public:
  bool empty() const { return items_.empty(); }
  std::size_t size() const { return items_.size(); }
  const Item& top() const { return items_.front(); }
  void clear() { items_.clear(); }

  void Push(const Item& item) {
    std::size_t hole = items_.size();
    items_.push_back(item);
    for (; hole != 0; hole = (hole - 1) / 4) {
      const Item& parent = items_[(hole - 1) / 4];
      if (!(item < parent)) break;
      items_[hole] = parent;
    }
    items_[hole] = item;
  }

  // Requires !empty().
  Item Pop() {
    const Item least = items_.front();
    const Item last = items_.back();
    items_.pop_back();
    if (!items_.empty()) Sink(last);
    return least;
  }

 private:
  // Puts `item` where it belongs, from the empty place at the top on.
  void Sink(const Item& item) {
    const std::size_t size = items_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 4 * hole + 1) {
      std::size_t smallest = child;
      const std::size_t end = std::min(child + 4, size);
      for (std::size_t other = child + 1; other < end; ++other) {
        if (items_[other] < items_[smallest]) smallest = other;
      }
      if (!(items_[smallest] < item)) break;
      items_[hole] = items_[smallest];
      hole = smallest;
    }
    items_[hole] = item;
  }

  std::vector<Item> items_;
};

}  // namespace plenum::traversal
