// Values as people read them.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "plenum/value.h"

namespace plenum {
namespace {

// Appends values to a text; strings are quoted, as they always are inside something else.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void Write(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::kNull:
        out_ += "null";
        break;
      case Value::Kind::kBoolean:
        out_ += value.boolean() ? "true" : "false";
        break;
      case Value::Kind::kInteger:
        out_ += std::to_string(value.integer());
        break;
      case Value::Kind::kFloat:
        out_ += FloatToText(value.real());
        break;
      case Value::Kind::kString:
        WriteString(value.string());
        break;
      case Value::Kind::kList:
        WriteList(value.list());
        break;
      case Value::Kind::kMap:
        WriteMap(value.map());
        break;
      case Value::Kind::kNode:
        WriteNode(value.node());
        break;
      case Value::Kind::kRelationship:
        WriteRelationship(value.relationship());
        break;
      case Value::Kind::kPath:
        WritePath(value.path());
        break;
      case Value::Kind::kDate:
        out_ += ToText(value.date());
        break;
      case Value::Kind::kPartialDate:
        out_ += ToText(value.partial_date());
        break;
      case Value::Kind::kInterval:
        out_ += ToText(value.interval());
        break;
    }
  }

 private:
  void WriteString(std::string_view text) {
    out_ += '\'';
    for (const char c : text) WriteCharacter(c);
    out_ += '\'';
  }

  void WriteCharacter(char c) {
    switch (c) {
      case '\'':
        out_ += "\\'";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '\t':
        out_ += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out_ += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
          out_ += c;
        }
    }
  }

  void WriteList(const List& list) {
    out_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += ", ";
      Write(list[i]);
    }
    out_ += ']';
  }

  void WriteMap(const Map& map) {
    out_ += '{';
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
      if (entry != map.begin()) out_ += ", ";
      WriteName(entry->first);
      out_ += ": ";
      Write(entry->second);
    }
    out_ += '}';
  }

  // A name that would not be read as one is quoted with backticks.
  void WriteName(std::string_view name) {
    const auto plain = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    };
    bool quote = name.empty() || !plain(name.front());
    for (const char c : name) quote = quote || !(plain(c) || (c >= '0' && c <= '9'));
    if (!quote) {
      out_ += name;
      return;
    }
    out_ += '`';
    for (const char c : name) out_.append(c == '`' ? 2 : 1, c);
    out_ += '`';
  }

  void WriteNode(const Node& node) {
    out_ += '(';
    for (const std::string& label : node.labels) {
      out_ += ':';
      WriteName(label);
    }
    if (!node.properties.empty()) {
      if (!node.labels.empty()) out_ += ' ';
      WriteMap(node.properties);
    }
    out_ += ')';
  }

  void WriteRelationship(const Relationship& relationship) {
    out_ += "[:";
    WriteName(relationship.type);
    if (!relationship.properties.empty()) {
      out_ += ' ';
      WriteMap(relationship.properties);
    }
    out_ += ']';
  }

  // <(:A)-[:T]->(:B)<-[:U]-(:C)>: the arrows say how each relationship is walked.
  void WritePath(const Path& path) {
    out_ += '<';
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      if (i > 0) {
        const Relationship& relationship = path.relationships[i - 1];
        const bool forward = relationship.start == path.nodes[i - 1].id;
        out_ += forward ? "-" : "<-";
        WriteRelationship(relationship);
        out_ += forward ? "->" : "-";
      }
      WriteNode(path.nodes[i]);
    }
    out_ += '>';
  }

  std::string& out_;
};

}  // namespace

std::string ToText(const Value& value, bool quote_strings) {
  if (!quote_strings && value.kind() == Value::Kind::kString) return value.string();
  std::string text;
  Writer(text).Write(value);
  return text;
}

std::string FloatToText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  // The fewest digits that read back as the same; with an exponent where a person would lose count of the zeros.
  const double size = std::fabs(value);
  const bool fixed = size == 0 || (size >= 1e-4 && size < 1e16);
  char digits[32];  // the longest is "-2.2250738585072014e-308"
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value,
                                 fixed ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  std::string text(std::begin(digits), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace plenum
