// See bad_rows.h.
#include "engine/interchange/bad_rows.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace plenum {

Status BadRows::ReportFailed(std::string_view what, int error_number) const {
  return Error{.type = ErrorType::kIoError,
               .message = fmt::format("{}: the report cannot be {}: {}", report_path_, what,
                                      std::generic_category().message(error_number))};
}

Status BadRows::OpenReport(const std::string& path) {
  report_path_ = path;
  report_.reset(std::fopen(path.c_str(), "wbe"));
  return report_ ? Status() : ReportFailed("made", errno);
}

Status BadRows::Add(std::string_view place, std::string_view problem) {
  std::string message = fmt::format("{}: ", place);
  for (const char c : problem) message += c == '\n' ? "\\n" : std::string_view(&c, 1);  // a line stays one
  if (report_) {
    const std::string line = message + '\n';
    if (std::fwrite(line.data(), 1, line.size(), report_.get()) != line.size()) return ReportFailed("written", errno);
  }
  if (count_ == rows_max_) {
    if (rows_max_ > 0) message += fmt::format(" (one bad row more than the {} allowed)", rows_max_);
    return Error{.type = ErrorType::kUsageError, .message = std::move(message)};
  }
  ++count_;
  if (problems_.size() < kProblemsMax) problems_.push_back(std::move(message));
  return {};
}

Status BadRows::CloseReport() {
  if (!report_) return {};
  return std::fclose(report_.release()) == 0 ? Status() : ReportFailed("written", errno);
}

}  // namespace plenum
