// The house rules hold in this source tree; and the rules themselves are tested with faults planted in small trees.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/tidy/rules.h"
#include "tests/tidy/source_scan.h"

namespace plenum::tidy {
namespace {

constexpr std::string_view kTable =
    "| folder | may include |\n|---|---|\n"
    "| `parser` | `engine/include/plenum/status.h` |\n"
    "| `engine/include/plenum` | |\n"
    "| `engine/storage`, `engine/graph` | `engine/include/plenum` |\n"
    "| `engine/plan` | `engine/graph`, `parser/ast.h` |\n"
    "| `engine/*` | `engine/plan` |\n"
    "| `tests` | everything |\n";

// A tree that breaks no rule.
Tree CleanTree() {
  return {
      {"ARCHITECTURE.md", std::string(kTable)},
      {"README.md", "`./dev test` runs the tests.\n```cpp\n// First.\nint main() {}\n```\n"},
      {"CONTRIBUTING.md", "Run `./dev test`.\n"},
      {"LICENSE", "Apache\n"},
      {"docs/status.md", "Works.\n"},
      {"dev", "case $1 in\n  test) echo ./dev test ;;\nesac\n"},
      {"parser/ast.h", "// Tree.\n#include \"plenum/status.h\"\n"},
      {"parser/parser.h", "// Door.\n"},
      {"engine/include/plenum/status.h", "// Status.\n"},
      {"engine/storage/store.h", "// Store.\n"},
      {"engine/storage/store.cpp", "// Store.\n#include <rocksdb/db.h>\n#include \"engine/storage/store.h\"\n"},
      {"engine/storage/CMakeLists.txt", "add_library(plenum_storage store.cpp)\n"},
      {"engine/graph/graph.h", "// Graph.\n"},
      {"engine/plan/plan.cpp", "// Plan.\n#include \"engine/graph/graph.h\"\n#include \"parser/ast.h\"\n"},
      {"engine/database.cpp", "// Façade.\n#include \"engine/plan/plan.h\"\n"},
      {"engine/plan/plan.h", "// Plan.\n"},
      {"engine/CMakeLists.txt", "add_library(plenum_engine database.cpp plan/plan.cpp)\n"},
      {"tests/a_test.cpp", "// Test.\n#include \"parser/parser.h\"\n#include \"engine/storage/store.h\"\n"},
      {"tests/CMakeLists.txt", "plenum_test(a_test SOURCES ${CMAKE_SOURCE_DIR}/tests/a_test.cpp)\n"},
      {"CMakeLists.txt", "add_executable(first_steps examples/first_steps.cpp)\n"},
      {"examples/first_steps.cpp", "// First.\nint main() {}\n"},
  };
}

// CleanTree with one file written anew; what the rules say of it.
Faults FaultsWith(const std::string& path, const std::string& text) {
  Tree tree = CleanTree();
  tree["ARCHITECTURE.md"] += "| `examples` | |\n";
  tree[path] = text;
  return CheckTree(tree);
}

// Whether there is exactly one fault and it says `part`.
testing::AssertionResult Says(const Faults& faults, std::string_view part) {
  if (faults.size() == 1 && faults[0].find(part) != std::string::npos) return testing::AssertionSuccess();
  auto failure = testing::AssertionFailure() << "expected one fault with '" << part << "', found " << faults.size();
  for (const std::string& fault : faults) failure << "\n  " << fault;
  return failure;
}

std::string Repeat(int times, std::string_view line) {
  std::string text;
  for (int i = 0; i < times; ++i) text += line;
  return text;
}

TEST(RulesTest, CleanTreeHasNoFaults) {
  const Faults faults = FaultsWith("docs/more.md", "More.\n");
  EXPECT_TRUE(faults.empty()) << faults.front();
}

TEST(RulesTest, ArrowsGoOneWay) {
  EXPECT_TRUE(Says(FaultsWith("engine/graph/graph.h", "// G.\n#include \"engine/plan/plan.h\"\n"),
                   "engine/graph/graph.h:2: engine/graph may not include engine/plan/plan.h"));
  EXPECT_TRUE(Says(FaultsWith("engine/plan/plan.h", "// P.\n\n#include \"parser/parser.h\"\n"),
                   "engine/plan/plan.h:3: engine/plan may not include parser/parser.h (it may include: engine/graph, "
                   "parser/ast.h)"));
  EXPECT_TRUE(Says(FaultsWith("engine/include/plenum/status.h", "// S.\n#include \"engine/graph/graph.h\"\n"),
                   "it may include: nothing else of the project"));
  EXPECT_TRUE(
      Says(FaultsWith("engine/database.cpp", "// D.\n#include \"engine/plan/plan.h\"\n#include \"parser/ast.h\"\n"),
           "engine/* may not include parser/ast.h"));
}

TEST(RulesTest, RowsOfOneLineMayNotIncludeEachOther) {
  EXPECT_TRUE(Says(FaultsWith("engine/graph/graph.h", "// G.\n#include \"engine/storage/store.h\"\n"),
                   "engine/graph may not include engine/storage/store.h"));
}

TEST(RulesTest, FoldersNeedARow) {
  Tree tree = CleanTree();
  EXPECT_TRUE(Says(CheckIncludes(tree), "examples/first_steps.cpp:1: no row of ARCHITECTURE.md's table"));
  tree["ARCHITECTURE.md"] = "No table.\n";
  EXPECT_TRUE(Says(CheckIncludes(tree), "there is no table"));
}

TEST(RulesTest, IncludesAreWrittenFromTheRoot) {
  EXPECT_TRUE(Says(
      FaultsWith("engine/storage/store.cpp", "// S.\n#include \"engine/storage/store.h\"\n#include \"nowhere.h\"\n"),
      "engine/storage/store.cpp:3: \"nowhere.h\" is no file of the tree"));
  EXPECT_TRUE(Says(FaultsWith("engine/database.cpp", "// D.\n#include \"plan/plan.h\"\n"),
                   "is relative; write \"engine/plan/plan.h\""));
}

TEST(RulesTest, LibrariesStayInTheirPlaces) {
  EXPECT_TRUE(Says(FaultsWith("engine/graph/graph.h", "// G.\n#include <boost/spirit/home/x3.hpp>\n"),
                   "engine/graph/graph.h:2: <boost/spirit/home/x3.hpp> outside parser/"));
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P.\n#include <boost/variant.hpp>\n"), "in the parser's door"));
  EXPECT_TRUE(
      Says(FaultsWith("engine/storage/store.h", "// S.\n#include <rocksdb/db.h>\n"), "outside engine/storage/*.cpp"));
}

TEST(RulesTest, DeadFilesAreFound) {
  EXPECT_TRUE(Says(FaultsWith("engine/plan/rule.cpp", "// R.\n"), "engine/plan/rule.cpp:1: no CMakeLists.txt lists"));
  EXPECT_TRUE(Says(FaultsWith("engine/plan/rule.h", "// R.\n"), "engine/plan/rule.h:1: nobody includes this header"));
}

TEST(RulesTest, NamesSaySomething) {
  EXPECT_TRUE(Says(FaultsWith("docs/common/page.md", "Page.\n"), "'common' says nothing"));
  EXPECT_TRUE(Says(FaultsWith("docs/string_utils.md", "Page.\n"), "'string_utils.md' says nothing"));
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P.\nclass QueryManager;\n"),
                   "parser/parser.h:2: type 'QueryManager' says nothing"));
  EXPECT_TRUE(
      FaultsWith("parser/parser.h", "// P.\nstruct Utility;  // class Helper\nenum class Communal {};\n").empty());
}

TEST(RulesTest, TextIsTidy) {
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P.\nint a; \n"), "parser/parser.h:2: a blank at the end"));
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P.\n\tint a;\n"), "parser/parser.h:2: a tab"));
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "int a;\n"), "does not open with a comment"));
  EXPECT_TRUE(Says(FaultsWith("tests/a.py", "import os\n"), "tests/a.py:1: the file does not open with a docstring"));
  EXPECT_TRUE(FaultsWith("tests/a.py", "\"\"\"Tells.\"\"\"\n").empty());
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P."), "the last line has no line break"));
}

TEST(RulesTest, DocumentsAgreeWithTheTree) {
  EXPECT_TRUE(Says(FaultsWith("CONTRIBUTING.md", "`./dev fly`\n"), "./dev has no command 'fly'"));
  EXPECT_TRUE(Says(FaultsWith("dev", "case $1 in\n  test) ./dev test ;;\n  fly) ./dev fly ;;\nesac\n"),
                   "'./dev fly' is not mentioned"));
  EXPECT_TRUE(
      Says(FaultsWith("examples/first_steps.cpp", "// Another.\nint main() {}\n"), "the first example differs"));
  EXPECT_TRUE(Says(FaultsWith("docs/more.md", "One.\nSee [it](../nowhere.md#part).\n"),
                   "docs/more.md:2: the link to '../nowhere.md#part' leads nowhere"));
  EXPECT_TRUE(FaultsWith("docs/more.md", "```\n-[:R](b)\n```\n").empty());
  EXPECT_TRUE(FaultsWith("docs/more.md", "[a](../README.md#b) [c](https://d.e) [f](#g) [h](../engine/plan)\n").empty());
  Tree tree = CleanTree();
  tree.erase("docs/status.md");
  EXPECT_TRUE(Says(CheckDocuments(tree), "docs/status.md:1: the page is missing"));
}

TEST(RulesTest, LongFilesAndFunctionsAreFound) {
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P.\n" + Repeat(400, "int a();\n")),
                   "parser/parser.h:401: the file has 401 lines, 400 are the most"));
  EXPECT_TRUE(FaultsWith("parser/parser.h", "// P.\n" + Repeat(399, "int a();\n")).empty());
  EXPECT_TRUE(Says(FaultsWith("tests/a.py", "\"\"\"Tells.\"\"\"\n" + Repeat(400, "a()\n")),
                   "tests/a.py:401: the file has 401 lines, 400 are the most"));
  EXPECT_TRUE(FaultsWith("parser/parser.h", "// P.\nint f() {\n" + Repeat(68, "  g();\n") + "}\n").empty());
  EXPECT_TRUE(Says(FaultsWith("parser/parser.h", "// P.\nint f() {\n" + Repeat(69, "  g();\n") + "}\n"),
                   "parser/parser.h:2: 'int f()' has 71 lines, 70 are the most"));
}

// The heads of the functions that the scan finds, one a line, with how many lines each has.
std::string Scanned(std::string_view source) {
  std::string text;
  for (const Function& f : Functions(source))
    text += f.head + " " + std::to_string(f.last_line - f.first_line + 1) + "\n";
  return text;
}

TEST(SourceScanTest, FindsFunctionsInScopes) {
  EXPECT_EQ(
      Scanned("namespace a::b {\nnamespace {\nint f(int x) {\n  if (x) {\n    return 1;\n  }\n  return 2;\n}\n}\n"
              "struct S : Base<int(int)> {\n  S() = default;\n  int g() const { return 1; }\n public:\n  void h()\n"
              "      override {\n  }\n};\n}\n"),
      "int f(int x) 6\nint g() const 1\nvoid h() 3\n");
  EXPECT_EQ(Scanned("template <class T, int N = 3>\nauto f(T t) -> Result<T> {\n}\nenum class E : int { kA, kB };\n"
                    "struct alignas(16) A {\n  void g() {}\n};\nextern \"C\" {\nint c() { return 0; }\n}\n"),
            "auto f(T t) -> Result<T> 3\nvoid g() 1\nint c() 1\n");
  EXPECT_EQ(Scanned("struct S {\n  T& a() & { return a_; }\n  T b() const&& { return a_; }\n};\n"),
            "T& a() & 1\nT b() const&& 1\n");
}

TEST(SourceScanTest, ReadsConstructorsWithMemberLists) {
  EXPECT_EQ(Scanned("A::A(int a) : a_{a}, b_(a), c_{} {\n  Use();\n}\nA::A() noexcept : a_(1) {}\n"
                    "A::A(int a)\n    : a_(a),\n      b_{1} {}\nint after() {}\n"),
            "A::A(int a) : a_{a}, b_(a), c_{} 3\nA::A() noexcept : a_(1) 1\nA::A(int a) 3\nint after() 1\n");
}

TEST(SourceScanTest, TablesAndDefaultsAreNoFunctions) {
  EXPECT_EQ(
      Scanned("const std::map<int, std::function<int(int)>> kTable{\n    {1, Make(2)},\n    {3, Make(4), {5}},\n};\n"
              "const auto expression_def = term >> *(op > term);\nint f(Options o = {}, int a = 1);\n"
              "std::array<int, 2> kPair = {{1, 2}};\nconst Names kNames = MakeNames({\"a\", \"b\"});\n"),
      "");
  EXPECT_EQ(Scanned("const auto kDouble = [](int x) {\n  return 2 * x;\n};\nstatic int Count() { return 1; }\n"),
            "const auto kDouble = [](int x) 3\nstatic int Count() 1\n");
}

TEST(SourceScanTest, CommentsLiteralsAndDirectivesAreNoCode) {
  EXPECT_EQ(
      Scanned("// int a() {\n/* int b() { */\n#define C() \\\n  int c() {\nconst char* kD = \"int d() {\";\n"
              "const char kE = '{';\nconst char* kF = R\"x(\nint f() { \" )\" )x\";\nint g() { return 1'000'000; }\n"),
      "int g() 1\n");
  EXPECT_EQ(CodeOf("a \"b\\\"c\" 'd' // e\nf"), "a \"    \" ' '     \nf");
}

TEST(SourceScanTest, FindsIncludesAndTypes) {
  const std::vector<Include> includes =
      Includes("// #include \"a.h\"\n#include \"b/c.h\"  // why\n#include <vector>\n");
  ASSERT_EQ(includes.size(), 2u);
  EXPECT_EQ(includes[0].path, "b/c.h");
  EXPECT_TRUE(includes[0].quoted);
  EXPECT_EQ(includes[0].line, 2);
  EXPECT_EQ(includes[1].path, "vector");
  EXPECT_FALSE(includes[1].quoted);
  const std::vector<TypeName> types =
      TypeNames("struct A;\nenum class B { kC };\nusing D = int;\nusing namespace e;\n");
  ASSERT_EQ(types.size(), 3u);
  EXPECT_EQ(types[0].name + types[1].name + types[2].name, "ABD");
  EXPECT_EQ(types[2].line, 3);
}

bool IsOfInterest(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  for (std::string_view end : {".h", ".cpp", ".py", ".md", ".cmake", ".json", ".plenum", ".svg"}) {
    if (name.ends_with(end)) return true;
  }
  return name == "CMakeLists.txt" || name == "LICENSE" || name == "dev";
}

// The files of the checkout, builds and hidden folders left out.
Tree ReadTree(const std::filesystem::path& root) {
  namespace fs = std::filesystem;
  Tree tree;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string name = entry->path().filename().string();
    const bool at_root = entry.depth() == 0;
    if (entry->is_directory() &&
        (name.starts_with('.') || (at_root && (name == "build" || name == "demo-database" || name == "sources")))) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && IsOfInterest(entry->path())) {
      std::ostringstream text;
      text << std::ifstream(entry->path()).rdbuf();
      tree[entry->path().lexically_relative(root).generic_string()] = text.str();
    }
  }
  return tree;
}

TEST(SourceTreeTest, KeepsTheRules) {
  const Tree tree = ReadTree(PLENUM_SOURCE_TREE);
  EXPECT_TRUE(tree.contains("engine/include/plenum/plenum.h")) << "no source tree at " << PLENUM_SOURCE_TREE;
  for (const std::string& fault : CheckTree(tree)) ADD_FAILURE() << fault;
}

}  // namespace
}  // namespace plenum::tidy
