#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "sim/models/interface/erased.hpp"
#include "tests/support/autodiff_laws.hpp"
#include "tests/support/integral_laws.hpp"
#include "tests/support/law.hpp"
#include "tests/support/reference_law.hpp"
#include "tests/support/sampler_laws.hpp"

namespace fisherlab::test {

/// The universal rig: every law a model breaks at one theta, empty when it obeys them all. What is held to it:
///   any model: the density integrates to 1; score and hessian are the derivatives of the log density (Boost.Math's
///   autodiff); draws follow the reference law and lie in the support; lanes stand alone and equal the scalar formulas;
///   a regular model too: E score = 0 and E[score score'] = -E hessian = information (Boost.Math's quadrature).
/// `regular` overrides the model's own word, to show that a model outside the hypotheses breaks what it should.
template <sim::SmoothModel M>
std::vector<Breach> broken_laws(M const& model, sim::ThetaOf<M, double> const& theta,
                                ReferenceLaw<M::dimension> const& reference, bool regular = sim::RegularModel<M>) {
  std::vector<Breach> breaches;
  check_density(model, theta, reference, breaches);
  check_derivatives(model, theta, reference, breaches);
  if (regular) check_information(model, theta, reference, breaches);
  check_draws(sim::erase(model), theta, reference, breaches);
  check_lanes(model, theta, breaches);
  return breaches;
}

/// The broken laws without their details, each once.
template <class... Arguments>
std::vector<Law> broken(Arguments const&... arguments) {
  std::vector<Law> laws;
  for (auto const& breach : broken_laws(arguments...))
    if (laws.empty() || laws.back() != breach.law) laws.push_back(breach.law);
  return laws;
}

/// Expects `model` to obey its laws at every theta, of which there must be at least three; `reference(theta)` gives the
/// law from an independent source.
template <sim::SmoothModel M, class Reference>
void expect_model_laws(M const& model, std::vector<sim::ThetaOf<M, double>> const& thetas, Reference const& reference) {
  EXPECT_GE(thetas.size(), 3u) << "a model needs three points off its defaults, one of them extreme";
  for (auto const& theta : thetas) {
    ASSERT_TRUE(model.in_space(theta));
    for (auto const& breach : broken_laws(model, theta, reference(theta)))
      ADD_FAILURE() << M::card().name << " at theta = " << testing::PrintToString(theta) << ": " << breach;
  }
}

}  // namespace fisherlab::test
