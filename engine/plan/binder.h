// The binder: from the syntax tree to the bound query, or to the first thing in the text that cannot mean anything.
//
// Needs no data: every error it finds is of the compile phase. The names and details of its errors are openCypher's.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/plan/bound_query.h"
#include "engine/plan/procedures.h"
#include "parser/ast.h"
#include "plenum/status.h"

namespace plenum::plan {

// What one query may have: running it takes stack for each clause that reads, and for each relationship of a pattern.
inline constexpr std::size_t kReadingClausesMax = 500;
inline constexpr std::size_t kClausesOfACall =
    5;  // CALL { }, its own clauses apart, and CALL graph.… take the stack of so many
inline constexpr std::size_t kPatternRelationshipsMax = 200;  // of one MATCH or MERGE
// Reading clauses, nodes and relationships of patterns that may be at work at once: those of one part of a UNION, with
// the subqueries in it.
inline constexpr std::size_t kStepsMax = 1000;

// Binds `statement`, which was parsed from `text` (columns are named by the text of their expression). CALL finds
// `procedures` beside the language's own.
Result<Statement> Bind(const ast::Statement& statement, std::string_view text, const Procedures& procedures = {});

}  // namespace plenum::plan
