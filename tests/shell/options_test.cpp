// The command line: what it comes to, and what its mistakes are answered with.
#include "engine/shell/options.h"

#include <gtest/gtest.h>

namespace plenum::shell {
namespace {

using std::chrono::milliseconds;
using Words = std::vector<std::string>;

Options Parsed(const Words& words) {
  Result<Options> options = ParseOptions(words);
  if (options) return *std::move(options);
  ADD_FAILURE() << options.error().message;
  return {};
}

// The message of the mistake; empty when there is none.
std::string Mistake(const Words& words) {
  Result<Options> options = ParseOptions(words);
  if (options) return {};
  EXPECT_EQ(options.error().type, ErrorType::kUsageError);
  return options.error().message;
}

TEST(Options, NameADatabase) {
  Options options = Parsed({"people.plenum"});
  EXPECT_EQ(options.action, Action::kStatements);
  EXPECT_EQ(options.database, "people.plenum");
  EXPECT_EQ(options.format, Format::kTable);
  EXPECT_EQ(Mistake({}), "which database? Name its directory, or :memory:");
  EXPECT_EQ(Mistake({"a", "b"}), "'b' is one name too many");
}

TEST(Options, ComeInAnyOrder) {
  Options options =
      Parsed({"-c", "RETURN 1", "--format=csv", "db", "-c", "RETURN 2", "--timeout", "500ms", "--no-sync"});
  EXPECT_EQ(options.database, "db");
  EXPECT_EQ(options.commands, (Words{"RETURN 1", "RETURN 2"}));
  EXPECT_EQ(options.format, Format::kCsv);
  EXPECT_EQ(options.query.timeout, milliseconds(500));
  EXPECT_FALSE(options.query.sync);
  EXPECT_EQ(Parsed({"--", "--odd"}).database, "--odd");
}

TEST(Options, NameACheck) {
  Options options = Parsed({"check", "db", "--limit", "3", "--memory", "64M"});
  EXPECT_EQ(options.action, Action::kCheck);
  EXPECT_EQ(options.database, "db");
  EXPECT_EQ(options.check.problems_max, 3U);
  EXPECT_EQ(options.check.memory_bytes_max, std::uint64_t{64} << 20);
  EXPECT_EQ(Mistake({"check"}), "which database? Name its directory, or :memory:");
  EXPECT_EQ(Mistake({"check", "db", "--format", "csv"}), "option '--format' belongs to `plenum DB`");
  EXPECT_EQ(Mistake({"db", "--limit", "3"}), "option '--limit' belongs to `plenum check`");
}

TEST(Options, ReadQuantities) {
  EXPECT_EQ(Parsed({"db", "--memory", "2G"}).open.memory_bytes_max, std::uint64_t{2} << 30);
  EXPECT_EQ(Parsed({"db", "--memory", "512m"}).open.memory_bytes_max, std::uint64_t{512} << 20);
  EXPECT_EQ(Parsed({"db", "--memory", "64KiB"}).open.memory_bytes_max, std::uint64_t{64} << 10);
  EXPECT_EQ(Parsed({"db", "--memory", "1000"}).open.memory_bytes_max, 1000U);
  EXPECT_EQ(Parsed({"db", "--timeout", "0.25"}).query.timeout, milliseconds(250));
  EXPECT_EQ(Parsed({"db", "--timeout", "30s"}).query.timeout, milliseconds(30000));
  EXPECT_EQ(Parsed({"db", "--timeout", "0.0001"}).query.timeout, milliseconds(1)) << "0 would be no limit";
  EXPECT_EQ(Parsed({"db", "--threads", "2"}).open.threads, 2U);
  for (const char* wrong : {"", "G", "2X", "-1", "2 G", "99999999999999T", "2GG"}) {
    EXPECT_NE(Mistake({"db", "--memory", wrong}), "") << wrong;
  }
  for (const char* wrong : {"", "soon", "-1", "nan", "inf", "1h", "1e30"}) {
    EXPECT_NE(Mistake({"db", "--timeout", wrong}), "") << wrong;
  }
  for (const char* wrong : {"", "two", "-1", "1.5", "100000"})
    EXPECT_NE(Mistake({"db", "--threads", wrong}), "") << wrong;
}

TEST(Options, AllowFiles) {
  EXPECT_EQ(Parsed({"db"}).open.load_csv_directory, "/");
  EXPECT_EQ(Parsed({"db", "--load-csv", "data"}).open.load_csv_directory, "data");
  EXPECT_EQ(Parsed({"--jsonl"}).open.load_csv_directory, "") << "statements come from elsewhere";
  EXPECT_EQ(Parsed({"--jsonl", "--load-csv", "data"}).open.load_csv_directory, "data");
  EXPECT_EQ(Mistake({"db", "--load-csv", ""}), "--load-csv: '' names no directory: write / for every file");
}

TEST(Options, ReadParameters) {
  Map parameters = Parsed({"db", "--param", "n=1", "--param", "names=[\"a=b\"]"}).query.parameters;
  EXPECT_EQ(parameters.at("n").integer(), 1);
  EXPECT_EQ(parameters.at("names").list().at(0).string(), "a=b");
  EXPECT_NE(Mistake({"db", "--param", "since=2020-01"}).find("'since' is no JSON value"), std::string::npos);
  EXPECT_EQ(Mistake({"db", "--param", "n"}), "--param: 'n': write name=JSON");
}

TEST(Options, AskForTheProtocol) {
  Options options = Parsed({"--jsonl", "--threads", "2", "db"});
  EXPECT_EQ(options.action, Action::kProtocol);
  EXPECT_EQ(options.database, "db");
  EXPECT_EQ(options.open.threads, 2U);
  EXPECT_EQ(Parsed({"db", "--jsonl"}).action, Action::kProtocol);
  EXPECT_EQ(Parsed({"--jsonl"}).database, "");
}

TEST(Options, AttachSources) {
  Options options = Parsed({"source", "add", "db", "report.txt", "--key", "report"});
  EXPECT_EQ(options.action, Action::kSourceAdd);
  EXPECT_EQ(options.database, "db");
  EXPECT_EQ(options.source_file, "report.txt");
  EXPECT_EQ(options.source_key, "report");
  EXPECT_EQ(Parsed({"source", "add", "db", "-", "--key=k"}).source_file, "-");
  EXPECT_EQ(Mistake({"source", "add", "db", "f"}), "which source? Give its key: --key KEY");
  EXPECT_NE(Mistake({"source", "add", "db", "--key", "k"}).find("which text?"), std::string::npos);
}

TEST(Options, Import) {
  Options options = Parsed({"import", "db", "--delimiter", "|", "--array-delimiter=TAB", "--id-type", "integer",
                            "--nodes", "Person:Teacher=p=1.csv", "--nodes=Role=r.csv", "--relationships", "HOLDS=h.csv",
                            "--bad-tolerance", "7", "--memory", "1G", "--threads", "2"});
  EXPECT_EQ(options.action, Action::kImport);
  EXPECT_EQ(options.database, "db");
  const ImportOptions& import = options.import;
  ASSERT_EQ(import.nodes.size(), 2U);
  EXPECT_EQ(import.nodes[0].labels, (Words{"Person", "Teacher"}));
  EXPECT_EQ(import.nodes[0].path, "p=1.csv");
  EXPECT_EQ(import.nodes[1].labels, Words{"Role"});
  ASSERT_EQ(import.relationships.size(), 1U);
  EXPECT_EQ(import.relationships[0].type, "HOLDS");
  EXPECT_EQ(import.delimiter, '|');
  EXPECT_EQ(import.array_delimiter, '\t');
  EXPECT_TRUE(import.integer_ids);
  EXPECT_EQ(import.bad_rows_max, 7U);
  EXPECT_EQ(import.memory_bytes_max, std::uint64_t{1} << 30);
  EXPECT_EQ(import.threads, 2U);
  EXPECT_EQ(Parsed({"import", "db", "--nodes", "f", "--report", "bad.txt"}).import.report, "bad.txt");
  EXPECT_EQ(Mistake({"import", "db"}), "no files: give --nodes LABEL=FILE");
  EXPECT_NE(Mistake({"import", "db", "--nodes", "Person="}), "");
  EXPECT_NE(Mistake({"import", "db", "--nodes", "f", "--delimiter", "||"}), "");
  EXPECT_NE(Mistake({"import", "db", "--nodes", "f", "--id-type", "uuid"}), "");
}

TEST(Options, MistakesAreNamed) {
  EXPECT_EQ(Mistake({"db", "--fromat", "csv"}), "unknown option '--fromat'");
  EXPECT_EQ(Mistake({"db", "-x"}), "unknown option '-x'");
  EXPECT_EQ(Mistake({"db", "--format"}), "option '--format' needs a value: NAME");
  EXPECT_EQ(Mistake({"db", "--read-only=yes"}), "option '--read-only' takes no value");
  EXPECT_EQ(Mistake({"db", "--format", "xml"}),
            "--format: no format 'xml': write one of table, csv, json, jsonl, markdown");
  EXPECT_EQ(Mistake({"db", "--key", "k"}), "option '--key' belongs to `plenum source add`");
  EXPECT_EQ(Mistake({"import", "db", "--nodes", "f", "--read-only"}), "option '--read-only' belongs to `plenum DB`");
}

TEST(Options, HelpNeedsNothingElse) {
  EXPECT_EQ(Parsed({"--help"}).action, Action::kHelp);
  EXPECT_EQ(Parsed({"import", "-h"}).action, Action::kHelp);
  EXPECT_EQ(Parsed({"--version"}).action, Action::kVersion);
  for (const char* option : {"--format", "--param", "--timeout", "--memory", "--nodes", "--key", "--jsonl", "-c"}) {
    EXPECT_NE(HelpText().find(option), std::string_view::npos) << option;
  }
}

}  // namespace
}  // namespace plenum::shell
