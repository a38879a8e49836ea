#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/derived.hpp"
#include "sim/models/interface/formula_check.hpp"

namespace fisherlab::sim {

/// What a model class must have; the first that is missing is named by the compiler, in one line.
///
/// Needed: `parameter_count`, `dimension`, `regularity`, `card()`, `in_space(theta)`, `in_support(x)`,
/// `log_density(x, theta)`, a template on the kind of number, and `draw(theta, stream)` or `fill(theta, stream,
/// sample)`. Not needed, and then derived: `score`, `hessian`, `information`, `start` or `fit` (derived.hpp).
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
    using Two = ObservationOf<M, Dual<double>>;
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
    constexpr bool is_generic = requires(M const m, ThetaOf<M, Dual<double>> const theta, Two const x) {
      { m.log_density(x, theta) } -> std::same_as<Dual<double>>;
    };
    static_assert(is_generic || !has_density,
                  "log_density must be a template on the kind of number: `template <class Real> Real log_density(Real "
                  "const& x, sim::Theta<Real, p> const& theta) const`");
    constexpr bool draws = FillsSamples<M> || requires(M const m, ThetaOf<M, double> const theta, LaneStream& stream) {
      m.draw(theta, stream);
    };
    static_assert(draws,
                  "a model needs `template <class Real> draw(sim::Theta<double, p> const& theta, sim::Stream<Real>& "
                  "stream) const`, one observation of all lanes");
    return knows_space && knows_support && has_density && is_generic && draws;
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

/// A completed model whose own formulas, those of M, are checked at every theta that is asked for, before anything is
/// drawn there.
template <class Whole, class M>
struct Checked : Whole {
  static ModelCard card() {
    auto result = Whole::card();
    result.draw_problem = &Checked::problem;
    return result;
  }
  /// @throws InputError naming the formula that is wrong.
  static std::string problem(std::span<double const> theta, std::span<double const> constants) {
    auto const model = with_constants<M>(constants);
    auto const t = erased::scalar_theta<M>(theta);
    FormulaCheck<M>(model, t).expect_right();
    auto const own = M::card().draw_problem;
    return own == nullptr ? std::string() : own(theta, constants);
  }
};

/// A line of the catalogue for a model of one's own, with all that it leaves out. Where it has a score, Hessian or
/// information of its own these are held against the derived ones at every theta that is asked for; one that is wrong
/// is told in one sentence, with the component, the place and the size, and exit code 2.
template <class M>
Models::Entry own_model() {
  if constexpr (meets_requirements<M>()) {
    using Whole = Checked<decltype(completed(std::declval<M>())), M>;
    return {Whole::card(), [](std::span<double const> constants) -> AnyModel {
              auto const card = Whole::card();
              expects(constants.size() == card.constants.size(),
                      "model " + card.name + " got the wrong number of known constants, see its card");
              return erase(Whole{completed(with_constants<M>(constants))});
            }};
  }
}

}  // namespace fisherlab::sim
