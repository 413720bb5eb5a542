// Functions of values, lists and maps that are made: the arguments for all rows, then row by row.
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/vector_writer.h"
#include "engine/execution/functions.h"
#include "engine/execution/value_errors.h"

namespace plenum::execution {
namespace {

// make(values) gives a row's value of those of its parts.
template <class Make>
class OfParts : public Kernel {
 public:
  OfParts(Run& run, std::vector<KernelPtr> parts, Make make)
      : run_(run), parts_(std::move(parts)), make_(std::move(make)), values_(parts_.size()) {}

  const Vector& Compute(const Batch& batch) override {
    vectors_.clear();
    for (const KernelPtr& part : parts_) vectors_.push_back(&part->Compute(batch));
    VectorWriter writer(result_, batch);
    for (std::size_t i = 0; i < batch.count; ++i) {
      for (std::size_t k = 0; k < vectors_.size(); ++k) {
        values_[k] = vectors_[k]->ValueAt(batch.Row(i), run_.query.transaction);
      }
      writer.Other(i, make_(values_));
    }
    return result_;
  }

 private:
  Run& run_;
  const std::vector<KernelPtr> parts_;
  const Make make_;
  std::vector<const Vector*> vectors_;
  List values_;
  Vector result_;
};

std::vector<KernelPtr> MakeParts(Run& run, const std::vector<plan::Expression>& expressions) {
  std::vector<KernelPtr> parts;
  for (const plan::Expression& expression : expressions) parts.push_back(MakePart(run, expression));
  return parts;
}

template <class Make>
KernelPtr MakeOfParts(Run& run, std::vector<KernelPtr> parts, Make make) {
  return std::make_unique<OfParts<Make>>(run, std::move(parts), std::move(make));
}

}  // namespace

KernelPtr MakeValueCall(Run& run, const plan::Call& call) {
  return MakeOfParts(run, MakeParts(run, call.arguments), [function = call.function](const List& arguments) {
    return CallValueFunction(function, arguments);
  });
}

KernelPtr MakeListKernel(Run& run, const plan::MakeList& node) {
  return MakeOfParts(run, MakeParts(run, node.elements), [](const List& elements) { return CheckNesting(elements); });
}

KernelPtr MakeMapKernel(Run& run, const plan::MakeMap& node) {
  std::vector<KernelPtr> parts;
  for (const auto& [key, value] : node.entries) parts.push_back(MakePart(run, value));
  return MakeOfParts(run, std::move(parts), [&node](const List& values) {
    Map map;
    for (std::size_t k = 0; k < values.size(); ++k) map[node.entries[k].first] = values[k];
    return CheckNesting(std::move(map));
  });
}

}  // namespace plenum::execution
