// The rules about text, names, lengths, dead files and documents; the arrows between folders are in arrows.cpp.
#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <set>

#include "tests/tidy/paths.h"
#include "tests/tidy/source_scan.h"

namespace plenum::tidy {
namespace {

constexpr std::array<std::string_view, 7> kForbiddenWords = {"util",    "utils",  "manager", "helper",
                                                             "helpers", "common", "misc"};

bool IsForbiddenWord(std::string_view word) {
  return std::find(kForbiddenWords.begin(), kForbiddenWords.end(), word) != kForbiddenWords.end();
}

// The words of a snake_case or PascalCase name, in lower case.
std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words(1);
  for (char c : name) {
    const bool upper = std::isupper(static_cast<unsigned char>(c));
    if (upper || !std::isalnum(static_cast<unsigned char>(c))) words.emplace_back();
    if (std::isalnum(static_cast<unsigned char>(c))) words.back() += static_cast<char>(std::tolower(c));
  }
  return words;
}

bool HasForbiddenWord(std::string_view name) {
  const std::vector<std::string> words = WordsOf(name);
  return std::any_of(words.begin(), words.end(), IsForbiddenWord);
}

void CheckLayout(std::string_view path, std::string_view text, Faults& faults) {
  int number = 0;
  for (std::string_view line : Lines(text)) {
    ++number;
    if (line.find('\t') != std::string_view::npos) faults.push_back(At(path, number) + "a tab; indent with spaces");
    if (line.ends_with(' ') || line.ends_with('\r')) {
      faults.push_back(At(path, number) + "a blank at the end of the line; remove it");
    }
  }
}

// Every source file that a CMakeLists.txt or .cmake file names.
std::set<std::string> ListedSources(const Tree& tree) {
  std::set<std::string> listed;
  for (const auto& [path, text] : tree) {
    if (!path.ends_with("CMakeLists.txt") && !path.ends_with(".cmake")) continue;
    std::string token;
    for (char c : text + " ") {
      if (!std::isspace(static_cast<unsigned char>(c)) && std::string_view("()\";").find(c) == std::string_view::npos) {
        token += c;
        continue;
      }
      if (token.ends_with(".cpp")) listed.insert(ResolvePath(FolderOf(path), token));
      token.clear();
    }
  }
  return listed;
}

// The words after "./dev " in a text.
std::set<std::string> DevCommandsIn(std::string_view text) {
  std::set<std::string> commands;
  for (std::size_t at = text.find("./dev "); at != std::string_view::npos; at = text.find("./dev ", at + 1)) {
    std::string command;
    for (std::size_t i = at + 6; i < text.size() && std::islower(static_cast<unsigned char>(text[i])); ++i) {
      command += text[i];
    }
    if (!command.empty()) commands.insert(command);
  }
  return commands;
}

// The inside of the first ```cpp block.
std::string FirstCppBlock(std::string_view text) {
  constexpr std::string_view kOpen = "```cpp\n";
  const std::size_t begin = text.find(kOpen);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find("```", begin + kOpen.size());
  return std::string(text.substr(begin + kOpen.size(), end - begin - kOpen.size()));
}

// Whether a page in `folder` may link to `target`: a file or folder of the tree, another site, or a place on the page.
bool IsGoodLink(const Tree& tree, const std::string& folder, std::string target) {
  target.resize(std::min(target.find('#'), target.size()));
  if (target.empty() || target.find("://") != std::string::npos) return true;
  std::string path = ResolvePath(folder, target);
  if (tree.contains(path)) return true;
  if (!path.ends_with('/')) path += '/';
  const auto below = tree.lower_bound(path);
  return below != tree.end() && below->first.starts_with(path);
}

void CheckLinks(const Tree& tree, std::string_view path, std::string_view text, Faults& faults) {
  int number = 0;
  bool quoted = false;  // inside a fenced block, where nothing is a link
  for (std::string_view line : Lines(text)) {
    ++number;
    if (line.starts_with("```")) quoted = !quoted;
    if (quoted) continue;
    for (std::size_t at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 1)) {
      const std::string target(line.substr(at + 2, line.find(')', at) - at - 2));
      if (IsGoodLink(tree, FolderOf(path), target)) continue;
      faults.push_back(At(path, number) + "the link to '" + target + "' leads nowhere; mend it");
    }
  }
}

std::string_view TextOf(const Tree& tree, std::string_view path) {
  const auto found = tree.find(path);
  return found == tree.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

Faults CheckLengths(const Tree& tree) {
  Faults faults;
  for (const auto& [path, text] : tree) {
    if (!IsSource(path) && !path.ends_with(".py")) continue;
    const auto file_lines = static_cast<int>(Lines(text).size());
    if (file_lines > kFileLinesMax) {
      faults.push_back(At(path, kFileLinesMax + 1) + "the file has " + std::to_string(file_lines) + " lines, " +
                       std::to_string(kFileLinesMax) + " are the most; split it where it does a second thing");
    }
    if (!IsSource(path)) continue;
    for (const Function& function : Functions(text)) {
      const int lines = function.last_line - function.first_line + 1;
      if (lines <= kFunctionLinesMax) continue;
      faults.push_back(At(path, function.first_line) + "'" + function.head + "' has " + std::to_string(lines) +
                       " lines, " + std::to_string(kFunctionLinesMax) + " are the most; give its parts names");
    }
  }
  return faults;
}

Faults CheckDeadFiles(const Tree& tree) {
  Faults faults;
  const std::set<std::string> listed = ListedSources(tree);
  std::set<std::string> included;
  for (const auto& [path, text] : tree) {
    if (!IsSource(path)) continue;
    for (const Include& include : Includes(text)) included.insert(ResolveInclude(tree, path, include.path));
  }
  for (const auto& [path, text] : tree) {
    if (path.ends_with(".cpp") && !listed.contains(path)) {
      faults.push_back(At(path, 1) + "no CMakeLists.txt lists this file; add it to its folder's target or delete it");
    }
    if (path.ends_with(".h") && !included.contains(path)) {
      faults.push_back(At(path, 1) + "nobody includes this header; include it or delete it");
    }
  }
  return faults;
}

Faults CheckNames(const Tree& tree) {
  Faults faults;
  for (const auto& [path, text] : tree) {
    for (const std::string& part : PartsOf(path)) {
      if (!HasForbiddenWord(part)) continue;
      faults.push_back(At(path, 1) + "'" + part + "' says nothing of what is inside; name it after what it holds");
    }
    if (!IsSource(path)) continue;
    for (const TypeName& type : TypeNames(text)) {
      if (!HasForbiddenWord(type.name)) continue;
      faults.push_back(At(path, type.line) + "type '" + type.name + "' says nothing; name it after what it is");
    }
  }
  return faults;
}

Faults CheckText(const Tree& tree) {
  Faults faults;
  for (const auto& [path, text] : tree) {
    CheckLayout(path, text, faults);
    if (!text.empty() && !text.ends_with('\n')) {
      faults.push_back(At(path, static_cast<int>(Lines(text).size())) + "the last line has no line break; add one");
    }
    if (IsSource(path) && !text.starts_with("//")) {
      faults.push_back(At(path, 1) + "the file does not open with a comment; say in 3 to 10 lines what it is for");
    }
    if (path.ends_with(".py") && !text.starts_with("\"\"\"")) {
      faults.push_back(At(path, 1) + "the file does not open with a docstring; say what it is for");
    }
  }
  return faults;
}

Faults CheckDocuments(const Tree& tree) {
  Faults faults;
  for (std::string_view page : {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "docs/status.md"}) {
    if (!tree.contains(page)) faults.push_back(At(page, 1) + "the page is missing; write it");
  }
  const std::string_view dev = TextOf(tree, "dev");
  for (const auto& [path, text] : tree) {
    if (!path.ends_with(".md")) continue;
    CheckLinks(tree, path, text, faults);
    for (const std::string& command : DevCommandsIn(text)) {
      if (dev.find("\n  " + command + ") ") != std::string_view::npos ||
          dev.find("\n  " + command + " | ") != std::string_view::npos)
        continue;
      faults.push_back(At(path, 1) + "./dev has no command '" + command + "'; mend the page or add the command");
    }
  }
  const std::set<std::string> documented = DevCommandsIn(TextOf(tree, "README.md"));
  for (const std::string& command : DevCommandsIn(dev)) {
    if (documented.contains(command)) continue;
    faults.push_back(At("README.md", 1) + "'./dev " + command + "' is not mentioned; add it to the commands");
  }
  if (FirstCppBlock(TextOf(tree, "README.md")) != TextOf(tree, "examples/first_steps.cpp")) {
    faults.push_back(At("README.md", 1) + "the first example differs from examples/first_steps.cpp; copy it over");
  }
  return faults;
}

Faults CheckTree(const Tree& tree) {
  Faults faults;
  for (const auto check : {CheckIncludes, CheckLengths, CheckDeadFiles, CheckNames, CheckText, CheckDocuments}) {
    std::ranges::move(check(tree), std::back_inserter(faults));
  }
  return faults;
}

}  // namespace plenum::tidy
