// Whether elements have the properties of a map that a pattern writes out: each entry is a comparison.
#include <algorithm>
#include <string_view>

#include "engine/execution/expressions/comparing.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/value_errors.h"

namespace plenum::execution {
namespace {

class PropertyMatch : public Kernel {
 public:
  PropertyMatch(Run& run, plan::Slot element, const plan::MakeMap& map) : run_(run) {
    for (const auto& [key, value] : map.entries) {
      std::erase_if(entries_, [&, &name = key](const Entry& before) { return before.key == name; });
      entries_.push_back({key, MakePropertyKernel(run, MakeSlotKernel(element), key), MakePart(run, value)});
    }
  }

  const Vector& Compute(const Batch& batch) override {
    std::uint16_t rows[kBatchRows];
    Truth truths[kBatchRows];
    const std::size_t count = Select(batch, rows);
    for (std::size_t i = 0; i < batch.count; ++i) truths[batch.Row(i)] = Truth::kFalse;
    for (std::size_t i = 0; i < count; ++i) truths[rows[i]] = Truth::kTrue;
    WriteTruths(truths, batch, result_);
    return result_;
  }

  std::size_t Select(const Batch& batch, std::uint16_t* selection) override {
    // All are computed, as making the map would.
    for (Entry& entry : entries_) entry.computed = &entry.value->Compute(batch);
    for (const Entry& entry : entries_) CheckNestingIn(*entry.computed, batch);
    Batch narrowed = batch;
    for (std::size_t i = 0; i < batch.count; ++i) selection[i] = batch.Row(i);
    narrowed.selection = selection;
    for (const Entry& entry : entries_) {
      if (narrowed.count == 0) break;
      const Vector& property = entry.property->Compute(narrowed);
      std::size_t kept = 0;
      ForEachComparison(ast::BinaryOperator::kEqual, property, *entry.computed, narrowed, run_.query.transaction,
                        [&](std::uint16_t row, Truth equal) {
                          selection[kept] = row;
                          kept += equal == Truth::kTrue ? 1 : 0;
                        });
      narrowed.count = kept;
    }
    return narrowed.count;
  }

 private:
  struct Entry {
    std::string_view key;
    KernelPtr property;
    KernelPtr value;
    const Vector* computed = nullptr;
  };

  static void CheckNestingIn(const Vector& vector, const Batch& batch) {
    if (vector.kind() != Vector::Kind::kValues) return;
    for (std::size_t i = 0; i < batch.count; ++i) {
      const Value& value = vector.values()[batch.Row(i)];
      if (value.nesting() >= kValueNestingMax) CheckNesting(Map{{"", value}});
    }
  }

  Run& run_;
  std::vector<Entry> entries_;
  Vector result_;
};

}  // namespace

KernelPtr MakePropertyMatch(Run& run, plan::Slot element, const plan::MakeMap& map) {
  return std::make_unique<PropertyMatch>(run, element, map);
}

}  // namespace plenum::execution
