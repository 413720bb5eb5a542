// See fold.h. The one place that knows which kinds of keys are merged, and how.
#include "engine/storage/fold.h"

#include "engine/storage/column_fold.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/label_set.h"
#include "engine/storage/row_map.h"
#include "engine/storage/segment_operand.h"

namespace plenum::storage {
namespace {

using FoldOperands = std::optional<std::string> (*)(std::optional<std::string_view> base,
                                                    std::span<const std::string_view> operands);

// How the keys of a kind fold; null where they are never merged.
FoldOperands FoldOfKind(KeyKind kind) {
  switch (kind) {
    case KeyKind::kLabelSet:
      return FoldLabelSet;
    case KeyKind::kColumn:
      return FoldColumn;
    case KeyKind::kRowMap:
      return FoldRowMap;
    case KeyKind::kSegment:
    case KeyKind::kChunk:
      return FoldSegment;
    default:
      return nullptr;
  }
}

}  // namespace

std::optional<std::string> Fold(std::string_view key, std::optional<std::string_view> base,
                                std::span<const std::string_view> operands) {
  if (key.empty()) return std::nullopt;
  const FoldOperands fold = FoldOfKind(static_cast<KeyKind>(key.front()));
  return fold == nullptr ? std::nullopt : fold(base, operands);
}

}  // namespace plenum::storage
