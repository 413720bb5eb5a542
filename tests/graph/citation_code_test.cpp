// The bytes of citations, as format 3 has them: a change here makes databases unreadable.
#include "engine/graph/citation_code.h"

#include <gtest/gtest.h>

#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::graph {
namespace {

TEST(CitationCode, GoldenBytes) {
  EXPECT_EQ(Hex(EncodeCitation({NodeId{7}, std::nullopt})), "01 00 00 00 07 00");
  EXPECT_EQ(Hex(EncodeCitation({NodeId{7}, {{1, 2}}})), "01 00 00 00 07 01 00 00 00 01 00 00 00 02");
}

TEST(CitationCode, DamagedCitationsAreRefused) {
  const std::string bytes = EncodeCitation({NodeId{7}, {{1, 2}}});
  ASSERT_TRUE(DecodeCitation(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(DecodeCitation(bytes.substr(0, size)));
  EXPECT_FALSE(DecodeCitation(bytes + '\0'));
  EXPECT_FALSE(DecodeCitation("\x02" + bytes.substr(1))) << "another version";
  RandomValues random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string noise = bytes;
    for (char& byte : noise) byte = static_cast<char>(random.Below(256));
    noise[0] = 1;
    static_cast<void>(DecodeCitation(noise));  // either way is right; it must only stay within the bytes
  }
}

}  // namespace
}  // namespace plenum::graph
