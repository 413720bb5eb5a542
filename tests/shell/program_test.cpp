// The real program, run as a user would from a command line: arguments in, text and exit status out.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "plenum/plenum.h"
#include "tests/shell/child_process.h"

namespace plenum::shell {
namespace {

class ProgramTest : public testing::Test {
 protected:
  ProgramTest() : folder_(std::filesystem::path(testing::TempDir()) / ("plenum_program_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~ProgramTest() override { std::filesystem::remove_all(folder_); }

  Outcome Plenum(const std::vector<std::string>& arguments, const std::string& input = {}) {
    return RunChild(PLENUM_PROGRAM, arguments, input);
  }
  std::string Path(const std::string& name) const { return folder_ / name; }
  std::string File(const std::string& name, const std::string& content) const {
    std::ofstream(Path(name), std::ios::binary) << content;
    return Path(name);
  }

  std::filesystem::path folder_;
};

// A shell's pipeline, for what needs one.
Outcome Sh(const std::string& line) { return RunChild("/bin/sh", {"-c", line}); }

TEST_F(ProgramTest, RunsStatementsOfTheCommandLine) {
  Outcome outcome =
      Plenum({":memory:", "-c", "CREATE (:A {x: 1})", "-c", "MATCH (a:A) RETURN a.x AS x; RETURN 'é' AS t"});
  EXPECT_EQ(outcome.errors, "");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "created 1 node, set 1 property, added 1 label\n"
            "┌───┐\n│ x │\n├───┤\n│ 1 │\n└───┘\n1 row\n"
            "┌───┐\n│ t │\n├───┤\n│ é │\n└───┘\n1 row\n");
}

TEST_F(ProgramTest, RunsStatementsOfStandardInput) {
  Outcome outcome =
      Plenum({":memory:", "--format", "csv"},
             "// first\nCREATE (:A {x: 1});\nMATCH (a:A)\nRETURN a.x AS x;\n:format jsonl\nRETURN ';' AS y");
  EXPECT_EQ(outcome.errors, "");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "x\r\n1\r\n{\"y\":\";\"}\n");
}

TEST_F(ProgramTest, KeepsWhatWasWritten) {
  EXPECT_EQ(Plenum({Path("db"), "-c", "CREATE (:A {x: 7})"}).status, 0);
  Outcome outcome = Plenum({Path("db"), "--read-only", "--format", "jsonl", "-c", "MATCH (a:A) RETURN a.x AS x"});
  EXPECT_EQ(outcome.out, "{\"x\":7}\n") << outcome.errors;
  outcome = Plenum({Path("db"), "--read-only", "-c", "CREATE (:A)"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.errors, "");
}

TEST_F(ProgramTest, WritesEveryFormat) {
  auto written = [&](const char* format) {
    return Plenum({":memory:", "--format", format, "-c", "UNWIND [1, 2] AS a RETURN a, 'x,y' AS b"}).out;
  };
  EXPECT_EQ(written("csv"), "a,b\r\n1,\"x,y\"\r\n2,\"x,y\"\r\n");
  EXPECT_EQ(written("json"), "[\n{\"a\":1,\"b\":\"x,y\"},\n{\"a\":2,\"b\":\"x,y\"}\n]\n");
  EXPECT_EQ(written("jsonl"), "{\"a\":1,\"b\":\"x,y\"}\n{\"a\":2,\"b\":\"x,y\"}\n");
  EXPECT_EQ(written("markdown"), "| a | b |\n| --- | --- |\n| 1 | x,y |\n| 2 | x,y |\n");
  EXPECT_EQ(written("table"), "┌───┬─────┐\n│ a │ b   │\n├───┼─────┤\n│ 1 │ x,y │\n│ 2 │ x,y │\n└───┴─────┘\n2 rows\n");
}

TEST_F(ProgramTest, WarnsApartFromTheAnswer) {
  Outcome outcome = Plenum({":memory:", "--format", "csv", "-c", "CREATE (:Person);\nMATCH (p:Persn) RETURN p.x AS x"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "x\r\n");
  EXPECT_EQ(outcome.errors,
            "Warning (UnknownLabel) at line 2, column 10: no node has the label `Persn`; did you mean `Person`?\n"
            "MATCH (p:Persn) RETURN p.x AS x\n"
            "         ^^^^^\n");
}

TEST_F(ProgramTest, PassesParameters) {
  Outcome outcome = Plenum({":memory:", "--format", "jsonl", "--param", "n=[1,{\"a\":null}]", "--param", "t=\"x\"",
                            "-c", "RETURN $n AS n, $t AS t"});
  EXPECT_EQ(outcome.out, "{\"n\":[1,{\"a\":null}],\"t\":\"x\"}\n") << outcome.errors;
  outcome = Plenum({":memory:", "--param", "n=oops", "-c", "RETURN $n"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.errors.find("parameter 'n'"), std::string::npos);
}

TEST_F(ProgramTest, StopsAtTheFirstErrorAndSaysWhere) {
  Outcome outcome =
      Plenum({":memory:", "--format", "csv"}, "RETURN 1 AS x;\n\nRETURN 2 AS y; RETURN\n  nope;\nRETURN 3;\n");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "x\r\n1\r\ny\r\n2\r\n");
  EXPECT_NE(outcome.errors.find("SyntaxError (UndefinedVariable) at line 4, column 3"), std::string::npos)
      << outcome.errors;
  EXPECT_NE(outcome.errors.find("\n  nope\n  ^^^^\n"), std::string::npos) << outcome.errors;
}

TEST_F(ProgramTest, RollsBackATransactionLeftOpen) {
  Outcome outcome = Plenum({Path("db")}, "BEGIN;\nCREATE (:A);\n");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.errors.find("rolled back"), std::string::npos);
  EXPECT_EQ(Plenum({Path("db"), "--format", "csv", "-c", "MATCH (a) RETURN count(*) AS n"}).out, "n\r\n0\r\n");
  EXPECT_EQ(Plenum({Path("db")}, "BEGIN;\nCREATE (:A);\nCOMMIT;\n").status, 0);
  EXPECT_EQ(Plenum({Path("db"), "--format", "csv", "-c", "MATCH (a) RETURN count(*) AS n"}).out, "n\r\n1\r\n");
}

TEST_F(ProgramTest, StopsAtTheTimeLimit) {
  Outcome outcome = Plenum({":memory:", "--timeout", "100ms", "-c",
                            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.errors.rfind("Timeout", 0), 0U) << outcome.errors;
}

TEST_F(ProgramTest, ChecksADatabase) {
  EXPECT_EQ(Plenum({Path("db"), "-c", "CREATE (:A {x: 7})-[:R VALID FROM '2020']->(:B)"}).status, 0);
  Outcome outcome = Plenum({"check", Path("db")});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.errors, "");
  EXPECT_EQ(
      outcome.out.rfind("ok: 2 nodes, 1 relationship, 1 property, 0 index entries, 0 citations, 0 source texts in ", 0),
      0U)
      << outcome.out;
  outcome = Plenum({"check", Path("nowhere")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_FALSE(std::filesystem::exists(Path("nowhere")));
}

TEST_F(ProgramTest, TellsStatistics) {
  EXPECT_EQ(Plenum({Path("db"), "-c", "CREATE (:A {x: 7})-[:R]->(:B)"}).status, 0);
  Outcome outcome = Plenum({"stats", Path("db"), "--compact"});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_EQ(outcome.out.rfind("2 nodes, 1 relationship\nNodes by label\n", 0), 0U) << outcome.out;
  outcome = Plenum({"stats", Path("db"), "--json"});
  EXPECT_EQ(
      outcome.out.rfind(R"({"indexes":[],"labels":[{"label":"A","nodes":1},{"label":"B","nodes":1}],"nodes":2,)", 0),
      0U)
      << outcome.out;
  EXPECT_EQ(Plenum({"stats", Path("nowhere"), "--compact"}).status, 1);
  EXPECT_FALSE(std::filesystem::exists(Path("nowhere")));
}

TEST_F(ProgramTest, ExplainsWrongCommandLines) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {":memory:", "--nope"},
                                                {":memory:", "-c"},
                                                {"source", "add", ":memory:", "file"}}) {
    Outcome outcome = Plenum(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.errors.find("`plenum --help` says more."), std::string::npos) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST_F(ProgramTest, FailsWhenTheDatabaseCannotBeOpened) {
  Outcome outcome = Plenum({Path("missing"), "--read-only", "-c", "RETURN 1"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.errors.rfind("plenum: NotFound", 0), 0U) << outcome.errors;
  File("text", "no database");
  EXPECT_EQ(Plenum({Path("text"), "-c", "RETURN 1"}).status, 1);
}

// In one line apart from the answer, for whoever comes next; not again once it was closed in order.
TEST_F(ProgramTest, SaysThatADatabaseWasNotClosed) {
  const pid_t child = fork();
  if (child == 0) {
    Result<Database> database = Database::Open(Path("db"));
    for (int i = 0; i < 3 && database; ++i) (void)database->Query("CREATE (:A)");
    _exit(0);  // not closed
  }
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  const std::string notice =
      "plenum: '" + Path("db") + "' was not closed properly; every commit up to number 3 is there, and none after it\n";
  const std::vector<std::string> count{Path("db"), "--format", "csv", "-c", "MATCH (a:A) RETURN count(*) AS n"};
  std::vector<std::string> reading = count;
  reading.push_back("--read-only");
  for (const auto& arguments : {reading, reading, count}) {
    Outcome outcome = Plenum(arguments);
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out, "n\r\n3\r\n");
    EXPECT_EQ(outcome.errors, notice);
  }
  EXPECT_EQ(Plenum(count).errors, "");
}

TEST_F(ProgramTest, SaysWhatItIs) {
  EXPECT_EQ(Plenum({"--version"}).out.rfind("plenum ", 0), 0U);
  Outcome outcome = Plenum({"--help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("Exit status"), std::string::npos);
}

TEST_F(ProgramTest, SurvivesAReaderThatGoesAway) {
  std::string command = "'" PLENUM_PROGRAM "' :memory: --format csv -c 'UNWIND range(1, 300000) AS x RETURN x'";
  Outcome outcome = Sh("(" + command + "; echo $? >&2) | head -2");
  EXPECT_EQ(outcome.out, "x\r\n1\r\n");
  EXPECT_EQ(outcome.errors, "1\n");
  outcome = Sh(command + " > /dev/full");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.errors.find("No space left on device"), std::string::npos) << outcome.errors;
}

TEST_F(ProgramTest, AttachesSources) {
  std::string text = File("report.txt", "She was appointed director.");
  Outcome outcome = Plenum({"source", "add", Path("db"), text, "--key", "report"});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_EQ(outcome.out, "attached 27 bytes to source report\n");
  outcome = Plenum({Path("db"), "--format", "csv", "-c", "MATCH (s:Source) RETURN s.key AS key"});
  EXPECT_EQ(outcome.out, "key\r\nreport\r\n") << outcome.errors;
  EXPECT_EQ(Plenum({"source", "add", Path("db"), "-", "--key", "note"}, "from a pipe").out,
            "attached 11 bytes to source note\n");
}

TEST_F(ProgramTest, RefusesTextsThatCannotBeRead) {
  Outcome outcome = Plenum({"source", "add", Path("db"), Path("missing.txt"), "--key", "k"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.errors.find("missing.txt cannot be read: No such file"), std::string::npos) << outcome.errors;
  outcome = Plenum({"source", "add", Path("db"), File("latin1.txt", "caf\xe9 au lait"), "--key", "k"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.errors.find("is not UTF-8: byte 3 (0xe9)"), std::string::npos) << outcome.errors;
  EXPECT_EQ(Plenum({"source", "add", Path("db"), folder_, "--key", "k"}).status, 1) << "a directory";
  EXPECT_FALSE(std::filesystem::exists(Path("db"))) << "nothing was opened for a text that cannot be read";
}

TEST_F(ProgramTest, Imports) {
  std::string people = File("people.csv", "id:ID(Person)|name|born:int\n1|Chen|1962\n2|Li|\n");
  std::string roles = File("roles.csv", "id:ID(Role)|title\n7|Director\n");
  std::string holds = File("holds.csv", ":START_ID(Person)|:END_ID(Role)|since:int\n1|7|2020\n2|7|2021\n");
  Outcome outcome =
      Plenum({"import", Path("db"), "--delimiter", "|", "--id-type", "integer", "--nodes", "Person=" + people,
              "--nodes=Role=" + roles, "--relationships", "HOLDS=" + holds, "--threads", "2"});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_EQ(outcome.errors, "");
  EXPECT_EQ(outcome.out.rfind("imported 3 nodes and 2 relationships in ", 0), 0U) << outcome.out;
  outcome = Plenum({Path("db"), "--format", "csv", "-c",
                    "MATCH (p:Person)-[h:HOLDS]->(r:Role) RETURN p.name AS name, h.since AS since, r.title AS title "
                    "ORDER BY since"});
  EXPECT_EQ(outcome.out, "name,since,title\r\nChen,2020,Director\r\nLi,2021,Director\r\n") << outcome.errors;
}

TEST_F(ProgramTest, ReportsRowsItCannotImport) {
  std::string people = File("people.csv", "id:ID(Person),born:int\na,1962\nb,soon\n");
  Outcome outcome = Plenum({"import", Path("db"), "--nodes", "Person=" + people});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_FALSE(std::filesystem::exists(Path("db")));
  outcome = Plenum({"import", Path("db"), "--nodes", "Person=" + people, "--bad-tolerance", "1"});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_NE(outcome.errors.find("people.csv:3"), std::string::npos) << outcome.errors;
  EXPECT_EQ(outcome.out.rfind("imported 1 node and 0 relationships, left out 1 row in ", 0), 0U) << outcome.out;
  outcome = Plenum(
      {"import", Path("other"), "--nodes", "Person=" + people, "--bad-tolerance", "1", "--report", Path("report.txt")});
  EXPECT_EQ(outcome.errors, "");
  std::ifstream report(Path("report.txt"));
  std::string line;
  std::getline(report, line);
  EXPECT_NE(line.find("people.csv:3: column 'born': 'soon' is no integer"), std::string::npos) << line;
}

TEST_F(ProgramTest, SpeaksLinesOfJson) {
  Outcome outcome = Plenum({"--jsonl", "--threads", "2"},
                           "{\"op\":\"hello\"}\n{\"op\":\"reset\"}\n\nnonsense\n"
                           "{\"op\":\"query\",\"text\":\"RETURN $x AS x\",\"params\":{\"x\":1.0},\"timing\":true}\n");
  EXPECT_EQ(outcome.status, 0);
  std::istringstream lines(outcome.out);
  std::vector<std::string> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(line);
  ASSERT_EQ(answers.size(), 4U) << outcome.out;
  EXPECT_EQ(answers[0].rfind("{\"name\":\"plenum\"", 0), 0U);
  EXPECT_EQ(answers[1], "{\"ok\":true}");
  EXPECT_EQ(answers[2].rfind("{\"error\":{\"phase\":\"runtime\"", 0), 0U);
  EXPECT_EQ(answers[3].rfind("{\"columns\":[\"x\"],\"rows\":[[1.0]],\"stats\":{", 0), 0U) << answers[3];
  EXPECT_NE(answers[3].find("\"us\":"), std::string::npos);
}

TEST_F(ProgramTest, LoadsFilesOfItsUser) {
  const std::string load = "LOAD CSV FROM '" + File("a.csv", "x,y\n") + "' AS row RETURN row";
  EXPECT_EQ(Plenum({":memory:", "--format", "jsonl", "-c", load}).out, "{\"row\":[\"x\",\"y\"]}\n");
  std::filesystem::create_directory(Path("data"));
  Outcome outcome = Plenum({":memory:", "--load-csv", Path("data"), "-c", load});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.errors.rfind("UsageError (FileNotAllowed) at line 1, column 15: ", 0), 0U) << outcome.errors;
  outcome = Plenum({":memory:", "--load-csv", Path("gone"), "-c", load});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.errors.find("there is no such directory"), std::string::npos) << outcome.errors;
}

TEST_F(ProgramTest, LoadsFilesForProgramsOnlyWhereItIsTold) {
  const std::string ask = "{\"op\":\"query\",\"text\":\"LOAD CSV FROM $url AS row RETURN row\",\"params\":{\"url\":\"" +
                          File("a.csv", "x,y\n") + "\"}}\n";
  EXPECT_NE(Plenum({"--jsonl"}, ask).out.find("\"FileNotAllowed\""), std::string::npos);
  EXPECT_NE(Plenum({"--jsonl", "--load-csv", folder_}, ask).out.find("\"rows\":[[[\"x\",\"y\"]]]"), std::string::npos);
  EXPECT_NE(Plenum({"--jsonl", "--load-csv", folder_}, "{\"op\":\"reset\"}\n" + ask).out.find("\"rows\":[["),
            std::string::npos);
}

TEST_F(ProgramTest, SpeaksLinesOfJsonOfADatabase) {
  EXPECT_EQ(Plenum({Path("db"), "-c", "CREATE (:A)"}).status, 0);
  Outcome outcome = Plenum({"--jsonl", Path("db")},
                           "{\"op\":\"reset\"}\n{\"op\":\"query\",\"text\":\"MATCH (a:A) RETURN count(*) AS n\"}\n");
  EXPECT_NE(outcome.out.find("would erase the database"), std::string::npos);
  EXPECT_NE(outcome.out.find("\"rows\":[[1]]"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace plenum::shell
