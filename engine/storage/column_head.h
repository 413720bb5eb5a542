// What a column's bytes begin with: all that is known of it without looking at its values. See column.h.
#pragma once

#include <cstdint>

#include "engine/storage/byte_code.h"
#include "engine/storage/column.h"
#include "engine/storage/column_form.h"

namespace plenum::storage {

struct ColumnHead {
  ColumnForm form = ColumnForm::kMixed;
  ColumnZone zone;
  std::uint64_t range = 0;  // of integers and dates: greatest - least
};

// Up to the zone. The reader fails on damaged bytes; the head is meaningless then.
ColumnHead ReadColumnHead(ByteReader& reader);

}  // namespace plenum::storage
