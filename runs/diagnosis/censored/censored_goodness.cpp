#include "runs/diagnosis/censored/censored_goodness.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include "base/hash.hpp"
#include "runs/diagnosis/censored/censored_distances.hpp"
#include "runs/diagnosis/checks/information_test.hpp"
#include "runs/diagnosis/checks/neighbours.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/diagnosis/law_cdf.hpp"
#include "runs/resume/stages.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

using estimators::CensoredSample;

constexpr std::array names = {"Cramer-von Mises", "Kolmogorov", "Anderson-Darling"};
using Distances = std::array<double, names.size()>;

std::int64_t replicates_for(std::int64_t n) { return n <= 500 ? 999 : 499; }

Distances distances(sim::BatchModel const& model, CensoredSample const& sample, std::vector<double> const& theta) {
  auto const found = censored_distances(npmle(sample), law_cdf(model, theta), static_cast<double>(sample.times.size()));
  return {found.cramer_von_mises, found.kolmogorov, found.anderson_darling};
}

/// The rows that are tested, with the estimate from them.
struct Tested {
  CensoredSample sample;
  std::vector<double> theta;
};

CensoredSample chosen_rows(CensoredSample sample, std::uint64_t seed) {
  auto const wanted = static_cast<std::size_t>(most_tested_censored_rows);
  auto const n = sample.times.size();
  if (n <= wanted) return sample;
  sim::ScalarStream stream({seed, stable_hash("censored rows that are tested"), 0});
  for (std::size_t i = 0; i < wanted; ++i) {
    auto const step = static_cast<std::size_t>(stream.open_uniform() * static_cast<double>(n - i));
    auto const other = std::min(i + step, n - 1);
    std::swap(sample.times[i], sample.times[other]);
    std::swap(sample.is_observed[i], sample.is_observed[other]);
    if (!sample.uppers.empty()) std::swap(sample.uppers[i], sample.uppers[other]);
  }
  sample.times.resize(wanted);
  sample.is_observed.resize(wanted);
  if (!sample.uppers.empty()) sample.uppers.resize(wanted);
  return sample;
}

Tested tested_rows(CensoredData const& data, std::uint64_t seed) {
  Tested tested{chosen_rows(data.sample, seed), data.fit.theta};
  if (tested.sample.times.size() == data.sample.times.size()) return tested;
  if (auto const fit = refit(*data.fitted.model, tested.sample)) tested.theta = fit->theta;
  return tested;
}

double grid_of_exact(CensoredSample const& sample) {
  std::vector<double> exact;
  for (std::size_t i = 0; i < sample.times.size(); ++i)
    if (sample.is_observed[i] != 0) exact.push_back(sample.times[i]);
  return exact.size() < 2 ? 0 : grid_of(exact);
}

std::vector<double> ratio_at(estimators::LifeLaw const& law, CensoredSample const& sample,
                             std::vector<double> const& theta) {
  return information_ratio({theta.size(), estimators::censored_score_products(law, sample, theta),
                            estimators::censored_information(law, sample, theta)},
                           std::ssize(sample.times));
}

/// Samples that were fitted with their ratios of information, and of each distance those in which it is as large as on
/// the data.
struct Counts {
  std::int64_t fitted = 0;
  std::vector<std::vector<double>> ratios = {};
  std::vector<std::int64_t> as_large = std::vector<std::int64_t>(names.size());
};

Counts simulate(CensoredData const& data, Tested const& tested, Distances const& observed, CensoredSource const& source,
                GoodnessSettings const& settings) {
  std::int64_t const replicates = replicates_for(std::ssize(tested.sample.times));
  Counts total;
  sim::BlockWork work;
  work.last = (replicates + sim::lane_count - 1) / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    std::int64_t const first = block * sim::lane_count;
    auto counts = std::make_shared<Counts>();
    source(first, static_cast<int>(std::min<std::int64_t>(sim::lane_count, replicates - first)),
           [&](int, CensoredSample const& sample) {
             auto const fit = estimators::fit_censored(*data.law, sample, tested.theta);
             if (!fit.found) return;
             auto const found = distances(*data.fitted.model, sample, fit.theta);
             ++counts->fitted;
             counts->ratios.push_back(ratio_at(*data.law, sample, fit.theta));
             for (std::size_t k = 0; k < found.size(); ++k) counts->as_large[k] += !(found[k] < observed[k] - 1e-12);
           });
    return counts;
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<Counts const*>(result.get());
    total.fitted += part.fitted;
    total.ratios.insert(total.ratios.end(), part.ratios.begin(), part.ratios.end());
    for (std::size_t k = 0; k < names.size(); ++k) total.as_large[k] += part.as_large[k];
  };
  run_stage(
      work, settings.threads, settings.stages,
      [&total](Packer& packer) {
        packer.put(total.fitted);
        packer.put(total.ratios);
        packer.put(total.as_large);
      },
      [&total](Unpacker& unpacker) {
        unpacker.take(total.fitted);
        unpacker.take(total.ratios);
        unpacker.take(total.as_large);
        Unpacker::expect(total.as_large.size() == names.size());
      });
  return total;
}

/// P(X <= x) at the estimate, in the middle of where each observation may lie.
std::vector<double> middles(CensoredData const& data) {
  auto const cdf = law_cdf(*data.fitted.model, data.fit.theta);
  auto const at = [&](double x) { return std::isinf(x) ? (x < 0 ? 0.0 : 1.0) : cdf(x); };
  std::vector<double> result;
  for (std::size_t i = 0; i < data.sample.times.size(); ++i)
    result.push_back(0.5 * (at(data.sample.times[i]) + at(data.sample.upper(i))));
  return result;
}

/// C J C, C the inverse of the observed information and J the sum of score score'.
std::vector<double> sandwich(CensoredData const& data) {
  auto const& c = data.fit.covariance;
  auto const products = estimators::censored_score_products(*data.law, data.sample, data.fit.theta);
  std::vector<double> result;
  auto const p = data.fit.theta.size();
  for (std::size_t a = 0; a < p; ++a) {
    double variance = 0;
    for (std::size_t i = 0; i < p; ++i)
      for (std::size_t j = 0; j < p; ++j)
        variance += c[sim::packed_index(a, i)] * products[sim::packed_index(i, j)] * c[sim::packed_index(j, a)];
    result.push_back(std::sqrt(variance));
  }
  return result;
}

}  // namespace

Goodness check_censored(CensoredData const& data, Observations const& observations, GoodnessSettings const& settings) {
  auto const n = static_cast<double>(data.n()), p = static_cast<double>(data.fit.theta.size());
  Goodness result;
  result.log_likelihood = data.fit.log_likelihood;
  result.aic = 2 * p - 2 * result.log_likelihood;
  result.bic = p * std::log(n) - 2 * result.log_likelihood;
  auto const tested = tested_rows(data, settings.seed);
  result.rows = std::ssize(tested.sample.times);
  result.grid = grid_of_exact(tested.sample);
  CensoredDraws const draws(data);
  auto const observed = distances(*data.fitted.model, tested.sample, tested.theta);
  auto const counts = simulate(data, tested, observed,
                               draws.of({data.fitted.model, tested.theta}, result.rows,
                                        {settings.seed, "censored goodness of fit"}, result.grid),
                               settings);
  result.replicates = counts.fitted;
  for (std::size_t k = 0; k < names.size() && counts.fitted > 0; ++k)
    result.tests.push_back(
        {names[k], observed[k], static_cast<double>(counts.as_large[k] + 1) / static_cast<double>(counts.fitted + 1)});
  if (auto const placed = information_test(ratio_at(*data.law, tested.sample, tested.theta), counts.ratios))
    result.tests.push_back({"information matrix", placed->statistic, placed->p_value});
  if (!observations.is_counted)
    if (auto const test = dependence_of_neighbours(middles(data))) result.tests.push_back(*test);
  judge(result);
  result.sandwich = sandwich(data);
  return result;
}

}  // namespace fisherlab::runs
