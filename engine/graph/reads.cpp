// What a transaction reads of single elements, and its counts.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/transaction_state.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

std::optional<Interval> ValidityOf(const PropertyValues& values) {
  if (values.empty() || values.back().first != storage::kValidityProperty) return std::nullopt;
  return values.back().second.interval();
}

}  // namespace

const Value& PropertyOf(const Properties& properties, KeyId key) {
  static const Value null;
  const auto found = std::lower_bound(properties.begin(), properties.end(), key,
                                      [](const auto& property, KeyId wanted) { return property.first < wanted; });
  return found == properties.end() || found->first != key ? null : found->second;
}

Status Transaction::State::HasBeenCommitted() {
  return storage::RuntimeError(ErrorType::kUsageError, "the transaction has been committed");
}

// ---- Labels

Result<bool> Transaction::State::HasLabel(std::uint16_t label, NodeId node) {
  if (const auto own_label = own.FindLabel(label, node)) return *own_label;
  return reads.HasLabel(label, node);
}

Result<std::vector<LabelId>> Transaction::State::LabelsOf(NodeId node) {
  std::vector<LabelId> labels;
  for (std::size_t number = 0; number < catalog.Size(Space::kLabels); ++number) {
    const LabelId label{static_cast<std::uint16_t>(number)};
    const Result<bool> has = HasLabel(label.value, node);
    if (!has) return has.error();
    if (*has) labels.push_back(label);
  }
  return labels;
}

// ---- Values

Result<Value> Transaction::State::ValueOf(const Element& element, std::uint16_t property) {
  if (const Value* written = own.FindValue(element, property)) return *written;
  return reads.ValueOf(element, property);
}

Result<PropertyValues> Transaction::State::ValuesOf(const Element& element) {
  auto values = reads.ValuesOf(element);
  const OwnWrites::Values* written = own.FindValues(element);
  if (!values || written == nullptr) return values;
  for (const auto& [property, value] : *written) {
    const auto place = std::lower_bound(values->begin(), values->end(), property,
                                        [](const auto& each, std::uint16_t wanted) { return each.first < wanted; });
    const bool there = place != values->end() && place->first == property;
    if (value.is_null()) {
      if (there) values->erase(place);
    } else if (there) {
      place->second = value;
    } else {
      values->emplace(place, property, value);
    }
  }
  return values;
}

Result<std::optional<std::pair<NodeId, NodeId>>> Transaction::State::EndsOf(RelationshipId relationship) {
  return EndsIn(relationship, ValueOf(relationship, storage::kStartProperty),
                ValueOf(relationship, storage::kEndProperty));
}

Result<bool> Transaction::State::Exists(const Element& element) {
  if (const auto* node = std::get_if<NodeId>(&element)) return HasNode(*node);
  const auto ends = EndsOf(std::get<RelationshipId>(element));
  if (!ends) return ends.error();
  return ends->has_value();
}

Result<std::shared_ptr<const NodeRecord>> Transaction::GetNode(NodeId node) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  const Result<bool> there = state_->HasNode(node);
  if (!there) return there.error();
  if (!*there) return std::shared_ptr<const NodeRecord>();
  auto labels = state_->LabelsOf(node);
  if (!labels) return std::move(labels).error();
  auto values = state_->ValuesOf(node);
  if (!values) return std::move(values).error();
  auto record = std::make_shared<NodeRecord>();
  record->labels = *std::move(labels);
  record->validity = ValidityOf(*values);
  record->properties = PropertiesOf(*std::move(values));
  return std::shared_ptr<const NodeRecord>(std::move(record));
}

Result<std::shared_ptr<const RelationshipRecord>> Transaction::GetRelationship(RelationshipId relationship) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  const auto ends = state_->EndsOf(relationship);
  if (!ends) return ends.error();
  if (!*ends) return std::shared_ptr<const RelationshipRecord>();
  auto values = state_->ValuesOf(relationship);
  if (!values) return std::move(values).error();
  auto record = std::make_shared<RelationshipRecord>();
  record->type = graph::TypeOf(relationship);
  std::tie(record->start, record->end) = **ends;
  record->validity = ValidityOf(*values);
  record->properties = PropertiesOf(*std::move(values));
  return std::shared_ptr<const RelationshipRecord>(std::move(record));
}

Result<bool> Transaction::Exists(const ElementId& element) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  return state_->Exists(element);
}

Result<std::optional<std::pair<NodeId, NodeId>>> Transaction::EndsOf(RelationshipId relationship) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  return state_->EndsOf(relationship);
}

Result<bool> Transaction::HasLabel(NodeId node, LabelId label) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  return state_->HasLabel(label.value, node);
}

Result<std::vector<LabelId>> Transaction::LabelsOf(NodeId node) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  return state_->LabelsOf(node);
}

Result<Value> Transaction::GetProperty(const ElementId& element, KeyId key) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  return state_->ValueOf(element, key.value);
}

Result<std::optional<Interval>> Transaction::GetValidity(const ElementId& element) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  const Result<Value> value = state_->ValueOf(element, storage::kValidityProperty);
  if (!value) return value.error();
  return IntervalIn(*value);
}

// ---- Counts

Result<std::uint64_t> Transaction::State::ReadCounter(const std::string& key) {
  const Result<std::uint64_t> stored = store.GetNumber(key);
  const auto difference = counters.find(key);
  if (!stored || difference == counters.end()) return stored;
  return *stored + static_cast<std::uint64_t>(difference->second);
}

Result<std::uint64_t> Transaction::CountNodes(std::optional<LabelId> label) {
  return state_->ReadCounter(label ? storage::LabelCountKey(label->value) : storage::NodeCountKey());
}

Result<std::uint64_t> Transaction::CountLoops(TypeId type) {
  return state_->ReadCounter(storage::LoopCountKey(type.value));
}

Result<std::uint64_t> Transaction::CountRelationships(std::optional<TypeId> type) {
  if (type) return state_->ReadCounter(storage::TypeCountKey(type->value));
  std::uint64_t sum = 0;
  for (const TypeId each : Types()) {
    const Result<std::uint64_t> count = CountRelationships(each);
    if (!count) return count;
    sum += *count;
  }
  return sum;
}

}  // namespace plenum::graph
