// Runs a rule of the grammar.
// An expectation that fails ends a parse by an exception, caught here: none leaves the grammar but a Refusal.
#include "parser/grammar/entry.h"

#include "parser/grammar/rules.h"

namespace plenum::syntax {
namespace {

template <class R, class T>
bool Run(const R& rule, Progress& progress, Iterator& first, T& out) {
  const Iterator last = progress.At(progress.text().size());
  const Context context = x3::make_context<ProgressTag>(progress);
  try {
    return rule.parse(first, last, context, x3::unused, out);
  } catch (const x3::expectation_failure<Iterator>&) {
    return false;
  }
}

}  // namespace

bool ParseStatement(Progress& progress, Iterator& first, ast::Statement& out) {
  return Run(statement, progress, first, out);
}

bool ParseWholeExpression(Progress& progress, Iterator& first, ast::Expression& out) {
  return Run(expression, progress, first, out);
}

}  // namespace plenum::syntax
