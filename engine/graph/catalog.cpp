// See catalog.h. Indexes are few: a list is searched faster than anything clever.
#include "engine/graph/catalog.h"

#include <algorithm>
#include <cassert>

#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/segment.h"

namespace plenum::graph {
namespace {

Status ReadNames(storage::StoreTransaction& store, Space space, Names& names) {
  bool in_order = true;
  Status status = store.Scan(storage::PrefixRange(storage::NamePrefix(space)), [&](auto key, auto value) {
    in_order = storage::NumberOfName(key) == names.size();
    if (in_order) names.Add(std::string(value));
    return in_order;
  });
  if (!status.ok() || in_order) return status;
  return storage::RuntimeError(ErrorType::kCorruption,
                               "the database's list of names has a gap at " + std::to_string(names.size()));
}

Status ReadIndexes(storage::StoreTransaction& store, std::vector<IndexDefinition>& indexes) {
  bool whole = true;
  const std::string prefix = storage::KindPrefix(storage::KeyKind::kIndexDefinition);
  Status status = store.Scan(storage::PrefixRange(prefix), [&](auto key, auto value) {
    const auto index = storage::DecodeIndexDefinition(key, value);
    whole = index.has_value();
    if (whole) indexes.push_back(*index);
    return whole;
  });
  if (!status.ok() || whole) return status;
  return storage::RuntimeError(ErrorType::kCorruption, "the stored definition of an index is damaged; restore a copy");
}

Status ReadSegmentBits(storage::StoreTransaction& store, Catalog& catalog) {
  bool whole = true;
  const std::string prefix = storage::KindPrefix(storage::KeyKind::kSegmentBits);
  Status status = store.Scan(storage::PrefixRange(prefix), [&](auto key, auto value) {
    const auto cut = storage::DecodeSegmentCut(value);
    whole = cut.has_value();
    if (!whole) return false;
    const storage::TypeDirection of = storage::TypeDirectionOfKey(key);
    const std::pair list(TypeId{of.type}, static_cast<Direction>(of.direction));
    catalog.segment_bits[list] = cut->bits;
    if (cut->left_over) catalog.left_over_cuts[list] = *cut->left_over;
    return true;
  });
  if (!status.ok() || whole) return status;
  return storage::RuntimeError(ErrorType::kCorruption,
                               "how the database's relationships are cut into segments is damaged; restore a copy");
}

}  // namespace

Names::Names(const Names& other) {
  for (const std::string& name : other.names_) Add(name);
}

std::optional<std::size_t> Names::Find(std::string_view name) const {
  const auto found = numbers_.find(name);
  if (found == numbers_.end()) return std::nullopt;
  return found->second;
}

void Names::Add(std::string name) {
  names_.push_back(std::move(name));
  numbers_.emplace(names_.back(), names_.size() - 1);
}

void Names::Truncate(std::size_t size) {
  while (names_.size() > size) {
    numbers_.erase(names_.back());
    names_.pop_back();
  }
}

Result<std::shared_ptr<const Catalog>> Catalog::Read(storage::StoreTransaction& store) {
  auto catalog = std::make_shared<Catalog>();
  for (const Space space : {Space::kLabels, Space::kTypes, Space::kKeys}) {
    Status status = ReadNames(store, space, catalog->names[static_cast<std::size_t>(space)]);
    if (!status.ok()) return std::move(status).error();
  }
  Status status = ReadIndexes(store, catalog->indexes);
  if (status.ok()) status = ReadSegmentBits(store, *catalog);
  if (!status.ok()) return std::move(status).error();
  return std::shared_ptr<const Catalog>(std::move(catalog));
}

Error Catalog::TooManyNames(std::string_view name) {
  return storage::RuntimeError(ErrorType::kResourceExhausted,
                               "a database has at most " + std::to_string(kNamesMax) +
                                   " labels, relationship types and property keys each; '" + std::string(name) +
                                   "' would be one more");
}

std::optional<std::uint16_t> CatalogView::Find(Space space, std::string_view name) const {
  const Names& committed = committed_->names[Index(space)];
  if (const auto number = committed.Find(name)) return static_cast<std::uint16_t>(*number);
  if (const auto number = added_[Index(space)].Find(name)) {
    return static_cast<std::uint16_t>(committed.size() + *number);
  }
  return std::nullopt;
}

const std::string& CatalogView::NameOf(Space space, std::uint16_t number) const {
  assert(number < Size(space));
  const Names& committed = committed_->names[Index(space)];
  return number < committed.size() ? committed[number] : added_[Index(space)][number - committed.size()];
}

std::size_t CatalogView::Size(Space space) const {
  return committed_->names[Index(space)].size() + added_[Index(space)].size();
}

const IndexDefinition* FindIndex(const std::vector<IndexDefinition>& indexes, LabelId label, KeyId key, bool unique) {
  for (const IndexDefinition& index : indexes) {
    if (index.label == label.value && index.property == key.value && index.unique == unique && !index.dropped) {
      return &index;
    }
  }
  return nullptr;
}

void CatalogView::DropIndex(std::uint32_t index) {
  for (IndexDefinition& each : indexes_) each.dropped = each.dropped || each.index == index;
}

std::optional<std::uint8_t> CatalogView::SegmentBits(TypeId type, Direction direction) const {
  for (const SegmentBitsMap* bits : {&added_bits_, &committed_->segment_bits}) {
    if (const auto found = bits->find({type, direction}); found != bits->end()) return found->second;
  }
  return std::nullopt;
}

std::uint16_t CatalogView::Add(Space space, std::string name) {
  assert(!Find(space, name) && Size(space) < Catalog::kNamesMax);
  const auto number = static_cast<std::uint16_t>(Size(space));
  added_[Index(space)].Add(std::move(name));
  return number;
}

CatalogView::Mark CatalogView::Changed() const {
  return {{added_[0].size(), added_[1].size(), added_[2].size()}, indexes_, added_bits_};
}

void CatalogView::GoBackTo(Mark mark) {
  for (std::size_t space = 0; space < 3; ++space) added_[space].Truncate(mark.names[space]);
  indexes_ = std::move(mark.indexes);
  added_bits_ = std::move(mark.bits);
}

std::shared_ptr<const Catalog> CatalogView::Merged() const {
  const std::size_t names = added_[0].size() + added_[1].size() + added_[2].size();
  if (names == 0 && added_bits_.empty() && indexes_ == committed_->indexes) return committed_;
  auto merged = std::make_shared<Catalog>(*committed_);
  for (std::size_t space = 0; space < 3; ++space) {
    for (std::size_t number = 0; number < added_[space].size(); ++number) {
      merged->names[space].Add(added_[space][number]);
    }
  }
  merged->indexes = indexes_;
  for (const auto& [list, bits] : added_bits_) merged->segment_bits[list] = bits;
  return merged;
}

}  // namespace plenum::graph
