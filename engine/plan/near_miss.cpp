// Near misses by optimal string alignment (edit distance with adjacent swaps; Damerau 1964).
#include "engine/plan/near_miss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace plenum::plan {
namespace {

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::string SuggestionFor(std::string_view written, const std::vector<std::string_view>& candidates) {
  const std::string lower = LowerCase(written);
  std::string_view best;
  std::size_t best_distance = lower.size() / 3 + 1;
  for (const std::string_view candidate : candidates) {
    // The difference of their lengths is the least that two names can be apart.
    if (std::max(candidate.size(), lower.size()) - std::min(candidate.size(), lower.size()) >= best_distance) continue;
    const std::size_t distance = EditDistance(lower, LowerCase(candidate));
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best.empty() ? std::string() : fmt::format("; did you mean `{}`?", best);
}

std::string NamesOf(TypeSet types) {
  std::vector<std::string> names;
  for (auto kind = static_cast<unsigned>(Value::Kind::kBoolean); kind <= static_cast<unsigned>(Value::Kind::kInterval);
       ++kind) {
    if (!types.contains(static_cast<Value::Kind>(kind))) continue;
    const std::string_view name = KindName(static_cast<Value::Kind>(kind));
    const bool vowel = std::string_view("AEIO").find(name.front()) != std::string_view::npos;
    names.push_back(fmt::format("{} {}", vowel ? "an" : "a", name));
  }
  if (names.size() < 2) return names.empty() ? std::string() : names.front();
  const std::string last = std::move(names.back());
  names.pop_back();
  return fmt::format("{} or {}", fmt::join(names, ", "), last);
}

}  // namespace plenum::plan
