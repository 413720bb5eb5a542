// Import from end to end: files in, a database out, or nothing at all.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "engine/interchange/bad_rows.h"
#include "tests/interchange/import_fixture.h"

namespace plenum {
namespace {

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

TEST_F(ImportTest, TheReportHasEveryRowThatWasLeftOut) {
  std::string rows = "name:ID,born:int\n";
  for (int i = 0; i < 3'000; ++i) rows += "p" + std::to_string(i) + (i % 2 == 0 ? ",1\n" : ",\"x\ny\"\n");
  ImportOptions options{.nodes = {{{"Person"}, Write("people.csv", rows)}}, .relationships = {}, .bad_rows_max = 2'000};
  options.report = directory_.directory() + "/report.txt";
  ASSERT_EQ(Import(options), "");
  EXPECT_EQ(report_.nodes, 1'500u);
  EXPECT_EQ(report_.bad_rows, 1'500u);
  EXPECT_EQ(report_.problems.size(), BadRows::kProblemsMax);
  std::vector<std::string> lines;
  std::ifstream report(options.report);
  for (std::string line; std::getline(report, line);) lines.push_back(directory_.WithoutDirectory(line));
  ASSERT_EQ(lines.size(), 1'500u);
  EXPECT_EQ(lines.front(), "people.csv:3: column 'born': 'x\\ny' is no integer");
  EXPECT_EQ(lines.back(), "people.csv:4500: column 'born': 'x\\ny' is no integer");

  fs::remove_all(database());
  options.bad_rows_max = 10;
  EXPECT_NE(Import(options), "");
  report = std::ifstream(options.report);
  EXPECT_EQ(std::count(std::istreambuf_iterator<char>(report), {}, '\n'), 11) << "also when the import fails";
  options.report = options.nodes[0].path;
  EXPECT_EQ(Import(options), "people.csv: the report would overwrite a file that is imported");
  EXPECT_EQ(fs::file_size(options.report), rows.size());
  options.report = directory_.directory();
  EXPECT_NE(Import(options).find("the report cannot be made: Is a directory"), std::string::npos);
  EXPECT_TRUE(NothingIsThere());
}

// Whatever the threads and the memory, byte by byte.
TEST_F(ImportTest, ThreadsDoNotChangeWhatIsWritten) {
  std::string people = "id:ID,name,born:int,:LABEL\n";
  for (int i = 0; i < 30'000; ++i) {
    people += std::to_string(i) + ",name " + std::to_string(i % 1000) + (i % 500 == 7 ? ",x," : ",1950,") +
              (i % 3 == 0 ? "Author" : "") + "\n";
  }
  std::string knows = ":START_ID,:END_ID,:TYPE,since:int,:VALID_FROM\n";
  for (int i = 0; i < 100'000; ++i) {
    knows += std::to_string(i * 7 % 30'100) + "," + std::to_string(i * 11 % 30'000) +
             (i % 5 == 0 ? ",LIKES," : ",KNOWS,") + std::to_string(i % 50) + (i % 10 == 0 ? ",2020-01\n" : ",\n");
  }
  ImportOptions options{.nodes = {{{"Person"}, Write("people.csv", people)}},
                        .relationships = {{"", Write("knows.csv", knows)}},
                        .bad_rows_max = 1'000};
  std::map<std::string, std::string> expected;
  std::vector<std::string> problems;
  for (const auto& [threads, memory] :
       {std::pair(1U, 1'000), std::pair(2U, 1'000), std::pair(5U, 12), std::pair(1U, 12)}) {
    options.threads = threads;
    options.memory_bytes_max = std::uint64_t{1'000'000} * static_cast<unsigned>(memory);
    ASSERT_EQ(Import(options), "");
    std::map<std::string, std::string> written;
    {
      auto store = storage::OpenStore(database());
      const auto snapshot = (*store)->TakeSnapshot();
      const auto cursor = snapshot->NewCursor();
      for (cursor->Seek(""); cursor->Valid(); cursor->Next()) written.emplace(cursor->key(), cursor->value());
    }
    if (expected.empty()) {
      expected = written;
      problems = report_.problems;
      EXPECT_GT(problems.size(), 300u);
    }
    EXPECT_TRUE(written == expected) << threads << " threads, " << memory << " MB";
    EXPECT_EQ(report_.problems, problems);
    fs::remove_all(database());
  }
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
