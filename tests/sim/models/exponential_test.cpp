#include "sim/models/exponential.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/exponential.hpp>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Exponential, ObeysTheModelLaws) {
  expect_model_laws(sim::Exponential{}, {{1.3}, {0.05}, {40.0}, {1e6}}, [](sim::Theta<double, 1> const& theta) {
    return ReferenceLaw{{continuous(boost::math::exponential_distribution<>(theta[0]), Axis::Kind::positive)}};
  });
}

}  // namespace
}  // namespace fisherlab::test
