#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <vector>

#include "sim/models/interface/catalogue.hpp"
#include "testing/model_laws.hpp"
#include "tests/support/boost_laws.hpp"
#include "tests/support/fvar_functions.hpp"

// The rig of testing/ as tests of the shipped models use it: formulas from the model's header, its batch interface from
// the catalogue (compiled once, with the library), derivatives by Boost.Math's autodiff.
namespace fisherlab::test {

using laws::Breach;
using laws::check_density;
using laws::check_derivatives;
using laws::check_draws;
using laws::check_information;
using laws::check_lanes;
using laws::grid_of;
using laws::Law;
using laws::sampler_key;
using laws::TestedModel;

/// The formulas of a model, differentiated by Boost.Math: a source other than sim/autodiff.
template <sim::SmoothModel M>
laws::Formulas formulas_by_boost(M const& model) {
  using Variable = boost::math::differentiation::autodiff_fvar<double, 2>;
  return laws::formulas_with(model,
                             [model](double const* x, double const* theta, double const* direction) -> laws::Slope {
                               auto const e = boost::math::differentiation::make_fvar<double, 2>(0.0);
                               sim::ThetaOf<M, Variable> t;
                               for (std::size_t a = 0; a < t.size(); ++a) t[a] = theta[a] + direction[a] * e;
                               std::array<Variable, M::dimension> y;
                               for (std::size_t d = 0; d < y.size(); ++d) y[d] = x[d];
                               auto const value = model.log_density(laws::observation_at<M, Variable>(y.data()), t);
                               return {value.derivative(1), value.derivative(2)};
                             });
}

/// A shipped model behind its batch interface.
template <class M>
sim::AnyModel catalogued(M const& model) {
  std::vector<double> constants;
  if constexpr (requires { model.constants(); }) constants = model.constants();
  return sim::make_model(M::card().name, constants);
}

/// A shipped model, made ready for the rig.
template <sim::SmoothModel M>
TestedModel shipped(M const& model) {
  return {catalogued(model), formulas_by_boost(model), sim::RegularModel<M>};
}

/// The laws that a model breaks at theta when it is held to those of regular models too.
template <std::size_t p>
std::vector<Law> broken(TestedModel tested, sim::Theta<double, p> const& theta, ReferenceLaw const& reference) {
  tested.regular = true;
  return laws::names_of(laws::broken_laws(tested, theta, reference));
}

/// Expects `model` to obey its laws at every theta, of which there must be at least three; `reference(theta)` gives the
/// law from an independent source.
template <sim::SmoothModel M, class Reference>
void expect_model_laws(M const& model, std::vector<sim::ThetaOf<M, double>> const& thetas, Reference const& reference) {
  EXPECT_GE(thetas.size(), 3u) << "a model needs three points off its defaults, one of them extreme";
  auto const tested = shipped(model);
  for (auto const& theta : thetas) {
    ASSERT_TRUE(model.in_space(theta));
    for (auto const& breach : laws::broken_laws(tested, theta, reference(theta)))
      ADD_FAILURE() << M::card().name << " at theta = " << ::testing::PrintToString(theta) << ": " << breach;
  }
}

}  // namespace fisherlab::test
