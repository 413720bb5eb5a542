// Attaching the texts of sources: the part of the façade that is about evidence.
#include <fmt/format.h>

#include "engine/database_state.h"
#include "engine/execution/source_text.h"
#include "engine/value/utf8.h"

namespace plenum {
namespace {

// The node (:Source {key}), made when there is none.
Result<NodeId> SourceNode(graph::Transaction& transaction, std::string_view key) {
  auto found = execution::FindSource(transaction, key);
  if (!found) return std::move(found).error();
  if (*found) return **found;
  auto label = transaction.InternLabel("Source");
  if (!label) return std::move(label).error();
  auto key_id = transaction.InternKey("key");
  if (!key_id) return std::move(key_id).error();
  auto node = transaction.CreateNode({*label});
  if (!node) return node;
  if (Status set = transaction.SetProperty(*node, *key_id, Value(key)); !set.ok()) return std::move(set).error();
  return node;
}

Error Refused(std::string detail, std::string message) {
  return Error{.type = ErrorType::kUsageError, .detail = std::move(detail), .message = std::move(message), .place = {}};
}

}  // namespace

Status Database::AttachSource(std::string_view key, std::string_view text) {
  if (const auto bad = FindInvalidUtf8(text)) {
    return Refused("InvalidUnicodeCharacter",
                   fmt::format("the text of source '{}' is not UTF-8: byte {} begins no character", key, *bad));
  }
  auto transaction = state_->graph->BeginWrite();
  if (!transaction) return std::move(transaction).error();
  auto source = SourceNode(**transaction, key);
  if (!source) return std::move(source).error();
  auto before = (*transaction)->GetText(*source);
  if (!before) return std::move(before).error();
  if (*before && (*before)->text != text) {
    auto cited = (*transaction)->HasCitedSpans(*source);
    if (!cited) return std::move(cited).error();
    if (*cited) {
      return Refused(
          "SourceTextInUse",
          fmt::format("source '{}' has another text already, and citations point into it: take it as a new source",
                      key));
    }
  }
  if (Status attached = (*transaction)->AttachText(*source, text); !attached.ok()) return attached;
  return (*transaction)->Commit(true);
}

}  // namespace plenum
