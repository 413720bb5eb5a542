// Parse, print, parse, compare.
#include "tests/parser/round_trip.h"

#include "parser/parser.h"
#include "parser/print.h"
#include "tests/parser/same_tree.h"

namespace plenum::ast {
namespace {

std::string FaultOf(const Error& error, std::size_t text_bytes) {
  if (error.type != ErrorType::kSyntaxError || error.detail.empty() || error.message.empty()) {
    return "an error without type, detail or message: " + error.message;
  }
  const bool inside = error.place && error.place->span.begin <= text_bytes && error.place->span.end <= text_bytes;
  return inside ? "" : "an error without a place in the text: " + error.message;
}

// `from` names what the tree was made of.
std::string FaultOfPrinting(const Statement& tree, std::string_view from, bool may_be_deeper) {
  const std::string printed = Print(tree);
  const auto again = Parse(printed);
  if (!again && may_be_deeper && again.error().detail == "NestingTooDeep") return "";
  if (again && Equal(tree, *again)) return "";
  return std::string(from) + "\nis printed as\n" + printed + "\nwhich is " +
         (again ? "another tree:\n" + Print(*again) : "refused: " + again.error().message);
}

}  // namespace

std::string FaultOfText(std::string_view text) {
  const auto parsed = Parse(text);
  // At the limit of nesting the printer's own parentheses may be too many.
  return parsed ? FaultOfPrinting(*parsed, text, true) : FaultOf(parsed.error(), text.size());
}

std::string FaultOfTree(const Statement& tree) { return FaultOfPrinting(tree, "a tree", false); }

}  // namespace plenum::ast
