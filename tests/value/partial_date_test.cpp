// Partial dates and intervals: their texts, and whether facts hold on days that are not quite known.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "plenum/value.h"

namespace plenum {
namespace {

PartialDate Partial(std::string_view text) {
  const Result<PartialDate> date = ParsePartialDate(text);
  EXPECT_TRUE(date.has_value()) << text;
  return date ? *date : PartialDate{};
}
std::string Reprinted(std::string_view text) { return ToText(Partial(text)); }

TEST(PartialDateTest, OneTextAValue) {
  for (const std::string_view text :
       {"2019", "2019-06", "2019-06-15", "../2023-02-20", "2023-02-22/..", "2019/2021", "2019-03/2019-05",
        "2019-03-02/2019-05-01", "..", "../2019", "2019-03/..", "2019-12/2020-01", "-0044-03-15", "+12345/+12346"}) {
    EXPECT_EQ(Reprinted(text), text);
  }
}

TEST(PartialDateTest, OtherTextsOfAValueGiveTheOne) {
  EXPECT_EQ(Reprinted("2019-01-01/2019-12-31"), "2019");
  EXPECT_EQ(Reprinted("2019-01/2019-12"), "2019");
  EXPECT_EQ(Reprinted("2019/2019-06"), "2019-01/2019-06");
  EXPECT_EQ(Reprinted("2019-06-15/2019-06-15"), "2019-06-15");
  EXPECT_EQ(Reprinted("2019-02-01/2019-02-28"), "2019-02");
  EXPECT_EQ(Reprinted("2020-02-01/2020-02-28"), "2020-02-01/2020-02-28");
  EXPECT_EQ(Reprinted("../2019-12-31"), "../2019");
  EXPECT_EQ(Reprinted("../.."), "..");
  EXPECT_EQ(Reprinted("201906"), "2019-06");
  EXPECT_EQ(Reprinted("2019-W01"), "2018-12-31/2019-01-06");
  EXPECT_EQ(Reprinted("2019-Q3"), "2019-07/2019-09");
}

TEST(PartialDateTest, BoundsAreTheFirstAndTheLastDay) {
  EXPECT_EQ(Partial("2020-02").earliest, DayOf(2020, 2, 1));
  EXPECT_EQ(Partial("2020-02").latest, DayOf(2020, 2, 29));
  EXPECT_EQ(Partial("../2020").earliest, std::nullopt);
  EXPECT_EQ(Partial("../2020").latest, DayOf(2020, 12, 31));
  EXPECT_EQ(Partial("2020/..").earliest, DayOf(2020, 1, 1));
  EXPECT_EQ(Partial(".."), PartialDate{});
}

TEST(PartialDateTest, RefusesWhatIsNone) {
  EXPECT_EQ(ParsePartialDate("2021/2019").error().message,
            "'2021/2019' ends before it begins: expected the earliest day first");
  for (const std::string_view text : {"", "/", "2019/", "/2019", "2019/2020/2021", "...", "2019-..", "2019..2020"}) {
    EXPECT_FALSE(ParsePartialDate(text).has_value()) << text;
  }
  const std::string message = ParsePartialDate("soon").error().message;
  EXPECT_TRUE(message.starts_with("'soon' is no date: expected a day, month or year as in '2019-06-15'")) << message;
}

TEST(IntervalTest, IsPrintedHalfOpen) {
  EXPECT_EQ(ToText(Interval{Partial("2019-06"), Partial("2020-01")}), "[2019-06, 2020-01)");
  EXPECT_EQ(ToText(Interval{Partial(".."), std::nullopt}), "[.., …)");
  EXPECT_EQ(ToText(Interval{}), "[…, …)");
}

bool Certainly(const Interval& validity, std::string_view when) { return HoldsCertainly(validity, Partial(when)); }
bool Possibly(const Interval& validity, std::string_view when) { return HoldsPossibly(validity, Partial(when)); }

TEST(HoldsTest, ExactDaysAreCertainOrImpossible) {
  const Interval year{Partial("2020-01-01"), Partial("2021-01-01")};
  for (const std::string_view inside : {"2020-01-01", "2020-12-31", "2020"}) EXPECT_TRUE(Certainly(year, inside));
  for (const std::string_view outside : {"2019-12-31", "2021-01-01", "2021"}) {
    EXPECT_FALSE(Certainly(year, outside));
    EXPECT_FALSE(Possibly(year, outside));
  }
  EXPECT_FALSE(Certainly(year, "2020-06/2021-06"));
  EXPECT_TRUE(Possibly(year, "2020-06/2021-06"));
}

TEST(HoldsTest, NoEndIsNotAnUnknownEnd) {
  const Interval still{Partial("2020-01-01"), std::nullopt};
  EXPECT_TRUE(Certainly(still, "9999"));
  const Interval ended_some_time{Partial("2020-01-01"), Partial("..")};
  EXPECT_TRUE(Certainly(ended_some_time, "2020-01-01"));  // a fact holds on one day at least: here its first
  EXPECT_FALSE(Certainly(ended_some_time, "2020-01-02"));
  EXPECT_TRUE(Possibly(ended_some_time, "9999"));
  EXPECT_TRUE(Certainly(Interval{}, ".."));
  EXPECT_FALSE(Certainly(Interval{Partial(".."), Partial("..")}, "2020-01-01"));
  EXPECT_TRUE(Possibly(Interval{Partial(".."), Partial("..")}, ".."));
}

TEST(HoldsTest, APostThatAReportShowsOnItsDate) {
  const Interval shown{Partial("../2023-02-20"), Partial("2023-02-22/..")};
  EXPECT_TRUE(Certainly(shown, "2023-02-20"));
  EXPECT_TRUE(Certainly(shown, "2023-02-21"));
  EXPECT_FALSE(Certainly(shown, "2023-02-22"));
  EXPECT_FALSE(Certainly(shown, "2023-02-19"));
  EXPECT_TRUE(Possibly(shown, "1990"));
}

// Every choice of days, tried one by one over a small range; the ends of the range stand for the unbounded.
constexpr std::int64_t kFirst = -1, kLast = 5;

std::vector<PartialDate> AllPartialDates() {
  std::vector<PartialDate> dates = {{}};
  for (std::int64_t a = 1; a <= 3; ++a) {
    dates.push_back({a, std::nullopt});
    dates.push_back({std::nullopt, a});
    for (std::int64_t b = a; b <= 3; ++b) dates.push_back({a, b});
  }
  return dates;
}

struct Held {
  bool always = true;
  bool ever = false;
};
Held HoldsByEnumeration(const Interval& validity, const PartialDate& when) {
  const auto days = [](const std::optional<PartialDate>& date, std::int64_t absent) {
    std::vector<std::int64_t> all;
    if (!date) return std::vector{absent};
    for (auto day = date->earliest.value_or(kFirst); day <= date->latest.value_or(kLast); ++day) all.push_back(day);
    return all;
  };
  Held held;
  for (const auto from : days(validity.from, kFirst - 1)) {
    for (const auto until : days(validity.until, kLast + 1)) {
      if (from >= until) continue;  // no fact: it would hold on no day
      for (const auto day : days(when, 0)) {
        const bool holds = from <= day && day < until;
        held.always = held.always && holds;
        held.ever = held.ever || holds;
      }
    }
  }
  return held;
}

TEST(HoldsTest, AgreesWithTryingEveryChoice) {
  std::vector<std::optional<PartialDate>> ends = {std::nullopt};
  for (const PartialDate& date : AllPartialDates()) ends.emplace_back(date);
  for (const auto& from : ends) {
    for (const auto& until : ends) {
      for (const PartialDate& when : AllPartialDates()) {
        const Interval validity{from, until};
        if (from && until && from->earliest && until->latest && *from->earliest >= *until->latest) continue;
        const Held expected = HoldsByEnumeration(validity, when);
        EXPECT_EQ(HoldsCertainly(validity, when), expected.always) << ToText(validity) << ' ' << ToText(when);
        EXPECT_EQ(HoldsPossibly(validity, when), expected.ever) << ToText(validity) << ' ' << ToText(when);
      }
    }
  }
}

}  // namespace
}  // namespace plenum
