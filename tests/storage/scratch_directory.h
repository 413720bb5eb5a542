// A directory for one test, with a name of its own, removed with everything in it at the end.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace plenum {

// Where files are in memory, if the system offers that: for tests that write much and ask nothing of the disk.
inline std::string MemoryDirectory() {
  const std::string shared = "/dev/shm/";
  return ::access(shared.c_str(), W_OK) == 0 ? shared : testing::TempDir();
}

class ScratchDirectory {
 public:
  explicit ScratchDirectory(const std::string& parent = testing::TempDir()) {
    std::string pattern = parent + "plenumXXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace plenum
