#include "claims/catalogue.hpp"

#include <algorithm>
#include <utility>

#include "base/expects.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/problems/problems.hpp"

namespace fisherlab::claims {

Claims::Claims(std::vector<Claim> claims) : claims_(std::move(claims)) {
  for (auto claim = claims_.begin(); claim != claims_.end(); ++claim)
    expects(std::none_of(claims_.begin(), claim, [&](Claim const& other) { return other.card.id == claim->card.id; }),
            "two claims have the id '" + claim->card.id + "', give each its own");
}

Claims Claims::with(Claim claim) const {
  auto claims = claims_;
  claims.push_back(std::move(claim));
  return Claims(std::move(claims));
}

std::vector<ClaimCard> Claims::cards() const {
  std::vector<ClaimCard> cards;
  for (auto const& claim : claims_) cards.push_back(claim.card);
  return cards;
}

Claim const* Claims::find(std::string_view id) const {
  for (auto const& claim : claims_)
    if (claim.card.id == id) return &claim;
  return nullptr;
}

Claims const& shipped_claims() {
  static Claims const claims([] {
    std::vector<Claim> all;
    for (auto const statement : every_statement) all.push_back(statement());
    return all;
  }());
  return claims;
}

namespace {

void expects_one_law(Claim const& claim, Case const& the_case) {
  auto const& law = the_case.setting.model;
  auto const& data = the_case.setting.data;
  auto const& card = law.model->card();
  for (Law const* each : {&law, &data})
    expects(each->theta.size() == each->model->card().parameters.size(),
            "theta does not have one number for each parameter of " + each->model->card().name);
  expects(law.model->in_space(law.theta), "parameters " + parameters_text(law) + " are outside the space of " +
                                              card.name + ", see `fisherlab show " + card.name + "`");
  expects(data.model->in_space(data.theta),
          "parameters " + parameters_text(data) + " of the data are outside the space of " + data.model->card().name);
  auto const draw_problem = data.model->card().draw_problem;
  auto const problem = draw_problem == nullptr ? std::string() : draw_problem(data.theta, data.model->constants());
  expects(problem.empty(), data.model->card().name + " cannot be drawn at " + parameters_text(data) + ": " + problem);
  expects(data.model->dimension() == law.model->dimension(), "the data of " + data.model->card().name +
                                                                 " have another number of coordinates than " +
                                                                 card.name + ", choose another model");
  expects(card.regularity == sim::Regularity::regular || the_case.expected != Expectation::verified ||
              claim.beyond_hypotheses,
          "claim " + claim.card.id + " needs a regular model, and " + card.name + " is outside the hypotheses (it " +
              card.hypotheses + "); declare it as a control with expect = \"refuted\" or choose another model");
}

/// The estimator of the case, or the claim's own choice; an empty name for a claim that takes none.
EstimatorChoice chosen_estimator(ClaimCard const& card, EstimatorChoice const& given) {
  auto const* const name = std::get_if<std::string>(&given);
  bool const is_given = name == nullptr || !name->empty();
  expects(card.estimator.has_value() || !is_given, "claim " + card.id + " takes no estimator, leave it out");
  if (is_given || !card.estimator) return given;
  expects(!card.estimator->empty(),
          "claim " + card.id + " is about an estimator, name one as estimator = \"sample_mean\"");
  return *card.estimator;
}

}  // namespace

Question ask(Claim const& claim, Case the_case) {
  expects(!claim.is_about_data(), "claim " + claim.card.id + " is about a data set, give it in [[influence]]");
  the_case.options = completed(claim.card, std::move(the_case.options));
  expects(!the_case.sizes.empty(), "claim " + claim.card.id + " needs at least one sample size n");
  for (auto const n : the_case.sizes) expects(n >= 1, "a sample size n is at least 1");
  expects_one_law(claim, the_case);
  the_case.estimator = chosen_estimator(claim.card, the_case.estimator);
  if (auto const* const calculate = std::get_if<AskCalculated>(&claim.ask)) {
    expects(claim.is_of_samples || the_case.sizes == std::vector<std::int64_t>{1},
            "claim " + claim.card.id + " is calculated for one observation, give n = 1");
    Calculation calculation;
    (*calculate)(the_case, calculation);
    return {claim.card.id, claim.card.statement, the_case.expected,
            as_experiment(the_case.setting, std::move(calculation))};
  }
  Sampled sampled;
  sampled.setting = the_case.setting;
  std::get<AskSampled>(claim.ask)(the_case, sampled);
  return {claim.card.id, claim.card.statement, the_case.expected, std::move(sampled)};
}

Question ask(Claim const& claim, DataCase the_case) {
  expects(claim.is_about_data(), "claim " + claim.card.id + " is about a model, give it in [[case]]");
  the_case.options = completed(claim.card, std::move(the_case.options));
  if (!the_case.together) the_case.together = std::make_shared<Together>(Together{{claim.card.id}, nullptr});
  estimators::influence::make_problem(the_case.problem, *the_case.data);  // refuses data that it cannot have
  Experiment experiment;
  std::get<AskOfData>(claim.ask)(the_case, experiment);
  return {claim.card.id, claim.card.statement, the_case.expected, std::move(experiment)};
}

}  // namespace fisherlab::claims
