// See bulk_loader.h. The keys are those that transactions write (storage/key_layout.h); the catalog and the counters,
// which are small, go last and as one synced batch.
#include "engine/graph/bulk_loader.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "engine/graph/catalog.h"
#include "engine/graph/record_code.h"
#include "engine/graph/sorted_properties.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/store.h"

namespace plenum::graph {
namespace {

using storage::RuntimeError;

std::string BigEndian(std::uint64_t number, unsigned bytes) {
  std::string out;
  storage::AppendBigEndian(out, number, bytes);
  return out;
}

void SortLabels(std::vector<LabelId>& labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
}

// Sorted, without nulls, of equal keys the last one.
Properties SortedProperties(const Properties& properties) {
  Properties sorted;
  sorted.reserve(properties.size());
  for (const auto& [key, value] : properties) SetInSorted(sorted, key, value);
  return sorted;
}

}  // namespace

struct BulkLoader::State {
  using DeclaredKey = std::pair<LabelId, KeyId>;

  explicit State(storage::Store& filled) : store(filled), catalog(std::make_shared<const Catalog>()) {}

  Result<std::uint16_t> Intern(Space space, std::string_view name);
  Status CheckProperties(const Properties& properties);
  Status PutIndex(const NodeRecord& record, NodeId node);
  Status CheckUnique(const DeclaredKey& declared, std::uint64_t expected);
  Status WriteSmallParts();

  storage::Store& store;
  CatalogView catalog;
  std::unique_ptr<storage::BulkWriter> writer;
  std::uint64_t nodes = 0;
  std::map<LabelId, std::uint64_t> labelled;
  std::map<TypeId, std::uint64_t> typed;
  std::map<DeclaredKey, std::uint64_t> indexed;  // how many values each declared key was given
};

BulkLoader::BulkLoader(std::unique_ptr<State> state) : state_(std::move(state)) {}
BulkLoader::~BulkLoader() = default;

Result<std::unique_ptr<BulkLoader>> BulkLoader::Begin(storage::Store& store, std::uint64_t memory_bytes_max) {
  const std::unique_ptr<storage::Cursor> first = store.TakeSnapshot()->NewCursor();
  first->Seek("");
  if (Status status = first->status(); !status.ok()) return std::move(status).error();
  if (first->Valid()) {
    return RuntimeError(ErrorType::kUsageError, "a bulk load needs a new database, and this one is in use already");
  }
  auto state = std::make_unique<State>(store);
  auto writer = store.BeginBulk(memory_bytes_max);
  if (!writer) return std::move(writer).error();
  state->writer = std::move(*writer);
  return std::unique_ptr<BulkLoader>(new BulkLoader(std::move(state)));
}

Result<std::uint16_t> BulkLoader::State::Intern(Space space, std::string_view name) {
  if (const auto number = catalog.Find(space, name)) return *number;
  if (catalog.Size(space) >= Catalog::kNamesMax) return Catalog::TooManyNames(name);
  return catalog.Add(space, std::string(name));
}

Result<LabelId> BulkLoader::InternLabel(std::string_view name) {
  const auto number = state_->Intern(Space::kLabels, name);
  if (!number) return number.error();
  return LabelId{*number};
}

Result<TypeId> BulkLoader::InternType(std::string_view name) {
  const auto number = state_->Intern(Space::kTypes, name);
  if (!number) return number.error();
  return TypeId{*number};
}

Result<KeyId> BulkLoader::InternKey(std::string_view name) {
  const auto number = state_->Intern(Space::kKeys, name);
  if (!number) return number.error();
  return KeyId{*number};
}

Status BulkLoader::DeclareKey(LabelId label, KeyId key) {
  if (state_->nodes > 0) {
    return RuntimeError(ErrorType::kUsageError, "in a bulk load, keys are declared before the first node is added");
  }
  if (!state_->catalog.HasKey(label, key)) state_->catalog.AddKey(label, key);
  state_->indexed.try_emplace({label, key}, 0);
  return {};
}

Status BulkLoader::State::CheckProperties(const Properties& properties) {
  for (const auto& [key, value] : properties) {
    Status status = CheckStorable(value, catalog.NameOf(Space::kKeys, key.value));
    if (!status.ok()) return status;
  }
  return {};
}

Status BulkLoader::State::PutIndex(const NodeRecord& record, NodeId node) {
  for (auto& [declared, count] : indexed) {
    const auto& [label, key] = declared;
    const Value& value = PropertyOf(record.properties, key);
    if (!IsIndexed(value) || !std::binary_search(record.labels.begin(), record.labels.end(), label)) continue;
    ++count;
    Status status = writer->Put(storage::IndexKey(label.value, key.value, value), BigEndian(node.value, 4));
    if (!status.ok()) return status;
  }
  return {};
}

Result<NodeId> BulkLoader::AddNode(NodeRecord record) {
  if (state_->nodes > UINT32_MAX) {
    return RuntimeError(ErrorType::kResourceExhausted, "a database has at most 4294967296 nodes");
  }
  if (Status status = state_->CheckProperties(record.properties); !status.ok()) return std::move(status).error();
  SortLabels(record.labels);
  record.properties = SortedProperties(record.properties);
  const NodeId node{static_cast<std::uint32_t>(state_->nodes)};
  Status status = state_->writer->Put(storage::NodeKey(node), EncodeNode(record));
  for (const LabelId label : record.labels) {
    if (status.ok()) status = state_->writer->Put(storage::LabelKey(label.value, node), "");
    ++state_->labelled[label];
  }
  if (status.ok()) status = state_->PutIndex(record, node);
  if (!status.ok()) return std::move(status).error();
  ++state_->nodes;
  return node;
}

Result<RelationshipId> BulkLoader::AddRelationship(RelationshipRecord record) {
  if (record.start.value >= state_->nodes || record.end.value >= state_->nodes) {
    return RuntimeError(ErrorType::kEntityNotFound, "a relationship's ends must have been added before it");
  }
  if (Status status = state_->CheckProperties(record.properties); !status.ok()) return std::move(status).error();
  record.properties = SortedProperties(record.properties);
  std::uint64_t& count = state_->typed[record.type];
  if (count >> storage::kNumberBits != 0) {
    return RuntimeError(ErrorType::kResourceExhausted, "a database has at most 2^40 relationships of one type");
  }
  const RelationshipId id{std::uint64_t{record.type.value} << storage::kNumberBits | count};
  const std::array<std::string, 2> adjacency{
      storage::AdjacencyKey(record.start, static_cast<std::uint8_t>(Direction::kOutgoing), record.end, id),
      storage::AdjacencyKey(record.end, static_cast<std::uint8_t>(Direction::kIncoming), record.start, id)};
  Status status = state_->writer->Put(storage::RelationshipKey(id), EncodeRelationship(record));
  for (const std::string& key : adjacency) {
    if (status.ok()) status = state_->writer->Put(key, "");
  }
  if (!status.ok()) return std::move(status).error();
  ++count;
  return id;
}

std::uint64_t BulkLoader::node_count() const { return state_->nodes; }

// Equal values have fallen together in the index: then it holds fewer than were put into it.
Status BulkLoader::State::CheckUnique(const DeclaredKey& declared, std::uint64_t expected) {
  const auto& [label, key] = declared;
  storage::StoreTransaction reading(store, store.TakeSnapshot());
  std::uint64_t found = 0;
  Status status = reading.Scan(storage::PrefixRange(storage::IndexPrefix(label.value, key.value)),
                               [&](auto, auto) { return ++found, true; });
  if (!status.ok() || found == expected) return status;
  return RuntimeError(ErrorType::kConstraintVerificationFailed, "CreateConstraintFailed",
                      std::to_string(expected - found) + " of the nodes labelled " +
                          catalog.NameOf(Space::kLabels, label.value) + " repeat the " +
                          catalog.NameOf(Space::kKeys, key.value) +
                          " of another, which is declared a key and must be unique");
}

Status BulkLoader::State::WriteSmallParts() {
  storage::WriteSet writes;
  for (const Space space : {Space::kLabels, Space::kTypes, Space::kKeys}) {
    for (std::size_t i = 0; i < catalog.Size(space); ++i) {
      const auto number = static_cast<std::uint16_t>(i);
      writes.Put(storage::NameKey(space, number), catalog.NameOf(space, number));
    }
  }
  for (const auto& [declared, count] : indexed) {
    writes.Put(storage::DeclaredKeyKey(declared.first.value, declared.second.value), "");
  }
  writes.Put(storage::NodeCountKey(), BigEndian(nodes, 8));
  writes.Put(storage::NextNodeKey(), BigEndian(nodes, 8));
  for (const auto& [label, count] : labelled) writes.Put(storage::LabelCountKey(label.value), BigEndian(count, 8));
  for (const auto& [type, count] : typed) {
    writes.Put(storage::TypeCountKey(type.value), BigEndian(count, 8));
    writes.Put(storage::NextRelationshipKey(type.value), BigEndian(count, 8));
  }
  writes.Put(storage::CommitsKey(), BigEndian(1, 8));
  return store.Apply(writes, true);
}

Status BulkLoader::Finish() {
  if (Status status = state_->writer->Finish(); !status.ok()) return status;
  for (const auto& [declared, count] : state_->indexed) {
    if (Status status = state_->CheckUnique(declared, count); !status.ok()) return status;
  }
  return state_->WriteSmallParts();
}

}  // namespace plenum::graph
