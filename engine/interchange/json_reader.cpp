// JSON to values: a recursive-descent reader of RFC 8259 that can say where and why a text is wrong.
//
// An object with one key that begins with '$' stands for something else ("special"). Whether it does is known only at
// its closing brace; until then "$map" keeps the object inside it as it is written ("raw"), because of all special
// objects it alone means its inside literally.
#include <fmt/format.h>

#include <optional>

#include "engine/interchange/json_text.h"
#include "engine/value/utf8.h"
#include "plenum/json.h"

namespace plenum {
namespace {

using json::Problem;

constexpr std::string_view kMapKey = "$map";

bool IsSpecial(const Map& map) { return map.size() == 1 && map.begin()->first.starts_with('$'); }
bool IsSpecial(const Value& value) { return value.kind() == Value::Kind::kMap && IsSpecial(value.map()); }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<Problem> ReadDocument(Value& out) {
    if (const auto invalid = FindInvalidUtf8(text_)) return Problem{*invalid, "the text is not valid UTF-8"};
    if (auto problem = Read(out)) return problem;
    SkipSpace();
    if (position_ < text_.size()) return Unexpected("the end of the text");
    return std::nullopt;
  }

 private:
  std::optional<Problem> Read(Value& out) {
    SkipSpace();
    const std::size_t begin = position_;
    if (auto problem = ReadRaw(out)) return problem;
    return IsSpecial(out) ? Resolve(begin, out) : std::nullopt;
  }

  // As Read, but a special object stays the map that is written.
  std::optional<Problem> ReadRaw(Value& out) {
    SkipSpace();
    switch (Next()) {
      case '{':
      case '[':
        return ReadNested(out);
      case '"':
        return ReadText(out);
      case 't':
        return ReadWord("true", true, out);
      case 'f':
        return ReadWord("false", false, out);
      case 'n':
        return ReadWord("null", Value(), out);
      default:
        if (Next() == '-' || (Next() >= '0' && Next() <= '9')) return json::ReadNumber(text_, position_, out);
        return Unexpected("a value");
    }
  }

  std::optional<Problem> ReadNested(Value& out) {
    if (nesting_ == kValueNestingMax) {
      return Problem{position_, fmt::format("lists and objects are nested deeper than {}", kValueNestingMax)};
    }
    ++nesting_;
    auto problem = Next() == '[' ? ReadList(out) : ReadObject(out);
    --nesting_;
    return problem;
  }

  std::optional<Problem> ReadText(Value& out) {
    std::string text;
    if (auto problem = json::ReadString(text_, position_, text)) return problem;
    out = std::move(text);
    return std::nullopt;
  }

  std::optional<Problem> ReadWord(std::string_view word, Value meaning, Value& out) {
    if (!text_.substr(position_).starts_with(word)) return Unexpected("a value");
    position_ += word.size();
    out = std::move(meaning);
    return std::nullopt;
  }

  std::optional<Problem> ReadList(Value& out) {
    List list;
    ++position_;
    if (!Take(']')) {
      do {
        if (auto problem = Read(list.emplace_back())) return problem;
      } while (Take(','));
      if (!Take(']')) return Unexpected("',' or ']'");
    }
    out = std::move(list);
    return std::nullopt;
  }

  std::optional<Problem> ReadObject(Value& out) {
    Map map;
    std::size_t raw_begin = 0;
    ++position_;
    if (!Take('}')) {
      do {
        if (auto problem = ReadMember(map, raw_begin)) return problem;
      } while (Take(','));
      if (!Take('}')) return Unexpected("',' or '}'");
    }
    // Beside other keys "$map" is a key like any.
    const auto raw = map.find(kMapKey);
    if (raw != map.end() && map.size() > 1 && IsSpecial(raw->second)) {
      if (auto problem = Resolve(raw_begin, raw->second)) return problem;
    }
    out = std::move(map);
    return std::nullopt;
  }

  // The value of "$map" is left raw, and `raw_begin` says where it begins.
  std::optional<Problem> ReadMember(Map& map, std::size_t& raw_begin) {
    SkipSpace();
    const std::size_t begin = position_;
    if (Next() != '"') return Unexpected("a key in double quotes");
    std::string key;
    if (auto problem = json::ReadString(text_, position_, key)) return problem;
    if (!Take(':')) return Unexpected("':' after a key");
    const bool raw = key == kMapKey;
    const auto [entry, is_new] = map.try_emplace(std::move(key));
    if (!is_new) return Problem{begin, fmt::format("the key {:.40} is there twice", ToText(entry->first))};
    if (!raw) return Read(entry->second);
    SkipSpace();
    raw_begin = position_;
    return ReadRaw(entry->second);
  }

  // ---- Special objects. `out` holds the raw map, and then what it stands for.

  std::optional<Problem> Resolve(std::size_t begin, Value& out) {
    const Value raw = out;  // keeps the map alive while `out` is written
    const auto& [key, inside] = *raw.map().begin();
    if (key == kMapKey) return ResolveMap(begin, inside, out);
    if (key == "$interval") return ResolveInterval(begin, inside, out);
    if (key == "$node" || key == "$rel" || key == "$path") {
      return Problem{begin, "nodes, relationships and paths cannot be read from JSON: pass an id or a key instead"};
    }
    if (key != "$float" && key != "$date" && key != "$partialDate") {
      return Problem{begin, fmt::format("nothing is written as {:.40}: expected $float, $date, $partialDate, $interval "
                                        "or $map (which keeps a map with such a key)",
                                        ToText(key))};
    }
    if (inside.kind() != Value::Kind::kString) return Problem{begin, fmt::format("expected a string in {}", key)};
    if (key == "$float") return ResolveFloat(begin, inside.string(), out);
    return key == "$date" ? Accept(begin, ParseDate(inside.string()), out)
                          : Accept(begin, ParsePartialDate(inside.string()), out);
  }

  template <class T>
  static std::optional<Problem> Accept(std::size_t begin, Result<T> parsed, Value& out) {
    if (!parsed) return Problem{begin, parsed.error().message};
    out = *parsed;
    return std::nullopt;
  }

  std::optional<Problem> ResolveMap(std::size_t begin, const Value& inside, Value& out) {
    if (inside.kind() != Value::Kind::kMap) return Problem{begin, "expected an object in $map"};
    const Map& map = inside.map();
    if (IsSpecial(map) && map.begin()->first == kMapKey && IsSpecial(map.begin()->second)) {
      Value literal = map.begin()->second;  // left raw, because it might have stood for this map
      if (auto problem = Resolve(begin, literal)) return problem;
      out = Map{{std::string(kMapKey), std::move(literal)}};
      return std::nullopt;
    }
    out = inside;
    return std::nullopt;
  }

  static std::optional<Problem> ResolveFloat(std::size_t begin, std::string_view text, Value& out) {
    for (const double real : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity()}) {
      if (text != FloatToText(real)) continue;
      out = real;
      return std::nullopt;
    }
    return Problem{begin, "expected \"NaN\", \"Infinity\" or \"-Infinity\" in $float"};
  }

  static std::optional<Problem> ResolveInterval(std::size_t begin, const Value& inside, Value& out) {
    const Problem expected{begin, "expected an object with \"from\", \"until\" or both in $interval"};
    if (inside.kind() != Value::Kind::kMap) return expected;
    Interval interval;
    for (const auto& [key, text] : inside.map()) {
      if ((key != "from" && key != "until") || text.kind() != Value::Kind::kString) return expected;
      const Result<PartialDate> date = ParsePartialDate(text.string());
      if (!date) return Problem{begin, date.error().message};
      (key == "from" ? interval.from : interval.until) = *date;
    }
    out = interval;
    return std::nullopt;
  }

  // ---- The text.

  char Next() const { return position_ < text_.size() ? text_[position_] : '\0'; }

  void SkipSpace() {
    while (position_ < text_.size() && std::string_view(" \t\r\n").find(text_[position_]) != std::string_view::npos) {
      ++position_;
    }
  }

  bool Take(char c) {
    SkipSpace();
    const bool found = position_ < text_.size() && text_[position_] == c;
    if (found) ++position_;
    return found;
  }

  Problem Unexpected(std::string_view expected) const {
    if (position_ >= text_.size()) return {position_, fmt::format("expected {}, found the end of the text", expected)};
    const std::string found(text_.substr(position_, CodePointLength(text_, position_)));
    return {position_, fmt::format("expected {}, found {}", expected, ToText(found))};
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::uint32_t nesting_ = 0;
};

}  // namespace

Result<Value> ParseJson(std::string_view text) {
  Value value;
  if (const auto problem = Reader(text).ReadDocument(value)) {
    return Error{.type = ErrorType::kArgumentError,
                 .detail = "InvalidJson",
                 .message = fmt::format("JSON, byte {}: {}", problem->offset, problem->message),
                 .phase = Phase::kRuntime,
                 .place = {}};
  }
  return value;
}

}  // namespace plenum
