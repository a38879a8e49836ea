#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "sim/models/interface/derived_information.hpp"
#include "sim/models/interface/lane_by_lane.hpp"
#include "sim/models/interface/model.hpp"

/// Models whose log density takes plain doubles alone.
namespace fisherlab::sim {

/// A model class of one coordinate with an ordinary `double log_density(double x, theta)`, and draws of one replicate.
template <class M>
concept PlainModel = M::dimension == 1 &&
                     requires(M const m, ThetaOf<M, double> const theta, ScalarStream& stream, double const* x) {
  { m.log_density(0.0, theta) } -> std::same_as<double>;
  { m.draw(theta, stream) } -> std::same_as<double>;
  { m.in_support(x) } -> std::same_as<bool>;
};

/// The limit at h = 0 of a difference quotient whose error is a series in h^2, by Neville's extrapolation from ever
/// smaller steps; of all extrapolated values that whose neighbours differ least. Steps at which it is not finite are
/// left out. Source: Ridders (1982), Advances in Engineering Software 4, 75-76.
template <class Quotient>
double extrapolated_difference(Quotient const& quotient, double first_step) {
  constexpr std::size_t most_steps = 14;
  constexpr double shrink = 2.5;
  std::vector<double> before, now;
  double best = std::numeric_limits<double>::quiet_NaN(), smallest = HUGE_VAL, step = first_step;
  for (std::size_t k = 0; k < most_steps; ++k, step /= shrink) {
    double const value = quotient(step);
    if (!std::isfinite(value)) {
      before.clear();
      continue;
    }
    now = {value};
    double factor = shrink * shrink;
    for (double const left : before) {
      now.push_back(now.back() + (now.back() - left) / (factor - 1));
      factor *= shrink * shrink;
      double const error = std::max(std::fabs(now.back() - now[now.size() - 2]), std::fabs(now.back() - left));
      if (error < smallest) {
        smallest = error;
        best = now.back();
      }
    }
    before = now;
  }
  return best;
}

/// A plain model with the rest of what runs lane by lane: score and Hessian by extrapolated differences, to some 1e-10
/// and 1e-8 of their usual size; the information by quadrature; a start by the best point of a grid.
template <PlainModel M>
struct ByDifferences {
  /// As the model has them.
  static constexpr std::size_t parameter_count = M::parameter_count;
  /// A parameter vector.
  using Point = Theta<double, parameter_count>;

  M model;  ///< what is written

  /// That of the model, which says how derivatives are had.
  static ModelCard card() {
    auto result = M::card();
    result.information = how_information_is_derived(1) + "; score and Hessian by extrapolated differences";
    return result;
  }
  /// These are the model's own.
  bool in_space(Point const& theta) const { return model.in_space(theta); }
  /// The same.
  bool in_support(double x) const { return model.in_support(&x); }
  /// The same.
  double log_density(double x, Point const& theta) const { return model.log_density(x, theta); }
  /// The same.
  double draw(Point const& theta, ScalarStream& stream) const { return model.draw(theta, stream); }

  /// By central differences.
  Point score(double x, Point const& theta) const {
    Point result;
    for (std::size_t a = 0; a < parameter_count; ++a) {
      auto const quotient = [&](double h) { return (moved(x, theta, a, h) - moved(x, theta, a, -h)) / (2 * h); };
      result[a] = extrapolated_difference(quotient, first_step(theta, a));
    }
    return result;
  }
  /// By second differences.
  Symmetric<double, parameter_count> hessian(double x, Point const& theta) const {
    Symmetric<double, parameter_count> result;
    for (std::size_t a = 0; a < parameter_count; ++a)
      for (std::size_t b = 0; b <= a; ++b) result[packed_index(a, b)] = second(x, theta, a, b);
    return result;
  }
  /// Not-a-number where there is none.
  Symmetric<double, parameter_count> information(Point const& theta) const {
    Symmetric<double, parameter_count> result;
    if (!derived_information_if_any(LaneByLane<ByDifferences>(*this), theta, result.data()))
      result.fill(std::numeric_limits<double>::quiet_NaN());
    return result;
  }
  /// The best point of start_grid().
  Point start(std::vector<double> const& x) const {
    Sample sample(static_cast<std::int64_t>(x.size()), 1);
    for (std::size_t i = 0; i < x.size(); ++i) sample(static_cast<std::int64_t>(i)) = x[i];
    Point best;
    best.fill(std::numeric_limits<double>::quiet_NaN());
    double height = -HUGE_VAL;
    for (auto const& point : start_grid(M::card().domains, sample)) {
      Point theta;
      std::copy(point.begin(), point.end(), theta.begin());
      double sum = 0;
      for (double const value : x) sum += log_density(value, theta);
      if (!(sum > height)) continue;
      height = sum;
      best = theta;
    }
    return best;
  }

 private:
  /// A quarter of the way to where a positive parameter or a probability ends.
  static double first_step(Point const& theta, std::size_t a) {
    double const value = theta[a];
    switch (M::card().domains[a]) {
      case Domain::positive:
        return 0.25 * value;
      case Domain::unit:
        return 0.25 * std::min(value, 1 - value);
      default:
        return 0.25 * std::max(std::fabs(value), 1.0);
    }
  }
  double moved(double x, Point theta, std::size_t a, double h) const {
    theta[a] += h;
    return log_density(x, theta);
  }
  double second(double x, Point const& theta, std::size_t a, std::size_t b) const {
    double const step = first_step(theta, a);
    if (a == b) {
      double const middle = log_density(x, theta);
      auto const quotient = [&](double h) {
        return ((moved(x, theta, a, h) - middle) - (middle - moved(x, theta, a, -h))) / (h * h);
      };
      return extrapolated_difference(quotient, step);
    }
    double const ratio = first_step(theta, b) / step;
    auto const quotient = [&](double h) {
      Point above = theta, below = theta;
      above[a] += h;
      below[a] -= h;
      double const k = ratio * h;
      return ((moved(x, above, b, k) - moved(x, above, b, -k)) - (moved(x, below, b, k) - moved(x, below, b, -k))) /
             (4 * h * k);
    };
    return extrapolated_difference(quotient, step);
  }
};

}  // namespace fisherlab::sim
