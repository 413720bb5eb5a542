// See write_set.h: a sorted map of the newest writes, and an undo log while a savepoint is set. Sizes are an estimate
// (text plus a fixed cost an entry), kept so that one transaction cannot take all the memory unnoticed.
#include "engine/storage/write_set.h"

#include <cassert>

namespace plenum::storage {
namespace {

constexpr std::size_t kEntryBytes = 112;  // a map node with its two strings, beyond their text

std::size_t SizeOf(std::string_view key, const WriteSet::Write& write) {
  return kEntryBytes + key.size() + (write ? write->size() : 0);
}

}  // namespace

const WriteSet::Write* WriteSet::Find(std::string_view key) const {
  const auto found = writes_.find(key);
  return found == writes_.end() ? nullptr : &found->second;
}

void WriteSet::Set(std::string key, Write write) {
  const auto [entry, added] = writes_.try_emplace(std::move(key));
  std::optional<Write> previous;
  if (!added) {
    write_bytes_ -= SizeOf(entry->first, entry->second);
    previous = std::move(entry->second);
  }
  entry->second = std::move(write);
  write_bytes_ += SizeOf(entry->first, entry->second);
  if (savepoints_.empty()) return;
  undo_bytes_ += SizeOf(entry->first, previous.value_or(std::nullopt));
  undo_.push_back({entry, std::move(previous)});
}

void WriteSet::Restore(Undo& undo) {
  const auto& [key, write] = *undo.entry;
  undo_bytes_ -= SizeOf(key, undo.previous.value_or(std::nullopt));
  write_bytes_ -= SizeOf(key, write);
  if (!undo.previous) {
    writes_.erase(undo.entry);
    return;
  }
  undo.entry->second = std::move(*undo.previous);
  write_bytes_ += SizeOf(key, write);
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
