// Binding whole statements: queries, their parts and their clauses in order, each seeing what those before it declared.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/plan/binder.h"
#include "engine/plan/binding.h"
#include "engine/value/mutant.h"

namespace plenum::plan {

using Kind = Value::Kind;

namespace {

bool IsUpdate(const ast::Clause& clause) {
  const auto& node = clause.node;
  return std::holds_alternative<ast::Create>(node) || std::holds_alternative<ast::Merge>(node) ||
         std::holds_alternative<ast::Set>(node) || std::holds_alternative<ast::Remove>(node) ||
         std::holds_alternative<ast::Delete>(node) || std::holds_alternative<ast::Foreach>(node);
}

// "`a`, `b`"
std::string ListOf(const std::vector<std::string>& columns) {
  if (columns.empty()) return "nothing";
  return fmt::format("`{}`", fmt::join(columns, "`, `"));
}

}  // namespace

Statement Binder::BindStatement(const ast::Statement& statement) {
  if (statement.mode == ast::StatementMode::kProfile) NotYet("PROFILE", statement.span);
  const auto* query = std::get_if<ast::Query>(&statement.node);
  if (std::holds_alternative<ast::Retract>(statement.node)) NotYet("RETRACT", statement.span);
  if (const auto* schema = std::get_if<ast::SchemaStatement>(&statement.node)) {
    Statement bound{.schema = BindSchema(*schema, statement.span)};
    bound.writes = writes_;
    return bound;
  }
  if (const auto* transaction = std::get_if<ast::TransactionStatement>(&statement.node)) {
    return Statement{.transaction = *transaction};
  }
  if (!query) NotYet("IMPORT and EXPORT as statements", statement.span);
  Statement bound{.mode = statement.mode};
  bound.query = BindQuery(*query);
  bound.row_width = next_slot_;
  bound.writes = writes_;
  bound.required_parameters = std::move(required_parameters_);
  return bound;
}

Query Binder::BindQuery(const ast::Query& query, const Scope* importable) {
  if (query.why) NotYet("WHY", query.span);
  if (query.filter) PushFilter(*query.filter);
  CheckUnion(query);
  const Scope outer = scope_;
  Query bound{.union_all = query.union_all};
  // One part runs after another: they may use the same slots, and the same stack.
  const Slot first_slot = next_slot_;
  const std::size_t first_step = steps_;
  Slot last_slot = next_slot_;
  std::size_t last_step = steps_;
  for (const ast::SingleQuery& part : query.parts) {
    scope_ = outer;
    next_slot_ = first_slot;
    steps_ = first_step;
    std::vector<std::string> columns;
    bound.parts.push_back(BindSingleQuery(part, importable, columns));
    last_slot = std::max(last_slot, next_slot_);
    last_step = std::max(last_step, steps_);
    if (bound.parts.size() == 1) {
      bound.columns = std::move(columns);
    } else if (columns != bound.columns && !IsMutant("union-any-columns")) {
      Fail(ErrorType::kSyntaxError, "DifferentColumnsInUnion",
           fmt::format(
               "the parts of a UNION return the same columns in the same order, but the first returns {} and this "
               "one {}: name them alike with AS",
               ListOf(bound.columns), ListOf(columns)),
           part.clauses.back().span);
    }
  }
  next_slot_ = last_slot;
  steps_ = last_step;
  if (query.filter) filters_.pop_back();
  return bound;
}

void Binder::CountStep(Span span) {
  if (++steps_ <= kStepsMax) return;
  Fail(
      ErrorType::kSyntaxError, "QueryTooLong",
      fmt::format("a query may have {} nodes, relationships and clauses that read, with the subqueries in it, and this "
                  "has more: ask in several statements, or pass data as a list parameter and UNWIND it",
                  kStepsMax),
      span);
}

void Binder::CountSteps(const std::vector<ast::PathPattern>& paths) {
  for (const ast::PathPattern& path : paths) {
    for (std::size_t i = 0; i < path.elements.size(); ++i) CountStep(path.span);
  }
}

void Binder::CheckUnion(const ast::Query& query) const {
  for (const bool all : query.union_all) {
    if (all != query.union_all.front()) {
      Fail(ErrorType::kSyntaxError, "InvalidClauseComposition", "UNION and UNION ALL cannot be mixed in one query",
           query.span);
    }
  }
}

// CALL { } runs a query, and CALL graph.… a search, while the clauses behind it are at work.
bool Binder::TakesMuchStack(const ast::Clause& clause) const {
  if (std::holds_alternative<ast::CallSubquery>(clause.node)) return true;
  const auto* call = std::get_if<ast::CallProcedure>(&clause.node);
  if (!call) return false;
  const auto known = FindProcedure(*procedures_, call->procedure.text);
  return known && known->is_graph_procedure();
}

// Running a query takes stack for each clause that reads, those of the queries around it included.
void Binder::CheckNumberOfClauses(const ast::SingleQuery& part) {
  for (const ast::Clause& clause : part.clauses) {
    if (IsUpdate(clause)) continue;
    reading_clauses_ += TakesMuchStack(clause) ? kClausesOfACall : 1;
    if (reading_clauses_ <= kReadingClausesMax) continue;
    Fail(ErrorType::kSyntaxError, "QueryTooLong",
         fmt::format("a query may have {} clauses that read (CALL {{ … }} and CALL graph.… count as {} each), and "
                     "this is one more: pass data as a list parameter and UNWIND it",
                     kReadingClausesMax, kClausesOfACall),
         clause.span);
  }
}

SingleQuery Binder::BindSingleQuery(const ast::SingleQuery& part, const Scope* importable,
                                    std::vector<std::string>& columns) {
  const std::size_t around = reading_clauses_;
  const auto ended_around = std::exchange(ended_, {});
  CheckNumberOfClauses(part);
  const ast::Clause& first = part.clauses.front();
  const bool standalone = part.clauses.size() == 1 && std::holds_alternative<ast::CallProcedure>(first.node);
  SingleQuery bound = standalone ? BindStandaloneCall(first, columns) : BindClauses(part, importable, columns);
  ended_ = ended_around;
  reading_clauses_ = around;
  return bound;
}

SingleQuery Binder::BindClauses(const ast::SingleQuery& part, const Scope* importable,
                                std::vector<std::string>& columns) {
  SingleQuery bound;
  const bool imports = importable && ImportVariables(part.clauses.front(), *importable);
  for (const ast::Clause& clause : part.clauses) {
    if (!IsUpdate(clause)) CountStep(clause.span);
    if (!imports || &clause != &part.clauses.front()) bound.clauses.push_back(BindClause(clause));
  }
  if (!std::holds_alternative<ast::Return>(part.clauses.back().node)) return bound;
  for (const ProjectionItem& item : std::get<Project>(bound.clauses.back().node).items) {
    columns.push_back(item.name);
    bound.result.push_back(item.slot);
  }
  return bound;
}

Clause Binder::BindClause(const ast::Clause& clause) {
  return std::visit([&](const auto& node) { return BindClauseNode(node, clause.span); }, clause.node);
}

Clause Binder::BindClauseNode(const ast::Match& match, Span span) {
  return {span, Match{match.optional, BindPattern(match.pattern, PatternUse::kMatch)}};
}

Clause Binder::BindClauseNode(const ast::Unwind& unwind, Span span) {
  Expression list = Bind(unwind.list);
  CheckKind(list, Kind::kList, "UNWIND");
  const TypeSet element = list.element;
  return {span, Unwind{std::move(list), Declare(unwind.variable, element)}};
}

Clause Binder::BindClauseNode(const ast::With& with, Span span) {
  return {span, BindProjection(with.projection, with.where, false, span)};
}

Clause Binder::BindClauseNode(const ast::Return& ret, Span span) {
  return {span, BindProjection(ret.projection, std::nullopt, true, span)};
}

Clause Binder::BindClauseNode(const ast::LoadCsv& load, Span span) {
  LoadCsv bound{.url = Bind(load.url), .headers = load.headers};
  CheckKind(bound.url, Kind::kString, "LOAD CSV … FROM");
  if (load.delimiter) bound.delimiter = BindFieldTerminator(*load.delimiter);
  const TypeSet row = load.headers ? Kind::kMap : Kind::kList;
  bound.slot = Declare(load.variable, row, Kind::kString | Kind::kNull);
  return {span, std::move(bound)};
}

// The grammar lets nothing but a text stand here.
char Binder::BindFieldTerminator(const ast::Expression& text) {
  const Expression bound = Bind(text);
  const std::string& terminator = std::get<Constant>(bound.node).value.string();
  const unsigned char byte = terminator.size() == 1 ? terminator[0] : 0;
  if (byte == 0 || byte > 0x7F || byte == '"' || byte == '\r' || byte == '\n') {
    Fail(ErrorType::kSyntaxError, "InvalidFieldTerminator",
         "FIELDTERMINATOR takes one ASCII character, which is no quote and ends no line: write ';' or '\\t'",
         text.span);
  }
  return terminator[0];
}

}  // namespace plenum::plan
