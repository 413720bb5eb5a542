// Reading C++ source as text: lines, includes, code without comments and strings, and where functions begin and end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plenum::tidy {

std::vector<std::string_view> Lines(std::string_view text);
std::string_view Trim(std::string_view text);

struct Include {
  int line = 0;  // from 1
  std::string path;
  bool quoted = false;  // "path", else <path>
};
std::vector<Include> Includes(std::string_view source);

// `source` with comments, the insides of literals, and preprocessor lines turned into spaces; line breaks stay.
std::string CodeOf(std::string_view source);

struct Function {
  std::string head;  // its first line, for messages
  int first_line = 0;
  int last_line = 0;
};
// The functions with a body, lambdas at namespace level included. What is inside a function (lambdas, local classes)
// counts to it. Tables and other initialisers, also grammars written as variables, are no functions.
std::vector<Function> Functions(std::string_view source);

struct TypeName {
  int line = 0;
  std::string name;
};
// The names that class, struct, union, enum, using and concept introduce.
std::vector<TypeName> TypeNames(std::string_view source);

}  // namespace plenum::tidy
