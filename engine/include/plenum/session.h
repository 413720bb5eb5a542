// A user's statements one after the other: a shell, a connection, a script.
//
//   plenum::Session session(*db);
//   session.Query("BEGIN");
//   session.Query("CREATE (:Person {name: 'Ada'})");
//   session.Query("COMMIT");
#pragma once

#include <optional>
#include <string_view>

#include "plenum/plenum.h"

namespace plenum {

// Statements run in transactions of their own, until BEGIN opens one that the statements behind it share: COMMIT makes
// it permanent, ROLLBACK undoes it. BEGIN takes the turn to write, unless the database was opened to read only; BEGIN
// WRITE asks for that turn in any case. SAVEPOINT name marks a place in the transaction, and ROLLBACK TO name goes back
// there. A statement that fails changes nothing and leaves the transaction open. What is open when the session is
// destroyed is rolled back.
//
// Used by one thread at a time; must not outlive its Database.
class Session {
 public:
  explicit Session(Database& database);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Errors: those of Database::Query; UsageError where no transaction is open, or one already is.
  Result<QueryResult> Query(std::string_view text, const QueryOptions& options = {});

  bool in_transaction() const { return transaction_.has_value(); }

 private:
  Database* database_;
  std::optional<Transaction> transaction_;
};

}  // namespace plenum
