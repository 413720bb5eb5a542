// What a merge means: a key's value and the operands that were appended to it become its new value.
//
// One pure function for every store: a store that folds while it compacts and one that folds at each read give the same
// bytes. It dispatches on the key's first byte (key_layout.h); how a kind folds is said beside its encoding.
//
// An operand ends where it says, so that operands of one key laid end to end are an operand too: whoever holds
// several may join them, and a fold must treat each part of what it is given as a sequence. Operands apply in order.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plenum::storage {

// Absent when the bytes cannot be what an encoder wrote, or when keys of that kind are never merged: the store then
// answers the read with Corruption and keeps what it has. Never throws; may be called by several threads.
using FoldFunction = std::optional<std::string> (*)(std::string_view key, std::optional<std::string_view> base,
                                                    std::span<const std::string_view> operands);

// The fold of the database's own keys. `base` is absent where the key had no value.
std::optional<std::string> Fold(std::string_view key, std::optional<std::string_view> base,
                                std::span<const std::string_view> operands);

}  // namespace plenum::storage
