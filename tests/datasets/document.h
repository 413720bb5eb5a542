// A source document that lies outside the repository: found by its checksum, read by spans of code points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::tests {

class Document {
 public:
  explicit Document(std::string text);  // UTF-8

  std::int64_t code_points() const { return static_cast<std::int64_t>(offsets_.size()) - 1; }

  // The words from code point `first` up to `end`, which lie inside the document.
  std::string_view Span(std::int64_t first, std::int64_t end) const;

 private:
  std::string text_;
  std::vector<std::size_t> offsets_;  // the byte where each code point begins, then the text's size
};

// The file with this SHA-256 (hex, lower case) in the folder that the environment variable PLENUM_SOURCES names; absent
// when the variable is not set or no file of that folder matches.
std::optional<Document> FindDocument(std::string_view sha256);

// Whether `words` contain `name`, letter case, the shape of quotation marks and a plural in -ies left aside.
bool Names(std::string_view words, std::string_view name);

}  // namespace plenum::tests
