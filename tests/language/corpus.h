// The query texts of the source tree: of its query files, documents and datasets.
#pragma once

#include <string>
#include <vector>

namespace plenum::language {

struct QueryText {
  std::string where;  // its file
  std::string text;
};

// Every block marked `plenum` of every .md file, and every statement of every .plenum file.
std::vector<QueryText> QueryTexts();

// Every text in quotes of the parser's tests, good or bad, as it is and as an expression behind RETURN.
std::vector<QueryText> ParserTestTexts();

// A file of the source tree; empty when it is not there.
std::string ReadSourceFile(const std::string& path);

}  // namespace plenum::language
