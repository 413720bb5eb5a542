// STARTS WITH, ENDS WITH, CONTAINS and =~.
//
// Regular expressions are RE2's, which match in time linear in the text whatever the pattern. A pattern is mostly the
// same for all rows of a query, so each thread keeps the last few it compiled.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/functions.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

bool BothStrings(const Value& a, const Value& b) {
  return a.kind() == Value::Kind::kString && b.kind() == Value::Kind::kString;
}

std::unique_ptr<const re2::RE2> Compiled(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_unique<const re2::RE2>(pattern, options);
  if (compiled->ok()) return compiled;
  Raise(ErrorType::kArgumentError, "InvalidArgumentValue",
        "'" + Shortened(pattern) + "' is no regular expression that =~ takes: " + Shortened(compiled->error()) +
            " (the syntax is RE2's; it has no look-around and no back-references)");
}

// The few patterns used last, the latest first.
class PatternCache {
 public:
  const re2::RE2& Get(const std::string& pattern) {
    const auto found =
        std::ranges::find_if(patterns_, [&](const auto& known) { return known && known->pattern() == pattern; });
    if (found != patterns_.end()) {
      std::rotate(patterns_.begin(), found, found + 1);
    } else {
      auto compiled = Compiled(pattern);
      std::rotate(patterns_.begin(), patterns_.end() - 1, patterns_.end());
      patterns_.front() = std::move(compiled);
    }
    return *patterns_.front();
  }

 private:
  std::array<std::unique_ptr<const re2::RE2>, 8> patterns_;
};

}  // namespace

Value StartsWith(const Value& text, const Value& prefix) {
  if (!BothStrings(text, prefix)) return IsMutant("starts-with-null-false") ? Value(false) : Value();
  return text.string().starts_with(prefix.string());
}

Value EndsWith(const Value& text, const Value& suffix) {
  return BothStrings(text, suffix) ? Value(text.string().ends_with(suffix.string())) : Value();
}

Value Contains(const Value& text, const Value& part) {
  return BothStrings(text, part) ? Value(text.string().find(part.string()) != std::string::npos) : Value();
}

Value Matches(const Value& text, const Value& pattern) {
  if (!BothStrings(text, pattern)) return {};
  thread_local PatternCache cache;
  const re2::RE2& compiled = cache.Get(pattern.string());
  return IsMutant("matches-part") ? re2::RE2::PartialMatch(text.string(), compiled)
                                  : re2::RE2::FullMatch(text.string(), compiled);
}

}  // namespace plenum::execution
