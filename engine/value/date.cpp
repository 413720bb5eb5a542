// The calendar, and dates as text.
//
// Days are counted with the algorithms of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013): years
// that begin in March, so that the leap day is the last of its year, in eras of 400 years, which all are alike.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "engine/value/date_text.h"
#include "engine/value/utf8.h"

namespace plenum {
namespace {

constexpr std::int64_t kDaysPerEra = 146097;
constexpr std::int64_t kDaysFromMarchOfYear0To1970 = 719468;
constexpr std::size_t kQuotedCharactersMax = 40;

constexpr std::array kMonthNames = {"January", "February", "March",     "April",   "May",      "June",
                                    "July",    "August",   "September", "October", "November", "December"};

bool IsLeapYear(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

unsigned DaysInMonth(std::int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

// Monday is 0.
unsigned WeekdayOf(std::int64_t day) { return static_cast<unsigned>(((day + 3) % 7 + 7) % 7); }

// ISO 8601: the first week is the one with the year's first Thursday.
std::int64_t FirstMondayOf(std::int64_t year) {
  const std::int64_t fourth = DayOf(year, 1, 4);
  return fourth - WeekdayOf(fourth);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The numbers of a date's text, one a letter of its form.
struct Fields {
  std::int64_t year = 0;
  unsigned month = 0, day = 0, week = 0, weekday = 0, ordinal = 0, quarter = 0, quarter_day = 0;

  unsigned& operator[](char letter) {
    switch (letter) {
      case 'M':
        return month;
      case 'D':
        return day;
      case 'w':
        return week;
      case 'd':
        return weekday;
      case 'o':
        return ordinal;
      case 'q':
        return quarter;
      default:
        return quarter_day;
    }
  }
};

// What may follow the year. Each lower- or upper-case letter of "MDwdoqk" is a digit of its field, the rest is itself.
constexpr std::array<std::string_view, 15> kForms = {"",    "-MM-DD", "MMDD", "-MM", "MM", "-Www-d", "Wwwd", "-Www",
                                                     "Www", "-ooo",   "ooo",  "-Qq", "Qq", "-Qq-kk", "Qqkk"};

bool IsField(char form) { return std::string_view("MDwdoqk").find(form) != std::string_view::npos; }

bool ReadForm(std::string_view text, std::string_view form, Fields& fields) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsField(form[i]) ? !IsDigit(text[i]) : text[i] != form[i]) return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsField(form[i])) fields[form[i]] = fields[form[i]] * 10 + static_cast<unsigned>(text[i] - '0');
  }
  return true;
}

// Takes the year off the front: four digits, or a sign and up to nine.
bool TakeYear(std::string_view& text, std::int64_t& year) {
  const bool has_sign = text.starts_with('+') || text.starts_with('-');
  const std::size_t begin = has_sign ? 1 : 0;
  const std::size_t digits_max = has_sign ? 9 : 4;
  std::size_t end = begin;
  while (end < text.size() && end - begin < digits_max && IsDigit(text[end])) ++end;
  if (end == begin || (!has_sign && end != digits_max)) return false;
  std::from_chars(text.data() + begin, text.data() + end, year);
  if (text.front() == '-') year = -year;
  text.remove_prefix(end);
  return true;
}

std::string Quote(std::string_view text) {
  const std::size_t shown = ByteOffset(text, kQuotedCharactersMax);
  return fmt::format("'{}{}'", text.substr(0, shown), shown < text.size() ? "…" : "");
}

Error NoDay(std::string_view text, std::string reason) {
  return DateError(fmt::format("{} is no date: {}", Quote(text), std::move(reason)));
}

Result<DayRange> MonthsOf(std::string_view text, std::int64_t year, unsigned first_month, unsigned months) {
  if (first_month < 1 || first_month > 12) return NoDay(text, fmt::format("there is no month {}", first_month));
  const unsigned last_month = first_month + months - 1;
  return DayRange{DayOf(year, first_month, 1), DayOf(year, last_month, DaysInMonth(year, last_month))};
}

Result<DayRange> DayOfMonth(std::string_view text, const Fields& fields) {
  const Result<DayRange> month = MonthsOf(text, fields.year, fields.month, 1);
  if (!month) return month.error();
  const unsigned days = DaysInMonth(fields.year, fields.month);
  if (fields.day < 1 || fields.day > days) {
    return NoDay(text, fmt::format("{} {} has {} days", kMonthNames[fields.month - 1], FormatYear(fields.year), days));
  }
  const std::int64_t day = month->first + fields.day - 1;
  return DayRange{day, day};
}

Result<DayRange> DaysOfWeek(std::string_view text, const Fields& fields, bool has_weekday) {
  const std::int64_t first_week = FirstMondayOf(fields.year);
  const std::int64_t weeks = (FirstMondayOf(fields.year + 1) - first_week) / 7;
  if (fields.week < 1 || fields.week > weeks) {
    return NoDay(text, fmt::format("the year {} has {} weeks", FormatYear(fields.year), weeks));
  }
  const std::int64_t monday = first_week + (fields.week - 1) * std::int64_t{7};
  if (!has_weekday) return DayRange{monday, monday + 6};
  if (fields.weekday < 1 || fields.weekday > 7) return NoDay(text, "days of the week are 1 (Monday) to 7");
  return DayRange{monday + fields.weekday - 1, monday + fields.weekday - 1};
}

Result<DayRange> DayOfYear(std::string_view text, const Fields& fields) {
  const unsigned days = IsLeapYear(fields.year) ? 366 : 365;
  if (fields.ordinal < 1 || fields.ordinal > days) {
    return NoDay(text, fmt::format("the year {} has {} days", FormatYear(fields.year), days));
  }
  const std::int64_t day = DayOf(fields.year, 1, 1) + fields.ordinal - 1;
  return DayRange{day, day};
}

Result<DayRange> DaysOfQuarter(std::string_view text, const Fields& fields, bool has_day) {
  if (fields.quarter < 1 || fields.quarter > 4) return NoDay(text, "quarters are 1 to 4");
  const Result<DayRange> quarter = MonthsOf(text, fields.year, fields.quarter * 3 - 2, 3);
  if (!quarter || !has_day) return quarter;
  const std::int64_t days = quarter->last - quarter->first + 1;
  if (fields.quarter_day < 1 || fields.quarter_day > days) {
    return NoDay(text, fmt::format("that quarter has {} days", days));
  }
  const std::int64_t day = quarter->first + fields.quarter_day - 1;
  return DayRange{day, day};
}

Result<DayRange> DaysOf(std::string_view text, std::string_view form, const Fields& fields) {
  const auto has = [&](char letter) { return form.find(letter) != std::string_view::npos; };
  if (has('D')) return DayOfMonth(text, fields);
  if (has('M')) return MonthsOf(text, fields.year, fields.month, 1);
  if (has('w')) return DaysOfWeek(text, fields, has('d'));
  if (has('o')) return DayOfYear(text, fields);
  if (has('q')) return DaysOfQuarter(text, fields, has('k'));
  return MonthsOf(text, fields.year, 1, 12);
}

}  // namespace

std::int64_t DayOf(std::int64_t year, unsigned month, unsigned day) {
  const std::int64_t march_year = month <= 2 ? year - 1 : year;
  const std::int64_t era = (march_year >= 0 ? march_year : march_year - 399) / 400;
  const std::int64_t year_of_era = march_year - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysFromMarchOfYear0To1970;
}

CalendarDay CalendarDayOf(std::int64_t day) {
  const std::int64_t shifted = day + kDaysFromMarchOfYear0To1970;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - (kDaysPerEra - 1)) / kDaysPerEra;
  const std::int64_t day_of_era = shifted - era * kDaysPerEra;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (kDaysPerEra - 1)) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const auto month = static_cast<unsigned>(march_month < 10 ? march_month + 3 : march_month - 9);
  return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
          .month = month,
          .day = static_cast<unsigned>(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

Error DateError(std::string message) {
  return {.type = ErrorType::kArgumentError,
          .detail = "InvalidArgumentValue",
          .message = std::move(message),
          .phase = Phase::kRuntime,
          .place = {}};
}

std::string FormatYear(std::int64_t year) {
  if (year < 0) return fmt::format("-{:04}", -year);
  return year > 9999 ? fmt::format("+{}", year) : fmt::format("{:04}", year);
}

Result<DayRange> ParseDays(std::string_view text, std::string_view expected) {
  std::string_view rest = text;
  Fields fields;
  if (TakeYear(rest, fields.year)) {
    for (const std::string_view form : kForms) {
      if (ReadForm(rest, form, fields)) return DaysOf(text, form, fields);
    }
  }
  return NoDay(text, fmt::format("expected {}", expected));
}

Result<Date> ParseDate(std::string_view text) {
  const Result<DayRange> days = ParseDays(
      text, "year, month and day as in '2019-06-15' or '20190615', or '2019-06', '2019', '2019-W24-6', '2019-166'");
  if (!days) return days.error();
  return Date{days->first};
}

std::string ToText(Date date) {
  const CalendarDay day = CalendarDayOf(date.day);
  return fmt::format("{}-{:02}-{:02}", FormatYear(day.year), day.month, day.day);
}

}  // namespace plenum
