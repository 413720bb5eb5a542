// A file in the temporary directory with given bytes, removed at the end of the test.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace plenum {

class WrittenFile {
 public:
  explicit WrittenFile(std::string_view content, std::string_view name = "file.csv")
      : directory_(std::filesystem::temp_directory_path() / ("plenum_test_XXXXXX")) {
    std::string pattern = directory_.string();
    directory_ = mkdtemp(pattern.data());
    name_ = name;
    Rewrite(content);
  }
  ~WrittenFile() { std::filesystem::remove_all(directory_); }
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;

  // Made anew, because ext4 waits for the disk when a file is cut and written again.
  void Rewrite(std::string_view content) const {
    std::filesystem::remove(path());
    std::ofstream(path(), std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
  }

  std::string path() const { return path(name_); }
  std::string directory() const { return directory_.string(); }

  // A message with the directory left out, as it would be for a file in the current one.
  std::string WithoutDirectory(std::string text) const {
    const std::string prefix = directory_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }

 private:
  std::string path(std::string_view name) const { return (directory_ / name).string(); }

  std::filesystem::path directory_;
  std::string name_;
};

}  // namespace plenum
