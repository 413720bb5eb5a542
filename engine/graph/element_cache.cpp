// See element_cache.h. Sizes are estimates: they bound memory to within a small factor, not to the byte.
#include "engine/graph/element_cache.h"

namespace plenum::graph {
namespace {

std::size_t ContentBytes(const Properties& properties) {
  std::size_t bytes = 0;
  for (const auto& property : properties) bytes += sizeof(property) + BytesOf(property.second);
  return bytes;
}

}  // namespace

std::size_t BytesOf(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kString:
      return value.string().capacity();
    case Value::Kind::kInterval:
      return sizeof(Interval) + 32;
    case Value::Kind::kList: {
      std::size_t bytes = 64;
      for (const Value& element : value.list()) bytes += sizeof(Value) + BytesOf(element);
      return bytes;
    }
    default:
      return 0;
  }
}

std::size_t BytesOf(const NodeRecord& record) {
  return sizeof(record) + record.labels.size() * sizeof(LabelId) + ContentBytes(record.properties);
}

std::size_t BytesOf(const RelationshipRecord& record) { return sizeof(record) + ContentBytes(record.properties); }

void ElementCache::Clear() {
  nodes.Clear();
  relationships.Clear();
  adjacency.Clear();
}

}  // namespace plenum::graph
