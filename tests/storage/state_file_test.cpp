// The note of what a database's data must be: its text, and which of the two stands.
#include "engine/storage/state_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/storage/scratch_directory.h"

namespace plenum::storage {
namespace {

StoreState Example(std::uint64_t note) {
  StoreState state;
  state.note = note;
  state.closed = note % 3 == 0;
  state.commit = 12;
  state.sequence = 345;
  state.manifest = {5, 1234, 987};
  state.tables = {{4, 12345}, {7, 1}};
  state.leaving = {{6, 54321}};
  state.journals = {{9, 345, 678}};
  return state;
}

TEST(StateFile, TheTextIsAsSpecified) {
  EXPECT_TRUE(StateText(Example(7))
                  .starts_with("Plenum state 1\n"
                               "note 7 open\n"
                               "commit 12\n"
                               "sequence 345\n"
                               "manifest 5 1234 987\n"
                               "table 4 12345\n"
                               "table 7 1\n"
                               "leaving 6 54321\n"
                               "journal 9 345 678\n"
                               "check "));
  EXPECT_EQ(Checksum("a"), 0xAF63DC4C8601EC8CU) << "FNV-1a";
}

TEST(StateFile, EveryChangedByteIsNoticed) {
  const std::string text = StateText(Example(7));
  ASSERT_EQ(StateOfText(text), Example(7));
  EXPECT_EQ(StateOfText(text + "journal 9 345\ncheck 1\n"), Example(7)) << "what is left of a longer note";
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_EQ(StateOfText(text.substr(0, i)), std::nullopt) << i;
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      EXPECT_EQ(StateOfText(changed), std::nullopt) << i << " bit " << bit;
    }
  }
}

TEST(StateFile, TheNewerOfTwoStandsAndTheOlderStandsIn) {
  const ScratchDirectory scratch;
  const StateFile file(scratch.path());
  EXPECT_EQ(file.Read().error().type, ErrorType::kCorruption);
  for (std::uint64_t note = 1; note < 5; ++note) {
    ASSERT_TRUE(file.Write(Example(note), note % 2 == 0).ok());
    const auto found = file.Read();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->state, Example(note));
    EXPECT_TRUE(found->damaged.empty());
  }
  std::ofstream(scratch / "STATE.0") << "Plenum state";
  const auto found = file.Read();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, Example(3));
  EXPECT_EQ(found->damaged, scratch / "STATE.0");
}

}  // namespace
}  // namespace plenum::storage
