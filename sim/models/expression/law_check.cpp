#include "sim/models/expression/law_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "sim/models/expression/expression_model.hpp"
#include "sim/models/expression/law_card.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

constexpr double mass_tolerance = 1e-10;
constexpr std::int64_t drawn = 1 << 14;               ///< observations of each lane
constexpr std::int64_t drawn_near_example = 1 << 11;  ///< the same, where the law is only tried out
constexpr int marks = 1024;                           ///< quantiles at which draws are counted, less one

/// Refuses a log density that is no number where draws would lie.
void expect_finite(LawUnderCheck const& model, std::span<double const> theta, InverseLaw const& inverse) {
  std::vector<Lanes> const t(theta.begin(), theta.end());
  std::vector<Lanes> score(theta.size()), hessian(theta.size() * (theta.size() + 1) / 2);
  Sample one(1, 1);
  for (double const u : {0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999}) {
    one(0) = inverse.quantile(u);
    double const x = one(0)[0];
    bool is_finite = std::isfinite(model.derivatives(one, t.data(), score.data(), hessian.data())[0]);
    expects(is_finite, model.card().name + ": its log_density is not finite at x = " + rounded_text(x, 6) + ", " +
                           place_text(model.card(), theta) + ", correct it or the support");
    for (auto const& entry : score) is_finite = is_finite && std::isfinite(entry[0]);
    for (auto const& entry : hessian) is_finite = is_finite && std::isfinite(entry[0]);
    expects(is_finite, model.card().name +
                           ": derivatives of its log_density are not finite at x = " + rounded_text(x, 6) + ", " +
                           place_text(model.card(), theta) + ", write it without sqrt(0) or log(0)");
  }
}

/// By the inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant (1990).
void expect_draws_of(LawUnderCheck const& model, std::span<double const> theta, InverseLaw const& inverse,
                     std::int64_t draws) {
  constexpr double false_alarm = 1e-9;
  constexpr StreamKey key{.seed = 15, .scenario = 65, .replicate = 0};
  Sample sample(draws, 1);
  model.draw(theta, key, sample);
  std::vector<double> x;
  for (std::int64_t i = 0; i < draws; ++i)
    for (int lane = 0; lane < lane_count; ++lane) {
      double const value = sample(i)[lane];
      if (!model.in_support({&value, 1}))
        throw InputError(model.card().name + ": its draw gives " + rounded_text(value, 6) + " at " +
                         place_text(model.card(), theta) + ", outside the support, correct draw or the support");
      x.push_back(value);
    }
  std::ranges::sort(x);
  auto const n = static_cast<double>(x.size());
  double const allowed = std::sqrt(std::log(2 / false_alarm) / (2 * n));
  for (int k = 1; k < marks; ++k) {
    auto const [mark, law] = inverse.mark(static_cast<double>(k) / marks);
    double const share = static_cast<double>(std::ranges::upper_bound(x, mark) - x.begin()) / n;
    if (!(std::fabs(share - law) <= allowed))
      throw InputError(model.card().name + ": its draw contradicts its log_density at " +
                       place_text(model.card(), theta) + " (" + rounded_text(100 * share, 4) +
                       " % of draws lie up to x = " + rounded_text(mark, 6) + ", the density says " +
                       rounded_text(100 * law, 4) + " %), correct one of them");
  }
}

/// That the mean score is 0, as it is unless an end of the support or a jump moves with a parameter, by the scores at
/// 1,024 quantiles. A moving end shifts the mean by about the scores' own size; where tails of scores are long,
/// quantiles are off by some hundredths of it.
void expect_no_moving_end(LawUnderCheck const& model, std::span<double const> theta) {
  if (model.card().regularity != Regularity::regular) return;
  constexpr double allowed = 0.2;
  auto const law = model.inverse(theta);
  auto const p = theta.size();
  Sample quantiles(marks / lane_count, 1);
  for (std::int64_t i = 0; i < quantiles.n(); ++i) {
    Lanes u;
    for (int lane = 0; lane < lane_count; ++lane)
      u.set(lane, (static_cast<double>(i * lane_count + lane) + 0.5) / marks);
    quantiles(i) = law->quantile(u);
  }
  std::vector<Lanes> const t(theta.begin(), theta.end());
  std::vector<Lanes> score(p), outer(packed_size(p)), hessian(packed_size(p));
  model.score_products(quantiles, t.data(), score.data(), outer.data(), hessian.data());
  for (std::size_t a = 0; a < p; ++a) {
    double sum = 0, squares = 0;
    for (int lane = 0; lane < lane_count; ++lane) {
      sum += score[a][lane];
      squares += outer[packed_index(a, a)][lane];
    }
    double const mean = sum / marks;
    if (std::fabs(mean) > allowed * std::sqrt(squares / marks))
      throw InputError(model.card().name + ": the mean of its score in " + model.card().parameters[a] + " is " +
                       rounded_text(mean, 3) + " at " + place_text(model.card(), theta) +
                       ", where the theorems have 0: an end of the support or a jump moves with it, write a law "
                       "without one, or regular = \"no\"");
  }
}

/// The example with one parameter moved: halved and doubled where it is positive, by half on the line, between its
/// bounds where there are any.
std::vector<std::vector<double>> near_example(ExpressionLaw const& law) {
  std::vector<double> example;
  for (auto const& parameter : law.parameters) example.push_back(parameter.example);
  std::vector<std::vector<double>> points{example};
  for (std::size_t a = 0; a < example.size(); ++a) {
    auto const& parameter = law.parameters[a];
    double const value = parameter.example;
    std::array<double, 2> moved = {value - 0.5, value + 0.5};
    if (parameter.domain == Domain::positive) moved = {0.5 * value, 2 * value};
    if (parameter.domain == Domain::unit) moved = {0.5 * value, 0.5 * (1 + value)};
    for (double const to : moved) {
      points.push_back(example);
      points.back()[a] = to;
      if (!parameter.holds(to)) points.pop_back();
    }
  }
  return points;
}

void expect_law_by(LawUnderCheck const& model, std::span<double const> theta, std::int64_t draws) {
  auto const inverse = model.inverse(theta);
  auto const& name = model.card().name;
  expects(inverse->mass() == inverse->mass(),
          name + ": its log_density is no number at " + place_text(model.card(), theta) + ", correct it");
  expects(std::fabs(inverse->mass() - 1) <= mass_tolerance,
          name + ": its density integrates to " + rounded_text(inverse->mass(), 11) + " at " +
              place_text(model.card(), theta) +
              ", not to 1, correct log_density (often a constant term) or the support");
  expect_finite(model, theta, *inverse);
  if (model.law().draw) expect_draws_of(model, theta, *inverse, draws);
}

}  // namespace

void expect_law(BatchModel const& model, std::span<double const> theta) {
  auto const* const own = dynamic_cast<LawUnderCheck const*>(&model);
  if (own == nullptr || !own->in_space(theta)) return;
  expect_law_by(*own, theta, drawn);
  expect_no_moving_end(*own, theta);
}

void expect_law_near_example(LawUnderCheck const& model) {
  auto const points = near_example(model.law());
  for (auto const& theta : points) expect_law_by(model, theta, drawn_near_example);
  for (auto const& theta : points) expect_no_moving_end(model, theta);  // where no factor of a density is missing
}

}  // namespace fisherlab::sim
