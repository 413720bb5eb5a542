// date, partialDate, timestamp, and the components of dates and intervals.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

Value DateOf(std::string_view text) { return CallValueFunction(plan::Function::kDate, List{text}); }

TEST(DateFunction, ReadsText) {
  for (const auto* text : {"2015-07-21", "20150721", "2015-W30-2", "2015W302", "2015-202", "2015202"}) {
    EXPECT_EQ(Call("date", text), "2015-07-21") << text;
  }
  for (const auto* text : {"2015-07", "201507"}) EXPECT_EQ(Call("date", text), "2015-07-01") << text;
  for (const auto* text : {"2015-W30", "2015W30"}) EXPECT_EQ(Call("date", text), "2015-07-20") << text;
  EXPECT_EQ(Call("date", "2015"), "2015-01-01");
  EXPECT_EQ(Call("date", Date{0}), "1970-01-01");
  for (const auto* text : {"", "2015-13-01", "2015-02-29", "yesterday"}) {
    EXPECT_TRUE(Call("date", text).starts_with("ArgumentError")) << text << ": " << Call("date", text);
  }
}

TEST(DateFunction, IsTodayWithoutArguments) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count();
  EXPECT_NEAR(static_cast<double>(CallValueFunction(plan::Function::kDate, {}).date().day), static_cast<double>(today),
              1);
}

TEST(DateFunction, TakesYearMonthDay) {
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"month", 10}, {"day", 11}}), "1984-10-11");
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"month", 10}}), "1984-10-01");
  EXPECT_EQ(Call("date", Map{{"year", 1984}}), "1984-01-01");
  EXPECT_EQ(Call("date", Map{{"year", 2000}, {"month", 2}, {"day", 29}}), "2000-02-29");
}

TEST(DateFunction, TakesWeeks) {
  struct Case {
    int year, week;
    const char* date;
  };
  for (const auto& [year, week, date] : {Case{1816, 1, "1816-01-01"},
                                         {1816, 52, "1816-12-23"},
                                         {1817, 1, "1816-12-30"},
                                         {1817, 30, "1817-07-21"},
                                         {1818, 1, "1817-12-29"},
                                         {1818, 53, "1818-12-28"},
                                         {1819, 1, "1819-01-04"},
                                         {1819, 52, "1819-12-27"}}) {
    EXPECT_EQ(Call("date", Map{{"year", year}, {"week", week}}), date);
  }
  EXPECT_EQ(Call("date", Map{{"dayOfWeek", 2}, {"year", 1817}, {"week", 1}}), "1816-12-31");
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"week", 10}, {"dayOfWeek", 3}}), "1984-03-07");
}

TEST(DateFunction, TakesQuartersAndOrdinalDays) {
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"quarter", 3}, {"dayOfQuarter", 45}}), "1984-08-14");
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"quarter", 3}}), "1984-07-01");
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"ordinalDay", 202}}), "1984-07-20");
  EXPECT_EQ(Call("date", Map{{"year", 1984}, {"ordinalDay", 366}}), "1984-12-31");
}

TEST(DateFunction, ChangesPartsOfADate) {
  const auto changed = [](std::string_view base, Map map) {
    map["date"] = DateOf(base);
    return Call("date", map);
  };
  EXPECT_EQ(changed("1984-11-11", {}), "1984-11-11");
  EXPECT_EQ(changed("1984-11-11", {{"year", 28}}), "0028-11-11");
  EXPECT_EQ(changed("1984-11-11", {{"day", 28}}), "1984-11-28");
  EXPECT_EQ(changed("1984-11-11", {{"week", 1}}), "1984-01-08");
  EXPECT_EQ(changed("1984-11-11", {{"ordinalDay", 28}}), "1984-01-28");
  EXPECT_EQ(changed("1984-11-11", {{"quarter", 3}}), "1984-08-11");
  EXPECT_EQ(changed("1816-12-30", {{"week", 2}, {"dayOfWeek", 3}}), "1817-01-08");
  EXPECT_EQ(changed("1816-12-31", {{"week", 2}}), "1817-01-07");
  EXPECT_EQ(changed("1816-12-31", {{"week", 2}, {"year", 1817}}), "1817-01-07");
  EXPECT_EQ(changed("1984-02-29", {{"year", 1985}}), "1985-02-28");
  EXPECT_EQ(changed("1984-05-31", {{"quarter", 1}}), "1984-02-29");
  EXPECT_EQ(changed("1984-11-11", {{"dayOfQuarter", 1}}), "1984-10-01");
  EXPECT_EQ(changed("1818-12-28", {{"year", 1819}, {"dayOfWeek", 7}}), "1820-01-02");  // 1819 has no week 53
}

TEST(DateFunction, RefusesPartsThatNameNoDay) {
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"month", 13}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"month", 0}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"month", 2}, {"day", 29}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"ordinalDay", 366}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", 1817}, {"week", 53}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"quarter", 1}, {"dayOfQuarter", 91}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", 1'000'000'000}}), kOutOfRange);
  EXPECT_EQ(Call("date", Map{{"year", "2015"}}), kWrongOperand);
  EXPECT_EQ(Call("date", Map{{"date", "2015"}}), kWrongOperand);
}

TEST(DateFunction, RefusesMapsThatDoNotSayOneDay) {
  const std::string bad_map = "ArgumentError InvalidArgumentValue";
  EXPECT_EQ(Call("date", Map{}), bad_map);
  EXPECT_EQ(Call("date", Map{{"month", 1}}), bad_map);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"day", 1}}), bad_map);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"dayOfWeek", 1}}), bad_map);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"month", 1}, {"week", 1}}), bad_map);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"hour", 1}}), bad_map);
  EXPECT_EQ(Call("date", Map{{"year", 2015}, {"month", Value()}}), "null");
}

TEST(PartialDateFunction, ReadsTextAndTakesDates) {
  EXPECT_EQ(Call("partialDate", "2019-06"), "2019-06");
  EXPECT_EQ(Call("partialDate", "../2023-02-20"), "../2023-02-20");
  EXPECT_EQ(Call("partialDate", ".."), "..");
  EXPECT_EQ(Call("valueType", CallValueFunction(plan::Function::kPartialDate, List{Date{3}})),
            "'PARTIAL DATE NOT NULL'");
  EXPECT_EQ(Call("partialDate", PartialDate{}), "..");
  EXPECT_TRUE(Call("partialDate", "soon").starts_with("ArgumentError")) << Call("partialDate", "soon");
}

TEST(Timestamp, IsInMilliseconds) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  const auto stamp = CallValueFunction(plan::Function::kTimestamp, {}).integer();
  EXPECT_NEAR(static_cast<double>(stamp), static_cast<double>(now), 60'000.0);
}

std::string Component(const Value& object, std::string_view key) {
  return Outcome([&] { return ComponentOf(object, key); });
}

TEST(Components, OfDates) {
  const Value date = DateOf("1984-10-11");
  EXPECT_EQ(Component(date, "year"), "1984");
  EXPECT_EQ(Component(date, "quarter"), "4");
  EXPECT_EQ(Component(date, "month"), "10");
  EXPECT_EQ(Component(date, "week"), "41");
  EXPECT_EQ(Component(date, "weekYear"), "1984");
  EXPECT_EQ(Component(date, "day"), "11");
  EXPECT_EQ(Component(date, "ordinalDay"), "285");
  EXPECT_EQ(Component(date, "weekDay"), "4");
  EXPECT_EQ(Component(date, "dayOfWeek"), "4");
  EXPECT_EQ(Component(date, "dayOfQuarter"), "11");
  EXPECT_EQ(Component(date, "quarterDay"), "11");
  EXPECT_EQ(Component(date, "hour"), kWrongOperand);
}

TEST(Components, OfDatesAtTheTurnOfAYear) {
  const Value sunday = DateOf("1984-01-01");
  EXPECT_EQ(Component(sunday, "weekYear"), "1983");
  EXPECT_EQ(Component(sunday, "week"), "52");
  EXPECT_EQ(Component(sunday, "weekDay"), "7");
  const Value monday = DateOf("1816-12-30");
  EXPECT_EQ(Component(monday, "weekYear"), "1817");
  EXPECT_EQ(Component(monday, "week"), "1");
  EXPECT_EQ(Component(DateOf("1818-12-31"), "week"), "53");
}

// What date() makes of the parts of a day is that day, for every day of a few hundred years.
TEST(Components, OfDatesNameTheDay) {
  for (std::int64_t day = -200'000; day <= 100'000; day += 7 * 13 + 1) {
    const Value date = Date{day};
    const auto part = [&](std::string_view key) { return ComponentOf(date, key); };
    const std::string text = ToText(date);
    EXPECT_EQ(Call("date", Map{{"year", part("year")}, {"month", part("month")}, {"day", part("day")}}), text);
    EXPECT_EQ(Call("date", Map{{"year", part("weekYear")}, {"week", part("week")}, {"dayOfWeek", part("dayOfWeek")}}),
              text);
    EXPECT_EQ(Call("date", Map{{"year", part("year")}, {"ordinalDay", part("ordinalDay")}}), text);
    EXPECT_EQ(
        Call("date", Map{{"year", part("year")}, {"quarter", part("quarter")}, {"dayOfQuarter", part("dayOfQuarter")}}),
        text);
  }
}

TEST(Components, OfPartialDatesAndIntervals) {
  const PartialDate june = CallValueFunction(plan::Function::kPartialDate, List{"2019-06"}).partial_date();
  EXPECT_EQ(Component(june, "earliest"), "2019-06-01");
  EXPECT_EQ(Component(june, "latest"), "2019-06-30");
  EXPECT_EQ(Component(PartialDate{}, "earliest"), "null");
  EXPECT_EQ(Component(june, "year"), kWrongOperand);
  EXPECT_EQ(Component(Interval{.from = june}, "from"), "2019-06");
  EXPECT_EQ(Component(Interval{.from = june}, "until"), "null");
  EXPECT_EQ(Component(Interval{.from = june}, "earliest"), kWrongOperand);
}

TEST(Components, OfMapsAndOthers) {
  const Map map = {{"name", "Mats"}, {"Name", "Pontus"}, {"nothing", Value()}};
  EXPECT_EQ(Component(map, "name"), "'Mats'");
  EXPECT_EQ(Component(map, "Name"), "'Pontus'");
  EXPECT_EQ(Component(map, "nAMe"), "null");
  EXPECT_EQ(Component(map, "nothing"), "null");
  EXPECT_EQ(Component(Value(), "any"), "null");
  for (const Value& other : List{123, 42.45, true, "string", List{123, true}}) {
    EXPECT_EQ(Component(other, "num"), kWrongOperand) << ToText(other);
  }
}

}  // namespace
}  // namespace plenum::execution
