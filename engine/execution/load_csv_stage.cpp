// LOAD CSV: the row once for each record of a file.
//
// The file is read as rows are wanted, a buffer at a time. What a record takes is charged while the clauses behind work
// on it, and stays charged when one of them has kept it.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/pipeline.h"
#include "engine/execution/value_errors.h"
#include "engine/interchange/csv_reader.h"
#include "engine/interchange/file_access.h"

namespace plenum::execution {
namespace {

// While a record of nothing but delimiters is read, each of its bytes takes this much memory, about.
constexpr std::uint64_t kMemoryPerByte = 128;
constexpr std::uint64_t kSmallestRecordBytesMax = std::uint64_t{1} << 20;

std::size_t RecordBytesMax(const QueryContext& context) {
  if (context.memory_bytes_max == 0) return CsvReader::kRecordBytesMax;
  const std::uint64_t left = context.memory_bytes_max - std::min(context.memory_bytes_max, context.memory_bytes);
  return std::clamp<std::uint64_t>(left / kMemoryPerByte, kSmallestRecordBytesMax, CsvReader::kRecordBytesMax);
}

std::uint64_t BytesOf(const Value& row) {
  constexpr std::uint64_t kMapNodeBytes = 64;
  const auto text_bytes = [](const Value& field) { return field.is_null() ? 0 : field.string().size(); };
  std::uint64_t bytes = 64;
  if (row.kind() == Value::Kind::kList) {
    for (const Value& field : row.list()) bytes += sizeof(Value) + text_bytes(field);
  } else {
    for (const auto& [name, field] : row.map()) {
      bytes += kMapNodeBytes + name.size() + sizeof(Value) + text_bytes(field);
    }
  }
  return bytes;
}

// What the reader gives. Its UsageErrors are about what is in the file.
template <class T>
T TakeRead(Result<T> result) {
  if (result) return std::move(result).value();
  Error error = std::move(result).error();
  if (error.type == ErrorType::kUsageError) error.detail = "InvalidCsv";
  throw EvaluationError{std::move(error)};
}

// The records of one file as values.
class CsvRows {
 public:
  CsvRows(CsvReader reader, bool headers) : reader_(std::move(reader)), headers_(headers) {
    if (headers_) ReadHeader();
  }

  // The next row; absent at the end.
  std::optional<Value> Next() {
    if (!NextRecord()) return std::nullopt;
    return headers_ ? AsMap() : AsList();
  }

 private:
  bool NextRecord() {
    const CsvReader::Outcome outcome = TakeRead(reader_.Next());
    if (outcome == CsvReader::Outcome::kBadRecord) RaiseInvalid(reader_.problem());
    return outcome == CsvReader::Outcome::kRecord;
  }

  [[noreturn]] void RaiseInvalid(std::string_view problem) const {
    Raise(ErrorType::kUsageError, "InvalidCsv", fmt::format("{}: {}", reader_.place(), problem));
  }

  void ReadHeader() {
    if (!NextRecord()) return;
    std::set<std::string_view> names;
    for (const CsvField& field : reader_.fields()) {
      if (!names.insert(field.text).second) {
        RaiseInvalid(fmt::format("the header names '{}' twice: rename one, or read the file without WITH HEADERS",
                                 Shortened(std::string(field.text))));
      }
      names_.emplace_back(field.text);
    }
  }

  static Value ValueOf(const CsvField& field) {
    return field.text.empty() && !field.quoted ? Value() : Value(field.text);
  }

  Value AsList() const {
    CheckListSize(reader_.fields().size());
    List list;
    list.reserve(reader_.fields().size());
    for (const CsvField& field : reader_.fields()) list.push_back(ValueOf(field));
    return list;
  }

  Value AsMap() const {
    const std::vector<CsvField>& fields = reader_.fields();
    if (fields.size() > names_.size()) {
      RaiseInvalid(
          fmt::format("this record has {} fields, and the header names {}: quote a field that holds the field "
                      "terminator, or name another with FIELDTERMINATOR",
                      fields.size(), names_.size()));
    }
    Map map;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      map.emplace(names_[i], i < fields.size() ? ValueOf(fields[i]) : Value());
    }
    return map;
  }

  CsvReader reader_;
  const bool headers_;
  std::vector<std::string> names_;
};

class LoadCsvStage : public Stage {
 public:
  LoadCsvStage(QueryContext& context, const plan::LoadCsv& load, Stage& next)
      : load_(load), evaluator_(context), next_(next) {
    if (!context.load_csv_directory.empty()) return;
    AtSpan(load.url.span, [] {
      Raise(ErrorType::kUsageError, "FileNotAllowed",
            "LOAD CSV may read no files here: open the database with load_csv_directory, the directory whose files it "
            "may read (for the program: --load-csv DIRECTORY)");
    });
  }

  bool Push(Row& row) override {
    const Value url = evaluator_.Evaluate(load_.url, row);
    const std::unique_ptr<CsvRows> rows = AtSpan(load_.url.span, [&] { return Open(url); });
    while (true) {
      evaluator_.context().Poll();
      std::optional<Value> next = AtSpan(load_.url.span, [&] { return rows->Next(); });
      if (!next) return true;
      if (!PushJoined(*std::move(next), row)) return false;
    }
  }

 private:
  // On the heap: there may be hundreds of these clauses in a statement, and they share a small stack.
  std::unique_ptr<CsvRows> Open(const Value& url) {
    if (url.kind() != Value::Kind::kString) {
      RaiseInvalidType(fmt::format("LOAD CSV reads the file that a text names, not {}", Described(url)));
    }
    const std::string path = Take(PathOfUrl(url.string()));
    const std::string file = Take(ResolveFile(path, evaluator_.context().load_csv_directory));
    CsvReader reader = TakeRead(CsvReader::Open(file, load_.delimiter, RecordBytesMax(evaluator_.context())));
    return std::make_unique<CsvRows>(std::move(reader), load_.headers);
  }

  bool PushJoined(Value value, Row& row) {
    QueryContext& context = evaluator_.context();
    const std::uint64_t bytes = BytesOf(value);
    context.Charge(bytes, "LOAD CSV");
    row[load_.slot] = std::move(value);
    const bool wanted = next_.Push(row);
    if (!row[load_.slot].is_shared()) context.memory_bytes -= bytes;
    return wanted;
  }

  const plan::LoadCsv& load_;
  Evaluator evaluator_;
  Stage& next_;
};

}  // namespace

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::LoadCsv& load, Stage& next) {
  return std::make_unique<LoadCsvStage>(context, load, next);
}

}  // namespace plenum::execution
