// The furthest failure and the limit of the grammar's recursion.
// A failure further on replaces what was missed before; one at the same place adds to it.
#include "parser/progress.h"

#include <algorithm>

#include "parser/characters.h"
#include "parser/parser.h"

namespace plenum::syntax {

Iterator Progress::SkipAll(Iterator at) const { return At(SkipBlanks(text_, Offset(at))); }

void Progress::Missed(Iterator at, std::string_view wanted) {
  const auto offset = static_cast<std::uint32_t>(Offset(at));
  if (offset < furthest_.at || offset < hushed_) return;
  if (offset > furthest_.at) {
    furthest_.at = offset;
    furthest_.wanted.clear();
  }
  if (std::find(furthest_.wanted.begin(), furthest_.wanted.end(), wanted) == furthest_.wanted.end()) {
    furthest_.wanted.push_back(wanted);
  }
}

std::uint32_t Progress::Hush(Iterator at) {
  const std::uint32_t before = hushed_;
  hushed_ = std::max(hushed_, static_cast<std::uint32_t>(Offset(at) + 1));
  return before;
}

void Progress::Enter(Iterator at) {
  if (++depth_ > kNestingMax) RefuseNesting(MakeSpan(Offset(at), Offset(at) + 1), kNestingMax);
}

}  // namespace plenum::syntax
