// A check names each kind of damage.
#include <gtest/gtest.h>

#include <functional>

#include "engine/graph/citation_code.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/column_fold.h"
#include "engine/storage/fold.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/label_set.h"
#include "engine/storage/row_map.h"
#include "engine/storage/segment_operand.h"
#include "engine/storage/statistics_code.h"
#include "tests/graph/checked_people.h"

namespace plenum::graph {
namespace {

std::string U64(std::uint64_t number) { return storage::BigEndian(number, 8); }

// What is stored under a key, after an operand.
void Fold(Contents& contents, const std::string& key, const std::string& operand) {
  const auto base = contents.find(key);
  const std::string_view operands[] = {operand};
  const auto folded = storage::Fold(
      key, base == contents.end() ? std::nullopt : std::optional<std::string_view>(base->second), operands);
  ASSERT_TRUE(folded);
  contents[key] = *folded;
}

struct Damage {
  const char* problem;  // the beginning of the line that names it
  std::function<void(Contents&)> damage;
};

void ExpectNamed(const std::vector<Damage>& damages) {
  for (const Damage& each : damages) {
    Contents damaged = HealthyPeople();
    each.damage(damaged);
    ASSERT_NE(damaged, HealthyPeople()) << each.problem;
    const CheckReport report = CheckOf(damaged);
    const std::string text = "\n" + Text(report.problems);
    EXPECT_NE(text.find(std::string("\n") + each.problem), std::string::npos) << each.problem << " is not in" << text;
    EXPECT_LE(report.problem_count, 6U) << each.problem << " drowns in" << text;
  }
}

const storage::Owner kNodes{};
const storage::Owner kKnowsOwner{kKnows};
constexpr unsigned kBits = 12;

std::string ListOperand(const std::function<void(std::string&)>& append) {
  std::string operand = storage::BeginSegmentOperand(kBits);
  append(operand);
  return operand;
}

void SetCell(Contents& contents, storage::Owner owner, std::uint16_t property, std::uint32_t slot, const Value& value) {
  std::string operand;
  storage::AppendColumnSet(operand, slot, value);
  Fold(contents, storage::ColumnKey(owner, property, 0), operand);
}

TEST(Check, NamesDamageOfRelationships) {
  const std::string out = storage::SegmentKey(kKnows, kOut, kBits, 0);
  const std::string in = storage::SegmentKey(kKnows, kIn, kBits, 0);
  ExpectNamed({
      {"relationship KNOWS 20 is missing from the outgoing ones of node 20; dump",
       [&](Contents& c) { Fold(c, out, ListOperand([](auto& o) { storage::AppendRemove(o, 20, 21, 20); })); }},
      {"relationship KNOWS 20 is missing from the incoming ones of node 21; dump",
       [&](Contents& c) { Fold(c, in, ListOperand([](auto& o) { storage::AppendRemove(o, 21, 20, 20); })); }},
      {"relationship KNOWS 500 is among the outgoing ones of node 20, and there is no such relationship",
       [&](Contents& c) {
         Fold(c, out, ListOperand([](auto& o) { storage::AppendAdd(o, {20, 60, 500, std::nullopt}); }));
       }},
      {"relationship KNOWS 20 is listed more than once as outgoing",
       [&](Contents& c) {
         Fold(c, out, ListOperand([](auto& o) { storage::AppendAdd(o, {20, 60, 20, std::nullopt}); }));
       }},
      {"relationship KNOWS 20 goes from node 20 to node 21, and is listed as incoming from node 22 to node 21",
       [&](Contents& c) {
         Fold(c, in, ListOperand([](auto& o) { storage::AppendRemove(o, 21, 20, 20); }));
         Fold(c, in, ListOperand([](auto& o) { storage::AppendAdd(o, {21, 22, 20, std::nullopt}); }));
       }},
      {"relationship KNOWS 3 holds",
       [&](Contents& c) {
         Fold(c, out, ListOperand([](auto& o) { storage::AppendSetValidity(o, 3, 4, 3, std::nullopt); }));
       }},
      {"relationship KNOWS 4 holds always, and is listed as incoming with",
       [&](Contents& c) {
         Fold(c, in, ListOperand([](auto& o) {
                storage::AppendSetValidity(o, 5, 4, 4, Interval{PartialDate{1, 1}, std::nullopt});
              }));
       }},
      {"relationship KNOWS 30 goes from node 30 to node 900, and there is no node 900",
       [&](Contents& c) { SetCell(c, kKnowsOwner, storage::kEndProperty, 30, Value(std::int64_t{900})); }},
      {"relationship KNOWS 30 has a start and no end",
       [&](Contents& c) { SetCell(c, kKnowsOwner, storage::kEndProperty, 30, Value()); }},
      {"relationship KNOWS 30: its end is no node",
       [&](Contents& c) { SetCell(c, kKnowsOwner, storage::kEndProperty, 30, Value("x")); }},
      {"relationship KNOWS 30 has a value of end, and there is no such relationship",
       [&](Contents& c) { SetCell(c, kKnowsOwner, storage::kStartProperty, 30, Value()); }},
      {"relationship KNOWS 3: its validity is no interval",
       [&](Contents& c) {
         std::string operand;
         storage::AppendRowSet(operand, 3, storage::kValidityProperty, Value(std::int64_t{1}));
         Fold(c, storage::RowMapKey(kKnowsOwner, 0), operand);
       }},
      {"there are outgoing KNOWS relationships of node 700, and there is no such node",
       [&](Contents& c) {
         Fold(c, out, ListOperand([](auto& o) { storage::AppendAdd(o, {700, 60, 500, std::nullopt}); }));
       }},
      {"outgoing segment 0 of type KNOWS is one of 2^12 nodes, which is not what the catalog says",
       [&](Contents& c) { c[storage::SegmentBitsKey(kKnows, kOut)] = std::string(1, '\x05'); }},
      {"outgoing segment 0 of type KNOWS: its stored bytes are damaged", [&](Contents& c) { c[out].resize(9); }},
  });
}

// The list of the hub in two chunks of those it has.
std::vector<storage::HubStub> HubsOf(const Contents& contents) {
  const auto segment = storage::Segment::Decode(contents.at(storage::SegmentKey(kHub, kOut, kBits, 0)));
  return {segment->hubs().begin(), segment->hubs().end()};
}

TEST(Check, NamesDamageOfHubs) {
  const std::vector<storage::HubStub> hubs = HubsOf(HealthyPeople());
  ASSERT_EQ(hubs.size(), 1U);
  ASSERT_GE(hubs[0].chunks.size(), 3U);
  const auto put_chunks = [](Contents& c, std::span<const storage::HubStub::Chunk> chunks) {
    const storage::HubStub hub{kHubNode, {chunks.begin(), chunks.end()}};
    c[storage::SegmentKey(kHub, kOut, kBits, 0)] =
        storage::EncodeSegment(kBits, std::span<const storage::SegmentEntry>(), std::span(&hub, 1));
  };
  const auto chunk_key = [](std::uint16_t chunk) { return storage::ChunkKey(kHub, kOut, kHubNode, chunk); };
  auto swapped = hubs[0].chunks;
  std::swap(swapped[0].chunk, swapped[1].chunk);
  auto later = hubs[0].chunks;
  later[1].first_target += 1;
  ExpectNamed({
      {"chunk 1 of the outgoing HUB relationships of node 5 is missing; dump",
       [&](Contents& c) { c.erase(chunk_key(1)); }},
      {"chunk 9 of the outgoing HUB relationships of node 5 is there, and nothing refers to it",
       [&](Contents& c) { c[chunk_key(9)] = c[chunk_key(1)]; }},
      {"chunk 1 of the outgoing HUB relationships of node 5 holds relationships of another chunk",
       [&](Contents& c) { put_chunks(c, later); }},
      {"the outgoing HUB relationships of node 5 are not in order at the one to node",
       [&](Contents& c) { put_chunks(c, swapped); }},
      {"the outgoing HUB relationships of node 5 are in a segment and in chunks",
       [&](Contents& c) {
         const storage::SegmentEntry entry{kHubNode, 1, 50'000, std::nullopt};
         const std::string both = storage::EncodeSegment(kBits, std::span(&entry, 1), hubs);
         c[storage::SegmentKey(kHub, kOut, kBits, 0)] = both;
       }},
      {"chunk 1 of the outgoing HUB relationships of node 5: its stored bytes are damaged",
       [&](Contents& c) { c[chunk_key(1)].resize(20); }},
  });
}

TEST(Check, NamesDamageOfNodesAndValues) {
  const auto set_label = [](Contents& c, std::uint16_t label, std::uint16_t node, bool on) {
    std::string operand;
    (on ? storage::AppendLabelOn : storage::AppendLabelOff)(operand, node);
    Fold(c, storage::LabelSetKey(label, 0), operand);
  };
  const auto set_row = [](Contents& c, std::uint32_t slot, std::uint16_t property, const Value& value) {
    std::string operand;
    storage::AppendRowSet(operand, slot, property, value);
    Fold(c, storage::RowMapKey(kNodes, 0), operand);
  };
  ExpectNamed({
      {"node 800 is labelled Town, and there is no such node", [&](Contents& c) { set_label(c, kTown, 800, true); }},
      {"the counter of nodes labelled Town says 10, and there are 9",
       [&](Contents& c) { set_label(c, kTown, 10, false); }},
      {"node 800 has a value of property 'rare', and there is no such node",
       [&](Contents& c) { set_row(c, 800, kRare, Value(true)); }},
      {"node 800 has a value of property 'age', and there is no such node",
       [&](Contents& c) { SetCell(c, kNodes, kAge, 800, Value(true)); }},
      {"node 3: its validity is no interval",
       [&](Contents& c) { set_row(c, 3, storage::kValidityProperty, Value(true)); }},
      {"property key 77 is in use and has no name in the catalog",
       [&](Contents& c) { set_row(c, 3, 77, Value(true)); }},
      {"relationship type 9 is in use and has no name in the catalog",
       [&](Contents& c) {
         c[storage::SegmentKey(9, kOut, kBits, 0)] = storage::EncodeSegment(kBits, storage::SegmentColumns{});
       }},
      {"label 9 is in use and has no name in the catalog",
       [&](Contents& c) { c[storage::LabelSetKey(9, 0)] = storage::EncodeLabelSet({}); }},
      {"the column of property 'rare' of nodes 0 to 4095 is in the block's list of columns and missing",
       [&](Contents& c) {
         std::string operand;
         storage::AppendHasColumn(operand, kRare);
         Fold(c, storage::RowMapKey(kNodes, 0), operand);
         c.erase(storage::LongTextKey(kNodes, kRare, 40));
       }},
      {"the column of property 'rare' of nodes 0 to 4095 is not in the block's list of columns",
       [&](Contents& c) { SetCell(c, kNodes, kRare, 1, Value(true)); }},
      {"property 'age' of nodes 0 to 4095 has values in its column and in the row map",
       [&](Contents& c) {
         storage::RowMapBuilder builder;
         for (const std::uint16_t property : {kName, kAge}) builder.AddColumn(property);
         const auto rows = storage::RowMap::Decode(c[storage::RowMapKey(kNodes, 0)]);
         builder.AddValue(0, kAge, Value(true));
         rows->ForEach([&](auto slot, auto property, auto cell) { builder.AddCell(slot, property, cell); });
         c[storage::RowMapKey(kNodes, 0)] = builder.Finish();
       }},
      {"property 'rare' of nodes 0 to 4095 has 90 values and no column",
       [&](Contents& c) {
         for (std::uint32_t slot = 0; slot < 100; ++slot) {
           if (slot < 90 || slot % 20 == 0) set_row(c, slot, kRare, Value(true));
         }
         c.erase(storage::LongTextKey(kNodes, kRare, 40));
       }},
      {"node 7: the text of its property 'name' is missing",
       [&](Contents& c) { c.erase(storage::LongTextKey(kNodes, kName, 7)); }},
      {"node 40: the text of its property 'rare' is too short",
       [&](Contents& c) { c[storage::LongTextKey(kNodes, kRare, 40)] = "short"; }},
      {"node 8: there is a long text for its property 'name', which does not refer to it",
       [&](Contents& c) { c[storage::LongTextKey(kNodes, kName, 8)] = std::string(2000, 'x'); }},
      {"the column of property 'name' of nodes 0 to 4095: its stored bytes are damaged",
       [&](Contents& c) { c[storage::ColumnKey(kNodes, kName, 0)].resize(30); }},
      {"the key 3300 is of no kind that this format has", [&](Contents& c) { c[std::string("\x33\0", 2)] = ""; }},
      {"the key 3001 is of no kind that this format has", [&](Contents& c) { c[std::string("\x30\1", 2)] = ""; }},
  });
}

TEST(Check, NamesDamageOfTheCatalogAndNumbers) {
  using storage::Space;
  ExpectNamed({
      {"the counter of nodes says 5, and there are 101", [](Contents& c) { c[storage::NodeCountKey()] = U64(5); }},
      {"the counter of relationships of type KNOWS says 5, and there are 102",
       [](Contents& c) { c[storage::TypeCountKey(kKnows)] = U64(5); }},
      {"the counter of self-loops of type KNOWS says 5, and there are 1",
       [](Contents& c) { c[storage::LoopCountKey(kKnows)] = U64(5); }},
      {"the counter of parallel relationships of type HUB says 5, and there are 16900",
       [](Contents& c) { c[storage::ParallelCountKey(kHub)] = U64(5); }},
      {"the counter of nodes labelled Town says 0, and there are 10",
       [](Contents& c) { c.erase(storage::LabelCountKey(kTown)); }},
      {"relationship KNOWS 3 is beyond the numbers given out: the next is 3",
       [](Contents& c) { c[storage::NextRelationshipKey(kKnows)] = U64(3); }},
      {"the next node of label Person is 50, and there is a node 50 already",
       [](Contents& c) { c[storage::NextNodeKey(kPerson)] = U64(50); }},
      {"the next node of label Town is 200, in an extent that another label fills",
       [](Contents& c) { c[storage::NextNodeKey(kTown)] = U64(200); }},
      {"the next node of label Town is 900000, beyond the extents given out",
       [](Contents& c) { c[storage::NextNodeKey(kTown)] = U64(900'000); }},
      {"node 4096 is beyond the extents given out, of which there are 1",
       [](Contents& c) { c[storage::NextExtentKey()] = U64(1); }},
      {"the unique index on :Person(name) has number 0, beyond the numbers given out",
       [](Contents& c) { c.erase(storage::NextIndexKey()); }},
      {"the names have a gap before property key 9",
       [](Contents& c) { c[storage::NameKey(Space::kKeys, 9)] = "late"; }},
      {"label 2 has the name 'Town' of number 1", [](Contents& c) { c[storage::NameKey(Space::kLabels, 2)] = "Town"; }},
      {"the name of label 2 is not UTF-8", [](Contents& c) { c[storage::NameKey(Space::kLabels, 2)] = "\xC0"; }},
      {"the statistics of the graph: its stored bytes are damaged",
       [](Contents& c) { c[storage::DegreesKey(kKnows, kOut)] = "?"; }},
      {"the definition of an index: its stored bytes are damaged",
       [](Contents& c) { c[storage::IndexDefinitionKey(7)] = "?"; }},
  });
}

TEST(Check, NamesDamageOfIndexes) {
  const Value age(std::int64_t{3});
  std::string ten;
  storage::AppendBigEndian(ten, 10, 4);
  ExpectNamed({
      {"node 20 is missing from the unique index on :Person(name)",
       [](Contents& c) { c.erase(storage::IndexKey(0, Value("person 20"))); }},
      {"the unique index on :Person(name) has an entry of node 10 for a value that it does not have",
       [&](Contents& c) { c[storage::IndexKey(0, Value("nobody"))] = ten; }},
      {"node 3 is missing from the range index on :Person(age)",
       [&](Contents& c) { c.erase(storage::IndexKey(1, age, NodeId{3})); }},
      {"the range index on :Person(age) has an entry of node 4 for a value that it does not have",
       [&](Contents& c) { c[storage::IndexKey(1, age, NodeId{4})] = ""; }},
      {"an entry of the range index on :Person(age): its stored bytes are damaged",
       [&](Contents& c) { c[storage::IndexKey(1, age, NodeId{3})] = "?"; }},
      {"index 8 has entries and no definition", [&](Contents& c) { c[storage::IndexKey(8, age)] = ten; }},
      {"node 20 and node 21 have the same value in the unique index on :Person(name)",
       [](Contents& c) {
         SetCell(c, kNodes, kName, 21, Value("person 20"));
         c.erase(storage::IndexKey(0, Value("person 21")));
       }},
  });
}

TEST(Check, NamesDamageOfEvidence) {
  const std::string of_node = storage::FactBytes(NodeId{1}, std::nullopt);
  const std::string of_age = storage::FactBytes(NodeId{1}, kAge);
  const auto cite = [&](Contents& c, const std::string& fact, NodeId source) {
    c[storage::CitationKey(fact, 7)] = EncodeCitation({source, std::nullopt});
    c[storage::CitedKey(source, fact, 7)] = "";
  };
  ExpectNamed({
      {"source 4096 does not know that it is cited for property 'age' of node 1; dump",
       [&](Contents& c) { c.erase(storage::CitedKey(kSource, of_age, 0)); }},
      {"source 4096 is cited for property 'age' of node 1, which does not say so",
       [&](Contents& c) { c.erase(storage::CitationKey(of_age, 0)); }},
      {"a citation about node 1 is of 3..90 of source 4096, whose text has 12 characters; remove",
       [&](Contents& c) {
         c[storage::CitationKey(of_node, 0)] = EncodeCitation({kSource, std::pair(3U, 90U)});
       }},
      {"a citation about node 1 is of 3..2 of source 4096",
       [&](Contents& c) {
         c[storage::CitationKey(of_node, 0)] = EncodeCitation({kSource, std::pair(3U, 2U)});
       }},
      {"the text of source 4096: its stored bytes are damaged",
       [&](Contents& c) { c[storage::TextKey(kSource)].back() ^= 1; }},
      {"the text of source 800 is there, and there is no such node",
       [&](Contents& c) { c[storage::TextKey(NodeId{800})] = c[storage::TextKey(kSource)]; }},
      {"a citation is about property 'rare' of node 1, which is not there",
       [&](Contents& c) { cite(c, storage::FactBytes(NodeId{1}, kRare), kSource); }},
      {"a citation is about node 800, which is not there",
       [&](Contents& c) { cite(c, storage::FactBytes(NodeId{800}, std::nullopt), kSource); }},
      {"a citation is about relationship KNOWS 800, which is not there",
       [&](Contents& c) {
         const RelationshipId relationship{std::uint64_t{kKnows} << storage::kNumberBits | 800};
         cite(c, storage::FactBytes(relationship, std::nullopt), kSource);
       }},
      {"a citation about node 1 is of source 800, and there is no such node",
       [&](Contents& c) { cite(c, of_node, NodeId{800}); }},
      {"a citation about node 1: its stored bytes are damaged",
       [&](Contents& c) { c[storage::CitationKey(of_node, 0)] = "?"; }},
      {"what source 4096 is cited for: its stored bytes are damaged",
       [&](Contents& c) { c[storage::CitedKey(kSource, of_node, 0)] = "?"; }},
  });
}

}  // namespace
}  // namespace plenum::graph
