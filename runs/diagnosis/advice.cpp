#include "runs/diagnosis/advice.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/text/number.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"

namespace fisherlab::runs {
namespace {

std::string percent(double share) {
  return std::isnan(share) ? "an unknown share" : fmt::format("{:.1f} %", 100 * share);
}

bool is_refuted(Findings const& findings) { return findings.goodness != nullptr && findings.goodness->is_refuted; }

/// What the recommended interval is worth elsewhere than at the estimate.
void add_range(std::vector<JudgedInterval> const& intervals, std::string const& recommended,
               std::vector<std::string>& sentences) {
  for (auto const& i : intervals) {
    if (i.name != recommended || !i.range) continue;
    auto const &least = i.range->least, &largest = i.range->largest;
    double const error = 100 * std::fmax(least.mcse, largest.mcse);
    auto const cut_off = i.cut_off ? fmt::format(" (cut-off {}, simulated)", rounded_text(*i.cut_off, 3)) : "";
    sentences.push_back(fmt::format(
        "Its {} interval{} holds the truth in {:.1f} to {:.1f} % of samples {} ({}).", i.name, cut_off,
        100 * least.value, 100 * largest.value,
        error == 0 ? "over theta in the interval" : "at the estimate and at the ends of the intervals",
        error == 0 ? "exact sums" : fmt::format("Monte Carlo standard error up to {} points", rounded_text(error, 1))));
  }
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
void add_on_estimate(ParameterDiagnosis const& p, Needs const& needs, std::vector<std::string>& sentences) {
  double const bias = p.bias_in_std_errors.value;
  if (p.variance_exists && std::fabs(bias) > 0.1)
    sentences.push_back(fmt::format(
        "Its estimate is off by {:+.2f} standard errors on average: mention it, or correct for bias.", bias));
  auto const needed = needs.variance
                          ? fmt::format("; the variance is within 5 % of theory's from {}", needs.variance->text())
                          : std::string();
  if (p.variance_exists && std::fabs(p.variance_ratio.value - 1) > 0.05 + 2 * p.variance_ratio.mcse)
    sentences.push_back(fmt::format("Its real standard error is {:.2f} times the one of theory{}.",
                                    std::sqrt(p.variance_ratio.value), needed));
}

void add_on_refuted(Findings const& findings, std::vector<std::string>& sentences) {
  sentences.emplace_back(
      "No interval of this model is recommended: the data refute it, and the coverages above hold only if it were "
      "true.");
  if (findings.without_model == nullptr) return;
  auto const &rival = findings.without_model->rival, &resampling = findings.without_model->resampling;
  for (std::size_t a = 0; a < findings.fit.parameters.size(); ++a) {
    auto const& p = findings.fit.parameters[a];
    auto text = fmt::format("For {} the standard error is {} by the sandwich formula", p.name,
                            rounded_text(findings.goodness->sandwich[a], 3));
    if (resampling) text += fmt::format(", {} by resampling the rows", rounded_text(resampling->std_errors[a], 3));
    if (rival) text += fmt::format(", {} under {}", rounded_text(rival->std_errors[a], 3), rival->law);
    text += fmt::format(", where the model says {}", rounded_text(p.std_error, 3));
    std::string held;
    auto const add = [&](std::optional<UnderOther> const& other, char const* how) {
      if (other)
        held +=
            fmt::format("{} {} in {} of samples", held.empty() ? "" : " and", how, percent(other->worth[a].wald.value));
    };
    add(resampling, "resampled");
    add(rival, "under the rival");
    if (!held.empty()) text += fmt::format("; its Wald interval holds what the estimate tends to{}", held);
    sentences.push_back(text + ".");
  }
  if (rival)
    sentences.push_back(fmt::format(
        "{} is the best rival (AIC {}); the table of coverage without the model has each interval under it.",
        rival->law, rounded_text(rival->aic, 6)));
}

void add_on_parameters(Findings const& findings, std::vector<std::string>& sentences) {
  auto const& d = findings.diagnosis;
  auto const recommended = recommendations(findings);
  for (std::size_t a = 0; a < d.parameters.size(); ++a) {
    auto const& p = d.parameters[a];
    Needs const needs = a < findings.needs.size() ? findings.needs[a] : Needs();
    sentences.push_back(recommendation_sentence(p.parameter, recommended[a]));
    add_range(intervals_of(findings.fit.parameters[a], &p), recommended[a].name, sentences);
    if (needs.wald_coverage)
      sentences.push_back(fmt::format("Its Wald interval holds the truth in {} to {} % of samples from {} on.",
                                      rounded_text(100 * (d.level - 0.2 * (1 - d.level)), 4),
                                      rounded_text(100 * (d.level + 0.2 * (1 - d.level)), 4),
                                      needs.wald_coverage->text()));
    add_not_found(p, d.replicates - d.failed, sentences);
    add_on_estimate(p, needs, sentences);
    if (!p.variance_exists && needs.variance)
      sentences.push_back(
          fmt::format("At n = {} the estimate of {} has no variance; from {} it has one within 5 % of "
                      "theory's.",
                      d.n, p.parameter, needs.variance->text()));
  }
  if (!d.parameters.empty()) sentences.push_back(recommendation_rule(d.level));
}

}  // namespace

std::vector<Recommendation> recommendations(Findings const& findings) {
  std::vector<Recommendation> result;
  auto const& d = findings.diagnosis;
  for (std::size_t a = 0; a < d.parameters.size(); ++a)
    result.push_back(is_refuted(findings)
                         ? Recommendation{"", "the data refute the model"}
                         : recommended(intervals_of(findings.fit.parameters[a], &d.parameters[a]), d.level));
  return result;
}

std::vector<std::string> advice(Findings const& findings) {
  std::vector<std::string> sentences;
  auto const& d = findings.diagnosis;
  if (is_refuted(findings))
    add_on_refuted(findings, sentences);
  else
    add_on_parameters(findings, sentences);
  sentences.insert(sentences.end(), d.left_out.begin(), d.left_out.end());
  if (d.failed > 0)
    sentences.push_back(percent(static_cast<double>(d.failed) / static_cast<double>(d.replicates)) +
                        " of the simulated fits gave no estimate; every figure above leaves them out.");
  return sentences;
}

}  // namespace fisherlab::runs
