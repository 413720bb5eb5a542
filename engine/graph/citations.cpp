// Citations: which source says a fact, and where in it. Each is kept twice: under the fact, in the order of adding, and
// under the source, so that what a source is cited for is found without reading the whole graph.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/citation_code.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

using storage::RuntimeError;

std::string BytesOf(const Fact& fact) {
  return storage::FactBytes(fact.element, fact.property ? std::optional(fact.property->value) : std::nullopt);
}

Fact FactOf(std::string_view bytes) {
  const storage::FactName name = storage::NameOfFact(bytes);
  Fact fact{name.element, std::nullopt};
  if (name.property) fact.property = KeyId{*name.property};
  return fact;
}

Error Damaged() {
  return RuntimeError(ErrorType::kCorruption, "the stored bytes of a citation are damaged; restore a copy");
}

}  // namespace

// Every citation whose key begins with the bytes of a fact, or of an element: then those of its properties too.
Result<std::vector<Transaction::State::StoredCitation>> Transaction::State::CitationsUnder(
    const std::string& element_or_fact) {
  std::vector<StoredCitation> citations;
  bool damaged = false;
  Status status = store.Scan(storage::PrefixRange(storage::CitationPrefix(element_or_fact)), [&](auto key, auto value) {
    const storage::CitationPlace place = storage::PlaceOfCitationKey(key);
    const std::optional<Citation> citation = DecodeCitation(value);
    damaged = !citation;
    if (citation) citations.push_back({std::string(place.fact), place.sequence, *citation});
    return !damaged;
  });
  if (!status.ok()) return std::move(status).error();
  if (damaged) return Damaged();
  return citations;
}

// Whether what is cited is there: the element, and the property when it is about one.
Status Transaction::State::CheckFact(const Fact& fact) {
  const Result<bool> there = Exists(fact.element);
  if (!there) return there.error();
  if (!*there) {
    return RuntimeError(ErrorType::kEntityNotFound, "DeletedEntityAccess",
                        "what is to be cited is not there (any more)");
  }
  if (!fact.property) return {};
  const Result<Value> value = ValueOf(fact.element, fact.property->value);
  if (!value) return value.error();
  if (!value->is_null()) return {};
  return RuntimeError(ErrorType::kEntityNotFound, "the property '" +
                                                      catalog.NameOf(Space::kKeys, fact.property->value) +
                                                      "' that is to be cited is not there; set it first");
}

Status Transaction::AddCitation(const Fact& fact, const Citation& citation) {
  const State::Call call(*state_);
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  if (Status status = state_->CheckFact(fact); !status.ok()) return status;
  if (Status status = state_->CheckNode(citation.source); !status.ok()) return status;
  if (citation.span && citation.span->first > citation.span->second) {
    return RuntimeError(ErrorType::kArgumentError,
                        "a citation's span must not end before it begins: " + std::to_string(citation.span->first) +
                            ".." + std::to_string(citation.span->second));
  }
  const std::string bytes = BytesOf(fact);
  const auto there = state_->CitationsUnder(bytes);
  if (!there) return there.error();
  for (const State::StoredCitation& each : *there) {
    if (each.citation == citation) return {};
  }
  const std::uint32_t sequence = there->empty() ? 0 : there->back().sequence + 1;
  state_->store.Put(storage::CitationKey(bytes, sequence), EncodeCitation(citation));
  state_->store.Put(storage::CitedKey(citation.source, bytes, sequence), "");
  return {};
}

Status Transaction::State::EraseCitationsUnder(const std::string& element_or_fact, std::optional<NodeId> source) {
  const auto citations = CitationsUnder(element_or_fact);
  if (!citations) return citations.error();
  for (const StoredCitation& each : *citations) {
    if (source && each.citation.source != *source) continue;
    store.Erase(storage::CitationKey(each.fact, each.sequence));
    store.Erase(storage::CitedKey(each.citation.source, each.fact, each.sequence));
  }
  return {};
}

Result<std::vector<std::string>> Transaction::State::CitationKeysOf(NodeId source) {
  std::vector<std::string> keys;
  Status status = store.Scan(storage::PrefixRange(storage::CitedPrefix(source)), [&](auto key, auto) {
    const storage::CitationPlace place = storage::PlaceOfCitedKey(key);
    keys.push_back(storage::CitationKey(place.fact, place.sequence));
    return true;
  });
  if (!status.ok()) return std::move(status).error();
  return keys;
}

// A source that is deleted says nothing any more.
Status Transaction::State::EraseCitationsOf(NodeId source) {
  const auto keys = CitationKeysOf(source);
  if (!keys) return keys.error();
  for (const std::string& key : *keys) {
    const storage::CitationPlace place = storage::PlaceOfCitationKey(key);
    store.Erase(storage::CitedKey(source, place.fact, place.sequence));
    store.Erase(key);
  }
  return {};
}

Result<bool> Transaction::HasCitedSpans(NodeId source) {
  const auto keys = state_->CitationKeysOf(source);
  if (!keys) return keys.error();
  for (const std::string& key : *keys) {
    std::string bytes;
    const auto there = state_->store.Get(key, bytes);
    if (!there) return there.error();
    const std::optional<Citation> citation = DecodeCitation(bytes);
    if (!citation) return Damaged();
    if (citation->span) return true;
  }
  return false;
}

Status Transaction::RemoveCitations(const Fact& fact, std::optional<NodeId> source) {
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  return state_->EraseCitationsUnder(BytesOf(fact), source);
}

Result<std::vector<Citation>> Transaction::Citations(const Fact& fact) {
  const auto stored = state_->CitationsUnder(BytesOf(fact));
  if (!stored) return stored.error();
  std::vector<Citation> citations;
  citations.reserve(stored->size());
  for (const State::StoredCitation& each : *stored) citations.push_back(each.citation);
  return citations;
}

Result<bool> Transaction::HasCitations(std::optional<TypeId> type) {
  const Element first = type ? Element(RelationshipOf(*type, 0)) : Element(NodeId{0});
  // What the elements of one kind have in common: their kind, and the type.
  const std::string common = storage::ElementBytes(first).substr(0, type ? 3 : 1);
  bool some = false;
  Status status = state_->store.Scan(storage::PrefixRange(storage::CitationPrefix(common)), [&](auto, auto) {
    some = true;
    return false;
  });
  if (!status.ok()) return std::move(status).error();
  return some;
}

Result<std::vector<Fact>> Transaction::FactsCiting(NodeId source) {
  const auto keys = state_->CitationKeysOf(source);
  if (!keys) return keys.error();
  std::vector<Fact> facts;
  for (const std::string& key : *keys) {
    Fact fact = FactOf(storage::PlaceOfCitationKey(key).fact);
    if (facts.empty() || facts.back() != fact) facts.push_back(fact);  // the keys of one fact follow each other
  }
  return facts;
}

}  // namespace plenum::graph
