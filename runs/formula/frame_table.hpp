#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "runs/data/csv_table.hpp"
#include "runs/data/word_list.hpp"

namespace fisherlab::runs {

/// The columns of a file that a formula may ask for, without the rows that miss a value.
class FrameTable {
 public:
  FrameTable() = default;
  FrameTable(FrameTable const&) = delete;
  FrameTable& operator=(FrameTable const&) = delete;
  virtual ~FrameTable() = default;

  virtual std::string const& name() const = 0;
  virtual std::vector<std::string> const& names() const = 0;
  virtual std::vector<std::string> const& notes() const = 0;
  virtual std::size_t rows() const = 0;
  virtual std::size_t line(std::size_t row) const = 0;
  virtual int number(std::size_t row) const = 0;  ///< of the row among all of the file, from 1

  /// The numbers of a column, TRUE and FALSE as 1 and 0. @throws InputError naming the line of a cell that is none.
  virtual std::vector<double> const& numbers(std::size_t place) = 0;
  /// The same, which leave the table: they are not asked for again.
  virtual std::vector<double> take_numbers(std::size_t place) = 0;
  virtual bool has_truths() const = 0;  ///< in the columns whose numbers were asked for
  virtual ColumnWords const& words(std::size_t place) = 0;
  /// Whether the column is one of words: none of its cells is a number, or all are TRUE and FALSE.
  /// @throws InputError where some are numbers and some are not.
  virtual bool is_of_words(std::size_t place) = 0;

  [[noreturn]] void fail(std::string const& what) const;
  [[noreturn]] void fail_at(std::size_t row, std::string const& what) const;
};

/// A table that was read as a whole.
class WholeTable final : public FrameTable {
 public:
  explicit WholeTable(CsvTable table) : table_(std::move(table)) {}

  std::string const& name() const override { return table_.name(); }
  std::vector<std::string> const& names() const override { return table_.names(); }
  std::vector<std::string> const& notes() const override { return table_.notes(); }
  std::size_t rows() const override { return table_.rows(); }
  std::size_t line(std::size_t row) const override { return table_.line(row); }
  int number(std::size_t row) const override { return table_.number(row); }
  std::vector<double> const& numbers(std::size_t place) override;
  std::vector<double> take_numbers(std::size_t place) override;
  bool has_truths() const override { return has_truths_; }
  ColumnWords const& words(std::size_t place) override;
  bool is_of_words(std::size_t place) override;

 private:
  CsvTable table_;
  std::map<std::size_t, std::vector<double>> numbers_;
  std::map<std::size_t, WordList> words_;
  bool has_truths_ = false;
};

}  // namespace fisherlab::runs
