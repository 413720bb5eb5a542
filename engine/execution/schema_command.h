// Statements about indexes: CREATE and DROP of an INDEX or CONSTRAINT, SHOW of those there are.
#pragma once

#include "engine/execution/query_context.h"
#include "engine/plan/bound_query.h"
#include "plenum/plenum.h"

namespace plenum::execution {

// Raises a UsageError IndexAlreadyExists or IndexNotFound where the command does not say IF [NOT] EXISTS.
QueryResult RunSchemaCommand(QueryContext& context, const plan::SchemaCommand& command);

}  // namespace plenum::execution
