// A graph that grows by numbered commits: which ones it has seen says what must be in it, so that a database that was
// damaged or killed can be compared with one that was not.
//
// There is something of every kind that is stored: labels, properties in columns and rare ones, texts too long for a
// block, validity, a node with more relationships than one segment takes, loops and parallels, a unique and a range
// index, citations of elements and of properties, a source's text.
#pragma once

#include <string>

#include "plenum/plenum.h"

namespace plenum {

// Commit 0: makes the database.
Status MakeNumbered(const std::string& path);

// Commit `number`, from 1; says the same in every database that has seen all before. In a transaction of its own.
Status CommitNumber(Database& database, int number, bool sync);

// Opens the database and reads everything that can be read, in every way in which it can be found, as one text. Where
// an index or a direction does not agree with the rest, so does the text with any other.
struct Numbered {
  int commits = 0;
  std::string content;
};
Result<Numbered> ReadNumbered(const std::string& path, bool read_only);

// Through the language: the answers to some queries, as one text.
Result<std::string> AnswersOf(const std::string& path, bool read_only);

}  // namespace plenum
