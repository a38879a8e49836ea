#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/quadrature/expectation.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::Quantity;
using sim::Sample;

using Vector = std::vector<double>;

/// A place at which a model is held to its closed forms, with its known constants.
struct Place {
  Vector theta;
  Vector constants = {};
};

std::map<std::string, std::vector<Place>> const places = {
    {"normal", {{{2.0, 3.0}}, {{-5.0, 0.25}}, {{1e6, 0.5}}}},
    {"normal_mean", {{{2.0}, {3.0}}, {{-5.0}, {0.25}}, {{1e5}, {1e-2}}}},
    {"exponential", {{{1.3}}, {{0.05}}, {{1e6}}}},
    {"gamma", {{{2.5, 1.3}}, {{0.3, 20.0}}, {{0.08, 7.0}}, {{1e3, 1e-3}}}},
    {"weibull", {{{2.1, 82.0}}, {{0.3, 5.0}}, {{50.0, 1e5}}}},
    {"logistic", {{{2.0, 3.0}}, {{-5.0, 0.25}}, {{1e6, 0.5}}}},
    {"cauchy", {{{2.0, 3.0}}, {{-5.0, 0.25}}, {{1e6, 0.5}}}},
    {"laplace", {{{2.0, 3.0}}, {{-5.0, 0.25}}, {{1e4, 0.5}}}},
    {"uniform", {{{3.0}}, {{0.25}}, {{1e6}}}},
    {"poisson", {{{0.3}}, {{12.5}}, {{5e4}}}},
    {"bernoulli", {{{0.3}}, {{0.005}}, {{0.999}}}},
    {"normal_poisson_pair", {{{0.7}, {3.0}}, {{-2.0}, {0.25}}, {{5.0}, {1.0}}}},
    {"exponential_gamma_pair", {{{1.3}, {2.5}}, {{0.05}, {0.3}}, {{1e4}, {1.0}}}},
    {"correlated_pair", {{{2.0}, {3.0, 0.5}}, {{-5.0}, {0.25, -0.8}}, {{1e3}, {1.0, 0.99}}}},
    {"ar1", {{{2.0}, {3.0, 0.5}}, {{-5.0}, {0.25, -0.8}}, {{1e4}, {1.0, 0.99}}}},
    {"lognormal", {{{1.2, 0.6}}, {{-3.0, 2.0}}}},
    {"gumbel", {{{2.0, 3.0}}, {{-50.0, 0.25}}}},
    {"pareto", {{{6.5}, {3.0}}, {{12.0}, {1e4}}}},
    {"rayleigh", {{{0.2}}, {{40.0}}}},
    {"inverse_gaussian", {{{2.0, 5.0}}, {{30.0, 4.0}}}},
    {"beta", {{{2.5, 1.3}}, {{30.0, 50.0}}}},
    {"student_t", {{{2.0, 3.0}, {5.0}}, {{-50.0, 0.25}, {9.0}}}},
    {"von_mises", {{{0.7, 2.0}}, {{-2.0, 0.5}}}},
    {"binomial", {{{0.3}, {7.0}}, {{0.97}, {20.0}}}},
    {"geometric", {{{0.3}}, {{0.02}}}},
    {"negative_binomial", {{{3.0, 2.0}}, {{20.0, 0.8}}}},
    {"normal_mixture", {{{0.4, -2.0, 1.0, 2.0, 0.7}}, {{0.2, 0.0, 3.0, 1.0, 1.0}}}},
};

/// Names of a model's places in the messages.
std::string told(std::string const& name, Place const& place) {
  return name + " at " + testing::PrintToString(place.theta) + testing::PrintToString(place.constants);
}

/// Mean score, E score score' and -E hessian, packed one after the other.
Vector score_moments(sim::BatchModel const& model, Vector const& theta) {
  auto const p = theta.size();
  auto const q = sim::packed_size(p);
  std::vector<Lanes> const t(theta.begin(), theta.end());
  return expectation(model, theta, p + 2 * q, [&](Sample const& one, Lanes* out) {
    model.score_products(one, t.data(), out, out + p, out + p + q);
    for (std::size_t k = 0; k < q; ++k) out[p + q + k] = -out[p + q + k];
  });
}

TEST(Expectation, GivesTheInformationOfEveryModel) {
  int compared = 0;
  for (auto const& [name, list] : places)
    for (auto const& place : list) {
      SCOPED_TRACE(told(name, place));
      auto const model = sim::make_model(name, place.constants);
      bool const regular = model->card().regularity == sim::Regularity::regular;
      auto const p = place.theta.size();
      auto const q = sim::packed_size(p);
      Vector information(q);
      model->information(place.theta, information.data());
      auto const moments = score_moments(*model, place.theta);
      auto const unit = [&](std::size_t a) { return std::sqrt(information[sim::packed_index(a, a)]); };
      for (std::size_t a = 0; a < p; ++a) {
        if (regular) {
          EXPECT_NEAR(moments[a] / unit(a), 0.0, 1e-8);
        }
        for (std::size_t b = 0; b <= a; ++b) {
          auto const k = sim::packed_index(a, b);
          EXPECT_NEAR((moments[p + k] - information[k]) / (unit(a) * unit(b)), 0.0, 1e-8);
          if (regular) {
            EXPECT_NEAR((moments[p + q + k] - information[k]) / (unit(a) * unit(b)), 0.0, 1e-8);
          }
          ++compared;
        }
      }
    }
  EXPECT_GE(compared, 70);
}

TEST(Expectation, GivesTheMeanAndVarianceThatAModelStates) {
  int compared = 0;
  for (auto const& [name, list] : places)
    for (auto const& place : list) {
      SCOPED_TRACE(told(name, place));
      auto const model = sim::make_model(name, place.constants);
      auto const mean = model->offers().properties.value({Quantity::Kind::mean}, place.theta);
      if (!mean) continue;
      auto const moments = expectation(*model, place.theta, 2, [&](Sample const& one, Lanes* out) {
        out[0] = one(0) - mean->value;
        out[1] = out[0] * out[0];
      });
      EXPECT_NEAR(moments[0] / std::sqrt(moments[1]), 0.0, 1e-8);
      if (auto const variance = model->offers().properties.value({Quantity::Kind::variance}, place.theta)) {
        EXPECT_NEAR(moments[1] / variance->value, 1.0, 1e-8);
      }
      ++compared;
    }
  EXPECT_GE(compared, 15);
}

TEST(Expectation, GivesTailAndEntropyOfTheExponentialLaw) {
  auto const model = sim::make_model("exponential", {});
  Lanes const rate = 1.3;
  auto const value = expectation(*model, Vector{1.3}, 2, [&](Sample const& one, Lanes* out) {
    out[0] = select(one(0) > Lanes(2.0), Lanes(1.0), Lanes(0.0));
    out[1] = -model->log_likelihood(one, &rate);
  });
  EXPECT_NEAR(value[0], std::exp(-2.6), 1e-10);
  EXPECT_NEAR(value[1], 1.0 - std::log(1.3), 1e-10);
}

TEST(Expectation, IsTheSameEveryTime) {
  auto const model = sim::make_model("correlated_pair", Vector{3.0, 0.5});
  EXPECT_EQ(score_moments(*model, {2.0}), score_moments(*model, {2.0}));
}

TEST(Expectation, IsRefusedWhereItDoesNotExist) {
  auto const cauchy = sim::make_model("cauchy", {});
  auto const first = [](Sample const& one, Lanes* out) { *out = one(0); };
  auto const square = [](Sample const& one, Lanes* out) { *out = one(0) * one(0); };
  EXPECT_THROW(expectation(*cauchy, Vector{0.0, 1.0}, 1, first), InputError);
  EXPECT_THROW(expectation(*cauchy, Vector{0.0, 1.0}, 1, square), InputError);
  auto const exponential = sim::make_model("exponential", {});
  auto const inverse = [](Sample const& one, Lanes* out) { *out = 1.0 / one(0); };
  EXPECT_THROW(expectation(*exponential, Vector{1.3}, 1, inverse), InputError);
  auto const undefined = [](Sample const&, Lanes* out) { *out = std::nan(""); };
  EXPECT_THROW(expectation(*exponential, Vector{1.3}, 1, undefined), InputError);
}

TEST(Expectation, IsRefusedOutsideTheSpaceAndForADensityTooExtremeForTheNodes) {
  auto const nothing = [](Sample const&, Lanes* out) { *out = 0.0; };
  auto const gamma = sim::make_model("gamma", {});
  EXPECT_THROW(expectation(*gamma, Vector{-1.0, 1.0}, 1, nothing), InputError);
  // A tenth of this law lies below the smallest double.
  EXPECT_THROW(expectation(*gamma, Vector{0.003, 1.0}, 1, nothing), InputError);
}

}  // namespace
}  // namespace fisherlab::test
