#include "claims/instruments/exact/score_moments.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "sim/sample.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// Normal deviations of the law of the data: how far a run draws, and how far is looked.
constexpr int drawn = 6, looked = 8;
constexpr int steps_a_deviation = 16;  ///< a multiple of the lanes
constexpr double least_share = 0.5;

/// Shares of E |s_j|^k within `drawn` of that within `looked`, by the midpoint rule over normal deviations.
/// The largest |s_j| is taken out, so that no power overflows. Empty: a quantile or a score is not a number.
std::vector<double> shares_drawn(Setting const& setting, int k) {
  auto const p = setting.model.theta.size();
  ScoreOfOne score(setting.model);
  std::vector<std::vector<double>> scores(p);
  std::vector<double> deviations;
  sim::Sample one(1, 1);
  std::vector<Lanes> s(p);
  for (int first = -looked * steps_a_deviation; first < looked * steps_a_deviation; first += sim::lane_count) {
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      deviations.push_back((first + lane + 0.5) / steps_a_deviation);
      auto const x = setting.data.model->offers().properties.value(
          {sim::Quantity::Kind::quantile, normal_cdf(deviations.back())}, setting.data.theta);
      if (!x || !std::isfinite(x->value)) return {};
      one(0).set(lane, x->value);
    }
    score(one, s.data());
    for (std::size_t j = 0; j < p; ++j)
      for (int lane = 0; lane < sim::lane_count; ++lane) scores[j].push_back(std::fabs(s[j][lane]));
  }
  std::vector<double> shares;
  for (auto const& of_component : scores) {
    if (!std::ranges::all_of(of_component, [](double size) { return std::isfinite(size); })) return {};
    double const most = *std::ranges::max_element(of_component);
    double within = 0, all = 0;
    for (std::size_t i = 0; i < deviations.size() && most > 0; ++i) {
      double const u = deviations[i], term = std::exp(-0.5 * u * u) * std::pow(of_component[i] / most, k);
      all += term;
      if (std::fabs(u) < drawn) within += term;
    }
    shares.push_back(all > 0 ? within / all : 1);
  }
  return shares;
}

}  // namespace

bool score_moment_is_shown(Setting const& setting, int k) {
  auto const& data = setting.data;
  bool const same = data.model->card().name == setting.model.model->card().name && data.theta == setting.model.theta;
  if (same || data.model->dimension() != 1) return true;
  if (!data.model->offers().properties.state(sim::Quantity::Kind::quantile)) return true;
  return std::ranges::all_of(shares_drawn(setting, k), [](double share) { return share >= least_share; });
}

void expects_score_moment(Setting const& setting, int k) {
  expects(
      score_moment_is_shown(setting, k),
      "moment " + std::to_string(k) + " of the score of " + model_text(setting) +
          " does not exist, or lies in values that no run draws, so an average would mean nothing; choose data with "
          "lighter tails");
}

}  // namespace fisherlab::claims
