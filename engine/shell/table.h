// An answer as a table drawn with box characters, fitted to a terminal.
//
//   ┌──────────┬──────┐
//   │ name     │ born │     Numbers stand right, everything else left. Columns too wide for the terminal are shrunk,
//   ├──────────┼──────┤     the widest first, and their texts cut with '…'; when even that is not enough, columns in
//   │ Chen Jie │ 1962 │     the middle are left out. Rows over the limit are folded in the middle, with their count.
//   └──────────┴──────┘
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "plenum/value.h"

namespace plenum::shell {

struct TableFit {
  std::size_t width_max = 0;  // columns of the terminal; 0: as wide as it takes
  std::size_t rows_max = 0;   // more rows are folded; 0: all are shown
};

// Rows go in one by one and only those that will be shown are kept.
class Table {
 public:
  Table(const std::vector<std::string>& columns, TableFit fit);

  void AddRow(const std::vector<Value>& row);
  std::uint64_t rows() const { return rows_; }
  std::uint64_t rows_hidden() const;

  // The table, each line ended by a line break; empty when it has no columns.
  std::string Render() const;

 private:
  using Cells = std::vector<std::string>;

  struct Layout {
    std::vector<std::size_t> shown;   // the columns shown, in order; kLeftOut stands for those left out
    std::vector<std::size_t> widths;  // of each of `shown`
  };
  Layout Fit() const;
  Layout Visible(const std::vector<std::size_t>& natural) const;
  std::vector<std::size_t> NaturalWidths() const;
  void AppendRow(const Layout& layout, const Cells& cells, bool header, std::string& out) const;
  void AppendFold(const Layout& layout, std::string& out) const;

  TableFit fit_;
  Cells header_;
  std::vector<bool> numeric_;  // so far, the column has numbers and nulls alone
  std::vector<Cells> head_;    // the first rows
  std::deque<Cells> tail_;     // the last ones, where rows are folded
  std::uint64_t rows_ = 0;
};

}  // namespace plenum::shell
