// See source_text_code.h.
#include "engine/graph/source_text_code.h"

#include <nettle/sha2.h>

#include <cstdint>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {
namespace {

constexpr std::size_t kHeadBytes = 1 + SHA256_DIGEST_SIZE;  // version, digest

std::string Sha256Of(std::string_view text) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  std::string digest(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&context, digest.size(), reinterpret_cast<std::uint8_t*>(digest.data()));
  return digest;
}

}  // namespace

std::string EncodeSourceText(std::string_view text) {
  std::string bytes(1, static_cast<char>(storage::kRecordVersion));
  bytes += Sha256Of(text);
  bytes += text;
  return bytes;
}

std::optional<StoredSourceText> DecodeSourceText(std::string_view bytes) {
  if (bytes.size() < kHeadBytes || static_cast<std::uint8_t>(bytes[0]) != storage::kRecordVersion) return std::nullopt;
  const std::string_view digest = bytes.substr(1, SHA256_DIGEST_SIZE);
  const std::string_view text = bytes.substr(kHeadBytes);
  if (Sha256Of(text) != digest) return std::nullopt;
  return StoredSourceText{text, storage::Hexadecimal(digest)};
}

}  // namespace plenum::graph
