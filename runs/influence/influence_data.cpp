#include "runs/influence/influence_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "base/expects.hpp"
#include "base/files/data_bytes.hpp"
#include "base/hash.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "estimators/influence/problems/split.hpp"
#include "runs/influence/formula_table.hpp"

namespace fisherlab::runs {
namespace {

namespace est = estimators::influence;
using est::Data;

/// The rows of the file that stand behind rows of its table.
std::vector<int> numbered(std::vector<int> rows, std::vector<int> const& numbers) {
  for (int& row : rows) row = numbers[static_cast<std::size_t>(row)];
  return rows;
}

std::vector<int> each_row(int count) {
  std::vector<int> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

FrameSource frame_source(InfluenceSource const& source) {
  auto const number = source.counts ? ResponseKind::count : ResponseKind::number;
  return {.file = source.file,
          .formula = *source.formula,
          .response = source.classification ? ResponseKind::share : number,
          .weights = source.weights,
          .group = source.group,
          .reading = source.reading};
}

LabelledData test_table(InfluenceSource const& source, FormulaTable const& like) {
  auto file = frame_source(source);
  file.file = *source.test;
  file.group.reset();
  return read_formula_table(file, &like).table;
}

LabelledData test_table(LabelledOptions file, std::string const& test, LabelledData const& like) {
  file.file = test;
  return read_test_table(file, like);
}

/// Test rows from a file of their own.
void add_test_file(LabelledData tested, std::string const& test, LabelledData& table, InfluenceData& data) {
  data.test = std::move(tested.data);
  data.train_rows = each_row(table.data.rows());
  data.train = std::move(table.data);
  data.test_rows = std::move(tested.rows);
  for (auto const& note : tested.notes) data.notes.push_back("Test rows: " + note);
  data.test_source = fmt::format("of {}", std::filesystem::path(test).filename().string());
}

/// Test rows held out at random, of each class the same share.
void hold_out(double share, std::uint64_t seed, Data all, InfluenceData& data) {
  expects(share > 0 && share < 1,
          fmt::format("--holdout is {} (a share of the rows, between 0 and 1), as 0.2", exact_text(share)));
  sim::StreamKey const key{seed, stable_hash("influence holdout"), 0};
  int const rows = static_cast<int>(std::lround((1 - share) * all.rows()));
  expects(rows > 1 && rows < all.rows(),
          fmt::format("--holdout is {} (of {} rows it leaves {} for training), choose another share", exact_text(share),
                      all.rows(), rows));
  bool const has_classes = !all.classes.empty();
  auto split = has_classes ? est::stratified_split(std::move(all), 1 - share, key)
                           : est::random_split(std::move(all), rows, key);
  expects(split.test.rows() > 0,
          fmt::format("--holdout is {} (no class has enough rows to hold one out), give more", exact_text(share)));
  data.train = std::move(split.train);
  data.test = std::move(split.test);
  data.train_rows = std::move(split.train_rows);
  data.test_rows = std::move(split.test_rows);
  data.test_source =
      fmt::format("held out at random{}, seed {}", has_classes ? ", the same share of each class" : "", seed);
}

void test_on_training_rows(Data all, InfluenceData& data) {
  data.train_rows = data.test_rows = each_row(all.rows());
  data.train = std::move(all);
  data.tests_itself = true;
}

/// The training rows of each value; `values`: of every row of the table.
std::vector<est::Group> groups_of(std::vector<int> const& train_rows, std::vector<std::string> const& values) {
  std::map<std::string, std::vector<int>> rows_of_value;
  for (std::size_t i = 0; i < train_rows.size(); ++i)
    rows_of_value[values[static_cast<std::size_t>(train_rows[i])]].push_back(static_cast<int>(i));
  std::vector<est::Group> groups;
  for (auto& [name, rows] : rows_of_value) groups.push_back({name, std::move(rows)});
  return groups;
}

void standardise(Data& train, Data& test) {
  for (Eigen::Index j = 0; j < train.inputs.cols(); ++j) {
    double const mean = train.inputs.col(j).mean();
    double const sd = std::sqrt((train.inputs.col(j).array() - mean).square().mean());
    double const scale = sd > 0 ? sd : 1;
    for (Data* data : {&train, &test})
      if (data->rows() > 0) data->inputs.col(j) = (data->inputs.col(j).array() - mean) / scale;
  }
}

}  // namespace

InfluenceData read_influence_data(InfluenceSource const& source) {
  expects(!source.test || !source.holdout, "--test and --holdout are both given (each names the test rows), use one");
  LabelledOptions const file{source.file, source.label, source.classification, source.group, source.reading};
  auto by_formula = source.formula ? std::optional(read_formula_table(frame_source(source))) : std::nullopt;
  auto of_labels = by_formula ? std::nullopt : std::optional(read_labelled_table(file));
  auto& table = by_formula ? by_formula->table : *of_labels;
  InfluenceData data;
  data.name = printable(std::filesystem::path(data_name(source.file)).stem().string());
  data.formula = printable(source.formula.value_or(""));
  data.label = table.label;
  data.weights = source.weights.value_or("");
  data.notes = table.notes;
  if (source.test) {
    add_test_file(by_formula ? test_table(source, *by_formula) : test_table(file, *source.test, table), *source.test,
                  table, data);
  } else if (source.holdout) {
    hold_out(*source.holdout, source.seed, std::move(table.data), data);
  } else {
    test_on_training_rows(std::move(table.data), data);
  }
  if (source.group) {
    data.group = *source.group;
    data.groups = groups_of(data.train_rows, table.groups);
  }
  data.train_rows = numbered(std::move(data.train_rows), table.rows);
  if (!source.test) data.test_rows = numbered(std::move(data.test_rows), table.rows);
  data.standardised = source.standardised;
  expects(!source.standardised || data.train.has_intercept,
          "--standardise is given for a formula without an intercept (z-scores would give it one), leave one out");
  if (source.standardised) standardise(data.train, data.test);
  return data;
}

double scale_ratio(Data const& data) {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (Eigen::Index j = 0; j < data.inputs.cols(); ++j) {
    auto const column = data.inputs.col(j).array();
    double const sd = std::sqrt((column - column.mean()).square().mean());
    if (!(sd > 0)) continue;
    least = std::min(least, sd);
    most = std::max(most, sd);
  }
  return most > 0 ? most / least : 1;
}

}  // namespace fisherlab::runs
