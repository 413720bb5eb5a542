// What the parts of a check share: the snapshot, what is known of names and of the nodes that there are, and what was
// found. See check.h.
//
// Each part looks at the keys of its kinds as they come, in key order, and at the end compares what must be compared in
// another order. Of what is damaged a part says so once; what depends on it is left out, so that one damaged block does
// not drown the rest in consequences.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/stored_blocks.h"
#include "engine/storage/external_sorter.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/label_set.h"
#include "engine/storage/store.h"
#include "plenum/inspection.h"
#include "plenum/status.h"

namespace plenum::graph {

// What helps. Everything that is kept to find something else can be made again from the data; the data cannot.
inline constexpr std::string_view kRestore = "; restore a copy";
inline constexpr std::string_view kMakeAnew = "; dump the database and load the dump into a new one";

std::string_view KindOfName(storage::Space space);  // "label"

class CheckRun {
 public:
  CheckRun(storage::Store& checked, const CheckOptions& given);

  // Names, indexes and the nodes that there are; before anything else is looked at.
  void ReadCatalog();

  void Problem(std::string text);
  // Of what the store cannot read: each message once.
  void Unreadable(const Status& status);
  // Of a value that cannot be read.
  void Damaged(const std::string& what) { Problem(what + ": its stored bytes are damaged" + std::string(kRestore)); }

  // ---- Names, as problems call things. A number without a name is a problem where it is used: see CheckName.
  std::string NameOf(storage::Space space, std::uint16_t number) const;
  std::string LabelName(std::uint16_t label) const { return NameOf(storage::Space::kLabels, label); }
  std::string TypeName(std::uint16_t type) const { return NameOf(storage::Space::kTypes, type); }
  std::string PropertyName(std::uint16_t property) const;
  std::string ElementName(storage::Owner owner, std::uint64_t number) const;
  std::string BlockName(storage::Owner owner, std::uint32_t block) const;
  std::string IndexName(const storage::IndexDefinition& index) const;
  // Says once of each number that it has no name.
  void CheckName(storage::Space space, std::uint16_t number);
  void CheckOwner(storage::Owner owner) {
    if (owner.type) CheckName(storage::Space::kTypes, *owner.type);
  }
  std::size_t NameCount(storage::Space space) const { return names[static_cast<std::size_t>(space)].size(); }

  // ---- Elements.
  bool HasNode(std::uint64_t node) const;
  // Those of a block that are there.
  StoredBlocks::Slots ElementsOf(storage::Owner owner, std::uint32_t block);
  bool HasElement(storage::Owner owner, std::uint64_t number);

  // What was counted, by the key of the counter that must say the same; those that could not be counted.
  std::uint64_t& Count(const std::string& counter_key) { return counted[counter_key]; }

  Status CheckCancelled() const;

  // Every key that begins with `prefix`, until `visit` returns an error, which is returned. What cannot be read is a
  // problem, and the end.
  using VisitKey = std::function<Status(std::string_view key, std::string_view value)>;
  Status ForEachKey(std::string_view prefix, const VisitKey& visit);

  // Compares the sorted entries that there should be with what is stored under a prefix, which ascends too.
  struct EntryComparison {
    // What is compared with an entry, of a stored key and its value.
    std::function<std::string(std::string_view key, std::string_view value)> stored_of;
    std::function<std::string_view(std::string_view entry)> key_of;  // the part of an entry that is compared
    std::function<bool(std::string_view entry)> visit;               // false: it need not be stored
    std::function<void(std::string_view entry)> missing;
    std::function<void(std::string_view stored)> superfluous;
  };
  Status CompareEntries(storage::ExternalSorter& entries, std::string_view prefix, const EntryComparison& comparison);

  storage::Store& store;
  const std::shared_ptr<const storage::Snapshot> snapshot;
  CheckOptions options;
  CheckReport report;
  StoredBlocks blocks;
  std::map<std::uint16_t, std::string> names[3];  // by Space
  std::vector<storage::IndexDefinition> indexes;
  std::map<std::pair<std::uint16_t, std::uint8_t>, storage::SegmentCut> cuts;  // by type, direction
  std::map<std::uint16_t, std::unique_ptr<const storage::LabelSet>> nodes;     // by range; null: damaged
  std::map<std::string, std::uint64_t> counted;
  std::set<std::string> uncountable;
  std::map<std::uint16_t, std::set<std::uint32_t>> relationship_blocks;  // that there are, by type

 private:
  void ReadNames();
  void ReadIndexes();
  void ReadNodes();

  std::set<std::string> unreadable_;
  std::set<std::pair<storage::Space, std::uint16_t>> unnamed_;
};

// Whether a key has the form of its kind (key_layout.h), so that it may be taken apart.
bool IsWellFormedKey(std::string_view key);

}  // namespace plenum::graph
