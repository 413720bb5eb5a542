// See catalog.h. Declared keys are few: a list is searched faster than anything clever.
#include "engine/graph/catalog.h"

#include <algorithm>
#include <cassert>

#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

bool Contains(const std::vector<std::pair<LabelId, KeyId>>& keys, LabelId label, KeyId key) {
  return std::find(keys.begin(), keys.end(), std::pair(label, key)) != keys.end();
}

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
  Status status = store.Scan(storage::PrefixRange(storage::DeclaredKeyPrefix()), [&](auto key, auto) {
    const storage::DeclaredKey declared = storage::DeclaredKeyOfKey(key);
    catalog->keys.emplace_back(LabelId{declared.label}, KeyId{declared.property});
    return true;
  });
  if (!status.ok()) return std::move(status).error();
  return std::shared_ptr<const Catalog>(std::move(catalog));
}

Error Catalog::TooManyNames(std::string_view name) {
  return storage::RuntimeError(ErrorType::kResourceExhausted,
                               "a database has at most 65536 labels, relationship types and property keys each; '" +
                                   std::string(name) + "' would be one more");
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

bool CatalogView::HasKey(LabelId label, KeyId key) const {
  return Contains(committed_->keys, label, key) || Contains(added_keys_, label, key);
}

std::uint16_t CatalogView::Add(Space space, std::string name) {
  assert(!Find(space, name) && Size(space) < Catalog::kNamesMax);
  const auto number = static_cast<std::uint16_t>(Size(space));
  added_[Index(space)].Add(std::move(name));
  return number;
}

CatalogView::Mark CatalogView::Added() const {
  return {{added_[0].size(), added_[1].size(), added_[2].size()}, added_keys_.size()};
}

void CatalogView::GoBackTo(const Mark& mark) {
  for (std::size_t space = 0; space < 3; ++space) added_[space].Truncate(mark.names[space]);
  added_keys_.resize(mark.keys);
}

std::shared_ptr<const Catalog> CatalogView::Merged() const {
  const Mark added = Added();
  if (added.names[0] + added.names[1] + added.names[2] + added.keys == 0) return committed_;
  auto merged = std::make_shared<Catalog>(*committed_);
  for (std::size_t space = 0; space < 3; ++space) {
    for (std::size_t number = 0; number < added_[space].size(); ++number) {
      merged->names[space].Add(added_[space][number]);
    }
  }
  merged->keys.insert(merged->keys.end(), added_keys_.begin(), added_keys_.end());
  return merged;
}

}  // namespace plenum::graph
