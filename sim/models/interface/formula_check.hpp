#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "sim/models/interface/derived.hpp"
#include "sim/models/interface/wrong_formula.hpp"

namespace fisherlab::sim {

/// What a log density that is a template on the kind of number gives: derivatives by automatic differentiation.
template <class M>
struct ByAutodiff {
  static AnyModel law(M const& model) { return erase(completed(model)); }
  static ThetaOf<M, double> score(M const& model, ObservationOf<M, double> const& x, ThetaOf<M, double> const& theta) {
    return WithScore<M>{model}.score(x, theta);
  }
  static SymmetricOf<M, double> hessian(M const& model, ObservationOf<M, double> const& x,
                                        ThetaOf<M, double> const& theta) {
    return WithHessian<M>{model}.hessian(x, theta);
  }
};

/// Holds what a model class states of its own against what is derived from its log density, at one theta: score and
/// Hessian at 64 draws, to 1e-6 of their size or of what is usual there; the information to 1e-5 of (I_aa I_bb)^1/2 by
/// quadrature, to 5 % where it is had from draws (three coordinates and more). `Derived` says how derivatives follow
/// from the log density.
template <class M, class Derived = ByAutodiff<M>>
class FormulaCheck {
  static constexpr std::size_t p = M::parameter_count;
  static constexpr std::size_t q = packed_size(p);
  static constexpr std::int64_t n = 8;

 public:
  FormulaCheck(M const& model, Theta<double, p> const& theta) : model_(model), theta_(theta), sample_(n, M::dimension) {
    auto const whole = Derived::law(model);
    whole->draw(theta, {.seed = 15, .scenario = 2, .replicate = 0}, sample_);
    derived_information(*whole, theta, information_.data());
  }

  /// @throws InputError for the first formula that is wrong.
  void expect_right() const {
    if constexpr (HasScore<M>) check_score();
    if constexpr (HasHessian<M>) check_hessian();
    if constexpr (HasInformation<M>) check_information();
  }

 private:
  /// sqrt(I_aa): the usual size of component a of a score.
  double size(std::size_t a) const {
    double const entry = information_[packed_index(a, a)];
    return entry > 0 && std::isfinite(entry) ? std::sqrt(entry) : 1;
  }

  template <class Visit>
  void at_draws(Visit const& visit) const {
    for (std::int64_t i = 0; i < n; ++i)
      for (int lane = 0; lane < lane_count; ++lane) {
        std::array<double, M::dimension> place;
        for (std::size_t d = 0; d < M::dimension; ++d) place[d] = sample_(i, static_cast<int>(d))[lane];
        if constexpr (M::dimension == 1)
          visit(place[0], place);
        else
          visit(place, place);
      }
  }

  void check_score() const {
    at_draws([this](ObservationOf<M, double> const& x, std::span<double const> place) {
      auto const stated = model_.score(x, theta_), derived = Derived::score(model_, x, theta_);
      for (std::size_t a = 0; a < p; ++a)
        hold({"score", M::card().parameters[a], place, theta_}, stated[a], derived[a], 1e-6 * size(a));
    });
  }

  void check_hessian() const {
    at_draws([this](ObservationOf<M, double> const& x, std::span<double const> place) {
      auto const stated = model_.hessian(x, theta_), derived = Derived::hessian(model_, x, theta_);
      for (std::size_t a = 0; a < p; ++a)
        for (std::size_t b = 0; b <= a; ++b)
          hold({"hessian", pair_name(a, b), place, theta_}, stated[packed_index(a, b)], derived[packed_index(a, b)],
               1e-6 * size(a) * size(b));
    });
  }

  void check_information() const {
    auto const stated = model_.information(theta_);
    double const tolerance = M::dimension <= 2 ? 1e-5 : 0.05;
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b)
        hold({"information", pair_name(a, b), {}, theta_}, stated[packed_index(a, b)], information_[packed_index(a, b)],
             tolerance * size(a) * size(b));
  }

  void hold(FormulaPlace const& place, double stated, double derived, double usual) const {
    double const tolerance = std::max(usual, 1e-6 * std::fabs(derived));
    if (!(std::fabs(stated - derived) <= tolerance)) throw_wrong_formula(M::card(), place, {stated, derived});
  }

  static std::string pair_name(std::size_t a, std::size_t b) {
    auto const names = M::card().parameters;
    return names[b] + ", " + names[a];
  }

  M const& model_;
  Theta<double, p> const& theta_;
  Sample sample_;
  Symmetric<double, p> information_;
};

}  // namespace fisherlab::sim
