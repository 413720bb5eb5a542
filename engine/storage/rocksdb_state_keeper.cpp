// See rocksdb_state_keeper.h.
#include "engine/storage/rocksdb_state_keeper.h"

#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/storage/open_guards.h"
#include "engine/storage/rocksdb_options.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

void Raise(std::atomic<std::uint64_t>& number, std::uint64_t to) {
  std::uint64_t now = number;
  while (now < to && !number.compare_exchange_weak(now, to)) {
  }
}

// RocksDB calls these in its background threads. Nobody there can be told of a failure: the keeper remembers it.
class Listening final : public rocksdb::EventListener {
 public:
  explicit Listening(StateKeeper& keeper) : keeper_(keeper) {}
  void OnFlushCompleted(rocksdb::DB* database, const rocksdb::FlushJobInfo&) override { (void)keeper_.Note(*database); }
  void OnCompactionBegin(rocksdb::DB* database, const rocksdb::CompactionJobInfo&) override {
    (void)keeper_.Note(*database);
  }
  void OnCompactionCompleted(rocksdb::DB* database, const rocksdb::CompactionJobInfo&) override {
    (void)keeper_.Note(*database);
  }

 private:
  StateKeeper& keeper_;
};

std::uint64_t NumberIn(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

StateKeeper::StateKeeper(fs::path directory, fs::path data, std::optional<StoreState> last)
    : file_(std::move(directory)), data_(std::move(data)), state_(last.value_or(StoreState())) {
  commit_ = state_.commit;
  sequence_ = state_.sequence;
}

std::shared_ptr<rocksdb::EventListener> StateKeeper::Listener() { return std::make_shared<Listening>(*this); }

void StateKeeper::SetDurable(std::uint64_t commit, std::uint64_t sequence) {
  Raise(commit_, commit);
  Raise(sequence_, sequence);
}

Status StateKeeper::Note(rocksdb::DB& database) {
  const std::lock_guard lock(mutex_);
  return Write(database, false);
}

Status StateKeeper::NoteClosed(rocksdb::DB& database) {
  const std::lock_guard lock(mutex_);
  return Write(database, true);
}

// The note of the close need not be durable: the one before it fits the same files.
Status StateKeeper::Write(rocksdb::DB& database, bool closed) {
  ++state_.note;
  state_.closed = closed;
  state_.commit = commit_;
  state_.sequence = sequence_;
  TakeTables(database, state_);
  Status status = TakeManifest(database);
  state_.journals.clear();
  if (status.ok() && closed) status = TakeJournals();
  if (status.ok()) status = file_.Write(state_, !closed);
  if (status.ok()) return status;
  --state_.note;  // tried again, it must not go over the one that is whole
  // Which must go on being true: from now on no file goes.
  if (!failed_.exchange(true)) database.DisableFileDeletions().PermitUncheckedError();
  return status;
}

// Only what is new is read: an open begins a new one, and then it grows. What RocksDB says is its length is on the
// disk.
Status StateKeeper::TakeManifest(rocksdb::DB& database) {
  std::vector<std::string> files;
  std::uint64_t bytes = 0;
  Status status = ToStatus(database.GetLiveFiles(files, &bytes, /*flush_memtable=*/false), data_.string());
  if (!status.ok()) return status;
  std::uint64_t number = 0;
  constexpr std::string_view kManifest = "/MANIFEST-";
  for (const std::string& file : files) {
    if (file.starts_with(kManifest)) number = NumberIn(std::string_view(file).substr(kManifest.size()));
  }
  const StoreState::Grown known = number == state_.manifest.number && bytes >= state_.manifest.bytes
                                      ? state_.manifest
                                      : StoreState::Grown{.number = number};
  return TakeGrown(ManifestPath(data_, number), bytes, known, state_.manifest);
}

Status StateKeeper::TakeGrown(const fs::path& path, std::uint64_t bytes, const StoreState::Grown& known,
                              StoreState::Grown& grown) {
  const auto checksum = ChecksumOfFile(path, known.bytes, bytes, known.checksum);
  if (!checksum) return RuntimeError(ErrorType::kIoError, "cannot read '" + path.string() + "'");
  grown = {known.number, bytes, *checksum};
  return {};
}

void StateKeeper::TakeTables(rocksdb::DB& database, StoreState& state) {
  std::vector<rocksdb::LiveFileMetaData> files;
  database.GetLiveFilesMetaData(&files);
  state.tables.clear();
  state.leaving.clear();
  for (const rocksdb::LiveFileMetaData& file : files) {
    (file.being_compacted ? state.leaving : state.tables).push_back({file.file_number, file.size});
  }
}

Status StateKeeper::TakeJournals() {
  for (const fs::path& journal : JournalsIn(data_)) {
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(journal, failed);
    const StoreState::Grown known{.number = NumberIn(journal.stem().string())};
    Status status = TakeGrown(journal, failed ? 0 : bytes, known, state_.journals.emplace_back());
    if (!status.ok()) return status;
  }
  return {};
}

}  // namespace plenum::storage
