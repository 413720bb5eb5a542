// What an opening bracket opens: decided by looking at the bracket table and a few characters, in constant time.
//
// Each function takes the offset of the bracket (or bar) itself. None of them parses, so none of them can fail; where a
// text is wrong either way, the grammar says so.
#pragma once

#include <cstddef>

#include "parser/progress.h"

namespace plenum::syntax {

// '(' of a node that a relationship follows: a pattern, not an expression in parentheses.
bool OpensPattern(const Progress& progress, std::size_t at);

// '(' directly followed by '(': a quantified group (only asked where a pattern stands).
bool OpensGroup(const Progress& progress, std::size_t at);

// '[' of [name IN list …] or of [pattern | expression].
bool OpensListComprehension(const Progress& progress, std::size_t at);
bool OpensPatternComprehension(const Progress& progress, std::size_t at);

// A name (with dots, for a call) that '(' or '{' follows.
bool BeginsCall(const Progress& progress, std::size_t at);
bool BeginsBraces(const Progress& progress, std::size_t at);
// A name, with dots or without, before the '(' of a pattern: it calls no function in EXISTS { VALID AT day (a)-->(b) }.
bool NamesBeforePattern(const Progress& progress, std::size_t at);
// A name that '=' follows: path = (a)-->(b).
bool BeginsAssignment(const Progress& progress, std::size_t at);

// CALL, FOREACH or LOAD CSV: the clauses that begin with a word that could be a variable.
bool BeginsNamedClause(const Progress& progress, std::size_t at);

// '|' that separates the parts of a comprehension, of reduce(…) or of FOREACH (…), and so joins no labels. Labels that
// are to be joined there go into parentheses: [n IN nodes WHERE n:(A|B) | n.name].
bool BarSeparates(const Progress& progress, std::size_t at);

}  // namespace plenum::syntax
