// Walks the folders that hold queries; builds and hidden folders are never entered.
#include "tests/language/corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "parser/parser.h"

namespace plenum::language {
namespace {

const std::filesystem::path kRoot = PLENUM_SOURCE_TREE;

void AddStatements(const std::string& where, std::string_view text, std::vector<QueryText>& texts) {
  for (std::size_t end = StatementEnd(text); end != std::string_view::npos; end = StatementEnd(text)) {
    texts.push_back({where, std::string(text.substr(0, end))});
    text.remove_prefix(end);
  }
}

void AddBlocks(const std::string& where, std::string_view text, std::vector<QueryText>& texts) {
  constexpr std::string_view kOpen = "\n```plenum";
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at + 1)) {
    const std::size_t begin = text.find('\n', at + kOpen.size()) + 1;
    const std::size_t end = text.find("\n```", begin);
    texts.push_back({where, std::string(text.substr(begin, end - begin))});
  }
}

}  // namespace

std::string ReadSourceFile(const std::string& path) {
  std::ifstream file(kRoot / path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<QueryText> QueryTexts() {
  std::vector<std::string> paths = {"README.md"};
  for (const char* folder : {"docs", "datasets", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / folder)) {
      paths.push_back(entry.path().lexically_relative(kRoot).generic_string());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<QueryText> texts;
  for (const std::string& path : paths) {
    if (path.ends_with(".md")) AddBlocks(path, ReadSourceFile(path), texts);
    if (path.ends_with(".plenum")) AddStatements(path, ReadSourceFile(path), texts);
  }
  return texts;
}

}  // namespace plenum::language
