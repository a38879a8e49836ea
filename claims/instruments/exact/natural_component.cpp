#include "claims/instruments/exact/natural_component.hpp"

#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "claims/instruments/exact/law_expectation.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// Up to where a relative difference of quadratures is one of rounding.
constexpr double equal_within = 1e-6;

/// Theta with component a moved by so many roots of 1/I_aa of the law; nothing outside the space.
std::optional<Law> moved(Law law, std::size_t a, double units, double root_information) {
  law.theta[a] += units / root_information;
  if (!law.model->in_space(law.theta)) return std::nullopt;
  return law;
}

bool is_linear(ScoredMoments const& m) {
  return std::fabs(m.with_score * m.with_score / (m.variance * m.information) - 1) < equal_within;
}

constexpr double places[] = {0, 1, -0.5, 2, 0.5, -1, -0.25, 3};

}  // namespace

ScoredMoments scored_moments(Law const& law, std::size_t a) {
  ScoredMoments result;
  result.mean = expectation_of(law, 1, [](sim::Sample const& one, Lanes* out) { out[0] = one(0, 0); })[0];
  ScoreOfOne score_of(law);
  std::vector<Lanes> score(law.theta.size());
  auto const values = expectation_of(law, 3, [&](sim::Sample const& one, Lanes* out) {
    score_of(one, score.data());
    Lanes const x = one(0, 0) - result.mean;
    out[0] = x * x;
    out[1] = x * score[a];
    out[2] = score[a] * score[a];
  });
  result.variance = values[0];
  result.with_score = values[1];
  result.information = values[2];
  return result;
}

std::optional<std::size_t> natural_component(Law const& law) {
  if (law.model->dimension() != 1) return std::nullopt;
  for (std::size_t a = 0; a < law.theta.size(); ++a) {
    try {
      auto const here = scored_moments(law, a);
      if (!is_linear(here)) continue;
      for (double const units : {0.5, -0.5}) {
        auto const neighbour = moved(law, a, units, std::sqrt(here.information));
        if (!neighbour) continue;
        if (is_linear(scored_moments(*neighbour, a))) return a;
        break;
      }
    } catch (InputError const&) {  // no variance, or none that is found: no such family
    }
  }
  return std::nullopt;
}

std::optional<QuadraticVariance> quadratic_variance(Law const& law, std::size_t a) {
  try {
    double const root = std::sqrt(scored_moments(law, a).information);
    std::vector<ScoredMoments> at;
    for (double const units : places) {
      if (at.size() == 4) break;
      if (auto const there = moved(law, a, units, root)) at.push_back(scored_moments(*there, a));
    }
    if (at.size() < 4) return std::nullopt;
    // Newton's divided differences of (m, V).
    auto const slope = [&](std::size_t i, std::size_t j) {
      return (at[j].variance - at[i].variance) / (at[j].mean - at[i].mean);
    };
    double const first = slope(0, 1), second = (slope(1, 2) - first) / (at[2].mean - at[0].mean);
    auto const value = [&](double m) {
      return at[0].variance + (m - at[0].mean) * (first + second * (m - at[1].mean));
    };
    if (!(std::fabs(value(at[3].mean) / at[3].variance - 1) < equal_within)) return std::nullopt;
    double const v1 = first - second * (at[0].mean + at[1].mean);
    return QuadraticVariance{value(0), v1, second};
  } catch (InputError const&) {
    return std::nullopt;
  }
}

}  // namespace fisherlab::claims
