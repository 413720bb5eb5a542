// Work of a graph that nobody waits for, one task after the other on one thread, which begins with the first task.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace plenum::graph {

class BackgroundTasks {
 public:
  BackgroundTasks() = default;
  ~BackgroundTasks();  // waits for the task that runs, which is told to stop; those that wait are dropped
  BackgroundTasks(const BackgroundTasks&) = delete;
  BackgroundTasks& operator=(const BackgroundTasks&) = delete;

  // A task looks at `stop` now and then, and ends soon when it is true. Nobody is told when it fails: what is left
  // undone must show, to be done after the next open. Returns at once. Any thread.
  using Task = std::function<void(const std::atomic<bool>& stop)>;
  void Add(Task task);

 private:
  void Run();

  std::atomic<bool> stop_{false};
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  std::thread thread_;
};

}  // namespace plenum::graph
