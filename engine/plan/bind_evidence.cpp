// Binding time and evidence: VALID … and CITE ….
#include <fmt/format.h>

#include <utility>

#include "engine/plan/binding.h"

namespace plenum::plan {

// A text that is written in the query is read here, so that a wrong one is found before anything runs.
Expression Binder::BindWhen(const ast::Expression& when) {
  Expression bound = Bind(when);
  CheckKind(bound, Value::Kind::kString | Value::Kind::kDate | Value::Kind::kPartialDate, "VALID");
  const auto* constant = std::get_if<Constant>(&bound.node);
  if (!constant || constant->value.kind() != Value::Kind::kString) return bound;
  const Result<PartialDate> date = ParsePartialDate(constant->value.string());
  if (!date) Fail(ErrorType::kArgumentError, "InvalidArgumentValue", date.error().message, when.span);
  return Make(when.span, Value::Kind::kPartialDate, Constant{*date});
}

ValidFilter Binder::BindFilter(const ast::ValidFilter& filter) {
  ValidFilter bound{.span = filter.span, .kind = filter.kind, .certainly = filter.certainly};
  if (filter.when) bound.when = BindWhen(*filter.when);
  if (filter.until) bound.until = BindWhen(*filter.until);
  return bound;
}

std::optional<ValidFilter> Binder::NarrowestFilter(const std::optional<ast::ValidFilter>& own) {
  if (own) return BindFilter(*own);
  if (filters_.empty()) return std::nullopt;
  if (reads_) reads_->insert(filters_.back().reads.begin(), filters_.back().reads.end());
  return filters_.back().filter;
}

// A filter is bound where it stands, whatever names mean where it applies.
void Binder::PushFilter(const ast::ValidFilter& filter) {
  std::set<Slot> reads;
  std::set<Slot>* outer = std::exchange(reads_, &reads);
  ValidFilter bound = BindFilter(filter);
  reads_ = outer;
  filters_.push_back({std::move(bound), std::move(reads)});
}

Assertion Binder::BindAssertion(const ast::Assertion& assertion) {
  Assertion bound{.span = assertion.span, .through = assertion.through};
  if (assertion.from) bound.from = BindWhen(*assertion.from);
  if (assertion.until) bound.until = BindWhen(*assertion.until);
  return bound;
}

std::vector<Citation> Binder::BindCitations(const std::vector<ast::Citation>& citations) {
  std::vector<Citation> bound;
  for (const ast::Citation& citation : citations) {
    Citation& added = bound.emplace_back(Citation{.span = citation.span, .source = Bind(citation.source)});
    CheckKind(added.source, Value::Kind::kNode | Value::Kind::kString, "CITE");
    if (const auto* range = std::get_if<ast::CitationRange>(&citation.where)) {
      added.first = Bind(range->first);
      added.end = Bind(range->end);
      CheckKind(*added.first, Value::Kind::kInteger, "an offset");
      CheckKind(*added.end, Value::Kind::kInteger, "an offset");
    } else if (const auto* quote = std::get_if<ast::Box<ast::Expression>>(&citation.where)) {
      added.quote = Bind(**quote);
      CheckKind(*added.quote, Value::Kind::kString, "QUOTE");
    }
  }
  return bound;
}

}  // namespace plenum::plan
