// The form of keys: how long each kind is, and which values its fields may have.
#include "engine/graph/check_run.h"
#include "engine/storage/statistics_code.h"

namespace plenum::graph {
namespace {

using storage::KeyKind;

// Takes fields off the front of a key.
class KeyForm {
 public:
  explicit KeyForm(std::string_view key) : rest_(key.substr(1)) {}

  KeyForm& Bytes(std::size_t count) {
    ok_ = ok_ && rest_.size() >= count;
    if (ok_) rest_.remove_prefix(count);
    return *this;
  }
  // A byte of at most `greatest`, kept for choice().
  KeyForm& Choice(std::uint8_t greatest) {
    ok_ = ok_ && !rest_.empty() && static_cast<std::uint8_t>(rest_.front()) <= greatest;
    if (!ok_) return *this;
    choice_ = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return *this;
  }
  KeyForm& Owner() { return Choice(1).Bytes(choice_ == 0 ? 0 : 2); }
  KeyForm& Fact() {
    Choice(1).Bytes(choice_ == 0 ? 4 : 7);
    return Choice(1).Bytes(choice_ == 0 ? 0 : 2);
  }
  unsigned choice() const { return choice_; }
  bool MoreFollows() const { return ok_ && !rest_.empty(); }
  bool Ends() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  unsigned choice_ = 0;
  bool ok_ = true;
};

bool IsWellFormedNumber(KeyKind kind, KeyForm form) {
  if (kind == KeyKind::kMeta) return form.Choice(0).Ends();
  if (kind == KeyKind::kCounter) {
    form.Choice(4);
    return form.Bytes(form.choice() == 0 ? 0 : 2).Ends();
  }
  form.Choice(3);
  return form.Bytes(form.choice() <= 1 ? 2 : 0).Ends();
}

}  // namespace

bool IsWellFormedKey(std::string_view key) {
  if (key.empty()) return false;
  KeyForm form(key);
  switch (const auto kind = static_cast<KeyKind>(key.front())) {
    case KeyKind::kMeta:
    case KeyKind::kCounter:
    case KeyKind::kNext:
      return IsWellFormedNumber(kind, form);
    case KeyKind::kStatistics:
      return storage::NameOfStatistic(key).has_value();
    case KeyKind::kName:
      return form.Choice(2).Bytes(2).Ends();
    case KeyKind::kIndexDefinition:
    case KeyKind::kText:
      return form.Bytes(4).Ends();
    case KeyKind::kSegmentBits:
      return form.Bytes(2).Choice(1).Ends();
    case KeyKind::kLabelSet:
      return form.Bytes(4).Ends();
    case KeyKind::kColumn:
      return form.Owner().Bytes(6).Ends();
    case KeyKind::kRowMap:
      return form.Owner().Bytes(4).Ends();
    case KeyKind::kLongText:
      return form.Owner().Bytes(7).Ends();
    case KeyKind::kSegment:
      return form.Bytes(7).Ends() && storage::NameOfSegment(key).bits <= storage::kSegmentBitsMax;
    case KeyKind::kChunk:
      return form.Bytes(2).Choice(1).Bytes(6).Ends();
    case KeyKind::kCitation:
      return form.Fact().Bytes(4).Ends();
    case KeyKind::kCited:
      return form.Bytes(4).Fact().Bytes(4).Ends();
    case KeyKind::kIndexEntry:
      return form.Bytes(4).MoreFollows();
  }
  return false;
}

}  // namespace plenum::graph
