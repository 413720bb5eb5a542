// What is looked at before a database's data are opened: are they what was noted of them (state_file.h)?
//
// Reads only. What is less than was noted, or not the same bytes, is an error that names the file; what a process
// leaves that was killed at any moment is not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/storage/state_file.h"
#include "plenum/status.h"

namespace plenum::storage {

// `kind` as in the names of files: "000004.sst", "000004.log".
std::string DataFileName(std::uint64_t number, const char* kind);
std::filesystem::path ManifestPath(const std::filesystem::path& data, std::uint64_t number);

// The checksum of the file's bytes [begin, end), going on from `before`; absent where it is shorter or cannot be read.
std::optional<std::uint64_t> ChecksumOfFile(const std::filesystem::path& path, std::uint64_t begin, std::uint64_t end,
                                            std::uint64_t before);

// The MANIFEST that CURRENT names where it is not the noted one: that of an open which ended before its first note.
std::optional<std::filesystem::path> UnnotedManifest(const std::filesystem::path& data, const StoreState& noted);

// The journals that anything was written to, oldest first.
std::vector<std::filesystem::path> JournalsIn(const std::filesystem::path& data);

// `directory` is the database's, `data` where its store's files are.
Status CheckBeforeOpen(const std::filesystem::path& directory, const std::filesystem::path& data,
                       const StateFile::Found& found);

}  // namespace plenum::storage
