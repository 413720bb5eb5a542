// What RocksDB would pass over in a damaged journal without a word.
//
// A record whose bytes are not as they were written is an error to RocksDB, as long as it is not the last one, which a
// crash may have torn. But from zeros where a record should begin it goes on at the next block; and records that lie
// where others were written, each whole in itself, are played back in the order in which they lie.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace plenum::storage {

// What is wrong with the journal, for a message: "has zeros among its records". Absent also for a journal that cannot
// be read at all, or is torn at its end.
std::optional<std::string> FaultInJournal(const std::filesystem::path& journal);

}  // namespace plenum::storage
