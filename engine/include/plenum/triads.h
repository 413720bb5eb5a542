// The triad census of a directed projection: of all sets of three nodes, how many are joined in which way.
//
//   auto census = plenum::CountTriads(projection);
//   std::uint64_t cycles = (*census)[plenum::Triad::k030C];
//
// Between two nodes there is nothing, an edge one way, or edges both ways; up to renaming, three nodes can be joined in
// 16 ways. Their names are those of P. Holland and S. Leinhardt ("A Method for Detecting Structure in Sociometric
// Data", 1970): how many pairs are joined both ways (mutual), how many one way (asymmetric), how many not (null), then
// a letter where that does not tell: Down, Up, Cyclic, Transitive. Parallel edges count once, and self-loops not at
// all.
//
// Method: the triads in which all three pairs are joined are found one by one, as the triangles of the undirected
// graph; all others follow from these and from how many neighbours of each kind each node has (M. Ortmann, U. Brandes,
// "Efficient orbit-aware triad and quad census in directed and undirected graphs", 2017). The census itself: V.
// Batagelj, A. Mrvar, "A subquadratic triad census algorithm for large sparse networks with small maximum degree",
// 2001, which visits each connected triad.
//
// Time: at worst in proportion to edges × √edges. Memory while it runs: 5 bytes for each edge and direction, 24 for
// each node and one more a thread. Threads: as many as RunOptions allows, where there is enough to do; the answer
// is the same for any number. Errors: UsageError where the projection is undirected or has no rows of incoming edges,
// and those of RunOptions. Its poll may be late by the time for a thousand pairs of joined nodes, each of √edges steps.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "plenum/projection.h"
#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum {

// Examples on nodes A, B and C.
enum class Triad : std::uint8_t {
  k003,   // nothing
  k012,   // A->B
  k102,   // A<->B
  k021D,  // A<-B->C
  k021U,  // A->B<-C
  k021C,  // A->B->C
  k111D,  // A<->B<-C
  k111U,  // A<->B->C
  k030T,  // A->B->C, A->C
  k030C,  // A->B->C->A
  k201,   // A<->B<->C
  k120D,  // A<-B->C, A<->C
  k120U,  // A->B<-C, A<->C
  k120C,  // A->B->C, A<->C
  k210,   // A->B<->C, A<->C
  k300,   // A<->B<->C<->A
};
inline constexpr std::size_t kTriadCount = 16;

// "003", "021D", …
std::string_view TriadName(Triad triad);

struct TriadCensus {
  // How many there are of each, in the order of Triad. Together, all sets of three nodes. A number over 2^64 - 1, as
  // that of 003 is from 4.8 million nodes on, is told as 2^64 - 1.
  std::array<std::uint64_t, kTriadCount> counts = {};

  std::uint64_t operator[](Triad triad) const { return counts[static_cast<std::size_t>(triad)]; }
};

Result<TriadCensus> CountTriads(const Projection& projection, const RunOptions& options = {});

}  // namespace plenum
