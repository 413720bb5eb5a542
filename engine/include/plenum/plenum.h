// Plenum: a knowledge graph inside your program. Start here.
//
//   auto db = plenum::Database::Open("people.plenum");
//   if (!db) { std::cerr << plenum::Describe(db.error()) << '\n'; return 1; }
//   auto people = db->Query("MATCH (p:Person)-[:HOLDS]->(r:Role) RETURN p.name, r.title");
//   while (people && people->Next()) std::cout << plenum::ToText(people->Get(0)) << '\n';
//
// A database is a directory, or ":memory:" (gone when closed). It is held by one process at a time. A Database and what
// comes from it may be used by many threads; one Transaction or QueryResult by one thread at a time. Reads see what was
// committed when they began; one write transaction runs at a time, the next waits its turn.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/graph.h"
#include "plenum/inspection.h"
#include "plenum/procedure.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

struct OpenOptions {
  bool create_if_missing = true;                            // a missing directory is made; false: NotFound
  bool read_only = false;                                   // writes are UsageErrors; implies not to create
  std::uint64_t memory_bytes_max = std::uint64_t{2} << 30;  // half for what was read, half for one query's rows
  unsigned threads = 0;                                     // for long queries; 0: as many as the machine has cores
  // LOAD CSV reads files below this directory, and no others: texts in the query language may come from people who must
  // not see every file that this process can read. Empty: none at all. "/": every file. The directory must be there
  // when the database is opened, else NotFound; symbolic links are followed before a file's place is judged.
  std::string load_csv_directory;
};

struct QueryOptions {
  Map parameters;                             // $name → value
  std::chrono::milliseconds timeout{0};       // 0: none
  const std::atomic<bool>* cancel = nullptr;  // set to true from any thread to stop the query; must outlive the call
  bool sync =
      true;  // a write is durable when the call returns; false: a crash may lose the latest, never one in the middle
};

// What a statement changed.
struct QueryStatistics {
  std::uint64_t nodes_created = 0;
  std::uint64_t nodes_deleted = 0;
  std::uint64_t relationships_created = 0;
  std::uint64_t relationships_deleted = 0;
  std::uint64_t properties_set = 0;
  std::uint64_t labels_added = 0;
  std::uint64_t labels_removed = 0;
  std::uint64_t indexes_added = 0;
  std::uint64_t indexes_removed = 0;
  std::uint64_t constraints_added = 0;
  std::uint64_t constraints_removed = 0;
};

// The answer to one statement: rows of values, one column each, in order. Owns what it shows; outlives its database.
class QueryResult {
 public:
  QueryResult(std::vector<std::string> columns, std::vector<std::vector<Value>> rows, QueryStatistics statistics);

  const std::vector<std::string>& columns() const { return columns_; }
  const QueryStatistics& statistics() const { return statistics_; }

  // Names in the statement that nothing in the graph has and the statement does not write, each once and in the order
  // of the text, the first ten: UnknownLabel, UnknownRelationshipType, UnknownPropertyKey. A graph that has no label at
  // all gives none for labels, and so on: it is being made.
  const std::vector<Notification>& notifications() const { return notifications_; }
  void set_notifications(std::vector<Notification> notifications) { notifications_ = std::move(notifications); }

  // Moves to the next row, the first at first; false at the end.
  bool Next();
  // The current row; valid until Next is called again.
  const std::vector<Value>& row() const { return rows_[position_ - 1]; }
  const Value& Get(std::size_t column) const { return row()[column]; }

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<Value>> rows_;
  QueryStatistics statistics_;
  std::vector<Notification> notifications_;
  std::size_t position_ = 0;
};

// Several statements as one. Rolled back when destroyed without Commit. A statement that fails changes nothing and
// leaves the transaction usable. Must not outlive its Database.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  // Any statement; COMMIT and ROLLBACK end the transaction, SAVEPOINT and ROLLBACK TO do as below.
  Result<QueryResult> Query(std::string_view text, const QueryOptions& options = {});
  Status Commit(bool sync = true);
  void Rollback();
  bool ended() const;

  // Marks this place; of two marks of one name the later counts. Going back undoes all that was written since; the mark
  // stays. UsageError when there is none.
  Status SetSavepoint(std::string_view name);
  Status RollbackTo(std::string_view name);

 private:
  friend class Database;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Database {
 public:
  // Opens the database at `path`, or makes one. Errors: NotFound, FormatError (not a database, or another format),
  // DatabaseLocked (names the process that holds it), Corruption, IoError.
  static Result<Database> Open(std::string_view path, const OpenOptions& options = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();  // closes; transactions must have ended

  // Runs one statement in a transaction of its own; committed when it returns without an error. `text` is UTF-8.
  Result<QueryResult> Query(std::string_view text, const QueryOptions& options = {});

  bool read_only() const;

  // What this open recovered where the process that wrote last did not close the database: it was killed, or the
  // machine stopped. Every commit up to `commit` is there, whole, and none after it; commits count from 1 since the
  // database was made. Those that asked for `sync` and returned are among them. Absent after an orderly close.
  struct Recovery {
    std::uint64_t commit = 0;
  };
  std::optional<Recovery> recovered() const;

  // What is committed, to be read without a query (graph.h). Must not outlive the database.
  GraphSnapshot Snapshot() const;

  Result<Transaction> BeginRead();
  // Waits its turn up to `options.timeout`, 10 s at most, then Timeout. Of the options only that and `cancel` count.
  Result<Transaction> BeginWrite(const QueryOptions& options = {});

  // The names in use, sorted: for completion and the like.
  std::vector<std::string> Labels() const;
  std::vector<std::string> RelationshipTypes() const;
  std::vector<std::string> PropertyKeys() const;

  // Attaches the text of a source: the node (:Source {key}), made when it is not there. `text` is UTF-8; another text
  // already attached is replaced only when no citation has a span in it, else a UsageError.
  Status AttachSource(std::string_view key, std::string_view text);

  // Looks through all that is kept, and says what does not agree (inspection.h): adjacency, indexes, counters,
  // citations, the checksums of files. Takes about as long as reading everything twice; others may read and write
  // meanwhile. A damaged database may not open at all; then Open says what is damaged.
  Result<CheckReport> Check(const CheckOptions& options = {});

  // Counts what there is and its bytes, on disk and decoded. Reads and decodes everything once. Compacting needs a
  // database that is open for writing, else a UsageError.
  Result<DatabaseStatistics> Statistics(const StatisticsOptions& options = {});

  // Writes statements that build the same graph again, piece by piece, until `write` returns false (a Cancelled error):
  // read by the shell into a new database (`plenum NEW < DUMP`) they give an equal one, but for ids. Texts of sources,
  // which the language cannot write, are lines for the shell. Takes 8 bytes of memory a node.
  Status Dump(const std::function<bool(std::string_view)>& write);

  // Makes `procedure` callable by the statements of this database, from now until it is closed: CALL name(…). It is
  // not stored, so register it whenever the database is opened. Its function is called by the threads that run
  // statements, at the same time by several; it and what it refers to must be safe for that, and live as long as the
  // database. Within it, statements see what is committed, not what the calling one has written; one that writes would
  // wait for the calling one in vain.
  //
  // Errors, all UsageErrors: ProcedureAlreadyExists (a name is given once; names that begin with "db." or
  // "graph." are the database's own), InvalidProcedure (a name that is empty or has an empty part, a field without a
  // name, two inputs or two outputs of one name, no function).
  Status Register(Procedure procedure);

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Where the first statement of `text` ends: the offset just past its ';', strings, quoted names and comments skipped;
// npos when it goes on (a shell reads another line).
std::size_t StatementEnd(std::string_view text);

// The words of the language, for completion.
const std::vector<std::string_view>& Keywords();
const std::vector<std::string_view>& FunctionNames();

// The library's version, "0.1.0".
std::string_view Version();

}  // namespace plenum
