// A commit: what a transaction wrote becomes merge operands for the store and, once the store has them, changes of the
// blocks that are in memory.
//
// Both are made from the same lists, grouped by block. Prepare reads what is committed (where a property has a column,
// where a list is) and adds to the store's writes; Publish only adds to memory and cannot fail.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/blocks.h"
#include "engine/graph/catalog.h"
#include "engine/graph/committed_reads.h"
#include "engine/graph/merge_chains.h"
#include "engine/graph/own_writes.h"
#include "engine/storage/store_transaction.h"
#include "plenum/status.h"

namespace plenum::graph {

class Commit {
 public:
  Commit(CommittedReads& reads, const OwnWrites& own, CatalogView& catalog, storage::StoreTransaction& store,
         MergeChains& chains)
      : reads_(reads), own_(own), catalog_(catalog), store_(store), chains_(chains) {}

  Status Prepare();
  // `publication` is that of the commit after the one that `reads` sees.
  void Publish(BlockTables& tables, Publication& publication) const;

 private:
  // ---- Values (commit_values.cpp). A cell is one value of one element that was written.
  struct Cell {
    Owner owner;
    std::uint32_t block = 0;
    std::uint16_t property = 0;
    std::uint32_t slot = 0;
    const Value* value = nullptr;
    auto Order() const { return std::tie(owner, block, property, slot); }
  };
  // The cells of one property in one block, cells_[first] to cells_[end - 1], and where they go.
  struct CellGroup {
    std::size_t first = 0;
    std::size_t end = 0;
    bool in_column = false;
    bool new_column = false;
  };
  void GatherCells();
  Status PrepareCells();
  Status PrepareGroup(CellGroup& group);
  using SlotValues = std::vector<std::pair<std::uint32_t, Value>>;  // ascending
  Result<SlotValues> RowsToMove(const CellGroup& group);
  Status PrepareLongTexts(const CellGroup& group);
  void PublishCells(BlockTables& tables, Publication& publication) const;

  // ---- Lists (commit_lists.cpp).
  // What is written to a list in its segment, or to one of its chunks.
  struct ListPart {
    ListName name;
    std::optional<std::uint16_t> chunk;
    OwnList entries;
  };
  // A list of which some chunks, or all, were written anew.
  struct Rechunked {
    Chunks chunks;                       // all of them, ascending; none: the list is empty, and in its segment again
    std::vector<std::uint16_t> written;  // of these, and of those that were cut or became empty
  };
  // Where a list is in the segments of its type and direction.
  struct SegmentPlace {
    std::uint8_t bits = 0;
    std::uint32_t segment = 0;
    std::uint32_t local = 0;
  };
  SegmentPlace PlaceInSegments(const ListName& name) const;
  SlotTable& SegmentsOf(BlockTables& tables, const ListName& name) const;
  std::string SegmentKeyOf(const ListName& name) const;
  class ChunkNumbers;
  Status PrepareLists();
  Status PrepareList(const ListName& name, const OwnList& own);
  Status PrepareChunks(const ListName& name, const OwnList& own, const Chunks& chunks);
  Status PrepareChunk(const ListName& name, const Chunks::value_type& chunk, OwnList own, ChunkNumbers& numbers,
                      Rechunked& made);
  Status WriteChunks(const ListName& name, std::vector<Neighbour> list, ChunkNumbers& numbers, Rechunked& made);
  bool WroteValidities(const ListName& name, std::optional<std::uint16_t> chunk) const;
  void MoveToChunks(const ListName& name, Rechunked made);
  void AppendOperand(std::string& operand, std::uint32_t local, const OwnList& own) const;
  Status PrepareValidities();
  Status PrepareValidity(const ListName& name, const Neighbour& neighbour, const std::optional<Interval>& validity);
  Result<std::optional<Interval>> ValidityOf(RelationshipId relationship);
  void PublishPart(const ListPart& part, BlockTables& tables, Publication& publication) const;
  void PublishLists(BlockTables& tables, Publication& publication) const;

  Status FoldLongChains();
  static void Drop(SlotTable& table, std::uint32_t number, Publication& publication);
  void PrepareLabels();
  void PublishLabels(BlockTables& tables, Publication& publication) const;

  CommittedReads& reads_;
  const OwnWrites& own_;
  CatalogView& catalog_;
  storage::StoreTransaction& store_;
  MergeChains& chains_;
  std::vector<Cell> cells_;
  std::vector<CellGroup> groups_;
  std::vector<ListPart> parts_;
  std::unordered_map<ListName, Rechunked, ListNameHash> rechunked_;
  std::vector<ListPart> revalued_;  // whose validity lane was written; without entries
};

}  // namespace plenum::graph
