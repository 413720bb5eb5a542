// The clauses that write. Each holds its input until there is no more, writes for every row, and only then lets rows go
// on.
#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_writer.h"
#include "engine/execution/matcher.h"
#include "engine/execution/pipeline.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

class UpdateStage : public Stage {
 public:
  UpdateStage(QueryContext& context, Stage& next) : context_(context), writer_(context), next_(next) {}

  bool Push(Row& row) override {
    context_.Charge(row, "an update");
    rows_.push_back(row);
    return true;
  }

  void Finish() override {
    std::vector<Row> written;
    for (Row& row : rows_) {
      context_.Poll();
      Write(row, written);
    }
    FinishWriting();
    for (Row& row : written) {
      if (!next_.Push(row)) return;
    }
  }

 protected:
  // Writes for one row and adds the rows that go on (one, but for MERGE).
  virtual void Write(Row& row, std::vector<Row>& written) = 0;
  virtual void FinishWriting() {}

  QueryContext& context_;
  GraphWriter writer_;

 private:
  Stage& next_;
  std::vector<Row> rows_;
};

class CreateStage : public UpdateStage {
 public:
  CreateStage(QueryContext& context, const plan::Create& create, Stage& next)
      : UpdateStage(context, next), create_(create) {}

 private:
  void Write(Row& row, std::vector<Row>& written) override {
    writer_.Create(create_.pattern, row);
    written.push_back(std::move(row));
  }
  const plan::Create& create_;
};

class SetStage : public UpdateStage {
 public:
  SetStage(QueryContext& context, const plan::Update& update, Stage& next)
      : UpdateStage(context, next), update_(update) {}

 private:
  void Write(Row& row, std::vector<Row>& written) override {
    writer_.Apply(update_.items, row);
    written.push_back(std::move(row));
  }
  const plan::Update& update_;
};

class DeleteStage : public UpdateStage {
 public:
  DeleteStage(QueryContext& context, const plan::Delete& del, Stage& next)
      : UpdateStage(context, next), delete_(del), evaluator_(context) {}

 private:
  void Write(Row& row, std::vector<Row>& written) override {
    for (const plan::Expression& target : delete_.targets) {
      AtSpan(target.span, [&] { writer_.Delete(evaluator_.Evaluate(target, row), delete_.detach, target.span); });
    }
    written.push_back(std::move(row));
  }
  void FinishWriting() override { writer_.FinishDelete(); }

  const plan::Delete& delete_;
  Evaluator evaluator_;
};

// MERGE: what matches, or else one created. It sees what its own earlier rows made.
class MergeStage : public UpdateStage {
 public:
  MergeStage(QueryContext& context, const plan::Merge& merge, Stage& next)
      : UpdateStage(context, next), merge_(merge), matcher_(context, merge.pattern) {}

 private:
  void Write(Row& row, std::vector<Row>& written) override {
    const std::size_t before = written.size();
    writer_.CheckMergeable(merge_.pattern, row);
    matcher_.Match(row, [&] {
      written.push_back(row);
      return true;
    });
    if (written.size() > before) {
      for (std::size_t i = before; i < written.size(); ++i) {
        writer_.AddCitations(merge_.pattern, written[i]);
        writer_.Apply(merge_.on_match, written[i]);
      }
      return;
    }
    writer_.Create(merge_.pattern, row);
    if (IsMutant("merge-sets-on-match")) writer_.Apply(merge_.on_match, row);
    writer_.Apply(merge_.on_create, row);
    written.push_back(std::move(row));
  }

  const plan::Merge& merge_;
  Matcher matcher_;
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

}  // namespace plenum::execution
