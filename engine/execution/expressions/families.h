// The kernels, by family: a function each makes one. Private to this folder.
//
// What a kernel raises need not be what is reported: MakeKernel lets the rows be evaluated one after the other where
// one has raised anything. So kernels compute operand by operand, each for all rows, and need no places; but what the
// language does not ask for they must not compute for its cost's sake, and never answer where an error is due.
#pragma once

#include <optional>
#include <vector>

#include "engine/execution/expressions/kernel.h"

namespace plenum::execution {

// As MakeKernel, without that care: for parts of what is made there.
KernelPtr MakePart(Run& run, const plan::Expression& expression);

// plain_kernels.cpp
KernelPtr MakeSlotKernel(plan::Slot slot);
KernelPtr MakeConstantKernel(Run& run, const plan::Expression& expression);          // it reads no row
bool ReadsNoRow(const plan::Expression& expression);                                 // and has the same value for each
std::optional<Value> ValueOfConstant(Run& run, const plan::Expression& expression);  // none where it must be evaluated

// property_kernel.cpp
KernelPtr MakePropertyKernel(Run& run, KernelPtr object, std::string_view key);

// comparison.cpp
KernelPtr MakeComparison(Run& run, const plan::Chain& chain);

// logic_kernels.cpp
KernelPtr MakeLogic(Run& run, const plan::Chain& chain);
KernelPtr MakeNot(Run& run, const plan::Unary& node);
KernelPtr MakeNullTest(Run& run, const plan::NullTest& node);

// arithmetic_kernel.cpp
KernelPtr MakeArithmetic(Run& run, const plan::Chain& chain);

// text_kernels.cpp: STARTS WITH and the like, and IN
KernelPtr MakePredicates(Run& run, const plan::Chain& chain);

// choice_kernels.cpp
KernelPtr MakeCase(Run& run, const plan::Case& node);
KernelPtr MakeCoalesce(Run& run, const plan::Call& call);

// element_kernels.cpp
KernelPtr MakeLabelTest(Run& run, const plan::LabelTest& node);
KernelPtr MakeElementCall(Run& run, const plan::Call& call);

// call_kernels.cpp
KernelPtr MakeValueCall(Run& run, const plan::Call& call);
KernelPtr MakeListKernel(Run& run, const plan::MakeList& node);
KernelPtr MakeMapKernel(Run& run, const plan::MakeMap& node);

}  // namespace plenum::execution
