// The arrows: which folder may include which, as the table in ARCHITECTURE.md says.
//
// The table is the one whose head is "| folder | may include |". A row's folder owns the files below it that no longer
// row owns; `folder/*` owns the files directly in it. What it may include: folders and single files in backticks, or
// the word "everything".
#include <algorithm>
#include <string>

#include "tests/tidy/paths.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_scan.h"

namespace plenum::tidy {
namespace {

struct Row {
  std::string folder;
  std::vector<std::string> allowed;
  bool everything = false;
};

// The texts in `backticks` within a table's cell.
std::vector<std::string> Quoted(std::string_view cell) {
  std::vector<std::string> texts;
  for (std::size_t open = cell.find('`'); open != std::string_view::npos; open = cell.find('`', open)) {
    const std::size_t close = cell.find('`', open + 1);
    if (close == std::string_view::npos) break;
    texts.emplace_back(cell.substr(open + 1, close - open - 1));
    open = close + 1;
  }
  return texts;
}

std::vector<Row> ReadTable(const Tree& tree) {
  std::vector<Row> rows;
  const auto page = tree.find("ARCHITECTURE.md");
  if (page == tree.end()) return rows;
  bool inside = false;
  for (std::string_view line : Lines(page->second)) {
    if (line.starts_with("| folder | may include |")) {
      inside = true;
    } else if (!line.starts_with('|')) {
      inside = false;
    } else if (inside && line.find('`') != std::string_view::npos) {
      const std::size_t second_cell = line.find('|', 1);
      const std::string_view allowed = line.substr(second_cell);
      for (const std::string& folder : Quoted(line.substr(0, second_cell))) {
        rows.push_back({folder, Quoted(allowed), allowed.find("everything") != std::string_view::npos});
      }
    }
  }
  return rows;
}

bool IsWithin(std::string_view path, std::string_view folder) {
  if (folder.ends_with("/*")) return FolderOf(path) == folder.substr(0, folder.size() - 2);
  return path == folder || (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'));
}

// The row whose folder holds `path` most closely, or null.
const Row* OwnerOf(const std::vector<Row>& rows, std::string_view path) {
  const Row* owner = nullptr;
  for (const Row& row : rows) {
    if (IsWithin(path, row.folder) && (!owner || row.folder.size() > owner->folder.size())) owner = &row;
  }
  return owner;
}

bool Allows(const std::vector<Row>& rows, const Row& from, std::string_view target) {
  const Row* to = OwnerOf(rows, target);
  if (from.everything || to == &from) return true;
  return std::any_of(from.allowed.begin(), from.allowed.end(),
                     [&](const std::string& allowed) { return allowed == target || (to && allowed == to->folder); });
}

std::string Listed(const Row& row) {
  if (row.allowed.empty()) return "nothing else of the project";
  std::string list;
  for (const std::string& allowed : row.allowed) list += (list.empty() ? "" : ", ") + allowed;
  return list;
}

// Libraries that only one place may name.
void CheckOutsideInclude(const std::string& path, const Include& include, Faults& faults) {
  if (include.path.starts_with("boost/") && !path.starts_with("parser/")) {
    faults.push_back(At(path, include.line) + "<" + include.path + "> outside parser/; only the grammar may see Boost");
  }
  if ((path == "parser/ast.h" || path == "parser/parser.h") && include.path.starts_with("boost/")) {
    faults.push_back(At(path, include.line) + "Boost in the parser's door; keep it in the grammar's own files");
  }
  const bool storage_source = path.starts_with("engine/storage/") && path.ends_with(".cpp");
  const bool compares = path.starts_with("bench/");  // with RocksDB itself
  if (include.path.starts_with("rocksdb/") && !storage_source && !compares) {
    faults.push_back(At(path, include.line) + "<" + include.path +
                     "> outside engine/storage/*.cpp; go through engine/storage/store.h");
  }
}

void CheckOwnInclude(const Tree& tree, const std::vector<Row>& rows, const Row& from, const std::string& path,
                     const Include& include, Faults& faults) {
  const std::string target = ResolveInclude(tree, path, include.path);
  if (target.empty()) {
    faults.push_back(At(path, include.line) + "\"" + include.path +
                     "\" is no file of the tree; write the path from the " +
                     "root, public headers as \"plenum/…\", other libraries in <…>");
  } else if (target != include.path && target != "engine/include/" + include.path) {
    faults.push_back(At(path, include.line) + "\"" + include.path + "\" is relative; write \"" + target + "\"");
  } else if (!Allows(rows, from, target)) {
    faults.push_back(At(path, include.line) + from.folder + " may not include " + target +
                     " (it may include: " + Listed(from) + "); see the table in ARCHITECTURE.md");
  }
}

}  // namespace

Faults CheckIncludes(const Tree& tree) {
  Faults faults;
  const std::vector<Row> rows = ReadTable(tree);
  if (rows.empty()) return {At("ARCHITECTURE.md", 1) + "there is no table '| folder | may include |'; write it"};
  for (const auto& [path, text] : tree) {
    if (!IsSource(path)) continue;
    const Row* from = OwnerOf(rows, path);
    if (!from) {
      faults.push_back(At(path, 1) + "no row of ARCHITECTURE.md's table holds this file; add its folder");
      continue;
    }
    for (const Include& include : Includes(text)) {
      if (include.quoted) {
        CheckOwnInclude(tree, rows, *from, path, include, faults);
      } else {
        CheckOutsideInclude(path, include, faults);
      }
    }
  }
  return faults;
}

}  // namespace plenum::tidy
