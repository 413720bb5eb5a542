// The bytes of records, as format 1 has them: a change here makes databases unreadable.
#include "engine/graph/record_code.h"

#include <gtest/gtest.h>

#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::graph {
namespace {

TEST(RecordCode, GoldenBytes) {
  NodeRecord node;
  EXPECT_EQ(Hex(EncodeNode(node)), "01 00 00 00");
  node.labels = {LabelId{1}, LabelId{300}};
  node.properties = {{KeyId{2}, true}, {KeyId{5}, "a"}};
  node.validity = Interval{PartialDate{1, 1}, std::nullopt};
  EXPECT_EQ(Hex(EncodeNode(node)), "01 02 01 AC 02 01 01 03 02 02 02 02 02 05 05 01 61");

  RelationshipRecord relationship{TypeId{9}, NodeId{1}, NodeId{0x01020304}, {}, std::nullopt};
  EXPECT_EQ(Hex(EncodeRelationship(relationship)), "01 00 00 00 01 01 02 03 04 00 00");
  relationship.properties = {{KeyId{0}, 7}};
  EXPECT_EQ(Hex(EncodeRelationship(relationship)), "01 00 00 00 01 01 02 03 04 00 01 00 03 0E");

  EXPECT_EQ(Hex(EncodeCitation({NodeId{7}, std::nullopt})), "01 00 00 00 07 00");
  EXPECT_EQ(Hex(EncodeCitation({NodeId{7}, {{1, 2}}})), "01 00 00 00 07 01 00 00 00 01 00 00 00 02");
}

TEST(RecordCode, DamagedRecordsAreRefused) {
  NodeRecord node;
  node.labels = {LabelId{1}};
  node.properties = {{KeyId{2}, "text"}, {KeyId{5}, List{1, 2.5}}};
  const std::string bytes = EncodeNode(node);
  ASSERT_TRUE(DecodeNode(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(DecodeNode(bytes.substr(0, size)));
  EXPECT_FALSE(DecodeNode(bytes + '\0'));
  EXPECT_FALSE(DecodeNode("\x02" + bytes.substr(1))) << "another version";
  RandomValues random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string noise = bytes;
    for (char& byte : noise) byte = static_cast<char>(random.Below(256));
    noise[0] = 1;
    static_cast<void>(DecodeNode(noise));  // either way is right; it must only stay within the bytes
    static_cast<void>(DecodeRelationship(TypeId{0}, noise));
    static_cast<void>(DecodeCitation(noise));
  }
}

}  // namespace
}  // namespace plenum::graph
