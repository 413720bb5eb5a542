// Functions of nodes and relationships, and tests of their labels and types.
#include <fmt/format.h>

#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/vector_writer.h"
#include "engine/execution/operators/label_test.h"
#include "engine/execution/value_errors.h"

namespace plenum::execution {
namespace {

using Kind = Vector::Kind;
using plan::Function;

class LabelKernel : public Kernel {
 public:
  LabelKernel(Run& run, const plan::LabelTest& node)
      : run_(run), node_(node), object_(MakePart(run, *node.object)), test_(run, node.labels), evaluator_(run.query) {}

  const Vector& Compute(const Batch& batch) override {
    const Vector& object = object_->Compute(batch);
    result_.Reset(Kind::kBooleans);
    bool* const booleans = result_.booleans();
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      if (object.IsNull(row)) {
        result_.SetNull(row);
      } else {
        booleans[row] = Holds(object, row);
      }
    }
    run_.CheckRead();
    return result_;
  }

 private:
  bool Holds(const Vector& object, std::size_t row) {
    if (object.kind() == Kind::kNodes) return test_.Holds(object.nodes()[row]);
    if (object.kind() == Kind::kRelationships) return TypeHolds(TypeOf(object.relationships()[row].id));
    const Value held = object.ValueAt(row, run_.query.transaction);
    if (held.kind() == Value::Kind::kNode) {
      RequireThere(run_.query, held.node().id);
      return test_.Holds(held.node().id);
    }
    if (held.kind() != Value::Kind::kRelationship) {
      RaiseInvalidType(fmt::format("only nodes and relationships have labels, not {}", ToText(held)));
    }
    RequireThere(run_.query, held.relationship().id);
    return TypeHolds(TypeOf(held.relationship().id));
  }

  // Of the same type as the one before, mostly.
  bool TypeHolds(TypeId type) {
    if (type_ != type) {
      type_ = type;
      type_holds_ = evaluator_.TypeMatches(node_.labels, type);
    }
    return type_holds_;
  }

  Run& run_;
  const plan::LabelTest& node_;
  const KernelPtr object_;
  LabelTest test_;
  Evaluator evaluator_;
  std::optional<TypeId> type_;  // that was tested last
  bool type_holds_ = false;
  Vector result_;
};

class ElementCall : public Kernel {
 public:
  ElementCall(Run& run, const plan::Call& call) : run_(run), function_(call.function), values_(call.arguments.size()) {
    for (const plan::Expression& argument : call.arguments) arguments_.push_back(MakePart(run, argument));
  }

  const Vector& Compute(const Batch& batch) override {
    vectors_.clear();
    for (const KernelPtr& argument : arguments_) vectors_.push_back(&argument->Compute(batch));
    const Vector& first = *vectors_.front();
    if (first.kind() == Kind::kNodes && function_ == Function::kId) {
      OfEach(batch, Kind::kIntegers, [&](std::size_t row) { result_.integers()[row] = first.nodes()[row].value; });
    } else if (first.kind() == Kind::kRelationships && function_ == Function::kId) {
      OfEach(batch, Kind::kIntegers, [&](std::size_t row) {
        result_.integers()[row] = static_cast<std::int64_t>(first.relationships()[row].id.value);
      });
    } else if (first.kind() == Kind::kRelationships && function_ == Function::kType) {
      OfEach(batch, Kind::kTexts, [&](std::size_t row) {
        result_.SetText(row, run_.query.transaction.NameOf(TypeOf(first.relationships()[row].id)));
      });
    } else if (first.kind() == Kind::kRelationships && function_ == Function::kStartNode) {
      OfEach(batch, Kind::kNodes, [&](std::size_t row) { result_.nodes()[row] = first.relationships()[row].start; });
    } else if (first.kind() == Kind::kRelationships && function_ == Function::kEndNode) {
      OfEach(batch, Kind::kNodes, [&](std::size_t row) { result_.nodes()[row] = first.relationships()[row].end; });
    } else {
      CallEach(batch);
    }
    return result_;
  }

 private:
  // Null for null.
  template <class Of>
  void OfEach(const Batch& batch, Kind kind, Of of) {
    result_.Reset(kind);
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      if (vectors_.front()->IsNull(row)) {
        result_.SetNull(row);
      } else {
        of(row);
      }
    }
  }

  void CallEach(const Batch& batch) {
    VectorWriter writer(result_, batch);
    for (std::size_t i = 0; i < batch.count; ++i) {
      for (std::size_t k = 0; k < vectors_.size(); ++k) {
        values_[k] = vectors_[k]->ValueAt(batch.Row(i), run_.query.transaction);
      }
      writer.Other(i, CallElementFunction(run_.query, function_, values_));
    }
  }

  Run& run_;
  const Function function_;
  std::vector<KernelPtr> arguments_;
  std::vector<const Vector*> vectors_;
  std::vector<Value> values_;
  Vector result_;
};

}  // namespace

KernelPtr MakeLabelTest(Run& run, const plan::LabelTest& node) { return std::make_unique<LabelKernel>(run, node); }
KernelPtr MakeElementCall(Run& run, const plan::Call& call) { return std::make_unique<ElementCall>(run, call); }

}  // namespace plenum::execution
