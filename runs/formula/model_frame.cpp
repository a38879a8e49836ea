#include "runs/formula/model_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/formula/frame_columns.hpp"

namespace fisherlab::runs {
namespace {

constexpr double most_rows = 1e7;

/// Places of columns beside those of the formula.
struct SideColumns {
  std::optional<std::size_t> weights, count, group;

  std::vector<std::size_t> all() const {
    std::vector<std::size_t> result;
    for (auto const& place : {weights, count, group})
      if (place) result.push_back(*place);
    return result;
  }
};

SideColumns side_columns(CsvTable const& table, FrameSource const& source) {
  auto const place = [&](std::optional<std::string> const& name) {
    return name ? std::optional(table.column(*name)) : std::nullopt;
  };
  return {place(source.weights), place(source.count), place(source.group)};
}

std::vector<std::size_t> used_columns(Formula const& formula, SideColumns const& side) {
  std::vector<std::size_t> used = side.all();
  auto const add = [&](Expression const& e) {
    for (auto const c : e.columns()) used.push_back(c);
  };
  add(formula.response);
  for (auto const& offset : formula.offsets) add(offset);
  for (auto const& term : formula.terms)
    for (auto const v : term) add(formula.variables[v].expression);
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

Expression of_column(CsvTable const& table, std::size_t place) {
  return {Expression::Kind::column, 0, place, table.names()[place], {}};
}

/// Numbers from 0 on in a column beside the formula.
std::vector<double> side_values(CsvTable const& table, std::size_t place, bool is_whole, NumericColumns& numbers) {
  auto const values = numbers.of(of_column(table, place));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] < 0 || (is_whole && values[i] != std::floor(values[i])))
      table.fail_at(table.line(i),
                    fmt::format("column '{}' is {} (not {}), correct it", shown(table.names()[place]),
                                exact_text(values[i]), is_whole ? "a whole number from 0 on" : "a weight from 0 on"));
  return values;
}

/// The response as numbers; two words as 0 and 1, named in `frame`.
std::vector<double> response_values(CsvTable const& table, FrameSource const& source, NumericColumns& numbers,
                                    ModelFrame const* like, ModelFrame& frame) {
  auto const& response = frame.formula.response;
  bool const is_column = response.kind == Expression::Kind::column;
  if (!is_column || source.response != ResponseKind::share || !is_of_words(table, response.column))
    return numbers.of(response);
  Variable const variable{response, true, response.text()};
  CodedVariable const known{variable.text, like != nullptr ? like->outcomes : std::vector<std::string>(), {}};
  auto const words = coded(table, variable, numbers, like != nullptr ? &known : nullptr);
  if (words.levels.size() > 2)
    table.fail(
        fmt::format("has {} different words in '{}' (a logistic regression has two outcomes), name another "
                    "response",
                    words.levels.size(), shown(variable.text)));
  frame.outcomes = words.levels;
  return words.values;
}

/// What is wrong with a response, and what to do; empty where nothing is.
std::string response_problem(FrameSource const& source, double y, double weight) {
  bool const is_whole = std::fabs(weight * y - std::round(weight * y)) <= 1e-8 * std::fmax(1, weight * y);
  switch (source.response) {
    case ResponseKind::number:
      return "";
    case ResponseKind::count:
      return y >= 0 && is_whole ? "" : "(no count), give whole numbers from 0 on";
    case ResponseKind::share:
      break;
  }
  if (y < 0 || y > 1) return "(neither 0 nor 1), give one of them, or a share of trials with --weights TRIALS";
  if (!is_whole) return "(no share of a whole number of trials), give 0 or 1, or the trials with --weights TRIALS";
  return weight == std::floor(weight) ? "" : "with a weight that is no whole number of trials, correct the weight";
}

/// Rows that count, each as often as it was observed.
std::vector<std::size_t> counted_rows(CsvTable const& table, std::vector<double> const& weights,
                                      std::vector<double> const& counts) {
  std::vector<std::size_t> rows;
  double const total = std::accumulate(counts.begin(), counts.end(), 0.0);
  if (total > most_rows) table.fail("has counts that add up to over 10 million rows (too many), give fewer");
  for (std::size_t i = 0; i < table.rows(); ++i)
    if (weights[i] > 0) rows.insert(rows.end(), static_cast<std::size_t>(counts[i]), i);
  if (rows.empty()) table.fail("has no row of a weight above 0, give some");
  return rows;
}

Eigen::VectorXd picked(std::vector<double> const& values, std::vector<std::size_t> const& rows) {
  Eigen::VectorXd result(static_cast<Eigen::Index>(rows.size()));
  for (std::size_t k = 0; k < rows.size(); ++k) result[static_cast<Eigen::Index>(k)] = values[rows[k]];
  return result;
}

void add_notes(CsvTable const& table, FrameSource const& source, std::vector<double> const& weights, bool has_truths,
               ModelFrame& frame) {
  frame.notes = table.notes();
  if (source.count)
    frame.notes.push_back(fmt::format("{} rows stand for {} observations by the counts in '{}'.", table.rows(),
                                      frame.data.y.size(), shown(*source.count)));
  auto const zeros = std::count(weights.begin(), weights.end(), 0.0);
  if (zeros > 0)
    frame.notes.push_back(
        fmt::format("{} row{} of weight 0 {} left out.", zeros, zeros == 1 ? "" : "s", zeros == 1 ? "is" : "are"));
  if (has_truths) frame.notes.emplace_back("TRUE and FALSE are read as 1 and 0.");
}

void check_response(CsvTable const& table, FrameSource const& source, std::vector<double> const& y,
                    std::vector<double> const& weights, std::string const& response) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    auto const problem = weights[i] > 0 ? response_problem(source, y[i], weights[i]) : std::string();
    if (!problem.empty())
      table.fail_at(table.line(i), fmt::format("{} is {} {}", shown(response), exact_text(y[i]), problem));
  }
}

std::vector<double> offsets_of(Formula const& formula, std::size_t rows, NumericColumns& numbers) {
  std::vector<double> sum(rows, 0.0);
  for (auto const& e : formula.offsets) {
    auto const part = numbers.of(e);
    for (std::size_t i = 0; i < rows; ++i) sum[i] += part[i];
  }
  return sum;
}

/// The table and the formula, and rows that miss a value treated.
CsvTable read_table(FrameSource const& source) {
  std::vector<std::string> wanted;
  for (auto const* name : {&source.weights, &source.count, &source.group})
    if (*name) wanted.push_back(**name);
  CsvTable table(source.file, source.reading, wanted);
  if (!table.has_header() && !table.is_told_of_header())
    table.fail_at(table.first_line(), "holds data where a header line should be (a formula names columns), add one");
  if (table.rows() == 0) table.fail("has a header line and no data rows, add some");
  return table;
}

/// What the coded rows leave for the fit, each as often as it was observed.
void add_rows(CsvTable const& table, std::vector<std::size_t> const& rows, std::optional<std::size_t> group,
              ModelFrame& frame) {
  for (auto& variable : frame.variables) {
    auto const values = picked(variable.values, rows);
    variable.values.assign(values.data(), values.data() + values.size());
  }
  auto const words = group ? words_in(table, *group) : std::vector<std::string>();
  for (auto const i : rows) {
    frame.rows.push_back(table.number(i));
    if (group) frame.groups.push_back(words[i]);
  }
}

void check_columns(ModelFrame const& frame) {
  auto const check = [&](auto const& column, std::string const& name) {
    check_magnitudes({column.data(), static_cast<std::size_t>(column.size())},
                     fmt::format("'{}': {}", shown(frame.name), shown(name)));
  };
  check(frame.data.y, frame.response);
  for (Eigen::Index k = 0; k < frame.data.x.cols(); ++k)
    check(frame.data.x.col(k), frame.columns[static_cast<std::size_t>(k)]);
}

}  // namespace

ModelFrame read_model_frame(FrameSource const& source, ModelFrame const* like) {
  auto table = read_table(source);
  ModelFrame frame;
  frame.name = table.name();
  auto const side = side_columns(table, source);
  frame.formula = parse_formula(source.formula, table.names(), side.all());
  frame.response = frame.formula.response.text();
  frame.is_weighted = source.weights.has_value();
  frame.is_counted = source.count.has_value();
  table.treat_missing(used_columns(frame.formula, side));

  NumericColumns numbers(table);
  auto const n = table.rows();
  auto const y = response_values(table, source, numbers, like, frame);
  auto const weights = side.weights ? side_values(table, *side.weights, false, numbers) : std::vector<double>(n, 1.0);
  auto const counts = side.count ? side_values(table, *side.count, true, numbers) : std::vector<double>(n, 1.0);
  check_response(table, source, y, weights, frame.response);
  auto const offset = offsets_of(frame.formula, n, numbers);
  for (std::size_t v = 0; v < frame.formula.variables.size(); ++v)
    frame.variables.push_back(
        coded(table, frame.formula.variables[v], numbers, like != nullptr ? &like->variables[v] : nullptr));
  auto const coding = code_terms(frame.formula, frame.variables, n);
  auto const rows = counted_rows(table, weights, counts);
  std::vector<int> const places(rows.begin(), rows.end());
  frame.columns = coding.names;
  frame.behind = coding.variables;
  frame.data = {coding.x(places, Eigen::all), picked(y, rows), picked(weights, rows), picked(offset, rows)};
  add_rows(table, rows, side.group, frame);
  add_notes(table, source, weights, numbers.has_truths(), frame);
  check_columns(frame);
  return frame;
}

}  // namespace fisherlab::runs
