// A small graph with something of everything, as keys and values: each damage is done to a copy of these.
//
// 100 people (0 … 99), of whom 10 are towns too, and a source; a hub with chunks, a self-loop, parallel relationships,
// long strings in a column and in a row map, a dropped index, citations of a text.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/graph/check.h"
#include "engine/graph/graph.h"

namespace plenum::graph {

using Contents = std::map<std::string, std::string>;

inline constexpr std::uint16_t kPerson = 0;  // labels
inline constexpr std::uint16_t kTown = 1;
inline constexpr std::uint16_t kKnows = 0;  // types
inline constexpr std::uint16_t kHub = 1;
inline constexpr std::uint16_t kName = 0;  // property keys
inline constexpr std::uint16_t kAge = 1;
inline constexpr std::uint16_t kRare = 2;
inline constexpr std::uint32_t kHubNode = 5;
inline constexpr NodeId kSource{4096};  // the first node of the second extent
inline constexpr std::uint8_t kOut = 0;
inline constexpr std::uint8_t kIn = 1;

const Contents& HealthyPeople();

CheckReport CheckOf(const Contents& contents, const CheckOptions& options = {});
// A line each.
std::string Text(const std::vector<std::string>& lines);

}  // namespace plenum::graph
