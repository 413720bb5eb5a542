// See plenum/graph_reader.h.
#include "engine/graph/graph_core.h"
#include "engine/storage/store_transaction.h"
#include "plenum/graph_reader.h"

namespace plenum {
namespace {

using storage::Space;

template <class Id>
std::optional<Id> Find(const graph::ReadView& view, Space space, std::string_view name) {
  const auto number = view.catalog->names[static_cast<std::size_t>(space)].Find(name);
  return number ? std::optional(Id{static_cast<std::uint16_t>(*number)}) : std::nullopt;
}

template <class Id>
std::vector<Id> AllOf(const graph::ReadView& view, Space space) {
  std::vector<Id> ids(view.catalog->names[static_cast<std::size_t>(space)].size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i].value = static_cast<std::uint16_t>(i);
  return ids;
}

std::string_view NameIn(const graph::ReadView& view, Space space, std::uint16_t number) {
  return view.catalog->names[static_cast<std::size_t>(space)][number];
}

}  // namespace

GraphSnapshot::GraphSnapshot(graph::GraphCore& core, std::shared_ptr<const graph::ReadView> view)
    : core_(&core), view_(std::move(view)) {}

std::uint64_t GraphSnapshot::commit() const { return view_->commit; }

std::uint32_t GraphSnapshot::nodes_end() const {
  return static_cast<std::uint32_t>(view_->extents << storage::kBlockBits);
}

std::optional<LabelId> GraphSnapshot::FindLabel(std::string_view name) const {
  return Find<LabelId>(*view_, Space::kLabels, name);
}
std::optional<TypeId> GraphSnapshot::FindType(std::string_view name) const {
  return Find<TypeId>(*view_, Space::kTypes, name);
}
std::optional<KeyId> GraphSnapshot::FindKey(std::string_view name) const {
  return Find<KeyId>(*view_, Space::kKeys, name);
}

std::vector<LabelId> GraphSnapshot::Labels() const { return AllOf<LabelId>(*view_, Space::kLabels); }
std::vector<TypeId> GraphSnapshot::Types() const { return AllOf<TypeId>(*view_, Space::kTypes); }
std::vector<KeyId> GraphSnapshot::Keys() const { return AllOf<KeyId>(*view_, Space::kKeys); }

std::string_view GraphSnapshot::NameOf(LabelId label) const { return NameIn(*view_, Space::kLabels, label.value); }
std::string_view GraphSnapshot::NameOf(TypeId type) const { return NameIn(*view_, Space::kTypes, type.value); }
std::string_view GraphSnapshot::NameOf(KeyId key) const { return NameIn(*view_, Space::kKeys, key.value); }

Result<std::uint64_t> GraphSnapshot::CountNodes(std::optional<LabelId> label) const {
  return storage::StoreTransaction(core_->store, view_->snapshot)
      .GetNumber(label ? storage::LabelCountKey(label->value) : storage::NodeCountKey());
}

Result<std::uint64_t> GraphSnapshot::CountRelationships(TypeId type) const {
  return storage::StoreTransaction(core_->store, view_->snapshot).GetNumber(storage::TypeCountKey(type.value));
}

}  // namespace plenum
