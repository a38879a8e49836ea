#include "runs/diagnosis/goodness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

#include "base/dense/inverse.hpp"
#include "base/hash.hpp"
#include "base/special/distributions.hpp"
#include "base/text/number.hpp"
#include "estimators/mle.hpp"
#include "estimators/std_errors.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/diagnosis/resampling.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr double declared_error = 0.01;  ///< of refuting a model that is right

/// Samples enough for a p-value of declared_error over the number of tests.
std::int64_t replicates_for(std::size_t n) { return n <= 5000 ? 999 : n <= 50'000 ? 499 : 399; }

/// For each statistic the samples in which it is as large as the data's, and how many were fitted.
struct Exceeded {
  std::vector<std::int64_t> counts;
  std::int64_t fitted = 0;
};

Exceeded work_batch(FittedData const& fitted, DistanceStatistics const& statistics, std::vector<double> const& observed,
                    double grid, sim::StreamKey const& key, std::int64_t lanes) {
  auto const theta = fitted.law().theta;
  auto const p = theta.size();
  sim::Sample sample(fitted.data.n, 1);
  fitted.model->draw(theta, key, sample);
  if (grid > 0)
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) sample(i).set(lane, grid * std::round(sample(i)[lane] / grid));
  std::vector<sim::Lanes> estimate(p);
  auto const found = estimators::fit(*fitted.model, sample, estimate.data()).found;
  Exceeded result{std::vector<std::int64_t>(observed.size(), 0), 0};
  std::vector<double> values(static_cast<std::size_t>(sample.n())), t(p);
  for (int lane = 0; lane < lanes; ++lane) {
    if ((found >> lane & 1u) == 0) continue;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = sample(static_cast<std::int64_t>(i))[lane];
    for (std::size_t a = 0; a < p; ++a) t[a] = estimate[a][lane];
    auto const found_here = statistics.of(values, t);
    ++result.fitted;
    for (std::size_t k = 0; k < observed.size(); ++k) result.counts[k] += !(found_here[k] < observed[k] - 1e-12);
  }
  return result;
}

Exceeded simulate(FittedData const& fitted, DistanceStatistics const& statistics, std::vector<double> const& observed,
                  double grid, GoodnessSettings const& settings) {
  auto const stream = stable_hash("goodness of fit");
  std::int64_t const replicates = replicates_for(static_cast<std::size_t>(fitted.data.n));
  Exceeded total{std::vector<std::int64_t>(observed.size(), 0), 0};
  sim::BlockWork work;
  work.last = (replicates + sim::lane_count - 1) / sim::lane_count;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    std::int64_t const first = block * sim::lane_count;
    return std::make_shared<Exceeded>(work_batch(fitted, statistics, observed, grid,
                                                 {settings.seed, stream, static_cast<std::uint64_t>(first)},
                                                 std::min<std::int64_t>(sim::lane_count, replicates - first)));
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<Exceeded const*>(result.get());
    total.fitted += part.fitted;
    for (std::size_t k = 0; k < total.counts.size(); ++k) total.counts[k] += part.counts[k];
  };
  work.stop = settings.stop;
  run_stage(
      work, settings.threads, settings.stages,
      [&total](Packer& packer) {
        packer.put(total.counts);
        packer.put(total.fitted);
      },
      [&total, count = observed.size()](Unpacker& unpacker) {
        unpacker.take(total.counts);
        unpacker.take(total.fitted);
        Unpacker::expect(total.counts.size() == count);
      });
  return total;
}

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
  DistanceStatistics const statistics(*fitted.model, data.values, theta);
  bool const is_lattice = statistics.names().empty() || statistics.names()[0] != "Anderson-Darling";
  result.dispersion = is_lattice ? dispersion(*fitted.model, data.values, theta) : 0;
  result.grid = is_lattice ? 0 : grid_of(data.values);
  if (!statistics.names().empty()) {
    auto values = data.values;
    auto const observed = statistics.of(values, theta);
    auto const exceeded = simulate(fitted, statistics, observed, result.grid, settings);
    result.replicates = exceeded.fitted;
    for (std::size_t k = 0; k < observed.size() && exceeded.fitted > 0; ++k)
      result.tests.push_back({statistics.names()[k],
                              statistics.names()[k] == "dispersion" ? result.dispersion : observed[k],
                              static_cast<double>(exceeded.counts[k] + 1) / static_cast<double>(exceeded.fitted + 1)});
  }
  add_dependence(data, result.tests);
  for (auto const& test : result.tests)
    result.is_refuted = result.is_refuted || test.p_value * static_cast<double>(result.tests.size()) <= declared_error;
  result.sandwich = sandwich_std_errors(fitted, data.values);
  if (result.is_refuted && !settings.without_resampling) resample(fitted, data.values, settings, result);
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
