// The house rules that a program can check, as a pure function of a source tree.
//
// ARCHITECTURE.md and CONTRIBUTING.md say what the rules are and why; the table of arrows is read from ARCHITECTURE.md
// itself, so that the document and the check cannot drift apart. Everything here works on the text alone (no compiler),
// and relies on the layout that clang-format gives.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::tidy {

// Paths from the root with '/', to the text of each file.
using Tree = std::map<std::string, std::string, std::less<>>;

// "path:line: what is wrong; what to do", one a fault.
using Faults = std::vector<std::string>;

inline constexpr int kFunctionLinesMax = 70;
inline constexpr int kFileLinesMax = 400;

Faults CheckIncludes(const Tree& tree);   // arrows, X3 and RocksDB in their places, includes that name a file
Faults CheckLengths(const Tree& tree);    // of functions and files
Faults CheckDeadFiles(const Tree& tree);  // sources that no CMakeLists.txt lists, headers that nobody includes
Faults CheckNames(const Tree& tree);      // files, folders and types called util, manager, helper, common, …
Faults CheckText(const Tree& tree);       // tabs, trailing blanks, what opens each source file and Python program
Faults CheckDocuments(const Tree& tree);  // README's example and commands, the pages that must be there

// All of the above.
Faults CheckTree(const Tree& tree);

}  // namespace plenum::tidy
