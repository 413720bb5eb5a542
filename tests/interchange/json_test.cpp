// Values to JSON and back, and what is said of JSON that is wrong.
#include "plenum/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace plenum {
namespace {

std::string Reread(std::string_view text) {
  const Result<Value> value = ParseJson(text);
  return value ? ToJson(*value) : value.error().message;
}
Value Partial(std::string_view text) { return *ParsePartialDate(text); }

TEST(ToJsonTest, PlainDataIsPlainJson) {
  EXPECT_EQ(ToJson(Value()), "null");
  EXPECT_EQ(ToJson(true), "true");
  EXPECT_EQ(ToJson(7), "7");
  EXPECT_EQ(ToJson(Value(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(ToJson(1.0), "1.0");
  EXPECT_EQ(ToJson(1e300), "1e+300");
  EXPECT_EQ(ToJson(-0.0), "-0.0");
  EXPECT_EQ(ToJson(List{1, "a", List{}}), R"([1,"a",[]])");
  EXPECT_EQ(ToJson(Map{{"b", 1}, {"a", Map{}}}), R"({"a":{},"b":1})");
}

TEST(ToJsonTest, EscapesWhatMustBe) {
  EXPECT_EQ(ToJson("a\"b\\c/\n\r\t"), R"("a\"b\\c/\n\r\t")");
  EXPECT_EQ(ToJson(std::string("\0\x01\x1F\x7F", 4)), "\"\\u0000\\u0001\\u001f\x7F\"");
  EXPECT_EQ(ToJson("é中😀"), "\"é中😀\"");
  EXPECT_EQ(ToJson(Map{{"a\"", 1}}), R"({"a\"":1})");
}

TEST(ToJsonTest, EverythingElseHasOneKeyWithADollar) {
  EXPECT_EQ(ToJson(std::nan("")), R"({"$float":"NaN"})");
  EXPECT_EQ(ToJson(-std::numeric_limits<double>::infinity()), R"({"$float":"-Infinity"})");
  EXPECT_EQ(ToJson(Date{0}), R"({"$date":"1970-01-01"})");
  EXPECT_EQ(ToJson(Partial("2020-01")), R"({"$partialDate":"2020-01"})");
  EXPECT_EQ(ToJson(Interval{*ParsePartialDate("../2023-02-20"), *ParsePartialDate("2023-02-22/..")}),
            R"({"$interval":{"from":"../2023-02-20","until":"2023-02-22/.."}})");
  EXPECT_EQ(ToJson(Interval{std::nullopt, PartialDate{}}), R"({"$interval":{"until":".."}})");
  EXPECT_EQ(ToJson(Interval{}), R"({"$interval":{}})");
  EXPECT_EQ(ToJson(Map{{"$x", 1}}), R"({"$map":{"$x":1}})");
  EXPECT_EQ(ToJson(Map{{"$map", Map{{"$x", 1}}}}), R"({"$map":{"$map":{"$map":{"$x":1}}}})");
  EXPECT_EQ(ToJson(Map{{"$x", 1}, {"y", 2}}), R"({"$x":1,"y":2})");
}

TEST(ToJsonTest, GraphElements) {
  const Node ann{.id = {1}, .labels = {"A", "B"}, .properties = {{"$x", 1}}};
  const Relationship knows{.id = {9}, .type = "T", .start = {2}, .end = {1}, .properties = {}};
  EXPECT_EQ(ToJson(ann), R"({"$node":{"id":1,"labels":["A","B"],"properties":{"$x":1}}})");
  EXPECT_EQ(ToJson(knows), R"({"$rel":{"id":9,"type":"T","start":2,"end":1,"properties":{}}})");
  EXPECT_EQ(ToJson(Path{.nodes = {ann, {.id = {2}, .labels = {}, .properties = {}}}, .relationships = {knows}}),
            R"({"$path":{"nodes":[{"id":1,"labels":["A","B"],"properties":{"$x":1}},)"
            R"({"id":2,"labels":[],"properties":{}}],)"
            R"("rels":[{"id":9,"type":"T","start":2,"end":1,"properties":{}}]}})");
  EXPECT_EQ(ToJson(Path{.nodes = {{.id = {2}, .labels = {}, .properties = {}}}, .relationships = {}}),
            R"({"$path":{"nodes":[{"id":2,"labels":[],"properties":{}}],"rels":[]}})");
}

TEST(ParseJsonTest, ReadsBackWhatIsWritten) {
  for (const std::string_view text : {"null",
                                      "true",
                                      "-9223372036854775808",
                                      "9223372036854775807",
                                      "1.5",
                                      "1e+300",
                                      "\"\"",
                                      "[]",
                                      "{}",
                                      R"([1,[2,[]],{"a":null}])",
                                      R"({"$float":"NaN"})",
                                      R"({"$float":"Infinity"})",
                                      R"({"$date":"-0044-03-15"})",
                                      R"({"$partialDate":"2019/2021"})",
                                      R"({"$interval":{"from":"..","until":"2020"}})",
                                      R"({"$interval":{}})",
                                      R"({"$map":{"$x":1}})",
                                      R"({"$map":{"$map":{"$map":{"$x":1}}}})",
                                      R"({"$map":{"$map":{"a":1}}})",
                                      R"({"$map":{"$map":1}})",
                                      R"({"$map":{"$map":{"$date":"2019-01-01"}}})",
                                      R"({"$map":{"$map":{"$map":{"$map":1}}}})",
                                      R"({"$x":1,"y":{"$date":"2019-01-01"}})",
                                      R"({"$map":{"$date":"2019-01-01"},"a":{"$map":{"$x":1}}})",
                                      R"([{"$map":{"$date":"soon"}}])"}) {
    EXPECT_EQ(Reread(text), text);
  }
}

TEST(ParseJsonTest, WhatMapsMeanInsideMap) {
  EXPECT_EQ(ParseJson(R"({"$map":{"a":{"$date":"1970-01-02"}}})")->map().at("a").date().day, 1);
  EXPECT_EQ(ParseJson(R"({"$map":{"$date":"1970-01-02"}})")->map().at("$date").string(), "1970-01-02");
  EXPECT_EQ(ParseJson(R"({"$map":{"$map":{"$date":"1970-01-02"}}})")->map().at("$map").date().day, 1);
  EXPECT_EQ(ParseJson(R"({"$map":{}})")->map().size(), 0u);
}

TEST(ParseJsonTest, SpacesAndEscapes) {
  EXPECT_EQ(Reread(" \t\r\n{ \"a\" : [ 1 , 2 ] } \n"), R"({"a":[1,2]})");
  EXPECT_EQ(ParseJson(R"("\"\\\/\b\f\n\r\té\u4E2d\ud83d\ude00\u0000")")->string(),
            std::string_view("\"\\/\b\f\n\r\té中😀\0", 18));
}

TEST(ParseJsonTest, NumbersKeepTheirKind) {
  EXPECT_EQ(ParseJson("-0")->kind(), Value::Kind::kInteger);
  EXPECT_TRUE(std::signbit(ParseJson("-0.0")->real()));
  EXPECT_EQ(ParseJson("1E2")->real(), 100.0);
  EXPECT_EQ(ParseJson("1e-400")->real(), 0.0);
  EXPECT_EQ(ParseJson("0." + std::string(400, '0') + "1e10")->real(), 0.0);
  EXPECT_EQ(ParseJson("1e-99999999999999999999")->real(), 0.0);
  EXPECT_EQ(ParseJson("0.000001e308")->real(), 1e302);
  EXPECT_EQ(ParseJson("2.2250738585072011e-308")->real(), 2.2250738585072011e-308);
  EXPECT_EQ(Reread("1e400"), "JSON, byte 0: 1e400 does not fit a 64-bit float");
  EXPECT_EQ(Reread("[1e99999999999999999999]").substr(0, 14), "JSON, byte 1: ");
  EXPECT_EQ(Reread("9223372036854775808"), "JSON, byte 0: 9223372036854775808 does not fit a 64-bit integer");
}

TEST(ParseJsonTest, SaysWhereAndWhatWasExpected) {
  EXPECT_EQ(Reread(""), "JSON, byte 0: expected a value, found the end of the text");
  EXPECT_EQ(Reread("[1 2]"), "JSON, byte 3: expected ',' or ']', found '2'");
  EXPECT_EQ(Reread("[1,]"), "JSON, byte 3: expected a value, found ']'");
  EXPECT_EQ(Reread("{\"a\" 1}"), "JSON, byte 5: expected ':' after a key, found '1'");
  EXPECT_EQ(Reread("{a: 1}"), "JSON, byte 1: expected a key in double quotes, found 'a'");
  EXPECT_EQ(Reread("{\"a\":1,}"), "JSON, byte 7: expected a key in double quotes, found '}'");
  EXPECT_EQ(Reread("{\"a\":1,\"a\":2}"), "JSON, byte 7: the key 'a' is there twice");
  EXPECT_EQ(Reread("1 é"), "JSON, byte 2: expected the end of the text, found 'é'");
  EXPECT_EQ(Reread("[\"ab"), "JSON, byte 1: the string that begins here has no closing '\"'");
  EXPECT_EQ(Reread("\"a\nb\""),
            "JSON, byte 2: invalid string: control character U+000A (LF) must be escaped to \\u000A or \\n");
  EXPECT_EQ(Reread(R"("\x")").substr(0, 30), "JSON, byte 1: no such escape: ");
  EXPECT_EQ(Reread(R"("\u12g4")"), "JSON, byte 1: invalid string: '\\u' must be followed by 4 hex digits");
  EXPECT_EQ(Reread(R"("a\u00\n")"), "JSON, byte 2: invalid string: '\\u' must be followed by 4 hex digits");
  EXPECT_EQ(Reread(R"("\ud800x")").substr(0, 40), "JSON, byte 1: invalid string: surrogate ");
  EXPECT_EQ(Reread("01"), "JSON, byte 0: a number must not begin with 0");
  EXPECT_EQ(Reread("-"), "JSON, byte 1: invalid number; expected digit after '-'");
  EXPECT_EQ(Reread("1."), "JSON, byte 2: invalid number; expected digit after '.'");
  EXPECT_EQ(Reread("\"a\xFF\""), "JSON, byte 2: the text is not valid UTF-8");
  EXPECT_EQ(Reread("nul"), "JSON, byte 0: expected a value, found 'n'");
  const Error error = ParseJson("[").error();
  EXPECT_EQ(error.type, ErrorType::kArgumentError);
}

TEST(ParseJsonTest, SaysWhereATokenBegins) {
  EXPECT_EQ(Reread("[12 345]"), "JSON, byte 4: expected ',' or ']', found '3'");
  EXPECT_EQ(Reread("[1\"a\"]"), "JSON, byte 2: expected ',' or ']', found '\"'");
  EXPECT_EQ(Reread("1[2]"), "JSON, byte 1: expected the end of the text, found '['");
  EXPECT_EQ(Reread("[true, 7, 0123]"), "JSON, byte 10: a number must not begin with 0");
  EXPECT_EQ(Reread(R"({"a":{}, "b" : "c" "d"})"), "JSON, byte 19: expected ',' or '}', found '\"'");
  EXPECT_EQ(Reread(R"(["a\"b" , "c)"), "JSON, byte 10: the string that begins here has no closing '\"'");
  EXPECT_EQ(Reread(R"(["a", -9223372036854775809])"),
            "JSON, byte 6: -9223372036854775809 does not fit a 64-bit integer");
  EXPECT_EQ(Reread("[" + std::string(400, '1') + "]"),
            "JSON, byte 1: " + std::string(40, '1') + " does not fit a 64-bit integer");
}

TEST(ParseJsonTest, WhatStandsAroundTheValue) {
  EXPECT_EQ(Reread("\uFEFF[1]"), "[1]");
  EXPECT_EQ(Reread("\uFEFF1e400"), "JSON, byte 3: 1e400 does not fit a 64-bit float");
  EXPECT_EQ(Reread(std::string_view("1\0x", 3)),
            "JSON, byte 1: a NUL byte: expected JSON text, in which that is '\\u0000'");
  EXPECT_EQ(Reread(std::string_view("\"\0\"", 3)).substr(0, 24), "JSON, byte 1: a NUL byte");
}

TEST(ParseJsonTest, SpecialObjectsAreChecked) {
  EXPECT_EQ(Reread(R"([{"$node":{"id":1}}])"),
            "JSON, byte 1: nodes, relationships and paths cannot be read from JSON: pass an id or a key instead");
  EXPECT_EQ(Reread(R"({"$date":"soon"})").substr(0, 32), "JSON, byte 0: 'soon' is no date:");
  EXPECT_EQ(Reread(R"({"$date":7})"), "JSON, byte 0: expected a string in $date");
  EXPECT_EQ(Reread(R"({"$time":"12:00"})").substr(0, 43), "JSON, byte 0: nothing is written as '$time'");
  EXPECT_EQ(Reread(R"({"$map":1})"), "JSON, byte 0: expected an object in $map");
  EXPECT_EQ(Reread(R"({"$float":"1"})"), "JSON, byte 0: expected \"NaN\", \"Infinity\" or \"-Infinity\" in $float");
  EXPECT_EQ(Reread(R"({"$interval":{"to":"2019"}})"),
            "JSON, byte 0: expected an object with \"from\", \"until\" or both in $interval");
  EXPECT_EQ(Reread(R"({"$map":{"$x":1},"b":2})").substr(0, 40), "JSON, byte 8: nothing is written as '$x'");
}

TEST(ParseJsonTest, DepthIsBounded) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(ParseJson(nested(kValueNestingMax)).has_value());
  EXPECT_FALSE(ParseJson(nested(kValueNestingMax + 1)).has_value());
  EXPECT_FALSE(ParseJson(nested(1'000'000)).has_value());
  std::string maps;
  for (std::uint32_t i = 0; i < kValueNestingMax; ++i) maps += "{\"$map\":";
  EXPECT_TRUE(ParseJson(maps.substr(0, maps.size() - 8) + "{}" + std::string(kValueNestingMax - 1, '}')).has_value());
}

}  // namespace
}  // namespace plenum
