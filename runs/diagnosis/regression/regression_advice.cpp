#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text/number.hpp"
#include "runs/diagnosis/estimate_sentences.hpp"
#include "runs/diagnosis/regression/regression_diagnosis.hpp"

namespace fisherlab::runs {
namespace {

using estimators::Family;

constexpr std::size_t hc3 = 5;  ///< place of its interval

std::string p_text(double p) { return rounded_text(p, 2); }

std::string tests_text(std::vector<CheckResult> const& tests, bool only_small) {
  std::vector<std::string> parts;
  for (auto const& test : tests)
    if (!only_small || test.p_value <= 0.05)
      parts.push_back(fmt::format("{} {} (p = {})", test.name, rounded_text(test.statistic, 3), p_text(test.p_value)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// Least and largest coverage among the coefficients, in per cent.
std::string coverage_range(RegressionWorth const& worth, std::size_t interval) {
  double least = 1, most = 0;
  for (auto const& c : worth.coefficients) {
    least = std::fmin(least, 1 - c.intervals[interval].all.value);
    most = std::fmax(most, 1 - c.intervals[interval].all.value);
  }
  auto const low = fmt::format("{:.1f}", 100 * least), high = fmt::format("{:.1f}", 100 * most);
  return low == high ? low : low + " to " + high;
}

void add_on_refuted(FittedFormula const& fitted, RegressionDiagnosis const& d, std::vector<std::string>& sentences) {
  sentences.emplace_back(
      "No interval of this model is recommended: the data refute it, and the coverages above hold only if it were "
      "true.");
  double least = 1e300, most = 0;
  for (auto const& c : fitted.coefficients) {
    least = std::fmin(least, c.fit.sandwich[3] / c.fit.std_error);
    most = std::fmax(most, c.fit.sandwich[3] / c.fit.std_error);
  }
  sentences.push_back(
      fmt::format("Sandwich standard errors (HC3), which do without the model's variance, are {:.2f} to "
                  "{:.2f} times the model's.",
                  least, most));
  if (!d.under_rival || d.under_rival->coefficients.empty()) return;
  auto const names = fitted.interval_names();
  sentences.push_back(fmt::format(
      "Under {}, the {} interval holds the truth in {} % of samples, likelihood-ratio in {} %, HC3 in {} %.", d.rival,
      names[0], coverage_range(*d.under_rival, 0), coverage_range(*d.under_rival, 1),
      coverage_range(*d.under_rival, hc3)));
  bool const is_dispersed = fitted.fit.family == Family::poisson && !d.tests.empty() && d.tests[0].statistic > 1;
  if (is_dispersed && !d.rival.empty())
    sentences.emplace_back(
        "Try negative_binomial_regression with the same formula, or use the HC3 intervals of fit.csv.");
}

void add_on_coefficients(FittedFormula const& fitted, RegressionDiagnosis const& d,
                         std::vector<std::string>& sentences) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_name;  // as most coefficients have the same
  std::vector<std::string> without;
  for (std::size_t a = 0; a < d.worth.coefficients.size(); ++a) {
    auto const advised = recommended(fitted, d, a);
    auto const& name = fitted.coefficients[a].name;
    if (advised.name.empty()) {
      without.push_back(fmt::format("{} ({})", name, advised.reason));
      continue;
    }
    auto const same =
        std::find_if(by_name.begin(), by_name.end(), [&](auto const& entry) { return entry.first == advised.name; });
    if (same != by_name.end())
      same->second.push_back(name);
    else
      by_name.push_back({advised.name, {name}});
  }
  bool const is_one = by_name.size() == 1 && without.empty();
  for (auto const& [interval, names] : by_name)
    sentences.push_back(is_one
                            ? fmt::format("The {} interval is recommended for every coefficient.", interval)
                            : fmt::format("The {} interval is recommended for {}.", interval, fmt::join(names, ", ")));
  if (!without.empty())
    sentences.push_back(fmt::format("No interval is recommended for {}.", fmt::join(without, ", ")));
  for (auto const& c : d.worth.coefficients)
    add_on_estimate(c.name, c.bias_in_std_errors, c.std_error_ratio, sentences);
  sentences.push_back(recommendation_rule(fitted.level));
}

}  // namespace

Recommendation recommended(FittedFormula const& fitted, RegressionDiagnosis const& d, std::size_t a) {
  if (d.is_refuted) return {"", "the data refute the model"};
  auto const candidate = [&](std::size_t k) {
    auto const& m = d.worth.coefficients[a].intervals[k];
    auto const& interval = fitted.coefficients[a].intervals[k];
    return Candidate{interval.name, interval.bounds, {1 - m.all.value, m.all.mcse}};
  };
  auto const of_the_model = recommend({candidate(0), candidate(1)}, fitted.level);
  if (!of_the_model.name.empty()) return of_the_model;
  // The sandwich varies more than the model's errors, and by chance is the shorter one: it is asked last.
  auto const robust = recommend({candidate(hc3)}, fitted.level);
  return robust.name.empty() ? recommend({candidate(0), candidate(1), candidate(hc3)}, fitted.level) : robust;
}

std::string checks_sentence(FittedFormula const& fitted, RegressionDiagnosis const& d) {
  if (d.is_refuted)
    return fmt::format("THE DATA REFUTE {}: {}. What follows holds if the model were true.", fitted.model,
                       tests_text(d.tests, true));
  if (d.tests.empty()) return "Nothing is left to check this model by: it has nearly as many coefficients as rows.";
  return fmt::format("Checked, and {} is not refuted: {}.", fitted.model, tests_text(d.tests, false));
}

std::vector<std::string> regression_advice(FittedFormula const& fitted, RegressionDiagnosis const& d) {
  std::vector<std::string> sentences;
  if (d.is_refuted)
    add_on_refuted(fitted, d, sentences);
  else if (!d.worth.coefficients.empty())
    add_on_coefficients(fitted, d, sentences);
  if (d.worth.failed > 0)
    sentences.push_back(
        fmt::format("{:.2g} % of the simulated fits gave no estimate; every figure above leaves them out.",
                    100 * static_cast<double>(d.worth.failed) / static_cast<double>(d.worth.replicates)));
  return sentences;
}

}  // namespace fisherlab::runs
