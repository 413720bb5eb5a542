// Values as JSON: plain data is plain JSON; anything else is an object with one key that begins with '$'.
//
//   null, true, 7, 1.0, "a", [1], {"a":1}          as they are; integers never with '.', floats always with '.' or 'e'
//   {"$float":"NaN"}  "Infinity"  "-Infinity"      floats that JSON has no number for
//   {"$node":{"id":1,"labels":["A"],"properties":{}}}
//   {"$rel":{"id":9,"type":"T","start":1,"end":2,"properties":{}}}
//   {"$path":{"nodes":[…],"rels":[…]}}             the insides of $node and $rel, in walking order
//   {"$date":"1984-10-11"}  {"$partialDate":"2020-01"}  {"$interval":{"from":"../2023-02-20","until":"2023-02-22/.."}}
//   {"$map":{"$x":1}}                              a map with exactly one key that begins with '$'
#pragma once

#include <string>
#include <string_view>

#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

// Appends `value` to `out`, without spaces or line breaks. Text is UTF-8, control characters escaped.
void AppendJson(const Value& value, std::string& out);
void AppendJsonString(std::string_view text, std::string& out);
std::string ToJson(const Value& value);

// Reads one JSON value, all of `text`. An ArgumentError names the place (byte offset) and what was expected. Integers
// keep all 64 bits; one that does not fit is an error. Nodes, relationships and paths cannot be read (ArgumentError).
Result<Value> ParseJson(std::string_view text);

}  // namespace plenum
