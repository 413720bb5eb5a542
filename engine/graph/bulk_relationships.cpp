// See bulk_relationships.h. What goes with a relationship while it is sorted, its payload:
//
//   payload       = { property | 0xFFFC citation }
//   property      = u16 cell [ text ]             of this machine; 0xFFFF validity; the text of a long string follows
//   citation      = varint:length bytes           as they are stored
//   text          = varint:length bytes
#include "engine/graph/bulk_relationships.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "engine/graph/bulk_adjacency.h"
#include "engine/graph/citation_code.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/cell.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

using storage::kBlockSlots;
using storage::RecordSorter;
using storage::SortRecord;

constexpr std::uint16_t kCitation = 0xFFFC;

std::uint64_t PairKey(std::uint32_t first, std::uint32_t second) { return std::uint64_t{first} << 32 | second; }
std::uint32_t First(std::uint64_t pair) { return static_cast<std::uint32_t>(pair >> 32); }
std::uint32_t Second(std::uint64_t pair) { return static_cast<std::uint32_t>(pair); }

void AppendNumber(std::string& out, std::uint16_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}

void AppendText(std::string& out, std::string_view text) {
  storage::AppendVarint(out, text.size());
  out += text;
}

std::string_view TextOf(const PlainValue& value) {
  const auto* const other = std::get_if<const Value*>(&value);
  return other != nullptr ? (*other)->string() : std::get<std::string_view>(value);
}

void AppendProperty(std::string& out, std::uint16_t property, const PlainValue& value) {
  AppendNumber(out, property);
  const std::size_t begin = out.size();
  AppendCellOf(out, value);
  if (storage::IsLongCell(std::string_view(out).substr(begin))) AppendText(out, TextOf(value));
}

}  // namespace

void RelationshipBatch::Add(std::uint16_t type, NodeId start, NodeId end,
                            std::span<const BulkNodes::PlainProperty> properties,
                            const std::optional<Interval>& validity, std::span<const Citation> citations) {
  std::uint64_t payload = 0;
  const bool any_property =
      std::ranges::any_of(properties, [](const auto& property) { return !IsNull(property.second); });
  if (any_property || validity || !citations.empty()) {
    payload = batch_.BeginPayload();
    std::string& bytes = batch_.bytes;
    for (const auto& [key, value] : properties) {
      if (!IsNull(value)) AppendProperty(bytes, key.value, value);
    }
    if (validity) {
      const Value value(*validity);
      AppendProperty(bytes, storage::kValidityProperty, &value);
      if (std::ranges::find(types_with_validity_, type) == types_with_validity_.end())
        types_with_validity_.push_back(type);
    }
    for (const Citation& citation : citations) {
      AppendNumber(bytes, kCitation);
      AppendText(bytes, EncodeCitation(citation));
    }
    batch_.EndPayload(payload);
  }
  batch_.entries.push_back({type, {PairKey(start.value, end.value), payload}});
}

BulkRelationships::BulkRelationships(BulkOutput& output, const BulkNodes& nodes, std::string directory,
                                     std::uint64_t memory_bytes_max)
    : output_(output),
      nodes_(nodes),
      directory_(std::move(directory)),
      memory_bytes_max_(memory_bytes_max),
      sorter_(RecordSorter::Payload::kBytes, directory_, memory_bytes_max) {}

Status BulkRelationships::Add(RelationshipBatch batch, std::span<const TypeId> types) {
  for (RecordSorter::Batch::Entry& entry : batch.batch_.entries) entry.partition = types[entry.partition].value;
  for (const std::uint16_t type : batch.types_with_validity_) with_validity_[types[type]] = true;
  return sorter_.Add(std::move(batch.batch_));
}

// ---- One type

class BulkRelationships::TypeWriter {
 public:
  TypeWriter(BulkRelationships& all, TypeId type, bool with_validity, TypeStatistics& statistics)
      : all_(all),
        type_(type),
        with_validity_(with_validity),
        statistics_(statistics),
        block_(storage::Owner{type.value}),
        incoming_(with_validity ? RecordSorter::Payload::kBytes : RecordSorter::Payload::kNumber, all.directory_,
                  all.IncomingBytesMax(type)) {
    const std::uint64_t ids = storage::NumberAt(all.nodes_.next_extent(), 0);
    statistics.segment_bits = static_cast<std::uint8_t>(storage::SegmentBits(ids, all.sorter_.CountOf(type.value)));
  }

  Status Write() {
    if (Status status = WriteOutgoing(); !status.ok()) return status;
    if (Status status = WriteIncoming(); !status.ok()) return status;
    statistics_.known.between = pairs_.ByLabels(all_.nodes_.label_sets());
    return {};
  }

 private:
  Status WriteOutgoing() {
    AdjacencyWriter lists(type_, Direction::kOutgoing, statistics_.segment_bits, all_.output_);
    Status status = all_.sorter_.Read(type_.value, [&](std::span<const SortRecord> records) -> Status {
      for (const SortRecord& record : records) {
        if (Status added = AddOutgoing(record, lists); !added.ok()) return added;
      }
      return {};
    });
    if (status.ok()) status = lists.Finish();
    if (status.ok()) status = WriteBlock();
    if (status.ok()) status = incoming_.Add(std::exchange(incoming_batch_, {}));
    if (status.ok()) status = incoming_.EndAdding();
    statistics_.known.degrees[0] = lists.degrees();
    return status;
  }

  Status AddOutgoing(const SortRecord& record, AdjacencyWriter& lists) {
    const std::uint32_t start = First(record.key);
    const std::uint32_t end = Second(record.key);
    const std::uint64_t number = statistics_.count++;
    if (number >> storage::kNumberBits != 0) {
      return storage::RuntimeError(ErrorType::kResourceExhausted,
                                   "a database has at most 2^40 relationships of one type");
    }
    statistics_.loops += start == end ? 1 : 0;
    statistics_.parallel += number != 0 && record.key == last_key_ ? 1 : 0;
    last_key_ = record.key;
    pairs_.Add(all_.nodes_.node_sets().SetOf({start}), all_.nodes_.node_sets().SetOf({end}));
    validity_.reset();
    slot_ = storage::SlotOf(number);
    block_.AddInteger(slot_, storage::kEndProperty, end);
    block_.AddInteger(slot_, storage::kStartProperty, start);
    if (Status status = TakePayload(RecordSorter::BytesOf(record), number); !status.ok()) return status;
    Status status = with_validity_ ? lists.Add(start, end, number, validity_) : lists.Add(start, end, number);
    if (status.ok()) status = AddIncoming(PairKey(end, start), number);
    if (status.ok() && slot_ == kBlockSlots - 1) status = WriteBlock();
    return status;
  }

  Status TakePayload(std::string_view payload, std::uint64_t number) {
    storage::ByteReader reader(payload);
    std::uint32_t citations = 0;
    Status status;
    while (status.ok() && !reader.AtEnd()) {
      std::uint16_t property = 0;
      std::memcpy(&property, reader.Bytes(sizeof property).data(), sizeof property);
      if (property == kCitation) {
        status = WriteCitation(reader.Bytes(reader.Varint()), number, citations++);
      } else {
        status = TakeProperty(reader, property, number);
      }
    }
    return status;
  }

  Status TakeProperty(storage::ByteReader& reader, std::uint16_t property, std::uint64_t number) {
    const std::string_view cell = storage::TakeCell(reader);
    std::uint64_t hash = 0;
    Status status;
    if (storage::IsLongCell(cell)) {
      const std::string_view text = reader.Bytes(reader.Varint());
      hash = storage::HashOfBytes(text);
      status = all_.output_.Put(storage::LongTextKey(storage::Owner{type_.value}, property, number), text);
    } else if (property == storage::kValidityProperty) {
      storage::ByteReader interval(cell.substr(1));
      validity_ = interval.ReadInterval();
      interval_ = cell.substr(1);
    } else {
      hash = storage::HashOfBytes(cell);
    }
    block_.AddCell(slot_, property, cell, hash);
    return status;
  }

  Status WriteCitation(std::string_view citation, std::uint64_t number, std::uint32_t sequence) {
    const RelationshipId id = RelationshipOf(type_, number);
    const std::string fact = storage::FactBytes(id, std::nullopt);
    Status status = all_.output_.Put(storage::CitationKey(fact, sequence), citation);
    if (!status.ok()) return status;
    return all_.output_.Put(storage::CitedKey(DecodeCitation(citation)->source, fact, sequence), "");
  }

  Status WriteBlock() {
    Advance(statistics_.count);
    const std::uint32_t block = storage::BlockOf(statistics_.count - 1);
    return block_.Write(block, all_.output_, [&](std::uint16_t property, std::uint32_t, std::uint64_t hash) {
      if (property < storage::kNamesEnd) statistics_.known.distinct[property].Add(hash);
    });
  }

  // Where relationships have validities, these go with the number.
  Status AddIncoming(std::uint64_t key, std::uint64_t number) {
    if (!with_validity_) return incoming_.Add(0, {key, number});
    const std::uint64_t payload = incoming_batch_.BeginPayload();
    storage::AppendBigEndian(incoming_batch_.bytes, number, 8);
    if (validity_) incoming_batch_.bytes += interval_;
    incoming_batch_.EndPayload(payload);
    incoming_batch_.entries.push_back({0, {key, payload}});
    if (incoming_batch_.entries.size() < kBlockSlots) return {};
    return incoming_.Add(std::exchange(incoming_batch_, {}));
  }

  Status WriteIncoming() {
    AdjacencyWriter lists(type_, Direction::kIncoming, statistics_.segment_bits, all_.output_);
    std::uint64_t done = statistics_.count;
    Status status = incoming_.Read(0, [&](std::span<const SortRecord> records) -> Status {
      for (const SortRecord& record : records) {
        if (Status added = WriteIncoming(record, lists); !added.ok()) return added;
        if (++done % kBlockSlots == 0) Advance(done);
      }
      return {};
    });
    Advance(done);
    if (status.ok()) status = lists.Finish();
    statistics_.known.degrees[1] = lists.degrees();
    return status;
  }

  Status WriteIncoming(const SortRecord& record, AdjacencyWriter& lists) {
    if (!with_validity_) return lists.Add(First(record.key), Second(record.key), record.payload);
    storage::ByteReader reader(RecordSorter::BytesOf(record));
    const std::uint64_t number = reader.BigEndian(8);
    std::optional<Interval> validity;
    if (!reader.AtEnd()) validity = reader.ReadInterval();
    return lists.Add(First(record.key), Second(record.key), number, validity);
  }

  // `done`: relationships of the type, in each direction.
  void Advance(std::uint64_t done) { all_.Advance(done - std::exchange(told_, done)); }

  BulkRelationships& all_;
  TypeId type_;
  bool with_validity_;
  TypeStatistics& statistics_;
  BlockBuilder block_;
  RecordSorter incoming_;
  RecordSorter::Batch incoming_batch_;
  LabelSetPairs pairs_;
  std::uint64_t last_key_ = 0;
  std::uint64_t told_ = 0;  // that are done
  // Of the relationship at hand.
  std::uint32_t slot_ = 0;
  std::optional<Interval> validity_;
  std::string_view interval_;  // its bytes
};

// ---- All types

// The relationships of a type are sorted twice, the second time while the first order is read: merged from files, or
// where they were gathered, which was counted twice (RecordSorter::kRecordBytes) so that there is room for both.
std::uint64_t BulkRelationships::IncomingBytesMax(TypeId type) const {
  if (sorter_.spilled()) return memory_bytes_max_ - sorter_.merge_bytes_max();
  return free_bytes_ + RecordSorter::kRecordBytes * sorter_.CountOf(type.value);
}

Status BulkRelationships::WriteType(TypeId type, TypeStatistics& statistics) {
  return TypeWriter(*this, type, with_validity_.contains(type), statistics).Write();
}

void BulkRelationships::Advance(std::uint64_t relationships) {
  const std::lock_guard lock(progress_mutex_);
  written_ += relationships;
  if (*progress_) (*progress_)(written_, 2 * sorter_.size());
}

Status BulkRelationships::Write(unsigned threads, const BulkProgress& progress) {
  progress_ = &progress;
  if (Status status = sorter_.EndAdding(); !status.ok()) return status;
  std::vector<std::uint16_t> types = sorter_.Partitions();
  if (sorter_.spilled()) threads = 1;  // each would take the memory that is for one
  free_bytes_ = (memory_bytes_max_ - std::min(memory_bytes_max_, sorter_.memory_bytes())) / threads;
  for (const std::uint16_t type : types) statistics_[TypeId{type}];
  // The largest first, so that no thread is left with it at the end.
  std::ranges::stable_sort(types, std::greater(), [&](std::uint16_t type) { return sorter_.CountOf(type); });
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Status result;
  const auto work = [&] {
    for (std::size_t i = next++; i < types.size(); i = next++) {
      const TypeId type{types[i]};
      if (Status status = WriteType(type, statistics_.find(type)->second); !status.ok()) {
        const std::lock_guard lock(mutex);
        if (result.ok()) result = std::move(status);
        next = types.size();
      }
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < std::min<std::size_t>(threads, types.size()); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return result;
}

}  // namespace plenum::graph
