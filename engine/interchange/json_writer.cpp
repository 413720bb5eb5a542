// Values to JSON. What each value looks like is said in plenum/json.h.
#include <fmt/format.h>

#include <cmath>

#include "plenum/json.h"

namespace plenum {
namespace {

// A map that would read as something else is wrapped.
bool LooksSpecial(const Map& map) { return map.size() == 1 && map.begin()->first.starts_with('$'); }

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
        WriteInteger(value.integer());
        break;
      case Value::Kind::kFloat:
        WriteFloat(value.real());
        break;
      case Value::Kind::kString:
        AppendJsonString(value.string(), out_);
        break;
      case Value::Kind::kList:
        WriteList(value.list());
        break;
      case Value::Kind::kMap:
        WriteMap(value.map());
        break;
      case Value::Kind::kNode:
        WriteNode(value.node(), "{\"$node\":", "}");
        break;
      case Value::Kind::kRelationship:
        WriteRelationship(value.relationship(), "{\"$rel\":", "}");
        break;
      case Value::Kind::kPath:
        WritePath(value.path());
        break;
      case Value::Kind::kDate:
        WriteText("$date", ToText(value.date()));
        break;
      case Value::Kind::kPartialDate:
        WriteText("$partialDate", ToText(value.partial_date()));
        break;
      case Value::Kind::kInterval:
        WriteInterval(value.interval());
        break;
    }
  }

 private:
  void WriteInteger(std::int64_t integer) { fmt::format_to(std::back_inserter(out_), "{}", integer); }

  void WriteFloat(double real) {
    if (std::isfinite(real)) {
      out_ += FloatToText(real);
    } else {
      WriteText("$float", FloatToText(real));
    }
  }

  // Texts of numbers and dates need no escapes.
  void WriteText(std::string_view key, std::string_view text) {
    fmt::format_to(std::back_inserter(out_), "{{\"{}\":\"{}\"}}", key, text);
  }

  void WriteList(const List& list) {
    out_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += ',';
      Write(list[i]);
    }
    out_ += ']';
  }

  void WriteMap(const Map& map) {
    const bool wrap = LooksSpecial(map);
    if (wrap) out_ += "{\"$map\":";
    WriteEntries(map);
    if (wrap) out_ += '}';
  }

  void WriteEntries(const Map& map) {
    out_ += '{';
    for (auto entry = map.begin(); entry != map.end(); ++entry) {
      if (entry != map.begin()) out_ += ',';
      AppendJsonString(entry->first, out_);
      out_ += ':';
      Write(entry->second);
    }
    out_ += '}';
  }

  void WriteNode(const Node& node, std::string_view before, std::string_view after) {
    out_ += before;
    out_ += "{\"id\":";
    WriteInteger(node.id.value);
    out_ += ",\"labels\":[";
    for (std::size_t i = 0; i < node.labels.size(); ++i) {
      if (i > 0) out_ += ',';
      AppendJsonString(node.labels[i], out_);
    }
    out_ += "],\"properties\":";
    WriteEntries(node.properties);
    out_ += '}';
    out_ += after;
  }

  void WriteRelationship(const Relationship& relationship, std::string_view before, std::string_view after) {
    out_ += before;
    fmt::format_to(std::back_inserter(out_), "{{\"id\":{},\"type\":", relationship.id.value);
    AppendJsonString(relationship.type, out_);
    fmt::format_to(std::back_inserter(out_), ",\"start\":{},\"end\":{},\"properties\":", relationship.start.value,
                   relationship.end.value);
    WriteEntries(relationship.properties);
    out_ += '}';
    out_ += after;
  }

  void WritePath(const Path& path) {
    out_ += "{\"$path\":{\"nodes\":[";
    for (std::size_t i = 0; i < path.nodes.size(); ++i) WriteNode(path.nodes[i], i > 0 ? "," : "", "");
    out_ += "],\"rels\":[";
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
      WriteRelationship(path.relationships[i], i > 0 ? "," : "", "");
    }
    out_ += "]}}";
  }

  void WriteInterval(const Interval& interval) {
    out_ += "{\"$interval\":{";
    if (interval.from) fmt::format_to(std::back_inserter(out_), "\"from\":\"{}\"", ToText(*interval.from));
    if (interval.from && interval.until) out_ += ',';
    if (interval.until) fmt::format_to(std::back_inserter(out_), "\"until\":\"{}\"", ToText(*interval.until));
    out_ += "}}";
  }

  std::string& out_;
};

void AppendEscaped(char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
  }
}

}  // namespace

void AppendJson(const Value& value, std::string& out) { Writer(out).Write(value); }

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x20 && text[i] != '"' && text[i] != '\\') continue;
    out.append(text, written, i - written);
    AppendEscaped(text[i], out);
    written = i + 1;
  }
  out.append(text, written);
  out += '"';
}

std::string ToJson(const Value& value) {
  std::string json;
  AppendJson(value, json);
  return json;
}

}  // namespace plenum
