// What columns, row maps and label sets cost: a block of 4096 values is encoded, decoded, read at random slots,
// filtered.
//
// Counters: `value` is the time for one, `bytes` is a value's share of the encoded block, `memory` of the decoded one.
// What a filter leaves, or a read gives, is checked after the clock.
#include <benchmark/benchmark.h>

#include <array>
#include <bit>
#include <random>
#include <string>
#include <vector>

#include "engine/storage/column.h"
#include "engine/storage/column_builder.h"
#include "engine/storage/column_fold.h"
#include "engine/storage/label_set.h"
#include "engine/storage/row_map.h"

namespace {

using namespace plenum::storage;
using plenum::Date;
using plenum::Interval;
using plenum::PartialDate;
using plenum::Value;

enum class Content { kDates, kDoubles, kCities, kNames, kSequence, kMillions, kBooleans, kIntervals };

std::string AnyName(std::mt19937_64& random) {
  std::string name;
  for (std::uint64_t i = 12 + random() % 17; i > 0; --i) name += static_cast<char>('a' + random() % 26);
  return name;
}

// With exact days; one of three goes on.
Interval AnyInterval(std::mt19937_64& random) {
  const auto from = static_cast<std::int64_t>(10'000 + random() % 8000);
  const std::int64_t until = from + 1 + static_cast<std::int64_t>(random() % 2000);
  Interval interval{PartialDate{from, from}, std::nullopt};
  if (random() % 3 != 0) interval.until = PartialDate{until, until};
  return interval;
}

std::vector<Value> MakeValues(Content content) {
  std::mt19937_64 random(1);
  std::vector<std::string> cities(200);
  for (std::string& city : cities) city = AnyName(random);
  std::vector<Value> values;
  for (std::int64_t i = 0; i < kBlockSlots; ++i) {
    switch (content) {
      case Content::kDates:
        values.emplace_back(Date{static_cast<std::int64_t>(random() % 14'610)});  // forty years
        break;
      case Content::kDoubles:
        values.emplace_back(static_cast<double>(random() >> 11) * 0x1p-53);
        break;
      case Content::kCities:
        values.emplace_back(cities[random() % cities.size()]);
        break;
      case Content::kNames:
        values.emplace_back(AnyName(random));
        break;
      case Content::kSequence:
        values.emplace_back(1'000'000 + i);
        break;
      case Content::kMillions:
        values.emplace_back(static_cast<std::int64_t>(random() % 5'000'000));
        break;
      case Content::kBooleans:
        values.emplace_back(random() % 2 == 0);
        break;
      case Content::kIntervals:
        values.emplace_back(AnyInterval(random));
        break;
    }
  }
  return values;
}

void Count(benchmark::State& state, std::int64_t values) {
  state.counters["value"] = benchmark::Counter(static_cast<double>(state.iterations() * values),
                                               benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void Share(benchmark::State& state, const std::string& bytes) {
  state.counters["bytes"] = static_cast<double>(bytes.size()) / kBlockSlots;
  state.counters["memory"] = static_cast<double>(Column::Decode(bytes)->bytes()) / kBlockSlots;
}

void Encode(benchmark::State& state, Content content) {
  const std::vector<Value> values = MakeValues(content);
  ColumnBuilder builder;
  std::string bytes;
  for (auto _ : state) {
    for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) {
      const Value& value = values[slot];
      if (value.kind() == Value::Kind::kString) {
        builder.AddText(slot, value.string());
      } else {
        builder.AddValue(slot, value);
      }
    }
    benchmark::DoNotOptimize(bytes = builder.Finish());
  }
  Count(state, kBlockSlots);
  Share(state, bytes);
}

void Decode(benchmark::State& state, Content content) {
  const std::string bytes = EncodeColumn(MakeValues(content));
  for (auto _ : state) benchmark::DoNotOptimize(Column::Decode(bytes));
  Count(state, kBlockSlots);
  Share(state, bytes);
}

void Fold(benchmark::State& state, Content content) {
  const std::vector<Value> values = MakeValues(content);
  const std::string bytes = EncodeColumn(values);
  std::string operands;
  for (std::uint32_t slot = 0; slot < 64; ++slot) AppendColumnSet(operands, slot * 61, values[slot]);
  const std::string_view some[] = {operands};
  for (auto _ : state) benchmark::DoNotOptimize(FoldColumn(bytes, some));
  Count(state, kBlockSlots);
}

std::vector<std::uint32_t> RandomSlots() {
  std::mt19937 random(2);
  std::vector<std::uint32_t> slots(kBlockSlots);
  for (std::uint32_t& slot : slots) slot = random() % kBlockSlots;
  return slots;
}

// By type, as a compiled expression would read it.
void Point(benchmark::State& state, Content content) {
  const auto column = Column::Decode(EncodeColumn(MakeValues(content)));
  const std::vector<std::uint32_t> slots = RandomSlots();
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (const std::uint32_t slot : slots) {
      if (!column->Has(slot)) continue;
      switch (column->kind()) {
        case ColumnKind::kIntegers:
        case ColumnKind::kDates:
          sum += static_cast<std::uint64_t>(column->NumberAt(slot));
          break;
        case ColumnKind::kFloats:
          sum += std::bit_cast<std::uint64_t>(column->FloatAt(slot));
          break;
        case ColumnKind::kBooleans:
          sum += column->BooleanAt(slot) ? 1 : 0;
          break;
        case ColumnKind::kDictionary:
        case ColumnKind::kStrings:
          if (!column->IsLong(slot)) sum += column->TextAt(slot).size();
          break;
        case ColumnKind::kIntervals:
          sum += column->IntervalAt(slot).until.has_value() ? 1 : 0;
          break;
        case ColumnKind::kMixed:
          sum += column->CellAt(slot).size();
      }
    }
    benchmark::DoNotOptimize(sum);
  }
  Count(state, kBlockSlots);
}

void PointAsValue(benchmark::State& state, Content content) {
  const auto column = Column::Decode(EncodeColumn(MakeValues(content)));
  const std::vector<std::uint32_t> slots = RandomSlots();
  for (auto _ : state) {
    for (const std::uint32_t slot : slots) benchmark::DoNotOptimize(column->ValueAt(slot));
  }
  Count(state, kBlockSlots);
}

using Selection = std::array<std::uint64_t, kBlockWords>;

template <class Filter>
void RunFilter(benchmark::State& state, Filter filter) {
  Selection selection;
  for (auto _ : state) {
    selection.fill(~std::uint64_t{0});
    filter(selection.data());
    benchmark::DoNotOptimize(selection);
  }
  Count(state, kBlockSlots);
  std::int64_t kept = 0;
  for (const std::uint64_t word : selection) kept += std::popcount(word);
  if (kept == 0 || kept == kBlockSlots) state.SkipWithError("a filter should keep some slots, and not all");
}

void FilterNumbers(benchmark::State& state, Content content) {
  const auto column = Column::Decode(EncodeColumn(MakeValues(content)));
  const std::int64_t first = content == Content::kSequence ? 1'000'000 : 0;
  RunFilter(state, [&](std::uint64_t* selection) { column->FilterRange(first + 1000, first + 3000, selection); });
}

void FilterFloats(benchmark::State& state) {
  const auto column = Column::Decode(EncodeColumn(MakeValues(Content::kDoubles)));
  RunFilter(state, [&](std::uint64_t* selection) { column->FilterRange(0.25, 0.5, selection); });
}

void FilterIntervals(benchmark::State& state) {
  const auto column = Column::Decode(EncodeColumn(MakeValues(Content::kIntervals)));
  RunFilter(state, [&](std::uint64_t* selection) { column->FilterHoldsCertainly(14'000, 14'000, selection); });
}

void FilterText(benchmark::State& state, Content content) {
  const auto column = Column::Decode(EncodeColumn(MakeValues(content)));
  const std::string wanted(column->TextAt(77));
  RunFilter(state, [&](std::uint64_t* selection) { column->FilterEqual(wanted, selection); });
}

// ---- Row maps: 63 of the slots have each of twenty properties

std::string MakeRowMap() {
  RowMapBuilder builder;
  for (std::uint32_t slot = 0; slot < 63; ++slot) {
    for (std::uint16_t property = 0; property < 20; ++property)
      builder.AddValue(slot * 65, property, static_cast<std::int64_t>(slot * property));
  }
  return builder.Finish();
}

void RowMapDecode(benchmark::State& state) {
  const std::string bytes = MakeRowMap();
  for (auto _ : state) benchmark::DoNotOptimize(RowMap::Decode(bytes));
  Count(state, 63 * 20);
  state.counters["bytes"] = static_cast<double>(bytes.size()) / (63 * 20);
  state.counters["memory"] = static_cast<double>(RowMap::Decode(bytes)->bytes()) / (63 * 20);
}

void RowMapEncode(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(MakeRowMap());
  Count(state, 63 * 20);
}

void RowMapPoint(benchmark::State& state) {
  const auto map = RowMap::Decode(MakeRowMap());
  const std::vector<std::uint32_t> slots = RandomSlots();
  for (auto _ : state) {
    for (const std::uint32_t slot : slots) {
      benchmark::DoNotOptimize(map->ValueAt(slot % 63 * 65, static_cast<std::uint16_t>(slot % 20)));
    }
  }
  Count(state, kBlockSlots);
}

// ---- Label sets of state.range(0) nodes anywhere

std::string MakeLabelSet(std::int64_t count) {
  std::mt19937 random(3);
  std::vector<std::uint64_t> words(kLabelWords);
  for (std::int64_t i = 0; i < count;) {
    const std::uint32_t node = random() % kLabelRange;
    const std::uint64_t bit = std::uint64_t{1} << (node % 64);
    i += (words[node / 64] & bit) == 0 ? 1 : 0;
    words[node / 64] |= bit;
  }
  return EncodeLabelSetWords(words);
}

void LabelDecode(benchmark::State& state) {
  const std::string bytes = MakeLabelSet(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(LabelSet::Decode(bytes));
  Count(state, state.range(0));
  state.counters["bytes"] = static_cast<double>(bytes.size()) / static_cast<double>(state.range(0));
}

void LabelHas(benchmark::State& state) {
  const auto set = LabelSet::Decode(MakeLabelSet(state.range(0)));
  const std::vector<std::uint32_t> slots = RandomSlots();
  for (auto _ : state) {
    std::uint32_t hits = 0;
    for (const std::uint32_t slot : slots) hits += set->Has(static_cast<std::uint16_t>(slot * 16)) ? 1 : 0;
    benchmark::DoNotOptimize(hits);
  }
  Count(state, kBlockSlots);
}

void LabelForEach(benchmark::State& state) {
  const auto set = LabelSet::Decode(MakeLabelSet(state.range(0)));
  for (auto _ : state) {
    std::uint32_t sum = 0;
    set->ForEach([&](std::uint16_t node) { sum += node; });
    benchmark::DoNotOptimize(sum);
  }
  Count(state, state.range(0));
}

void LabelFold(benchmark::State& state) {
  const std::string bytes = MakeLabelSet(state.range(0));
  std::string operands;
  for (std::uint16_t node = 0; node < 64; ++node) AppendLabelOn(operands, node * 1000);
  const std::string_view some[] = {operands};
  for (auto _ : state) benchmark::DoNotOptimize(FoldLabelSet(bytes, some));
  Count(state, state.range(0));
}

#define FOR_EACH_CONTENT(suite)                           \
  BENCHMARK_CAPTURE(suite, dates, Content::kDates);       \
  BENCHMARK_CAPTURE(suite, doubles, Content::kDoubles);   \
  BENCHMARK_CAPTURE(suite, cities_200, Content::kCities); \
  BENCHMARK_CAPTURE(suite, names_20, Content::kNames);    \
  BENCHMARK_CAPTURE(suite, sequence, Content::kSequence); \
  BENCHMARK_CAPTURE(suite, millions, Content::kMillions); \
  BENCHMARK_CAPTURE(suite, booleans, Content::kBooleans); \
  BENCHMARK_CAPTURE(suite, intervals, Content::kIntervals)

FOR_EACH_CONTENT(Encode);
FOR_EACH_CONTENT(Decode);
FOR_EACH_CONTENT(Fold);
FOR_EACH_CONTENT(Point);
FOR_EACH_CONTENT(PointAsValue);
BENCHMARK_CAPTURE(FilterNumbers, dates, Content::kDates);
BENCHMARK_CAPTURE(FilterNumbers, sequence, Content::kSequence);
BENCHMARK_CAPTURE(FilterNumbers, millions, Content::kMillions);
BENCHMARK(FilterFloats);
BENCHMARK(FilterIntervals);
BENCHMARK_CAPTURE(FilterText, cities_200, Content::kCities);
BENCHMARK_CAPTURE(FilterText, names_20, Content::kNames);
BENCHMARK(RowMapEncode);
BENCHMARK(RowMapDecode);
BENCHMARK(RowMapPoint);
BENCHMARK(LabelDecode)->Arg(200)->Arg(4096)->Arg(30'000);
BENCHMARK(LabelHas)->Arg(200)->Arg(4096)->Arg(30'000);
BENCHMARK(LabelForEach)->Arg(200)->Arg(4096)->Arg(30'000);
BENCHMARK(LabelFold)->Arg(200)->Arg(4096)->Arg(30'000);

}  // namespace
