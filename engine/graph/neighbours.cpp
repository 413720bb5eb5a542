// What a transaction reads of lists of relationships.
//
// What was committed is looked up in the shared blocks, list by list; or, while a statement runs, in tables of where
// the lists of a type and direction are (list_table.h). A table takes time to make, by the number of its segments, so
// it is made when enough of its lists were read for that to be little beside what reading them took. Tables know
// nothing of the transaction's own writes, which are put upon what they say: so these make no difference to them.
#include <algorithm>
#include <span>
#include <utility>

#include "engine/graph/transaction_state.h"

namespace plenum::graph {
namespace {

constexpr std::uint64_t kReadsBeforeTable = 8;
constexpr std::uint64_t kSegmentsARead = 16;

Direction Opposite(Direction direction) {
  return direction == Direction::kOutgoing ? Direction::kIncoming : Direction::kOutgoing;
}

}  // namespace

Transaction::ReadingScope::ReadingScope(Transaction& transaction) : transaction_(transaction) {
  ++transaction_.state_->reading_scopes;
}

Transaction::ReadingScope::~ReadingScope() {
  State& state = *transaction_.state_;
  if (--state.reading_scopes != 0) return;
  state.LetGo();
  state.lists.clear();
}

void Transaction::Release() { state_->Release(); }

void Transaction::LetGo() { state_->LetGo(); }

void Transaction::State::LetGo() {
  if (!kept) return;
  for (Lists& each : lists) {
    if (each.table) each.table->Forget();
  }
  kept.reset();
}

// Null where lists are to be read one by one.
ListTable* Transaction::State::FindTable(TypeId type, Direction direction) {
  if (reading_scopes == 0) return nullptr;
  const std::size_t place = std::size_t{type.value} * 2 + static_cast<std::size_t>(direction);
  if (place >= lists.size()) lists.resize(place + 1);
  Lists& found = lists[place];
  if (!found.table) {
    ++found.lists_read;
    if (found.lists_read < kReadsBeforeTable) return nullptr;
    if (found.lists_read * kSegmentsARead < ListTable::CountSegments(*view, type, direction)) return nullptr;
    found.table =
        std::make_unique<ListTable>(reads, type, direction, ListTable::Options{.relationships = true, .time = {}});
  }
  if (!kept) kept.emplace(reads);
  return found.table.get();
}

// Of a list that would have to be put together first, what leads to one node is searched for where it is stored: of a
// hub that is one chunk, not all.
Status Transaction::State::AppendCommitted(const ListName& name, std::optional<NodeId> other,
                                           std::vector<Neighbour>& out) {
  ListTable* const table = FindTable(name.type, name.direction);
  if (table == nullptr) {
    const CommittedReads::Scope scope(reads);
    return reads.AppendNeighbours(name.type, name.direction, name.node, out, other);
  }
  if (other) {
    const Result<bool> at_hand = table->IsAtHand(name.node);
    if (!at_hand) return at_hand.error();
    if (!*at_hand) return reads.AppendNeighbours(name.type, name.direction, name.node, out, other);
  }
  return table->ForEachPiece(name.node, [&](std::span<const NodeId> nodes, const RelationshipIds& relationships) {
    std::size_t first = 0;
    std::size_t end = nodes.size();
    if (other) {
      if (*other < nodes.front() || nodes.back() < *other) return;
      const auto found = std::equal_range(nodes.begin(), nodes.end(), *other);
      first = static_cast<std::size_t>(found.first - nodes.begin());
      end = static_cast<std::size_t>(found.second - nodes.begin());
    }
    for (std::size_t i = first; i < end; ++i) out.push_back({relationships[i], nodes[i]});
  });
}

// What is written between two nodes stands in a list of each: the shorter one tells it sooner, where one is a hub.
Transaction::State::OwnBetween Transaction::State::FindBetween(const ListName& name, NodeId other) const {
  const OwnList* const here = own.FindList(name);
  const OwnList* const there = own.FindList({name.type, Opposite(name.direction), other});
  if (here == nullptr || there == nullptr) return {};
  const auto size = [](const OwnList& list) { return list.added.size() + list.removed.size(); };
  return size(*here) <= size(*there) ? OwnBetween{here, other} : OwnBetween{there, name.node};
}

void Transaction::State::AppendAdded(const ListName& name, std::optional<NodeId> other,
                                     std::vector<Neighbour>& out) const {
  if (!other) {
    if (const OwnList* written = own.FindList(name)) {
      out.insert(out.end(), written->added.begin(), written->added.end());
    }
    return;
  }
  const OwnBetween between = FindBetween(name, *other);
  if (between.list == nullptr) return;
  for (const Neighbour& each : between.list->added) {
    if (each.node == between.leads_to) out.push_back({each.relationship, *other});
  }
}

Status Transaction::State::AppendNeighbours(const ListName& name, std::optional<NodeId> other,
                                            std::vector<Neighbour>& out) {
  const std::size_t before = out.size();
  if (Status status = AppendCommitted(name, other, out); !status.ok()) {
    LetGo();  // what cannot be read is noted as empty there
    return status;
  }
  if (own.lists().empty()) return {};
  const OwnList* const written = own.FindList(name);
  if (written != nullptr && !written->removed.empty()) {
    const auto kept_end = std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                                         [&](const Neighbour& each) { return written->removed.contains(each); });
    out.erase(kept_end, out.end());
  }
  AppendAdded(name, other, out);
  return {};
}

Status Transaction::AppendNeighbours(NodeId node, Direction direction, std::optional<std::span<const TypeId>> types,
                                     std::vector<Neighbour>& out, std::optional<NodeId> other) {
  if (Status status = state_->CheckOpen(); !status.ok()) return status;
  state_->Release();
  const std::size_t count = types ? types->size() : state_->catalog.Size(Space::kTypes);
  for (std::size_t i = 0; i < count; ++i) {
    const TypeId type = types ? (*types)[i] : TypeId{static_cast<std::uint16_t>(i)};
    if (Status status = state_->AppendNeighbours({type, direction, node}, other, out); !status.ok()) return status;
  }
  return {};
}

Result<bool> Transaction::State::HasRelationships(NodeId node) {
  std::vector<Neighbour> some;
  for (std::size_t number = 0; number < catalog.Size(Space::kTypes); ++number) {
    for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
      Status status =
          AppendNeighbours({TypeId{static_cast<std::uint16_t>(number)}, direction, node}, std::nullopt, some);
      if (!status.ok()) return std::move(status).error();
      if (!some.empty()) return true;
    }
  }
  return false;
}

Result<bool> Transaction::HasRelationships(NodeId node) {
  if (Status status = state_->CheckOpen(); !status.ok()) return std::move(status).error();
  const State::Call call(*state_);
  return state_->HasRelationships(node);
}

Result<bool> Transaction::State::AreConnected(TypeId type, NodeId start, NodeId end) {
  std::uint64_t removed = 0;
  const OwnBetween written = FindBetween({type, Direction::kOutgoing, start}, end);
  if (written.list != nullptr) {
    const auto between = [&](const Neighbour& each) { return each.node == written.leads_to; };
    if (std::ranges::any_of(written.list->added, between)) return true;
    removed = static_cast<std::uint64_t>(std::ranges::count_if(written.list->removed, between));
  }
  const Result<std::uint64_t> committed_count = reads.CountBetween(type, start, end);
  if (!committed_count) return committed_count.error();
  return *committed_count > removed;
}

}  // namespace plenum::graph
