// What may stand in import files, through to the graph.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/interchange/import_fixture.h"

namespace plenum {
namespace {

TEST_F(ImportTest, TrickyFiles) {
  const std::string longer(5'000, 'x');
  const std::string things = Write(
      "things.csv",
      "\xEF\xBB\xBFname:ID,text,n:long,x:double,yes:boolean,day:date,words:string[],numbers:int[],skipped:IGNORE\r\n"
      "a,\"one\ntwo, \"\"three\"\"\r\nfour\",-9223372036854775808,1e300,TRUE,2024-02-29,x;;y,1;2;-3,?\r\n"
      "\r\n"
      "\"b,c\",\"\",,,,,,,\n"
      "d,h\xC3\xA9llo \xF0\x9F\x98\x80,0,-0.0,false,1969-12-31,\"\"\"quoted\"\";z\",7,\"x\ny\"\n"
      "e," +
          longer +
          ",,,,,,,\n"
          "\"\"\"\",last without a line break,,,,,,,");
  ASSERT_EQ(Import({.nodes = {{{"Thing"}, things}}, .relationships = {}}), "");
  EXPECT_EQ(Nodes(),
            (std::vector<std::string>{
                ":Thing{day: 2024-02-29, n: -9223372036854775808, name: 'a', numbers: [1, 2, -3], text: "
                "'one\\ntwo, \"three\"\\r\\nfour', words: ['x', '', 'y'], x: 1e+300, yes: true}",
                ":Thing{name: 'b,c', text: ''}",
                ":Thing{day: 1969-12-31, n: 0, name: 'd', numbers: [7], text: 'h\xC3\xA9llo \xF0\x9F\x98\x80', "
                "words: ['\"quoted\"', 'z'], x: -0.0, yes: false}",
                ":Thing{name: 'e', text: '" + longer + "'}",
                ":Thing{name: '\"', text: 'last without a line break'}",
            }));
}

TEST_F(ImportTest, BrokenTextIsToldWithItsLine) {
  const std::string names =
      Write("names.csv", "name:ID,text\na,\"one\ntwo\"\nb,\"three\n\xC3\"\n\xFF,x\nd,\xED\xA0\x80\ne,y\n");
  ASSERT_EQ(Import({.nodes = {{{"Name"}, names}}, .relationships = {}, .bad_rows_max = 9}), "");
  EXPECT_EQ(report_.nodes, 2u);
  std::string problems;
  for (const std::string& problem : report_.problems) problems += directory_.WithoutDirectory(problem) + "\n";
  EXPECT_EQ(problems,
            "names.csv:4: byte 9 of the record (0xC3) is not UTF-8\n"
            "names.csv:6: byte 0 of the record (0xFF) is not UTF-8\n"
            "names.csv:7: byte 2 of the record (0xED) is not UTF-8\n");
}

TEST_F(ImportTest, RowsCiteSourcesThatAreImportedToo) {
  const std::string reports = Write("reports.csv", "key:ID(Source),title\nreport,The report\nplan,The plan\n");
  const std::string letters = Write("letters.csv", ":ID(Letter),key,:CITE\n1,l1,plan\n2,report,\n");
  const std::string people =
      Write("people.csv", "name:ID(Person),:CITE,:CITE(Letter)\nann,report[0..5];plan,\nbob,,l1[3..4]\ncid,nowhere,\n");
  const std::string knows =
      Write("knows.csv",
            ":START_ID(Person),:END_ID(Person),:CITE\nann,bob,report[7..9];report[7..9];report\nbob,ann,\n"
            "bob,bob,report[5..5]\nbob,bob,none\n");
  ASSERT_EQ(Import({.nodes = {{{"Person"}, people}, {{"Letter"}, letters}, {{"Source"}, reports}},
                    .relationships = {{"KNOWS", knows}},
                    .bad_rows_max = 3}),
            "");
  std::string problems;
  for (const std::string& problem : report_.problems) problems += directory_.WithoutDirectory(problem) + "\n";
  EXPECT_EQ(problems,
            "people.csv:4: no node :Source has the key 'nowhere'\n"
            "knows.csv:4: 'report[5..5]' is no citation: expected a source's key, or key[first..end] with the first "
            "character and the one behind the last\n"
            "knows.csv:5: no node :Source has the key 'none'\n");
  auto store = storage::OpenStore(database());
  auto graph = graph::Graph::Open(**store);
  auto transaction = (*graph)->BeginRead();
  const auto citations = [&](const graph::ElementId& element) {
    std::string text;
    const auto citations_of = *transaction->Citations({element, std::nullopt});
    for (const graph::Citation& each : citations_of) {
      const auto source = *transaction->GetNode(each.source);
      text += ToText(graph::PropertyOf(source->properties, *transaction->FindKey("key")), false);
      if (each.span) text += "[" + std::to_string(each.span->first) + ".." + std::to_string(each.span->second) + "]";
      text += " ";
    }
    return text;
  };
  std::map<std::string, std::string> cited;
  const auto note = [&](NodeId node) {
    if (const std::string text = citations(node); !text.empty()) cited[NameOf(*transaction, node)] += text;
    return true;
  };
  ASSERT_TRUE(transaction->ScanNodes(std::nullopt, note).ok());
  EXPECT_EQ(cited, (std::map<std::string, std::string>{
                       {"null", "plan "}, {"ann", "report[0..5] plan "}, {"bob", "l1[3..4] "}}));
  std::vector<std::string> of_relationships;
  const auto add = [&](RelationshipId id) { return of_relationships.push_back(citations(id)), true; };
  ASSERT_TRUE(transaction->ScanRelationships(*transaction->FindType("KNOWS"), add).ok());
  EXPECT_EQ(of_relationships, (std::vector<std::string>{"report[7..9] report ", ""}));
  const auto plan = *transaction->SeekKey(*transaction->FindLabel("Source"), *transaction->FindKey("key"), "plan");
  EXPECT_EQ(transaction->FactsCiting(*plan)->size(), 2u);
}

}  // namespace
}  // namespace plenum
