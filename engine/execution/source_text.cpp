// Where words stand in a source's text.
#include "engine/execution/source_text.h"

#include "engine/value/utf8.h"

namespace plenum::execution {

Result<std::optional<NodeId>> FindSource(graph::Transaction& transaction, std::string_view key) {
  const auto label = transaction.FindLabel("Source");
  const auto key_id = transaction.FindKey("key");
  if (!label || !key_id) return std::optional<NodeId>();
  if (transaction.HasKey(*label, *key_id)) return transaction.SeekKey(*label, *key_id, Value(key));
  std::vector<NodeId> sources;
  Status scanned = transaction.ScanNodes(*label, [&](NodeId node) {
    sources.push_back(node);
    return true;
  });
  if (!scanned.ok()) return std::move(scanned).error();
  for (const NodeId node : sources) {
    const Result<Value> value = transaction.GetProperty(node, *key_id);
    if (!value) return value.error();
    if (Equal(*value, Value(key)) == true) return std::optional(node);
  }
  return std::optional<NodeId>();
}

std::string_view WordsAt(std::string_view text, std::uint32_t first, std::uint32_t end) {
  const std::size_t begin = ByteOffset(text, first);
  return text.substr(begin, ByteOffset(text, end) - begin);
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> PlacesOf(std::string_view text, std::string_view words) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
  const auto length = static_cast<std::uint32_t>(CountCodePoints(words));
  std::size_t counted = 0;  // bytes of `text` whose code points are in `first`
  std::uint32_t first = 0;
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    first += static_cast<std::uint32_t>(CountCodePoints(text.substr(counted, at - counted)));
    counted = at;
    places.emplace_back(first, first + length);
  }
  return places;
}

}  // namespace plenum::execution
