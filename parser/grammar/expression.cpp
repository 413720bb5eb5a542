// Expressions: operands and the operators around them. Precedence is sorted out in operators.cpp.
#include "parser/grammar/rules.h"
#include "parser/lookahead.h"
#include "parser/parser.h"

namespace plenum::syntax {
namespace {

constexpr Terminal<OperatorToken, ReadNot> not_word;
constexpr Terminal<OperatorToken, ReadBinaryOperator> binary_operator;
constexpr Terminal<OperatorToken, ReadNullTest> null_test;
constexpr Terminal<Sign, ReadSign> unary_sign;
constexpr Terminal<ast::Variable, ReadVariable> variable;
constexpr Terminal<ast::Literal, ReadText> quoted_text;
constexpr Terminal<ast::Literal, ReadIntegerLiteral> integer_literal;
constexpr Terminal<ast::Parameter, ReadParameter> parameter_name;

// The subject is OperandParts; the record becomes the operand made of them.
template <class Subject>
struct AssembledDirective : Directive<AssembledDirective<Subject>, Subject> {
  using Directive<AssembledDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    Progress& progress = ProgressOf(context);
    const std::uint32_t around = std::exchange(progress.height, 0);
    OperandParts parts;
    if (!this->subject.parse(first, last, context, x3::unused, parts)) {
      progress.height = around;
      return false;
    }
    Operand operand = Assemble(std::move(parts), progress);
    progress.height = around;
    Put(std::move(operand), progress, node);
    return true;
  }

 private:
  static void Put(Operand&& operand, Progress&, Operand& node) { node = std::move(operand); }
  static void Put(Operand&& operand, Progress& progress, ast::Expression& node) {
    node = std::move(operand.expression);
    progress.height = std::max(progress.height, operand.height);
  }
};
constexpr DirectiveMaker<AssembledDirective> assembled;

// The subject is a FlatExpression; the record becomes the tree made of it.
template <class Subject>
struct FoldedDirective : Directive<FoldedDirective<Subject>, Subject> {
  using Directive<FoldedDirective, Subject>::Directive;
  template <class C, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, ast::Expression& node, Attribute&) const {
    FlatExpression flat;
    if (!this->subject.parse(first, last, context, x3::unused, flat)) return false;
    Operand folded = Fold(std::move(flat));
    Progress& progress = ProgressOf(context);
    progress.height = std::max(progress.height, folded.height);
    node = std::move(folded.expression);
    return true;
  }
};
constexpr DirectiveMaker<FoldedDirective> folded;

// { p }, at most kHeightMax times: what stands in such a row becomes that many nodes above each other.
template <auto Member, class Subject>
struct RowDirective : Directive<RowDirective<Member, Subject>, Subject> {
  using Directive<RowDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    const Progress& progress = ProgressOf(context);
    while (field<Member>[this->subject].parse(first, last, context, node, x3::unused)) {
      const std::size_t at = progress.Offset(first);
      if ((node.*Member).size() > kHeightMax) RefuseNesting(MakeSpan(at - 1, at), kHeightMax);
    }
    return true;
  }
};
template <auto Member, class Subject>
auto Row(const Subject& subject) {
  return RowDirective<Member, Subject>(subject);
}

// expression = { NOT } operand { IS [NOT] NULL } { operator { NOT } operand { IS [NOT] NULL } }
const Rule<FlatExpression> flat = "flat";
const Rule<OperandParts> operand_parts = "operand_parts";
const Rule<OperandParts, struct PathPartsTag> path_parts = "path_parts";
const Rule<Operand> flat_operand = "flat_operand";
const Rule<Suffix> suffix = "suffix";
const Rule<Suffix, struct KeyTag> key_suffix = "key_suffix";
const Rule<Subscripts> subscripts = "subscripts";
const Rule<ast::Expression, struct VariableTag> variable_alone = "variable_alone";

using F = FlatExpression;
const auto not_token = field<&F::tokens>[not_word];
const auto flat_def = record[*not_token >> field<&F::operands>[flat_operand] >>
                             *(field<&F::tokens>[null_test] |
                               (field<&F::tokens>[binary_operator] >> *not_token > field<&F::operands>[flat_operand]))];
const auto expression_def = nested[named("an expression")[folded[flat]]];

// operand = { + | - } atom { .key | [index] | [first..end] | :Labels }
using P = OperandParts;
const auto operand_parts_def = record[Row<&P::signs>(unary_sign) >> field<&P::atom>[atom] >> Row<&P::suffixes>(suffix)];
const auto flat_operand_def = record[named("an expression")[assembled[operand_parts]]];
const auto operand_def = record[nested[named("an expression")[assembled[operand_parts]]]];

const auto key = quiet_sign(".", ".") > field<&Suffix::node>[any_name];
const auto key_suffix_def = record[key];
const auto suffix_def =
    record[key | field<&Suffix::node>[subscripts] | (quiet_sign(":") > field<&Suffix::node>[labels])];

using S = Subscripts;
const auto open_slice = flag<&S::slice>()[sign("..")] >> -field<&S::end>[expression];
const auto subscripts_def =
    record[quiet_sign("[") > (open_slice | (field<&S::first>[expression] >> -open_slice)) > sign("]")];

// The small expressions that stand where not every expression may.
using E = ast::Expression;
const auto variable_alone_def = record[field<&E::node>[variable]];
const auto path_parts_def = record[field<&P::atom>[variable_alone] >> Row<&P::suffixes>(key_suffix)];
const auto property_path_def = record[assembled[path_parts]];
const auto grouped_def = record[sign("(") > whole[expression] > sign(")")];
const auto text_def = record[field<&E::node>[quoted_text]];
const auto integer_def = record[field<&E::node>[integer_literal]];
const auto parameter_def = record[field<&E::node>[parameter_name]];

}  // namespace

BOOST_SPIRIT_DEFINE(flat, expression, operand_parts, flat_operand, operand, key_suffix, suffix, subscripts,
                    variable_alone, path_parts, property_path, grouped, text, integer, parameter)

BOOST_SPIRIT_INSTANTIATE(ExpressionRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(OperandRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(GroupedRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(PropertyPathRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(TextRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(IntegerRule, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(ParameterRule, Iterator, Context)

}  // namespace plenum::syntax
