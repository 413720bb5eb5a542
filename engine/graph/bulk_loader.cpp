// See bulk_loader.h. The keys are those that transactions write (storage/key_layout.h); the catalog, the counters and
// the statistics, which are small, go last and as one synced batch.
#include "engine/graph/bulk_loader.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/graph/catalog.h"
#include "engine/graph/citation_code.h"
#include "engine/graph/storable.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/store.h"

namespace plenum::graph {
namespace {

using storage::BigEndian;
using storage::RuntimeError;

using TypeStatistics = std::map<TypeId, BulkRelationships::TypeStatistics>;

constexpr std::uint64_t kCommits = 1;  // that a load counts as
constexpr Space kSpaces[] = {Space::kLabels, Space::kTypes, Space::kKeys};

}  // namespace

struct BulkLoader::State {
  State(storage::Store& filled, Options given) : store(filled), options(std::move(given)) {}

  Result<std::uint16_t> Intern(Space space, std::string_view name);
  Status BeginBlocks();
  Status WriteIndexes();
  Status WriteIndex(const storage::IndexDefinition& index, storage::ExternalSorter& entries);
  void PutNames(storage::WriteSet& writes) const;
  void PutIndexDefinitions(storage::WriteSet& writes) const;
  void PutNodeCounts(storage::WriteSet& writes) const;
  static void PutRelationshipCounts(const TypeStatistics& types, storage::WriteSet& writes);
  void PutStatistics(TypeStatistics types, storage::WriteSet& writes) const;
  Status WriteSmallParts();

  storage::Store& store;
  Options options;
  Names names[3];  // by Space
  std::unique_ptr<storage::BulkWriter> writer;
  std::unique_ptr<storage::BulkWriter> index_writer;  // where there are keys
  std::unique_ptr<BulkOutput> output;
  std::unique_ptr<BulkNodes> nodes;
  std::unique_ptr<BulkRelationships> relationships;
  std::vector<storage::IndexDefinition> indexes;
};

BulkLoader::BulkLoader(std::unique_ptr<State> state) : state_(std::move(state)) {}
BulkLoader::~BulkLoader() = default;

Result<std::unique_ptr<BulkLoader>> BulkLoader::Begin(storage::Store& store, Options options) {
  const std::unique_ptr<storage::Cursor> first = store.TakeSnapshot()->NewCursor();
  first->Seek("");
  if (Status status = first->status(); !status.ok()) return std::move(status).error();
  if (first->Valid()) {
    return RuntimeError(ErrorType::kUsageError, "a bulk load needs a new database, and this one is in use already");
  }
  auto state = std::make_unique<State>(store, std::move(options));
  if (Status begun = state->BeginBlocks(); !begun.ok()) return std::move(begun).error();
  return std::unique_ptr<BulkLoader>(new BulkLoader(std::move(state)));
}

// A quarter of the memory for the finished blocks, and as much for what is open and for the entries of indexes.
Status BulkLoader::State::BeginBlocks() {
  auto begun = store.BeginBulk(options.memory_bytes_max / 4);
  if (!begun) return std::move(begun).error();
  writer = std::move(*begun);
  output = std::make_unique<BulkOutput>(*writer);
  nodes = std::make_unique<BulkNodes>(*output, options.directory, options.memory_bytes_max / 8);
  return {};
}

Result<std::uint16_t> BulkLoader::State::Intern(Space space, std::string_view name) {
  Names& all = names[static_cast<std::size_t>(space)];
  if (const auto number = all.Find(name)) return static_cast<std::uint16_t>(*number);
  if (all.size() >= Catalog::kNamesMax) return Catalog::TooManyNames(name);
  all.Add(std::string(name));
  return static_cast<std::uint16_t>(all.size() - 1);
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
  if (state_->nodes->count() > 0) {
    return RuntimeError(ErrorType::kUsageError, "in a bulk load, keys are declared before the first node is added");
  }
  state_->nodes->DeclareKey(label, key);
  return {};
}

Result<NodeId> BulkLoader::AddNode(std::span<const LabelId> labels, std::span<const PlainProperty> properties,
                                   const std::optional<Interval>& validity) {
  for (const auto& [key, value] : properties) {
    const auto* const other = std::get_if<const Value*>(&value);
    if (other == nullptr || (*other)->is_null()) continue;
    const std::string& name = state_->names[static_cast<std::size_t>(Space::kKeys)][key.value];
    if (Status status = CheckStorable(**other, name); !status.ok()) return std::move(status).error();
  }
  return state_->nodes->Add(labels, properties, validity);
}

Status BulkLoader::AddCitation(NodeId node, std::uint32_t sequence, const Citation& citation) {
  const std::string fact = storage::FactBytes(node, std::nullopt);
  Status status = state_->output->Put(storage::CitationKey(fact, sequence), EncodeCitation(citation));
  if (!status.ok()) return status;
  return state_->output->Put(storage::CitedKey(citation.source, fact, sequence), "");
}

std::uint64_t BulkLoader::node_count() const { return state_->nodes->count(); }
std::uint64_t BulkLoader::kept_bytes() const { return state_->nodes->kept_bytes(); }
bool BulkLoader::HasNode(NodeId node) const { return state_->nodes->Has(node); }

Status BulkLoader::BeginRelationships(std::uint64_t memory_bytes_max) {
  Status status = state_->nodes->Finish();
  if (status.ok()) status = state_->WriteIndexes();
  state_->relationships =
      std::make_unique<BulkRelationships>(*state_->output, *state_->nodes, state_->options.directory, memory_bytes_max);
  return status;
}

Status BulkLoader::AddRelationships(RelationshipBatch batch, std::span<const TypeId> types) {
  return state_->relationships->Add(std::move(batch), types);
}

// Equal values follow each other.
Status BulkLoader::State::WriteIndex(const storage::IndexDefinition& index, storage::ExternalSorter& entries) {
  const std::string prefix = storage::IndexPrefix(index.index);
  std::string key;
  std::string last;
  std::uint64_t repeated = 0;
  Status status = entries.Read([&](std::string_view entry) -> Status {
    const std::string_view ordered = entry.substr(0, entry.size() - 4);
    if (ordered == last) {
      ++repeated;
      return {};
    }
    last = ordered;
    key.assign(prefix).append(ordered);
    return index_writer->Put(key, entry.substr(ordered.size()));
  });
  if (!status.ok() || repeated == 0) return status;
  return RuntimeError(ErrorType::kConstraintVerificationFailed, "CreateConstraintFailed",
                      std::to_string(repeated) + " of the nodes labelled " + names[0][index.label] + " repeat the " +
                          names[2][index.property] + " of another, which is declared a key and must be unique");
}

// Before the relationships come, which need the memory of the entries; there are they only with everything else.
Status BulkLoader::State::WriteIndexes() {
  std::vector<BulkNodes::DeclaredKey> keys = nodes->TakeDeclaredKeys();
  if (keys.empty()) return {};
  auto begun = store.BeginSortedBulk();
  if (!begun) return std::move(begun).error();
  index_writer = *std::move(begun);
  for (BulkNodes::DeclaredKey& key : keys) {
    const auto index = static_cast<std::uint32_t>(indexes.size());
    indexes.push_back({.index = index, .unique = true, .label = key.label.value, .property = key.key.value});
    if (Status status = WriteIndex(indexes.back(), *key.entries); !status.ok()) return status;
  }
  return {};
}

void BulkLoader::State::PutNames(storage::WriteSet& writes) const {
  for (const Space space : kSpaces) {
    const Names& all = names[static_cast<std::size_t>(space)];
    for (std::size_t i = 0; i < all.size(); ++i) {
      writes.Put(storage::NameKey(space, static_cast<std::uint16_t>(i)), all[i]);
    }
  }
}

void BulkLoader::State::PutIndexDefinitions(storage::WriteSet& writes) const {
  for (const storage::IndexDefinition& definition : indexes) {
    writes.Put(storage::IndexDefinitionKey(definition.index), storage::EncodeIndexDefinition(definition));
  }
  if (!indexes.empty()) writes.Put(storage::NextIndexKey(), BigEndian(indexes.size(), 8));
}

void BulkLoader::State::PutNodeCounts(storage::WriteSet& writes) const {
  writes.Put(storage::NodeCountKey(), BigEndian(nodes->count(), 8));
  std::map<LabelId, std::uint64_t> labelled;
  const LabelSets& sets = nodes->label_sets();
  for (LabelSetId set = 0; set < sets.size(); ++set) {
    for (const LabelId label : sets.LabelsOf(set)) labelled[label] += nodes->CountOf(set);
  }
  for (const auto& [label, count] : labelled) writes.Put(storage::LabelCountKey(label.value), BigEndian(count, 8));
  writes.Put(storage::NextExtentKey(), BigEndian(nodes->next_extent(), 8));
  for (const auto& [home, next] : nodes->next_ids()) writes.Put(storage::NextNodeKey(home), BigEndian(next, 8));
}

void BulkLoader::State::PutRelationshipCounts(const TypeStatistics& types, storage::WriteSet& writes) {
  for (const auto& [type, statistics] : types) {
    writes.Put(storage::TypeCountKey(type.value), BigEndian(statistics.count, 8));
    writes.Put(storage::LoopCountKey(type.value), BigEndian(statistics.loops, 8));
    writes.Put(storage::ParallelCountKey(type.value), BigEndian(statistics.parallel, 8));
    writes.Put(storage::NextRelationshipKey(type.value), BigEndian(statistics.count, 8));
    for (std::uint8_t direction = 0; direction < 2; ++direction) {
      writes.Put(storage::SegmentBitsKey(type.value, direction),
                 storage::EncodeSegmentCut({statistics.segment_bits, std::nullopt}));
    }
  }
}

void BulkLoader::State::PutStatistics(TypeStatistics types, storage::WriteSet& writes) const {
  GraphStatistics known;
  known.commit = kCommits;
  known.elements = nodes->count();
  known.labels = nodes->TakeDistinct();
  for (auto& [type, statistics] : types) {
    known.elements += statistics.count;
    known.types.emplace(type.value, std::move(statistics.known));
  }
  known.Put(writes);
}

Status BulkLoader::State::WriteSmallParts() {
  storage::WriteSet writes;
  PutNames(writes);
  PutIndexDefinitions(writes);
  PutNodeCounts(writes);
  TypeStatistics types = relationships->TakeStatistics();
  PutRelationshipCounts(types, writes);
  PutStatistics(std::move(types), writes);
  writes.Put(storage::CommitsKey(), BigEndian(kCommits, 8));
  return store.Apply(writes, true);
}

Status BulkLoader::Finish(const BulkProgress& progress) {
  Status status;
  if (!state_->relationships) status = BeginRelationships(state_->options.memory_bytes_max);
  if (status.ok()) status = state_->relationships->Write(state_->options.threads, progress);
  if (status.ok()) status = state_->writer->Finish();
  if (status.ok() && state_->index_writer) status = state_->index_writer->Finish();
  if (status.ok()) status = state_->WriteSmallParts();
  return status;
}

}  // namespace plenum::graph
