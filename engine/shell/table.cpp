// Layout first (which columns, how wide), then drawing: nothing is measured while lines are built.
#include "engine/shell/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/shell/terminal_text.h"

namespace plenum::shell {
namespace {

constexpr std::size_t kLeftOut = static_cast<std::size_t>(-1);
constexpr std::size_t kShrunkWidthMin = 6;  // a column is not shrunk below this; columns are left out first
constexpr std::size_t kEdge = 1;            // the leftmost │
constexpr std::size_t kAround = 3;          // what a column needs beside its text: "│ " before, " " after

bool IsNumeric(const Value& value) {
  return value.kind() == Value::Kind::kInteger || value.kind() == Value::Kind::kFloat;
}

std::string Repeat(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::size_t TotalWidth(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), kEdge + kAround * widths.size());
}

// Shrinks the widest so that all together take at most `available`: as water finds its level, narrow ones keep theirs.
void ShrinkTo(std::size_t available, std::vector<std::size_t>& widths) {
  std::vector<std::size_t> ascending = widths;
  std::sort(ascending.begin(), ascending.end());
  std::size_t left = available;
  std::size_t level = available;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    std::size_t share = left / (ascending.size() - i);
    if (ascending[i] > share) {
      level = share;
      break;
    }
    left -= ascending[i];
  }
  for (std::size_t& width : widths) width = std::max<std::size_t>(1, std::min(width, level));
}

// One of the three rules: "┌─┬┐", "├─┼┤" or "└─┴┘" stretched over the columns.
void AppendRule(const std::vector<std::size_t>& widths, std::string_view left, std::string_view joint,
                std::string_view right, std::string& out) {
  for (std::size_t i = 0; i < widths.size(); ++i) {
    out += i == 0 ? left : joint;
    out += Repeat("─", widths[i] + 2);
  }
  out += right;
  out += '\n';
}

}  // namespace

Table::Table(const std::vector<std::string>& columns, TableFit fit) : fit_(fit), numeric_(columns.size(), true) {
  for (const std::string& name : columns) header_.push_back(Printable(name, fit_.width_max));
}

void Table::AddRow(const std::vector<Value>& row) {
  ++rows_;
  Cells cells;
  cells.reserve(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row[i].is_null() && !IsNumeric(row[i])) numeric_[i] = false;
    cells.push_back(Printable(ToText(row[i], false), fit_.width_max));
  }
  std::size_t head_max = fit_.rows_max == 0 ? static_cast<std::size_t>(-1) : (fit_.rows_max + 1) / 2;
  if (head_.size() < head_max) {
    head_.push_back(std::move(cells));
    return;
  }
  tail_.push_back(std::move(cells));
  if (tail_.size() > fit_.rows_max / 2) tail_.pop_front();
}

std::uint64_t Table::rows_hidden() const { return rows_ - head_.size() - tail_.size(); }

std::vector<std::size_t> Table::NaturalWidths() const {
  std::vector<std::size_t> widths;
  for (const std::string& name : header_) widths.push_back(std::max<std::size_t>(1, DisplayWidth(name)));
  auto widen = [&widths](const Cells& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(cells[i]));
  };
  std::for_each(head_.begin(), head_.end(), widen);
  std::for_each(tail_.begin(), tail_.end(), widen);
  return widths;
}

// All columns, or, where even shrunk ones do not fit, as many from both ends as do, with a "…" column between.
Table::Layout Table::Visible(const std::vector<std::size_t>& natural) const {
  auto least = [&](std::size_t i) { return kAround + std::min(natural[i], kShrunkWidthMin); };
  std::size_t needed = kEdge;
  for (std::size_t i = 0; i < natural.size(); ++i) needed += least(i);
  Layout layout;
  std::size_t left_end = 0;
  std::size_t right_begin = natural.size();
  if (needed <= fit_.width_max) {
    left_end = natural.size();
  } else {
    needed = kEdge + kAround + 1;  // with the "…" column
    for (bool left = true; left_end < right_begin; left = !left) {
      std::size_t next = left ? left_end : right_begin - 1;
      needed += least(next);
      if (needed > fit_.width_max && left_end > 0) break;
      left ? ++left_end : --right_begin;
    }
  }
  for (std::size_t i = 0; i < left_end; ++i) layout.shown.push_back(i);
  if (left_end < right_begin) layout.shown.push_back(kLeftOut);
  for (std::size_t i = right_begin; i < natural.size(); ++i) layout.shown.push_back(i);
  for (std::size_t column : layout.shown) layout.widths.push_back(column == kLeftOut ? 1 : natural[column]);
  return layout;
}

Table::Layout Table::Fit() const {
  std::vector<std::size_t> natural = NaturalWidths();
  if (fit_.width_max == 0 || TotalWidth(natural) <= fit_.width_max) {
    std::vector<std::size_t> all(natural.size());
    std::iota(all.begin(), all.end(), 0);
    return {std::move(all), std::move(natural)};
  }
  Layout layout = Visible(natural);
  std::size_t borders = kEdge + kAround * layout.widths.size();
  ShrinkTo(fit_.width_max > borders ? fit_.width_max - borders : 0, layout.widths);
  return layout;
}

void Table::AppendRow(const Layout& layout, const Cells& cells, bool header, std::string& out) const {
  for (std::size_t i = 0; i < layout.shown.size(); ++i) {
    std::size_t column = layout.shown[i];
    std::string text = CutToWidth(column == kLeftOut ? "…" : cells[column], layout.widths[i]);
    std::string padding(layout.widths[i] - DisplayWidth(text), ' ');
    bool right = column != kLeftOut && numeric_[column] && rows_ > 0 && !header;
    out += "│ ";
    out += right ? padding + text : text + padding;
    out += ' ';
  }
  out += "│\n";
}

void Table::AppendFold(const Layout& layout, std::string& out) const {
  std::size_t inside = TotalWidth(layout.widths) - kEdge - kAround;
  std::string text = CutToWidth(fmt::format("⋮ {} more rows", Grouped(rows_hidden())), inside);
  out += "│ " + text + std::string(inside - DisplayWidth(text), ' ') + " │\n";
}

std::string Table::Render() const {
  std::string out;
  if (header_.empty()) return out;
  Layout layout = Fit();
  AppendRule(layout.widths, "┌", "┬", "┐", out);
  AppendRow(layout, header_, true, out);
  AppendRule(layout.widths, "├", "┼", "┤", out);
  for (const Cells& cells : head_) AppendRow(layout, cells, false, out);
  if (rows_hidden() > 0) AppendFold(layout, out);
  for (const Cells& cells : tail_) AppendRow(layout, cells, false, out);
  AppendRule(layout.widths, "└", "┴", "┘", out);
  return out;
}

}  // namespace plenum::shell
