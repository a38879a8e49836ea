#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "findings/run_tables.hpp"

namespace fisherlab::reports {

/// The tables for people.
enum class TableKind { findings, performance, convergence, influence };
/// All of them, in the order of a report.
inline constexpr std::array table_kinds = {TableKind::findings, TableKind::performance, TableKind::convergence,
                                           TableKind::influence};

/// "findings", "performance", "convergence", "influence".
std::string_view to_string(TableKind kind);

/// What stands in a column: words, or numbers with signs, brackets and powers of ten.
enum class CellKind { text, number };

/// The head of a column.
struct TableColumn {
  std::string name;                ///< as users choose it, mostly that of the CSV column
  std::string title;               ///< as readers see it
  CellKind kind = CellKind::text;  ///< of its cells
};

/// A table for people, before it is put into Markdown or LaTeX: cells are plain text, a number that is not defined is
/// empty.
struct RunTable {
  std::string title;                           ///< its heading
  std::string note;                            ///< a sentence below the table
  std::vector<TableColumn> columns;            ///< from left to right
  std::vector<std::vector<std::string>> rows;  ///< one cell a column each
};

/// The columns that a table can have, in their order.
std::vector<std::string> column_names(TableKind kind);

/// Which rows of a table are shown: those that have this text in this column.
struct RowChoice {
  std::string column;
  std::string text;
};

/// One table of a run with the columns in the order given, or the usual ones when none is given. A value is rounded to
/// the second significant digit of its Monte Carlo standard error; where there is only an interval, at a simultaneous
/// level, a tenth of its width takes the place of the error. Shares are in per cent.
/// With `rows`, only rows to which all of these apply.
/// @throws InputError for a column that column_names() does not have, and for a choice of rows that leaves none.
RunTable run_table(RunTables const& run, TableKind kind, std::span<std::string const> columns = {},
                   std::span<RowChoice const> rows = {});

}  // namespace fisherlab::reports
