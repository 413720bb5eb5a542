// See citation_code.h.
#include "engine/graph/citation_code.h"

#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {
namespace {

using storage::AppendBigEndian;
using storage::ByteReader;

}  // namespace

std::string EncodeCitation(const Citation& citation) {
  std::string out(1, static_cast<char>(storage::kRecordVersion));
  AppendBigEndian(out, citation.source.value, 4);
  out.push_back(citation.span ? '\1' : '\0');
  if (!citation.span) return out;
  AppendBigEndian(out, citation.span->first, 4);
  AppendBigEndian(out, citation.span->second, 4);
  return out;
}

std::optional<Citation> DecodeCitation(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != storage::kRecordVersion) return std::nullopt;
  Citation citation;
  citation.source.value = static_cast<std::uint32_t>(reader.BigEndian(4));
  if (reader.Byte() != 0) {
    const auto first = static_cast<std::uint32_t>(reader.BigEndian(4));
    citation.span = {first, static_cast<std::uint32_t>(reader.BigEndian(4))};
  }
  if (!reader.ok() || !reader.AtEnd()) return std::nullopt;
  return citation;
}

}  // namespace plenum::graph
