// LOAD CSV through the whole library: what a file's fields become, which files may be read, and what is said of files
// that cannot be. The examples of the language's page are here, too.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "plenum/plenum.h"
#include "tests/database_checks.h"
#include "tests/small_stack.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

class LoadCsvTest : public testing::Test {
 protected:
  LoadCsvTest() {
    std::string pattern = fs::canonical(fs::temp_directory_path()) / "plenum_load_csv_XXXXXX";
    folder_ = mkdtemp(pattern.data());
    fs::create_directory(folder_ / "allowed");
    database_ = InMemory({.load_csv_directory = Path("allowed")});
  }
  ~LoadCsvTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ / name; }
  std::string Allowed(const std::string& name) const { return folder_ / "allowed" / name; }

  // The path of a file that may be read.
  std::string File(std::string_view content, const std::string& name = "file.csv") const {
    std::ofstream(Allowed(name), std::ios::binary) << content;
    return Allowed(name);
  }

  Result<QueryResult> Load(const std::string& path, const std::string& clause, const std::string& then = "RETURN row") {
    return database_.Query(clause + " " + then, {.parameters = {{"url", path}}});
  }

  // The rows of a file with this content, one a line.
  std::string Rows(std::string_view content, const std::string& clause = "LOAD CSV FROM $url AS row") {
    QueryResult answer = Must(Load(File(content), clause));
    std::string rows;
    while (answer.Next()) rows += ToText(answer.Get(0)) + "\n";
    return rows;
  }
  std::string Maps(std::string_view content) { return Rows(content, "LOAD CSV WITH HEADERS FROM $url AS row"); }

  // What is said of a file with this content, "TypeOfError Detail: message", the folder left out.
  std::string Fault(std::string_view content, const std::string& clause = "LOAD CSV FROM $url AS row") {
    return Said(Failure(Load(File(content), clause)));
  }
  std::string HeaderFault(std::string_view content) { return Fault(content, "LOAD CSV WITH HEADERS FROM $url AS row"); }

  std::string FaultOfUrl(const Value& url) {
    return Said(Failure(database_.Query("LOAD CSV FROM $url AS row RETURN row", {.parameters = {{"url", url}}})));
  }

  std::string Said(const Error& error) const {
    std::string said = std::string(ErrorTypeName(error.type)) + " " + error.detail + ": " + error.message;
    const std::string folder = folder_.string() + "/";
    for (std::size_t at = said.find(folder); at != std::string::npos; at = said.find(folder)) {
      said.erase(at, folder.size());
    }
    return said;
  }

  fs::path folder_;
  Database database_ = InMemory();
};

TEST_F(LoadCsvTest, WithoutHeadersARowIsAList) {
  EXPECT_EQ(Rows("a,b\n1,2\n"), "['a', 'b']\n['1', '2']\n");
  EXPECT_EQ(Rows("a,b\n1\n1,2,3"), "['a', 'b']\n['1']\n['1', '2', '3']\n") << "of any length";
  EXPECT_EQ(Rows("a,,\"\",\n"), "['a', null, '', null]\n");
  EXPECT_EQ(Rows(""), "");
  EXPECT_EQ(Rows("\n\r\n"), "");
  EXPECT_EQ(Rows("a"), "['a']\n");
}

TEST_F(LoadCsvTest, WithHeadersARowIsAMap) {
  EXPECT_EQ(Maps("name,age\nAda,61\nBo,\n\"\",1\n"),
            "{age: '61', name: 'Ada'}\n{age: null, name: 'Bo'}\n{age: '1', name: ''}\n");
  EXPECT_EQ(Maps("a,b,c\n1\n"), "{a: '1', b: null, c: null}\n") << "what is missing is null";
  EXPECT_EQ(Maps(",b\n1,2\n"), "{``: '1', b: '2'}\n");
  EXPECT_EQ(Maps(""), "");
  EXPECT_EQ(Maps("a,b"), "");
}

TEST_F(LoadCsvTest, ReadsWhatProgramsWrite) {
  EXPECT_EQ(Maps("\xEF\xBB\xBFname\r\nAda\r\n"), "{name: 'Ada'}\n") << "a byte order mark and CR LF";
  EXPECT_EQ(Rows("\"two\nlines\",\"say \"\"so\"\"\"\n"), "['two\\nlines', 'say \"so\"']\n");
  EXPECT_EQ(Rows("a;b,c\n", "LOAD CSV FROM $url AS row FIELDTERMINATOR ';'"), "['a', 'b,c']\n");
  EXPECT_EQ(Rows("a\tb\n", "LOAD CSV FROM $url AS row FIELDTERMINATOR '\\t'"), "['a', 'b']\n");
  EXPECT_EQ(Rows("é,北京\n"), "['é', '北京']\n");
}

TEST_F(LoadCsvTest, FaultsNameFileAndLine) {
  EXPECT_EQ(Fault("a\n\"b\nc\"\nd\xFFz\n"),
            "UsageError InvalidCsv: allowed/file.csv:4: byte 1 of the record (0xFF) is not UTF-8");
  EXPECT_EQ(Fault("a\nb,\"c\n"), "UsageError InvalidCsv: allowed/file.csv:2: a quote in this record is never closed");
  EXPECT_EQ(Fault("a\n\"b\"c\n"),
            "UsageError InvalidCsv: allowed/file.csv:2: field 1 goes on after its closing quote: a quote inside a "
            "quoted field is written twice");
  EXPECT_EQ(Fault("\xFF\xFE\x61"),
            "UsageError InvalidCsv: allowed/file.csv: is UTF-16: expected UTF-8; convert it first");
  EXPECT_EQ(
      HeaderFault("a,b\n1,2\n1,2,3\n"),
      "UsageError InvalidCsv: allowed/file.csv:3: this record has 3 fields, and the header names 2: quote a field "
      "that holds the field terminator, or name another with FIELDTERMINATOR");
  EXPECT_EQ(HeaderFault("a,b,a\n"),
            "UsageError InvalidCsv: allowed/file.csv:1: the header names 'a' twice: rename one, or read the file "
            "without WITH HEADERS");
  const Error error = Failure(Load(File("\"a"), "LOAD CSV FROM $url AS row"));
  ASSERT_TRUE(error.place);
  EXPECT_EQ(error.place->column, 15U) << "the place is that of the URL";
}

TEST_F(LoadCsvTest, FilesAreNamedByPathsAndUrls) {
  const std::string file = File("x\n", "my file%.csv");
  const std::string loaded = "LOAD CSV FROM $url AS row";
  EXPECT_EQ(ToText(Single(Load(file, loaded))), "['x']");
  EXPECT_EQ(ToText(Single(Load("file://" + Allowed("my%20file%25.csv"), loaded))), "['x']");
  EXPECT_EQ(ToText(Single(Load("FILE://localhost" + Allowed("my%20file%25.csv"), loaded))), "['x']");
  EXPECT_EQ(ToText(Single(Load("file:" + Allowed("my file%25.csv"), loaded))), "['x']");
  EXPECT_EQ(ToText(Single(Load(fs::relative(file), loaded))), "['x']") << "from the process's directory";
  EXPECT_EQ(ToText(Single(Load(Allowed("../allowed/my file%.csv"), loaded))), "['x']");

  for (const char* url : {"http://example.org/x.csv", "https://example.org/x.csv", "ftp://x/y", "file://other/x.csv",
                          "file:x.csv", "file:///x%2", "file:///x%zz", "file:///x%00", "file:///%FF", ""}) {
    EXPECT_EQ(FaultOfUrl(url).substr(0, 25), "ArgumentError InvalidUrl:") << url;
  }
  EXPECT_EQ(FaultOfUrl(std::string("a\0b", 3)).substr(0, 25), "ArgumentError InvalidUrl:");
  EXPECT_EQ(FaultOfUrl("http://example.org/x.csv"),
            "ArgumentError InvalidUrl: 'http://example.org/x.csv' is a URL of http, and only files of this machine are "
            "read: write a path, or file:///directory/file.csv");
  EXPECT_EQ(FaultOfUrl(Value()), "TypeError InvalidArgumentType: LOAD CSV reads the file that a text names, not null");
  EXPECT_EQ(FaultOfUrl(1).substr(0, 30), "TypeError InvalidArgumentType:");
  EXPECT_EQ(FaultOfUrl(Allowed("gone.csv")).substr(0, 43), "NotFound : allowed/gone.csv: cannot be open");
}

TEST_F(LoadCsvTest, UrlsMayComeFromRows) {
  File("1\n2\n", "a.csv");
  File("3\n", "b.csv");
  EXPECT_EQ(ToText(Single(Load(Allowed(""), "UNWIND ['a', 'b'] AS name LOAD CSV FROM $url + name + '.csv' AS row",
                               "RETURN collect(name + row[0])"))),
            "['a1', 'a2', 'b3']");
  EXPECT_EQ(ToText(Single(Load(Allowed(""),
                               "UNWIND ['a', 'b'] AS name CALL (name) { LOAD CSV FROM $url + name + '.csv' "
                               "AS row RETURN count(*) AS n }",
                               "RETURN collect(n)"))),
            "[2, 1]");
}

TEST_F(LoadCsvTest, NothingIsReadUnlessAllowed) {
  database_ = InMemory();
  File("x\n");
  for (const char* url : {"/etc/passwd", "gone.csv"}) {
    EXPECT_EQ(FaultOfUrl(url),
              "UsageError FileNotAllowed: LOAD CSV may read no files here: open the database with load_csv_directory, "
              "the directory whose files it may read (for the program: --load-csv DIRECTORY)");
  }
  const Error error = Failure(Load("", "UNWIND [] AS url LOAD CSV FROM url AS row"));
  EXPECT_EQ(error.detail, "FileNotAllowed") << "also where there is nothing to read";
  EXPECT_TRUE(Load("", "EXPLAIN LOAD CSV FROM $url AS row")) << "which reads nothing";
}

TEST_F(LoadCsvTest, OtherDirectoriesAreOutOfReach) {
  std::ofstream(Path("secret.csv")) << "secret\n";
  fs::create_directory(Path("allowed2"));
  std::ofstream(Path("allowed2/secret.csv")) << "secret\n";
  fs::create_symlink(Path("secret.csv"), Allowed("link.csv"));
  fs::create_directory_symlink(folder_, Allowed("up"));
  for (const std::string& path :
       {Path("secret.csv"), Path("allowed2/secret.csv"), Allowed("../secret.csv"), Allowed("link.csv"),
        Allowed("up/secret.csv"), Allowed("up/allowed/../secret.csv"), "file://" + Allowed("%2e%2e/secret.csv"),
        fs::relative(Path("secret.csv")).string(), std::string("/etc/passwd"), std::string("/no/such/file"),
        Allowed("none/../../secret.csv")}) {
    EXPECT_EQ(FaultOfUrl(path).substr(0, 26), "UsageError FileNotAllowed:") << path;
  }
  EXPECT_EQ(FaultOfUrl(Path("secret.csv")),
            "UsageError FileNotAllowed: 'secret.csv' is not below allowed, and other files may not be read here: move "
            "the file there, or open the database with another load_csv_directory");
}

TEST_F(LoadCsvTest, LinksThatStayInsideAreFollowed) {
  File("x\n", "real.csv");
  fs::create_symlink(Allowed("real.csv"), Allowed("link.csv"));
  EXPECT_EQ(ToText(Single(Load(Allowed("link.csv"), "LOAD CSV FROM $url AS row"))), "['x']");
  fs::create_directory_symlink(Path("allowed"), Path("other name"));
  database_ = InMemory({.load_csv_directory = Path("other name")});
  EXPECT_EQ(ToText(Single(Load(Path("other name/real.csv"), "LOAD CSV FROM $url AS row"))), "['x']");
  EXPECT_EQ(ToText(Single(Load(Allowed("real.csv"), "LOAD CSV FROM $url AS row"))), "['x']");
}

TEST_F(LoadCsvTest, OnlyFilesAreRead) {
  EXPECT_EQ(FaultOfUrl(Path("allowed")), "UsageError NotAFile: allowed: is no file but a directory: name a file");
  ASSERT_EQ(mkfifo(Allowed("pipe").c_str(), 0600), 0);
  EXPECT_EQ(FaultOfUrl(Allowed("pipe")),
            "UsageError NotAFile: allowed/pipe: is no file but a device or a pipe: name a file")
      << "opening one would wait for a writer";
}

TEST_F(LoadCsvTest, TheDirectoryIsCheckedWhenTheDatabaseIsOpened) {
  EXPECT_EQ(Failure(Database::Open(":memory:", {.load_csv_directory = Path("gone")})).type, ErrorType::kNotFound);
  EXPECT_EQ(Failure(Database::Open(":memory:", {.load_csv_directory = File("x")})).type, ErrorType::kNotFound);
  Database everything = InMemory({.load_csv_directory = "/"});
  const Map parameters{{"url", File("x\n")}};
  EXPECT_EQ(ToText(Single(everything.Query("LOAD CSV FROM $url AS row RETURN row", {.parameters = parameters}))),
            "['x']");
}

TEST_F(LoadCsvTest, ALimitStopsReading) {
  const std::string file = File("a\nb\n\"never closed\n");
  EXPECT_EQ(ToText(Single(Load(file, "LOAD CSV FROM $url AS row", "RETURN row LIMIT 1"))), "['a']");
  EXPECT_EQ(ToText(Single(Load(file, "LOAD CSV FROM $url AS row", "RETURN row SKIP 1 LIMIT 1"))), "['b']");
  EXPECT_EQ(Failure(Load(file, "LOAD CSV FROM $url AS row", "RETURN row LIMIT 3")).detail, "InvalidCsv");
}

TEST_F(LoadCsvTest, AFailedLoadChangesNothing) {
  const std::string file = File("a\n\"never closed\n");
  EXPECT_EQ(Failure(Load(file, "LOAD CSV FROM $url AS row", "CREATE (:A {x: row[0]})")).detail, "InvalidCsv");
  EXPECT_EQ(CountNodes(database_), 0);
}

// As on the page of the language.
TEST_F(LoadCsvTest, FilesBecomeAGraph) {
  const std::string people = File("name,post,since\nAda Lin,Chair,2020-06-01\nBo Chen,Deputy,2020-09\n");
  Must(Load(people, "LOAD CSV WITH HEADERS FROM $url AS row",
            "MERGE (p:Person {name: row.name}) MERGE (r:Role {title: row.post}) "
            "CREATE (p)-[:HOLDS VALID FROM row.since]->(r)"));
  EXPECT_EQ(
      ToText(Single(database_.Query("MATCH (p:Person)-[h:HOLDS]->(r) WITH p, h, r ORDER BY p.name "
                                    "RETURN collect(p.name + ' ' + r.title + ' ' + toString(validity(h).from))"))),
      "['Ada Lin Chair 2020-06-01', 'Bo Chen Deputy 2020-09']");
}

TEST_F(LoadCsvTest, CreatingIsLinearInTheFile) {
  std::string content = "id,name\n";
  for (int i = 0; i < 200'000; ++i) content += std::to_string(i) + ",name" + std::to_string(i) + "\n";
  const auto begin = std::chrono::steady_clock::now();
  Must(Load(File(content), "LOAD CSV WITH HEADERS FROM $url AS row",
            "CREATE (:Person {id: toInteger(row.id), name: row.name})"));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(CountNodes(database_), 200'000);
  EXPECT_LT(elapsed.count(), 60 * tests::kSlowness) << "quadratic work would take hours";
}

// Far more than the limit in all, a little at a time.
TEST_F(LoadCsvTest, OnlyRowsThatAreHeldTakeMemory) {
  std::string content;
  for (int i = 0; i < 40'000; ++i) content += std::string(500, 'x') + "," + std::to_string(i) + "\n";
  const std::string file = File(content);
  database_ = InMemory({.memory_bytes_max = std::uint64_t{8} << 20, .load_csv_directory = Path("allowed")});
  const std::string clause = "LOAD CSV FROM $url AS row";
  EXPECT_EQ(Single(Load(file, clause, "RETURN count(*)")).integer(), 40'000);
  EXPECT_EQ(Single(Load(file, clause, "RETURN max(toInteger(row[1]))")).integer(), 39'999);
  EXPECT_EQ(Single(Load(file, clause, "WITH row[1] AS id WHERE id = '7' RETURN id")).string(), "7");
  for (const char* then : {"RETURN row", "RETURN collect(row)", "WITH row ORDER BY row[1] RETURN count(*)",
                           "WITH DISTINCT row RETURN count(*)", "CREATE (:A {x: row[1]})"}) {
    EXPECT_EQ(Failure(Load(file, clause, then)).type, ErrorType::kResourceExhausted) << then;
  }
}

TEST_F(LoadCsvTest, ARecordHasAShareOfTheMemory) {
  const std::string file = File(std::string(std::size_t{3} << 20, ','));
  database_ = InMemory({.memory_bytes_max = std::uint64_t{64} << 20, .load_csv_directory = Path("allowed")});
  EXPECT_EQ(Said(Failure(Load(file, "LOAD CSV FROM $url AS row"))),
            "UsageError InvalidCsv: allowed/file.csv:1: a record of more than 1 MB: is a quote never closed?");
}

TEST_F(LoadCsvTest, ManyClausesTakeLittleStack) {
  const std::string file = File("a\n");
  std::string clauses;
  for (int i = 0; i < 400; ++i) clauses += "LOAD CSV FROM $url AS row" + std::to_string(i) + " ";
  tests::OnSmallStack([&] { EXPECT_EQ(ToText(Single(Load(file, clauses, "RETURN row399"))), "['a']"); });
}

TEST_F(LoadCsvTest, TimeOutAndCancelStopIt) {
  std::string content;
  for (int i = 0; i < 100'000; ++i) content += "x\n";
  const Map parameters{{"url", File(content)}};
  const std::string text = "LOAD CSV FROM $url AS a LOAD CSV FROM $url AS b RETURN count(*)";
  EXPECT_EQ(Failure(database_.Query(text, {.parameters = parameters, .timeout = std::chrono::milliseconds(50)})).type,
            ErrorType::kTimeout);
  const std::atomic<bool> cancel = true;
  EXPECT_EQ(Failure(database_.Query(text, {.parameters = parameters, .cancel = &cancel})).type, ErrorType::kCancelled);
}

TEST_F(LoadCsvTest, TransactionsReadFilesToo) {
  File("x\n");
  Transaction transaction = Must(database_.BeginWrite());
  const Map parameters{{"url", Allowed("file.csv")}};
  Must(transaction.Query("LOAD CSV FROM $url AS row CREATE (:A {x: row[0]})", {.parameters = parameters}));
  Must(transaction.Commit());
  EXPECT_EQ(Single(database_.Query("MATCH (a:A) RETURN a.x")).string(), "x");
}

}  // namespace
}  // namespace plenum
