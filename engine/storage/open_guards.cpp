// See open_guards.h. Each open begins a new MANIFEST with all that is live in it, so one that is newer than the noted
// one is what a process leaves that was killed between that and its first note; an older one, nobody leaves.
#include "engine/storage/open_guards.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <sstream>

#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

Error Damaged(const fs::path& directory, const fs::path& file, const std::string& what) {
  return RuntimeError(ErrorType::kCorruption, "the database '" + directory.string() + "' is damaged: its file '" +
                                                  file.string() + "' " + what + "; restore a copy");
}

std::string Padded(std::uint64_t number) {
  std::ostringstream out;
  out << std::setw(6) << std::setfill('0') << number;
  return std::move(out).str();
}

// The number of the MANIFEST that CURRENT names.
std::optional<std::uint64_t> CurrentManifest(const fs::path& current) {
  constexpr std::string_view kPrefix = "MANIFEST-";
  std::ifstream file(current, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::uint64_t number = 0;
  if (!text.starts_with(kPrefix)) return std::nullopt;
  const auto [end, failed] = std::from_chars(text.data() + kPrefix.size(), text.data() + text.size(), number);
  if (failed != std::errc() || std::string_view(end) != "\n") return std::nullopt;
  return number;
}

Status CheckManifest(const fs::path& directory, const fs::path& data, const StoreState& noted) {
  const fs::path current = data / "CURRENT";
  const std::optional<std::uint64_t> number = CurrentManifest(current);
  if (!number || *number < noted.manifest) {
    return Damaged(directory, current, "does not name " + ManifestPath(data, noted.manifest).filename().string());
  }
  const fs::path manifest = ManifestPath(data, *number);
  std::error_code failed;
  const std::uintmax_t bytes = fs::file_size(manifest, failed);
  if (failed) return Damaged(directory, manifest, "is missing, which 'CURRENT' names");
  if (*number > noted.manifest) return {};
  if (bytes < noted.manifest_bytes) {
    return Damaged(directory, manifest,
                   "has " + std::to_string(bytes) + " bytes and had " + std::to_string(noted.manifest_bytes));
  }
  if (ChecksumOfFile(manifest, 0, noted.manifest_bytes, kEmptyChecksum) != noted.manifest_checksum) {
    return Damaged(directory, manifest, "does not hold what was written to it");
  }
  return {};
}

Status CheckTables(const fs::path& directory, const fs::path& data, const StoreState& noted) {
  for (const StoreState::File& file : noted.tables) {
    const fs::path path = data / DataFileName(file.number, "sst");
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(path, failed);
    if (failed) return Damaged(directory, path, "is missing");
    if (bytes != file.bytes) {
      return Damaged(directory, path, "has " + std::to_string(bytes) + " bytes and had " + std::to_string(file.bytes));
    }
  }
  return {};
}

// Whether zeros lie where a record must begin, with something else behind them: there RocksDB goes on with the next
// block and says nothing. A journal is blocks of 32 KiB; a record is u32 checksum, u16 length, u8 type, its bytes; it
// does not cross a block, and the last bytes of a block, too few for a record's head, are zeros.
bool HasHole(const fs::path& journal) {
  constexpr std::size_t kBlockBytes = std::size_t{32} << 10;
  constexpr std::size_t kHeadBytes = 7;
  std::ifstream file(journal, std::ios::binary);
  std::string block(kBlockBytes, '\0');
  bool zeros = false;
  while (file.read(block.data(), static_cast<std::streamsize>(kBlockBytes)) || file.gcount() > 0) {
    const std::string_view bytes(block.data(), static_cast<std::size_t>(file.gcount()));
    std::size_t at = 0;
    while (!zeros && at + kHeadBytes <= bytes.size()) {
      const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
      zeros = byte(at + 4) == 0 && byte(at + 5) == 0 && byte(at + 6) == 0;
      if (!zeros) at += kHeadBytes + byte(at + 4) + (byte(at + 5) << 8);
    }
    if (zeros && at < bytes.size() && bytes.find_first_not_of('\0', at) != std::string_view::npos) return true;
  }
  return false;
}

Status CheckJournals(const fs::path& directory, const fs::path& data, const StoreState& noted) {
  for (const StoreState::File& file : noted.journals) {
    const fs::path path = data / DataFileName(file.number, "log");
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(path, failed);
    if (failed) return Damaged(directory, path, "is missing");
    if (bytes < file.bytes) {
      return Damaged(directory, path, "has " + std::to_string(bytes) + " bytes and had " + std::to_string(file.bytes));
    }
    if (HasHole(path)) return Damaged(directory, path, "has zeros among its records");
  }
  return {};
}

}  // namespace

std::string DataFileName(std::uint64_t number, const char* kind) { return Padded(number) + "." + kind; }

fs::path ManifestPath(const fs::path& data, std::uint64_t number) { return data / ("MANIFEST-" + Padded(number)); }

std::optional<std::uint64_t> ChecksumOfFile(const fs::path& path, std::uint64_t begin, std::uint64_t end,
                                            std::uint64_t before) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(begin));
  std::string part(std::min<std::uint64_t>(end - begin, std::uint64_t{1} << 20), '\0');
  while (begin < end) {
    const std::uint64_t bytes = std::min<std::uint64_t>(part.size(), end - begin);
    if (!file.read(part.data(), static_cast<std::streamsize>(bytes))) return std::nullopt;
    before = Checksum(std::string_view(part).substr(0, bytes), before);
    begin += bytes;
  }
  return before;
}

Status CheckBeforeOpen(const fs::path& directory, const fs::path& data, const StateFile::Found& found) {
  Status status = CheckManifest(directory, data, found.state);
  if (status.ok()) status = CheckTables(directory, data, found.state);
  // An open that was killed may have taken the journals over into a file already, and begun a MANIFEST that says so.
  if (status.ok() && CurrentManifest(data / "CURRENT") == found.state.manifest) {
    status = CheckJournals(directory, data, found.state);
  }
  if (status.ok() || found.damaged.empty()) return status;
  return Damaged(directory, found.damaged,
                 "cannot be read, and the older note beside it does not fit the data (" + status.error().message + ")");
}

}  // namespace plenum::storage
