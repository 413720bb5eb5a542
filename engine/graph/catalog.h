// The names of labels, relationship types and property keys, with their numbers; the indexes; and how the adjacency of
// each type is cut into segments.
//
// A Catalog is what is committed: it is read once, shared by all transactions, and replaced when a commit adds to it.
// A CatalogView is what one transaction sees: a Catalog and what the transaction has added, with savepoints. Names are
// never taken away, so a number means the same name for ever.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {

using storage::Space;

// The names of one space; a name's number is its place.
class Names {
 public:
  Names() = default;
  Names(const Names& other);
  Names& operator=(const Names&) = delete;

  std::optional<std::size_t> Find(std::string_view name) const;
  const std::string& operator[](std::size_t number) const { return names_[number]; }
  std::size_t size() const { return names_.size(); }
  void Add(std::string name);
  void Truncate(std::size_t size);

 private:
  std::deque<std::string> names_;  // a deque: names stay where they are, others refer to them
  std::unordered_map<std::string_view, std::size_t> numbers_;
};

using storage::IndexDefinition;

// log2 of how many nodes share a segment, by type and direction.
using SegmentBitsMap = std::map<std::pair<TypeId, Direction>, std::uint8_t>;

struct Catalog {
  static constexpr std::size_t kNamesMax = storage::kNamesEnd;

  static Result<std::shared_ptr<const Catalog>> Read(storage::StoreTransaction& store);
  static Error TooManyNames(std::string_view name);

  Names names[3];                        // by Space
  std::vector<IndexDefinition> indexes;  // those in use, and dropped ones whose entries are not all deleted yet
  SegmentBitsMap segment_bits;
  SegmentBitsMap left_over_cuts;  // whose segments nobody reads, when the catalog was read
};

// The one in use, null where there is none.
const IndexDefinition* FindIndex(const std::vector<IndexDefinition>& indexes, LabelId label, KeyId key, bool unique);

class CatalogView {
 public:
  explicit CatalogView(std::shared_ptr<const Catalog> committed)
      : committed_(std::move(committed)), indexes_(committed_->indexes) {}

  std::optional<std::uint16_t> Find(Space space, std::string_view name) const;
  const std::string& NameOf(Space space, std::uint16_t number) const;
  std::size_t Size(Space space) const;
  std::uint16_t Add(Space space, std::string name);  // which must be new; at most kNamesMax of them

  const IndexDefinition* FindIndex(LabelId label, KeyId key, bool unique) const {
    return graph::FindIndex(indexes_, label, key, unique);
  }
  const std::vector<IndexDefinition>& indexes() const { return indexes_; }
  void AddIndex(const IndexDefinition& index) { indexes_.push_back(index); }
  void DropIndex(std::uint32_t index);

  // Absent before the type has its first relationship.
  std::optional<std::uint8_t> SegmentBits(TypeId type, Direction direction) const;
  void SetSegmentBits(TypeId type, Direction direction, std::uint8_t bits) { added_bits_[{type, direction}] = bits; }

  // What has been changed so far, to go back to.
  struct Mark {
    std::size_t names[3] = {0, 0, 0};
    std::vector<IndexDefinition> indexes;
    SegmentBitsMap bits;
  };
  Mark Changed() const;
  void GoBackTo(Mark mark);

  // The committed catalog with what was changed: the same one when nothing was.
  std::shared_ptr<const Catalog> Merged() const;

 private:
  static std::size_t Index(Space space) { return static_cast<std::size_t>(space); }

  std::shared_ptr<const Catalog> committed_;
  Names added_[3];
  std::vector<IndexDefinition> indexes_;
  SegmentBitsMap added_bits_;
};

}  // namespace plenum::graph
