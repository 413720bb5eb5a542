// From the place where a parse failed to the error a person reads.
#pragma once

#include "parser/progress.h"
#include "parser/refusal.h"
#include "plenum/status.h"

namespace plenum::syntax {

// "expected ')' or ',' but found 'RETURN'", with the spelling to use where another language's was written.
Error Diagnose(const Progress& progress);

Error MakeError(std::string_view text, Refusal&& refusal);

}  // namespace plenum::syntax
