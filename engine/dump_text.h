// Values as the language writes them, and the statements of a dump put together of them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/value.h"

namespace plenum {

// Values by their literals. What has none, an interval, and a string that would make the statement too long become
// parameters, which the shell sets before it.
class ValueSpelling {
 public:
  std::string Spell(const Value& value);
  std::string SpellMap(const std::map<std::string, Value>& values);

  // Lines ":param dumped1 …", to come before the statement; empty where none is needed.
  const std::string& parameters() const { return parameters_; }

 private:
  std::string Parameter(const Value& value);

  std::string parameters_;
  unsigned parameter_count_ = 0;
};

// "VALID FROM … UNTIL …".
std::string SpellValid(const Interval& interval);
// Adds the ends of what is valid to a row, as f and u. Returns what a pattern then says of it:
// " VALID FROM row.f UNTIL row.u", or nothing.
std::string AddValidity(const std::optional<Interval>& validity, std::string& row);
// ":A:`B c`", each with its colon.
std::string SpellLabels(const std::vector<std::string>& labels);

// Rows that one statement takes, until they are many: "UNWIND [ rows ] AS row " and what is done with each.
class RowBatch {
 public:
  explicit RowBatch(std::function<bool(std::string_view)> write) : write_(std::move(write)) {}

  // `action`: what stands behind the UNWIND, ended by no ';'. Rows of another action are written first.
  // `with_properties` is appended to the action when some row of the batch has properties; "p" of its row are those,
  // "{}" none.
  bool Add(const std::string& action, const std::string& with_properties, const std::string& row,
           const std::string& properties);
  bool Flush();

 private:
  struct Row {
    std::string text;
    std::string properties;
  };
  std::function<bool(std::string_view)> write_;
  std::string action_;
  std::string with_properties_;
  std::vector<Row> rows_;
  std::size_t bytes_ = 0;
  bool any_properties_ = false;
};

}  // namespace plenum
