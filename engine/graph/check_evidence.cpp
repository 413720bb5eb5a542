// Checks citations, from facts to sources and back, and the texts of sources.
#include "engine/graph/check_parts.h"
#include "engine/graph/citation_code.h"
#include "engine/graph/committed_reads.h"
#include "engine/graph/source_text_code.h"
#include "engine/storage/byte_code.h"
#include "engine/value/utf8.h"

namespace plenum::graph {
namespace {

using storage::Owner;

// An entry is what a source's key must be, but for its kind, and the span: u32:first u32:end, or nothing.
constexpr std::uint64_t kNoSpan = UINT64_MAX;
constexpr std::size_t kSpanBytes = 8;
constexpr std::size_t kKindBytes = 1;

std::string_view KeyOf(std::string_view entry) { return entry.substr(0, entry.size() - kSpanBytes); }
std::uint32_t SourceOf(std::string_view entry) {
  return static_cast<std::uint32_t>(storage::ReadBigEndian(entry.substr(0, 4)));
}
std::string_view FactOf(std::string_view entry_key) { return entry_key.substr(4, entry_key.size() - 8); }

}  // namespace

EvidenceCheck::EvidenceCheck(CheckRun& run)
    : run_(run), cited_(run.options.directory, run.options.memory_bytes_max / 2) {}

std::string EvidenceCheck::FactName(std::string_view fact) const {
  const storage::FactName name = storage::NameOfFact(fact);
  const std::string element = run_.ElementName(OwnerOf(name.element), NumberOf(name.element));
  return name.property ? run_.PropertyName(*name.property) + " of " + element : element;
}

void EvidenceCheck::CheckFact(std::string_view fact) {
  const storage::FactName name = storage::NameOfFact(fact);
  const Owner owner = OwnerOf(name.element);
  const std::uint64_t number = NumberOf(name.element);
  run_.CheckOwner(owner);
  if (name.property) run_.CheckName(storage::Space::kKeys, *name.property);
  const std::uint16_t property = name.property ? *name.property : storage::kStartProperty;
  const bool there = run_.HasElement(owner, number) && (!name.property || run_.blocks.Has(owner, property, number));
  const bool by_blocks = owner.type || name.property;
  const bool damaged = by_blocks && run_.blocks.SlotsWith(owner, property, storage::BlockOf(number)).damaged;
  if (there || damaged) return;
  run_.Problem("a citation is about " + FactName(fact) + ", which is not there" + std::string(kMakeAnew));
}

Status EvidenceCheck::Citation(std::string_view key, std::string_view value) {
  const storage::CitationPlace place = storage::PlaceOfCitationKey(key);
  const auto citation = DecodeCitation(value);
  if (!citation) {
    unreadable_ = true;
    run_.Damaged("a citation about " + FactName(place.fact));
    return {};
  }
  ++run_.report.citations;
  CheckFact(place.fact);
  if (!run_.HasNode(citation->source.value)) {
    run_.Problem("a citation about " + FactName(place.fact) + " is of source " +
                 std::to_string(citation->source.value) + ", and there is no such node" + std::string(kMakeAnew));
  }
  std::string entry = storage::CitedKey(citation->source, place.fact, place.sequence).substr(kKindBytes);
  const std::uint64_t span =
      citation->span ? std::uint64_t{citation->span->first} << 32 | citation->span->second : kNoSpan;
  storage::AppendBigEndian(entry, span, kSpanBytes);
  return cited_.Add(entry);
}

void EvidenceCheck::Cited(std::string_view key, std::string_view value) {
  if (!value.empty()) run_.Damaged("what source " + std::to_string(SourceOf(key.substr(kKindBytes))) + " is cited for");
}

void EvidenceCheck::Text(std::string_view key, std::string_view value) {
  ++run_.report.source_texts;
  const std::uint32_t source = storage::LastU32(key);
  const auto text = DecodeSourceText(value);
  const std::string what = "the text of source " + std::to_string(source);
  if (!text) run_.Damaged(what);
  if (text && FindInvalidUtf8(text->text)) run_.Problem(what + " is not UTF-8" + std::string(kRestore));
  if (run_.HasNode(source)) return;
  run_.Problem(what + " is there, and there is no such node" + std::string(kMakeAnew));
}

// Entries come source after source.
void EvidenceCheck::CheckSpan(std::string_view entry) {
  const std::uint64_t span = storage::ReadBigEndian(entry.substr(entry.size() - kSpanBytes));
  if (span == kNoSpan) return;
  const std::uint32_t source = SourceOf(entry);
  if (source_at_hand_ != source) {
    source_at_hand_ = source;
    std::string bytes;
    const Result<bool> found = run_.snapshot->Get(storage::TextKey(NodeId{source}), bytes);
    const auto text = found && *found ? DecodeSourceText(bytes) : std::nullopt;
    text_size_.reset();
    if (text) text_size_ = CountCodePoints(text->text);
  }
  const auto first = static_cast<std::uint32_t>(span >> 32);
  const auto end = static_cast<std::uint32_t>(span);
  if (first <= end && (!text_size_ || end <= *text_size_)) return;
  run_.Problem("a citation about " + FactName(FactOf(KeyOf(entry))) + " is of " + std::to_string(first) + ".." +
               std::to_string(end) + " of source " + std::to_string(source) +
               (text_size_ ? ", whose text has " + std::to_string(*text_size_) + " characters" : "") +
               "; remove the citation and write it anew");
}

Status EvidenceCheck::End() {
  CheckRun::EntryComparison comparison;
  comparison.stored_of = [](std::string_view key, std::string_view) {
    return std::string(IsWellFormedKey(key) ? key.substr(kKindBytes) : std::string_view());
  };
  comparison.key_of = KeyOf;
  comparison.visit = [this](std::string_view entry) {
    CheckSpan(entry);
    return true;
  };
  comparison.missing = [this](std::string_view entry) {
    run_.Problem("source " + std::to_string(SourceOf(entry)) + " does not know that it is cited for " +
                 FactName(FactOf(KeyOf(entry))) + std::string(kMakeAnew));
  };
  comparison.superfluous = [this](std::string_view stored) {
    if (stored.empty() || unreadable_) return;  // no key of a citation; or it may be the one that cannot be read
    run_.Problem("source " + std::to_string(SourceOf(stored)) + " is cited for " + FactName(FactOf(stored)) +
                 ", which does not say so" + std::string(kMakeAnew));
  };
  return run_.CompareEntries(cited_, storage::KindPrefix(storage::KeyKind::kCited), comparison);
}

}  // namespace plenum::graph
