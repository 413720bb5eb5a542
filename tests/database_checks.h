// What tests of the whole library say often: this must succeed, that must fail, the answer is one value.
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

#include "plenum/plenum.h"
#include "tests/must.h"

namespace plenum {

inline Database InMemory(const OpenOptions& options = {}) { return Must(Database::Open(":memory:", options)); }

// The only value of an answer that has one row and one column.
inline Value Single(Result<QueryResult> result) {
  QueryResult answer = Must(std::move(result));
  EXPECT_EQ(answer.columns().size(), 1u);
  if (!answer.Next()) throw std::runtime_error("the answer has no rows");
  Value value = answer.Get(0);
  EXPECT_FALSE(answer.Next());
  return value;
}

// The error of what must fail.
template <class T>
Error Failure(Result<T> result) {
  if (result) throw std::runtime_error("this should have failed");
  return std::move(result).error();
}
inline Error Failure(Status status) {
  if (status.ok()) throw std::runtime_error("this should have failed");
  return std::move(status).error();
}

inline std::int64_t CountNodes(auto& database) { return Single(database.Query("MATCH (n) RETURN count(*)")).integer(); }

}  // namespace plenum
