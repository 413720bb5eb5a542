// Registering procedures: the part of the façade that is about the program's own functions.
#include "engine/procedure_registry.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "engine/database_state.h"
#include "engine/value/utf8.h"

namespace plenum {
namespace {

Error Refused(std::string detail, std::string message) {
  return Error{.type = ErrorType::kUsageError, .detail = std::move(detail), .message = std::move(message), .place = {}};
}

// "" or a dot at an end or beside another: nothing that CALL could write.
bool HasEmptyPart(std::string_view name) {
  return name.empty() || name.front() == '.' || name.back() == '.' || name.find("..") != std::string_view::npos;
}

Status CheckFields(const Procedure& procedure, std::string_view what, const std::vector<ProcedureField>& fields) {
  std::set<std::string_view> names;
  for (const ProcedureField& field : fields) {
    if (field.name.empty() || FindInvalidUtf8(field.name)) {
      return Refused("InvalidProcedure",
                     fmt::format("an {} of {} has no name that is UTF-8 text: give it one", what, procedure.name));
    }
    if (!names.insert(field.name).second) {
      return Refused("InvalidProcedure", fmt::format("two {}s of {} are named {}: give one another name", what,
                                                     procedure.name, field.name));
    }
  }
  return {};
}

Status Check(const Procedure& procedure) {
  if (FindInvalidUtf8(procedure.name) || HasEmptyPart(procedure.name)) {
    return Refused("InvalidProcedure",
                   "a procedure's name is UTF-8 text, with dots between its parts and none of them empty: my.name");
  }
  if (!procedure.function) {
    return Refused("InvalidProcedure", fmt::format("{} has no function to call: give it one", procedure.name));
  }
  if (procedure.name.starts_with("db.") || procedure.name.starts_with("graph.")) {
    return Refused(
        "ProcedureAlreadyExists",
        fmt::format("names that begin with db. or graph. are the database's own: call {} otherwise", procedure.name));
  }
  if (Status status = CheckFields(procedure, "input", procedure.inputs); !status.ok()) return status;
  return CheckFields(procedure, "output", procedure.outputs);
}

}  // namespace

ProcedureRegistry::ProcedureRegistry() : current_(std::make_shared<const plan::Procedures>()) {}

Status ProcedureRegistry::Add(Procedure procedure) {
  if (Status status = Check(procedure); !status.ok()) return status;
  const std::lock_guard lock(mutex_);
  if (current_->contains(procedure.name)) {
    return Refused("ProcedureAlreadyExists",
                   fmt::format("there is a procedure {} already: give this one another name", procedure.name));
  }
  auto more = std::make_shared<plan::Procedures>(*current_);
  std::string name = procedure.name;
  more->emplace(std::move(name), std::make_shared<const Procedure>(std::move(procedure)));
  current_ = std::move(more);
  return {};
}

std::shared_ptr<const plan::Procedures> ProcedureRegistry::Current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

Status Database::Register(Procedure procedure) { return state_->procedures.Add(std::move(procedure)); }

}  // namespace plenum
