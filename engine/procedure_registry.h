// The procedures that the program registered with one database. Any thread may add and read.
#pragma once

#include <memory>
#include <mutex>

#include "engine/plan/procedures.h"
#include "plenum/procedure.h"

namespace plenum {

class ProcedureRegistry {
 public:
  ProcedureRegistry();

  // UsageErrors as Database::Register says.
  Status Add(Procedure procedure);

  // Those there are now; what is added later does not change it.
  std::shared_ptr<const plan::Procedures> Current() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const plan::Procedures> current_;  // never changed, only replaced
};

}  // namespace plenum
