// Import from end to end: files in, a database out, or nothing at all.
#include "plenum/import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/graph/graph.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/interchange/written_file.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

class ImportTest : public testing::Test {
 protected:
  std::string Write(std::string_view name, std::string_view content) {
    const std::string path = directory_.directory() + "/" + std::string(name);
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  std::string database() const { return directory_.directory() + "/graph"; }

  // The problem, or "" and report_ is set.
  std::string Import(const ImportOptions& options) {
    Result<ImportReport> report = plenum::Import(database(), options);
    if (!report) return directory_.WithoutDirectory(report.error().message);
    report_ = *std::move(report);
    return "";
  }

  // Nothing is left of an import that failed.
  bool NothingIsThere() const { return !fs::exists(database()) && !fs::exists(database() + ".importing"); }

  // All relationships as "ann-KNOWS{since: 1999}->bob [2019, …)", nodes by their property `name`, sorted.
  std::vector<std::string> Relationships() {
    std::vector<std::string> lines;
    auto store = storage::OpenStore(database(), {.create_if_missing = false});
    EXPECT_TRUE(store.has_value());
    auto graph = graph::Graph::Open(**store);
    auto transaction = (*graph)->BeginRead();
    for (const graph::TypeId type : transaction->Types()) {
      const Status scanned = transaction->ScanRelationships(type, [&](RelationshipId id) {
        const auto record = *transaction->GetRelationship(id);
        lines.push_back(NameOf(*transaction, record->start) + "-" + transaction->NameOf(type) +
                        ToText(PropertiesOf(*transaction, record->properties)) + "->" +
                        NameOf(*transaction, record->end) +
                        (record->validity ? " " + ToText(*record->validity) : std::string()));
        return true;
      });
      EXPECT_TRUE(scanned.ok());
    }
    std::ranges::sort(lines);
    return lines;
  }

  // All nodes as ":Person{name: 'ann'}", in the order of their ids.
  std::vector<std::string> Nodes() {
    std::vector<std::string> lines;
    auto store = storage::OpenStore(database(), {.create_if_missing = false});
    auto graph = graph::Graph::Open(**store);
    auto transaction = (*graph)->BeginRead();
    const Status scanned = transaction->ScanNodes(std::nullopt, [&](NodeId id) {
      const auto record = *transaction->GetNode(id);
      std::string line;
      for (const graph::LabelId label : record->labels) line += ":" + transaction->NameOf(label);
      line += ToText(PropertiesOf(*transaction, record->properties));
      if (record->validity) line += " " + ToText(*record->validity);
      lines.push_back(line);
      return true;
    });
    EXPECT_TRUE(scanned.ok());
    return lines;
  }

  static Value PropertiesOf(graph::Transaction& transaction, const graph::Properties& properties) {
    Map map;
    for (const auto& [key, value] : properties) map.emplace(transaction.NameOf(key), value);
    return map;
  }
  static std::string NameOf(graph::Transaction& transaction, NodeId node) {
    const auto record = *transaction.GetNode(node);
    return ToText(graph::PropertyOf(record->properties, *transaction.FindKey("name")), false);
  }

  WrittenFile directory_{"", "unused"};
  ImportReport report_;
};

TEST_F(ImportTest, JoinsNodesAndRelationshipsByTheirIds) {
  const std::string people =
      Write("people.csv", "id:ID(Person),name,born:int,:LABEL\n1,ann,1970,Author;Person\n2,bob,,\n");
  const std::string roles = Write("roles.csv", "id:ID(Role),name\n1,director\n");
  const std::string knows =
      Write("knows.csv", ":START_ID(Person),:END_ID(Person),since:int\n1,2,1999\n2,2,\n1,2,2000\n");
  const std::string holds =
      Write("holds.csv", ":START_ID(Person),:END_ID(Role),:VALID_FROM,:VALID_THROUGH\n2,1,2019,2020-06-30\n1,1,,\n");
  ASSERT_EQ(Import({.nodes = {{{"Person"}, people}, {{"Role"}, roles}},
                    .relationships = {{"KNOWS", knows}, {"HOLDS", holds}}}),
            "");
  EXPECT_EQ(report_.nodes, 3u);
  EXPECT_EQ(report_.relationships, 5u);
  EXPECT_EQ(report_.bad_rows, 0u);
  EXPECT_EQ(Nodes(), (std::vector<std::string>{":Person:Author{born: 1970, id: '1', name: 'ann'}",
                                               ":Person{id: '2', name: 'bob'}", ":Role{id: '1', name: 'director'}"}));
  EXPECT_EQ(Relationships(), (std::vector<std::string>{
                                 "ann-HOLDS{}->director", "ann-KNOWS{since: 1999}->bob", "ann-KNOWS{since: 2000}->bob",
                                 "bob-HOLDS{}->director [2019, 2020-07-01)", "bob-KNOWS{}->bob"}));
  EXPECT_FALSE(fs::exists(database() + ".importing"));
}

TEST_F(ImportTest, TheNamedIdIsAKeyOfTheFirstLabel) {
  const std::string people = Write("people.csv", "key:ID|name\n7|ann\n8|bob\n");
  ASSERT_EQ(
      Import({.nodes = {{{"Person", "Human"}, people}}, .relationships = {}, .delimiter = '|', .integer_ids = true}),
      "");
  auto store = storage::OpenStore(database());
  auto graph = graph::Graph::Open(**store);
  auto transaction = (*graph)->BeginRead();
  const auto person = *transaction->FindLabel("Person");
  const auto key = *transaction->FindKey("key");
  EXPECT_TRUE(transaction->HasKey(person, key));
  EXPECT_FALSE(transaction->HasKey(*transaction->FindLabel("Human"), key));
  EXPECT_EQ(*transaction->SeekKey(person, key, 8), NodeId{1});
  EXPECT_EQ(*transaction->CountNodes(person), 2u);
}

TEST_F(ImportTest, BadRowsAreLeftOutUpToALimit) {
  const std::string people = Write("people.csv", "name:ID,born:int\nann,1\nbob,x\nann,3\ncid,4\n");
  const std::string knows = Write("knows.csv", ":START_ID,:END_ID\nann,cid\nann,bob\nzoe,ann\n");
  ImportOptions options{.nodes = {{{"Person"}, people}}, .relationships = {{"KNOWS", knows}}, .bad_rows_max = 4};
  ASSERT_EQ(Import(options), "");
  EXPECT_EQ(report_.nodes, 2u);
  EXPECT_EQ(report_.relationships, 1u);
  EXPECT_EQ(report_.bad_rows, 4u);
  std::vector<std::string> problems;
  for (const std::string& problem : report_.problems) problems.push_back(directory_.WithoutDirectory(problem));
  EXPECT_EQ(problems, (std::vector<std::string>{
                          "people.csv:3: column 'born': 'x' is no integer",
                          "people.csv:4: the id 'ann' is there already in the id space without a name",
                          "knows.csv:3: no node has the id 'bob' in the id space without a name",
                          "knows.csv:4: no node has the id 'zoe' in the id space without a name",
                      }));
  EXPECT_EQ(Relationships(), std::vector<std::string>{"ann-KNOWS{}->cid"});

  fs::remove_all(database());
  options.bad_rows_max = 3;
  EXPECT_EQ(
      Import(options),
      "knows.csv:4: no node has the id 'zoe' in the id space without a name (one bad row more than the 3 allowed)");
  EXPECT_TRUE(NothingIsThere());
}

TEST_F(ImportTest, AFailureLeavesNothing) {
  const std::string good = Write("good.csv", ":ID,name\n1,ann\n");
  EXPECT_EQ(Import({.nodes = {{{}, good}}, .relationships = {{"T", Write("open.csv", ":START_ID,:END_ID\n1,\"1\n")}}}),
            "open.csv:2: a quote in this record is never closed");
  EXPECT_TRUE(NothingIsThere());
  EXPECT_EQ(Import({.nodes = {{{}, good}}, .relationships = {{"T", directory_.directory() + "/none.csv"}}}),
            "none.csv: cannot be opened: No such file or directory");
  EXPECT_TRUE(NothingIsThere());
  EXPECT_EQ(Import({.nodes = {{{}, good}}, .relationships = {{"T", Write("r.csv", ":START_ID(P),:END_ID\n")}}}),
            "r.csv:1: header: no file of nodes has the id space 'P': expected one of the id space without a name");
  EXPECT_TRUE(NothingIsThere());
  const std::string a = Write("a.csv", "name:ID(A)\nx\n");
  const std::string b = Write("b.csv", "name:ID(B)\nx\n");
  const std::string problem = Import({.nodes = {{{"P"}, a}, {{"P"}, b}}, .relationships = {}});
  EXPECT_NE(problem.find("must be unique"), std::string::npos) << problem;
  EXPECT_TRUE(NothingIsThere());
}

TEST_F(ImportTest, NeverTouchesWhatIsThere) {
  const std::string good = Write("good.csv", ":ID,name\n1,ann\n");
  const ImportOptions options{.nodes = {{{}, good}}, .relationships = {}};
  fs::create_directory(database());
  EXPECT_EQ(Import(options),
            "'graph' is there already: an import makes a new database, give another path or remove it");
  EXPECT_TRUE(fs::is_empty(database()));
  fs::remove(database());

  fs::create_directory(database() + ".importing");
  Write("graph.importing/letter.txt", "dear diary");
  EXPECT_NE(Import(options), "");
  EXPECT_TRUE(fs::exists(database() + ".importing/letter.txt"));
}

TEST_F(ImportTest, RemovesWhatAKilledImportLeft) {
  const std::string good = Write("good.csv", ":ID,name\n1,ann\n");
  const ImportOptions options{.nodes = {{{}, good}}, .relationships = {}};
  {
    const auto running = storage::OpenStore(database() + ".importing");
    ASSERT_TRUE(running.has_value());
    const auto refused = plenum::Import(database(), options);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().type, ErrorType::kDatabaseLocked);
    EXPECT_TRUE(fs::exists(database() + ".importing"));
  }
  EXPECT_EQ(Import(options), "");
  EXPECT_EQ(Nodes(), std::vector<std::string>{"{name: 'ann'}"});
}

TEST_F(ImportTest, OptionsThatMakeNoSense) {
  const std::string good = Write("good.csv", ":ID,name\n1,ann\n");
  EXPECT_EQ(Import({}), "an import needs at least one file of nodes");
  EXPECT_EQ(Import({.nodes = {{{}, good}}, .relationships = {}, .delimiter = ';'}),
            "';' cannot delimit both fields and arrays");
  EXPECT_EQ(Import({.nodes = {{{}, good}}, .relationships = {}, .delimiter = '"'}),
            "a delimiter must be an ASCII character, and neither a quote nor a line break");
  EXPECT_FALSE(plenum::Import(":memory:", {.nodes = {{{}, good}}, .relationships = {}}).has_value());
}

TEST_F(ImportTest, ManyRowsTellOfTheirProgress) {
  std::string people = ":ID,name\n";
  for (int i = 0; i < 1'000'000; ++i) people += std::to_string(i) + ",p" + std::to_string(i) + "\n";
  const std::string path = Write("people.csv", people);
  std::vector<std::string> lines;
  ASSERT_EQ(
      Import({.nodes = {{{"P"}, path}},
              .relationships = {},
              .integer_ids = true,
              .progress =
                  [&](std::string_view line) { lines.push_back(directory_.WithoutDirectory(std::string(line))); }}),
      "");
  EXPECT_EQ(report_.nodes, 1'000'000u);
  ASSERT_GE(lines.size(), 2u);
  EXPECT_EQ(lines[lines.size() - 2].substr(0, 31), "people.csv: 1000000 rows read, ");
  EXPECT_TRUE(lines[lines.size() - 2].ends_with(" a second"));
  EXPECT_EQ(lines.back(), "building the database");

  fs::remove_all(database());
  EXPECT_EQ(Import({.nodes = {{{"P"}, path}}, .relationships = {}, .memory_bytes_max = 1 << 20}).substr(0, 11),
            "the ids of ");
  EXPECT_TRUE(NothingIsThere());
}

}  // namespace
}  // namespace plenum
