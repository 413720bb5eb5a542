// The query texts of the source tree: of its query files, documents and datasets.
#pragma once

#include <string>
#include <vector>

namespace plenum::language {

struct QueryText {
  std::string where;  // file and number within it
  std::string text;
};

// Every block marked `plenum` of every .md file, and every statement of every .plenum file.
std::vector<QueryText> QueryTexts();

// A file of the source tree; empty when it is not there.
std::string ReadSourceFile(const std::string& path);

}  // namespace plenum::language
