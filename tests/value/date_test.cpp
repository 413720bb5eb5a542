// The calendar and the texts of dates.
#include <gtest/gtest.h>

#include <random>

#include "plenum/value.h"

namespace plenum {
namespace {

std::string Reprinted(std::string_view text) {
  const Result<Date> date = ParseDate(text);
  return date ? ToText(*date) : date.error().message;
}

TEST(CalendarTest, KnowsItsLandmarks) {
  EXPECT_EQ(DayOf(1970, 1, 1), 0);
  EXPECT_EQ(DayOf(1969, 12, 31), -1);
  EXPECT_EQ(DayOf(2000, 3, 1), 11017);
  EXPECT_EQ(DayOf(0, 3, 1), -719468);
  EXPECT_EQ(DayOf(2024, 2, 29) + 1, DayOf(2024, 3, 1));
  EXPECT_EQ(DayOf(1900, 2, 28) + 1, DayOf(1900, 3, 1));
}

TEST(CalendarTest, DaysFollowOneAnotherWithoutGaps) {
  const CalendarDay first = CalendarDayOf(DayOf(-401, 12, 30));
  std::int64_t year = first.year;
  for (std::int64_t day = DayOf(-401, 12, 30); day < DayOf(2101, 1, 1); ++day) {
    const CalendarDay calendar = CalendarDayOf(day);
    ASSERT_EQ(DayOf(calendar.year, calendar.month, calendar.day), day);
    ASSERT_TRUE(calendar.year == year || (calendar.year == ++year && calendar.month == 1 && calendar.day == 1));
  }
}

TEST(CalendarTest, ReachesOverAllYears) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::int64_t> days(DayOf(-999999999, 1, 1), DayOf(999999999, 12, 31));
  for (int i = 0; i < 100'000; ++i) {
    const std::int64_t day = days(random);
    const CalendarDay calendar = CalendarDayOf(day);
    ASSERT_EQ(DayOf(calendar.year, calendar.month, calendar.day), day);
    ASSERT_EQ(ParseDate(ToText(Date{day}))->day, day);
  }
}

TEST(ParseDateTest, TakesEveryFormOfOpenCypher) {
  for (const std::string_view text : {"2015-07-21", "20150721", "2015-W30-2", "2015W302", "2015-202", "2015202"}) {
    EXPECT_EQ(Reprinted(text), "2015-07-21") << text;
  }
  EXPECT_EQ(Reprinted("2015-07"), "2015-07-01");
  EXPECT_EQ(Reprinted("201507"), "2015-07-01");
  EXPECT_EQ(Reprinted("2015-W30"), "2015-07-20");
  EXPECT_EQ(Reprinted("2015W30"), "2015-07-20");
  EXPECT_EQ(Reprinted("2015"), "2015-01-01");
  EXPECT_EQ(Reprinted("2015-Q2-60"), "2015-05-30");
  EXPECT_EQ(Reprinted("2015Q2"), "2015-04-01");
}

TEST(ParseDateTest, TakesYearsWithASign) {
  EXPECT_EQ(Reprinted("-0044-03-15"), "-0044-03-15");
  EXPECT_EQ(Reprinted("+999999999-12-31"), "+999999999-12-31");
  EXPECT_EQ(Reprinted("-999999999-01-01"), "-999999999-01-01");
  EXPECT_EQ(Reprinted("+2019-06-15"), "2019-06-15");
  EXPECT_EQ(Reprinted("0000-02-29"), "0000-02-29");
  EXPECT_EQ(Reprinted("-44"), "-0044-01-01");
}

TEST(ParseDateTest, WeeksBeginBeforeOrAfterTheirYear) {
  EXPECT_EQ(Reprinted("2009-W01-1"), "2008-12-29");
  EXPECT_EQ(Reprinted("2009-W53-7"), "2010-01-03");
  EXPECT_EQ(Reprinted("1817-W02-3"), "1817-01-08");
  EXPECT_EQ(Reprinted("2010-W53-1"), "'2010-W53-1' is no date: the year 2010 has 52 weeks");
}

TEST(ParseDateTest, SaysWhatIsWrong) {
  EXPECT_EQ(Reprinted("2019-02-29"), "'2019-02-29' is no date: February 2019 has 28 days");
  EXPECT_EQ(Reprinted("2019-13-01"), "'2019-13-01' is no date: there is no month 13");
  EXPECT_EQ(Reprinted("2019-00"), "'2019-00' is no date: there is no month 0");
  EXPECT_EQ(Reprinted("2019-366"), "'2019-366' is no date: the year 2019 has 365 days");
  EXPECT_EQ(Reprinted("2019-W10-8"), "'2019-W10-8' is no date: days of the week are 1 (Monday) to 7");
  EXPECT_EQ(Reprinted("2019-Q5"), "'2019-Q5' is no date: quarters are 1 to 4");
  EXPECT_EQ(Reprinted("2019-Q1-91"), "'2019-Q1-91' is no date: that quarter has 90 days");
  EXPECT_EQ(Reprinted("June"),
            "'June' is no date: expected year, month and day as in '2019-06-15' or '20190615', or '2019-06', '2019', "
            "'2019-W24-6', '2019-166'");
  const Error error = ParseDate("June").error();
  EXPECT_EQ(error.type, ErrorType::kArgumentError);
  EXPECT_EQ(error.detail, "InvalidArgumentValue");
}

TEST(ParseDateTest, TakesNothingElse) {
  for (const std::string_view text :
       {"",         " ",           "2019 ",       " 2019",     "2019-6",   "2019-06-5", "2019-06-15T00:00",
        "19-06-15", "12019-01-01", "+1234567890", "+",         "-",        "2019-",     "2019-06-",
        "2019W",    "2019-W1",     "2019/06/15",  "201906155", "２０１９", "-W30"}) {
    EXPECT_FALSE(ParseDate(text).has_value()) << text;
  }
  EXPECT_FALSE(ParseDate(std::string_view("2019\0", 5)).has_value());
  const std::string message = ParseDate(std::string(1'000'000, '1')).error().message;
  EXPECT_LT(message.size(), 300u);
}

}  // namespace
}  // namespace plenum
