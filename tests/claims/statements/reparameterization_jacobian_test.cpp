#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial with_map(Law const& model, std::string const& map,
                     std::string const& claim = "reparameterization-jacobian") {
  return {.claim = claim, .model = model, .sizes = {20}, .options = {{"map", map}, {"margin", "0.06"}}};
}

// Margins of 0.06 where the claim's own is 0.01.
TEST(ReparameterizationJacobian, IsVerifiedForEveryMap) {
  test::expect_verified(with_map(law("gamma", {0.7, 40}), "mean-shape"));
  test::expect_verified(with_map(law("gamma", {2.5, 1.3}), "log-log"));
  test::expect_verified(with_map(law("weibull", {0.8, 3}), "log-log"));
  test::expect_verified(with_map(law("normal", {-40, 0.5}), "mean-log-sd"));
  test::expect_verified(with_map(law("normal", {6, 3}), "standardised"));
  test::expect_verified(with_map(law("weibull", {2.1, 81.9}), "log-scale-inverse-shape"));
}

// With d = mean/sd: I in (d, sd) has 1 for d alone, and 1/(1 + d^2/2) of it is left when sd is unknown.
TEST(ReparameterizationJacobian, MeasuresWhatASingleComponentCarries) {
  auto const trial = with_map(law("normal", {6, 3}), "effect-size");
  test::expect_verified(trial);
  auto const findings = test::findings_of(trial);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_NEAR(findings[1].measurement.estimate, 1 / 3.0, 5 * findings[1].measurement.std_error);
}

TEST(ReparameterizationJacobian, IsRefutedForTheScalarRuleEntryByEntry) {
  auto trial = with_map(law("normal", {6, 3}), "standardised");
  trial.options["rule"] = "entrywise";
  test::expect_refuted(trial);
}

TEST(ReparameterizationJacobian, IsRefutedForPlantedInformation) {
  auto trial = with_map(law("gamma", {2.5, 1.3}), "log-log");
  trial.options["margin"] = "0.02";
  trial.defect.information_factor = 1.15;
  test::expect_refuted(trial);
}

TEST(ReparameterizationJacobian, RefusesAMapOfAnotherModel) {
  EXPECT_NE(test::refusal(with_map(law("gamma", {2.5, 1.3}), "standardised")).find("made for normal"),
            std::string::npos);
  EXPECT_NE(test::refusal(with_map(law("poisson", {2.5}), "log-log")).find("two positive parameters"),
            std::string::npos);
  auto trial = with_map(law("gamma", {2.5, 1.3}), "mean-shape");
  trial.options["rule"] = "entrywise";  // dshape/drate = 0
  EXPECT_NE(test::refusal(trial).find("divides by 0"), std::string::npos);
}

TEST(ScalarReparameterization, IsVerifiedAsCorrectedAndRefutedAsPrinted) {
  auto trial = with_map(law("normal", {6, 3}), "standardised", "scalar-reparameterization");
  test::expect_verified(trial);
  trial.options["form"] = "printed";
  test::expect_refuted(trial);
}

}  // namespace
}  // namespace fisherlab::claims
