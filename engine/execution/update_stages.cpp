// The clauses that write. Each holds its input until there is no more, writes for every row, and only then lets rows go
// on.
#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/gathering_stage.h"
#include "engine/execution/graph_writer.h"
#include "engine/execution/matcher.h"
#include "engine/execution/pipeline.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

class UpdateStage : public GatheringStage {
 public:
  UpdateStage(QueryContext& context, Stage& next) : GatheringStage(context, "an update", next), writer_(context) {}

 protected:
  GraphWriter writer_;
};

class CreateStage : public UpdateStage {
 public:
  CreateStage(QueryContext& context, const plan::Create& create, Stage& next)
      : UpdateStage(context, next), create_(create) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    writer_.Create(create_.pattern, row);
    results.push_back(std::move(row));
  }
  const plan::Create& create_;
};

class SetStage : public UpdateStage {
 public:
  SetStage(QueryContext& context, const plan::Update& update, Stage& next)
      : UpdateStage(context, next), update_(update) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    writer_.Apply(update_.items, row);
    results.push_back(std::move(row));
  }
  const plan::Update& update_;
};

class DeleteStage : public UpdateStage {
 public:
  DeleteStage(QueryContext& context, const plan::Delete& del, Stage& next)
      : UpdateStage(context, next), delete_(del), evaluator_(context) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    for (const plan::Expression& target : delete_.targets) {
      AtSpan(target.span, [&] { writer_.Delete(evaluator_.Evaluate(target, row), delete_.detach, target.span); });
    }
    results.push_back(std::move(row));
  }
  void FinishApplying() override { writer_.FinishDelete(); }

  const plan::Delete& delete_;
  Evaluator evaluator_;
};

// MERGE: what matches, or else one created. It sees what its own earlier rows made.
class MergeStage : public UpdateStage {
 public:
  MergeStage(QueryContext& context, const plan::Merge& merge, Stage& next)
      : UpdateStage(context, next), merge_(merge), matcher_(context, merge.pattern) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    const std::size_t before = results.size();
    writer_.CheckMergeable(merge_.pattern, row);
    matcher_.Match(row, [&] {
      results.push_back(row);
      return true;
    });
    if (results.size() > before) {
      for (std::size_t i = before; i < results.size(); ++i) {
        writer_.AddCitations(merge_.pattern, results[i]);
        writer_.Apply(merge_.on_match, results[i]);
      }
      return;
    }
    writer_.Create(merge_.pattern, row);
    if (IsMutant("merge-sets-on-match")) writer_.Apply(merge_.on_match, row);
    writer_.Apply(merge_.on_create, row);
    results.push_back(std::move(row));
  }

  const plan::Merge& merge_;
  Matcher matcher_;
};

// FOREACH: the whole body for one element after the other, so that each sees what those before it made. A node that
// cannot be deleted yet, for it has relationships, may lose them until the outermost FOREACH has finished.
class ForeachStage : public UpdateStage {
 public:
  ForeachStage(QueryContext& context, const plan::Foreach& foreach, Stage& next)
      : UpdateStage(context, next), foreach_(foreach), evaluator_(context) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    const Value list = evaluator_.Evaluate(foreach_.list, row);
    if (!list.is_null() && list.kind() != Value::Kind::kList) {
      AtSpan(foreach_.list.span, [&] {
        Raise(ErrorType::kTypeError, "InvalidArgumentType",
              fmt::format("FOREACH goes over a list, not {}", ToText(list)));
      });
    }
    if (!list.is_null()) RunBody(list.list(), row);
    results.push_back(std::move(row));
  }

  void RunBody(const List& elements, Row& row) {
    const LateDeletes late(context_, writer_);
    for (const Value& element : elements) {
      context_.Poll();
      row[foreach_.element] = element;
      const std::uint64_t before = context_.memory_bytes;
      RunQuery(context_, *foreach_.body, row, [](std::vector<Value>&) { return true; });
      context_.memory_bytes = before;  // its rows are gone
    }
  }

  void FinishApplying() override { writer_.FinishDelete(); }

  const plan::Foreach& foreach_;
  Evaluator evaluator_;
};

}  // namespace

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Create& create, Stage& next) {
  return std::make_unique<CreateStage>(context, create, next);
}
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Merge& merge, Stage& next) {
  return std::make_unique<MergeStage>(context, merge, next);
}
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Update& update, Stage& next) {
  return std::make_unique<SetStage>(context, update, next);
}
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Delete& del, Stage& next) {
  return std::make_unique<DeleteStage>(context, del, next);
}
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Foreach& foreach, Stage& next) {
  return std::make_unique<ForeachStage>(context, foreach, next);
}

}  // namespace plenum::execution
