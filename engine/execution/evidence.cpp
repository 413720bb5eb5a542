// Citations as a clause writes them: sources found, quotes turned into spans, spans checked against the text.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_writer.h"
#include "engine/execution/source_text.h"
#include "engine/value/utf8.h"

namespace plenum::execution {

using Kind = Value::Kind;

void GraphWriter::Cite(const graph::Fact& fact, const std::vector<plan::Citation>& citations, Row& row) {
  for (const plan::Citation& citation : citations) {
    AtSpan(citation.span, [&] { Take(context_.transaction.AddCitation(fact, EvaluateCitation(citation, row))); });
  }
}

void GraphWriter::AddCitations(const plan::Pattern& pattern, Row& row) {
  for (const plan::PathPattern& path : pattern.paths) {
    for (const plan::NodePattern& node : path.nodes) Cite(FactOf(row[node.slot]), node.citations, row);
    for (const plan::RelationshipPattern& r : path.relationships) Cite(FactOf(row[r.slot]), r.citations, row);
  }
}

void GraphWriter::ApplyItem(const plan::AddCitations& item, Row& row) {
  const Value object = evaluator_.Evaluate(item.object, row);
  if (IsElement(object)) Cite(FactOf(object), item.citations, row);
}

void GraphWriter::ApplyItem(const plan::RemoveCitations& item, Row& row) {
  const Value object = evaluator_.Evaluate(item.object, row);
  if (!IsElement(object)) return;
  std::optional<graph::KeyId> key;
  if (item.key) {
    key = context_.transaction.FindKey(*item.key);
    if (!key) return;
  }
  std::optional<NodeId> source;
  if (item.source) source = EvaluateSource(*item.source, row);
  Take(context_.transaction.RemoveCitations(FactOf(object, key), source));
}

NodeId GraphWriter::EvaluateSource(const plan::Expression& source, Row& row) {
  const Value value = evaluator_.Evaluate(source, row);
  if (value.kind() == Kind::kNode) return value.node().id;
  if (value.kind() != Kind::kString) {
    Raise(ErrorType::kTypeError, "InvalidArgumentType",
          fmt::format("a source is a node or its key as text, not {}", ToText(value)));
  }
  if (const auto node = Take(FindSource(context_.transaction, value.string()))) return *node;
  Raise(ErrorType::kEntityNotFound, "SourceNotFound",
        fmt::format("there is no source with the key {}: create it first, as (:Source {{key: {}}})", ToText(value),
                    ToText(value)));
}

graph::Citation GraphWriter::EvaluateCitation(const plan::Citation& citation, Row& row) {
  graph::Citation out{.source = EvaluateSource(citation.source, row), .span = std::nullopt};
  if (citation.quote) {
    const Value quote = evaluator_.Evaluate(*citation.quote, row);
    if (quote.kind() != Kind::kString || quote.string().empty()) {
      Raise(ErrorType::kArgumentError, "InvalidArgumentValue",
            fmt::format("QUOTE takes the words of the source, not {}", ToText(quote)));
    }
    out.span = FindQuote(out.source, quote.string());
  } else if (citation.first) {
    const Value first = evaluator_.Evaluate(*citation.first, row);
    const Value end = evaluator_.Evaluate(*citation.end, row);
    if (first.kind() != Kind::kInteger || end.kind() != Kind::kInteger) {
      Raise(ErrorType::kTypeError, "InvalidArgumentType",
            fmt::format("offsets are integers, not {}..{}", ToText(first), ToText(end)));
    }
    CheckSpan(out.source, first.integer(), end.integer());
    out.span = {static_cast<std::uint32_t>(first.integer()), static_cast<std::uint32_t>(end.integer())};
  }
  return out;
}

void GraphWriter::CheckSpan(NodeId source, std::int64_t first, std::int64_t end) {
  const auto text = Take(context_.transaction.GetText(source));
  const auto length = text ? static_cast<std::int64_t>(CountCodePoints(text->text)) : std::int64_t{UINT32_MAX};
  if (first >= 0 && first < end && end <= length) return;
  Raise(ErrorType::kArgumentError, "InvalidArgumentValue",
        fmt::format("[{}..{}] is no span of this source{}: write the first code point and the one behind the last",
                    first, end, text ? fmt::format(", which has {} code points", length) : ""));
}

std::pair<std::uint32_t, std::uint32_t> GraphWriter::FindQuote(NodeId source, const std::string& quote) {
  const auto text = Take(context_.transaction.GetText(source));
  if (!text) {
    Raise(ErrorType::kArgumentError, "NoSourceText",
          "QUOTE looks for words in the source's text, and none is attached: attach it with `plenum source add`, or "
          "write [first..end]");
  }
  const auto places = PlacesOf(text->text, quote);
  if (places.size() == 1) return places.front();
  if (places.empty()) {
    Raise(ErrorType::kArgumentError, "QuoteNotFound",
          fmt::format("the source's text does not hold {}", ToText(Value(quote))));
  }
  static constexpr std::size_t kPlacesShown = 10;
  std::string list;
  for (const auto& [first, end] : std::span(places).first(std::min(places.size(), kPlacesShown)))
    list += fmt::format("{}[{}..{}]", list.empty() ? "" : ", ", first, end);
  Raise(ErrorType::kArgumentError, "QuoteNotUnique",
        fmt::format("{} stands in {} places of the source: {}; quote more words, or write one of these",
                    ToText(Value(quote)), places.size(), list));
}

}  // namespace plenum::execution
