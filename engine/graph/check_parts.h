// The parts of a check, one a kind of content. See check_run.h.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/check_run.h"
#include "engine/graph/graph.h"
#include "engine/storage/external_sorter.h"
#include "engine/storage/record_sorter.h"
#include "engine/storage/segment.h"

namespace plenum::graph {

// Names, definitions of indexes, counters, next numbers, statistics (check_catalog.cpp).
class CatalogCheck {
 public:
  explicit CatalogCheck(CheckRun& run) : run_(run) {}
  void Number(std::string_view key, std::string_view value);  // meta, counters, next
  void Statistic(std::string_view key, std::string_view value);
  void Name(std::string_view key, std::string_view value);
  void Definition(std::string_view key, std::string_view value);
  void SegmentBits(std::string_view key, std::string_view value);
  void End();  // when everything has been counted

 private:
  void CompareCounter(const std::string& key, std::uint64_t stored);
  void CheckNextNode(std::uint16_t home, std::uint64_t next, std::uint64_t extents_end);
  void CheckNextNumbers();
  std::string CounterName(std::string_view key) const;
  std::uint64_t Stored(const std::string& key) const;

  CheckRun& run_;
  std::map<std::string, std::uint64_t, std::less<>> stored_;
  std::set<std::uint64_t> open_extents_;
};

// Labels, columns, row maps, long strings (check_values.cpp).
class ValueCheck {
 public:
  explicit ValueCheck(CheckRun& run) : run_(run) {}
  void Labels(std::string_view key, std::string_view value);
  void Column(std::string_view key, std::string_view value);
  void RowMap(std::string_view key, std::string_view value);
  void LongText(std::string_view key, std::string_view value);

 private:
  void CheckProperty(storage::Owner owner, std::uint16_t property);
  void CheckRows(storage::Owner owner, std::uint32_t block, const storage::RowMap& rows);
  void CheckOwners(storage::Owner owner, std::uint32_t block, const SlotSet& with, const std::string& what);
  void CheckLongText(storage::Owner owner, std::uint16_t property, std::uint64_t number);
  void NoteBlock(storage::Owner owner, std::uint32_t block);

  CheckRun& run_;
};

// Adjacency against the columns of relationships (check_lists.cpp, check_relationships.cpp). One type at a time: what
// both directions list is sorted by number and compared with the blocks of relationships.
class ListCheck {
 public:
  explicit ListCheck(CheckRun& run) : run_(run) {}
  Status Segment(std::string_view key, std::string_view value);
  void Chunk(std::string_view key, std::string_view value);
  Status End();

 private:
  struct Place {  // of the list at hand
    std::uint16_t type = 0;
    std::uint8_t direction = 0;
    std::uint32_t node = 0;
  };
  using Entry = std::pair<std::uint32_t, std::uint64_t>;  // target, number

  Status BeginType(std::uint16_t type);
  Status EndType();
  Status CheckList(const Place& place, const storage::Segment& segment, const storage::ListView& list);
  Status CheckHub(const Place& place, const storage::HubStub& hub);
  Status CheckChunk(const Place& place, const storage::HubStub& hub, std::size_t at);
  Status AddEntry(const Place& place, Entry entry, const std::optional<Interval>& validity);
  void BeginList(const Place& place);
  std::string ListName(const Place& place) const;

  CheckRun& run_;
  std::optional<std::uint16_t> type_;
  std::unique_ptr<storage::RecordSorter> entries_;
  storage::RecordSorter::Batch batch_;
  std::set<std::uint16_t> compared_;
  std::array<bool, 2> damaged_{};  // by direction: then what is missing may be in what is damaged
  std::optional<Entry> previous_;  // of the list at hand
  bool disorder_ = false;          // was told of the list at hand
  // The hubs of the segment that was asked for last, for chunks.
  std::string hubs_of_;
  bool hubs_readable_ = false;
  std::vector<storage::HubStub> hubs_;
};

// What is listed of one type, ascending by number, against its blocks (check_relationships.cpp).
class RelationshipComparison {
 public:
  RelationshipComparison(CheckRun& run, std::uint16_t type, std::array<bool, 2> lists_damaged)
      : run_(run), owner_{type}, lists_damaged_(lists_damaged) {}

  struct Listed {
    std::uint64_t number = 0;
    std::uint8_t direction = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::optional<Interval> validity;
  };
  void Visit(const Listed& listed);
  void End();

 private:
  void Load(std::uint32_t block);
  void BeginBlock(std::uint32_t block);
  void EndBlock();
  void CheckEnds(std::uint32_t slot, bool without_end);
  using Nodes = std::vector<std::optional<std::uint32_t>>;  // by slot
  void LoadNodes(std::uint16_t property, Nodes& nodes);
  std::string NameOf(std::uint64_t number) const { return run_.ElementName(owner_, number); }

  CheckRun& run_;
  storage::Owner owner_;
  std::array<bool, 2> lists_damaged_;
  std::optional<std::uint32_t> block_;
  bool skipped_ = false;  // the block is damaged
  SlotSet there_;
  Nodes starts_;
  Nodes ends_;
  std::vector<std::optional<Interval>> validities_;
  std::array<SlotSet, 2> seen_;
};

// Citations both ways, and texts of sources (check_evidence.cpp).
class EvidenceCheck {
 public:
  explicit EvidenceCheck(CheckRun& run);
  Status Citation(std::string_view key, std::string_view value);
  void Cited(std::string_view key, std::string_view value);
  void Text(std::string_view key, std::string_view value);
  Status End();

 private:
  std::string FactName(std::string_view fact) const;
  void CheckFact(std::string_view fact);
  void CheckSpan(std::string_view entry);

  CheckRun& run_;
  storage::ExternalSorter cited_;
  bool unreadable_ = false;  // some citation is
  std::optional<std::uint32_t> source_at_hand_;
  std::optional<std::uint64_t> text_size_;  // its text's, in code points
};

// Indexes against the data (check_indexes.cpp).
class IndexCheck {
 public:
  explicit IndexCheck(CheckRun& run) : run_(run) {}
  void Entry(std::string_view key, std::string_view value);
  Status End();

 private:
  Status Gather(const storage::IndexDefinition& index, storage::ExternalSorter& entries);
  Status GatherBlock(const storage::IndexDefinition& index, std::uint32_t block, const std::uint64_t* labelled,
                     storage::ExternalSorter& entries);
  bool IsDoubtful(const storage::IndexDefinition& index, std::uint32_t node);
  Status Compare(const storage::IndexDefinition& index);

  CheckRun& run_;
  std::set<std::uint32_t> damaged_ranges_;  // of the label of the index at hand
  std::set<std::uint32_t> undefined_;       // that were told
};

}  // namespace plenum::graph
