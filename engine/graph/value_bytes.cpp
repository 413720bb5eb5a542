// See value_bytes.h.
#include "engine/graph/value_bytes.h"

namespace plenum::graph {

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

}  // namespace plenum::graph
