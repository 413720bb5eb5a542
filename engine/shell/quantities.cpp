// std::from_chars reads the number, what it leaves is the unit: no locale, no exception, nothing left unread.
#include "engine/shell/quantities.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>
#include <string_view>

namespace plenum::shell {
namespace {

Error Usage(std::string message) { return {ErrorType::kUsageError, "", std::move(message), Phase::kCompile, {}}; }

template <class Number>
struct Quantity {
  Number number{};
  std::string_view unit;
};

template <class Number>
std::optional<Quantity<Number>> ReadQuantity(std::string_view text) {
  Quantity<Number> quantity;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), quantity.number);
  if (failure != std::errc()) return std::nullopt;
  quantity.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  return quantity;
}

// The power of 1024 that a unit stands for.
std::optional<unsigned> PowerOf(std::string_view unit) {
  if (unit.empty()) return 0;
  std::size_t letter = std::string_view("KMGT").find(static_cast<char>(unit[0] & ~0x20));
  std::string_view rest = unit.substr(1);
  if (letter == std::string_view::npos || !(rest.empty() || rest == "B" || rest == "iB")) return std::nullopt;
  return static_cast<unsigned>(letter) + 1;
}

}  // namespace

Result<std::uint64_t> ReadCount(const std::string& text) {
  auto quantity = ReadQuantity<std::uint64_t>(text);
  if (!quantity || !quantity->unit.empty()) return Usage(fmt::format("'{}' is no number: write one like 4", text));
  return quantity->number;
}

Result<std::uint64_t> ReadBytes(const std::string& text) {
  auto quantity = ReadQuantity<std::uint64_t>(text);
  std::optional<unsigned> power = quantity ? PowerOf(quantity->unit) : std::nullopt;
  if (!power) return Usage(fmt::format("'{}' is no size: write one like 512M or 2G", text));
  unsigned shift = 10 * *power;
  if (quantity->number > std::numeric_limits<std::uint64_t>::max() >> shift) {
    return Usage(fmt::format("'{}' is larger than any memory", text));
  }
  return quantity->number << shift;
}

Result<std::chrono::milliseconds> ReadDuration(const std::string& text) {
  constexpr double kSecondsMax = 1e9;  // 31 years
  auto quantity = ReadQuantity<double>(text);
  double seconds = -1;
  if (quantity && (quantity->unit.empty() || quantity->unit == "s")) seconds = quantity->number;
  if (quantity && quantity->unit == "ms") seconds = quantity->number / 1e3;
  if (!(seconds >= 0 && seconds <= kSecondsMax)) {
    return Usage(fmt::format("'{}' is no time: write seconds like 30 or 0.5, or milliseconds like 500ms", text));
  }
  auto milliseconds = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1e3));
  // Zero means "no limit": a limit too small to be counted is still one.
  if (seconds > 0 && milliseconds.count() == 0) milliseconds = std::chrono::milliseconds(1);
  return milliseconds;
}

Result<char> ReadDelimiter(const std::string& text) {
  if (text == "TAB" || text == "\\t") return '\t';
  if (text.size() == 1) return text[0];
  return Usage(fmt::format("'{}' is not one ASCII character: write one like '|', or TAB", text));
}

}  // namespace plenum::shell
