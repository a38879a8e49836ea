#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/derived.hpp"
#include "sim/models/interface/formula_check.hpp"
#include "sim/models/scalar/scalar_check.hpp"

namespace fisherlab::sim {

/// Whether the log density of M is a template on the kind of number, of x as of theta.
template <class M>
consteval bool has_generic_density() {
  return requires(M const m, ThetaOf<M, Dual<double>> const theta, ObservationOf<M, Dual<double>> const x) {
    { m.log_density(x, theta) } -> std::same_as<Dual<double>>;
  };
}

/// What a model class must have; the first that is missing is named by the compiler, in one line.
///
/// Needed: `parameter_count`, `dimension`, `regularity`, `card()`, `in_space(theta)`, `in_support(x)`,
/// `log_density(x, theta)`, a template on the kind of number, and `draw(theta, stream)` or `fill(theta, stream,
/// sample)`. Not needed, and then derived: `score`, `hessian`, `information`, `start` or `fit` (derived.hpp). Where
/// `log_density` takes x as `double`, the model is one of scalar functions (scalar_model.hpp).
template <class M>
consteval bool meets_requirements() {
  constexpr bool has_sizes = requires {
    { M::parameter_count } -> std::convertible_to<std::size_t>;
    { M::dimension } -> std::convertible_to<std::size_t>;
  };
  static_assert(has_sizes, "a model needs `static constexpr std::size_t parameter_count` and `dimension`");
  constexpr bool has_card = requires {
    { M::card() } -> std::same_as<ModelCard>;
    { M::regularity } -> std::convertible_to<Regularity>;
  };
  static_assert(has_card,
                "a model needs `static sim::ModelCard card()` and `static constexpr sim::Regularity regularity`");
  if constexpr (has_sizes && has_card) {
    using Number = ObservationOf<M, double>;
    constexpr bool knows_space = requires(M const m, ThetaOf<M, double> const theta) {
      { m.in_space(theta) } -> std::same_as<bool>;
    };
    static_assert(knows_space, "a model needs `bool in_space(sim::Theta<double, p> const& theta) const`");
    constexpr bool knows_support = requires(M const m, double const* x) {
      { m.in_support(x) } -> std::same_as<bool>;
    };
    static_assert(knows_support, "a model needs `bool in_support(double const* x) const`");
    constexpr bool has_density = requires(M const m, ThetaOf<M, double> const theta, Number const x) {
      { m.log_density(x, theta) } -> std::convertible_to<double>;
    };
    static_assert(has_density, "a model needs `log_density(x, theta)`, the log density of one observation");
    if constexpr (has_generic_density<M>()) {
      constexpr bool draws =
          FillsSamples<M> || requires(M const m, ThetaOf<M, double> const theta, LaneStream& stream) {
        m.draw(theta, stream);
      };
      static_assert(draws,
                    "a model needs `template <class Real> draw(sim::Theta<double, p> const& theta, sim::Stream<Real>& "
                    "stream) const`, one observation of all lanes");
      return knows_space && knows_support && has_density && draws;
    } else {
      constexpr bool gives_double = requires(M const m, ThetaOf<M, double> const theta, Number const x) {
        { m.log_density(x, theta) } -> std::same_as<double>;
      };
      static_assert(gives_double || !has_density,
                    "log_density must return `double`, or the kind of number it is given");
      constexpr bool draws = requires(M const m, ThetaOf<M, double> const theta, ScalarStream& stream) {
        { m.draw(theta, stream) } -> std::same_as<Number>;
      };
      static_assert(draws || !has_density,
                    "a model whose log_density takes doubles needs `double draw(sim::Theta<double, p> const& theta, "
                    "sim::ScalarStream& stream) const` (an array where it has several coordinates)");
      return knows_space && knows_support && has_density && gives_double && draws;
    }
  }
  return false;
}

/// The model with its known constants, in the card's order.
template <class M>
M with_constants(std::span<double const> constants) {
  if constexpr (requires { M::with_constants(constants); })
    return M::with_constants(constants);
  else
    return M{};
}

/// @throws InputError where the card of M does not name each parameter and its domain, and each coordinate or none.
template <class M>
ModelCard const& expect_whole(ModelCard const& card) {
  expects(card.parameters.size() == M::parameter_count && card.domains.size() == M::parameter_count,
          "model " + card.name + " has " + std::to_string(M::parameter_count) + " parameters, and its card names " +
              std::to_string(card.parameters.size()) + " of them with " + std::to_string(card.domains.size()) +
              " domains, name each with its domain");
  expects(card.ranges.empty() || card.ranges.size() == M::dimension,
          "model " + card.name + " has " + std::to_string(M::dimension) + " coordinates, and its card has " +
              std::to_string(card.ranges.size()) + " ranges, give one a coordinate, or none");
  return card;
}

/// The hook of the card that a theta is asked of (ModelCard::draw_problem): the formulas of M are held against those
/// that `Derived` gives.
/// @throws InputError naming the formula that is wrong.
template <class M, class Derived>
std::string problem_of(std::span<double const> theta, std::span<double const> constants) {
  auto const model = with_constants<M>(constants);
  auto const t = erased::scalar_theta<M>(theta);
  if constexpr (!has_generic_density<M>() && HasComplexDensity<M>) expect_analytic(model, t);
  FormulaCheck<M, Derived>(model, t).expect_right();
  auto const own = M::card().draw_problem;
  return own == nullptr ? std::string() : own(theta, constants);
}

/// A completed model whose own formulas, those of M, are checked at every theta that is asked for, before anything is
/// drawn there.
template <class Whole, class M>
struct Checked : Whole {
  static ModelCard card() {
    auto result = Whole::card();
    result.draw_problem = &problem_of<M, ByAutodiff<M>>;
    return result;
  }
};

/// A line of the catalogue for a model of one's own, with all that it leaves out. Where it has a score, Hessian or
/// information of its own these are held against the derived ones at every theta that is asked for; one that is wrong
/// is told in one sentence, with the component, the place and the size, and exit code 2.
/// @throws InputError where the card is not whole.
template <class M>
Models::Entry own_model() {
  if constexpr (meets_requirements<M>()) {
    expect_whole<M>(M::card());
    auto const enough = [](ModelCard const& card, std::span<double const> constants) {
      expects(constants.size() == card.constants.size(),
              "model " + card.name + " got the wrong number of known constants, see its card");
    };
    if constexpr (has_generic_density<M>()) {
      using Whole = Checked<decltype(completed(std::declval<M>())), M>;
      return {Whole::card(), [enough](std::span<double const> constants) -> AnyModel {
                enough(Whole::card(), constants);
                return erase(Whole{completed(with_constants<M>(constants))});
              }};
    } else {
      auto card = scalar_card<M>();
      card.draw_problem = &problem_of<M, ByDifferences<M>>;
      return {card, [enough, card](std::span<double const> constants) -> AnyModel {
                enough(card, constants);
                return run_lane_by_lane(with_constants<M>(constants), card);
              }};
    }
  }
}

}  // namespace fisherlab::sim
