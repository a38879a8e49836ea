#include "runs/diagnosis/goodness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/special/distributions.hpp"
#include "base/text/number.hpp"
#include "runs/diagnosis/checks/sandwich.hpp"
#include "runs/diagnosis/checks/simulated_tests.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

constexpr double declared_error = 0.01;  ///< of refuting a model that is right

std::vector<double> mid_ranks(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    for (std::size_t k = i; k < j; ++k) ranks[order[k]] = 0.5 * static_cast<double>(i + j - 1);
    i = j;
  }
  return ranks;
}

/// Rank correlation of neighbours, nearly N(-1/n, 1/n) under independence; nothing where the rows are sorted or few.
void add_dependence(Observations const& data, std::vector<GoodnessTest>& tests) {
  auto const& x = data.values;
  bool const is_sorted = std::is_sorted(x.begin(), x.end()) || std::is_sorted(x.rbegin(), x.rend());
  if (x.size() < 10 || is_sorted || data.is_counted) return;
  auto const ranks = mid_ranks(x);
  auto const n = static_cast<double>(x.size());
  double const mean = 0.5 * (n - 1);
  double squares = 0, products = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    squares += (ranks[i] - mean) * (ranks[i] - mean);
    if (i > 0) products += (ranks[i] - mean) * (ranks[i - 1] - mean);
  }
  if (!(squares > 0)) return;
  double const r = products / squares, z = (r + 1 / n) * std::sqrt(n);
  tests.push_back({"dependence of neighbouring rows", r, 2 * normal_cdf(-std::fabs(z))});
}

}  // namespace

Goodness check_model(FittedData const& fitted, Observations const& data, GoodnessSettings const& settings) {
  auto const theta = fitted.law().theta;
  auto const n = static_cast<double>(data.values.size()), p = static_cast<double>(theta.size());
  Goodness result;
  result.log_likelihood = fitted.fit.log_likelihood;
  result.aic = 2 * p - 2 * result.log_likelihood;
  result.bic = p * std::log(n) - 2 * result.log_likelihood;
  result.dispersion = is_discrete(*fitted.model) ? dispersion(*fitted.model, data.values, theta) : 0;
  auto const simulated = simulated_tests(fitted, data, settings);
  result.tests = simulated.tests;
  result.replicates = simulated.replicates;
  result.rows = simulated.rows;
  result.grid = simulated.grid;
  add_dependence(data, result.tests);
  for (auto const& test : result.tests)
    result.is_refuted = result.is_refuted || test.p_value * static_cast<double>(result.tests.size()) <= declared_error;
  result.sandwich = sandwich_std_errors(fitted, data.values);
  return result;
}

std::string goodness_sentence(FittedData const& fitted, Goodness const& goodness) {
  std::string parts;
  for (auto const& test : goodness.tests)
    parts += fmt::format("{}{} {} (p = {})", parts.empty() ? "" : ", ", test.name, rounded_text(test.statistic, 3),
                         rounded_text(test.p_value, 2));
  auto const& name = fitted.model->card().name;
  if (goodness.tests.empty()) return fmt::format("Not checked: there is no test of {} for such data.", name);
  if (goodness.is_refuted)
    return fmt::format("THE DATA REFUTE {}: {}. What follows holds if the model were true.", name, parts);
  return fmt::format("Checked, and {} is not refuted: {}.", name, parts);
}

}  // namespace fisherlab::runs
