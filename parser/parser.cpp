// The door: limits, the look over the brackets, the grammar, the end of the text.
#include "parser/parser.h"

#include <utility>

#include "parser/brackets.h"
#include "parser/diagnosis.h"
#include "parser/grammar/entry.h"
#include "parser/structure.h"
#include "parser/tokens.h"

namespace plenum {
namespace {

using syntax::Iterator;
using syntax::Progress;
using syntax::Refusal;

// After what was parsed only blanks may follow, and a ';' where a statement ends.
bool AtEnd(Progress& progress, Iterator at, bool semicolon) {
  const bool ended = semicolon && syntax::TakeSign(progress, at, ";", {}, {});
  at = progress.Skip(at);
  if (progress.Offset(at) == progress.text().size()) return true;
  progress.Missed(at, ended ? "the end of the text (statements are run one at a time)" : "the end of the text");
  return false;
}

void Check(const ast::Statement& statement) { syntax::CheckStatement(statement); }
void Check(const ast::Expression&) {}

template <class T>
Result<T> ParseAll(std::string_view text, bool (*parse)(Progress&, Iterator&, T&), bool semicolon) {
  if (text.size() > kQueryBytesMax) {
    return syntax::MakeError(text.substr(0, 1),
                             {{0, 1},
                              "TextTooLong",
                              "this text has " + std::to_string(text.size()) + " bytes: at most " +
                                  std::to_string(kQueryBytesMax) + " are allowed; pass large values as parameters"});
  }
  try {
    const syntax::BracketTable brackets(text);
    Progress progress(text, brackets);
    Iterator at = text.data();
    T parsed;
    if (!parse(progress, at, parsed) || !AtEnd(progress, at, semicolon)) return syntax::Diagnose(progress);
    Check(parsed);
    return parsed;
  } catch (Refusal& refusal) {
    return syntax::MakeError(text, std::move(refusal));
  }
}

}  // namespace

Result<ast::Statement> Parse(std::string_view text) {
  return ParseAll<ast::Statement>(text, syntax::ParseStatement, true);
}

Result<ast::Expression> ParseExpression(std::string_view text) {
  return ParseAll<ast::Expression>(text, syntax::ParseWholeExpression, false);
}

}  // namespace plenum
