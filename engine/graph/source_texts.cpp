// The texts of sources, kept apart from their nodes, each with the SHA-256 of its bytes.
#include <nettle/sha2.h>

#include <array>
#include <string>
#include <utility>

#include "engine/graph/citation_code.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

using storage::RuntimeError;

constexpr std::size_t kHeadBytes = 1 + SHA256_DIGEST_SIZE;  // version, digest

std::string Sha256Of(std::string_view text) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  std::string digest(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&context, digest.size(), reinterpret_cast<std::uint8_t*>(digest.data()));
  return digest;
}

std::string Hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text.push_back(kDigits[static_cast<std::uint8_t>(byte) >> 4]);
    text.push_back(kDigits[static_cast<std::uint8_t>(byte) & 0x0F]);
  }
  return text;
}

}  // namespace

Result<bool> Transaction::State::HasCitedSpan(NodeId source) {
  const auto keys = CitationKeysOf(source);
  if (!keys) return keys.error();
  for (const std::string& key : *keys) {
    std::string bytes;
    const Result<bool> found = store.Get(key, bytes);
    if (!found) return found;
    const std::optional<Citation> citation = DecodeCitation(bytes);
    if (citation && citation->span) return true;
  }
  return false;
}

Status Transaction::AttachText(NodeId source, std::string_view text) {
  const CommittedReads::Scope scope(state_->reads);
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  if (Status status = state_->CheckNode(source); !status.ok()) return status;
  const auto attached = GetText(source);
  if (!attached) return attached.error();
  if (*attached && (*attached)->text == text) return {};
  if (*attached) {
    const Result<bool> cited = state_->HasCitedSpan(source);
    if (!cited) return cited.error();
    if (*cited) {
      return RuntimeError(ErrorType::kUsageError,
                          "citations point into the text that is attached to the source already; remove them before "
                          "attaching another text, or make a new source for it");
    }
  }
  std::string bytes(1, static_cast<char>(storage::kRecordVersion));
  bytes += Sha256Of(text);
  bytes += text;
  state_->store.Put(storage::TextKey(source), std::move(bytes));
  return {};
}

Result<std::optional<Transaction::SourceText>> Transaction::GetText(NodeId source) {
  std::string bytes;
  const Result<bool> found = state_->store.Get(storage::TextKey(source), bytes);
  if (!found) return found.error();
  if (!*found) return std::optional<SourceText>();
  const std::string_view digest = std::string_view(bytes).substr(0, kHeadBytes).substr(1);
  if (bytes.size() < kHeadBytes || Sha256Of(std::string_view(bytes).substr(kHeadBytes)) != digest) {
    return RuntimeError(ErrorType::kCorruption,
                        "the text of source " + std::to_string(source.value) + " is damaged; restore a copy");
  }
  SourceText text{"", Hexadecimal(digest)};
  text.text = bytes.substr(kHeadBytes);
  return std::optional(std::move(text));
}

}  // namespace plenum::graph
