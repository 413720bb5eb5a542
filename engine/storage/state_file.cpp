// See state_file.h.
#include "engine/storage/state_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "engine/storage/database_directory.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

constexpr std::string_view kHead = "Plenum state 1\n";

void PutFiles(std::ostringstream& out, const char* kind, const std::vector<StoreState::File>& files) {
  for (const StoreState::File& file : files) out << kind << ' ' << file.number << ' ' << file.bytes << '\n';
}

void PutGrown(std::ostringstream& out, const char* kind, const StoreState::Grown& file) {
  out << kind << ' ' << file.number << ' ' << file.bytes << ' ' << file.checksum << '\n';
}

bool TakeGrown(StoreState::Grown& file, std::istringstream& in) {
  return static_cast<bool>(in >> file.number >> file.bytes >> file.checksum);
}

bool TakeField(StoreState& state, const std::string& name, std::istringstream& in) {
  if (name == "commit") return static_cast<bool>(in >> state.commit);
  if (name == "sequence") return static_cast<bool>(in >> state.sequence);
  if (name == "manifest") return TakeGrown(state.manifest, in);
  if (name == "journal") return TakeGrown(state.journals.emplace_back(), in);
  if (name == "note") {
    std::string open;
    if (!(in >> state.note >> open)) return false;
    state.closed = open == "closed";
    return state.closed || open == "open";
  }
  StoreState::File file;
  if (!(in >> file.number >> file.bytes)) return false;
  if (name == "table") return state.tables.push_back(file), true;
  if (name == "leaving") return state.leaving.push_back(file), true;
  return false;
}

std::optional<StoreState> ReadSlot(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return StateOfText(text.view());
}

}  // namespace

std::uint64_t Checksum(std::string_view bytes, std::uint64_t before) {
  constexpr std::uint64_t kPrime = 0x100000001B3;
  for (const char c : bytes) before = (before ^ static_cast<unsigned char>(c)) * kPrime;
  return before;
}

std::string StateText(const StoreState& state) {
  std::ostringstream out;
  out << kHead << "note " << state.note << (state.closed ? " closed" : " open") << "\ncommit " << state.commit
      << "\nsequence " << state.sequence << '\n';
  PutGrown(out, "manifest", state.manifest);
  PutFiles(out, "table", state.tables);
  PutFiles(out, "leaving", state.leaving);
  for (const StoreState::Grown& journal : state.journals) PutGrown(out, "journal", journal);
  const std::uint64_t check = Checksum(out.view());
  out << "check " << check << '\n';
  return std::move(out).str();
}

std::optional<StoreState> StateOfText(std::string_view text) {
  constexpr std::string_view kCheck = "\ncheck ";
  const std::size_t end = text.find(kCheck);
  if (!text.starts_with(kHead) || end == std::string_view::npos) return std::nullopt;
  const std::string_view noted = text.substr(0, end + 1);
  const std::string check = "\ncheck " + std::to_string(Checksum(noted)) + "\n";
  if (!text.substr(end).starts_with(check)) return std::nullopt;
  StoreState state;
  std::istringstream in{std::string(noted.substr(kHead.size()))};
  std::string name;
  while (in >> name) {
    if (!TakeField(state, name, in)) return std::nullopt;
  }
  return state;
}

Result<StateFile::Found> StateFile::Read() const {
  std::optional<StoreState> slots[] = {ReadSlot(Slot(0)), ReadSlot(Slot(1))};
  if (!slots[0] && !slots[1]) {
    return RuntimeError(ErrorType::kCorruption, "the database '" + directory_.string() + "' is damaged: its files '" +
                                                    Slot(0).string() + "' and '" + Slot(1).string() +
                                                    "' are missing or damaged; restore a copy");
  }
  const std::size_t newer = !slots[0] || (slots[1] && slots[1]->note > slots[0]->note) ? 1 : 0;
  const std::size_t other = 1 - newer;
  const bool damaged = !slots[other] && std::filesystem::exists(Slot(other));
  return Found{std::move(*slots[newer]), damaged ? Slot(other) : std::filesystem::path()};
}

Status StateFile::Write(const StoreState& state, bool durable) const {
  const std::string text = StateText(state);
  const std::filesystem::path path = Slot(state.note);
  const bool fresh = !std::filesystem::exists(path);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  const bool written = file >= 0 && ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
                       (!durable || ::fdatasync(file) == 0);
  const int failed = errno;
  if (file >= 0) ::close(file);
  if (written) return durable && fresh ? SyncDirectory(directory_) : Status();
  return RuntimeError(ErrorType::kIoError, "cannot write '" + path.string() + "': " + std::strerror(failed));
}

}  // namespace plenum::storage
