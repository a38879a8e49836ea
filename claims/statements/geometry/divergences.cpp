#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

/// D(p, q) = E_p f(log q/p), which near p is (v(h) = h'Ih) to first order divided by `constant`.
struct Divergence {
  std::string symbol;
  double constant = 1;
  Lanes (*of_log_ratio)(Lanes const& d) = nullptr;  ///< not negative where p and q have one support
  Lanes (*directly)(Lanes const& d) = nullptr;      ///< the same whatever the supports; null where that is infinite
};

Divergence kullback_leibler_divergence() {
  return {"KL", 2, [](Lanes const& d) { return sim::exp(d) - 1.0 - d; }, nullptr};
}

Divergence squared_hellinger() {
  return {"H^2", 4,
          [](Lanes const& d) {
            Lanes const root = sim::exp(0.5 * d) - 1.0;
            return root * root;
          },
          [](Lanes const& d) { return 2.0 - 2.0 * sim::exp(0.5 * d); }};
}

Divergence chi_squared() {
  return {"chi^2", 1,
          [](Lanes const& d) {
            Lanes const ratio = sim::exp(d) - 1.0;
            return ratio * ratio;
          },
          nullptr};
}

constexpr std::size_t step_count = 5;
/// Length of the longest step in standard deviations, sqrt(h'Ih); each further one is half as long.
constexpr double longest_step = 0.25;

/// theta + e I^-1/2 u for unit vectors u, both signs, and steps e.
struct Ray {
  std::vector<double> towards;  ///< I^-1/2 u
};

std::vector<double> moved(std::vector<double> const& theta, Ray const& ray, double step) {
  std::vector<double> result = theta;
  for (std::size_t a = 0; a < theta.size(); ++a) result[a] += step * ray.towards[a];
  return result;
}

/// Along the axes of whitened theta, and between them.
std::vector<Ray> rays_of(Law const& law) {
  auto const whitening = score_whitening(law);
  auto const p = law.theta.size();
  std::vector<Ray> rays;
  Ray between{std::vector<double>(p, 0.0)};
  for (std::size_t b = 0; b < p; ++b) {
    Ray axis{std::vector<double>(p)};
    for (std::size_t a = 0; a < p; ++a) {
      axis.towards[a] = whitening.entries[a * p + b];
      between.towards[a] += axis.towards[a] / std::sqrt(static_cast<double>(p));
    }
    rays.push_back(std::move(axis));
  }
  if (p > 1) rays.push_back(std::move(between));
  return rays;
}

/// The longest step that leaves room: twice as long, every ray still ends in the space.
double first_step(Law const& law, std::vector<Ray> const& rays) {
  auto const fits = [&](double step) {
    return std::ranges::all_of(rays, [&](Ray const& ray) {
      return law.model->in_space(moved(law.theta, ray, 2 * step)) &&
             law.model->in_space(moved(law.theta, ray, -2 * step));
    });
  };
  double step = longest_step;
  for (int k = 0; k < 10 && !fits(step); ++k) step /= 2;
  expects(fits(step), "theta lies too near an end of the space of " + law.model->card().name +
                          " for neighbours on both sides, choose another theta");
  return step;
}

/// c D(theta, theta + e u)/e^2 along one ray.
struct Along {
  std::vector<double> plus, minus;  ///< at each step
};

struct Neighbours {
  std::vector<double> steps;
  std::vector<Along> rays;
  double bound = 0;  ///< relative, of each ratio
};

Neighbours ratios_near(Law const& law, Divergence const& divergence, double constant) {
  bool const is_regular = law.model->card().regularity == sim::Regularity::regular;
  auto const f = is_regular ? divergence.of_log_ratio : divergence.directly;
  expects(f != nullptr, "the divergence " + divergence.symbol + " is infinite where the support of " +
                            law.model->card().name + " depends on theta, choose hellinger-distance");
  auto const rays = rays_of(law);
  Neighbours result;
  for (double step = first_step(law, rays); result.steps.size() < step_count; step /= 2) result.steps.push_back(step);
  std::vector<std::vector<Lanes>> thetas;
  for (auto const& ray : rays)
    for (double const step : result.steps)
      for (double const sign : {1.0, -1.0}) {
        auto const theta = moved(law.theta, ray, sign * step);
        thetas.emplace_back(theta.begin(), theta.end());
      }
  std::vector<Lanes> const here(law.theta.begin(), law.theta.end());
  auto const values = expectation_of(law, thetas.size(), [&](sim::Sample const& one, Lanes* out) {
    Lanes const at_theta = law.model->log_likelihood(one, here.data());
    for (std::size_t k = 0; k < thetas.size(); ++k)
      out[k] = f(law.model->log_likelihood(one, thetas[k].data()) - at_theta);
  });
  std::size_t place = 0;
  for (std::size_t r = 0; r < rays.size(); ++r) {
    Along along;
    for (double const step : result.steps) {
      along.plus.push_back(constant * values[place++] / (step * step));
      along.minus.push_back(constant * values[place++] / (step * step));
    }
    result.rays.push_back(std::move(along));
  }
  // Integrands of one sign are exact relative to their integral; the direct form is, relative to 1.
  result.bound =
      is_regular ? 2 * quadrature_error : 2 * constant * quadrature_error / (result.steps.back() * result.steps.back());
  return result;
}

/// The limit at step 0 of a function that is even in the step, by Romberg's table; the last change bounds its error.
/// Source: Stoer and Bulirsch (2002), Introduction to Numerical Analysis, section 3.4.
Interval limit_of(Along const& along, double bound) {
  std::vector<double> column;
  for (std::size_t k = 0; k < along.plus.size(); ++k) column.push_back(0.5 * (along.plus[k] + along.minus[k]));
  double last = column.back();
  double factor = 1;
  while (column.size() > 1) {
    factor *= 4;
    last = column.back();
    for (std::size_t k = 0; k + 1 < column.size(); ++k)
      column[k] = column[k + 1] + (column[k + 1] - column[k]) / (factor - 1);
    column.pop_back();
  }
  double const reach = std::fabs(column[0] - last) + 2 * bound;
  return {column[0], 0, column[0] - reach, column[0] + reach};
}

/// The farthest from 1 of all limits.
Interval farthest_limit(Neighbours const& near) {
  Interval farthest{0, 0, 0, 0};
  for (auto const& along : near.rays) farthest = larger_of(farthest, distance_from(limit_of(along, near.bound), 1));
  return farthest;
}

/// |c D/h'Ih - 1| at each step, the largest over rays and signs.
std::vector<RatePoint> remainders(Neighbours const& near) {
  std::vector<RatePoint> points;
  for (std::size_t k = 0; k < near.steps.size(); ++k) {
    Interval largest{0, 0, 0, 0};
    for (auto const& along : near.rays)
      for (double const ratio : {along.plus[k], along.minus[k]})
        largest = larger_of(largest, distance_from({ratio, 0, ratio * (1 - near.bound), ratio * (1 + near.bound)}, 1));
    points.push_back({1 / near.steps[k], largest});
  }
  return points;
}

void ask(Divergence const& divergence, Case const& the_case, Calculation& calculation) {
  double const constant = number_option(the_case, "constant");
  auto const text = text_option(the_case, "rate");
  bool const has_rate = text != "none";
  std::string const ratio =
      (constant == 1 ? "" : text_option(the_case, "constant") + " ") + divergence.symbol + "(theta, theta + h)/h'Ih";
  add_calculated(calculation, "limit of " + ratio + " as h -> 0, distance from 1",
                 exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")));
  if (has_rate)
    add_calculated(calculation, "rate in |h| at which " + ratio + " comes near 1",
                   {RegionKind::at_least, number_option(the_case, "rate"), 0.25, {}});
  calculation.carry_out = [law = the_case.setting.model, divergence, constant, has_rate, ratio] {
    auto const near = ratios_near(law, divergence, constant);
    std::vector<Calculated> found = {{farthest_limit(near)}};
    if (has_rate)
      found.push_back(
          calculated_rate(remainders(near), ratio + " less 1, n the inverse of the length of h in standard errors"));
    return found;
  };
}

std::vector<ClaimOption> options_of(std::string constant) {
  return {margin_option("1e-6"),
          {"rate", "least exponent of |h| in the relative remainder, or none where there is none", "1", {}},
          {"constant", "the claimed factor before the divergence", std::move(constant), {}}};
}

constexpr char const* evidence =
    "quadrature of the divergence at five lengths of h along the axes of whitened theta and between them, both signs: "
    "the limit by extrapolation of the even part (Romberg), farthest over directions, and the rate of the largest "
    "relative remainder; deterministic";
constexpr char const* margin = "1e-6: the rounding of the calculation; the rate is at least 1 less 0.25";

}  // namespace

Claim kullback_leibler() {
  return {{.id = "kullback-leibler",
           .statement = "beyond, geometry",
           .title = "Twice the Kullback-Leibler divergence of neighbours is h'Ih to second order",
           .formula = "2 KL(theta, theta + h) = h'Ih + O(|h|^3)",
           .evidence = evidence,
           .null_law = null_law::calculated,
           .margin = margin,
           .control = "the divergence without its factor 2 (constant = 1); a planted information",
           .options = options_of("2"),
           .source = "Kullback and Leibler (1951), Ann. Math. Statist. 22, 79-86"},
          +[](Case const& the_case, Calculation& calculation) {
            ask(kullback_leibler_divergence(), the_case, calculation);
          }};
}

Claim hellinger_distance() {
  return {{.id = "hellinger-distance",
           .statement = "beyond, geometry",
           .title = "Four times the squared Hellinger distance of neighbours is h'Ih to second order",
           .formula = "4 H^2(theta, theta + h) = h'Ih + O(|h|^3), H^2 = integral (sqrt p - sqrt q)^2",
           .evidence = evidence,
           .null_law = null_law::calculated,
           .margin = margin,
           .control = "Uniform(0, theta), where H^2 is of order |h|: no information bounds it",
           .options = options_of("4"),
           .source = "Ibragimov and Has'minskii (1981), Statistical Estimation, section I.7"},
          +[](Case const& the_case, Calculation& calculation) { ask(squared_hellinger(), the_case, calculation); },
          true};
}

Claim chi_squared_divergence() {
  return {{.id = "chi-squared-divergence",
           .statement = "beyond, geometry",
           .title = "The chi-squared divergence of neighbours is h'Ih to second order",
           .formula = "chi^2(theta + h, theta) = E(q/p - 1)^2 = h'Ih + O(|h|^3)",
           .evidence = evidence,
           .null_law = null_law::calculated,
           .margin = margin,
           .control = "twice the divergence (constant = 2)",
           .options = options_of("1"),
           .source = "derived in claims/statements/geometry/divergences.cpp: q/p - 1 = h's + O(|h|^2)"},
          +[](Case const& the_case, Calculation& calculation) { ask(chi_squared(), the_case, calculation); }};
}

}  // namespace fisherlab::claims
