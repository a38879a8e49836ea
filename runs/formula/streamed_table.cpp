#include "runs/formula/streamed_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

using Cells = std::vector<std::string_view>;

/// One column on its way.
class StreamedColumn {
 public:
  StreamedColumn(ColumnUse const& use, std::size_t rows) : use_(use), words_(0), rows_(rows) {}

  ColumnUse const& use() const { return use_; }

  /// False for a cell that is left to the reader of the whole.
  bool add(std::string_view raw) {
    if (is_first_ && !begin(raw)) return false;
    auto const text = trimmed(raw);
    return (!use_.words || add_word(text)) && (!use_.numbers || add_number(text));
  }

  std::vector<double> numbers = {};
  bool has_truths = false;

  ColumnWords const& words() const { return words_.found(); }
  bool is_of_words() const { return of_words_; }

 private:
  /// Decides by the first cell what a column is that may be either; false for words that are asked for as numbers.
  bool begin(std::string_view raw) {
    is_first_ = false;
    if (use_.either) {
      auto const cell = parse_cell(raw);
      of_words_ = cell.is_text || cell.is_truth;
      of_truths_ = cell.is_truth;
      if (of_words_ && use_.numbers) return false;
      (of_words_ ? use_.words : use_.numbers) = true;
    }
    if (use_.numbers) numbers.reserve(rows_);
    if (use_.words) words_ = WordList(rows_);
    return true;
  }
  bool add_word(std::string_view text) {
    if (!words_.add(printable(text)) || !of_words_) return true;
    auto const cell = parse_cell(text);
    auto const how = written(text);
    bool const is_decimal = how == Written::with_comma || how == Written::with_groups;
    return (of_truths_ ? cell.is_truth : cell.is_text) && !is_decimal;
  }
  bool add_number(std::string_view text) {
    double value = 0;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const is_plain = !text.empty() && end == text.data() + text.size() && problem == std::errc();
    if (!is_plain) {
      auto const cell = parse_cell(text);
      if (!cell.problem.empty()) return false;
      value = cell.value;
      has_truths = has_truths || cell.is_truth;
    }
    numbers.push_back(value);
    return std::isfinite(value);
  }

  ColumnUse use_;
  WordList words_;
  std::size_t rows_;
  bool is_first_ = true, of_words_ = false, of_truths_ = false;
};

class StreamedTable final : public FrameTable {
 public:
  StreamedTable(PlainFile const& file, std::string name, std::vector<ColumnUse> const& uses, Reading const& reading)
      : name_(std::move(name)), shift_(file.header().has_row_names ? 1 : 0), skips_missing_(reading.skips_missing) {
    names_ = *certain_names(file.header());
    for (auto const& use : uses) columns_.emplace_back(use, file.rows());
  }

  /// False for a row that is left to the reader of the whole.
  bool take(Cells const& cells) {
    if (shift_ == 1 && !count_.is_next(cells[0])) return false;
    ++seen_;
    bool const misses = std::ranges::any_of(columns_, [&](auto const& c) { return is_missing(cell(cells, c)); });
    if (misses && !skips_missing_) return false;
    if (misses) {
      if (numbers_.empty())
        for (std::size_t i = 0; i < rows_; ++i) numbers_.push_back(static_cast<int>(i + 1));
      has_gaps_ = true;
      return true;
    }
    ++rows_;
    if (has_gaps_) numbers_.push_back(static_cast<int>(seen_));
    return std::ranges::all_of(columns_, [&](auto& c) { return c.add(cell(cells, c)); });
  }
  void end(PlainFile const& file) {
    if (auto note = file.separator_note()) notes_.push_back(std::move(*note));
    if (shift_ == 1) notes_.push_back(count_.note());
    if (has_gaps_) notes_.push_back(fmt::format("{} of {} rows miss a value and are left out.", seen_ - rows_, seen_));
  }

  std::string const& name() const override { return name_; }
  std::vector<std::string> const& names() const override { return names_; }
  std::vector<std::string> const& notes() const override { return notes_; }
  std::size_t rows() const override { return rows_; }
  std::size_t line(std::size_t row) const override { return static_cast<std::size_t>(number(row)) + 1; }
  int number(std::size_t row) const override { return has_gaps_ ? numbers_[row] : static_cast<int>(row + 1); }
  std::vector<double> const& numbers(std::size_t place) override {
    has_truths_ = has_truths_ || of(place).has_truths;
    return of(place).numbers;
  }
  std::vector<double> take_numbers(std::size_t place) override {
    numbers(place);
    return std::move(of(place).numbers);
  }
  bool has_truths() const override { return has_truths_; }
  ColumnWords const& words(std::size_t place) override { return of(place).words(); }
  bool is_of_words(std::size_t place) override { return of(place).is_of_words(); }

 private:
  std::string_view cell(Cells const& cells, StreamedColumn const& column) const {
    return cells[column.use().place + shift_];
  }
  StreamedColumn& of(std::size_t place) {
    return *std::ranges::find_if(columns_, [&](auto const& c) { return c.use().place == place; });
  }

  std::string name_;
  std::vector<std::string> names_, notes_;
  std::size_t shift_;  ///< of columns behind the row names
  bool skips_missing_;
  RowCount count_;
  std::vector<StreamedColumn> columns_;
  std::vector<int> numbers_;  ///< of the rows, where some are left out
  std::size_t seen_ = 0, rows_ = 0;
  bool has_gaps_ = false, has_truths_ = false;
};

}  // namespace

std::unique_ptr<FrameTable> streamed_table(PlainFile const& file, std::string name, std::vector<ColumnUse> const& uses,
                                           Reading const& reading) {
  if (uses.empty()) return nullptr;
  auto table = std::make_unique<StreamedTable>(file, std::move(name), uses, reading);
  bool const is_whole = file.for_each_row([&](Cells const& cells) { return table->take(cells); });
  if (!is_whole || table->rows() == 0) return nullptr;
  table->end(file);
  return table;
}

}  // namespace fisherlab::runs
