// A field of an import file as a value of its column's type.
#pragma once

#include "engine/interchange/csv_header.h"
#include "engine/value/plain_value.h"
#include "plenum/value.h"

namespace plenum {

// Null for an empty field (of a string, unless it is quoted). The error's message says what is wrong with the field,
// without its place: "column 'born': 'abc' is no integer".
Result<Value> ValueOfField(const Column& column, const CsvField& field, char array_delimiter);

// The same without an error or a copy, for the fields that are as most are; false when ValueOfField must be asked. Text
// is borrowed.
bool PlainValueOfField(const Column& column, const CsvField& field, PlainValue& value);

// An integer as import files write it: an optional minus sign and digits, all of `text`, in 64 bits.
std::optional<std::int64_t> IntegerOf(std::string_view text);

}  // namespace plenum
