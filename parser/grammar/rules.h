// The rules that the grammar's files share: each file defines some and uses those of the others.
#pragma once

#include "parser/ast.h"
#include "parser/grammar/x3.h"

namespace plenum::syntax {

// expression.cpp, atom.cpp
using ExpressionRule = Rule<ast::Expression>;
using AtomRule = Rule<ast::Expression, struct AtomTag>;
using OperandRule = Rule<ast::Expression, struct OperandTag>;
using GroupedRule = Rule<ast::Expression, struct GroupedTag>;
using PropertyPathRule = Rule<ast::Expression, struct PropertyPathTag>;
using TextRule = Rule<ast::Expression, struct TextTag>;
using IntegerRule = Rule<ast::Expression, struct IntegerTag>;
using ParameterRule = Rule<ast::Expression, struct ParameterTag>;
using CallRule = Rule<ast::Expression, struct CallTag>;
using MapRule = Rule<ast::Expression, struct MapTag>;
using LabelRule = Rule<ast::LabelExpression>;
inline const ExpressionRule expression = "expression";
inline const AtomRule atom = "atom";
inline const OperandRule operand = "operand";                   // what binary operators join
inline const GroupedRule grouped = "grouped";                   // (expression)
inline const PropertyPathRule property_path = "property_path";  // variable{.key}
inline const TextRule text = "text";
inline const IntegerRule integer = "integer";
inline const ParameterRule parameter = "parameter";
inline const CallRule call = "call";  // function(arguments)
inline const MapRule map = "map";     // {key: value, …}
inline const LabelRule labels = "labels";
BOOST_SPIRIT_DECLARE(ExpressionRule, AtomRule, OperandRule, GroupedRule, PropertyPathRule, TextRule, IntegerRule,
                     ParameterRule, CallRule, MapRule, LabelRule)

// time.cpp
using AssertionRule = Rule<ast::Assertion>;
using FilterRule = Rule<ast::ValidFilter>;
using CitationRule = Rule<ast::Citation>;
using SourceRule = Rule<ast::Expression, struct SourceTag>;
inline const AssertionRule assertion = "assertion";  // VALID FROM …
inline const FilterRule filter = "filter";           // VALID AT …
inline const CitationRule citation = "citation";     // CITE …
inline const SourceRule source = "source";
BOOST_SPIRIT_DECLARE(AssertionRule, FilterRule, CitationRule, SourceRule)

// pattern.cpp
using PatternRule = Rule<ast::Pattern>;
using PathsRule = Rule<ast::Pattern, struct PathsTag>;
using SinglePathRule = Rule<ast::Pattern, struct SinglePathTag>;
using PathRule = Rule<ast::PathPattern>;
using PlainPathRule = Rule<ast::PathPattern, struct PlainPathTag>;
using ShortestRule = Rule<ast::PathPattern, struct ShortestTag>;
inline const PatternRule pattern = "pattern";             // paths [filter] [joint] [WHERE …]
inline const PathsRule paths = "paths";                   // paths alone
inline const SinglePathRule single_path = "single_path";  // path [filter] [joint] [WHERE …]
inline const PathRule path = "path";                      // [p =] [selector] [mode] elements
inline const PlainPathRule plain_path = "plain_path";     // elements alone
inline const ShortestRule shortest = "shortest";          // shortestPath(…), allShortestPaths(…)
BOOST_SPIRIT_DECLARE(PatternRule, PathsRule, SinglePathRule, PathRule, PlainPathRule, ShortestRule)

// clause.cpp, update.cpp
using ClauseRule = Rule<ast::Clause>;
using UpdateRule = Rule<ast::Clause, struct UpdateTag>;
using QueryRule = Rule<ast::Query>;
using BracedRule = Rule<ast::Query, struct BracedTag>;
using ProjectionRule = Rule<ast::Projection>;
inline const UpdateRule update = "update";  // a clause that writes
inline const QueryRule query = "query";     // [WHY] [filter] part { UNION part }
inline const BracedRule braced = "braced";  // inside EXISTS { }, COUNT { }, COLLECT { }
BOOST_SPIRIT_DECLARE(UpdateRule, QueryRule, BracedRule)

// statement.cpp
using StatementRule = Rule<ast::Statement>;
inline const StatementRule statement = "statement";
BOOST_SPIRIT_DECLARE(StatementRule)

}  // namespace plenum::syntax
