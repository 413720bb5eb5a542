// Rows that pass a test: their batch goes on with a narrower selection.
#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/operators/label_test.h"
#include "engine/execution/operators/node_column.h"
#include "engine/execution/operators/operator.h"
#include "engine/plan/walk.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

class FilteringRows : public Operator {
 public:
  FilteringRows(Run& run, OperatorPtr input) : run_(run), input_(std::move(input)), out_(run.width) {}

  const Batch* Next(std::size_t rows_max) final {
    while (const Batch* const in = input_->Next(rows_max)) {
      run_.Poll();
      const std::size_t kept = Select(*in, selection_);
      run_.CheckRead();
      if (kept == 0) continue;
      out_ = *in;
      out_.selection = selection_;
      out_.count = kept;
      return &out_;
    }
    return nullptr;
  }
  void Restart() override { input_->Restart(); }

 protected:
  // Writes the rows that pass to `selection`, ascending, and answers how many they are.
  virtual std::size_t Select(const Batch& in, std::uint16_t* selection) = 0;

  template <class Passes>
  static std::size_t SelectEach(const Batch& in, std::uint16_t* selection, Passes passes) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < in.count; ++i) {
      const std::uint16_t row = in.Row(i);
      selection[kept] = row;
      kept += passes(row) ? 1 : 0;
    }
    return kept;
  }

  Run& run_;

 private:
  const OperatorPtr input_;
  Batch out_;
  std::uint16_t selection_[kBatchRows];
};

class LabelFilter : public FilteringRows {
 public:
  LabelFilter(Run& run, const plan::FilterLabels& filter, OperatorPtr input)
      : FilteringRows(run, std::move(input)), node_(filter.node), test_(run, *filter.labels) {}

 private:
  std::size_t Select(const Batch& in, std::uint16_t* selection) override {
    const Vector& nodes = *in.vectors[node_];
    if (nodes.kind() == Vector::Kind::kNodes && !nodes.has_nulls()) {
      return SelectEach(in, selection, [&](std::size_t row) { return test_.Holds(nodes.nodes()[row]); });
    }
    return SelectEach(in, selection, [&](std::size_t row) {
      const auto node = NodeIn(nodes, row);
      return node && test_.Holds(*node);
    });
  }

  const Slot node_;
  LabelTest test_;
};

class ConditionFilter : public FilteringRows {
 public:
  ConditionFilter(Run& run, const plan::Filter& filter, OperatorPtr input)
      : FilteringRows(run, std::move(input)), conditions_(run, filter.conditions) {}

 private:
  std::size_t Select(const Batch& in, std::uint16_t* selection) override { return conditions_.Select(in, selection); }

  Conditions conditions_;
};

// Elements that are told by what the graph has of them.
class ElementFilter : public FilteringRows {
 protected:
  ElementFilter(Run& run, Slot element, OperatorPtr input) : FilteringRows(run, std::move(input)), element_(element) {}

  std::optional<graph::ElementId> ElementIn(const Batch& in, std::size_t row) const {
    const Vector& elements = *in.vectors[element_];
    if (elements.kind() == Vector::Kind::kRelationships && !elements.IsNull(row)) {
      return elements.relationships()[row].id;
    }
    const auto node = NodeIn(elements, row);
    return node ? std::optional<graph::ElementId>(*node) : std::nullopt;
  }

  const Slot element_;
};

class PropertyFilter : public ElementFilter {
 public:
  PropertyFilter(Run& run, const plan::FilterProperties& filter, OperatorPtr input)
      : ElementFilter(run, filter.element, std::move(input)), wanted_(MakeKernel(run, *filter.properties)) {
    const auto* map = std::get_if<plan::MakeMap>(&filter.properties->node);
    if (map != nullptr) entries_ = MakePropertyMatch(run, filter.element, *map);
  }

 private:
  std::size_t Select(const Batch& in, std::uint16_t* selection) override {
    if (entries_ == nullptr || in.vectors[element_]->kind() == Vector::Kind::kValues) return SelectAny(in, selection);
    try {
      return entries_->Select(in, selection);
    } catch (const EvaluationError&) {
    }
    return SelectAny(in, selection);
  }

  // Whatever the map is, and whatever holds the element.
  std::size_t SelectAny(const Batch& in, std::uint16_t* selection) {
    const Vector& wanted = wanted_->Compute(in);
    return SelectEach(in, selection, [&](std::size_t row) {
      const Value map = wanted.ValueAt(row, run_.query.transaction);
      const auto element = ElementIn(in, row);
      if (!element || map.kind() != Value::Kind::kMap) return false;
      return std::ranges::all_of(map.map(),
                                 [&](const auto& entry) { return Has(*element, entry.first, entry.second); });
    });
  }

  bool Has(const graph::ElementId& element, std::string_view name, const Value& value) {
    const auto key = run_.query.transaction.FindKey(name);
    return key && Equal(Take(run_.query.transaction.GetProperty(element, *key)), value).value_or(false);
  }

  const KernelPtr wanted_;
  KernelPtr entries_;  // of a map that is written out
};

class ValidFilter : public ElementFilter {
 public:
  ValidFilter(Run& run, const plan::FilterValid& filter, OperatorPtr input)
      : ElementFilter(run, filter.element, std::move(input)), filter_(*filter.filter), evaluator_(run.query) {
    if (filter_->when) plan::AddSlotsRead(*filter_->when, reads_);
    if (filter_->until) plan::AddSlotsRead(*filter_->until, reads_);
  }

 private:
  std::size_t Select(const Batch& in, std::uint16_t* selection) override {
    return SelectEach(in, selection, [&](std::size_t row) {
      const auto element = ElementIn(in, row);
      if (!element) return false;
      for (const Slot slot : reads_) {
        if (in.vectors[slot] != nullptr) run_.row[slot] = in.vectors[slot]->ValueAt(row, run_.query.transaction);
      }
      return evaluator_.PassesFilter(filter_, Take(run_.query.transaction.GetValidity(*element)), run_.row);
    });
  }

  const std::optional<plan::ValidFilter> filter_;
  Evaluator evaluator_;
  std::set<Slot> reads_;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::FilterLabels& filter, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<LabelFilter>(run, filter, std::move(input));
}
OperatorPtr MakeOperator(Run& run, const plan::FilterProperties& filter, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<PropertyFilter>(run, filter, std::move(input));
}
OperatorPtr MakeOperator(Run& run, const plan::FilterValid& filter, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<ValidFilter>(run, filter, std::move(input));
}
OperatorPtr MakeOperator(Run& run, const plan::Filter& filter, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<ConditionFilter>(run, filter, std::move(input));
}

}  // namespace plenum::execution
