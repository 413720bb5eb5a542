// Finding a document by checksum, cutting spans out of it, and comparing names with its words.
#include "tests/datasets/document.h"

#include <nettle/sha2.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "tests/datasets/dataset.h"

namespace plenum::tests {
namespace {

std::string Sha256Of(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const auto byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string Plain(std::string_view words) {
  std::string plain(words);
  for (const std::string_view quote : {"‘", "’"}) ReplaceAll(plain, quote, "'");
  for (const std::string_view quote : {"“", "”"}) ReplaceAll(plain, quote, "\"");
  for (auto& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return plain;
}

}  // namespace

Document::Document(std::string text) : text_(std::move(text)) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    const bool continuation = (static_cast<unsigned char>(text_[i]) & 0xC0) == 0x80;
    if (!continuation) offsets_.push_back(i);
  }
  offsets_.push_back(text_.size());
}

std::string_view Document::Span(std::int64_t first, std::int64_t end) const {
  const auto begin = offsets_.at(static_cast<std::size_t>(first));
  return std::string_view(text_).substr(begin, offsets_.at(static_cast<std::size_t>(end)) - begin);
}

std::optional<Document> FindDocument(std::string_view sha256) {
  const char* folder = std::getenv("PLENUM_SOURCES");
  if (folder == nullptr) return std::nullopt;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (!entry.is_regular_file(failure)) continue;
    auto text = ReadFile(entry.path());
    if (text && Sha256Of(*text) == sha256) return Document(std::move(*text));
  }
  return std::nullopt;
}

bool Names(std::string_view words, std::string_view name) {
  const auto plain_words = Plain(words);
  auto plain_name = Plain(name);
  if (plain_words.find(plain_name) != std::string::npos) return true;
  if (!plain_name.ends_with('y')) return false;
  plain_name.replace(plain_name.size() - 1, 1, "ies");
  return plain_words.find(plain_name) != std::string::npos;
}

}  // namespace plenum::tests
