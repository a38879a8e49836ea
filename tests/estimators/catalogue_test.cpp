#include "estimators/catalogue.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "estimators/names.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using estimators::AnyEstimator;
using estimators::Estimates;
using estimators::make_estimator;
using sim::make_model;

struct TargetCase {
  std::string estimator, model;
  std::vector<double> constants, theta, value, gradient;
};

TEST(EstimatorTargets, AreTheDerivedFunctionsOfTheta) {
  std::vector<TargetCase> const cases = {
      {"sample_mean", "normal_mean", {2.0}, {1.5}, {1.5}, {1.0}},
      {"sample_mean", "normal", {}, {1.5, 2.0}, {1.5}, {1.0, 0.0}},
      {"sample_mean", "exponential", {}, {4.0}, {0.25}, {-0.0625}},
      {"sample_mean", "gamma", {}, {2.5, 4.0}, {0.625}, {0.25, -0.15625}},
      {"sample_mean", "logistic", {}, {-3.0, 2.0}, {-3.0}, {1.0, 0.0}},
      {"sample_mean", "laplace", {}, {-3.0, 2.0}, {-3.0}, {1.0, 0.0}},
      {"sample_mean", "poisson", {}, {0.61}, {0.61}, {1.0}},
      {"sample_mean", "bernoulli", {}, {0.2}, {0.2}, {1.0}},
      {"sample_mean", "uniform", {}, {3.0}, {1.5}, {0.5}},
      {"shrunk_mean", "gamma", {}, {2.5, 4.0}, {0.625}, {0.25, -0.15625}},
      {"ridge(2)", "gamma", {}, {2.5, 4.0}, {0.625}, {0.25, -0.15625}},
      {"hodges", "normal_mean", {2.0}, {1.5}, {1.5}, {1.0}},
      {"sample_median", "normal", {}, {1.5, 2.0}, {1.5}, {1.0, 0.0}},
      {"sample_median", "cauchy", {}, {1.5, 2.0}, {1.5}, {1.0, 0.0}},
      {"sample_median", "laplace", {}, {1.5, 2.0}, {1.5}, {1.0, 0.0}},
      {"sample_median", "logistic", {}, {1.5, 2.0}, {1.5}, {1.0, 0.0}},
      {"sample_median", "exponential", {}, {4.0}, {std::log(2.0) / 4}, {-std::log(2.0) / 16}},
      {"mle", "weibull", {}, {1.5, 2.0}, {1.5, 2.0}, {1.0, 0.0, 0.0, 1.0}},
      {"moments", "gamma", {}, {1.5, 2.0}, {1.5, 2.0}, {1.0, 0.0, 0.0, 1.0}},
      {"best_unbiased", "uniform", {}, {3.0}, {3.0}, {1.0}},
      {"one_step", "weibull", {}, {1.5, 2.0}, {1.5, 2.0}, {1.0, 0.0, 0.0, 1.0}},
      {"bias_corrected", "gamma", {}, {1.5, 2.0}, {1.5, 2.0}, {1.0, 0.0, 0.0, 1.0}},
      {"sample_variance", "normal", {}, {1.5, 2.0}, {4.0}, {0.0, 4.0}},
      {"sample_variance", "exponential", {}, {4.0}, {0.0625}, {-0.03125}},
      {"trimmed_mean(0.1)", "cauchy", {}, {1.5, 2.0}, {1.5}, {1.0, 0.0}},
      {"share_above(3)", "exponential", {}, {0.5}, {std::exp(-1.5)}, {-3 * std::exp(-1.5)}},
      {"best_unbiased_tail(3)", "exponential", {}, {0.5}, {std::exp(-1.5)}, {-3 * std::exp(-1.5)}},
      {"best_unbiased_quantile(0.5)", "exponential", {}, {4.0}, {std::log(2.0) / 4}, {-std::log(2.0) / 16}},
  };
  for (auto const& c : cases) {
    auto const estimator = make_estimator(c.estimator, make_model(c.model, c.constants));
    auto const target = estimator->target(c.theta);
    ASSERT_EQ(target.value.size(), c.value.size()) << c.estimator << ' ' << c.model;
    ASSERT_EQ(target.jacobian.size(), c.gradient.size()) << c.estimator << ' ' << c.model;
    EXPECT_EQ(estimator->components().size(), c.value.size());
    EXPECT_EQ(estimator->name(), c.estimator);
    for (std::size_t k = 0; k < c.value.size(); ++k)
      EXPECT_DOUBLE_EQ(target.value[k], c.value[k]) << c.estimator << ' ' << c.model;
    for (std::size_t k = 0; k < c.gradient.size(); ++k)
      EXPECT_DOUBLE_EQ(target.jacobian[k], c.gradient[k]) << c.estimator << ' ' << c.model;
  }
}

std::vector<double> estimate(std::string const& estimator, std::string const& model,
                             std::vector<double> const& observations) {
  Estimates estimates;
  make_estimator(estimator, make_model(model, {}))->estimate(test::same_in_all_lanes(observations), estimates);
  EXPECT_EQ(estimates.found, sim::all_lanes) << estimator << ' ' << model;
  std::vector<double> result;
  for (auto const& v : estimates.value) result.push_back(v[3]);
  return result;
}

void expect_values(std::vector<double> const& actual, std::vector<double> const& derived) {
  ASSERT_EQ(actual.size(), derived.size());
  for (std::size_t k = 0; k < actual.size(); ++k) EXPECT_NEAR(actual[k], derived[k], 1e-14 * std::fabs(derived[k]));
}

TEST(Estimators, GiveTheStatisticByHand) {
  std::vector<double> const x = {4.0, 1.0, 2.0, 9.0};  // mean 4, variance (0 + 9 + 4 + 25)/4 = 9.5, median 3
  double const pi = 4 * std::atan(1.0);
  expect_values(estimate("sample_mean", "normal", x), {4.0});
  expect_values(estimate("shrunk_mean", "normal", x), {3.6});
  expect_values(estimate("ridge(4)", "normal", x), {2.0});  // 16/(4 + 4)
  expect_values(estimate("hodges", "normal", x), {4});
  expect_values(estimate("hodges", "normal", {-2, 1, 1, 1}), {0});  // 1/4 lies within 4^-1/4
  expect_values(estimate("sample_median", "normal", x), {3.0});
  expect_values(estimate("sample_median", "cauchy", {4.0, 1.0, 2.0}), {2.0});
  expect_values(estimate("moments", "normal", x), {4.0, std::sqrt(9.5)});
  expect_values(estimate("moments", "gamma", x), {16 / 9.5, 4 / 9.5});
  expect_values(estimate("moments", "logistic", x), {4.0, std::sqrt(3 * 9.5) / pi});
  expect_values(estimate("best_unbiased", "exponential", x), {3.0 / 16});
  expect_values(estimate("best_unbiased", "uniform", x), {9 * 5.0 / 4});
  // s^2 = 38/3 and c = sqrt(2/3) Gamma(2)/Gamma(3/2) = sqrt(2/3) 2/sqrt(pi).
  expect_values(estimate("best_unbiased", "normal", x),
                {4.0, std::sqrt(38.0 / 3) / (std::sqrt(2.0 / 3) * 2 / std::sqrt(pi))});
}

TEST(Estimators, SayWhetherTheyAreUnbiased) {
  EXPECT_TRUE(make_estimator("sample_mean", make_model("gamma", {}))->unbiased());
  EXPECT_TRUE(make_estimator("sample_median", make_model("cauchy", {}))->unbiased());
  EXPECT_FALSE(make_estimator("sample_median", make_model("exponential", {}))->unbiased());
  EXPECT_TRUE(make_estimator("best_unbiased", make_model("normal", {}))->unbiased());
  for (char const* name : {"mle", "moments", "shrunk_mean"})
    EXPECT_FALSE(make_estimator(name, make_model("normal", {}))->unbiased()) << name;
}

TEST(Estimators, FindNoMomentsInConstantData) {
  for (char const* model : {"normal", "gamma", "logistic"}) {
    Estimates estimates;
    make_estimator("moments", make_model(model, {}))->estimate(test::constant_sample(0.1, 10), estimates);
    EXPECT_EQ(estimates.found, 0) << model;
  }
  Estimates estimates;
  make_estimator("best_unbiased", make_model("normal", {}))->estimate(test::constant_sample(0.1, 10), estimates);
  EXPECT_EQ(estimates.found, 0);
  make_estimator("best_unbiased", make_model("exponential", {}))->estimate(test::constant_sample(0.1, 1), estimates);
  EXPECT_EQ(estimates.found, 0);  // (n - 1)/sum x is no estimate at n = 1
}

TEST(EstimatorCatalogue, RefusesWhatDoesNotFit) {
  EXPECT_THROW(make_estimator("maximum", make_model("normal", {})), InputError);
  EXPECT_THROW(make_estimator("", make_model("normal", {})), InputError);
  EXPECT_THROW(make_estimator("sample_mean", make_model("cauchy", {})), InputError);
  EXPECT_THROW(make_estimator("sample_median", make_model("poisson", {})), InputError);
  EXPECT_THROW(make_estimator("moments", make_model("cauchy", {})), InputError);
  EXPECT_THROW(make_estimator("best_unbiased", make_model("gamma", {})), InputError);
  EXPECT_FALSE(estimators::fits_model("maximum", *make_model("normal", {})));
}

/// The model with every known constant 1, or 1/2 where 1 is out of range (a correlation).
sim::AnyModel made(sim::ModelCard const& card) {
  try {
    return make_model(card.name, std::vector<double>(card.constants.size(), 1.0));
  } catch (InputError const&) {
    return make_model(card.name, std::vector<double>(card.constants.size(), 0.5));
  }
}

TEST(EstimatorCatalogue, KnowsWhatFitsEveryModel) {
  std::set<std::string> names;
  for (auto const& card : estimators::estimator_cards()) {
    names.insert(card.name);
    EXPECT_FALSE(card.title.empty() || card.target.empty() || card.needs.empty() || card.source.empty()) << card.name;
    EXPECT_EQ(card.usage(), card.argument.empty() ? card.name : card.name + "(A)");
  }
  EXPECT_EQ(names, (std::set<std::string>{"mle", "one_step", "bias_corrected", "bootstrap", "parametric_bootstrap",
                                          "moments", "best_unbiased", "james_stein", "sample_mean", "shrunk_mean",
                                          "ridge", "hodges", "sample_variance", "sample_median", "trimmed_mean",
                                          "share_above", "best_unbiased_tail", "best_unbiased_quantile"}));
  int fitting = 0, refused = 0;
  for (auto const& card : sim::model_cards()) {
    auto const model = made(card);
    for (auto const& [estimator, make, fits, range] : estimators::shipped_estimators().entries()) {
      auto const name =
          estimator.argument.empty() ? estimator.name : estimators::name_with(estimator.name, range.example);
      if (estimators::fits_model(name, *model)) {
        EXPECT_EQ(make_estimator(name, model)->name(), name);
        ++fitting;
      } else {
        EXPECT_THROW(make_estimator(name, model), InputError) << name << ' ' << card.name;
        ++refused;
      }
    }
  }
  EXPECT_GE(fitting, 80);
  EXPECT_GE(refused, 60);
}

TEST(MakeEstimator, TellsAMeanThatDoesNotExistAtThisThetaFromOneThatDoes) {
  auto const mean = make_estimator("sample_mean", make_model("pareto", std::vector{3.0}));
  EXPECT_DOUBLE_EQ(mean->target(std::vector{2.5}).value[0], 5.0);
  EXPECT_THROW(mean->target(std::vector{0.9}), InputError);
}

TEST(Estimators, AreAValueThatAProgramExtends) {
  auto const& shipped = estimators::shipped_estimators();
  auto entry = *shipped.find("sample_mean");
  entry.card.name = "my_mean";
  auto const mine = shipped.with(entry);
  auto const model = make_model("normal", {});
  EXPECT_EQ(mine.make("my_mean", model)->components().front(), "mean of x");
  EXPECT_TRUE(mine.fit("my_mean", *model));
  EXPECT_EQ(shipped.find("my_mean"), nullptr);
  EXPECT_THROW(mine.with(entry), InputError);
}

// With few degrees of freedom the mean is infinite at every theta, which no single theta could tell.
TEST(Estimators, AskWhatAModelStatesOfItsLaw) {
  EXPECT_FALSE(estimators::fits_model("sample_mean", *make_model("student_t", std::vector{1.0})));
  EXPECT_TRUE(estimators::fits_model("sample_mean", *make_model("student_t", std::vector{1.5})));
  EXPECT_FALSE(estimators::fits_model("sample_variance", *make_model("student_t", std::vector{2.0})));
  EXPECT_TRUE(estimators::fits_model("sample_mean", *make_model("pareto", std::vector{1.0})));
}

}  // namespace
}  // namespace fisherlab
