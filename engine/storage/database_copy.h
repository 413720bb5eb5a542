// A database made anew from what a snapshot holds: the copy of a store whose files cannot be shared.
#pragma once

#include <string>

#include "engine/storage/store.h"
#include "plenum/status.h"

namespace plenum::storage {

// `path` must not exist; it is there only when all is copied.
Status CopyToDirectory(const Snapshot& snapshot, const std::string& path);

}  // namespace plenum::storage
