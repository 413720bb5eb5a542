// Runs one query of a query file (query_file.h) and compares what it answers with what the file says.
#pragma once

#include <string>

#include "plenum/session.h"
#include "tests/query_file.h"

namespace plenum::tests {

// What is not as written, with the answer as Markdown; empty when all is right.
std::string WhatDiffers(Session& session, const QueryCase& query);

}  // namespace plenum::tests
