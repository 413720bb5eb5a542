// See segment_operand.h: changes written, read, and laid over a segment.
//
// A fold sorts the changes as a segment is sorted and goes once through both. Between two nodes that a change touches,
// the segment's lists are copied as they are.
#include <algorithm>
#include <cassert>
#include <map>
#include <tuple>
#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/segment_code.h"
#include "engine/storage/segment_operand.h"
#include "engine/value/mutant.h"

namespace plenum::storage {
namespace {

enum Tag : std::uint8_t {
  kBegin = kSegmentVersion,
  kAddTimeless = 0x10,
  kAddInterval = 0x11,
  kRemove = 0x12,
  kSetTimeless = 0x13,
  kSetInterval = 0x14,
  kSetHub = 0x15,
};

void AppendChange(std::string& operand, Tag tag, std::uint32_t local, std::uint32_t target, std::uint64_t number,
                  const std::optional<Interval>& validity = std::nullopt) {
  assert(operand.size() >= 2 && number >> kNumberBits == 0);
  operand.push_back(static_cast<char>(tag));
  if (validity) AppendInterval(operand, *validity);
  AppendVarint(operand, local);
  AppendVarint(operand, target);
  AppendVarint(operand, number);
}

struct Change {
  std::uint32_t local = 0;
  std::uint32_t target = 0;
  std::uint64_t number = 0;
  Tag tag = kRemove;
  std::uint32_t sequence = 0;
  std::uint32_t interval = 0;  // which of the folder's
};

bool SameEntry(const Change& a, const Change& b) {
  return std::tie(a.local, a.target, a.number) == std::tie(b.local, b.target, b.number);
}

class SegmentFolder {
 public:
  // Each is false when the bytes are damaged, or do not go with those before.
  bool ReadBase(std::string_view bytes);
  bool ReadOperand(std::string_view bytes);

  // Requires that something was read.
  std::string Fold();

 private:
  using Position = std::uint32_t;

  bool SetBits(unsigned log2_nodes);
  bool ReadChange(ByteReader& bytes, Tag tag);
  bool ReadHub(ByteReader& bytes);
  void SortChanges();
  void FoldNode(std::uint32_t local, std::span<const Change> changes);
  void FoldEntry(std::span<const Change> changes, std::optional<Position> present);
  void CopyUntil(std::uint32_t local);
  void CopyRun(Position first, std::uint32_t count);
  void Append(std::uint32_t target, std::uint64_t number);
  void EndList(std::uint32_t local, std::uint32_t degree);

  std::unique_ptr<const Segment> base_;
  std::optional<unsigned> log2_nodes_;
  std::vector<Change> changes_;
  std::vector<Interval> intervals_;
  std::map<std::uint32_t, std::vector<HubStub::Chunk>> hubs_;
  std::map<std::uint32_t, std::uint32_t> emptied_;  // nodes whose list was set to chunks or back, by which change last
  std::uint32_t sequence_ = 0;
  bool dated_ = false;

  std::uint32_t next_local_ = 0;  // whose list is to be written next
  std::vector<std::uint32_t> locals_;
  std::vector<std::uint32_t> degrees_;
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint64_t> numbers_;
  ValidityLane validity_;
};

bool SegmentFolder::SetBits(unsigned log2_nodes) {
  if (log2_nodes > kSegmentBitsMax) return false;
  if (!log2_nodes_) log2_nodes_ = log2_nodes;
  return *log2_nodes_ == log2_nodes;
}

bool SegmentFolder::ReadBase(std::string_view bytes) {
  base_ = Segment::Decode(bytes, Lanes{.numbers = true, .validity = true});
  if (base_ == nullptr) return false;
  for (const HubStub& hub : base_->hubs()) hubs_[hub.local] = hub.chunks;
  dated_ = !base_->AllTimeless();
  return SetBits(base_->log2_nodes());
}

bool SegmentFolder::ReadOperand(std::string_view bytes) {
  ByteReader reader(bytes);
  if (!bytes.starts_with(static_cast<char>(kBegin))) return false;
  while (!reader.AtEnd()) {
    const auto tag = static_cast<Tag>(reader.Byte());
    if (tag == kBegin) {
      const unsigned log2_nodes = reader.Byte();
      if (!reader.ok() || !SetBits(log2_nodes)) return false;
    } else if (tag == kSetHub) {
      if (!ReadHub(reader)) return false;
    } else if (tag < kAddTimeless || tag > kSetHub || !ReadChange(reader, tag)) {
      return false;
    }
  }
  return reader.ok();
}

bool SegmentFolder::ReadChange(ByteReader& bytes, Tag tag) {
  Change change{.tag = tag, .sequence = sequence_++};
  if (tag == kAddInterval || tag == kSetInterval) {
    change.interval = static_cast<std::uint32_t>(intervals_.size());
    intervals_.push_back(bytes.ReadInterval());
    dated_ = true;
  }
  const std::uint64_t local = bytes.Varint();
  const std::uint64_t target = bytes.Varint();
  change.number = bytes.Varint();
  if (!bytes.ok() || local >> *log2_nodes_ != 0 || target >> 32 != 0 || change.number >> kNumberBits != 0) return false;
  change.local = static_cast<std::uint32_t>(local);
  change.target = static_cast<std::uint32_t>(target);
  changes_.push_back(change);
  return true;
}

bool SegmentFolder::ReadHub(ByteReader& bytes) {
  const std::uint64_t local = bytes.Varint();
  auto chunks = ReadHubChunks(bytes);
  if (!chunks || local >> *log2_nodes_ != 0) return false;
  const auto node = static_cast<std::uint32_t>(local);
  emptied_[node] = sequence_++;
  if (chunks->empty()) {
    hubs_.erase(node);
  } else {
    hubs_[node] = std::move(*chunks);
  }
  return true;
}

// Changes older than the emptying of their list are forgotten.
void SegmentFolder::SortChanges() {
  if (!emptied_.empty()) {
    std::erase_if(changes_, [this](const Change& change) {
      const auto emptied = emptied_.find(change.local);
      return emptied != emptied_.end() && change.sequence < emptied->second && !IsMutant("hub-keeps-older-changes");
    });
  }
  std::sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) {
    return std::tie(a.local, a.target, a.number, a.sequence) < std::tie(b.local, b.target, b.number, b.sequence);
  });
}

std::string SegmentFolder::Fold() {
  SortChanges();
  const std::size_t edges_max = changes_.size() + (base_ != nullptr ? base_->edge_count() : 0);
  targets_.reserve(edges_max);
  numbers_.reserve(edges_max);
  if (dated_) validity_.Reserve(edges_max);

  auto emptied = emptied_.begin();
  std::span<const Change> rest = changes_;
  while (!rest.empty() || emptied != emptied_.end()) {
    const std::uint32_t local = emptied == emptied_.end() || (!rest.empty() && rest.front().local < emptied->first)
                                    ? rest.front().local
                                    : emptied->first;
    const auto end = std::find_if(rest.begin(), rest.end(), [local](const Change& c) { return c.local != local; });
    const auto count = static_cast<std::size_t>(end - rest.begin());
    CopyUntil(local);
    FoldNode(local, rest.first(count));
    rest = rest.subspan(count);
    if (emptied != emptied_.end() && emptied->first == local) ++emptied;
  }
  CopyUntil(std::uint32_t{1} << *log2_nodes_);

  std::vector<HubStub> hubs;
  for (auto& [local, chunks] : hubs_) hubs.push_back({local, std::move(chunks)});
  return EncodeSegment(*log2_nodes_, SegmentColumns{.locals = locals_,
                                                    .degrees = degrees_,
                                                    .targets = targets_,
                                                    .numbers = numbers_,
                                                    .validity = dated_ ? &validity_ : nullptr,
                                                    .hubs = hubs});
}

void SegmentFolder::FoldNode(std::uint32_t local, std::span<const Change> changes) {
  const std::size_t before = targets_.size();
  ListView list;
  if (base_ != nullptr && (!emptied_.contains(local) || IsMutant("hub-keeps-list"))) list = base_->List(local);
  std::uint32_t at = 0;  // in the list
  while (!changes.empty()) {
    const Change& change = changes.front();
    const auto before_change = [&](std::uint32_t i) {
      if (list.targets[i] != change.target) return list.targets[i] < change.target;
      return base_->NumberAt(list.first + i) < change.number;
    };
    const std::uint32_t from = at;
    while (at < list.size && before_change(at)) ++at;
    CopyRun(list.first + from, at - from);
    const bool present =
        at < list.size && list.targets[at] == change.target && base_->NumberAt(list.first + at) == change.number;
    const auto end =
        std::find_if(changes.begin(), changes.end(), [&](const Change& c) { return !SameEntry(c, change); });
    const auto count = static_cast<std::size_t>(end - changes.begin());
    FoldEntry(changes.first(count), present ? std::optional(list.first + at) : std::nullopt);
    at += present ? 1 : 0;
    changes = changes.subspan(count);
  }
  CopyRun(list.first + at, list.size - at);
  EndList(local, static_cast<std::uint32_t>(targets_.size() - before));
  next_local_ = local + 1;
}

// All changes of one entry, which is at `present` of the base if it is there.
void SegmentFolder::FoldEntry(std::span<const Change> changes, std::optional<Position> present) {
  bool there = present.has_value();
  const Change* last = nullptr;  // that gave the validity
  for (const Change& change : changes) {
    const bool adds = change.tag == kAddTimeless || change.tag == kAddInterval;
    there = change.tag != kRemove && (there || adds || IsMutant("set-validity-adds"));
    if (there) last = &change;
  }
  if (!there) return;
  Append(changes.front().target, changes.front().number);
  if (!dated_) return;
  const bool interval = last->tag == kAddInterval || last->tag == kSetInterval;
  validity_.Append(interval ? std::optional(intervals_[last->interval]) : std::nullopt);
}

void SegmentFolder::Append(std::uint32_t target, std::uint64_t number) {
  targets_.push_back(target);
  numbers_.push_back(number);
}

void SegmentFolder::EndList(std::uint32_t local, std::uint32_t degree) {
  if (degree == 0) return;
  locals_.push_back(local);
  degrees_.push_back(degree);
}

// The lists of the base from the next one on, as they are.
void SegmentFolder::CopyUntil(std::uint32_t local) {
  if (base_ == nullptr || next_local_ >= local) return;
  const std::uint32_t first = base_->List(next_local_).first;
  const ListView last = base_->List(local - 1);
  for (std::uint32_t i = next_local_; i < local; ++i) EndList(i, base_->List(i).size);
  CopyRun(first, last.first + last.size - first);
}

void SegmentFolder::CopyRun(Position first, std::uint32_t count) {
  if (count == 0) return;
  const auto targets = base_->targets().subspan(first, count);
  targets_.insert(targets_.end(), targets.begin(), targets.end());
  for (Position position = first; position < first + count; ++position) numbers_.push_back(base_->NumberAt(position));
  if (!dated_) return;
  if (base_->validity() != nullptr) {
    validity_.AppendRun(*base_->validity(), first, count);
  } else {
    validity_.AppendTimeless(count);
  }
}

}  // namespace

std::string BeginSegmentOperand(unsigned log2_nodes) {
  return {static_cast<char>(kBegin), static_cast<char>(log2_nodes)};
}

void AppendAdd(std::string& operand, const SegmentEntry& entry) {
  AppendChange(operand, entry.validity ? kAddInterval : kAddTimeless, entry.local, entry.target, entry.number,
               entry.validity);
}

void AppendRemove(std::string& operand, std::uint32_t local, std::uint32_t target, std::uint64_t number) {
  AppendChange(operand, kRemove, local, target, number);
}

void AppendSetValidity(std::string& operand, std::uint32_t local, std::uint32_t target, std::uint64_t number,
                       const std::optional<Interval>& validity) {
  AppendChange(operand, validity ? kSetInterval : kSetTimeless, local, target, number, validity);
}

void AppendHubStub(std::string& operand, std::uint32_t local, std::span<const HubStub::Chunk> chunks) {
  assert(operand.size() >= 2);
  operand.push_back(static_cast<char>(kSetHub));
  AppendVarint(operand, local);
  AppendHubChunks(operand, chunks);
}

std::optional<std::string> FoldSegment(std::optional<std::string_view> base,
                                       std::span<const std::string_view> operands) {
  assert(base || !operands.empty());
  SegmentFolder folder;
  if (base && !folder.ReadBase(*base)) return std::nullopt;
  for (const std::string_view operand : operands) {
    if (!folder.ReadOperand(operand)) return std::nullopt;
  }
  return folder.Fold();
}

}  // namespace plenum::storage
