// Properties of nodes and relationships, read for all rows at once; and components of maps and times.
#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/vector_writer.h"
#include "engine/graph/property_reader.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

class PropertyKernel : public Kernel {
 public:
  PropertyKernel(Run& run, KernelPtr object, std::string_view key)
      : run_(run), object_(std::move(object)), key_(key), evaluator_(run.query) {
    if (const auto known = run.query.transaction.FindKey(key)) reader_.emplace(run.reader, *known);
  }

  const Vector& Compute(const Batch& batch) override {
    const Vector& object = object_->Compute(batch);
    VectorWriter writer(result_, batch);
    switch (object.kind()) {
      case Vector::Kind::kNodes:
        ReadAll(object, batch, writer, [&](std::size_t row) { return object.nodes()[row]; });
        break;
      case Vector::Kind::kRelationships:
        ReadAll(object, batch, writer, [&](std::size_t row) { return object.relationships()[row].id; });
        break;
      case Vector::Kind::kValues:
        if (AreNodes(object, batch)) {
          ReadAll(object, batch, writer, [&](std::size_t row) { return object.values()[row].node().id; });
          break;
        }
        [[fallthrough]];
      default:
        ReadEach(object, batch, writer);
    }
    run_.CheckRead();
    return result_;
  }

 private:
  // Gives on what is read, with the places that the rows have in their batch; and nulls for those between.
  struct AtPlaces {
    VectorWriter& writer;
    const std::uint16_t* places;
    std::size_t next = 0;

    std::size_t At(std::size_t place) {
      while (next < place) writer.Null(next++);
      return next++;
    }
    void Integer(std::size_t i, std::int64_t number) { writer.Integer(At(places[i]), number); }
    void Date(std::size_t i, std::int64_t day) { writer.Date(At(places[i]), day); }
    void Float(std::size_t i, double real) { writer.Float(At(places[i]), real); }
    void Boolean(std::size_t i, bool boolean) { writer.Boolean(At(places[i]), boolean); }
    void Text(std::size_t i, std::string_view text) { writer.Text(At(places[i]), text); }
    void Other(std::size_t i, Value value) { writer.Other(At(places[i]), std::move(value)); }
    void Null(std::size_t i) { writer.Null(At(places[i])); }
  };

  template <class ElementOf>
  void ReadAll(const Vector& object, const Batch& batch, VectorWriter& writer, ElementOf element_of) {
    std::uint16_t rows[kBatchRows];
    if (!reader_) {
      for (std::size_t i = 0; i < batch.count; ++i) writer.Null(i);
    } else if (!object.has_nulls() && object.kind() != Vector::Kind::kValues) {
      for (std::size_t i = 0; i < batch.count; ++i) rows[i] = batch.Row(i);
      reader_->Read(rows, batch.count, element_of, writer);
    } else {
      std::uint16_t places[kBatchRows];
      std::size_t count = 0;
      for (std::size_t i = 0; i < batch.count; ++i) {
        rows[count] = batch.Row(i);
        places[count] = static_cast<std::uint16_t>(i);
        count += object.IsNull(batch.Row(i)) ? 0 : 1;
      }
      AtPlaces sink{writer, places};
      reader_->Read(rows, count, element_of, sink);
      while (sink.next < batch.count) writer.Null(sink.next++);
    }
  }

  // Nodes that are there, or null: a parameter may hold one that is gone.
  bool AreNodes(const Vector& object, const Batch& batch) {
    for (std::size_t i = 0; i < batch.count; ++i) {
      const Value& value = object.values()[batch.Row(i)];
      if (value.is_null()) continue;
      if (value.kind() != Value::Kind::kNode || !run_.reader.Exists(value.node().id)) return false;
    }
    return true;
  }

  void ReadEach(const Vector& object, const Batch& batch, VectorWriter& writer) {
    for (std::size_t i = 0; i < batch.count; ++i) {
      const Value held = object.ValueAt(batch.Row(i), run_.query.transaction);
      writer.Other(i, evaluator_.PropertyOf(held, key_));
    }
  }

  Run& run_;
  const KernelPtr object_;
  const std::string_view key_;
  Evaluator evaluator_;
  std::optional<graph::PropertyReader> reader_;  // none: no element has such a property
  Vector result_;
};

}  // namespace

KernelPtr MakePropertyKernel(Run& run, KernelPtr object, std::string_view key) {
  return std::make_unique<PropertyKernel>(run, std::move(object), key);
}

}  // namespace plenum::execution
