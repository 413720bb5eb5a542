// The dataset beijing-2023: that it loads, that every fact is cited, that it keeps its own rules, that it answers its
// questions as questions.md says.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "plenum/plenum.h"
#include "tests/datasets/dataset.h"
#include "tests/query_file.h"

namespace plenum::tests {
namespace {

class Beijing : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = LoadDataset(kBeijing);
    ASSERT_TRUE(loaded) << loaded.error().message;
    database_.emplace(std::move(*loaded));
  }
  static void TearDownTestSuite() { database_.reset(); }

  void SetUp() override { ASSERT_TRUE(database_.has_value()) << "the dataset did not load"; }

  static AnswerTable Answer(std::string_view query) {
    auto result = database_->Query(query);
    if (!result) {
      ADD_FAILURE() << Describe(result.error(), query);
      return {};
    }
    return TableOf(*result);
  }

  // A rule of the dataset, as a query for what breaks it.
  static void ExpectNone(std::string_view query) {
    const auto found = Answer(query);
    EXPECT_TRUE(found.rows.empty()) << query << "\nfinds\n" << ToMarkdown(found);
  }

  static std::optional<Database> database_;
};
std::optional<Database> Beijing::database_;

TEST_F(Beijing, CitesEveryNodeButTheSource) {
  ExpectNone("MATCH (n) WHERE NOT n:Source AND size(citations(n)) = 0 RETURN labels(n), n.key");
}

TEST_F(Beijing, CitesEveryRelationship) {
  ExpectNone("MATCH (a)-[r]->(b) WHERE size(citations(r)) = 0 RETURN a.key, type(r), b.key");
}

TEST_F(Beijing, CitesSpansInsideTheDocument) {
  ExpectNone(
      "MATCH (n) UNWIND keys(n) AS property UNWIND citations(n, property) AS c "
      "OPTIONAL MATCH (s:Source {key: c.source}) WITH n, c, s "
      "WHERE s IS NULL OR c.first < 0 OR c.first >= c.end OR c.end > s.codePoints RETURN n.key, c.first, c.end");
  ExpectNone(
      "MATCH (a)-[r]->(b) UNWIND citations(r) AS c OPTIONAL MATCH (s:Source {key: c.source}) WITH a, r, b, c, s "
      "WHERE s IS NULL OR c.first < 0 OR c.first >= c.end OR c.end > s.codePoints "
      "RETURN a.key, type(r), b.key, c.first, c.end");
}

TEST_F(Beijing, CitesEachDerivedFactFromTwoSpansAtLeast) {
  ExpectNone("MATCH (a)-[r {derived: true}]->(b) WHERE size(citations(r)) < 2 RETURN a.key, type(r), b.key");
}

TEST_F(Beijing, GivesEveryNodeAKeyOfItsOwn) {
  ExpectNone("MATCH (n) WITH n.key AS key, count(*) AS nodes WHERE key IS NULL OR nodes > 1 RETURN key, nodes");
}

TEST_F(Beijing, GivesEveryNodeAName) {
  ExpectNone("MATCH (n) WHERE coalesce(n.name, n.title, n.text) IS NULL RETURN labels(n), n.key");
}

TEST_F(Beijing, SaysWhenPostsWereHeldAndMeetingsTookPlace) {
  ExpectNone("MATCH (p:Person)-[h:HOLDS]->(r) WHERE validity(h) IS NULL RETURN p.name, r.title");
  ExpectNone("MATCH (m:Meeting|Speech) WHERE validity(m) IS NULL RETURN m.name");
}

TEST_F(Beijing, GivesEveryPersonAPostAndNoPostTwoHolders) {
  ExpectNone("MATCH (p:Person) WHERE NOT (p)-[:HOLDS]->(:Role) RETURN p.name");
  ExpectNone("MATCH (p:Person)-[:HOLDS]->(r:Role) WITH r, count(p) AS holders WHERE holders > 1 RETURN r.key");
}

TEST_F(Beijing, PlacesNobodyAtAMeetingForANameInASlogan) {
  ExpectNone("MATCH (:Person {key: 'xi-jinping'})-[r]->(x) WHERE NOT x:Role RETURN type(r), x.key");
}

TEST_F(Beijing, HasOneReportUnderItsTwoTranslations) {
  const AnswerTable expected{.columns = {"person", "reports", "names"},
                             .rows = {{"Wu Yan", "1", "['tutoring report', 'counseling report']"}}};
  EXPECT_EQ(Answer("MATCH (p:Person {key: 'wu-yan'})-[:GAVE]->(s:Speech)-[:ALIAS]->(n:Name) "
                   "RETURN p.name AS person, count(s) AS reports, [s.name, n.text] AS names"),
            expected);
}

TEST_F(Beijing, UsesTheVocabularyThatIsDocumented) {
  const auto text = ReadFile("datasets/README.md");
  ASSERT_TRUE(text) << text.error().message;
  const auto documented = [&](const std::string& word) {
    return text.value().find("\n| `" + word + "` |") != std::string::npos;
  };
  for (const auto& label : database_->Labels()) EXPECT_TRUE(documented(label)) << "label " << label;
  for (const auto& type : database_->RelationshipTypes()) EXPECT_TRUE(documented(type)) << "type " << type;
}

TEST_F(Beijing, AnswersItsQuestions) {
  const auto text = ReadFile(kBeijing / "questions.md");
  ASSERT_TRUE(text) << text.error().message;
  const auto cases = ReadQueryCases(text.value());
  ASSERT_TRUE(cases) << cases.error().message;
  EXPECT_FALSE(cases.value().empty());
  for (const auto& query_case : cases.value()) {
    SCOPED_TRACE("questions.md:" + std::to_string(query_case.line) + ": " + query_case.question);
    const auto answer = Answer(query_case.query);
    EXPECT_TRUE(answer == query_case.answer) << "it answers\n" << ToMarkdown(answer);
  }
}

}  // namespace
}  // namespace plenum::tests
