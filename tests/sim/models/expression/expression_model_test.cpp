#include "sim/models/expression/expression_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/derived_information.hpp"
#include "sim/models/interface/theta.hpp"
#include "tests/support/expression_laws.hpp"

namespace fisherlab::sim {
namespace {

using test::model_of;
using test::rewritten_laws;

/// The shipped model that a law was written after.
AnyModel shipped_twin(test::WrittenLaw const& law) { return make_model(law.name.substr(3), {}); }

std::vector<double> example_of(test::WrittenLaw const& law) {
  std::vector<double> theta;
  for (auto const& parameter : law.parameters) theta.push_back(parameter.example);
  return theta;
}

void expect_near(std::vector<Lanes> const& values, std::vector<Lanes> const& expected, double tolerance,
                 std::string const& what) {
  for (std::size_t k = 0; k < values.size(); ++k)
    for (int lane = 0; lane < lane_count; ++lane)
      EXPECT_NEAR(values[k][lane], expected[k][lane], tolerance * (1 + std::fabs(expected[k][lane])))
          << what << ' ' << k << ", lane " << lane;
}

TEST(ExpressionModel, HasTheSumsOfTheModelItIsWrittenAfter) {
  for (auto const& law : rewritten_laws()) {
    auto const own = model_of(law), known = shipped_twin(law);
    auto const example = example_of(law);
    auto const p = example.size(), q = packed_size(p);
    Sample sample(37, 1);  // several blocks, and a rest
    known->draw(example, {1, 2, 0}, sample);
    std::vector<Lanes> theta;
    for (double const value : example) theta.push_back(0.9 * value);
    theta[0].set(3, 0.5 * example[0]);  // lanes at a theta of their own
    std::vector<Lanes> s(p), h(q), o(q), known_s(p), known_h(q), known_o(q);
    auto const value = own->derivatives(sample, theta.data(), s.data(), h.data());
    auto const known_value = known->derivatives(sample, theta.data(), known_s.data(), known_h.data());
    expect_near({value, own->log_likelihood(sample, theta.data())}, {known_value, known_value}, 1e-12,
                law.name + " value");
    expect_near(s, known_s, 1e-11, law.name + " score");
    expect_near(h, known_h, 1e-11, law.name + " Hessian");
    own->score_products(sample, theta.data(), s.data(), o.data(), h.data());
    known->score_products(sample, theta.data(), known_s.data(), known_o.data(), known_h.data());
    expect_near(s, known_s, 1e-11, law.name + " score");
    expect_near(o, known_o, 1e-11, law.name + " products");
    expect_near(h, known_h, 1e-11, law.name + " Hessian");
  }
}

/// The shipped ones by automatic differentiation of their log density.
TEST(ExpressionModel, HasTheDerivativesOfTheModelItIsWrittenAfter) {
  for (auto const& law : rewritten_laws()) {
    auto const own = model_of(law), known = shipped_twin(law);
    auto const theta = example_of(law);
    auto const p = theta.size(), q = packed_size(p);
    std::vector<double> const tangent = {0.7, -0.4};
    Sample sample(19, 1);
    known->draw(theta, {3, 1, 0}, sample);
    std::vector<Lanes> d(2), known_d(2), packed(q), known_packed(q);
    auto const along = Point(tangent).first(p);
    own->offers().directional_scores(sample, theta, along, d[0], d[1]);
    known->offers().directional_scores(sample, theta, along, known_d[0], known_d[1]);
    expect_near(d, known_d, 1e-11, law.name + " direction");
    own->offers().density_curvature(sample, theta, packed.data());
    known->offers().density_curvature(sample, theta, known_packed.data());
    expect_near(packed, known_packed, 1e-11, law.name + " curvature");
    own->offers().hessian_slope(sample, theta, along, packed.data());
    known->offers().hessian_slope(sample, theta, along, known_packed.data());
    expect_near(packed, known_packed, 1e-10, law.name + " slope");
  }
}

TEST(ExpressionModel, HasTheInformationOfTheModelItIsWrittenAfter) {
  for (auto const& law : rewritten_laws()) {
    auto const own = model_of(law), known = shipped_twin(law);
    auto const q = packed_size(law.parameters.size());
    std::vector<Lanes> theta, packed(q), known_packed(q);
    for (double const value : example_of(law)) theta.emplace_back(value);
    for (auto& component : theta)  // lanes at a theta of their own
      for (int lane = 0; lane < lane_count; ++lane) component.set(lane, component[lane] * (1 + 0.1 * lane));
    own->information(theta.data(), packed.data());
    known->information(theta.data(), known_packed.data());
    expect_near(packed, known_packed, 1e-8, law.name + " information over lanes");
    std::vector<double> one, scalar(q);
    for (auto const& component : theta) one.push_back(component[5]);
    own->information(std::span<double const>(one), scalar.data());
    for (std::size_t k = 0; k < q; ++k)
      EXPECT_NEAR(scalar[k], known_packed[k][5], 1e-7 * (1 + std::fabs(scalar[k]))) << law.name;
  }
}

TEST(ExpressionModel, DrawsTheSameInEveryLane) {
  for (auto const& law : rewritten_laws()) {
    auto const model = model_of(law);
    auto const theta = example_of(law);
    Sample first(11, 1), second(11, 1);
    model->draw(theta, {7, 1, 64}, first);
    model->draw(theta, {7, 1, 67}, second);
    for (std::int64_t i = 0; i < first.n(); ++i)
      for (int lane = 0; lane + 3 < lane_count; ++lane)
        EXPECT_EQ(first(i)[lane + 3], second(i)[lane]) << law.name << ", observation " << i;
  }
}

TEST(ExpressionModel, StartsNearTheMaximum) {
  auto const model = model_of(rewritten_laws()[0]);
  Sample sample(60, 1);
  model->draw(std::vector{2.5, 1.3}, {1, 2, 0}, sample);
  std::vector<Lanes> theta(2);
  model->offers().start(sample, 0, theta.data());
  for (int lane = 0; lane < lane_count; ++lane) EXPECT_LT(std::fabs(std::log(theta[0][lane] / 2.5)), 1.5);
}

TEST(ExpressionModel, SaysItsCard) {
  auto const card = model_of(rewritten_laws()[0])->card();
  EXPECT_EQ(card.name, "my_gamma");
  EXPECT_EQ(card.formula, "log p = shape*log(rate) - lgamma(shape) + (shape - 1)*log(x) - rate*x");
  EXPECT_TRUE(card.information.starts_with(derived_mark));
  EXPECT_NE(card.source.find("by inversion of the density"), std::string::npos);
}

std::string refusal_of_law(test::WrittenLaw const& law, std::vector<double> const& theta = {}) {
  try {
    auto const model = model_of(law);
    if (!theta.empty()) expect_law(*model, theta);
  } catch (InputError const& error) {
    return error.what();
  }
  return "nothing";
}

/// The score of the shifted exponential law is 1 at every x.
TEST(ExpressionModel, RefusesASupportThatMovesWithAParameter) {
  auto const said = refusal_of_law(
      {"shifted", {test::real("theta", 1)}, {}, "if(x > theta, -(x - theta), log(0))", "theta - log(u1)"});
  EXPECT_NE(said.find("the mean of its score in theta is 1 at theta = 1"), std::string::npos) << said;
}

TEST(ExpressionModel, RefusesADensityThatDoesNotIntegrateToOne) {
  auto law = rewritten_laws()[2];
  law.log_density = "-((x - mean)/sd)^2/2 - log(sd) - 0.9";
  auto const said = refusal_of_law(law);
  // e^(0.918938533 - 0.9) = 1.019119
  EXPECT_NE(said.find("integrates to 1.01911"), std::string::npos) << said;
  EXPECT_NE(said.find("mean = 2, sd = 3"), std::string::npos) << said;
  law.log_density = "-((x - mean)/sd)^2/2 - log(3) - log(2*pi)/2";
  EXPECT_NE(refusal_of_law(law).find("integrates to 0.5"), std::string::npos) << "away from the example";
  law = rewritten_laws()[6];
  law.log_density = "x*log(mean) - mean - lgamma(x + 1) + log(2)";
  EXPECT_NE(refusal_of_law(law).find("integrates to 2 at"), std::string::npos) << refusal_of_law(law);
}

TEST(ExpressionModel, RefusesWhatIsNoNumber) {
  auto law = rewritten_laws()[0];
  law.log_density = "shape*log(rate) - lgamma(-shape) + log(-x) - rate*x";
  EXPECT_NE(refusal_of_law(law).find("no number at shape"), std::string::npos) << refusal_of_law(law);
  law = rewritten_laws()[2];
  law.draw.reset();
  law.log_density += " + 1e-300*sqrt(max(x - mean, 0))";  // the derivative of a root at 0, times 0
  EXPECT_NE(refusal_of_law(law).find("derivatives of its log_density are not finite"), std::string::npos)
      << refusal_of_law(law);
}

/// Draws of a normal law with an sd 5 % too large: P(|X - mean| < sd) falls from 0.6827 to 0.6591.
TEST(ExpressionModel, RefusesDrawsOfAnotherLaw) {
  auto law = rewritten_laws()[2];
  law.draw = "mean + 1.05*sd*z1";
  EXPECT_NE(refusal_of_law(law, {2, 3}).find("its draw contradicts its log_density at mean = 2, sd = 3"),
            std::string::npos)
      << refusal_of_law(law, {2, 3});
  law.draw = "mean + 2*sd*z1";
  EXPECT_NE(refusal_of_law(law).find("contradicts"), std::string::npos) << "where the law is tried out";
  law = rewritten_laws()[7];
  law.draw = "floor(log(u1)/log1p(-prob)) + 1";
  EXPECT_NE(refusal_of_law(law).find("contradicts"), std::string::npos);
  law = rewritten_laws()[1];
  law.draw = "scale*log(u1)";
  EXPECT_NE(refusal_of_law(law).find("outside the support"), std::string::npos);
}

TEST(ExpressionModel, TakesRightLawsAtManyTheta) {
  for (auto const& law : rewritten_laws())
    for (double const factor : {0.4, 0.7, 1.7}) {
      auto theta = example_of(law);
      for (double& value : theta) value *= factor;
      EXPECT_EQ(refusal_of_law(law, theta), "nothing") << law.name << ' ' << factor;
    }
}

TEST(ExpressionModel, KeepsToBounds) {
  auto law = rewritten_laws()[0];
  law.parameters[0].lower = 1;
  auto const model = model_of(law);
  EXPECT_TRUE(model->in_space(std::vector{1.5, 1.0}));
  EXPECT_FALSE(model->in_space(std::vector{0.9, 1.0}));
  Sample sample(5, 1);
  model->draw(std::vector{2.5, 1.3}, {1, 1, 0}, sample);
  std::vector<Lanes> theta{0.9, 1.0};
  theta[0].set(1, 1.1);
  auto const value = model->log_likelihood(sample, theta.data());
  EXPECT_TRUE(std::isnan(value[0]));
  EXPECT_FALSE(std::isnan(value[1]));
}

}  // namespace
}  // namespace fisherlab::sim
