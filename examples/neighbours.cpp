// Walking the graph without a query: neighbours, degrees, a filter by time, and the shortest path between two people.
#include <iostream>

#include "plenum/graph.h"
#include "plenum/plenum.h"
#include "plenum/search.h"

int Fail(const plenum::Error& error) { return std::cerr << plenum::Describe(error) << '\n', 1; }

int main() {
  auto db = plenum::Database::Open(":memory:");
  if (!db) return Fail(db.error());
  auto made = db->Query(
      "CREATE (ada:Person {name: 'Ada'})-[:KNOWS]->(bo:Person {name: 'Bo'})-[:KNOWS]->(cy:Person {name: 'Cy'}), "
      "(ada)-[:HOLDS VALID FROM '2001' UNTIL '2010']->(:Role {name: 'Chair'}), "
      "(ada)-[:HOLDS VALID FROM '2010']->(:Role {name: 'Director'})");
  if (!made) return Fail(made.error());

  const plenum::GraphSnapshot snapshot = db->Snapshot();
  const plenum::KeyId name = *snapshot.FindKey("name");
  plenum::GraphReader reader(snapshot);
  const auto name_of = [&](plenum::NodeId node) { return plenum::ToText(reader.Property(node, name), false); };
  plenum::Adjacency knows(reader, {.types = {*snapshot.FindType("KNOWS")}, .direction = plenum::Direction::kEither});
  const std::int64_t day = plenum::ParseDate("2005-06-01").value().day;
  plenum::Adjacency held(reader, {.types = {*snapshot.FindType("HOLDS")}, .valid_at = day});

  reader.ForEachNodeChunk(snapshot.FindLabel("Person"), [&](std::span<const plenum::NodeId> people) {
    for (const plenum::NodeId person : people) {
      std::cout << name_of(person) << " knows " << knows.Degree(person) << '\n';
      held.ForEachChunk(person, [&](std::span<const plenum::NodeId> roles) {
        for (const plenum::NodeId role : roles) std::cout << "  and was " << name_of(role) << " in June 2005\n";
      });
    }
  });
  const auto path = plenum::ShortestPath(snapshot, {0}, {2}, {.direction = plenum::Direction::kEither});
  if (!path) return Fail(path.error());
  for (const plenum::NodeId node : (*path)->nodes) std::cout << name_of(node) << ' ';
  std::cout << '\n';
  return reader.status().ok() ? 0 : Fail(reader.status().error());
}
