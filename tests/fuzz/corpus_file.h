// The corpus: texts that fuzzing found worth keeping, one a line in corpus.txt, so that they are read and reviewed like
// any other test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum::tests {

// The texts of a corpus file (*.txt), of the query blocks of a Markdown file (*.md), or of the statements of a dataset
// (*.plenum). Lines of a corpus file that are empty or begin with '#' are none. \n, \\ and \xHH stand for themselves
// being hard to see.
Result<std::vector<std::string>> ReadTexts(const std::filesystem::path& file);

// The text as a line of a corpus file, without the line break; and back.
std::string ToCorpusLine(std::string_view text);
std::string FromCorpusLine(std::string_view line);

}  // namespace plenum::tests
