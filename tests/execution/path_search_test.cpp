// Paths against their definition: on random multigraphs with self-loops and parallel relationships, each query must
// answer the walks that a plain enumeration finds, for every mode, selector, direction and end to begin at.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "plenum/plenum.h"

namespace plenum {
namespace {

struct Edge {
  int from = 0;
  int to = 0;
  bool knows = true;  // :R, or else :S
};
struct Graph {
  int nodes = 0;
  std::vector<Edge> edges;
};

// One step of a pattern, and a round of steps that is repeated.
struct Step {
  char direction = '>';  // '>', '<' or '-'
  char type = 'R';       // 'R', 'S', or '*': both
};
struct Round {
  std::vector<Step> steps;
  int least = 1;
  int most = 1;         // -1: unbounded
  bool rising = false;  // the round's first node has a number no greater than its last
};
struct Walk {
  std::vector<int> nodes;
  std::vector<int> edges;
  auto operator<=>(const Walk&) const = default;
};

// Every walk along the rounds that is no longer than `longest`, one relationship after the other.
class Enumeration {
 public:
  Enumeration(const Graph& graph, std::vector<Round> rounds, std::size_t longest, bool trail)
      : graph_(graph), rounds_(std::move(rounds)), longest_(longest), trail_(trail) {}

  std::vector<Walk> All() {
    for (int node = 0; node < graph_.nodes; ++node) {
      walk_ = {{node}, {}};
      Begin(0, 0, node);
    }
    return std::move(found_);
  }

 private:
  void Begin(std::size_t round, int done, int at) {
    if (round == rounds_.size()) return found_.push_back(walk_);
    const Round& here = rounds_[round];
    if (done >= here.least) Begin(round + 1, 0, at);
    if (here.most >= 0 && done >= here.most) return;
    Go(round, done, 0, at, at);
  }

  void Go(std::size_t round, int done, std::size_t step, int began, int at) {
    const Round& here = rounds_[round];
    if (step == here.steps.size()) {
      if (!here.rising || began <= at) Begin(round, done + 1, at);
      return;
    }
    if (walk_.edges.size() == longest_) return;
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const Edge& edge = graph_.edges[e];
      const Step& wanted = here.steps[step];
      if (wanted.type != '*' && (wanted.type == 'R') != edge.knows) continue;
      if (trail_ && std::ranges::find(walk_.edges, static_cast<int>(e)) != walk_.edges.end()) continue;
      std::set<int> ends;
      if (wanted.direction != '<' && edge.from == at) ends.insert(edge.to);
      if (wanted.direction != '>' && edge.to == at) ends.insert(edge.from);
      for (const int end : ends) {
        walk_.edges.push_back(static_cast<int>(e));
        walk_.nodes.push_back(end);
        Go(round, done, step + 1, began, end);
        walk_.edges.pop_back();
        walk_.nodes.pop_back();
      }
    }
  }

  const Graph& graph_;
  std::vector<Round> rounds_;
  std::size_t longest_;
  bool trail_;
  Walk walk_;
  std::vector<Walk> found_;
};

bool ModeAllows(const std::string& mode, const Walk& walk) {
  const std::set<int> nodes(walk.nodes.begin(), walk.nodes.end());
  if (mode == "ACYCLIC") return nodes.size() == walk.nodes.size();
  if (mode != "SIMPLE") return true;
  const bool closed = walk.nodes.size() > 1 && walk.nodes.front() == walk.nodes.back();
  return nodes.size() + (closed ? 1 : 0) == walk.nodes.size();
}

// ---- The pattern as text

std::string TextOf(const Step& step, const std::string& range) {
  const std::string type = step.type == '*' ? "" : fmt::format(":{}", step.type);
  const std::string inside = fmt::format("[{}{}]", type, range);
  if (step.direction == '>') return fmt::format("-{}->", inside);
  if (step.direction == '<') return fmt::format("<-{}-", inside);
  return fmt::format("-{}-", inside);
}

std::string TextOf(const Round& round, std::mt19937& random) {
  const std::string most = round.most < 0 ? "" : std::to_string(round.most);
  if (round.steps.size() == 1 && !round.rising && random() % 2) {
    return TextOf(round.steps.front(), fmt::format("*{}..{}", round.least, most));
  }
  std::string text = "((x)";
  for (std::size_t i = 0; i < round.steps.size(); ++i) {
    text += TextOf(round.steps[i], "");
    text += i + 1 == round.steps.size() ? "(y)" : "()";
  }
  return fmt::format("{}{}){{{},{}}}", text, round.rising ? " WHERE x.n <= y.n" : "", round.least, most);
}

std::vector<Round> RandomRounds(std::mt19937& random, bool unbounded) {
  static constexpr std::string_view kDirections = "><-";
  static constexpr std::string_view kTypes = "RS*";
  std::vector<Round> rounds(1 + random() % 2);
  for (Round& round : rounds) {
    round.steps.resize(random() % 4 == 0 ? 2 : 1);
    for (Step& step : round.steps) step = {kDirections[random() % 3], kTypes[random() % 3]};
    round.least = static_cast<int>(random() % 3);
    round.most = unbounded && random() % 2 ? -1 : round.least + static_cast<int>(random() % 2);
    round.rising = random() % 4 == 0;
  }
  return rounds;
}

Graph RandomGraph(std::mt19937& random) {
  Graph graph{.nodes = 1 + static_cast<int>(random() % 4), .edges = {}};
  const auto node = [&] { return static_cast<int>(random() % graph.nodes); };
  graph.edges.resize(random() % 6);
  for (Edge& edge : graph.edges) edge = {node(), node(), random() % 3 != 0};
  return graph;
}

Database Stored(const Graph& graph) {
  Database database = *Database::Open(":memory:");
  std::string text = "CREATE ";
  for (int n = 0; n < graph.nodes; ++n) {
    text += fmt::format("{}(n{}:{} {{n: {}}})", n ? ", " : "", n, n == 0 ? "First" : "Other", n);
  }
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const Edge& edge = graph.edges[e];
    text += fmt::format(", (n{})-[:{} {{k: {}}}]->(n{})", edge.from, edge.knows ? "R" : "S", e, edge.to);
  }
  EXPECT_TRUE(database.Query(text)) << text;
  return database;
}

// The walks that the query answers, as `RETURN [n IN nodes(p) | n.n], [r IN relationships(p) | r.k]` gives them.
std::vector<Walk> Answered(Database& database, const std::string& query) {
  auto result = database.Query(query);
  if (!result) {
    ADD_FAILURE() << query << "\n" << result.error().message;
    return {};
  }
  std::vector<Walk> walks;
  while (result->Next()) {
    Walk walk;
    for (const Value& node : result->row()[0].list()) walk.nodes.push_back(static_cast<int>(node.integer()));
    for (const Value& edge : result->row()[1].list()) walk.edges.push_back(static_cast<int>(edge.integer()));
    walks.push_back(std::move(walk));
  }
  std::ranges::sort(walks);
  return walks;
}

struct Case {
  Graph graph;
  std::vector<Round> rounds;
  std::string mode;
  std::string first = "(a)";  // how the ends are written: what is rare is where matching begins
  std::string last = "(b)";
  std::string text;  // of the rounds
};

Case RandomCase(std::mt19937& random, bool unbounded) {
  static const std::vector<std::string> kModes = {"TRAIL", "WALK", "ACYCLIC", "SIMPLE"};
  Case made{.graph = RandomGraph(random), .rounds = RandomRounds(random, unbounded), .mode = kModes[random() % 4]};
  if (random() % 3 == 0) made.first = "(a:First)";
  if (random() % 3 == 0) made.last = "(b:First)";
  for (std::size_t i = 0; i < made.rounds.size(); ++i) {
    std::string text = TextOf(made.rounds[i], random);
    if (i > 0) {  // names of their own
      std::string renamed;
      for (const char c : text) renamed += c == 'x' ? 'v' : c == 'y' ? 'w' : c;
      text = "()" + renamed;
    }
    made.text += text;
  }
  return made;
}

std::vector<Walk> Expected(const Case& wanted, std::size_t longest) {
  std::vector<Walk> walks = Enumeration(wanted.graph, wanted.rounds, longest, wanted.mode != "WALK").All();
  std::erase_if(walks, [&](const Walk& walk) {
    return !ModeAllows(wanted.mode, walk) || (wanted.first == "(a:First)" && walk.nodes.front() != 0) ||
           (wanted.last == "(b:First)" && walk.nodes.back() != 0);
  });
  std::ranges::sort(walks);
  return walks;
}

std::string QueryFor(const Case& wanted, const std::string& selector) {
  return fmt::format("MATCH p = {} {} {}{}{} RETURN [n IN nodes(p) | n.n], [r IN relationships(p) | r.k]", selector,
                     wanted.mode, wanted.first, wanted.text, wanted.last);
}

bool Unbounded(const Case& wanted) {
  return std::ranges::any_of(wanted.rounds, [](const Round& round) { return round.most < 0; });
}

TEST(PathSearch, EveryPathOfEveryMode) {
  std::mt19937 random(20230220);
  std::size_t found = 0;
  for (int i = 0; i < 1000; ++i) {
    const Case wanted = RandomCase(random, true);
    if (wanted.mode == "WALK" && Unbounded(wanted)) continue;
    Database database = Stored(wanted.graph);
    const std::string query = QueryFor(wanted, "");
    const std::vector<Walk> walks = Expected(wanted, 12);
    ASSERT_EQ(Answered(database, query), walks) << query;
    found += walks.size();
  }
  EXPECT_GT(found, 3000u);
}

// By pair of ends, in order of length.
using Groups = std::map<std::pair<int, int>, std::map<std::size_t, std::vector<Walk>>>;

Groups Grouped(const std::vector<Walk>& walks) {
  Groups groups;
  for (const Walk& walk : walks) groups[{walk.nodes.front(), walk.nodes.back()}][walk.edges.size()].push_back(walk);
  return groups;
}

// Whether `taken` is what a selector takes of `all`: as many paths as it wants (or groups), none longer than one left
// out, each one that there is.
void CheckChosen(const Groups& all, const Groups& taken, std::size_t paths, std::size_t lengths,
                 const std::string& query) {
  ASSERT_EQ(all.size(), taken.size()) << query;
  for (const auto& [ends, by_length] : all) {
    const auto& chosen = taken.at(ends);
    std::size_t left = paths;
    std::size_t groups_left = lengths;
    std::size_t expected_groups = 0;
    for (const auto& [length, walks] : by_length) {
      if (left == 0 || groups_left == 0) break;
      const std::size_t count = std::min(left, walks.size());
      ASSERT_TRUE(chosen.contains(length)) << query;
      const std::vector<Walk>& here = chosen.at(length);
      ASSERT_EQ(here.size(), count) << query;
      ASSERT_TRUE(std::ranges::includes(walks, here)) << query;
      left -= count;
      --groups_left;
      ++expected_groups;
    }
    ASSERT_EQ(chosen.size(), expected_groups) << query;
  }
}

TEST(PathSearch, SelectorsTakeTheShortest) {
  struct Selector {
    std::string text;
    std::size_t paths;
    std::size_t lengths;
  };
  const std::vector<Selector> selectors = {{"ANY SHORTEST", 1, SIZE_MAX}, {"ALL SHORTEST", SIZE_MAX, 1},
                                           {"ANY", 1, SIZE_MAX},          {"ANY 2", 2, SIZE_MAX},
                                           {"SHORTEST 3", 3, SIZE_MAX},   {"SHORTEST 2 GROUPS", SIZE_MAX, 2}};
  std::mt19937 random(19970701);
  std::size_t found = 0;
  for (int i = 0; i < 600; ++i) {
    const Case wanted = RandomCase(random, true);
    const Selector& selector = selectors[random() % selectors.size()];
    const bool one = selector.paths == 1 || selector.lengths == 1;
    if (wanted.mode == "WALK" && Unbounded(wanted) && !one) continue;
    Database database = Stored(wanted.graph);
    const std::string query = QueryFor(wanted, selector.text);
    // A shortest walk of an unbounded pattern is not longer than the places that a search can be at.
    const std::vector<Walk> walks = Expected(wanted, wanted.mode == "WALK" && Unbounded(wanted) ? 7 : 12);
    const std::vector<Walk> answered = Answered(database, query);
    CheckChosen(Grouped(walks), Grouped(answered), selector.paths, selector.lengths, query);
    if (HasFatalFailure()) return;
    found += answered.size();
  }
  EXPECT_GT(found, 1000u);
}

TEST(PathSearch, GroupVariablesAreListsInTheOrderOfThePath) {
  std::mt19937 random(7);
  std::size_t rows = 0;
  for (int i = 0; i < 300; ++i) {
    const Graph graph = RandomGraph(random);
    Database database = Stored(graph);
    const std::string ends = random() % 2 ? "(b:First)" : "(b)";
    const std::string query =
        "MATCH p = (a)((x)-[r]-(y)){0,4}" + ends +
        " RETURN x = nodes(p)[..-1] AND y = nodes(p)[1..] AND r = relationships(p) AND size(r) = length(p) AS same";
    auto result = database.Query(query);
    ASSERT_TRUE(result) << query << result.error().message;
    for (; result->Next(); ++rows) ASSERT_TRUE(result->row()[0].boolean()) << query;
  }
  EXPECT_GT(rows, 1000u);
}

TEST(PathSearch, APathMayBeLongerThanTheStackIsDeep) {
  Database database = *Database::Open(":memory:");
  ASSERT_TRUE(database.Query("UNWIND range(0, 20000) AS n CREATE (:N {n: n})"));
  ASSERT_TRUE(database.Query(
      "MATCH (n:N) WITH n ORDER BY n.n WITH collect(n) AS ns UNWIND range(0, 19999) AS i WITH ns[i] AS a, ns[i + 1] "
      "AS b CREATE (a)-[:NEXT]->(b)"));
  // Each takes time in proportion to the path's length: with its square, this test would take minutes.
  for (const std::string path :
       {"ANY SHORTEST (a {n: 0})-[:NEXT]->+(b {n: 20000})", "ANY SHORTEST (a {n: 0})-[:NEXT]-+(b {n: 20000})",
        "ALL SHORTEST SIMPLE (a {n: 0}) (()-[:NEXT]->())+ (b {n: 20000})",
        "ANY SHORTEST ACYCLIC (a {n: 0})-[:NEXT]->+(b {n: 20000})", "(a {n: 0})-[:NEXT*]->(b {n: 20000})",
        "WALK (a {n: 0})-[:NEXT]->{20000}(b)"}) {
    auto result = database.Query("MATCH p = " + path + " RETURN length(p)");
    ASSERT_TRUE(result) << path << result.error().message;
    ASSERT_TRUE(result->Next()) << path;
    EXPECT_EQ(result->row()[0].integer(), 20000) << path;
  }
}

TEST(PathSearch, ALongCircleIsClosed) {
  Database database = *Database::Open(":memory:");
  ASSERT_TRUE(database.Query("UNWIND range(0, 4999) AS n CREATE (:N {n: n})"));
  ASSERT_TRUE(database.Query(
      "MATCH (n:N) WITH n ORDER BY n.n WITH collect(n) AS ns UNWIND range(0, 4999) AS i WITH ns[i] AS a, "
      "ns[(i + 1) % 5000] AS b CREATE (a)-[:NEXT]->(b)"));
  auto result = database.Query("MATCH p = ALL SHORTEST (a {n: 0})-[:NEXT]-+(a) RETURN length(p)");
  ASSERT_TRUE(result) << result.error().message;
  for (int round = 0; round < 2; ++round) {  // either way round
    ASSERT_TRUE(result->Next());
    EXPECT_EQ(result->row()[0].integer(), 5000);
  }
  EXPECT_FALSE(result->Next());
}

}  // namespace
}  // namespace plenum
