#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/models/interface/derived.hpp"
#include "sim/models/interface/erased_parts.hpp"
#include "sim/models/interface/grid_start.hpp"
#include "sim/models/interface/offers.hpp"
#include "sim/models/scalar/scalar_derivatives.hpp"

namespace fisherlab::sim {

/// A scalar model with its derivatives at one observation: its own formulas, where it has them.
template <ScalarModel M>
struct ScalarLaw {
  static constexpr std::size_t p = M::parameter_count;
  static constexpr std::size_t q = packed_size(p);
  using Observation = ObservationOf<M, double>;
  using Point = Theta<double, p>;

  /// Log density, score and Hessian.
  struct Derivatives {
    double value;
    Point score;
    Symmetric<double, p> hessian;
  };

  M model;

  /// At one observation and theta.
  Derivatives at(Observation const& x, Point const& theta) const {
    if constexpr (HasScore<M> && HasHessian<M>) {
      return {model.log_density(x, theta), model.score(x, theta), model.hessian(x, theta)};
    } else {
      ScalarDerivatives<M> const f(model, x, theta);
      auto const [gradient, second] = f.gradient_and_hessian();
      Derivatives result{f.value(), gradient, second};
      if constexpr (HasScore<M>) result.score = model.score(x, theta);
      if constexpr (HasHessian<M>) result.hessian = model.hessian(x, theta);
      return result;
    }
  }

  /// sum log p(x_i; theta) of every lane.
  Lanes log_likelihood(Sample const& sample, Lanes const* theta) const {
    Lanes result = 0.0;
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const t = of_lane(theta, lane);
      double total = 0;
      for (std::int64_t i = 0; i < sample.n(); ++i) total += model.log_density(observation(sample, i, lane), t);
      result.set(lane, total);
    }
    return result;
  }

  /// Calls visit(lane, x) for all observations of a sample.
  template <class Visit>
  static void for_each(Sample const& sample, Visit const& visit) {
    for (int lane = 0; lane < lane_count; ++lane)
      for (std::int64_t i = 0; i < sample.n(); ++i) visit(lane, observation(sample, i, lane));
  }

  static Point of_lane(Lanes const* theta, int lane) {
    Point t;
    for (std::size_t a = 0; a < p; ++a) t[a] = theta[a][lane];
    return t;
  }
  static Observation observation(Sample const& sample, std::int64_t i, int lane) {
    if constexpr (M::dimension == 1) {
      return sample(i)[lane];
    } else {
      Observation x;
      for (std::size_t d = 0; d < M::dimension; ++d) x[d] = sample(i, static_cast<int>(d))[lane];
      return x;
    }
  }
  static void put(Observation const& x, Sample& sample, std::int64_t i, int lane) {
    if constexpr (M::dimension == 1)
      sample(i).set(lane, x);
    else
      for (std::size_t d = 0; d < M::dimension; ++d) sample(i, static_cast<int>(d)).set(lane, x[d]);
  }
};

/// The card of a scalar model, which says how derivatives and information are had.
template <ScalarModel M>
ModelCard scalar_card() {
  auto card = M::card();
  if constexpr (!HasScore<M> || !HasHessian<M>) card.derivatives = how_scalar_derivatives_are_had<M>();
  if constexpr (!HasInformation<M>) card.information = how_information_is_derived(M::dimension);
  return card;
}

namespace scalar {

/// Adds the packed matrices that matrix(x) gives.
template <class M, class Matrix>
void sum_matrices(Sample const& sample, Lanes* packed, Matrix const& matrix) {
  constexpr std::size_t q = packed_size(M::parameter_count);
  for (std::size_t k = 0; k < q; ++k) packed[k] = 0.0;
  ScalarLaw<M>::for_each(sample, [&](int lane, ObservationOf<M, double> const& x) {
    auto const here = matrix(x);
    for (std::size_t k = 0; k < q; ++k) packed[k].set(lane, packed[k][lane] + here[k]);
  });
}

template <class M>
void offer_derivatives(ScalarLaw<M> const& law, Offers& offers) {
  offers.directional_scores = [law](Sample const& sample, Point theta, Point tangent, Lanes& sum, Lanes& squares) {
    auto const t = erased::scalar_theta<M>(theta), v = erased::scalar_theta<M>(tangent);
    sum = squares = 0.0;
    ScalarLaw<M>::for_each(sample, [&](int lane, ObservationOf<M, double> const& x) {
      double const d = ScalarDerivatives<M>(law.model, x, t).slope(v);
      sum.set(lane, sum[lane] + d);
      squares.set(lane, squares[lane] + d * d);
    });
  };
  offers.hessian_slope = [law](Sample const& sample, Point theta, Point tangent, Lanes* packed) {
    auto const t = erased::scalar_theta<M>(theta), v = erased::scalar_theta<M>(tangent);
    sum_matrices<M>(sample, packed, [&](ObservationOf<M, double> const& x) {
      return ScalarDerivatives<M>(law.model, x, t).hessian_slope(v);
    });
  };
  // grad^2 p/p = grad^2 log p + grad log p (grad log p)'
  offers.density_curvature = [law](Sample const& sample, Point theta, Lanes* packed) {
    auto const t = erased::scalar_theta<M>(theta);
    sum_matrices<M>(sample, packed, [&](ObservationOf<M, double> const& x) {
      auto const [score, second] = ScalarDerivatives<M>(law.model, x, t).gradient_and_hessian();
      auto result = second;
      for (std::size_t a = 0; a < score.size(); ++a)
        for (std::size_t b = 0; b <= a; ++b) result[packed_index(a, b)] += score[a] * score[b];
      return result;
    });
  };
}

template <class M>
void offer_start(ScalarLaw<M> const& law, Offers& offers) {
  if constexpr (requires(std::vector<ObservationOf<M, double>> const& sample) { law.model.start(sample); }) {
    offers.start = [law](Sample const& sample, int, Lanes* theta) {
      std::vector<ObservationOf<M, double>> x(static_cast<std::size_t>(sample.n()));
      for (int lane = 0; lane < lane_count; ++lane) {
        for (std::int64_t i = 0; i < sample.n(); ++i)
          x[static_cast<std::size_t>(i)] = ScalarLaw<M>::observation(sample, i, lane);
        auto const t = law.model.start(x);
        for (std::size_t a = 0; a < t.size(); ++a) theta[a].set(lane, t[a]);
      }
    };
  } else {
    offers.start_count = grid_start_count(M::card().domains);
    offers.start = [law, domains = M::card().domains](Sample const& sample, int which, Lanes* theta) {
      grid_start(
          domains, sample, which, {},
          [&law](Sample const& some, Lanes const* at) { return law.log_likelihood(some, at); }, theta);
    };
  }
}

template <class M>
void offer_properties(ScalarLaw<M> const& law, Offers& offers) {
  using Kind = Quantity::Kind;
  using Point = typename ScalarLaw<M>::Point;
  auto const offer = [&offers](Kind kind, auto const& f) {
    auto const others = offers.properties.formula;
    offers.properties.kinds.push_back(kind);
    offers.properties.formula = [kind, f, others](Quantity const& quantity,
                                                  std::span<double const> theta) -> std::optional<Functional> {
      if (quantity.kind != kind) return others ? others(quantity, theta) : std::nullopt;
      auto const t = erased::scalar_theta<M>(theta);
      Functional result{f(t), {}};
      if (!(std::fabs(result.value) < HUGE_VAL)) return std::nullopt;
      for (std::size_t a = 0; a < t.size(); ++a) {
        LineFunction const line = [&](double s) {
          auto moved = t;
          moved[a] += s;
          return f(moved);
        };
        auto const step = reach(line, result.value, first_step(M::card().domains[a], t[a]));
        result.gradient.push_back(derivatives_by_differences(line, result.value, step, 2).first);
      }
      return result;
    };
  };
  if constexpr (requires(Point const& t) { law.model.mean(t); })
    offer(Kind::mean, [law](Point const& t) { return law.model.mean(t); });
  if constexpr (requires(Point const& t) { law.model.variance(t); })
    offer(Kind::variance, [law](Point const& t) { return law.model.variance(t); });
  if constexpr (requires(Point const& t) { law.model.moment_order(t); })
    offers.moment_order = [law](std::span<double const> theta) {
      return law.model.moment_order(erased::scalar_theta<M>(theta));
    };
  if constexpr (requires(Point const& t) { law.model.lower_order(t); })
    offers.lower_order = [law](std::span<double const> theta) {
      return law.model.lower_order(erased::scalar_theta<M>(theta));
    };
  if constexpr (requires(Point const& t) { law.model.lower_end(t, 0); })
    offers.lower_end = [law](std::span<double const> theta, int d) {
      return law.model.lower_end(erased::scalar_theta<M>(theta), d);
    };
}

}  // namespace scalar

/// What a scalar model offers: derivatives, a start, and what it says of its law.
template <ScalarModel M>
Offers scalar_offers(ScalarLaw<M> const& law) {
  Offers offers;
  scalar::offer_derivatives(law, offers);
  scalar::offer_start(law, offers);
  scalar::offer_properties(law, offers);
  return offers;
}

}  // namespace fisherlab::sim
