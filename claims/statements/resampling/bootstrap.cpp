#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/resampling/resampling.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

std::vector<double> observations_of(sim::Sample const& sample, int lane) {
  std::vector<double> x;
  for (std::int64_t i = 0; i < sample.n(); ++i) x.push_back(sample(i)[lane]);
  return x;
}

/// The variance of the mean over `count` resamples of x, divisor count - 1.
double variance_of_resampled_mean(sim::ScalarStream stream, std::vector<double> const& x, int count) {
  auto const n = static_cast<double>(x.size());
  double mean = 0, squares = 0;
  for (int b = 0; b < count; ++b) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += x[static_cast<std::size_t>(n * stream.open_uniform())];
    double const change = sum / n - mean;
    mean += change / (b + 1);
    squares += change * (sum / n - mean);
  }
  return squares / (count - 1);
}

/// How often the largest of a resample is the largest of x.
double share_at_maximum(sim::ScalarStream stream, std::vector<double> const& x, int count) {
  auto const n = static_cast<double>(x.size());
  double largest = x[0];
  for (double const each : x) largest = each > largest ? each : largest;
  int same = 0;
  for (int b = 0; b < count; ++b) {
    bool has = false;
    for (std::size_t i = 0; i < x.size(); ++i)
      has = x[static_cast<std::size_t>(n * stream.open_uniform())] == largest || has;
    same += has ? 1 : 0;
  }
  return static_cast<double>(same) / count;
}

/// One number of each sample.
Numbers of_sample(double (*statistic)(sim::ScalarStream, std::vector<double> const&, int), int resamples,
                  double scale) {
  return [statistic, resamples, scale](Batch const& batch, sim::Lanes* out, sim::Observed&) {
    for (int lane = 0; lane < sim::lane_count; ++lane)
      out[0].set(lane, scale * statistic(sim::ScalarStream(estimators::resampling_key(batch.sample, lane)),
                                         observations_of(batch.sample, lane), resamples));
  };
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const& properties = law.model->offers().properties;
  expects(law.model->dimension() == 1, "bootstrap resamples single numbers, and an observation of " +
                                           law.model->card().name + " has several; choose another model");
  int const resamples = count_option(the_case.options, "resamples", 2, 100'000);
  auto const statistic = text_option(the_case, "statistic");
  double const margin = number_option(the_case, "margin");
  add_scenarios(the_case, question);
  auto const count = question.scenarios.size();
  for (std::size_t k = 0; k < count; ++k) {
    auto const n = static_cast<double>(question.scenarios[k].n);
    expects(n >= 2, "a resampling needs two observations, give a larger n");
    if (statistic == "mean") {
      auto const variance = properties.value({sim::Quantity::Kind::variance}, law.theta);
      expects(variance.has_value(),
              "the variance of " + law.model->card().name + " is not stated, choose another model");
      double const scale = n * n / ((n - 1) * variance->value);
      add_mean(question, k, "bootstrap variance of the mean over (1 - 1/n) times its variance",
               exactly(RegionKind::equal, 1.0, margin), nullptr,
               of_sample(&variance_of_resampled_mean, resamples, scale));
      continue;
    }
    double const atom = statistic == "atom" ? 1 - std::pow(1 - 1 / n, n) : 0;
    add_mean(question, k, "probability that the resampled maximum is the maximum",
             exactly(RegionKind::equal, atom, margin), nullptr, of_sample(&share_at_maximum, resamples, 1));
  }
}

/// g'I^-1 g for g = log of the mean of an observation.
double stated_variance_of_log_mean(Law const& law) {
  auto const mean = law.model->offers().properties.value({sim::Quantity::Kind::mean}, law.theta);
  expects(mean.has_value(), "the mean of " + law.model->card().name + " is not stated, choose another model");
  Eigen::VectorXd const gradient =
      Eigen::Map<Eigen::VectorXd const>(mean->gradient.data(), std::ssize(mean->gradient)) / mean->value;
  return gradient.dot(inverse(information_matrix(law)) * gradient);
}

/// Of the logarithm of the mean of each sample: the jackknife's variance, leave-one-out values in closed form,
/// (n - 1)/n sum (t_i - mean of t_i)^2, and the infinitesimal one, sum (x_i - mean)^2/(n mean)^2.
struct VariancesOfLogMean {
  sim::Lanes jackknife, infinitesimal;
};

VariancesOfLogMean variances_of_log_mean(sim::Sample const& sample) {
  auto const count = sample.n();
  double const n = static_cast<double>(count);
  sim::Lanes sum(0.0), squares(0.0), left(0.0), left_squares(0.0);
  for (std::int64_t i = 0; i < count; ++i) sum += sample(i);
  sim::Lanes const mean = sum / n;
  for (std::int64_t i = 0; i < count; ++i) {
    sim::Lanes const d = sample(i) - mean;
    squares += d * d;
    // log of the mean without x_i, less log mean: it is small, so that sums of squares keep their digits.
    sim::Lanes const t = sim::log1p(-1.0 * d / ((n - 1) * mean));
    left += t;
    left_squares += t * t;
  }
  return {(n - 1) / n * (left_squares - left * left / n), squares / (n * n * mean * mean)};
}

void ask_jackknife(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  bool const is_positive = !card.ranges.empty() && card.ranges[0] == sim::Range::positive && card.ranges.size() == 1;
  expects(is_positive, "jackknife is about the logarithm of a mean of positive numbers, and those of " + card.name +
                           " are not; choose exponential, gamma or weibull");
  auto const form = text_option(the_case, "form");
  double const margin = number_option(the_case, "margin");
  add_scenarios(the_case, question);
  auto const sizes = question.scenarios.size();
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < sizes; ++k) {
    double const n = static_cast<double>(question.scenarios[k].n);
    expects(n >= 2, "a jackknife needs two observations, give a larger n");
    if (form == "stated") {
      double const scale = n / stated_variance_of_log_mean(law);
      add_mean(question, k, "n times the jackknife's variance of the log of the mean over g'I^-1 g",
               {RegionKind::equal, 1.0, margin, {}}, nullptr,
               [scale](Batch const& batch, sim::Lanes* out, sim::Observed&) {
                 out[0] = scale * variances_of_log_mean(batch.sample).jackknife;
               });
      continue;
    }
    double const factor = form == "unscaled" ? 1 / (n - 1) : 1;
    probes.push_back(question.probes.size());
    question.probes.push_back(
        number_probe(k, 1, nullptr, [factor](Batch const& batch, sim::Lanes* out, sim::Observed&) {
          auto const variances = variances_of_log_mean(batch.sample);
          sim::Lanes const error = factor * variances.jackknife / variances.infinitesimal - 1.0;
          out[0] = error * error;
        }));
  }
  if (form == "stated") return;
  add_limit(question, probes,
            {.statistic = "mean square of the jackknife's variance over the infinitesimal one, less 1",
             .rate = expected_rate(the_case),
             .margin = margin},
            [](sim::Tally const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
}

}  // namespace

Claim bootstrap() {
  return {
      {.id = "bootstrap",
       .statement = "beyond, resampling",
       .title = "Resampling gives the variance of a mean, and fails for a maximum",
       .formula = "E Var*(mean*) = (1 - 1/n) Var(mean); P*(max* = max) = 1 - (1 - 1/n)^n, where P(max = theta) = 0",
       .evidence = "resamples of each sample, their random numbers a function of it: the mean over replicates of the "
                   "bootstrap variance in units of the exact one, or of the share of resampled maxima that equal the "
                   "maximum; Student",
       .null_law = null_law::student,
       .margin = "0.01: one per cent of variance, or of probability",
       .control = "Uniform(0, theta): the resampled maximum claimed to lie on the maximum as often as that on theta, "
                  "never (statistic = maximum)",
       .options = {margin_option("0.01"),
                   {"resamples", "of each sample", "50", {}},
                   {"statistic",
                    "variance of the mean; the atom of the maximum; or the maximum without one",
                    "mean",
                    {"mean", "atom", "maximum"}}},
       .source = "Efron (1979), Ann. Statist. 7, 1-26; Bickel and Freedman (1981), Ann. Statist. 9, 1196-1217, "
                 "section 6, for the maximum"},
      &ask,
      true};
}

Claim jackknife() {
  return {
      {.id = "jackknife",
       .statement = "beyond, resampling",
       .title = "The jackknife is the infinitesimal jackknife to first order: (6.20) and the sandwich",
       .formula = "(n - 1)/n sum (t_{-i} - mean)^2 = (1/n^2) sum I_up(x_i)^2 (1 + O(1/n)), t = log of the mean",
       .evidence = "every observation left out, in closed form: the mean squared relative difference over a grid of n, "
                   "and its rate; form = stated: its mean against the stated I^-1, where the mean is the MLE of its "
                   "expectation",
       .null_law = null_law::student,
       .margin = "0.01 at the largest n: a tenth of a variance",
       .control = "without the factor n - 1 (form = unscaled); a stated information that is off (form = stated)",
       .options = {margin_option("0.01"),
                   rate_option("2"),
                   {"form",
                    "against the infinitesimal one; the same without the factor n - 1; or against the stated I",
                    "jackknife",
                    {"jackknife", "unscaled", "stated"}}},
       .source = "Efron (1982), The Jackknife, the Bootstrap and Other Resampling Plans, chapter 6; derived in "
                 "claims/statements/resampling/bootstrap.cpp"},
      &ask_jackknife};
}

}  // namespace fisherlab::claims
