// The first line of an import file: what each column is. See plenum/import.h for the forms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/interchange/csv_reader.h"
#include "plenum/status.h"

namespace plenum {

enum class ColumnRole : std::uint8_t {
  kProperty,
  kId,
  kLabel,
  kStartId,
  kEndId,
  kType,
  kValidFrom,
  kValidUntil,
  kValidThrough,
  kCite,
  kIgnore,
};

enum class ColumnType : std::uint8_t { kString, kInteger, kFloat, kBoolean, kDate };

struct Column {
  ColumnRole role = ColumnRole::kProperty;
  ColumnType type = ColumnType::kString;
  bool is_array = false;
  std::string name;      // of the property; of an ID column it may be empty
  std::string id_space;  // of kId, kStartId, kEndId; of kCite the label of the sources
};

enum class TableKind : std::uint8_t { kNodes, kRelationships };

// The columns, checked: each of the roles that the kind of table needs is there once, none that it does not know, no
// property twice. `place` begins the error's message.
Result<std::vector<Column>> ParseHeader(const std::vector<CsvField>& fields, TableKind kind, std::string_view place);

}  // namespace plenum
