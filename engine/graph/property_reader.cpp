// See property_reader.h.
#include "engine/graph/property_reader.h"

#include "engine/graph/graph_reader_state.h"

namespace plenum::graph {

CommitNumber PropertyReader::commit() const { return reader_.state_->reads.commit(); }

const PropertyReader::Block& PropertyReader::BlockAt(storage::Owner owner, std::uint64_t number) {
  const std::size_t place = owner.type ? std::size_t{*owner.type} + 1 : 0;
  if (owners_.size() <= place) owners_.resize(place + 1);
  std::vector<Block>& blocks = owners_[place];
  const std::uint32_t block = storage::BlockOf(number);
  if (blocks.size() <= block) blocks.resize(std::size_t{block} + 1);
  if (blocks[block].scope != reader_.state_->scopes) Meet(owner, block, blocks[block]);
  return blocks[block];
}

// What cannot be read reads as if it were not there; the reader's status tells.
void PropertyReader::Meet(storage::Owner owner, std::uint32_t number, Block& block) {
  GraphReader::State& state = *reader_.state_;
  block = {.scope = state.scopes};
  const auto rows = state.Take(state.reads.RowMap(owner, number));
  const auto has_column = state.Take(state.reads.HasColumn(owner, key_.value, number));
  if (!rows || !has_column) return;
  if (!*has_column) {
    const auto& content = (*rows)->content;
    block.in_rows = (*rows)->changes.any() || (content && content->CountOf(key_.value) != 0);
    return;
  }
  const auto column = state.Take(state.reads.Column(owner, key_.value, number));
  if (!column) return;
  block.column = (*column)->content.get();
  // Commits that come later change nothing here for this reader.
  if ((*column)->changes.any()) block.changed = *column;
}

}  // namespace plenum::graph
