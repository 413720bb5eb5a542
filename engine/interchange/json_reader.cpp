// JSON to values: nlohmann-json reads the text (RFC 8259), and its events build a value from the inside out.
//
// The events carry no places, so a Cursor counts the bytes that were read: an event comes as soon as its token ends.
//
// An object with one key that begins with '$' stands for something else ("special"). Whether it does is known only at
// its closing brace; then it is resolved, unless "$map" holds it: of all special objects that one alone means its
// inside literally, and so keeps it as it is written until its own end.
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/value/utf8.h"
#include "plenum/json.h"

namespace plenum {
namespace {

constexpr std::string_view kMapKey = "$map";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // may stand before the value

Error Problem(std::string message) {
  return {.type = ErrorType::kArgumentError,
          .detail = "InvalidJson",
          .message = std::move(message),
          .phase = Phase::kRuntime,
          .place = {}};
}

Error ProblemAt(std::size_t offset, std::string_view message) {
  return Problem(fmt::format("JSON, byte {}: {}", offset, message));
}

// ---- Special objects: what they stand for, or what is wrong with them.

bool IsSpecial(const Value& value) {
  return value.kind() == Value::Kind::kMap && value.map().size() == 1 && value.map().begin()->first.starts_with('$');
}

template <class T>
Result<Value> AsValue(Result<T> parsed) {
  if (!parsed) return Problem(parsed.error().message);
  return Value(*parsed);
}

Result<Value> FloatOf(std::string_view text) {
  for (const double real : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity()}) {
    if (text == FloatToText(real)) return Value(real);
  }
  return Problem("expected \"NaN\", \"Infinity\" or \"-Infinity\" in $float");
}

Result<Value> IntervalOf(const Value& inside) {
  const Error expected = Problem("expected an object with \"from\", \"until\" or both in $interval");
  if (inside.kind() != Value::Kind::kMap) return expected;
  Interval interval;
  for (const auto& [key, text] : inside.map()) {
    if ((key != "from" && key != "until") || text.kind() != Value::Kind::kString) return expected;
    const Result<PartialDate> date = ParsePartialDate(text.string());
    if (!date) return Problem(date.error().message);
    (key == "from" ? interval.from : interval.until) = *date;
  }
  return Value(interval);
}

Result<Value> MeaningOf(const Value& special);

Result<Value> MapOf(const Value& inside) {
  if (inside.kind() != Value::Kind::kMap) return Problem("expected an object in $map");
  if (!IsSpecial(inside) || inside.map().begin()->first != kMapKey) return inside;
  // A map whose one key is "$map". What that holds is still as written, because it might have been meant literally.
  const Value& innermost = inside.map().begin()->second;
  if (!IsSpecial(innermost)) return inside;
  Result<Value> meaning = MeaningOf(innermost);
  if (!meaning) return meaning;
  return Value(Map{{std::string(kMapKey), *std::move(meaning)}});
}

Result<Value> MeaningOf(const Value& special) {
  const auto& [key, inside] = *special.map().begin();
  if (key == kMapKey) return MapOf(inside);
  if (key == "$interval") return IntervalOf(inside);
  if (key == "$node" || key == "$rel" || key == "$path") {
    return Problem("nodes, relationships and paths cannot be read from JSON: pass an id or a key instead");
  }
  if (key != "$float" && key != "$date" && key != "$partialDate") {
    return Problem(
        fmt::format("nothing is written as {:.40}: expected $float, $date, $partialDate, $interval or $map "
                    "(which keeps a map with such a key)",
                    ToText(key)));
  }
  if (inside.kind() != Value::Kind::kString) return Problem(fmt::format("expected a string in {}", key));
  if (key == "$float") return FloatOf(inside.string());
  return key == "$date" ? AsValue(ParseDate(inside.string())) : AsValue(ParsePartialDate(inside.string()));
}

// ---- Reading.

// Reads a text byte by byte and counts what it has read.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

// Numbers are read by strtod, which follows the program's locale: where the decimal point takes two bytes, it would
// read 1.5 as 1.
class PlainNumbers {
 public:
  PlainNumbers() : plain_(newlocale(LC_ALL_MASK, "C", nullptr)), previous_(uselocale(plain_)) {}
  ~PlainNumbers() {
    uselocale(previous_);
    freelocale(plain_);
  }
  PlainNumbers(const PlainNumbers&) = delete;
  PlainNumbers& operator=(const PlainNumbers&) = delete;

 private:
  locale_t plain_;
  locale_t previous_;
};

using Handler = nlohmann::json_sax<nlohmann::json>;

// Builds the value. The library's events keep its names; each returns whether to go on.
class Reader : private Handler {
 public:
  explicit Reader(std::string_view text) : text_(text), event_end_(text.starts_with(kByteOrderMark) ? 3 : 0) {}

  Result<Value> Read() {
    const PlainNumbers plain_numbers;
    const Cursor begin(text_.data(), &read_);
    const Cursor end(text_.data() + text_.size(), &read_);
    nlohmann::json::sax_parse(begin, end, static_cast<Handler*>(this));
    if (error_) return *std::move(error_);
    return std::move(document_);
  }

 private:
  // A list or object whose end has not been read.
  struct Nest {
    std::size_t begin = 0;
    List list;
    Map map;
    std::string key;            // in an object: of the member whose value comes next
    std::size_t map_begin = 0;  // in an object: where the value of "$map" begins, if that is an object
  };

  bool null() override { return Add(Value()); }
  bool boolean(bool value) override { return Add(value); }
  bool string(std::string& text) override { return Add(std::move(text)); }
  bool number_integer(std::int64_t integer) override { return AddNumber(integer); }
  bool number_unsigned(std::uint64_t integer) override {
    if (integer > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return FailNumber();
    return AddNumber(static_cast<std::int64_t>(integer));
  }
  bool number_float(double real, const std::string&) override {
    return IsInteger(Number()) ? FailNumber() : AddNumber(real);
  }
  bool binary(nlohmann::json::binary_t&) override { return false; }  // JSON has none; the library's other formats do

  bool start_array(std::size_t) override { return Begin(); }
  bool end_array() override { return Add(Pop().list); }

  bool start_object(std::size_t) override { return Begin(); }
  bool key(std::string& key) override {
    Nest& object = open_.back();
    if (object.map.contains(key)) return Fail(TokenBegin(), fmt::format("the key {:.40} is there twice", ToText(key)));
    object.key = std::move(key);
    event_end_ = read_;
    return true;
  }
  bool end_object() override {
    Nest object = Pop();
    // Beside other keys "$map" is a key like any.
    const auto map = object.map.find(kMapKey);
    if (map != object.map.end() && object.map.size() > 1 && !Resolve(object.map_begin, map->second)) return false;
    Value value(std::move(object.map));
    if (!open_.empty() && open_.back().key == kMapKey) {
      open_.back().map_begin = object.begin;
    } else if (!Resolve(object.begin, value)) {
      return false;
    }
    return Add(std::move(value));
  }

  // `read` counts the byte at which it went wrong, and one more than there are at the end of the text.
  bool parse_error(std::size_t read, const std::string&, const nlohmann::json::exception& exception) override {
    constexpr int kNumberOverflow = 406;
    if (exception.id == kNumberOverflow) return FailNumber();
    // "… at line 1, column 2: syntax error while parsing array - REASON; last read: '[1x'; expected ']'"
    const std::string_view what = exception.what();
    const std::string_view tail = what.substr(std::min(what.size(), what.find(" - ") + 3));
    const std::string_view reason = tail.substr(0, tail.find("; last read: "));
    const std::size_t last = std::min(read - 1, text_.size());
    if (reason.starts_with("invalid string")) return FailString(last, reason);
    if (reason.starts_with("invalid number")) return Fail(last, reason);
    return FailToken(std::min(TokenBegin(), last), what);
  }

  bool Begin() {
    event_end_ = read_;
    open_.push_back({.begin = read_ - 1});
    if (open_.size() <= kValueNestingMax) return true;
    return Fail(read_ - 1, fmt::format("lists and objects are nested deeper than {}", kValueNestingMax));
  }

  Nest Pop() {
    Nest nest = std::move(open_.back());
    open_.pop_back();
    return nest;
  }

  bool Add(Value value) {
    event_end_ = read_;
    if (open_.empty()) {
      document_ = std::move(value);
    } else if (Nest& nest = open_.back(); text_[nest.begin] == '[') {
      nest.list.push_back(std::move(value));
    } else {
      nest.map.emplace(std::move(nest.key), std::move(value));
    }
    return true;
  }

  // A number's end is seen by the byte behind it: that may have been read, but belongs to the next token.
  bool AddNumber(Value number) {
    const std::string_view literal = Number();
    const std::string_view digits = literal.substr(literal.starts_with('-'));
    if (digits.starts_with('0') && digits.size() > 1 && IsDigit(digits[1])) {
      return Fail(TokenBegin(), "a number must not begin with 0");
    }
    const std::size_t end = TokenBegin() + literal.size();
    Add(std::move(number));
    event_end_ = end;
    return true;
  }

  // ---- Places.

  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }
  static bool IsInteger(std::string_view literal) { return literal.find_first_of(".eE") == std::string_view::npos; }

  // Where the token begins that was read last: between two events there are only spaces and separators.
  std::size_t TokenBegin() const { return std::min(text_.find_first_not_of(" \t\r\n,:", event_end_), text_.size()); }

  // The number that was read last.
  std::string_view Number() const {
    const std::size_t begin = TokenBegin();
    return text_.substr(begin, text_.find_last_of("0123456789", read_ - 1) + 1 - begin);
  }

  // ---- Problems. All return false.

  bool Fail(std::size_t offset, std::string_view message) {
    error_ = ProblemAt(offset, message);
    return false;
  }

  bool FailNumber() {
    const std::string_view literal = Number();
    return Fail(TokenBegin(),
                fmt::format("{:.40} does not fit a 64-bit {}", literal, IsInteger(literal) ? "integer" : "float"));
  }

  // `last` is the byte at which the string turned out to be none.
  bool FailString(std::size_t last, std::string_view reason) {
    if (last == text_.size()) return Fail(TokenBegin(), "the string that begins here has no closing '\"'");
    if (reason.starts_with("invalid string: control character")) return Fail(last, reason);
    if (reason.ends_with("forbidden character after backslash")) {
      return Fail(last - 1, "no such escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
    }
    return Fail(text_.rfind('\\', last - 1), reason);
  }

  // The library names one token of those that could follow, or none for a value.
  bool FailToken(std::size_t offset, std::string_view what) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kExpected = {{
        {"expected end of input", "the end of the text"},
        {"expected string literal", "a key in double quotes"},
        {"expected ':'", "':' after a key"},
        {"expected ']'", "',' or ']'"},
        {"expected '}'", "',' or '}'"},
    }};
    std::string_view expected = "a value";
    for (const auto& [theirs, ours] : kExpected) {
      if (what.ends_with(theirs)) expected = ours;
    }
    const std::string_view found = text_.substr(offset, CodePointLength(text_, offset));
    return Fail(offset, fmt::format("expected {}, found {}", expected,
                                    found.empty() ? "the end of the text" : ToText(Value(found))));
  }

  bool Resolve(std::size_t begin, Value& value) {
    if (!IsSpecial(value)) return true;
    Result<Value> meaning = MeaningOf(value);
    if (!meaning) return Fail(begin, meaning.error().message);
    value = *std::move(meaning);
    return true;
  }

  std::string_view text_;
  std::size_t read_ = 0;   // bytes of the text that were read
  std::size_t event_end_;  // where the token ends whose event came last
  std::vector<Nest> open_;
  Value document_;
  std::optional<Error> error_;
};

}  // namespace

Result<Value> ParseJson(std::string_view text) {
  if (const auto invalid = FindInvalidUtf8(text)) return ProblemAt(*invalid, "the text is not valid UTF-8");
  // The library takes a NUL byte for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return ProblemAt(nul, "a NUL byte: expected JSON text, in which that is '\\u0000'");
  }
  return Reader(text).Read();
}

}  // namespace plenum
