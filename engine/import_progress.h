// Tells people how far an import is: rows, rows a second, and the time that reading, and then building, will still
// take.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace plenum {

class ImportProgress {
 public:
  using Clock = std::chrono::steady_clock;

  // `report` may be empty. `bytes`: of all files together.
  ImportProgress(std::function<void(std::string_view)> report, std::uint64_t bytes)
      : report_(std::move(report)), bytes_(bytes) {}

  void Say(std::string_view line) const {
    if (report_) report_(line);
  }
  // So many rows and bytes more have been read. Reports now and then.
  void Advance(const std::string& path, std::uint64_t rows, std::uint64_t bytes);
  // A file has been read to its end.
  void EndFile(const std::string& path);
  // Everything has been read; then, by any thread, how much of it has been written.
  void BeginBuilding();
  void Build(std::uint64_t done, std::uint64_t all);

 private:
  static std::string TimeLeft(double seconds, double done, double all);
  std::string Line(const std::string& path, Clock::time_point now) const;

  std::function<void(std::string_view)> report_;
  std::uint64_t bytes_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t rows_ = 0;
  Clock::time_point begin_ = Clock::now();
  std::mutex mutex_;  // from BeginBuilding on
  Clock::time_point last_report_ = begin_;
};

}  // namespace plenum
