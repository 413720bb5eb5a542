// A Store that is a sorted map in memory: obvious rather than fast, the twin that other stores are tested against.
#pragma once

#include <memory>

#include "engine/storage/fold.h"
#include "engine/storage/store.h"

namespace plenum::storage {

std::unique_ptr<Store> MakeMemoryStore(FoldFunction fold = Fold);

}  // namespace plenum::storage
