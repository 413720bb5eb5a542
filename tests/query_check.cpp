// An error is compared by type and detail, and by its place when the file gives one.
#include "tests/query_check.h"

#include <fmt/format.h>

#include "plenum/json.h"

namespace plenum::tests {
namespace {

// "SyntaxError UndefinedVariable 1:8", without the place when `wanted` has none.
std::string ShortForm(const Error& error, const std::string& wanted) {
  std::string text = fmt::format("{} {}", ErrorTypeName(error.type), error.detail);
  const bool with_place = wanted.find(':') != std::string::npos;
  if (with_place && error.place) text += fmt::format(" {}:{}", error.place->line, error.place->column);
  return text;
}

}  // namespace

std::string WhatDiffers(Session& session, const QueryCase& query) {
  QueryOptions options{.sync = false};
  if (!query.parameters.empty()) {
    const auto parameters = ParseJson(query.parameters);
    if (!parameters || parameters->kind() != Value::Kind::kMap) return "no JSON object: " + query.parameters;
    options.parameters = parameters->map();
  }
  auto result = session.Query(query.query, options);
  if (!result) {
    const bool as_written = !query.setup && ShortForm(result.error(), query.error) == query.error;
    return as_written ? "" : Describe(result.error(), query.query);
  }
  const AnswerTable answer = TableOf(*result);
  const bool as_written = query.error.empty() && (query.setup || answer == query.answer);
  return as_written ? "" : "it answered:\n" + ToMarkdown(answer);
}

}  // namespace plenum::tests
