#include "runs/formula/model_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/formula/frame_columns.hpp"
#include "runs/formula/open_frame.hpp"

namespace fisherlab::runs {
namespace {

constexpr double most_rows = 1e7;

Expression of_column(FrameTable const& table, std::size_t place) {
  return {Expression::Kind::column, 0, place, table.names()[place], {}};
}

/// Numbers from 0 on in a column beside the formula.
std::vector<double> side_values(FrameTable& table, std::size_t place, bool is_whole) {
  auto const values = values_of(table, of_column(table, place));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] < 0 || (is_whole && values[i] != std::floor(values[i])))
      table.fail_at(
          i, fmt::format("column '{}' is {} (not {}), correct it", shown(table.names()[place]), exact_text(values[i]),
                         is_whole ? "a whole number from 0 on" : "a weight from 0 on"));
  return values;
}

/// The response as numbers; two words as 0 and 1, named in `frame`.
std::vector<double> response_values(FrameTable& table, FrameSource const& source, ModelFrame const* like,
                                    ModelFrame& frame) {
  auto const& response = frame.formula.response;
  bool const is_column = response.kind == Expression::Kind::column;
  if (!is_column || source.response != ResponseKind::share || !table.is_of_words(response.column))
    return values_of(table, response);
  Variable const variable{response, true, response.text()};
  CodedVariable const known{variable.text, like != nullptr ? like->outcomes : std::vector<std::string>(), {}};
  auto const words = coded(table, variable, like != nullptr ? &known : nullptr);
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

/// Which rows count, each as often as it was observed.
class CountedRows {
 public:
  CountedRows(FrameTable const& table, std::vector<double> const& weights, std::optional<std::vector<double>> counts)
      : all_(table.rows()) {
    double const total = counts ? std::accumulate(counts->begin(), counts->end(), 0.0) : static_cast<double>(all_);
    if (total > most_rows)
      table.fail(counts ? "has counts that add up to over 10 million rows (too many), give fewer"
                        : "has over 10 million rows (too many), give fewer");
    if (!counts && std::ranges::all_of(weights, [](double w) { return w > 0; })) return;
    rows_.emplace();
    for (std::size_t i = 0; i < all_; ++i)
      if (weights[i] > 0) rows_->insert(rows_->end(), counts ? static_cast<std::size_t>((*counts)[i]) : 1, i);
    if (rows_->empty()) table.fail("has no row of a weight above 0, give some");
  }

  std::size_t size() const { return rows_ ? rows_->size() : all_; }
  std::size_t operator[](std::size_t k) const { return rows_ ? (*rows_)[k] : k; }
  bool are_all() const { return !rows_; }  ///< each once

 private:
  std::size_t all_;
  std::optional<std::vector<std::size_t>> rows_;
};

Eigen::VectorXd picked(std::vector<double> const& values, CountedRows const& rows) {
  Eigen::VectorXd result(static_cast<Eigen::Index>(rows.size()));
  for (std::size_t k = 0; k < rows.size(); ++k) result[static_cast<Eigen::Index>(k)] = values[rows[k]];
  return result;
}

Eigen::MatrixXd picked(Eigen::MatrixXd x, CountedRows const& rows) {
  if (rows.are_all()) return x;
  std::vector<Eigen::Index> places;
  for (std::size_t k = 0; k < rows.size(); ++k) places.push_back(static_cast<Eigen::Index>(rows[k]));
  return x(places, Eigen::all);
}

void add_notes(FrameTable& table, FrameSource const& source, std::vector<double> const& weights, ModelFrame& frame) {
  frame.notes = table.notes();
  frame.notes.insert(frame.notes.end(), frame.formula.notes.begin(), frame.formula.notes.end());
  if (source.count)
    frame.notes.push_back(fmt::format("{} rows stand for {} observations by the counts in '{}'.", table.rows(),
                                      frame.data.y.size(), shown(*source.count)));
  auto const zeros = std::count(weights.begin(), weights.end(), 0.0);
  if (zeros > 0)
    frame.notes.push_back(
        fmt::format("{} row{} of weight 0 {} left out.", zeros, zeros == 1 ? "" : "s", zeros == 1 ? "is" : "are"));
  if (table.has_truths()) frame.notes.emplace_back("TRUE and FALSE are read as 1 and 0.");
}

void check_response(FrameTable& table, FrameSource const& source, std::vector<double> const& y,
                    std::vector<double> const& weights, std::string const& response) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    auto const problem = weights[i] > 0 ? response_problem(source, y[i], weights[i]) : std::string();
    if (!problem.empty()) table.fail_at(i, fmt::format("{} is {} {}", shown(response), exact_text(y[i]), problem));
  }
}

std::vector<double> offsets_of(FrameTable& table, Formula const& formula) {
  std::vector<double> sum(table.rows(), 0.0);
  for (auto const& e : formula.offsets) {
    auto const part = values_of(table, e);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
  }
  return sum;
}

/// Codes the variables, which are the last to look at columns of numbers.
void add_variables(FrameTable& table, ModelFrame const* like, ModelFrame& frame) {
  auto const& variables = frame.formula.variables;
  std::map<std::size_t, std::size_t> last;  // variable that looks at a column
  for (std::size_t v = 0; v < variables.size(); ++v)
    for (auto const c : variables[v].expression.columns()) last[c] = v;
  for (std::size_t v = 0; v < variables.size(); ++v) {
    bool const is_last = variables[v].is_column() && last[variables[v].expression.column] == v;
    frame.variables.push_back(coded(table, variables[v], like != nullptr ? &like->variables[v] : nullptr, is_last));
  }
}

/// What the coded rows leave for the fit, each as often as it was observed.
void add_rows(FrameTable& table, CountedRows const& rows, std::optional<std::size_t> group, ModelFrame& frame) {
  for (auto& variable : frame.variables) {
    if (rows.are_all() || !variable.is_factor()) continue;
    auto const values = picked(variable.values, rows);
    variable.values.assign(values.data(), values.data() + values.size());
  }
  frame.rows.reserve(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) frame.rows.push_back(table.number(rows[k]));
  if (!group) return;
  auto const& words = table.words(*group);
  for (std::size_t k = 0; k < rows.size(); ++k) frame.groups.push_back(words.at(rows[k]));
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
  auto opened = like != nullptr ? open_whole_frame(source) : open_frame(source);
  auto& table = *opened.table;
  auto const& side = opened.side;
  ModelFrame frame;
  frame.name = table.name();
  frame.formula = std::move(opened.formula);
  frame.response = frame.formula.response.text();
  frame.is_weighted = side.weights.has_value();
  frame.is_counted = side.count.has_value();

  auto const y = response_values(table, source, like, frame);
  auto const weights = side.weights ? side_values(table, *side.weights, false) : std::vector<double>(table.rows(), 1.0);
  auto counts = side.count ? std::optional(side_values(table, *side.count, true)) : std::nullopt;
  check_response(table, source, y, weights, frame.response);
  auto const offset = offsets_of(table, frame.formula);
  add_variables(table, like, frame);
  auto coding = code_terms(frame.formula, frame.variables, table.rows());
  CountedRows const rows(table, weights, std::move(counts));
  frame.columns = std::move(coding.names);
  frame.behind = std::move(coding.variables);
  frame.data = {picked(std::move(coding.x), rows), picked(y, rows), picked(weights, rows), picked(offset, rows)};
  add_rows(table, rows, side.group, frame);
  add_notes(table, source, weights, frame);
  check_columns(frame);
  return frame;
}

}  // namespace fisherlab::runs
