// Every text at hand comes back from the printer as the same tree, or is refused with a clear error: the corpus that
// fuzzing left, the query files, the datasets.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/fuzz/corpus_file.h"
#include "tests/parser/round_trip.h"

namespace plenum::tests {
namespace {

// The files of `folder` with this extension; tests run in the repository's root.
std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& folder, std::string_view extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  return files;
}

void ExpectNoFaults(const std::vector<std::filesystem::path>& files) {
  ASSERT_FALSE(files.empty());
  for (const std::filesystem::path& file : files) {
    const auto texts = ReadTexts(file);
    ASSERT_TRUE(texts) << file << ": " << texts.error().message;
    ASSERT_FALSE(texts->empty()) << file;
    for (const std::string& text : *texts) EXPECT_EQ(ast::FaultOfText(text), "") << file;
  }
}

TEST(Corpus, WhatFuzzingFound) { ExpectNoFaults({"tests/fuzz/corpus.txt"}); }

TEST(Corpus, QueryFiles) { ExpectNoFaults(FilesIn("tests/queries", ".md")); }

TEST(Corpus, Datasets) {
  ExpectNoFaults(FilesIn("datasets/beijing-2023", ".plenum"));
  ExpectNoFaults(FilesIn("datasets/beijing-2023", ".md"));
}

TEST(CorpusFile, LinesKeepEveryByte) {
  EXPECT_EQ(ToCorpusLine(" a\\b\n\xff "), "\\x20a\\\\b\\n\\xFF\\x20");
  EXPECT_EQ(ToCorpusLine("#a#"), "\\x23a#");
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(2, static_cast<char>(byte));
    EXPECT_EQ(FromCorpusLine(ToCorpusLine(text)), text);
  }
}

}  // namespace
}  // namespace plenum::tests
