#include "sim/models/gamma.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/gamma.hpp>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Gamma, ObeysTheModelLaws) {
  expect_model_laws(sim::Gamma{}, {{2.5, 1.3}, {0.3, 20.0}, {1.0, 0.01}, {0.05, 7.0}, {1e3, 1e-3}},
                    [](sim::Theta<double, 2> const& theta) {
                      boost::math::gamma_distribution<> const law(theta[0], 1 / theta[1]);
                      return ReferenceLaw{{continuous(law, Axis::Kind::positive)}};
                    });
}

}  // namespace
}  // namespace fisherlab::test
