// What a model or a case lacks is refused when a claim is put to it, before the first replicate; what is not refused
// runs to its end. Every claim about models, with its default options, put to every shipped model and to a user's
// scalar model.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "claims/catalogue.hpp"
#include "estimators/catalogue.hpp"
#include "runs/replicates.hpp"
#include "runs/run.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/models/interface/forwarding.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/scalar_exponential.hpp"

namespace fisherlab::claims {
namespace {

constexpr std::int64_t n = 20;

/// A claim's question to a law, or nothing where it is refused with a whole sentence.
std::optional<Question> asked(Claim const& claim, Law const& law, std::string const& estimator = {}) {
  try {
    return ask(claim, {{law, law, {}}, {claim.is_calculated() ? 1 : n}, Expectation::report, estimator, {}});
  } catch (InputError const& refusal) {
    EXPECT_GT(std::string(refusal.what()).size(), 30u) << claim.card.id << ": " << refusal.what();
    return std::nullopt;
  }
}

/// The sketches of a question's pictures, 64 replicates each, and its pictures.
void sketch(Sampled const& question, std::vector<sim::Tally> const& tallies) {
  std::vector<sim::Tally> sketched;
  for (auto const& each : question.sketches) {
    sketched.emplace_back(each.probe.shape);
    runs::fold_replicates(question.scenarios[each.probe.scenario], {&each.probe}, {1, 0, 64},
                          {.threads = 1, .stop = {}, .advance = {}}, {&sketched.back()});
  }
  if (question.pictures) question.pictures(tallies, sketched);
}

/// A finding names the probes that it is measured from: without the others it is the same.
void expect_reads_no_others(Sampled const& question, Asked const& finding, std::vector<sim::Tally> const& tallies) {
  ASSERT_FALSE(finding.reads.empty()) << finding.statistic;
  std::vector<sim::Tally> alone;
  for (auto const& probe : question.probes) alone.emplace_back(probe.shape);
  for (auto const probe : finding.reads) alone.at(probe) = tallies.at(probe);
  auto const all = finding.measure(tallies, 0.05), some = finding.measure(alone, 0.05);
  for (auto const& [a, b] : {std::pair{all.estimate, some.estimate}, {all.lower, some.lower}, {all.upper, some.upper}})
    EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << finding.statistic << ": " << a << " and " << b;
}

/// 64 replicates of every probe of a question, and all that is made of them.
void run_through(Sampled const& question) {
  std::vector<sim::Tally> tallies;
  for (auto const& probe : question.probes) tallies.emplace_back(probe.shape);
  for (std::size_t k = 0; k < question.probes.size(); ++k)
    runs::fold_replicates(question.scenarios[question.probes[k].scenario], {&question.probes[k]}, {1, 0, 64},
                          {.threads = 1, .stop = {}, .advance = {}}, {&tallies[k]});
  for (auto const& finding : question.findings) {
    expect_reads_no_others(question, finding, tallies);
    if (finding.convergence) finding.convergence(tallies, 0.05);
  }
  sketch(question, tallies);
}

struct Count {
  int answered = 0, refused = 0;
};

/// All claims about models, put to one law.
void put_to(Law const& law, Count& count, std::string const& estimator = {}) {
  for (auto const& claim : shipped_claims().all()) {
    if (claim.is_about_data()) continue;
    auto const question = asked(claim, law, estimator);
    ++(question ? count.answered : count.refused);
    if (!question) continue;
    auto const told = claim.card.id + " on " + law.model->card().name + "(" + parameters_text(law) + ") " + estimator;
    EXPECT_FALSE(findings_of(*question).empty()) << told;
    if (auto const* const experiment = question->experiment()) {
      if (law.model->dimension() > 1) continue;  // seconds each, tried where the claims are
      auto const result = experiment->carry_out({});
      if (result.failure.empty())
        EXPECT_EQ(result.measurements.size(), experiment->findings.size()) << told;
      else
        EXPECT_GT(result.failure.size(), 30u) << told;
      continue;
    }
    EXPECT_NO_THROW(run_through(*question->sampled())) << told;
  }
}

bool has_information(Law const& law) {
  auto packed = test::information_of(law);
  return sim::factorise(packed.data(), static_cast<int>(law.theta.size()));
}

/// "cov_21", but not "cov_22".
bool is_covariance(std::string const& parameter) {
  return parameter.starts_with("cov_") && parameter[4] != parameter[5];
}

/// The model at some theta and known constants that it takes.
std::optional<Law> some_law(sim::Models::Entry const& entry) {
  for (double const constant : {5.0, 0.5})
    for (double const first : {0.5, 0.2, 2.5, -0.5}) {
      try {
        Law law{entry.make(std::vector(entry.card.constants.size(), constant)), {}};
        for (auto const& parameter : entry.card.parameters) {
          auto const a = static_cast<double>(law.theta.size());
          law.theta.push_back(is_covariance(parameter) ? 0.1 : first + 0.05 * a);
        }
        bool const irregular = entry.card.regularity != sim::Regularity::regular;
        if (law.model->in_space(law.theta) && (irregular || has_information(law))) return law;
      } catch (InputError const&) {  // a constant outside its domain
      }
    }
  return std::nullopt;
}

TEST(EveryClaim, IsRefusedWhenAskedOrAnsweredForEveryShippedModel) {
  Count count;
  for (auto const& entry : sim::shipped_models().entries()) {
    auto const law = some_law(entry);
    ASSERT_TRUE(law) << entry.card.name;
    put_to(*law, count);
  }
  EXPECT_GE(count.answered, 500);
  EXPECT_GE(count.refused, 100);
  RecordProperty("answered", count.answered);
}

TEST(EveryClaim, IsRefusedWhenAskedOrAnsweredWithEveryEstimator) {
  Count count;
  for (std::string const model : {"normal", "exponential", "gamma", "cauchy", "uniform", "normal_vector"}) {
    auto const* const entry =
        &*std::find_if(sim::shipped_models().entries().begin(), sim::shipped_models().entries().end(),
                       [&](auto const& e) { return e.card.name == model; });
    for (auto const& estimator : estimators::shipped_estimators().entries()) {
      bool const has_number = !estimator.card.argument.empty();
      put_to(
          *some_law(*entry), count,
          has_number ? estimator.card.name + "(" + std::to_string(estimator.range.example) + ")" : estimator.card.name);
    }
  }
  EXPECT_GE(count.answered, 200);
}

TEST(EveryClaim, IsRefusedWhenAskedOrAnsweredForAUsersScalarModel) {
  Law const law{sim::run_lane_by_lane(test::ScalarExponential{}), {0.7}};
  Count count;
  put_to(law, count);
  EXPECT_GE(count.answered, 15);
  std::vector<Question> questions;
  for (auto const& claim : shipped_claims().all())
    if (!claim.is_about_data())
      if (auto question = asked(claim, law)) questions.push_back(*std::move(question));
  runs::RunSettings settings;
  settings.first_replicates = settings.max_replicates = 64;
  settings.threads = 1;
  EXPECT_NO_THROW(runs::run(questions, settings, {}));
}

/// A model that offers no more than a start.
class Core final : public sim::Forwarding {
 public:
  explicit Core(sim::AnyModel inner) : Forwarding(std::move(inner)) { offers_.start = inner_->offers().start; }
  sim::Offers const& offers() const override { return offers_; }

 private:
  sim::Offers offers_;
};

TEST(EveryClaim, TellsWhatAModelDoesNotOffer) {
  Law const law{std::make_shared<Core>(sim::run_lane_by_lane(test::ScalarExponential{})), {0.7}};
  EXPECT_EQ(test::refusal({.claim = "density-curvature", .model = law, .sizes = {n}}),
            "model my_exponential does not offer derivatives of its density (claim density-curvature needs them), "
            "choose another model or write log_density for numbers with derivatives");
  EXPECT_EQ(test::refusal({.claim = "bias", .model = law, .sizes = {n}}),
            "the first-order bias of my_exponential is not computed (the model does not offer third derivatives of its "
            "log density), write its Hessian for numbers with derivatives or use another model");
}

}  // namespace
}  // namespace fisherlab::claims
