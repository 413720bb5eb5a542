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

// The string literals of C++ source; those with nothing but blanks between them are one.
std::vector<std::string> Literals(std::string_view source) {
  std::vector<std::string> literals;
  std::size_t at = source.find('"');
  while (at < source.size()) {
    std::string literal;
    while (at < source.size() && source[at] == '"') {
      for (++at; at < source.size() && source[at] != '"'; ++at) {
        const bool escaped = source[at] == '\\' && at + 1 < source.size();
        if (escaped) ++at;
        literal += escaped && source[at] == 'n' ? '\n' : source[at];
      }
      at = std::min(source.find_first_not_of(" \n", at + 1), source.size());
    }
    literals.push_back(std::move(literal));
    at = source.find('"', at);
  }
  return literals;
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

std::vector<QueryText> ParserTestTexts() {
  std::vector<QueryText> texts;
  for (const char* path :
       {"tests/parser/error_test.cpp", "tests/parser/expression_test.cpp", "tests/parser/query_test.cpp"}) {
    for (std::string& literal : Literals(ReadSourceFile(path))) {
      texts.push_back({path, "RETURN " + literal});
      texts.push_back({path, std::move(literal)});
    }
  }
  return texts;
}

}  // namespace plenum::language
