// Questions and answers as lines of JSON, for programs that drive Plenum as a child process.
//
//   → {"op":"hello"}                                        ← {"name":"plenum","version":"0.1.0"}
//   → {"op":"reset"}                                        ← {"ok":true}          an empty database, in memory only
//   → {"op":"query","text":"RETURN $x AS x","params":{"x":1}}
//   ← {"columns":["x"],"rows":[[1]],"stats":{"nodesCreated":0,…}}
//   ← {"error":{"phase":"compile","type":"SyntaxError","detail":"UndefinedVariable","message":"…","line":1,"column":8}}
//
//   → {"op":"procedure","name":"my.city","in":[["name","STRING?"]],"out":[["city","STRING?"]],
//      "columns":["name","city"],"rows":[["Stefan","Berlin"]]}                   a table as a procedure, until reset
//   ← {"ok":true}
//
// With "timing":true a query's answer has "us": the microseconds from before Database::Query until it has given all
// rows. What is not known or not done is answered with phase "unsupported". Values are plenum/json.h's.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/shell/output.h"
#include "plenum/plenum.h"

namespace plenum::shell {

class Protocol {
 public:
  // Speaks of `database`; only one in memory may be reset. `query` holds the time-out and sync of every query.
  Protocol(Database database, bool in_memory, OpenOptions open, QueryOptions query);

  // The answer to one line, without a line break. Never fails: what cannot be read is answered with an error.
  std::string Answer(std::string_view line);

 private:
  std::string Reset();
  std::string Query(const Map& request);
  std::string Register(const Map& request);

  Database database_;
  bool in_memory_;
  OpenOptions open_;
  QueryOptions query_;
};

// Answers the lines of standard input until it ends. Returns the program's exit status.
int RunProtocol(Protocol protocol, Output& out);

}  // namespace plenum::shell
