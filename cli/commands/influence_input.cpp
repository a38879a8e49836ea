#include "cli/commands/influence_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "estimators/influence/problems/split.hpp"
#include "runs/studies/limits.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;
using est::Data;
using est::Vector;

std::string shown(std::string const& text) { return clipped(printable(text), 40); }

std::string chosen(std::string const& word, std::vector<std::string> const& names, std::string const& what) {
  expects(std::find(names.begin(), names.end(), word) != names.end(),
          fmt::format("there is no {} '{}', {}", what, shown(word), suggestion(word, names)));
  return word;
}

/// A number of at least `least`, which it may be only where `may_equal`.
double parse_size(std::string const& text, std::string const& name, bool may_equal) {
  double const value = parse_number(text, name);
  expects(value > 0 || (may_equal && value == 0),
          fmt::format("{} is {} (it must {}), correct it", name, exact_text(value),
                      may_equal ? "not be negative" : "be above 0"));
  return value;
}

void read_model(InfluenceOptions const& options, InfluenceInput& input) {
  auto const names = est::problem_names();
  expects(options.model.has_value(), "influence needs --model, one of linear, logistic, softmax, poisson, mlp");
  input.model = chosen(*options.model, names, "model of influence");
  bool const is_network = input.model == "mlp";
  expects(is_network || (!options.depth && !options.width),
          fmt::format("--depth and --width are given for {} (only mlp has layers), leave them out", input.model));
  if (options.depth) input.network.depth = static_cast<int>(parse_count(*options.depth, {"--depth", 1, 100}));
  if (options.width) input.network.width = static_cast<int>(parse_count(*options.width, {"--width", 1, 10'000}));
  bool const is_plain = input.model == "linear" || input.model == "poisson";
  input.l2 = options.l2 ? parse_size(*options.l2, "--l2", true) : is_plain ? 0 : 0.01;
}

void read_numerics(InfluenceOptions const& options, InfluenceInput& input) {
  chosen(options.solver, {"cholesky", "cg", "lissa", "lanczos"}, "solver");
  input.solver.solver = *est::solver_of(options.solver);
  if (options.damping) input.solver.damping = parse_size(*options.damping, "--damping", true);
  chosen(options.convention, {"A", "B"}, "convention");
  input.convention = options.convention == "A" ? est::Convention::mean : est::Convention::total;
  if (options.refit) input.refit = parse_refit(*options.refit);
  input.standardised = options.standardise;
  if (options.run.seed) input.seed = parse_seed(*options.run.seed);
  if (options.run.threads)
    input.threads = static_cast<int>(parse_count(*options.run.threads, {"--threads", 1, runs::max_thread_count}));
}

std::vector<int> from_one(std::vector<int> rows) {
  for (int& row : rows) ++row;
  return rows;
}

std::vector<int> each_line(int rows) {
  std::vector<int> lines(static_cast<std::size_t>(rows));
  std::iota(lines.begin(), lines.end(), 1);
  return lines;
}

/// Test rows from a file of their own.
void read_test_file(runs::LabelledOptions const& file, runs::LabelledData const& table, InfluenceInput& input) {
  input.test = read_test(file, table);
  input.train = table.data;
  input.train_rows = each_line(table.data.rows());
  input.test_rows = each_line(input.test.rows());
  input.test_source = fmt::format("of {}", std::filesystem::path(file.file).filename().string());
}

/// Test rows held out at random, of each class the same share.
void hold_out(std::string const& text, Data const& data, InfluenceInput& input) {
  double const share = parse_number(text, "--holdout");
  expects(share > 0 && share < 1,
          fmt::format("--holdout is {} (a share of the rows, between 0 and 1), as 0.2", exact_text(share)));
  sim::StreamKey const key{input.seed, stable_hash("influence holdout"), 0};
  int const rows = static_cast<int>(std::lround((1 - share) * data.rows()));
  expects(rows > 1 && rows < data.rows(),
          fmt::format("--holdout is {} (of {} rows it leaves {} for training), choose another share", exact_text(share),
                      data.rows(), rows));
  auto split = data.classes.empty() ? est::random_split(data, rows, key) : est::stratified_split(data, 1 - share, key);
  expects(split.test.rows() > 0,
          fmt::format("--holdout is {} (no class has enough rows to hold one out), give more", exact_text(share)));
  input.train = std::move(split.train);
  input.test = std::move(split.test);
  input.train_rows = from_one(std::move(split.train_rows));
  input.test_rows = from_one(std::move(split.test_rows));
  input.test_source = fmt::format("held out at random{}, seed {}",
                                  data.classes.empty() ? "" : ", the same share of each class", input.seed);
}

void standardise(Data& train, Data& test) {
  for (Eigen::Index j = 0; j < train.inputs.cols(); ++j) {
    double const mean = train.inputs.col(j).mean();
    double const sd = std::sqrt((train.inputs.col(j).array() - mean).square().mean());
    double const scale = sd > 0 ? sd : 1;
    for (Data* data : {&train, &test}) data->inputs.col(j) = (data->inputs.col(j).array() - mean) / scale;
  }
}

void read_data(InfluenceOptions const& options, InfluenceInput& input) {
  expects(options.data.has_value(),
          "influence needs a CSV file, as in `fisherlab influence data/iris.csv --model softmax`");
  expects(!options.test || !options.holdout, "--test and --holdout are both given (each names the test rows), use one");
  bool const classifies = input.model != "linear" && input.model != "poisson";
  runs::LabelledOptions file{*options.data, options.label, classifies, options.group};
  auto const table = read_labelled_table(file);
  input.data = printable(std::filesystem::path(*options.data).stem().string());
  input.label = table.label;
  if (options.test) {
    file.file = *options.test;
    read_test_file(file, table, input);
  } else if (options.holdout) {
    hold_out(*options.holdout, table.data, input);
  } else {
    input.train = input.test = table.data;
    input.train_rows = input.test_rows = each_line(table.data.rows());
    input.tests_itself = true;
  }
  if (options.group) {
    input.group = *options.group;
    for (int const row : input.train_rows) input.groups.push_back(table.groups[static_cast<std::size_t>(row - 1)]);
  }
  if (input.standardised) standardise(input.train, input.test);
}

}  // namespace

RefitChoice parse_refit(std::string const& text) {
  if (text == "all") return {RefitChoice::Kind::all, 0};
  if (text == "none") return {RefitChoice::Kind::none, 0};
  expects(text.starts_with("top:"),
          fmt::format("--refit is '{}' (not all, none or top:K), as --refit top:20", shown(text)));
  return {RefitChoice::Kind::top,
          static_cast<int>(parse_count(text.substr(4), {"--refit top", 1, std::numeric_limits<int>::max()}))};
}

std::string InfluenceInput::solver_text() const {
  std::string text = est::solver_text(solver.solver);
  return solver.damping > 0 ? text + ", damping " + exact_text(solver.damping) : text;
}

std::string InfluenceInput::study() const {
  auto const quoted = [](std::string const& text) {
    std::string result = "\"";
    for (char const c : text) (c == '"' || c == '\\') ? (result += '\\') += c : result += c;
    return result + '"';
  };
  std::string text = fmt::format("data = {}\nlabel = {}\nmodel = {}\n", quoted(data), quoted(label), quoted(model));
  if (model == "mlp") text += fmt::format("depth = {}\nwidth = {}\n", network.depth, network.width);
  text += fmt::format("l2 = {}\nconvention = \"{}\"\nsolver = \"{}\"\n", exact_text(l2), convention_text(convention),
                      solver_text());
  return text + fmt::format("inputs = \"{}\"\ntrain_rows = {}\ntest_rows = {}\n",
                            standardised ? "z-scores of the training rows" : "as they are", train.rows(),
                            tests_itself ? 0 : test.rows());
}

InfluenceInput read_influence(InfluenceOptions const& options) {
  InfluenceInput input;
  expects(options.data.has_value(),
          "influence needs a CSV file, as in `fisherlab influence data/iris.csv --model softmax`");
  read_model(options, input);
  read_numerics(options, input);
  read_data(options, input);
  return input;
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

}  // namespace fisherlab::cli
