// See check.h. Here: the pass over all keys, which hands each to the part that knows its kind.
#include "engine/graph/check.h"

#include <filesystem>

#include "engine/graph/check_parts.h"
#include "engine/storage/byte_code.h"

namespace plenum::graph {
namespace {

using storage::KeyKind;

constexpr std::uint64_t kKeysBetweenPolls = 256;

std::string Shown(std::string_view key) {
  constexpr std::size_t kBytesMax = 24;
  return storage::Hexadecimal(key.substr(0, kBytesMax)) + (key.size() > kBytesMax ? "…" : "");
}

class WholeCheck {
 public:
  explicit WholeCheck(CheckRun& run)
      : run_(run), catalog_(run), values_(run), lists_(run), evidence_(run), indexes_(run) {}

  Status Run() {
    for (const Kind& kind : Kinds()) {
      Status status = CheckKind(kind);
      if (status.ok() && kind.end) status = kind.end();
      if (!status.ok()) return status;
    }
    CheckStrangers("");
    catalog_.End();
    return {};
  }

 private:
  struct Kind {
    KeyKind kind;
    CheckRun::VisitKey visit;
    std::function<Status()> end;
  };

  // A part's method that cannot fail, as a visitor.
  template <class Part>
  static CheckRun::VisitKey Visitor(Part& part, void (Part::*method)(std::string_view, std::string_view)) {
    return [&part, method](std::string_view key, std::string_view value) -> Status {
      (part.*method)(key, value);
      return {};
    };
  }

  // Ascending.
  std::vector<Kind> Kinds() {
    const CheckRun::VisitKey number = Visitor(catalog_, &CatalogCheck::Number);
    return {{KeyKind::kMeta, number, {}},
            {KeyKind::kCounter, number, {}},
            {KeyKind::kNext, number, {}},
            {KeyKind::kStatistics, Visitor(catalog_, &CatalogCheck::Statistic), {}},
            {KeyKind::kName, Visitor(catalog_, &CatalogCheck::Name), {}},
            {KeyKind::kIndexDefinition, Visitor(catalog_, &CatalogCheck::Definition), {}},
            {KeyKind::kSegmentBits, Visitor(catalog_, &CatalogCheck::SegmentBits), {}},
            {KeyKind::kLabelSet, Visitor(values_, &ValueCheck::Labels), {}},
            {KeyKind::kColumn, Visitor(values_, &ValueCheck::Column), {}},
            {KeyKind::kRowMap, Visitor(values_, &ValueCheck::RowMap), {}},
            {KeyKind::kLongText, Visitor(values_, &ValueCheck::LongText), {}},
            {KeyKind::kSegment, [this](auto key, auto value) { return lists_.Segment(key, value); }, {}},
            {KeyKind::kChunk, Visitor(lists_, &ListCheck::Chunk), [this] { return lists_.End(); }},
            {KeyKind::kCitation, [this](auto key, auto value) { return evidence_.Citation(key, value); }, {}},
            {KeyKind::kCited, Visitor(evidence_, &EvidenceCheck::Cited), {}},
            {KeyKind::kText, Visitor(evidence_, &EvidenceCheck::Text), [this] { return evidence_.End(); }},
            {KeyKind::kIndexEntry, Visitor(indexes_, &IndexCheck::Entry), [this] { return indexes_.End(); }}};
  }

  // What stands between the kinds that there are: from `next_` on to `end`, or to the last key where that is empty.
  void CheckStrangers(const std::string& end) {
    const std::unique_ptr<storage::Cursor> cursor = run_.snapshot->NewCursor();
    for (cursor->Seek(next_); cursor->Valid() && (end.empty() || cursor->key() < end); cursor->Next()) {
      Strange(cursor->key());
    }
    run_.Unreadable(cursor->status());
  }

  void Strange(std::string_view key) {
    run_.Problem("the key " + Shown(key) + " is of no kind that this format has" + std::string(kRestore));
  }

  Status CheckKind(const Kind& kind) {
    const std::string prefix = storage::KindPrefix(kind.kind);
    if (next_ != prefix) CheckStrangers(prefix);
    next_ = storage::PrefixRange(prefix).end;
    std::uint64_t keys = 0;
    return run_.ForEachKey(prefix, [&](std::string_view key, std::string_view value) -> Status {
      if (keys++ % kKeysBetweenPolls == 0) {
        if (Status status = run_.CheckCancelled(); !status.ok()) return status;
      }
      if (IsWellFormedKey(key)) return kind.visit(key, value);
      Strange(key);
      return {};
    });
  }

  CheckRun& run_;
  CatalogCheck catalog_;
  ValueCheck values_;
  ListCheck lists_;
  EvidenceCheck evidence_;
  IndexCheck indexes_;
  std::string next_;  // where the kind before ended
};

}  // namespace

Result<CheckReport> Check(storage::Store& store, const CheckOptions& options) {
  CheckRun run(store, options);
  if (run.options.directory.empty()) run.options.directory = std::filesystem::temp_directory_path().string();
  run.Unreadable(store.VerifyChecksums());
  run.ReadCatalog();
  WholeCheck check(run);
  if (Status status = check.Run(); !status.ok()) return std::move(status).error();
  return std::move(run.report);
}

}  // namespace plenum::graph
