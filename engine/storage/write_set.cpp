// See write_set.h: a sorted map of the newest writes, and an undo log while a savepoint is set. Sizes are an estimate
// (text plus a fixed cost an entry), kept so that one transaction cannot take all the memory unnoticed.
#include "engine/storage/write_set.h"

#include <cassert>

namespace plenum::storage {
namespace {

constexpr std::size_t kEntryBytes = 144;  // a map node with its three strings, beyond their text

std::size_t SizeOf(std::string_view key, const WriteSet::Write& write) {
  return kEntryBytes + key.size() + write.value.size() + write.operands.size();
}

}  // namespace

const WriteSet::Write* WriteSet::Find(std::string_view key) const {
  const auto found = writes_.find(key);
  return found == writes_.end() ? nullptr : &found->second;
}

void WriteSet::Put(std::string key, std::string value) {
  Set(std::move(key), {Write::Base::kPut, std::move(value), {}});
}

void WriteSet::Erase(std::string key) { Set(std::move(key), {Write::Base::kErased, {}, {}}); }

void WriteSet::Set(std::string key, Write write) {
  const auto [entry, added] = writes_.try_emplace(std::move(key));
  if (!added) write_bytes_ -= storage::SizeOf(entry->first, entry->second);
  std::swap(entry->second, write);
  write_bytes_ += storage::SizeOf(entry->first, entry->second);
  if (added) {
    Remember({entry, NotWritten{}});
  } else {
    Remember({entry, std::move(write)});
  }
}

void WriteSet::Merge(std::string key, std::string_view operand) {
  assert(!operand.empty());
  const auto [entry, added] = writes_.try_emplace(std::move(key));
  std::string& operands = entry->second.operands;
  const std::size_t before = operands.size();
  operands += operand;
  write_bytes_ += added ? storage::SizeOf(entry->first, entry->second) : operand.size();
  if (added) {
    Remember({entry, NotWritten{}});
  } else {
    Remember({entry, OperandsBefore{before}});
  }
}

std::size_t WriteSet::SizeOf(const Undo& undo) {
  const auto* write = std::get_if<Write>(&undo.previous);
  return sizeof(Undo) + (write == nullptr ? 0 : write->value.size() + write->operands.size());
}

void WriteSet::Remember(Undo undo) {
  if (savepoints_.empty()) return;
  undo_bytes_ += SizeOf(undo);
  undo_.push_back(std::move(undo));
}

void WriteSet::Restore(Undo& undo) {
  const auto& [key, write] = *undo.entry;
  undo_bytes_ -= SizeOf(undo);
  write_bytes_ -= storage::SizeOf(key, write);
  if (std::holds_alternative<NotWritten>(undo.previous)) {
    writes_.erase(undo.entry);
    return;
  }
  if (const auto* operands = std::get_if<OperandsBefore>(&undo.previous)) {
    undo.entry->second.operands.resize(operands->bytes);
  } else {
    undo.entry->second = std::get<Write>(std::move(undo.previous));
  }
  write_bytes_ += storage::SizeOf(key, write);
}

void WriteSet::RollbackToSavepoint() {
  assert(!savepoints_.empty());
  while (undo_.size() > savepoints_.back()) {
    Restore(undo_.back());
    undo_.pop_back();
  }
  ReleaseSavepoint();
}

void WriteSet::ReleaseSavepoint() {
  assert(!savepoints_.empty());
  savepoints_.pop_back();
  if (!savepoints_.empty()) return;
  undo_.clear();
  undo_bytes_ = 0;
}

void WriteSet::Clear() {
  writes_.clear();
  undo_.clear();
  savepoints_.clear();
  write_bytes_ = 0;
  undo_bytes_ = 0;
}

}  // namespace plenum::storage
