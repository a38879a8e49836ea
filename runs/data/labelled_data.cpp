#include "runs/data/labelled_data.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <system_error>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "runs/data/class_names.hpp"
#include "runs/data/csv_table.hpp"
#include "runs/data/labelled_stream.hpp"
#include "runs/data/magnitudes.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;
using estimators::influence::Data;

/// Refuses a table whose first line does not name the columns. A line of data shows itself by a text that comes again.
void check_header(CsvTable const& table) {
  auto const& names = table.names();
  if (!table.has_header() && !table.is_told_of_header())
    table.fail_at(table.first_line(),
                  "holds data where a header line should be, add a line that names the columns, or say --header no");
  for (std::size_t k = 0; k < names.size() && table.has_header(); ++k) {
    if (names[k].empty()) table.fail_at(table.first_line(), fmt::format("column {} has no name, give it one", k + 1));
    if (std::count(names.begin(), names.end(), names[k]) > 1)
      table.fail_at(table.first_line(),
                    fmt::format("two columns are named '{}', give each its own name", shown(names[k])));
    for (std::size_t i = 0; i < table.rows() && parse_cell(names[k]).is_text; ++i)
      if (trimmed(table.text(i, k)) == names[k])
        table.fail_at(table.first_line(),
                      fmt::format("'{}' comes again in line {} (this is data where a header line should "
                                  "be), add a line that names the columns",
                                  shown(names[k]), table.line(i)));
  }
  if (names.size() < 2) table.fail("has one column, give one column of labels and at least one of inputs");
}

void check_rows(CsvTable const& table) {
  if (table.rows() < 3) table.fail(fmt::format("has {} data rows (too few), give at least three", table.rows()));
}

std::size_t label_column(CsvTable const& table, std::optional<std::string> const& label) {
  return label ? table.column(*label) : *label_place(table.names(), label);
}

/// The words of one column.
ColumnWords words_of(CsvTable const& table, std::size_t column) {
  WordList words(table.rows());
  for (std::size_t i = 0; i < table.rows(); ++i) words.add(printable(trimmed(table.text(i, column))));
  return words.found();
}

/// The number of a cell. @throws InputError for what is none, with the remedy where all of the column is words.
double number_of(CsvTable const& table, std::size_t row, std::size_t column, std::string_view remedy) {
  auto const cell = table.cell(row, column);
  if (cell.problem.empty()) return cell.value;
  bool all_text = row == 0;  // else a row above is a number
  for (std::size_t i = 0; i < table.rows() && all_text; ++i) all_text = table.cell(i, column).is_text;
  auto const name = shown(table.names()[column]);
  table.fail_at(table.line(row), all_text ? fmt::format("column '{}' holds words such as '{}', {}", name,
                                                        shown(trimmed(table.text(row, column))), remedy)
                                          : fmt::format("column '{}': {}", name, cell.problem));
}

void check_magnitudes_of(CsvTable const& table, std::size_t column, std::span<double const> values) {
  check_magnitudes(values, fmt::format("'{}': {}", table.name(), shown(table.names()[column])));
}

/// The numbers of one column.
Eigen::VectorXd numbers_of(CsvTable const& table, std::size_t column, std::string_view remedy) {
  Eigen::VectorXd values(static_cast<Eigen::Index>(table.rows()));
  for (std::size_t i = 0; i < table.rows(); ++i)
    values[static_cast<Eigen::Index>(i)] = number_of(table, i, column, remedy);
  check_magnitudes_of(table, column, {values.data(), static_cast<std::size_t>(values.size())});
  return values;
}

std::vector<std::string> classes_of(CsvTable const& table, ColumnWords const& labels) {
  auto found = class_names(labels, [&table](std::size_t row) { return table.line(row); });
  if (!found.problem.empty() && found.row) table.fail_at(table.line(*found.row), found.problem);
  if (!found.problem.empty()) table.fail(found.problem);
  return std::move(found.names);
}

/// The class of each row. @throws InputError for a label that is none.
Eigen::VectorXd numbers_of(CsvTable const& table, ColumnWords const& labels, std::vector<std::string> const& classes) {
  auto numbers = class_numbers(labels, classes);
  for (std::size_t i = 0; i < table.rows(); ++i)
    if (numbers[static_cast<Eigen::Index>(i)] < 0)
      table.fail_at(table.line(i), fmt::format("the training data have no class '{}', {}", shown(labels.at(i)),
                                               suggestion(labels.at(i), classes)));
  return numbers;
}

constexpr std::string_view input_remedy =
    "which cannot be an input: remove the column, or name it with --group or --label";
constexpr std::string_view label_remedy = "not numbers: name another with --label, or use --model softmax";

/// Reads the inputs row by row, and forgets the text of what is read: file and numbers are never both whole in memory.
void read_inputs(CsvTable& table, std::vector<std::size_t> const& columns, Data& data) {
  constexpr std::size_t rows_at_once = 4096;
  data.inputs.resize(static_cast<Eigen::Index>(table.rows()), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t i = 0; i < table.rows(); ++i) {
    if (i % rows_at_once == 0) table.forget_before(i);
    for (std::size_t j = 0; j < columns.size(); ++j)
      data.inputs(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
          number_of(table, i, columns[j], input_remedy);
  }
  for (std::size_t j = 0; j < columns.size(); ++j)
    check_magnitudes_of(table, columns[j], {data.inputs.col(static_cast<Eigen::Index>(j)).data(), table.rows()});
}

std::vector<std::string> wanted_names(LabelledOptions const& options) {
  std::vector<std::string> wanted;
  if (options.label) wanted.push_back(*options.label);
  if (options.group) wanted.push_back(*options.group);
  return wanted;
}

std::vector<int> row_numbers(CsvTable const& table) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < table.rows(); ++i) numbers.push_back(table.number(i));
  return numbers;
}

/// The inputs and the label.
std::vector<std::size_t> with(std::vector<std::size_t> columns, std::size_t label) {
  columns.push_back(label);
  return columns;
}

}  // namespace

LabelledData read_labelled_table(LabelledOptions const& options) {
  if (auto streamed = stream_labelled(options)) return std::move(*streamed);
  CsvTable table(options.file, options.reading, wanted_names(options));
  check_header(table);
  auto const names = table.names();
  LabelledData result;
  auto const label = label_column(table, options.label);
  auto const group = options.group ? table.column(*options.group) : names.size();  // no column
  if (group == label)
    table.fail(fmt::format("has '{}' as its label (a group is another column), name another --group or --label",
                           shown(names[label])));
  result.label = names[label];
  std::vector<std::size_t> inputs, used;
  for (std::size_t k = 0; k < names.size(); ++k) {
    used.push_back(k);
    if (k != label && k != group) inputs.push_back(k);
  }
  if (inputs.empty()) table.fail("has no column of inputs, add one");
  check_rows(table);
  table.treat_missing(used);
  check_rows(table);
  for (auto const k : inputs) result.data.columns.push_back(names[k]);
  for (auto const k : inputs) number_of(table, 0, k, input_remedy);  // a column of words is told before anything else
  if (options.group) {
    auto const words = words_of(table, group);
    for (std::size_t i = 0; i < table.rows(); ++i) result.groups.push_back(words.at(i));
  }
  result.rows = row_numbers(table);
  result.notes = table.notes();
  if (!options.classification) {
    result.data.targets = numbers_of(table, label, label_remedy);
  } else {
    auto const labels = words_of(table, label);
    result.data.classes = classes_of(table, labels);
    result.data.targets = numbers_of(table, labels, result.data.classes);
  }
  read_inputs(table, inputs, result.data);
  return result;
}

Data read_labelled(LabelledOptions const& options) { return read_labelled_table(options).data; }

LabelledData read_test_table(LabelledOptions const& options, LabelledData const& like) {
  if (auto streamed = stream_tests(options, like)) return std::move(*streamed);
  auto wanted = like.data.columns;
  wanted.push_back(like.label);
  CsvTable table(options.file, options.reading, wanted);
  std::vector<std::size_t> inputs;
  for (auto const& name : like.data.columns) inputs.push_back(table.column(name));
  auto const label = table.column(like.label);
  if (table.rows() == 0) table.fail("has a header line and no data rows, add some");
  table.treat_missing(with(inputs, label));
  LabelledData result;
  result.label = like.label;
  result.data.columns = like.data.columns;
  result.data.classes = like.data.classes;
  result.rows = row_numbers(table);
  result.notes = table.notes();
  result.data.targets = options.classification ? numbers_of(table, words_of(table, label), result.data.classes)
                                               : numbers_of(table, label, label_remedy);
  read_inputs(table, inputs, result.data);
  return result;
}

Data read_test(LabelledOptions const& options, LabelledData const& like) { return read_test_table(options, like).data; }

fs::path shipped_data(std::string const& name) {
  std::error_code error;
  auto const program = fs::read_symlink("/proc/self/exe", error);
  auto const installed = program.parent_path() / FISHERLAB_INSTALL_DATA;
  return (!error && fs::is_directory(installed, error) ? installed : fs::path(FISHERLAB_DATA_DIR)) / name;
}

}  // namespace fisherlab::runs
