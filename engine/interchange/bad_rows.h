// The rows that an import leaves out: counted, told apart up to a number, and written to a file for whoever mends them.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum {

class BadRows {
 public:
  static constexpr std::size_t kProblemsMax = 1'000;  // that are kept

  // More than `rows_max` of them end the import.
  explicit BadRows(std::uint64_t rows_max) : rows_max_(rows_max) {}

  // From here on each row is written to a new file as well, a line each. IoError when it cannot be made.
  Status OpenReport(const std::string& path);

  // "people.csv:12: …". An error that repeats the message when it is one too many.
  Status Add(std::string_view place, std::string_view problem);

  // After the last: IoError when the file is not whole.
  Status CloseReport();

  std::uint64_t count() const { return count_; }
  // The first of them.
  const std::vector<std::string>& problems() const { return problems_; }
  std::vector<std::string> TakeProblems() { return std::move(problems_); }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  Status ReportFailed(std::string_view what, int error_number) const;

  std::uint64_t rows_max_;
  std::uint64_t count_ = 0;
  std::vector<std::string> problems_;
  std::string report_path_;
  std::unique_ptr<std::FILE, CloseFile> report_;
};

}  // namespace plenum
