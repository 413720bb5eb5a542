// Valid time in a query: filters on elements, and intervals that are asserted.
#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/valid_time.h"

namespace plenum::execution {

PartialDate Evaluator::EvaluateWhen(const plan::Expression& when, Row& row) {
  return AtSpan(when.span, [&] { return ToPartialDate(Evaluate(when, row)); });
}

bool Evaluator::PassesFilter(const std::optional<plan::ValidFilter>& filter, const std::optional<Interval>& validity,
                             Row& row) {
  if (!filter || filter->kind == ast::ValidFilter::Kind::kAnyTime) return true;
  const PartialDate when = EvaluateWhen(*filter->when, row);
  if (filter->kind == ast::ValidFilter::Kind::kAt) {
    if (!validity) return true;
    return filter->certainly ? HoldsCertainly(*validity, when) : HoldsPossibly(*validity, when);
  }
  const ValidDays days = EvaluateDays(*filter, when, row);
  return !validity || HoldsDuring(*validity, days, filter->certainly);
}

// DURING when: all its days; DURING when UNTIL until: from its first day to the day before until's first.
ValidDays Evaluator::EvaluateDays(const plan::ValidFilter& filter, const PartialDate& when, Row& row) {
  ValidDays days{when.earliest, when.latest};
  if (!filter.until) return days;
  const PartialDate until = EvaluateWhen(*filter.until, row);
  if (until.earliest) days.last = *until.earliest - 1;
  if (until.earliest && (!days.first || *days.first <= *days.last)) return days;
  throw EvaluationError{Error{.type = ErrorType::kArgumentError,
                              .detail = "InvalidArgumentValue",
                              .message = fmt::format("DURING {} UNTIL {} names no day", ToText(when), ToText(until)),
                              .place = Place{.span = filter.span}}};
}

// THROUGH names the last day: stored as UNTIL the day after, both bounds shifted. A null end is no end.
Interval Evaluator::EvaluateAssertion(const plan::Assertion& assertion, Row& row) {
  const auto end = [&](const std::optional<plan::Expression>& expression) -> std::optional<PartialDate> {
    if (!expression || Evaluate(*expression, row).is_null()) return std::nullopt;
    return EvaluateWhen(*expression, row);
  };
  Interval interval{end(assertion.from), end(assertion.until)};
  if (assertion.through && interval.until) {
    if (interval.until->earliest) ++*interval.until->earliest;
    if (interval.until->latest) ++*interval.until->latest;
  }
  const bool empty = interval.from && interval.until && interval.from->earliest && interval.until->latest &&
                     *interval.from->earliest >= *interval.until->latest;
  if (empty) {
    throw EvaluationError{
        Error{.type = ErrorType::kArgumentError,
              .detail = "InvalidArgumentValue",
              .message = fmt::format("{} holds on no day: its end is not behind its beginning", ToText(interval)),
              .place = Place{.span = assertion.span}}};
  }
  return interval;
}

}  // namespace plenum::execution
