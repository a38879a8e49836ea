#include "estimators/pseudo_true.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/mle.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using sim::packed_index;

/// Expectations at one theta.
struct Terms {
  double log_density = 0;
  std::vector<double> score, variability, sensitivity;
};

class Problem {
 public:
  Problem(sim::BatchModel const& law, std::span<double const> law_theta, sim::BatchModel const& model)
      : law_(law), law_theta_(law_theta), model_(model), p_(static_cast<std::size_t>(model.parameter_count())) {}

  Terms at(std::span<double const> theta) const {
    auto const q = sim::packed_size(p_);
    std::vector<Lanes> const t(theta.begin(), theta.end());
    auto const all = sim::expectation(law_, law_theta_, 1 + p_ + 2 * q, [&](sim::Sample const& one, Lanes* out) {
      out[0] = model_.log_likelihood(one, t.data());
      model_.score_products(one, t.data(), out + 1, out + 1 + p_, out + 1 + p_ + q);
      for (int lane = 0; lane < sim::lane_count; ++lane)
        if (!in_support(one, lane)) out[0].set(lane, -HUGE_VAL);
    });
    auto const part = [&](std::size_t from, std::size_t count) {
      auto const begin = all.begin() + static_cast<std::ptrdiff_t>(from);
      return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    Terms terms{all[0], part(1, p_), part(1 + p_, q), part(1 + p_ + q, q)};
    for (double& entry : terms.sensitivity) entry = -entry;
    return terms;
  }

  /// The Newton step in working coordinates and its decrement g' C^-1 g; C is A there, or the model's own information
  /// where A is not positive definite. Log and logit coordinates move by at most 2.
  std::optional<double> step(std::span<double const> theta, Terms const& terms, std::vector<double>& step) const {
    std::vector<double> first(p_), gradient(p_), curvature(terms.sensitivity.size()), scoring(curvature.size());
    model_.information(theta, scoring.data());
    for (std::size_t a = 0; a < p_; ++a) {
      Slope const s = slope(domain(a), theta[a]);
      first[a] = s.first[0];
      gradient[a] = terms.score[a] * first[a];
      for (std::size_t b = 0; b <= a; ++b) {
        curvature[packed_index(a, b)] = terms.sensitivity[packed_index(a, b)] * first[a] * first[b];
        scoring[packed_index(a, b)] *= first[a] * first[b];
      }
      curvature[packed_index(a, a)] -= terms.score[a] * s.second[0];
    }
    int const p = static_cast<int>(p_);
    if (!sim::factorise(curvature.data(), p)) {
      curvature = scoring;
      if (!sim::factorise(curvature.data(), p)) return std::nullopt;
    }
    step = gradient;
    sim::solve_factorised(curvature.data(), p, step.data());
    double decrement = 0;
    double longest = 2.0;
    for (std::size_t a = 0; a < p_; ++a) {
      decrement += gradient[a] * step[a];
      if (sim::has_ends(domain(a))) longest = std::fmax(longest, std::abs(step[a]));
    }
    for (double& entry : step) entry *= 2.0 / longest;
    return decrement;
  }

  /// theta moved by fraction x step in working coordinates.
  std::vector<double> moved(std::span<double const> theta, std::span<double const> step, double fraction) const {
    std::vector<double> result(p_);
    for (std::size_t a = 0; a < p_; ++a)
      result[a] = from_working(domain(a), to_working(domain(a), Lanes(theta[a])) + fraction * step[a])[0];
    return result;
  }

 private:
  bool in_support(sim::Sample const& one, int lane) const {
    std::vector<double> observation;
    for (int d = 0; d < one.dimension(); ++d) observation.push_back(one(0, d)[lane]);
    return model_.in_support(observation);
  }
  sim::Domain domain(std::size_t a) const { return model_.card().domains[a]; }

  sim::BatchModel const& law_;
  std::span<double const> law_theta_;
  sim::BatchModel const& model_;
  std::size_t p_;
};

/// The estimate from a fixed sample, from its first lane that has one.
std::vector<double> start_from_sample(sim::BatchModel const& law, std::span<double const> law_theta,
                                      sim::BatchModel const& model) {
  constexpr sim::StreamKey key{.seed = 0x70736575646f2d74, .scenario = 0x7275652073746172, .replicate = 0};
  sim::Sample sample(1024, law.dimension());
  law.draw(law_theta, key, sample);
  std::vector<Lanes> theta(static_cast<std::size_t>(model.parameter_count()));
  auto const found = fit(model, sample, theta.data()).found;
  expects(found != 0, "model " + model.card().name + " has no estimate from a sample of " + law.card().name +
                          ", give a start or another model");
  int const lane = std::countr_zero(found);
  std::vector<double> start;
  for (Lanes const& t : theta) start.push_back(t[lane]);
  return start;
}

/// A^-1 B A^-1 from the Cholesky factor of A.
std::vector<double> sandwich(std::vector<double> const& factor, std::vector<double> const& b, std::size_t p) {
  std::vector<double> half(p * p);  // column a: A^-1 B e_a
  for (std::size_t a = 0; a < p; ++a) {
    for (std::size_t r = 0; r < p; ++r) half[a * p + r] = b[packed_index(r, a)];
    sim::solve_factorised(factor.data(), static_cast<int>(p), &half[a * p]);
  }
  std::vector<double> result(b.size());
  std::vector<double> row(p);
  for (std::size_t r = 0; r < p; ++r) {
    for (std::size_t a = 0; a < p; ++a) row[a] = half[a * p + r];
    sim::solve_factorised(factor.data(), static_cast<int>(p), row.data());
    for (std::size_t a = 0; a <= r; ++a) result[packed_index(r, a)] = row[a];
  }
  return result;
}

}  // namespace

PseudoTrue pseudo_true(sim::BatchModel const& law, std::span<double const> law_theta, sim::BatchModel const& model,
                       std::span<double const> start) {
  std::string const names = model.card().name + " for data from " + law.card().name;
  expects(law.dimension() == model.dimension(),
          "there is no pseudo-true value of " + names + " (observations differ in length), use another pair");
  expects(law.in_space(law_theta), "the parameters are outside the space of " + law.card().name + ", choose others");
  constexpr int most_steps = 100;
  constexpr double settled_decrement = 1e-24;
  std::vector<double> theta(start.begin(), start.end());
  if (theta.empty()) theta = start_from_sample(law, law_theta, model);
  expects(model.in_space(theta), "the start is outside the space of " + model.card().name + ", choose another");

  Problem const problem(law, law_theta, model);
  Terms terms = problem.at(theta);
  std::vector<double> step;
  double decrement = HUGE_VAL;
  for (int k = 0; k < most_steps; ++k) {
    auto const next_decrement = problem.step(theta, terms, step);
    // Below 1e-12 steps gain only rounding once the decrement no longer falls.
    if (!next_decrement || *next_decrement < settled_decrement) break;
    if (decrement < 1e-12 && *next_decrement >= decrement) break;
    decrement = *next_decrement;
    double const slack = 1e-11 * (1.0 + std::abs(terms.log_density));
    for (double fraction = 1.0; fraction > 1e-9; fraction *= 0.5) {
      auto const candidate = problem.moved(theta, step, fraction);
      if (!model.in_space(candidate)) continue;
      Terms next = problem.at(candidate);
      if (!(next.log_density >= terms.log_density - slack)) continue;
      theta = candidate;
      terms = std::move(next);
      break;
    }
  }
  decrement = problem.step(theta, terms, step).value_or(HUGE_VAL);
  auto factor = terms.sensitivity;
  expects(
      decrement < 1e-12 && sim::factorise(factor.data(), model.parameter_count()),
      "the pseudo-true value of " + names + " is not found (no maximum with a regular curvature), use another pair");
  auto spread = sandwich(factor, terms.variability, theta.size());
  return {theta, terms.sensitivity, terms.variability, std::move(spread)};
}

}  // namespace fisherlab::estimators
