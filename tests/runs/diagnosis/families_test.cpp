#include "runs/diagnosis/families.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/data/labelled_data.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

Observations bearings() { return read_observations(shipped_data("ball_bearings.csv").string(), {}); }

using Fits = std::vector<FamilyFit>;

Fits fits_of(std::string const& names, Observations const& data) {
  return ranked(fit_families(names, data, sim::shipped_models(), 0.95), data, {.seed = 1, .threads = 1});
}

FamilyFit const& of(Fits const& fits, std::string const& model) {
  auto const place = std::find_if(fits.begin(), fits.end(), [&](auto const& f) { return f.model == model; });
  EXPECT_NE(place, fits.end()) << model;
  return *place;
}

bool says(std::vector<std::string> const& sentences, std::string const& part) {
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](auto const& s) { return s.find(part) != std::string::npos; });
}

// The exponential log likelihood is n (log rate - 1) with rate 23/1661.11...; Weibull's is Lawless' -113.69.
TEST(Families, RankTheBallBearings) {
  auto const data = bearings();
  auto const fits = fits_of("all", data);
  double total = 0, weights = 0, by_bic = 0;
  for (double const x : data.values) total += x;
  EXPECT_NEAR(of(fits, "exponential").log_likelihood, 23 * (std::log(23 / total) - 1), 1e-9);
  EXPECT_NEAR(of(fits, "weibull").log_likelihood, -113.69, 0.005);
  EXPECT_NEAR(of(fits, "weibull").bic, 2 * std::log(23.0) + 2 * 113.69, 0.01);
  for (auto const& f : fits) {
    EXPECT_TRUE(f.is_density) << f.model << ": lives are no counts";
    weights += f.aic_weight;
    by_bic += f.bic_weight;
  }
  EXPECT_NEAR(weights, 1, 1e-12);
  EXPECT_NEAR(by_bic, 1, 1e-12);
  EXPECT_TRUE(std::is_sorted(fits.begin(), fits.end(), [](auto const& a, auto const& b) { return a.aic < b.aic; }));
  auto const& one = of(fits, "gamma");
  auto const& other = of(fits, "weibull");
  EXPECT_NEAR(one.aic_weight / other.aic_weight, std::exp(-0.5 * (one.aic - other.aic)), 1e-9);
  EXPECT_LT(*of(fits, "exponential").p_value, 0.02);
  EXPECT_GT(*of(fits, "gamma").p_value, 0.1);
  EXPECT_TRUE(says(fit_families("all", data, sim::shipped_models(), 0.95).left_out.outside_support, "beta"));
  EXPECT_TRUE(says(ranking_sentences(fits), "the data hardly tell them apart"));
  EXPECT_TRUE(says(ranking_sentences(fits), "exponential is weibull with shape 1"));
}

TEST(Families, OfCountsAreRankedApart) {
  Observations data;
  data.name = "counts";
  for (int k = 1; k < 40; ++k) data.values.push_back(1 + (k * k) % 7);
  auto const fits = fits_of("poisson,gamma,geometric", data);
  ASSERT_EQ(fits.size(), 3u);
  EXPECT_EQ(fits[0].model, "gamma");
  EXPECT_EQ(fits[0].aic_weight, 1);
  EXPECT_NEAR(fits[1].aic_weight + fits[2].aic_weight, 1, 1e-12);
  EXPECT_TRUE(says(ranking_sentences(fits), "ranked apart"));
}

TEST(Families, ThatAreNamedMustFit) {
  auto const data = bearings();
  EXPECT_THROW(fits_of("gamma,beta", data), InputError);
  EXPECT_THROW(fits_of("gamma,gama", data), InputError);
  EXPECT_THROW(fits_of("gamma,pareto", data), InputError) << "a known constant";
  EXPECT_THROW(
      ranked(fit_families("gamma", data, sim::shipped_models(), 0.95), data, {.seed = 1, .stop = [] { return true; }}),
      sim::Interrupted);
}

// Twice the difference 3.84 is the 5 % point of chi-squared with one degree.
TEST(Families, ThatAreNestedAreTested) {
  std::vector<FamilyFit> fits(2);
  fits[0].model = "gamma";
  fits[0].log_likelihood = -100;
  fits[1].model = "exponential";
  fits[1].log_likelihood = -100 - 0.5 * 3.841459;
  fits[1].aic = 10;
  EXPECT_TRUE(says(ranking_sentences(fits),
                   "exponential is gamma with shape 1: twice the log likelihood ratio is 3.84 "
                   "(p = 0.05 by chi-squared)"));
  fits[0].model = "negative_binomial";
  fits[1].model = "poisson";
  EXPECT_TRUE(says(ranking_sentences(fits), "chi-squared gives no p-value"));
}

}  // namespace
}  // namespace fisherlab::runs
