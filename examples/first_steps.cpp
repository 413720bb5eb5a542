// First steps with Plenum: write a fact that holds for a while, then ask who held the post on a day.
#include <iostream>

#include "plenum/plenum.h"

int Fail(const plenum::Error& error) { return std::cerr << plenum::Describe(error) << '\n', 1; }

int main() {
  auto db = plenum::Database::Open(":memory:");  // or a directory
  if (!db) return Fail(db.error());
  auto made = db->Query("CREATE (:Person {name: 'Ada'})-[:HOLDS VALID FROM '2020-01']->(:Role {title: 'Director'})");
  if (!made) return Fail(made.error());
  auto rows = db->Query("MATCH (p)-[h:HOLDS VALID AT $day]->(r) RETURN p.name, r.title, validity(h).from",
                        {.parameters = {{"day", "2023-02-20"}}});
  if (!rows) return Fail(rows.error());
  while (rows->Next()) {
    for (const plenum::Value& value : rows->row()) std::cout << plenum::ToText(value, false) << '\n';
  }
}
