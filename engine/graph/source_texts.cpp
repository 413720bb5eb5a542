// The texts of sources, kept apart from their nodes, each with the SHA-256 of its bytes.
#include <string>
#include <utility>

#include "engine/graph/citation_code.h"
#include "engine/graph/source_text_code.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

using storage::RuntimeError;

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
  const State::Call call(*state_);
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
  state_->store.Put(storage::TextKey(source), EncodeSourceText(text));
  return {};
}

Result<std::optional<Transaction::SourceText>> Transaction::GetText(NodeId source) {
  std::string bytes;
  const Result<bool> found = state_->store.Get(storage::TextKey(source), bytes);
  if (!found) return found.error();
  if (!*found) return std::optional<SourceText>();
  std::optional<StoredSourceText> stored = DecodeSourceText(bytes);
  if (!stored) {
    return RuntimeError(ErrorType::kCorruption,
                        "the text of source " + std::to_string(source.value) + " is damaged; restore a copy");
  }
  return std::optional(SourceText{std::string(stored->text), std::move(stored->sha256)});
}

}  // namespace plenum::graph
