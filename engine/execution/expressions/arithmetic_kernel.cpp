// Chains of + and -, of *, / and %, and of ^: on integers and floats by their types, on all else by the rule itself,
// which raises too.
#include <cmath>

#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/vector_writer.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using Op = ast::BinaryOperator;
using Kind = Vector::Kind;

bool IsNumeric(const Vector& vector) { return vector.kind() == Kind::kIntegers || vector.kind() == Kind::kFloats; }

// False where there is no such integer.
bool Calculate(Op op, std::int64_t a, std::int64_t b, std::int64_t& result) {
  switch (op) {
    case Op::kAdd:
      return !__builtin_add_overflow(a, b, &result);
    case Op::kSubtract:
      return !__builtin_sub_overflow(a, b, &result);
    case Op::kMultiply:
      return !__builtin_mul_overflow(a, b, &result);
    case Op::kDivide:
      if (b == 0 || b == -1) return b != 0 && !__builtin_sub_overflow(std::int64_t{0}, a, &result);
      result = a / b;
      return true;
    default:
      if (b == 0) return false;
      result = b == -1 ? 0 : a % b;
      return true;
  }
}

double Calculate(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd:
      return a + b;
    case Op::kSubtract:
      return a - b;
    case Op::kMultiply:
      return a * b;
    case Op::kDivide:
      return a / b;
    case Op::kModulo:
      return std::fmod(a, b);
    default:
      return std::pow(a, b);
  }
}

class Arithmetic : public Kernel {
 public:
  Arithmetic(Run& run, const plan::Chain& chain) : run_(run), chain_(chain) {
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
  void Apply(Op op, const Vector& a, const Vector& b, const Batch& batch, Vector& result) {
    if (batch.count != 0 && IsNumeric(a) && IsNumeric(b)) {
      if (op == Op::kPower || a.kind() != b.kind() || a.kind() == Kind::kFloats) {
        return OnFloats(op, a, b, batch, result);
      }
      return OnIntegers(op, a, b, batch, result);
    }
    VectorWriter writer(result, batch);
    for (std::size_t i = 0; i < batch.count; ++i) writer.Other(i, ValueOfRow(op, a, b, batch.Row(i)));
  }

  Value ValueOfRow(Op op, const Vector& a, const Vector& b, std::size_t row) const {
    return ApplyOperator(op, a.ValueAt(row, run_.query.transaction), b.ValueAt(row, run_.query.transaction));
  }

  // f(row) where neither side is null.
  template <class Of>
  static void ForEach(const Vector& a, const Vector& b, const Batch& batch, Vector& result, Of of) {
    const bool nulls = a.has_nulls() || b.has_nulls();
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      if (nulls && (a.IsNull(row) || b.IsNull(row)) && !IsMutant("kernel-adds-null")) {
        result.SetNull(row);
      } else {
        of(row);
      }
    }
  }

  void OnIntegers(Op op, const Vector& a, const Vector& b, const Batch& batch, Vector& result) {
    result.Reset(Kind::kIntegers);
    const std::int64_t* const x = a.integers();
    const std::int64_t* const y = b.integers();
    std::int64_t* const to = result.integers();
    const auto with = [&](auto calculate) {
      ForEach(a, b, batch, result, [&](std::size_t row) {
        if (!calculate(x[row], y[row], to[row])) [[unlikely]] {
          to[row] = ValueOfRow(op, a, b, row).integer();
        }
      });
    };
    if (op == Op::kAdd) {
      return with(
          [](std::int64_t p, std::int64_t q, std::int64_t& sum) { return !__builtin_add_overflow(p, q, &sum); });
    }
    if (op == Op::kMultiply) {
      return with([](std::int64_t p, std::int64_t q, std::int64_t& of) { return !__builtin_mul_overflow(p, q, &of); });
    }
    with([op](std::int64_t p, std::int64_t q, std::int64_t& of) { return Calculate(op, p, q, of); });
  }

  static void OnFloats(Op op, const Vector& a, const Vector& b, const Batch& batch, Vector& result) {
    result.Reset(Kind::kFloats);
    double* const to = result.floats();
    const auto real = [](const Vector& vector, std::size_t row) {
      return vector.kind() == Kind::kFloats ? vector.floats()[row] : static_cast<double>(vector.integers()[row]);
    };
    ForEach(a, b, batch, result, [&](std::size_t row) { to[row] = Calculate(op, real(a, row), real(b, row)); });
  }

  Run& run_;
  const plan::Chain& chain_;
  std::vector<KernelPtr> operands_;
  Vector results_[2];  // in turn: one reads the other
};

}  // namespace

KernelPtr MakeArithmetic(Run& run, const plan::Chain& chain) { return std::make_unique<Arithmetic>(run, chain); }

}  // namespace plenum::execution
