// A directory for one benchmark, and what must succeed in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "plenum/status.h"

namespace plenum::bench {

// Gone, with all that is in it, at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "plenum-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the directory " + name);
    path_ = name;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::string At(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(Describe(result.error()));
  return std::move(*result);
}
inline void Must(const Status& status) {
  if (!status.ok()) throw std::runtime_error(Describe(status.error()));
}

}  // namespace plenum::bench
