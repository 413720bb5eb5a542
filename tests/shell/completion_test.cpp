// What Tab offers, place by place.
#include "engine/shell/completion.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace plenum::shell {
namespace {

using Choices = std::vector<std::string>;

const Vocabulary& Names() {
  static const Vocabulary vocabulary = {{"Meeting", "Person", "Person of Interest", "Role"},
                                        {"ATTENDS", "HOLDS", "HOSTS"},
                                        {"name", "nationality", "title"},
                                        {"since"}};
  return vocabulary;
}

Choices Offered(std::string_view text) { return Complete(text, Names()).choices; }

bool Offers(std::string_view text, std::string_view choice) {
  Choices choices = Offered(text);
  return std::find(choices.begin(), choices.end(), choice) != choices.end();
}

TEST(Completion, OffersLabels) {
  EXPECT_EQ(Offered("MATCH (p:Per"), (Choices{"Person", "`Person of Interest`"}));
  EXPECT_EQ(Offered("MATCH (:M"), Choices{"Meeting"});
  EXPECT_EQ(Offered("MATCH (p:Person|Ro"), Choices{"Role"});
  EXPECT_EQ(Offered("MATCH (p) WHERE p:ro"), Choices{"Role"});
  EXPECT_EQ(Offered("MATCH (p) SET p:"), (Choices{"Meeting", "Person", "Role", "`Person of Interest`"}));
}

TEST(Completion, OffersRelationshipTypes) {
  EXPECT_EQ(Offered("MATCH (p)-[:HO"), (Choices{"HOLDS", "HOSTS"}));
  EXPECT_EQ(Offered("MATCH (p)-[h:HOLDS|A"), Choices{"ATTENDS"});
  EXPECT_EQ(Offered("MATCH (p)-[h:HOLDS]->(:R"), Choices{"Role"});
}

TEST(Completion, OffersPropertyKeys) {
  EXPECT_EQ(Offered("RETURN p.na"), (Choices{"name", "nationality"}));
  EXPECT_EQ(Offered("RETURN p."), (Choices{"name", "nationality", "title"}));
  EXPECT_TRUE(Offers("MATCH (p:Person {ti", "title"));
  EXPECT_TRUE(Offers("MATCH (p:Person {name: 'x', ti", "title"));
  EXPECT_FALSE(Offers("MATCH (p:Person {name: ti", "title"));
}

TEST(Completion, OffersParameters) { EXPECT_EQ(Offered("RETURN $s"), Choices{"since"}); }

TEST(Completion, OffersKeywordsInTheCaseTheyWereBegun) {
  EXPECT_TRUE(Offers("MAT", "MATCH"));
  EXPECT_TRUE(Offers("mat", "match"));
  EXPECT_TRUE(Offers("MATCH (p)\nRET", "RETURN"));
  EXPECT_EQ(Offered("MATCH (p) "), Choices{}) << "nothing is begun";
}

TEST(Completion, OffersFunctionsWithTheirBracket) {
  EXPECT_TRUE(Offers("RETURN coal", "coalesce("));
  EXPECT_TRUE(Offers("RETURN toUp", "toUpper("));
}

TEST(Completion, OffersCommands) {
  EXPECT_EQ(Offered(":fo"), Choices{":format"});
  EXPECT_EQ(Offered("  :sch"), Choices{":schema"});
  EXPECT_EQ(Offered(":format js"), (Choices{"json", "jsonl"}));
  EXPECT_EQ(Offered(":timing o"), (Choices{"off", "on"}));
}

TEST(Completion, OffersNothingInTexts) {
  EXPECT_EQ(Offered("RETURN 'mat"), Choices{});
  EXPECT_EQ(Offered("RETURN \"it's (p:Per"), Choices{});
  EXPECT_EQ(Offered("MATCH (`Per"), Choices{});
  EXPECT_EQ(Offered("RETURN 1 // mat"), Choices{});
  EXPECT_EQ(Offered("RETURN 1 /* mat"), Choices{});
  EXPECT_TRUE(Offers("RETURN 'a\\'b' AS x /* c */ ORD", "ORDER"));
}

TEST(Completion, SaysHowFarAllChoicesAgree) {
  Completion completion = Complete("RETURN p.na", Names());
  EXPECT_EQ(completion.word, "na");
  EXPECT_EQ(completion.common, "na");
  EXPECT_EQ(Complete("MATCH ()-[:H", Names()).common, "HO");
  EXPECT_EQ(Complete("MATCH ()-[:hold", Names()).common, "HOLDS");
  EXPECT_EQ(Complete("RETURN 'x", Names()).common, "x");
}

TEST(Completion, PutsABlankAfterKeywordsNotAfterNames) {
  EXPECT_TRUE(Complete("MATC", Names()).blank_follows);
  EXPECT_TRUE(Complete(":sch", Names()).blank_follows);
  EXPECT_FALSE(Complete("MATCH (:Rol", Names()).blank_follows);
  EXPECT_FALSE(Complete("RETURN p.tit", Names()).blank_follows);
}

TEST(Completion, DoesNotCutACharacterInTwo) {
  Vocabulary vocabulary{{"名a", "吐b", "名c"}, {}, {}, {}};  // 名 and 吐 share their first byte
  EXPECT_EQ(Complete("MATCH (:", vocabulary).common, "");
  EXPECT_EQ(Complete("MATCH (:名", vocabulary).common, "名");
}

}  // namespace
}  // namespace plenum::shell
