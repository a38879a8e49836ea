#include "runs/diagnosis/goodness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text/number.hpp"
#include "runs/diagnosis/checks/neighbours.hpp"
#include "runs/diagnosis/checks/sandwich.hpp"
#include "runs/diagnosis/checks/simulated_tests.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

constexpr double declared_error = 0.01;  ///< of refuting a model that is right

}  // namespace

void judge(Goodness& goodness) {
  auto const count = static_cast<double>(goodness.tests.size());
  goodness.is_refuted = std::any_of(goodness.tests.begin(), goodness.tests.end(),
                                    [&](auto const& test) { return test.p_value * count <= declared_error; });
}

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
  if (!data.is_counted)
    if (auto const test = dependence_of_neighbours(data.values)) result.tests.push_back(*test);
  judge(result);
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
