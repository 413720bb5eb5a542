// Every way in which opening fails says which one it is, and touches nothing.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "engine/storage/database_directory.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/rocksdb_store.h"
#include "engine/storage/store_transaction.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

constexpr StoreOptions kReadOnly{.create_if_missing = true, .read_only = true};

void Put(Store& store, const std::string& key, const std::string& value) {
  WriteSet writes;
  writes.Put(key, value);
  ASSERT_TRUE(store.Apply(writes, true).ok());
}

std::string Get(Store& store, const std::string& key) {
  std::string value;
  const auto found = store.TakeSnapshot()->Get(key, value);
  EXPECT_TRUE(found);
  return *found ? value : "(none)";
}

void MakeDatabase(const std::string& path) {
  auto store = OpenStore(path);
  ASSERT_TRUE(store) << Describe(store.error());
  Put(**store, "a", "1");
}

void WriteFile(const fs::path& path, std::string_view text) { std::ofstream(path) << text; }

// Every file with its size and time of change.
std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> Listing(const fs::path& path) {
  std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> files;
  for (const auto& file : fs::recursive_directory_iterator(path)) {
    files[file.path()] = {file.is_regular_file() ? file.file_size() : 0, file.last_write_time()};
  }
  return files;
}

void ExpectError(const std::string& path, const StoreOptions& options, ErrorType type, const std::string& message) {
  const auto opened = OpenStore(path, options);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().type, type) << opened.error().message;
  EXPECT_EQ(opened.error().message, message);
}

TEST(Open, MissingDirectory) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "none";
  ExpectError(path, {.create_if_missing = false}, ErrorType::kNotFound, "there is no database at '" + path + "'");
  ExpectError(path, kReadOnly, ErrorType::kNotFound, "there is no database at '" + path + "'");
  EXPECT_FALSE(fs::exists(path));
  ExpectError(path + "/deeper", {}, ErrorType::kIoError,
              "cannot make the directory '" + path + "/deeper': No such file or directory");
}

TEST(Open, EmptyDirectoryBecomesADatabase) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "empty";
  fs::create_directory(path);
  ExpectError(path, {.create_if_missing = false}, ErrorType::kNotFound,
              "there is no database at '" + path + "': the directory is empty");
  MakeDatabase(path);
  EXPECT_TRUE(OpenStore(path, {.create_if_missing = false}));
}

TEST(Open, FileInsteadOfADirectory) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "file";
  WriteFile(path, "text");
  ExpectError(path, {}, ErrorType::kFormatError, "'" + path + "' is a file; a Plenum database is a directory");
}

TEST(Open, DirectoryOfSomethingElseIsNotTouched) {
  const ScratchDirectory scratch;
  WriteFile(scratch / "letter.txt", "text");
  const auto before = Listing(scratch.path());
  const std::string message = "the directory '" + scratch.path().string() +
                              "' is not empty and holds no Plenum database; give the path of a database, or of a new "
                              "or empty directory";
  ExpectError(scratch.path(), {}, ErrorType::kFormatError, message);
  ExpectError(scratch.path(), kReadOnly, ErrorType::kFormatError, message);
  EXPECT_EQ(Listing(scratch.path()), before);
}

TEST(Open, AnotherFormat) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "later";
  MakeDatabase(path);
  WriteFile(path + "/FORMAT", "Plenum database\nformat 7\nstate complete\n");
  ExpectError(path, {}, ErrorType::kFormatError,
              "the database '" + path +
                  "' has format 7, as its file FORMAT says; this version of Plenum reads format " +
                  std::to_string(kFormatVersion) + "; open it with the version that wrote it");
  WriteFile(path + "/FORMAT", "Plenum database\nformat one\n");
  EXPECT_EQ(OpenStore(path).error().type, ErrorType::kFormatError);
}

TEST(Open, UnfinishedCreationIsBegunAgain) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "unfinished";
  MakeDatabase(path);
  WriteFile(path + "/FORMAT", "Plenum database\nformat " + std::to_string(kFormatVersion) + "\nstate creating\n");
  EXPECT_EQ(OpenStore(path, kReadOnly).error().type, ErrorType::kFormatError);
  auto store = OpenStore(path);
  ASSERT_TRUE(store) << Describe(store.error());
  EXPECT_EQ(Get(**store, "a"), "(none)");
}

TEST(Open, ALostMarkerIsNamed) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "unmarked";
  MakeDatabase(path);
  fs::remove(path + "/FORMAT");
  ExpectError(path, {}, ErrorType::kCorruption,
              "the database '" + path + "' has lost its file '" + path + "/FORMAT'; restore a copy");
  WriteFile(path + "/FORMAT", "");
  EXPECT_EQ(OpenStore(path).error().type, ErrorType::kFormatError);
}

TEST(Open, LostDataIsNotReplacedByAnEmptyDatabase) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "lost";
  MakeDatabase(path);
  fs::remove_all(path + "/data");
  ExpectError(
      path, {}, ErrorType::kCorruption,
      "the database '" + path + "' has lost its data: the file '" + path + "/data/CURRENT' is missing; restore a copy");
}

TEST(Open, TwiceInOneProcess) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "twice";
  auto first = OpenStore(path);
  ASSERT_TRUE(first);
  const std::string message =
      "the database '" + path + "' is already open in this process (" + std::to_string(::getpid()) + ")";
  ExpectError(path, {}, ErrorType::kDatabaseLocked, message);
  ExpectError(path, kReadOnly, ErrorType::kDatabaseLocked, message);
  Put(**first, "a", "2");  // the refused opens did not loosen the lock
  EXPECT_NE(InChild([&] { return OpenStore(path) ? 0 : 1; }), 0);
  first->reset();
  EXPECT_TRUE(OpenStore(path));
}

TEST(Open, HeldByAnotherProcess) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "held";
  MakeDatabase(path);
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto store = OpenStore(path);
    if (::write(ready[1], store ? "y" : "n", 1) != 1) ::_exit(1);
    while (true) ::pause();
  }
  ::close(ready[1]);  // a child that ends is read as such
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  const std::string message =
      "the database '" + path + "' is held by process " + std::to_string(child) + "; close it there first";
  ExpectError(path, {}, ErrorType::kDatabaseLocked, message);
  ExpectError(path, kReadOnly, ErrorType::kDatabaseLocked, message);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(OpenStore(path)) << "a killed process holds nothing";
}

TEST(Open, ReadersShareAndKeepWritersOut) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "shared";
  MakeDatabase(path);
  auto first = OpenStore(path, kReadOnly);
  auto second = OpenStore(path, kReadOnly);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(Get(**second, "a"), "1");
  ExpectError(path, {}, ErrorType::kDatabaseLocked,
              "the database '" + path + "' is held by a process that reads it; close it there first");
}

TEST(Open, ReadOnlyWritesNothing) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "quiet";
  MakeDatabase(path);
  const auto before = Listing(path);
  {
    auto store = OpenStore(path, kReadOnly);
    ASSERT_TRUE(store) << Describe(store.error());
    EXPECT_TRUE((*store)->read_only());
    EXPECT_EQ(Get(**store, "a"), "1");
    WriteSet writes;
    writes.Put("b", "1");
    const Status status = (*store)->Apply(writes, true);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kUsageError);
    EXPECT_EQ((*store)->BeginBulk(1000).error().type, ErrorType::kUsageError);
  }
  EXPECT_EQ(Listing(path), before);
}

// As a user who may not write, since root may write anywhere.
TEST(Open, WithoutPermissionToWrite) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to become another user";
  const ScratchDirectory scratch;
  const std::string path = scratch / "foreign";
  MakeDatabase(path);
  fs::permissions(scratch.path(), fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
  const int failed = InChild([&] {
    constexpr uid_t kNobody = 65534;
    if (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) return 1;
    const auto writing = OpenStore(path);
    if (writing || writing.error().type != ErrorType::kIoError) return 2;
    if (writing.error().message != "cannot write to the database directory '" + path +
                                       "' (to read only, open it with read_only): Permission denied") {
      return 3;
    }
    auto reading = OpenStore(path, kReadOnly);
    return reading && Get(**reading, "a") == "1" ? 0 : 4;
  });
  EXPECT_EQ(failed, 0);
}

// Each file of the data in turn with its first bytes overwritten: an error that names the database, or the right
// answer.
TEST(Open, DamagedFilesAreFound) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "damaged";
  {
    auto store = OpenStore(path);
    ASSERT_TRUE(store);
    auto bulk = (*store)->BeginBulk(1 << 20);
    ASSERT_TRUE(bulk);
    for (int i = 0; i < 5'000; ++i) ASSERT_TRUE((*bulk)->Put("k" + std::to_string(i), std::string(20, 'v')).ok());
    ASSERT_TRUE((*bulk)->Finish().ok());
  }
  fs::path table;
  for (const auto& file : fs::directory_iterator(path + "/data")) {
    if (file.path().extension() == ".sst") table = file.path();
  }
  ASSERT_FALSE(table.empty());
  const int file = ::open(table.c_str(), O_WRONLY);
  ASSERT_EQ(::pwrite(file, "damage damage damage", 20, 100), 20);
  ::close(file);
  const auto opened = OpenStore(path);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().type, ErrorType::kCorruption);
  EXPECT_NE(opened.error().message.find(table.filename().string()), std::string::npos) << opened.error().message;
  EXPECT_NE(opened.error().message.find(path), std::string::npos);
}

TEST(PublishDirectory, RenamesOnceAndNeverReplaces) {
  const ScratchDirectory scratch;
  MakeDatabase(scratch / "draft");
  ASSERT_TRUE(PublishDirectory(scratch / "draft", scratch / "final").ok());
  auto store = OpenStore(scratch / "final", {.create_if_missing = false});
  ASSERT_TRUE(store);
  EXPECT_EQ(Get(**store, "a"), "1");
  fs::create_directory(scratch / "other");
  const Status status = PublishDirectory(scratch / "other", scratch / "final");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().type, ErrorType::kIoError);
}

}  // namespace
}  // namespace plenum::storage
