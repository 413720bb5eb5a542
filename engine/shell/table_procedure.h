// A table of rows as a procedure, as the dialogue in lines of JSON sends one: for tests that need a procedure.
#pragma once

#include "plenum/plenum.h"

namespace plenum::shell {

// {"name":"my.city","in":[["name","STRING?"]],"out":[["city","STRING?"]],"columns":["name","city"],
//  "rows":[["Stefan","Berlin"]]}
//
// Calling it yields the `out` columns of the rows whose `in` columns equal the arguments; null equals null here. A type
// is BOOLEAN, INTEGER, FLOAT, NUMBER, STRING, LIST, MAP, DATE or ANY, with '?' when null is among its values. A
// UsageError InvalidRequest says what is wrong with the request.
Result<Procedure> ReadTableProcedure(const Map& request);

}  // namespace plenum::shell
