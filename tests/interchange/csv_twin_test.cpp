// The CSV reader against a slow obvious one, on short random files in which everything odd happens.
#include <gtest/gtest.h>

#include <random>

#include "engine/interchange/csv_reader.h"
#include "tests/interchange/written_file.h"

namespace plenum {
namespace {

using Outcome = CsvReader::Outcome;

// One character at a time, copying. Answers as Describe does.
class SlowReader {
 public:
  explicit SlowReader(std::string_view text) : text_(text) {}

  std::string ReadAll() {
    std::string all;
    while (at_ < text_.size()) {
      const std::string record = ReadRecord();
      if (record == "open") return all + "open";
      if (record != "[]") all += record + ";";
    }
    return all;
  }

 private:
  bool AtLineEnd() const {
    return at_ == text_.size() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }

  void SkipLine() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    ++at_;
  }

  std::string ReadRecord() {
    std::string record;
    while (true) {
      const std::string field = at_ < text_.size() && text_[at_] == '"' ? ReadQuoted() : ReadPlain();
      if (field == "open") return field;
      record += field;
      if (AtLineEnd()) break;
      if (text_[at_] != ',') {
        SkipLine();
        return "bad";
      }
      ++at_;
    }
    SkipLine();
    return record;
  }

  std::string ReadPlain() {
    std::string field;
    while (!AtLineEnd() && text_[at_] != ',') field += text_[at_++];
    return "[" + field + "]";
  }

  std::string ReadQuoted() {
    std::string field;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') {
        field += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += text_[at_++];
      } else {
        ++at_;
        return "{" + field + "}";
      }
    }
    return "open";
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string Describe(const WrittenFile& file) {
  Result<CsvReader> reader = CsvReader::Open(file.path(), ',');
  std::string all;
  while (true) {
    const Result<Outcome> outcome = reader->Next();
    if (!outcome) return all + "open";
    if (*outcome == Outcome::kEnd) return all;
    if (*outcome == Outcome::kBadRecord) {
      all += "bad";
    } else {
      for (const CsvField& field : reader->fields()) {
        all.append(field.quoted ? "{" : "[").append(field.text).append(field.quoted ? "}" : "]");
      }
    }
    all += ';';
  }
}

TEST(CsvTwinTest, AgreesWithTheSlowReader) {
  std::mt19937 random(17);
  constexpr std::string_view kBytes = "ab,,\"\"\"\n\n\r";
  const WrittenFile file("");
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t length = random() % 24; length > 0; --length) text += kBytes[random() % kBytes.size()];
    file.Rewrite(text);
    ASSERT_EQ(Describe(file), SlowReader(text).ReadAll()) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace plenum
