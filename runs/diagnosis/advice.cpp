#include "runs/diagnosis/advice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fisherlab::runs {
namespace {

std::string percent(double share) {
  return std::isnan(share) ? "an unknown share" : fmt::format("{:.1f} %", 100 * share);
}

/// A sample size said roughly: two digits are all that a rate of 1/n supports.
std::string rough(double n) {
  double const unit = std::pow(10.0, std::max(std::floor(std::log10(n)) - 1, 0.0));
  return fmt::format("{:.0f}", std::ceil(n / unit) * unit);
}

std::string on_intervals(ParameterDiagnosis const& p, double level) {
  auto const found = fmt::format(
      "For {}, the Wald interval holds the truth in {} of samples, score in {}, likelihood ratio in {}: ", p.parameter,
      percent(p.wald.value), percent(p.score.value), percent(p.likelihood_ratio.value));
  bool const is_fine = std::fabs(p.wald.value - level) <= 0.01 + 2 * p.wald.mcse;
  if (!is_fine)
    return found + fmt::format("prefer the {} interval; Wald would need n of about {}.", p.preferred,
                               rough(p.coverage_needs_n));
  if (p.preferred == "Wald") return found + "the Wald interval is right to a point in a hundred, use it.";
  return found +
         fmt::format("Wald is right to a point in a hundred, and the {} interval is nearer still.", p.preferred);
}

/// Where a search for an interval failed, so that its coverage leaves samples out.
void add_not_found(ParameterDiagnosis const& p, std::int64_t fitted, std::vector<std::string>& sentences) {
  auto const add = [&](std::string const& name, std::int64_t count) {
    if (count > 0)
      sentences.push_back(
          fmt::format("Its {} interval was not found in {:.2g} % of samples (the search failed): its coverage leaves "
                      "them out.",
                      name, 100 * static_cast<double>(count) / static_cast<double>(fitted)));
  };
  add("score", p.score_not_found);
  add("likelihood-ratio", p.likelihood_ratio_not_found);
}

/// What is worth saying of bias and standard error, if anything.
void add_on_estimate(ParameterDiagnosis const& p, std::vector<std::string>& sentences) {
  double const bias = p.bias_in_std_errors.value;
  if (std::fabs(bias) > 0.1)
    sentences.push_back(fmt::format(
        "Its estimate is off by {:+.2f} standard errors on average: mention it, or correct for bias.", bias));
  if (std::fabs(p.variance_ratio.value - 1) > 0.05 + 2 * p.variance_ratio.mcse)
    sentences.push_back(
        fmt::format("Its real standard error is {:.2f} times the one of theory; the variance is within 5 % from n of "
                    "about {}.",
                    std::sqrt(p.variance_ratio.value), rough(p.variance_needs_n)));
}

}  // namespace

std::vector<std::string> advice(Diagnosis const& diagnosis) {
  std::vector<std::string> sentences;
  for (auto const& p : diagnosis.parameters) {
    sentences.push_back(on_intervals(p, diagnosis.level));
    add_not_found(p, diagnosis.replicates - diagnosis.failed, sentences);
    add_on_estimate(p, sentences);
  }
  if (!diagnosis.variance_exists)
    sentences.push_back(
        "At this n the estimate has no variance: the figures on bias and variance mean nothing, and only "
        "the coverages can be trusted.");
  if (diagnosis.failed > 0)
    sentences.push_back(percent(static_cast<double>(diagnosis.failed) / static_cast<double>(diagnosis.replicates)) +
                        " of the simulated fits gave no estimate; every figure above leaves them out.");
  return sentences;
}

}  // namespace fisherlab::runs
