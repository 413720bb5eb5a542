// Errors as people read them: names, places, and the line of the text with a caret under what is meant.
#include "plenum/status.h"

#include <algorithm>

#include "engine/value/utf8.h"

namespace plenum {
namespace {

constexpr std::size_t kExcerptWidthMax = 100;  // columns of a text's line that are shown
constexpr std::size_t kExcerptBeforeMax = 60;  // of these, at most so many before the place
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kReplacement = "\uFFFD";

// The line of `text` that holds byte `offset`, without its line break.
struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;
};
Line LineAt(std::string_view text, std::size_t offset) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  Line line{.begin = before == std::string_view::npos ? 0 : before + 1,
            .end = std::min(text.find('\n', offset), text.size())};
  if (line.end > line.begin && line.end > offset && text[line.end - 1] == '\r') --line.end;
  return line;
}

// The text as one line of a terminal: a tab is one space, what would move the cursor or is no UTF-8 a replacement sign.
std::string Printable(std::string_view text) {
  std::string printable;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = CodePointLength(text, offset);
    const std::string_view character = text.substr(offset, length);
    const auto byte = static_cast<unsigned char>(character[0]);
    if (character == "\t") {
      printable += ' ';
    } else if (byte < 0x20 || byte == 0x7F || FindInvalidUtf8(character)) {
      printable += kReplacement;
    } else {
      printable += character;
    }
    offset += length;
  }
  return printable;
}

// The longest beginning (or end) of valid UTF-8 `text` that takes at most `width_max` columns.
std::string_view FirstColumns(std::string_view text, std::size_t width_max) {
  std::size_t end = 0;
  for (std::size_t width = 0; end < text.size();) {
    const std::size_t length = CodePointLength(text, end);
    width += DisplayWidth(text.substr(end, length));
    if (width > width_max) break;
    end += length;
  }
  return text.substr(0, end);
}
std::string_view LastColumns(std::string_view text, std::size_t width_max) {
  const std::size_t width = DisplayWidth(text);
  if (width <= width_max) return text;
  std::size_t begin = FirstColumns(text, width - width_max).size();
  while (DisplayWidth(text.substr(begin)) > width_max) begin += CodePointLength(text, begin);
  return text.substr(begin);
}

// Of a line of a megabyte only what is near `offset` is looked at; the cut is between code points.
Line NearPartOf(std::string_view text, Line line, std::size_t offset) {
  constexpr std::size_t kNearBytes = 4096;
  const auto is_inside = [text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
  if (offset > line.begin + kNearBytes) {
    line.begin = offset - kNearBytes;
    while (line.begin < offset && is_inside(line.begin)) ++line.begin;
  }
  if (line.end > offset + kNearBytes) {
    line.end = offset + kNearBytes;
    while (line.end > offset && is_inside(line.end)) --line.end;
  }
  return line;
}

// Two lines: the excerpt of `text` around `span`, and carets under what of the span is on its first line.
std::string Excerpt(std::string_view text, Span span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const Line line = NearPartOf(text, LineAt(text, begin), begin);
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, std::max(line.end, begin));
  const std::string before = Printable(text.substr(line.begin, begin - line.begin));
  const std::string after = Printable(text.substr(begin, std::max(line.end, begin) - begin));
  const std::string meant = Printable(text.substr(begin, end - begin));

  const std::size_t whole_width = DisplayWidth(before) + DisplayWidth(after);
  const bool fits = whole_width <= kExcerptWidthMax;
  const std::string_view shown_before = fits ? std::string_view(before) : LastColumns(before, kExcerptBeforeMax);
  const std::size_t after_width_max = kExcerptWidthMax - std::min(kExcerptWidthMax, DisplayWidth(shown_before));
  const std::string_view shown_after = fits ? std::string_view(after) : FirstColumns(after, after_width_max);

  const bool cut_before = shown_before.size() < before.size();
  const bool cut_after = shown_after.size() < after.size();
  const std::size_t indent = DisplayWidth(shown_before) + (cut_before ? 1 : 0);
  const std::size_t carets = std::clamp<std::size_t>(DisplayWidth(meant), 1, std::max<std::size_t>(after_width_max, 1));
  std::string excerpt;
  if (cut_before) excerpt += kEllipsis;
  excerpt.append(shown_before).append(shown_after);
  if (cut_after) excerpt += kEllipsis;
  return excerpt.append("\n").append(indent, ' ').append(carets, '^');
}

}  // namespace

std::string_view ErrorTypeName(ErrorType type) {
  switch (type) {
    case ErrorType::kSyntaxError:
      return "SyntaxError";
    case ErrorType::kSemanticError:
      return "SemanticError";
    case ErrorType::kTypeError:
      return "TypeError";
    case ErrorType::kArgumentError:
      return "ArgumentError";
    case ErrorType::kArithmeticError:
      return "ArithmeticError";
    case ErrorType::kEntityNotFound:
      return "EntityNotFound";
    case ErrorType::kParameterMissing:
      return "ParameterMissing";
    case ErrorType::kProcedureError:
      return "ProcedureError";
    case ErrorType::kConstraintVerificationFailed:
      return "ConstraintVerificationFailed";
    case ErrorType::kPropertyNotFound:
      return "PropertyNotFound";
    case ErrorType::kLabelNotFound:
      return "LabelNotFound";
    case ErrorType::kUsageError:
      return "UsageError";
    case ErrorType::kNotFound:
      return "NotFound";
    case ErrorType::kDatabaseLocked:
      return "DatabaseLocked";
    case ErrorType::kFormatError:
      return "FormatError";
    case ErrorType::kCorruption:
      return "Corruption";
    case ErrorType::kIoError:
      return "IoError";
    case ErrorType::kCancelled:
      return "Cancelled";
    case ErrorType::kTimeout:
      return "Timeout";
    case ErrorType::kResourceExhausted:
      return "ResourceExhausted";
  }
  return "Error";
}

Place PlaceIn(std::string_view text, Span span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::string_view before = text.substr(0, begin);
  const std::size_t line_begin = LineAt(text, begin).begin;
  return {.span = span,
          .line = static_cast<std::uint32_t>(1 + std::ranges::count(before, '\n')),
          .column = static_cast<std::uint32_t>(1 + CountCodePoints(before.substr(line_begin)))};
}

namespace {

std::string Describe(std::string_view type, std::string_view detail, std::string_view message,
                     const std::optional<Place>& place, std::string_view text) {
  std::string description(type);
  if (!detail.empty()) description.append(" (").append(detail).append(")");
  if (place) {
    description.append(" at line ").append(std::to_string(place->line));
    description.append(", column ").append(std::to_string(place->column));
  }
  description.append(": ").append(message);
  if (place && !text.empty()) description.append("\n").append(Excerpt(text, place->span));
  return description;
}

}  // namespace

std::string Describe(const Error& error, std::string_view text) {
  return Describe(ErrorTypeName(error.type), error.detail, error.message, error.place, text);
}

std::string Describe(const Notification& notification, std::string_view text) {
  return Describe("Warning", notification.code, notification.message, notification.place, text);
}

}  // namespace plenum
