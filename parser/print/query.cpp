// Queries, and the clauses that read, project and call.
#include "parser/print/names.h"
#include "parser/print/printer.h"

namespace plenum::syntax {

// A pattern alone in EXISTS { } is printed with its MATCH, for "VALID AT x.y (a)" would call y.
void Printer::Write(const ast::Query& query) {
  if (query.why) Add("WHY ");
  if (query.filter) {
    Write(*query.filter);
    Add(" ");
  }
  for (std::size_t i = 0; i < query.parts.size(); ++i) {
    if (i > 0) Add(query.union_all[i - 1] ? " UNION ALL " : " UNION ");
    Write(query.parts[i]);
  }
}

void Printer::Write(const ast::SingleQuery& part) { WriteList(part.clauses, " "); }
void Printer::Write(const ast::Clause& clause) { Write(clause.node); }

void Printer::Write(const ast::Match& match) {
  Add(match.optional ? "OPTIONAL MATCH " : "MATCH ");
  Write(match.pattern);
}

void Printer::Write(const ast::Unwind& unwind) {
  Add("UNWIND ");
  Write(unwind.list);
  Add(" AS ");
  AddVariable(unwind.variable);
}

void Printer::Write(const ast::CallProcedure& call) {
  Add("CALL ");
  Add(SpellProcedure(call.procedure.text));
  if (call.arguments) {
    Add("(");
    WriteList(*call.arguments, ", ");
    Add(")");
  }
  WriteYield(call);
}

void Printer::WriteYield(const ast::CallProcedure& call) {
  if (call.yield_star) {
    Add(" YIELD *");
  } else if (!call.yields.empty()) {
    Add(" YIELD ");
    WriteList(call.yields, ", ");
  } else if (call.yield_nothing) {
    Add(" YIELD -");
  }
  WritePart(" WHERE ", call.where);
}

void Printer::Write(const ast::YieldItem& item) {
  AddVariable(item.column);
  if (!item.alias) return;
  Add(" AS ");
  AddVariable(*item.alias);
}

void Printer::Write(const ast::CallSubquery& call) {
  Add("CALL ");
  if (call.import_star) Add("(*) ");
  if (call.imports) {
    Add("(");
    for (const ast::Name& name : *call.imports) {
      if (&name != call.imports->data()) Add(", ");
      AddVariable(name);
    }
    Add(") ");
  }
  Add("{ ");
  Write(call.query);
  Add(" }");
}

void Printer::Write(const ast::LoadCsv& load) {
  Add(load.headers ? "LOAD CSV WITH HEADERS FROM " : "LOAD CSV FROM ");
  Write(load.url);
  Add(" AS ");
  AddVariable(load.variable);
  WritePart(" FIELDTERMINATOR ", load.delimiter);
}

void Printer::Write(const ast::Projection& projection) {
  if (projection.distinct) Add("DISTINCT ");
  if (projection.star) Add(projection.items.empty() ? "*" : "*, ");
  WriteList(projection.items, ", ");
  if (!projection.order_by.empty()) Add(" ORDER BY ");
  WriteList(projection.order_by, ", ");
  WritePart(" SKIP ", projection.skip);
  WritePart(" LIMIT ", projection.limit);
}

void Printer::Write(const ast::ProjectionItem& item) {
  Write(item.expression);
  if (!item.alias) return;
  Add(" AS ");
  AddVariable(*item.alias);
}

void Printer::Write(const ast::SortItem& item) {
  Write(item.expression);
  if (item.descending) Add(" DESC");
}

void Printer::Write(const ast::With& with) {
  Add("WITH ");
  Write(with.projection);
  WritePart(" WHERE ", with.where);
}

void Printer::Write(const ast::Return& returned) {
  Add("RETURN ");
  Write(returned.projection);
}

}  // namespace plenum::syntax
