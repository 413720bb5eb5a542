// See bulk_world.h.
#include "tests/graph/bulk_world.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "tests/graph/open_graph.h"
#include "tests/storage/random_values.h"

namespace plenum::graph {
namespace {

std::optional<Interval> SomeValidity(RandomValues& random) {
  if (random.Below(3) == 0) return std::nullopt;
  return Interval{PartialDate{random.Below(9), random.Below(2) == 0 ? std::nullopt : std::optional<std::int64_t>(20)},
                  random.Below(2) == 0 ? std::nullopt : std::optional(PartialDate{30, 30})};
}

Value SomeValue(RandomValues& random) {
  if (random.Below(20) != 0) return random.Any();
  return std::string(static_cast<std::size_t>(1000 + random.Below(60)), static_cast<char>('a' + random.Below(3)));
}

template <class Citations>
void SomeCitations(RandomValues& random, std::size_t sources, Citations& citations) {
  if (sources == 0 || random.Below(5) != 0) return;
  for (int i = random.Below(3); i >= 0; --i) {
    const auto source = static_cast<std::size_t>(random.Below(static_cast<int>(sources)));
    if (std::ranges::any_of(citations, [&](const auto& each) { return each.first == source; })) continue;
    citations.emplace_back(source, std::nullopt);
    if (random.Below(2) == 0) citations.back().second = {random.Below(5), 5 + random.Below(5)};
  }
}

// Texts and other values are borrowed from `values`.
std::vector<BulkLoader::PlainProperty> PlainOf(const std::map<KeyId, Value>& values) {
  std::vector<BulkLoader::PlainProperty> plain;
  for (const auto& [key, value] : values) {
    if (value.kind() == Value::Kind::kString) {
      plain.emplace_back(key, std::string_view(value.string()));
    } else if (value.kind() == Value::Kind::kInteger) {
      plain.emplace_back(key, value.integer());
    } else {
      plain.emplace_back(key, &value);
    }
  }
  return plain;
}

template <class Citations>
std::vector<Citation> CitationsOf(const Citations& citations, const std::vector<NodeId>& ids) {
  std::vector<Citation> result;
  for (const auto& [source, span] : citations) result.push_back({ids[source], span});
  return result;
}

std::vector<NodeId> LoadNodes(BulkLoader& loader, const World& world, Model& model) {
  std::vector<NodeId> ids;
  for (const WorldNode& node : world.nodes) {
    const NodeId id = Must(loader.AddNode(node.labels, PlainOf(node.properties), node.validity));
    ids.push_back(id);
    model.nodes[id] = {{node.labels.begin(), node.labels.end()}, node.properties, node.validity};
    std::uint32_t sequence = 0;
    for (const Citation& citation : CitationsOf(node.citations, ids)) {
      Must(loader.AddCitation(id, sequence++, citation));
      model.citations[{0, id.value, -1}].push_back(citation);
    }
  }
  return ids;
}

// Relationships are numbered by type, start and end; those that are alike, as they came.
void ExpectRelationships(const World& world, const std::vector<NodeId>& ids, Model& model) {
  std::vector<std::size_t> order(world.relationships.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const WorldRelationship& each = world.relationships[i];
    return std::tuple(each.type, ids[each.start], ids[each.end]);
  });
  std::map<std::uint16_t, std::uint64_t> next;
  for (const std::size_t i : order) {
    const WorldRelationship& each = world.relationships[i];
    const RelationshipId id{std::uint64_t{each.type} << 40 | next[each.type]++};
    model.relationships[id] = {TypeId{each.type}, ids[each.start], ids[each.end], each.properties, each.validity};
    const std::vector<Citation> citations = CitationsOf(each.citations, ids);
    if (!citations.empty()) model.citations[{1, id.value, -1}] = citations;
  }
}

}  // namespace

World World::Random(unsigned seed, int node_count, int relationship_count) {
  World world{.labels = {"A", "B", "C"}, .types = {"R", "S", "T"}, .keys = {"x", "y", "z"}};
  world.declared = {LabelId{0}, KeyId{0}};
  RandomValues random(seed);
  for (int i = 0; i < node_count; ++i) {
    WorldNode node;
    for (int n = random.Below(4); n > 0; --n) node.labels.push_back({static_cast<std::uint16_t>(random.Below(3))});
    if (random.Below(4) != 0) node.properties[KeyId{0}] = i % 2 == 0 ? Value(i) : Value(std::to_string(i));
    if (random.Below(2) == 0) node.properties[KeyId{1}] = SomeValue(random);
    if (random.Below(40) == 0) node.properties[KeyId{2}] = SomeValue(random);
    node.validity = SomeValidity(random);
    SomeCitations(random, world.nodes.size(), node.citations);
    world.nodes.push_back(std::move(node));
  }
  for (int i = 0; i < relationship_count; ++i) {
    WorldRelationship added{.type = static_cast<std::uint16_t>(random.Below(3))};
    added.start = static_cast<std::size_t>(random.Below(node_count));
    added.end = random.Below(10) == 0 ? added.start : static_cast<std::size_t>(random.Below(node_count));
    if (random.Below(2) == 0) added.properties[KeyId{1}] = SomeValue(random);
    if (random.Below(40) == 0) added.properties[KeyId{2}] = SomeValue(random);
    if (added.type != 1) added.validity = SomeValidity(random);
    SomeCitations(random, world.nodes.size(), added.citations);
    world.relationships.push_back(std::move(added));
    if (random.Below(10) == 0) world.relationships.push_back(world.relationships.back());
  }
  return world;
}

Loaded Load(storage::Store& store, const World& world, BulkLoader::Options options, std::size_t batch_size) {
  const std::uint64_t memory = options.memory_bytes_max;
  auto loader = Must(BulkLoader::Begin(store, std::move(options)));
  for (const std::string& name : world.labels) Must(loader->InternLabel(name));
  for (const std::string& name : world.keys) Must(loader->InternKey(name));
  std::vector<TypeId> types;
  for (const std::string& name : world.types) types.push_back(Must(loader->InternType(name)));
  if (world.declared) Must(loader->DeclareKey(world.declared->first, world.declared->second));
  Loaded loaded;
  const std::vector<NodeId> ids = LoadNodes(*loader, world, loaded.model);
  loaded.status = loader->BeginRelationships(memory / 8);
  if (!loaded.status.ok()) return loaded;
  RelationshipBatch batch;
  for (const WorldRelationship& each : world.relationships) {
    batch.Add(each.type, ids[each.start], ids[each.end], PlainOf(each.properties), each.validity,
              CitationsOf(each.citations, ids));
    if (batch.size() == batch_size) Must(loader->AddRelationships(std::exchange(batch, {}), types));
  }
  Must(loader->AddRelationships(std::move(batch), types));
  ExpectRelationships(world, ids, loaded.model);
  loaded.status = loader->Finish();
  return loaded;
}

}  // namespace plenum::graph
