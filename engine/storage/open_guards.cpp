// See open_guards.h. Each open begins a new MANIFEST with all that is live in it, so one that is newer than the noted
// one is what a process leaves that was killed between that and its first note; an older one, nobody leaves.
#include "engine/storage/open_guards.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <sstream>

#include "engine/storage/journal_check.h"
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

Status CheckGrown(const fs::path& directory, const fs::path& path, std::uintmax_t bytes,
                  const StoreState::Grown& noted) {
  if (bytes < noted.bytes) {
    return Damaged(directory, path, "has " + std::to_string(bytes) + " bytes and had " + std::to_string(noted.bytes));
  }
  if (ChecksumOfFile(path, 0, noted.bytes, kEmptyChecksum) != noted.checksum) {
    return Damaged(directory, path, "does not hold what was written to it");
  }
  return {};
}

Status CheckManifest(const fs::path& directory, const fs::path& data, const StoreState& noted) {
  const fs::path current = data / "CURRENT";
  const std::optional<std::uint64_t> number = CurrentManifest(current);
  if (!number || *number < noted.manifest.number) {
    return Damaged(directory, current,
                   "does not name " + ManifestPath(data, noted.manifest.number).filename().string());
  }
  const fs::path manifest = ManifestPath(data, *number);
  std::error_code failed;
  const std::uintmax_t bytes = fs::file_size(manifest, failed);
  if (failed) return Damaged(directory, manifest, "is missing, which 'CURRENT' names");
  return *number > noted.manifest.number ? Status() : CheckGrown(directory, manifest, bytes, noted.manifest);
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

// Those of a closed database are as they were noted. Of others nobody knows how long they were.
Status CheckJournals(const fs::path& directory, const fs::path& data, const StoreState& noted) {
  for (const StoreState::Grown& journal : noted.journals) {
    const fs::path path = data / DataFileName(journal.number, "log");
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(path, failed);
    if (failed) return Damaged(directory, path, "is missing");
    if (Status status = CheckGrown(directory, path, bytes, journal); !status.ok()) return status;
  }
  if (noted.closed) return {};
  for (const fs::path& path : JournalsIn(data)) {
    if (const auto fault = FaultInJournal(path)) return Damaged(directory, path, *fault);
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

std::optional<fs::path> UnnotedManifest(const fs::path& data, const StoreState& noted) {
  const std::optional<std::uint64_t> number = CurrentManifest(data / "CURRENT");
  if (!number || *number == noted.manifest.number) return std::nullopt;
  return ManifestPath(data, *number);
}

std::vector<fs::path> JournalsIn(const fs::path& data) {
  std::vector<fs::path> journals;
  std::error_code failed;
  for (fs::directory_iterator file(data, failed), end; !failed && file != end; file.increment(failed)) {
    std::error_code ignored;
    if (file->path().extension() == ".log" && file->file_size(ignored) > 0) journals.push_back(file->path());
  }
  std::sort(journals.begin(), journals.end());
  return journals;
}

Status CheckBeforeOpen(const fs::path& directory, const fs::path& data, const StateFile::Found& found) {
  Status status = CheckManifest(directory, data, found.state);
  if (status.ok()) status = CheckTables(directory, data, found.state);
  // An open that was killed may have taken the journals over into a file already, and begun a MANIFEST that says so.
  if (status.ok() && !UnnotedManifest(data, found.state)) status = CheckJournals(directory, data, found.state);
  if (status.ok() || found.damaged.empty()) return status;
  return Damaged(directory, found.damaged,
                 "cannot be read, and the older note beside it does not fit the data (" + status.error().message + ")");
}

}  // namespace plenum::storage
