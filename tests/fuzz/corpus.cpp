// Between the corpus as a file of lines and the folders of files that libFuzzer works on.
//
//   corpus unpack FOLDER FILE…    each text of the files as a file of its own in FOLDER
//   corpus pack FOLDER            the folder's files as lines of a corpus file, the shortest first, to standard output
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/corpus_file.h"

namespace plenum::tests {
namespace {

int Fail(const std::string& message) {
  std::fprintf(stderr, "corpus: %s\n", message.c_str());
  return 1;
}

int Unpack(const std::filesystem::path& folder, const std::vector<std::string>& files) {
  std::filesystem::create_directories(folder);
  std::size_t count = 0;
  for (const std::string& file : files) {
    const auto texts = ReadTexts(file);
    if (!texts) return Fail(file + ": " + texts.error().message);
    for (const std::string& text : *texts) {
      std::ofstream out(folder / ("text-" + std::to_string(count++)), std::ios::binary);
      if (!out.write(text.data(), static_cast<std::streamsize>(text.size())))
        return Fail("cannot write in " + folder.string());
    }
  }
  return 0;
}

int Pack(const std::filesystem::path& folder) {
  std::vector<std::string> lines;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    lines.push_back(ToCorpusLine(std::string(std::istreambuf_iterator<char>(in), {})));
  }
  std::ranges::sort(lines, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::puts(
      "# What reaches all of the parser that fuzzing has reached, one text a line: see corpus_file.h, "
      "parser_fuzz.cpp.");
  for (const std::string& line : lines) {
    if (!line.empty()) std::printf("%s\n", line.c_str());
  }
  return 0;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() > 2 && words[0] == "unpack") return Unpack(words[1], {words.begin() + 2, words.end()});
  if (words.size() == 2 && words[0] == "pack") return Pack(words[1]);
  return Fail("expected 'unpack FOLDER FILE…' or 'pack FOLDER'");
}

}  // namespace
}  // namespace plenum::tests

int main(int count, char** words) { return plenum::tests::Run({words + 1, words + count}); }
