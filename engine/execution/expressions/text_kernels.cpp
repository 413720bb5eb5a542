// STARTS WITH, ENDS WITH, CONTAINS, =~ and IN.
#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <variant>

#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/truths.h"
#include "engine/execution/expressions/vector_writer.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using Op = ast::BinaryOperator;
using Kind = Vector::Kind;

bool Holds(Op op, std::string_view text, std::string_view part) {
  if (op == Op::kStartsWith) return text.starts_with(part);
  if (op == Op::kEndsWith) return text.ends_with(part);
  return text.find(part) != std::string_view::npos;
}

// Operators of this level from left to right; one alone as a rule.
class Predicates : public Kernel {
 public:
  Predicates(Run& run, const plan::Chain& chain) : run_(run), chain_(chain) {
    operands_.push_back(MakePart(run, *chain.first));
    for (const plan::Operation& operation : chain.rest) operands_.push_back(MakePart(run, *operation.operand));
  }

  const Vector& Compute(const Batch& batch) override {
    const Vector* left = &operands_.front()->Compute(batch);
    for (std::size_t i = 0; i < chain_.rest.size(); ++i) {
      const Vector& right = operands_[i + 1]->Compute(batch);
      Vector& result = results_[i % 2];
      Apply(chain_.rest[i].op, *left, right, batch, result);
      left = &result;
    }
    return *left;
  }

 private:
  void Apply(Op op, const Vector& a, const Vector& b, const Batch& batch, Vector& result) const {
    const bool of_texts = op != Op::kIn && op != Op::kMatches;
    if (of_texts && a.kind() == Kind::kTexts && b.kind() == Kind::kTexts) return OnTexts(op, a, b, batch, result);
    VectorWriter writer(result, batch);
    const graph::Transaction& transaction = run_.query.transaction;
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      writer.Other(i, ApplyOperator(op, a.ValueAt(row, transaction), b.ValueAt(row, transaction)));
    }
  }

  static void OnTexts(Op op, const Vector& a, const Vector& b, const Batch& batch, Vector& result) {
    result.Reset(Kind::kBooleans);
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      if (a.IsNull(row) || b.IsNull(row)) {
        result.SetNull(row);
      } else {
        result.booleans()[row] = Holds(op, a.texts()[row], b.texts()[row]);
      }
    }
  }

  Run& run_;
  const plan::Chain& chain_;
  std::vector<KernelPtr> operands_;
  Vector results_[2];
};

// IN a list that is the same for all rows, of integers or of texts alone.
class Membership : public Kernel {
 public:
  Membership(Run& run, KernelPtr element, const Value& list) : run_(run), element_(std::move(element)), list_(list) {
    for (const Value& each : list_.list()) {
      if (each.kind() == Value::Kind::kInteger) integers_.insert(each.integer());
      if (each.kind() == Value::Kind::kString) texts_.insert(each.string());
    }
    const auto all_are = [&](Value::Kind kind) {
      return std::ranges::all_of(list_.list(), [&](const Value& each) { return each.kind() == kind; });
    };
    all_integers_ = all_are(Value::Kind::kInteger);
    all_texts_ = all_are(Value::Kind::kString);
  }

  const Vector& Compute(const Batch& batch) override {
    const Vector& element = element_->Compute(batch);
    if (element.kind() == Kind::kIntegers && all_integers_) {
      Look(element, batch, [&](std::size_t row) { return integers_.contains(element.integers()[row]); });
    } else if (element.kind() == Kind::kTexts && all_texts_) {
      Look(element, batch, [&](std::size_t row) { return texts_.contains(element.texts()[row]); });
    } else {
      VectorWriter writer(result_, batch);
      for (std::size_t i = 0; i < batch.count; ++i) {
        writer.Other(i, ApplyOperator(Op::kIn, element.ValueAt(batch.Row(i), run_.query.transaction), list_));
      }
    }
    return result_;
  }

 private:
  template <class Contains>
  void Look(const Vector& element, const Batch& batch, Contains contains) {
    const bool empty = list_.list().empty();  // null is not in it either
    result_.Reset(Kind::kBooleans);
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      if (!element.IsNull(row)) {
        result_.booleans()[row] = contains(row);
      } else if (empty || IsMutant("kernel-null-in-list")) {
        result_.booleans()[row] = false;
      } else {
        result_.SetNull(row);
      }
    }
  }

  Run& run_;
  const KernelPtr element_;
  const Value list_;
  bool all_integers_ = false;
  bool all_texts_ = false;
  std::unordered_set<std::int64_t> integers_;
  std::unordered_set<std::string_view> texts_;  // of list_
  Vector result_;
};

// The list that the only operator, IN, has on its right, if that is known.
std::optional<Value> KnownList(Run& run, const plan::Chain& chain) {
  if (chain.rest.size() != 1 || chain.rest.front().op != Op::kIn) return std::nullopt;
  const plan::Expression& right = *chain.rest.front().operand;
  if (const auto value = ValueOfConstant(run, right)) {
    return value->kind() == Value::Kind::kList ? value : std::nullopt;
  }
  const auto* made = std::get_if<plan::MakeList>(&right.node);
  if (made == nullptr) return std::nullopt;
  List list;
  for (const plan::Expression& element : made->elements) {
    auto value = ValueOfConstant(run, element);
    if (!value || value->nesting() != 0) return std::nullopt;
    list.push_back(*std::move(value));
  }
  return list;
}

}  // namespace

KernelPtr MakePredicates(Run& run, const plan::Chain& chain) {
  if (const auto list = KnownList(run, chain)) {
    return std::make_unique<Membership>(run, MakePart(run, *chain.first), *list);
  }
  return std::make_unique<Predicates>(run, chain);
}

}  // namespace plenum::execution
