// What a search for paths cannot test where it stands, but only when a whole round or a whole path is there.
#pragma once

#include "engine/plan/bound_query.h"

namespace plenum::plan {

// Whether something of `subpath` is tested as a whole: its conditions, an element that reads another, a node that
// stands at two places. The ends of a path that a selector chooses may be one node all the same: the search knows both.
bool IsTestedAsAWhole(const Subpath& subpath);

// Whether a walk along `path` may be as long as it likes.
bool IsUnbounded(const PathPattern& path);

// Whether the first walk to a place tells all about those that come there later, wherever `subpath` repeats without a
// bound. So a search for one shortest walk ends.
bool FirstWalkTellsAll(const Subpath& subpath);

}  // namespace plenum::plan
