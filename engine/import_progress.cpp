// See import_progress.h.
#include "engine/import_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plenum {
namespace {

constexpr std::chrono::milliseconds kBetweenReports{250};

}  // namespace

std::string ImportProgress::TimeLeft(double seconds, double done, double all) {
  return fmt::format(", about {:.0f} s", std::ceil(seconds * (all - done) / done));
}

std::string ImportProgress::Line(const std::string& path, Clock::time_point now) const {
  const double seconds = std::max(std::chrono::duration<double>(now - begin_).count(), 1e-3);
  std::string line =
      fmt::format("{}: {} rows read, {:.0f} a second", path, rows_, std::floor(static_cast<double>(rows_) / seconds));
  if (bytes_read_ == 0 || bytes_read_ >= bytes_) return line;
  return line + TimeLeft(seconds, static_cast<double>(bytes_read_), static_cast<double>(bytes_)) + " left to read";
}

void ImportProgress::Advance(const std::string& path, std::uint64_t rows, std::uint64_t bytes) {
  rows_ += rows;
  bytes_read_ += bytes;
  if (!report_) return;
  const Clock::time_point now = Clock::now();
  if (now - last_report_ < kBetweenReports) return;
  last_report_ = now;
  Say(Line(path, now));
}

void ImportProgress::EndFile(const std::string& path) {
  if (report_) Say(Line(path, Clock::now()));
}

void ImportProgress::BeginBuilding() {
  begin_ = last_report_ = Clock::now();
  Say("building the database");
}

void ImportProgress::Build(std::uint64_t done, std::uint64_t all) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  if (!report_ || done == 0 || done >= all || now - last_report_ < kBetweenReports) return;
  last_report_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  Say(fmt::format("building the database: {} %{} left", 100 * done / all,
                  TimeLeft(seconds, static_cast<double>(done), static_cast<double>(all))));
}

}  // namespace plenum
