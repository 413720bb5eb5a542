// The citations of beijing-2023 against the document's own words: a span must hold what it is cited for.
//
// The document is not part of the repository. Where PLENUM_SOURCES names a folder that holds it, these tests run;
// elsewhere they are skipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/plenum.h"
#include "plenum/value.h"
#include "tests/datasets/dataset.h"
#include "tests/datasets/document.h"

namespace plenum::tests {
namespace {

using Rows = std::vector<std::vector<Value>>;

class Evidence : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = LoadDataset(kBeijing);
    ASSERT_TRUE(loaded) << loaded.error().message;
    database_.emplace(std::move(*loaded));
    const auto source = RowsOf("MATCH (s:Source) RETURN s.sha256, s.codePoints");
    ASSERT_EQ(source.size(), 1u);
    document_ = FindDocument(source[0][0].string());
    if (!document_) GTEST_SKIP() << "PLENUM_SOURCES names no folder with the document " << source[0][0].string();
    ASSERT_EQ(document_->code_points(), source[0][1].integer());
  }

  Rows RowsOf(std::string_view query) {
    Rows rows;
    auto result = database_->Query(query);
    if (!result) ADD_FAILURE() << Describe(result.error(), query);
    while (result && result->Next()) rows.push_back(result->row());
    return rows;
  }

  // The words behind a list of citations, a span each.
  std::vector<std::string_view> WordsOf(const Value& citations) const {
    std::vector<std::string_view> words;
    for (const auto& citation : citations.list()) {
      const auto& map = citation.map();
      words.push_back(document_->Span(map.at("first").integer(), map.at("end").integer()));
    }
    return words;
  }

  std::optional<Database> database_;
  std::optional<Document> document_;
};

bool NamesAny(std::string_view words, const List& names) {
  return std::any_of(names.begin(), names.end(), [&](const Value& name) { return Names(words, name.string()); });
}

// Whether the words name a day that the interval begins or ends on.
bool NamesADay(std::string_view words, const Value& validity) {
  if (validity.is_null()) return false;
  for (const auto& bound : {validity.interval().from, validity.interval().until}) {
    if (!bound) continue;
    for (const auto& day : {bound->earliest, bound->latest}) {
      if (day && Names(words, std::to_string(CalendarDayOf(*day).day))) return true;
    }
  }
  return false;
}

bool BacksNumber(std::string_view words, std::int64_t number) {
  constexpr std::array<std::string_view, 11> kWords = {"zero", "one",   "two",   "three", "four", "five",
                                                       "six",  "seven", "eight", "nine",  "ten"};
  if (Names(words, std::to_string(number))) return true;
  return number >= 0 && number < static_cast<std::int64_t>(kWords.size()) &&
         Names(words, kWords[static_cast<std::size_t>(number)]);
}

// Whether the words say the property's value.
bool Backs(std::string_view words, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kInteger:
      return BacksNumber(words, value.integer());
    case Value::Kind::kList:
      return std::all_of(value.list().begin(), value.list().end(), [&](const Value& v) { return Backs(words, v); });
    default:
      return Names(words, ToText(value, /*quote_strings=*/false));
  }
}

TEST_F(Evidence, EachSpanOfANodeHoldsANameOfItOrADayOfIt) {
  const auto rows = RowsOf(
      "MATCH (n) WHERE NOT n:Source OPTIONAL MATCH (n)-[:ALIAS]->(a:Name) "
      "WITH n, collect(a.text) AS aliases "
      "RETURN n.key, [coalesce(n.name, n.title, n.text)] + aliases, validity(n), citations(n)");
  EXPECT_FALSE(rows.empty());
  for (const auto& row : rows) {
    for (const auto words : WordsOf(row[3])) {
      EXPECT_TRUE(NamesAny(words, row[1].list()) || NamesADay(words, row[2])) << row[0].string() << ": " << words;
    }
  }
}

TEST_F(Evidence, APropertyWithSpansOfItsOwnIsSaidByOne) {
  const auto rows = RowsOf(
      "MATCH (n) UNWIND keys(n) AS property "
      "WITH n, property, citations(n, property) AS spans WHERE size(spans) > 0 AND spans <> citations(n) "
      "RETURN n.key, property, properties(n)[property], spans");
  EXPECT_FALSE(rows.empty());
  for (const auto& row : rows) {
    const auto spans = WordsOf(row[3]);
    const auto backs = [&](std::string_view words) { return Backs(words, row[2]); };
    EXPECT_TRUE(std::any_of(spans.begin(), spans.end(), backs)) << row[0].string() << '.' << row[1].string();
  }
}

TEST_F(Evidence, TheSpansOfARelationshipNameOneOfItsEnds) {
  const auto rows = RowsOf(
      "MATCH (a)-[r]->(b) "
      "OPTIONAL MATCH (a)-[:ALIAS]->(of_a:Name) WITH a, r, b, collect(of_a.text) AS names_a "
      "OPTIONAL MATCH (b)-[:ALIAS]->(of_b:Name) WITH a, r, b, names_a, collect(of_b.text) AS names_b "
      "RETURN a.key, type(r), b.key, citations(r), "
      "[coalesce(a.name, a.title, a.text), coalesce(b.name, b.title, b.text)] + names_a + names_b");
  EXPECT_FALSE(rows.empty());
  for (const auto& row : rows) {
    const auto spans = WordsOf(row[3]);
    const auto names = [&](std::string_view words) { return NamesAny(words, row[4].list()); };
    EXPECT_TRUE(std::any_of(spans.begin(), spans.end(), names))
        << row[0].string() << ' ' << row[1].string() << ' ' << row[2].string();
  }
}

}  // namespace
}  // namespace plenum::tests
