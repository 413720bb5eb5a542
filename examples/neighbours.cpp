// Walking the graph without a query: a node by its key, labels, neighbours, a filter by time, many nodes at once, a
// test for an edge, and the shortest path between two people.
#include <array>
#include <iostream>

#include "plenum/graph.h"
#include "plenum/plenum.h"
#include "plenum/search.h"

int Fail(const plenum::Error& error) { return std::cerr << plenum::Describe(error) << '\n', 1; }

int main() {
  auto db = plenum::Database::Open(":memory:");
  if (!db) return Fail(db.error());
  for (const char* const statement :
       {"CREATE CONSTRAINT FOR (p:Person) REQUIRE p.name IS UNIQUE",
        "CREATE (ada:Person {name: 'Ada'})-[:KNOWS]->(bo:Person {name: 'Bo'})-[:KNOWS]->(cy:Person {name: 'Cy'}), "
        "(ada)-[:HOLDS VALID FROM '2001' UNTIL '2010']->(:Role {name: 'Chair'}), "
        "(ada)-[:HOLDS VALID FROM '2010']->(:Role {name: 'Director'})"}) {
    if (auto made = db->Query(statement); !made) return Fail(made.error());
  }

  const plenum::GraphSnapshot snapshot = db->Snapshot();
  const auto person = *snapshot.FindLabel("Person");  // absent in a graph that never had one
  const auto name = *snapshot.FindKey("name");
  plenum::GraphReader reader(snapshot);
  const auto name_of = [&](plenum::NodeId node) { return plenum::ToText(reader.Property(node, name), false); };
  const auto find = [&](const char* who) { return reader.FindNode(person, name, plenum::Value(who)).value(); };
  const std::array<plenum::NodeId, 3> people{find("Ada"), find("Bo"), find("Cy")};

  plenum::Adjacency knows(
      reader, {.types = {*snapshot.FindType("KNOWS")}, .direction = plenum::Direction::kEither, .label = person});
  knows.Expand(people, [&](std::size_t i, std::span<const plenum::NodeId> friends) {
    for (const plenum::NodeId each : friends) std::cout << name_of(people[i]) << " knows " << name_of(each) << '\n';
  });
  std::cout << "Bo knows " << knows.Degree(people[1]) << "; Ada and Cy "
            << (knows.HasEdge(people[0], people[2]) ? "know" : "do not know") << " each other\n";

  const std::int64_t day = plenum::ParseDate("2005-06-01").value().day;
  plenum::Adjacency held(reader, {.types = {*snapshot.FindType("HOLDS")}, .valid_at = day});
  reader.ForEachNodeChunk(person, [&](std::span<const plenum::NodeId> chunk) {
    for (const plenum::NodeId each : chunk) {
      held.ForEachChunk(each, [&](std::span<const plenum::NodeId> roles) {
        for (const plenum::NodeId role : roles) std::cout << name_of(each) << " was " << name_of(role) << " in 2005\n";
      });
    }
  });

  const auto path = plenum::ShortestPath(snapshot, people[0], people[2], {.direction = plenum::Direction::kEither});
  if (!path) return Fail(path.error());
  for (const plenum::NodeId node : (*path)->nodes) std::cout << name_of(node) << ' ';
  std::cout << '\n';
  return reader.status().ok() ? 0 : Fail(reader.status().error());
}
