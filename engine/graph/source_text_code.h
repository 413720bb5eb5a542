// The text of a source as it is stored (storage/key_layout.h), with the SHA-256 of its bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plenum::graph {

std::string EncodeSourceText(std::string_view text);

struct StoredSourceText {
  std::string_view text;  // a part of the bytes
  std::string sha256;     // in hexadecimal
};
// Absent where the bytes are not what was written: the digest tells.
std::optional<StoredSourceText> DecodeSourceText(std::string_view bytes);

}  // namespace plenum::graph
