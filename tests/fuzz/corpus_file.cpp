// Reads texts from the three kinds of files that hold them.
#include "tests/fuzz/corpus_file.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include "parser/parser.h"
#include "tests/query_file.h"

namespace plenum::tests {
namespace {

std::vector<std::string> CorpusTexts(const std::string& content) {
  std::vector<std::string> texts;
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != '#') texts.push_back(FromCorpusLine(line));
  }
  return texts;
}

std::vector<std::string> StatementTexts(std::string_view content) {
  std::vector<std::string> texts;
  for (std::size_t end = StatementEnd(content); end != std::string_view::npos; end = StatementEnd(content)) {
    texts.emplace_back(content.substr(0, end));
    content.remove_prefix(end);
  }
  return texts;
}

}  // namespace

Result<std::vector<std::string>> ReadTexts(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorType::kNotFound, {}, "cannot read " + file.string(), Phase::kRuntime, std::nullopt};
  const std::string content(std::istreambuf_iterator<char>(in), {});
  if (file.extension() == ".txt") return CorpusTexts(content);
  if (file.extension() == ".plenum") return StatementTexts(content);
  const auto cases = ReadQueryCases(content);
  if (!cases) return cases.error();
  std::vector<std::string> texts;
  for (const QueryCase& query : *cases) texts.push_back(query.query);
  return texts;
}

std::string ToCorpusLine(std::string_view text) {
  std::string line;
  for (const char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool visible = byte > ' ' && byte < 0x7F;
    // A blank at either end, or a '#' at the beginning, would be lost.
    const bool kept =
        visible ? c != '\\' && !(c == '#' && line.empty()) : c == ' ' && !line.empty() && &c != &text.back();
    if (kept) {
      line += c;
    } else if (c == '\n' || c == '\\') {
      line += c == '\n' ? "\\n" : "\\\\";
    } else {
      constexpr std::string_view kHexadecimal = "0123456789ABCDEF";
      line += {'\\', 'x', kHexadecimal[byte >> 4], kHexadecimal[byte & 0xF]};
    }
  }
  return line;
}

std::string FromCorpusLine(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      text += line[i];
    } else if (line[++i] == 'x') {
      unsigned char byte = 0;
      std::from_chars(line.data() + i + 1, line.data() + std::min(i + 3, line.size()), byte, 16);
      text += static_cast<char>(byte);
      i += 2;
    } else {
      text += line[i] == 'n' ? '\n' : line[i];
    }
  }
  return text;
}

}  // namespace plenum::tests
