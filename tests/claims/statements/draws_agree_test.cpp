#include <gtest/gtest.h>

#include <memory>

#include "sim/boost_draws/boost_draws.hpp"
#include "sim/models/interface/forwarding.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

/// Two parameters of each model that Boost.Random can draw from, constants behind them.
std::vector<std::pair<std::string, std::vector<double>>> const drawn_laws = {
    {"exponential", {0.4}},
    {"gamma", {2.5, 1.3}},
    {"gamma", {0.4, 3}},
    {"weibull", {1.7, 3}},
    {"lognormal", {0.5, 0.8}},
    {"normal", {3, 2}},
    {"normal_mean", {-4, 0.5}},
    {"half_line_normal", {1, 0.5}},
    {"normal_cube", {1.2}},
    {"cauchy", {2, 3}},
    {"laplace", {-1, 0.7}},
    {"gumbel", {2, 3}},
    {"beta", {2.5, 0.6}},
    {"rayleigh", {1.7}},
    {"poisson", {3.2}},
    {"bernoulli", {0.3}},
    {"binomial", {0.3, 12}},
    {"geometric", {0.3}},
    {"negative_binomial", {3, 1.5}},
    {"student_t", {2, 3, 4}},
    {"logistic", {2, 3}},
    {"pareto", {2.5, 1.5}},
    {"uniform", {3}},
    {"shifted_exponential", {2, 0.7}},
    {"inverse_gaussian", {2, 3}},
    {"normal_mixture", {0.4, -2, 1, 2, 0.7}},
    {"categorical", {0.2, 0.3, 0.4}},
    {"normal_vector", {1, 2, 3, 4, 5, 0.7}},
    {"linear_regression", {0.5, -0.8, 2}},
    {"logistic_regression", {0.3, 0.8}},
    {"poisson_regression", {0.3, 0.8}},
    {"neyman_scott", {2, 3}},
    {"ar1", {2, 3, 0.6}},
    {"multivariate_normal", {1, -2, 4, 1.5, 2}},
    {"multivariate_normal_3", {0, 1, 2, 2, 0.5, 1, -0.3, 0.2, 1.5}},
    {"correlated_pair", {1, 2, -0.6}},
    {"normal_poisson_pair", {0.7, 2}},
    {"exponential_gamma_pair", {0.4, 2.5}},
    {"von_mises", {0.5, 2}},
    {"von_mises", {-3, 0.3}},
    {"von_mises", {3.1, 40}}};

runs::RunSettings drawn_often(std::int64_t count) {
  auto settings = test::small_budget();
  settings.first_replicates = settings.max_replicates = count;
  return settings;
}

// At 16,384 replicates and the error 1e-6 the two bands reach 0.048; 0.027 are left for the distance of two empirical
// laws, which is more with chance 2 exp(-2 0.027^2 8192) = 1e-5.
TEST(DrawsAgree, ForEveryModelThatHasTwoSources) {
  for (auto const& [model, numbers] : drawn_laws)
    for (auto const& finding : test::findings_of(
             {.claim = "draws-agree", .model = law(model, numbers), .sizes = {4}, .options = {{"margin", "0.075"}}},
             drawn_often(16'384)))
      EXPECT_EQ(finding.verdict, Verdict::verified)
          << model << ", " << finding.measurement.statistic << ": " << finding.measurement.estimate;
  std::size_t sources = 0;
  for (auto const& entry : sim::shipped_models().entries()) {
    std::vector<double> const constants(entry.card.constants.size(), 0.5);
    bool const has =
        entry.card.name == "binomial" || entry.card.name == "student_t" || sim::has_boost_draws(*entry.make(constants));
    bool const is_tried =
        std::ranges::any_of(drawn_laws, [&](auto const& each) { return each.first == entry.card.name; });
    EXPECT_EQ(has, is_tried) << entry.card.name;
    sources += has;
  }
  EXPECT_EQ(sources, 38u);
}

TEST(DrawsAgree, IsRefutedForADefectOnEitherSide) {
  test::expect_refuted(
      {.claim = "draws-agree", .model = law("gamma", {2.5, 1.3}), .sizes = {4}, .defect = {.scale_for_rate = true}},
      drawn_often(262'144));
  test::expect_refuted({.claim = "draws-agree",
                        .model = law("weibull", {1.7, 3}),
                        .sizes = {4},
                        .options = {{"plant", "boost"}, {"margin", "0.005"}}},
                       drawn_often(262'144));
}

TEST(DrawsAgree, SeesDependenceWithinASample) {
  // Independent draws from the same margin: the sample mean tells.
  auto const findings = test::findings_of({.claim = "draws-agree",
                                           .model = law("normal_mean", {2, 3}),
                                           .sizes = {4},
                                           .options = {{"margin", "0.05"}},
                                           .data = law("ar1", {2, 3, 0.6})},
                                          drawn_often(262'144));
  EXPECT_EQ(findings[0].verdict, Verdict::verified);
  EXPECT_EQ(findings[1].verdict, Verdict::refuted);
}

TEST(BoostDraws, AreAFunctionOfTheAddress) {
  auto const model = sim::drawn_by_boost(sim::make_model("gamma", {}));
  std::vector<double> const theta{2.5, 1.3};
  sim::Sample first(5, 1), second(5, 1), other(5, 1);
  model->draw(theta, {1, 2, 8}, first);
  model->draw(theta, {1, 2, 12}, second);
  model->draw(theta, {2, 2, 8}, other);
  for (std::int64_t i = 0; i < 5; ++i) {
    EXPECT_EQ(first(i)[4], second(i)[0]) << "replicate 12";
    EXPECT_NE(first(i)[0], first(i)[1]);
    EXPECT_NE(first(i)[0], other(i)[0]);
  }
}

/// The gamma law by a name that Boost's draws do not know.
class Unknown final : public sim::Forwarding {
 public:
  Unknown() : sim::Forwarding(sim::make_model("gamma", {})), card_(inner_->card()) { card_.name = "unknown"; }
  sim::ModelCard const& card() const override { return card_; }

 private:
  sim::ModelCard card_;
};

TEST(BoostDraws, AreRefusedForAModelWithoutThem) {
  Law const unknown{std::make_shared<Unknown const>(), {2.5, 1.3}};
  EXPECT_NE(test::refusal({.claim = "draws-agree", .model = unknown, .sizes = {4}}).find("does not draw"),
            std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims
