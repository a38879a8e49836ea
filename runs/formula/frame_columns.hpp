#pragma once

#include <string>
#include <vector>

#include "runs/data/csv_table.hpp"
#include "runs/formula/coding.hpp"

namespace fisherlab::runs {

/// Values of numeric expressions over the rows of a table; columns are read once.
class NumericColumns {
 public:
  explicit NumericColumns(CsvTable const& table) : table_(table), read_(table.columns()) {}

  /// Of each row. @throws InputError naming line and expression where a cell is no number or the value is not finite.
  std::vector<double> of(Expression const& expression);
  bool has_truths() const { return has_truths_; }

 private:
  std::vector<double> const& column(std::size_t place);

  CsvTable const& table_;
  std::vector<std::vector<double>> read_;
  bool has_truths_ = false;
};

/// The words of one column, numbers as they stand.
std::vector<std::string> words_in(CsvTable const& table, std::size_t place);

/// Whether the column is one of words: none of its cells is a number, or all are TRUE and FALSE.
/// @throws InputError where some are numbers and some are not.
bool is_of_words(CsvTable const& table, std::size_t place);

/// The variable with its values and, where it is a factor, its levels, sorted, numbers by value; `like` has those that
/// it may have. @throws InputError
CodedVariable coded(CsvTable const& table, Variable const& variable, NumericColumns& numbers,
                    CodedVariable const* like);

}  // namespace fisherlab::runs
