// Boost.Spirit X3 as the grammar files use it: the context of a parse, terminals, and the directives that put what was
// parsed into the syntax tree. Included by the grammar's own .cpp files only: it costs seconds to compile.
//
// How a rule builds its node: a rule's attribute is the node itself, and field<&Node::member>[p] parses p straight into
// that member: assigned, emplaced into an optional, a Box or a variant, appended to a vector. Nothing is built first
// and moved later, so a level of recursion needs little stack, and the order of the members does not matter. Text that
// a rule has committed itself to stands after '>': what fails there ends the parse, so nothing is ever tried twice.
#pragma once

// `a >> b > c` is how X3 writes "a, then b, and then c must follow"; clang would have parentheses.
#ifdef __clang__
#pragma clang diagnostic ignored "-Woverloaded-shift-op-parentheses"
#endif

#include <boost/spirit/home/x3.hpp>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "parser/ast.h"
#include "parser/operators.h"
#include "parser/progress.h"
#include "parser/structure.h"
#include "parser/tokens.h"

namespace plenum::syntax {

namespace x3 = boost::spirit::x3;

// There is no X3 skipper: each terminal skips blanks and comments itself (Progress::Skip), for it must know where its
// token begins anyway.
struct ProgressTag;
using Context = x3::context<ProgressTag, Progress>;

template <class C>
Progress& ProgressOf(const C& context) {
  return x3::get<ProgressTag>(context);
}

// A parser whose result, if any, goes into the record at hand rather than into an attribute of its own.
template <class Derived>
struct WithoutAttribute : x3::parser<Derived> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
};

// ---- Terminals

struct Keyword : WithoutAttribute<Keyword> {
  std::string_view words;
  bool silent = false;  // not worth naming among what was expected

  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator&, const C& context, Record&, Attribute&) const {
    return TakeKeyword(ProgressOf(context), first, words, silent);
  }
};
inline Keyword keyword(std::string_view words) { return {{}, words, false}; }
inline Keyword quiet_keyword(std::string_view words) { return {{}, words, true}; }

struct SignToken : WithoutAttribute<SignToken> {
  std::string_view sign;
  std::string_view unless;  // not when one of these follows directly
  std::string_view wanted;

  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator&, const C& context, Record&, Attribute&) const {
    return TakeSign(ProgressOf(context), first, sign, unless, wanted);
  }
};
inline SignToken sign(std::string_view text, std::string_view unless = {}) { return {{}, text, unless, text}; }
inline SignToken quiet_sign(std::string_view text, std::string_view unless = {}) { return {{}, text, unless, {}}; }

// A token read by a plain function of tokens.h or operators.h.
template <class T, bool (*Read)(Progress&, Iterator&, T&)>
struct Terminal : x3::parser<Terminal<T, Read>> {
  using attribute_type = T;
  static constexpr bool has_attribute = true;

  template <class C, class Record>
  bool parse(Iterator& first, const Iterator&, const C& context, Record&, T& out) const {
    return Read(ProgressOf(context), first, out);
  }
  template <class C, class Record>
  bool parse(Iterator& first, const Iterator&, const C& context, Record&, x3::unused_type) const {
    T ignored;
    return Read(ProgressOf(context), first, ignored);
  }
};
inline constexpr Terminal<ast::Name, ReadVariableName> name;
inline constexpr Terminal<ast::Name, ReadPatternVariable> pattern_variable;
inline constexpr Terminal<ast::Name, ReadAnyName> any_name;
inline constexpr Terminal<ast::Name, ReadDottedName> dotted_name;
inline constexpr Terminal<ast::Name, ReadCallee> callee;
inline constexpr Terminal<std::int64_t, ReadCount> count;

// Consumes nothing; true when `Test` says so of the place behind the blanks.
template <bool (*Test)(const Progress&, std::size_t)>
struct Ahead : WithoutAttribute<Ahead<Test>> {
  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator&, const C& context, Record&, Attribute&) const {
    const Progress& progress = ProgressOf(context);
    return Test(progress, progress.Offset(progress.Skip(first)));
  }
};
template <bool (*Test)(const Progress&, std::size_t)>
inline constexpr Ahead<Test> ahead;

// ---- Putting things into the record at hand

template <class T>
inline constexpr bool kIsVariant = false;
template <class... Alternatives>
inline constexpr bool kIsVariant<std::variant<Alternatives...>> = true;

// A place for a new T in a member, and the way back when nothing came of it.
template <class T, class Member>
T& OpenSlot(Member& member) {
  if constexpr (std::is_same_v<Member, T>) {
    return member;
  } else if constexpr (std::is_same_v<Member, ast::Box<T>>) {
    return *member;
  } else if constexpr (requires { member.emplace_back(); }) {
    return OpenSlot<T>(member.emplace_back());
  } else if constexpr (!kIsVariant<Member>) {
    return OpenSlot<T>(member.emplace());
  } else if constexpr (requires { member.template emplace<T>(); }) {
    return member.template emplace<T>();
  } else {
    return *member.template emplace<ast::Box<T>>();
  }
}
template <class Member>
void CloseSlot(Member&) {}
template <class... Alternatives>
void CloseSlot(std::variant<std::monostate, Alternatives...>& member) {
  member = std::monostate{};
}
template <class Member>
void CloseSlot(std::optional<Member>& member) {
  member.reset();
}
template <class Member>
void CloseSlot(std::vector<Member>& member) {
  member.pop_back();
}

template <class Subject>
using AttributeOf = typename x3::traits::attribute_of<Subject, Context>::type;

template <auto Member, class Subject>
struct Field : WithoutAttribute<Field<Member, Subject>> {
  Subject subject;

  explicit Field(const Subject& s) : subject(s) {}
  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    if (subject.parse(first, last, context, x3::unused, OpenSlot<AttributeOf<Subject>>(node.*Member))) return true;
    CloseSlot(node.*Member);
    return false;
  }
};
template <auto Member>
struct FieldMaker {
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return Field<Member, Subject>(subject);
  }
};
template <auto Member>
inline constexpr FieldMaker<Member> field;

// set<&Node::member>(value)[p]: what the words of p mean.
template <auto Member, class Value, class Subject>
struct Set : WithoutAttribute<Set<Member, Value, Subject>> {
  Value value;
  Subject subject;

  Set(const Value& v, const Subject& s) : value(v), subject(s) {}
  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    if (!subject.parse(first, last, context, node, x3::unused)) return false;
    node.*Member = value;
    return true;
  }
};
template <auto Member, class Value>
struct SetMaker {
  Value value;
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return Set<Member, Value, Subject>(value, subject);
  }
};
template <auto Member, class Value>
SetMaker<Member, Value> set(Value value) {
  return {value};
}
template <auto Member>
SetMaker<Member, bool> flag() {
  return {true};
}

// push<&Node::member>(value)[p]: the same, appended.
template <auto Member, class Value, class Subject>
struct Push : WithoutAttribute<Push<Member, Value, Subject>> {
  Value value;
  Subject subject;

  Push(const Value& v, const Subject& s) : value(v), subject(s) {}
  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    if (!subject.parse(first, last, context, node, x3::unused)) return false;
    (node.*Member).push_back(value);
    return true;
  }
};
template <auto Member, class Value>
struct PushMaker {
  Value value;
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return Push<Member, Value, Subject>(value, subject);
  }
};
template <auto Member, class Value>
PushMaker<Member, Value> push(Value value) {
  return {value};
}

// Directives over a whole subject; Derived::Run(first, last, context, node, attribute) does the work.
template <class Derived, class Subject>
struct Directive : WithoutAttribute<Derived> {
  Subject subject;

  explicit Directive(const Subject& s) : subject(s) {}
  template <class C, class Record, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute& attribute) const {
    return this->derived().Run(first, last, context, node, attribute);
  }
};
template <template <class> class D>
struct DirectiveMaker {
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return D<Subject>(subject);
  }
};

// The definition of a rule whose node is filled by field, set and whole alone.
template <class Subject>
struct RecordDirective : Directive<RecordDirective<Subject>, Subject> {
  using Directive<RecordDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    return this->subject.parse(first, last, context, node, x3::unused);
  }
};
inline constexpr DirectiveMaker<RecordDirective> record;

// The subject's node is the record itself: an alternative that is no part of a greater node.
template <class Subject>
struct WholeDirective : Directive<WholeDirective<Subject>, Subject> {
  using Directive<WholeDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    return this->subject.parse(first, last, context, x3::unused, node);
  }
};
inline constexpr DirectiveMaker<WholeDirective> whole;

// The record is a vector; the subject is one more element.
template <class Subject>
struct AppendDirective : Directive<AppendDirective<Subject>, Subject> {
  using Directive<AppendDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute&) const {
    if (this->subject.parse(first, last, context, x3::unused, node.emplace_back())) return true;
    node.pop_back();
    return false;
  }
};
inline constexpr DirectiveMaker<AppendDirective> append;

// Speaks for its parts: when nothing of the subject is there, `wanted` is what was missed.
template <class Subject>
struct NamedDirective : Directive<NamedDirective<Subject>, Subject> {
  std::string_view wanted;

  NamedDirective(std::string_view w, const Subject& s) : Directive<NamedDirective, Subject>(s), wanted(w) {}
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute& attribute) const {
    Progress& progress = ProgressOf(context);
    const Iterator at = progress.Skip(first);
    const std::uint32_t before = progress.Hush(at);
    const bool parsed = this->subject.parse(first, last, context, node, attribute);
    progress.Unhush(before);
    if (!parsed) progress.Missed(at, wanted);
    return parsed;
  }
};
struct NamedMaker {
  std::string_view wanted;
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return NamedDirective<Subject>(wanted, subject);
  }
};
inline NamedMaker named(std::string_view wanted) { return {wanted}; }

// Counts a level of the grammar's recursion.
template <class Subject>
struct NestedDirective : Directive<NestedDirective<Subject>, Subject> {
  using Directive<NestedDirective, Subject>::Directive;
  template <class C, class Record, class Attribute>
  bool Run(Iterator& first, const Iterator& last, const C& context, Record& node, Attribute& attribute) const {
    Progress& progress = ProgressOf(context);
    progress.Enter(first);
    const bool parsed = this->subject.parse(first, last, context, node, attribute);
    progress.Leave();
    return parsed;
  }
};
inline constexpr DirectiveMaker<NestedDirective> nested;

// ---- Rules

// The identity of a rule; its node gets the span of what the rule consumed.
template <class T, class Tag>
struct RuleId {
  template <class C>
  void on_success(const Iterator& first, const Iterator& last, T& node, const C& context) {
    if constexpr (requires { node.span; }) {
      const Progress& progress = ProgressOf(context);
      node.span = MakeSpan(progress.Offset(progress.Skip(first)), progress.Offset(last));
    }
    // What a node needs beyond its grammar (structure.h).
    if constexpr (requires { Finish(node); }) Finish(node);
  }
};
// One rule for a type needs no Tag; several are told apart by it.
template <class T, class Tag = void>
using Rule = x3::rule<RuleId<T, Tag>, T>;

}  // namespace plenum::syntax
